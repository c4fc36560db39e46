use std::path::{Path, PathBuf};

use super::input::{self, Input};
use super::locate;
use super::{Outcome, Session, command};
use crate::cli::Scopes;
use crate::disk::Tree;
use crate::error::{Error, ExitCode, FileError};
use crate::model::{
    GROWTH, Lookup, Meaning, PASSES, Replacement, Resolved, RunData, Runtime, Scope, Variable,
    reference_spans, resembling,
};
use crate::report::{self, ResolveReport};
use crate::term::{Role, escape};

#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 every name means something, 1 some do not.")]
struct Args {
    /// A text with `{{references}}`, or the name of a variable; `-` is standard input
    text: String,

    /// The collection whose own variables count
    #[arg(short, long, value_name = "FILE")]
    collection: Option<PathBuf>,

    #[command(flatten)]
    scopes: Scopes,

    /// Data for a run, CSV or JSON, as for newman's `-d`: its values take precedence over all variables
    #[arg(short, long, value_name = "FILE")]
    data: Option<PathBuf>,

    /// The iteration whose data to use, from 1; beyond the last row, the last one is used
    #[arg(long, value_name = "NUMBER", requires = "data", value_parser = clap::value_parser!(u32).range(1..))]
    iteration: Option<u32>,

    /// Show which scope each part came from, and which candidates lost
    #[arg(long)]
    explain: bool,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool resolve '{{host}}/me' -c shop.postman_collection.json --explain",
    ..command!("resolve", "Replace the references in a text as Postman does, secrets masked", Args, run)
};

/// A lookup in the variables of `inputs`, narrowest scope first, as the app or newman does it.
pub(super) fn lookup(inputs: &[Input], newman: bool) -> Result<Lookup<'_>, Error> {
    let runtime = if newman { Runtime::Newman } else { Runtime::App };
    let scopes = inputs.iter().map(Input::scope).collect::<Result<_, _>>()?;
    Ok(Lookup::new(scopes, runtime))
}

impl Args {
    fn iteration(&self) -> u32 {
        self.iteration.unwrap_or(1)
    }
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let named: Vec<_> = args.scopes.files().chain(&args.collection).cloned().collect();
    let mut files = named.iter().chain(&args.data);
    if args.text == "-" && files.any(|path| path.as_os_str() == "-") {
        return Err(Error::Usage("standard input is the text, and cannot be a file too".to_owned()));
    }
    locate::refuse_several_standard_inputs(named.iter().chain(&args.data))?;
    let inputs = session.inputs(&named)?;
    for input in &inputs {
        input.expect_collection(input.path.is_some() && input.path == args.collection)?;
    }
    let data = args.data.as_ref().map(|path| input::run_data(&Tree::Work, path)).transpose()?;
    let row = data.as_ref().and_then(|data| data.row(args.iteration() as usize));
    let lookup = lookup(&inputs, args.scopes.newman)?.with_data(row);
    let text = with_references(given(args)?, &lookup, data.as_ref(), &inputs)?;
    let mask = session.mask();
    let resolved = lookup.resolve(&text, |name, meaning| mask.of_meaning(name, meaning));
    note_limits(session, args, &lookup, data.as_ref(), &resolved);
    if session.options.json {
        session.terminal.line(&report::to_json(&ResolveReport::of(&resolved, mask)));
    } else {
        session.terminal.value(&mask.of_text(&resolved.text));
        if args.explain {
            explain(session, &lookup, &resolved, args.iteration());
        }
    }
    let undefined = resolved.replacements.iter().any(|it| matches!(it.meaning, Meaning::Undefined));
    Ok(if undefined { ExitCode::Negative } else { ExitCode::Success })
}

/// The text to resolve; that of standard input without its final line end.
fn given(args: &Args) -> Result<String, Error> {
    if args.text != "-" {
        return Ok(args.text.clone());
    }
    let (.., source) = Input::load(Path::new("-"))?;
    let text = source.text();
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// Returns `text`, as a reference if it is a mere name. A name that means nothing is an error.
fn with_references(
    text: String,
    lookup: &Lookup<'_>,
    data: Option<&RunData>,
    inputs: &[Input],
) -> Result<String, Error> {
    if reference_spans(&text).next().is_some() {
        return Ok(text);
    }
    let is_data = matches!(lookup.meaning(&text), Meaning::Data(_));
    if is_data || !lookup.candidates(&text).is_empty() {
        return Ok(format!("{{{{{text}}}}}"));
    }
    if !is_name(&text) {
        return Ok(text);
    }
    // The text is not repeated: it may be a secret that was meant for a file or an option.
    let variables = lookup.scopes().iter().flat_map(Scope::variables).map(Variable::key);
    let names = variables.chain(data.iter().flat_map(|data| data.names()).map(String::as_str));
    let advice = resembling(names, &text).map(|name| format!("; did you mean `{}`?", escape(name)));
    let what = "the text is not the name of a variable and has no references";
    let files: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
    let error = FileError::Absent(format!("{what}{}", advice.unwrap_or_default()));
    Err(Error::of_file(files.join(", "), error))
}

/// Whether `text` can only be meant as a name, rather than as a text to resolve.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Says which references are left because they have no end, and which of several iterations `resolved` belongs to.
fn note_limits(
    session: &mut Session,
    args: &Args,
    lookup: &Lookup<'_>,
    data: Option<&RunData>,
    resolved: &Resolved<'_, '_>,
) {
    if let Some(name) = lookup.endless(&resolved.text) {
        session.note(&format!(
            "`{}` is still there: it refers to itself, through more than {PASSES} others, or to more than {} MiB",
            escape(name),
            GROWTH / 1024 / 1024
        ));
    }
    let of_data = |it: &Replacement<'_, '_>| matches!(it.meaning, Meaning::Data(_));
    if let Some(data) = data.filter(|data| args.iteration.is_none() && data.count() > 1)
        && resolved.replacements.iter().any(of_data)
    {
        let count = data.count();
        session.note(&format!("this is the first of {count} iterations; `--iteration` chooses another"));
    }
}

fn explain(session: &mut Session, lookup: &Lookup<'_>, resolved: &Resolved<'_, '_>, iteration: u32) {
    let (mask, painter) = (session.mask(), session.terminal.painter());
    for replacement in &resolved.replacements {
        let name = painter.paint(Role::Name, &escape(&replacement.name));
        let pass = if replacement.pass > 1 { format!(" (pass {})", replacement.pass) } else { String::new() };
        let value = mask.of_meaning(&replacement.name, &replacement.meaning);
        let value = value.as_deref().map(escape).unwrap_or_default();
        let meaning = match replacement.meaning {
            Meaning::Data(node) if node.is_null() => {
                format!("`null` in the data of iteration {iteration}, stays as it is")
            }
            Meaning::Data(_) => format!("{value} from the data of iteration {iteration}"),
            Meaning::Variable(scope, _) => format!("{value} from {}", scope.name()),
            Meaning::Dynamic => "made up by Postman each time".to_owned(),
            Meaning::Undefined => painter.paint(Role::Bad, "undefined, stays as it is"),
        };
        session.terminal.line(&format!("  {name}: {meaning}{pass}"));
        for (scope, variable, _) in
            lookup.candidates(&replacement.name).into_iter().filter(|(.., wins)| !wins)
        {
            let line = variable.node().position().line;
            let value = escape(&mask.of_variable(variable)).into_owned();
            let text = format!("    not {value} from {}, line {line}", scope.name());
            session.terminal.line(&painter.paint(Role::Dim, &text));
        }
    }
}
