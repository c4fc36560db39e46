use std::collections::HashSet;
use std::path::PathBuf;

use super::folder::{self, Alone};
use super::input::Input;
use super::locate;
use super::{Outcome, Session, command};
use crate::compare::{self, Include};
use crate::error::{Error, ExitCode};
use crate::model::Part;
use crate::report;
use crate::report::comparison::{self, DiffReport, TableReport};
use crate::term::escape;

#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 no difference, 1 differences, 2 trouble.")]
struct Args {
    /// The files: two or more collections, environments or globals files, or two files of git-native collections; `-`
    /// is standard input
    #[arg(value_name = "FILE", required = true, num_args = 2..)]
    files: Vec<PathBuf>,

    /// Output format; three files or more are always a table, also in json and markdown
    #[arg(long, value_name = "FORMAT", default_value = "human", conflicts_with = "json")]
    format: Format,

    /// Also compare what is usually noise: ids, order, export-meta or all
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    include: Vec<Noise>,
}

/// How differences are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// Variables and requests as rows, files as columns
    Table,
    /// For programs
    Json,
    /// RFC 6902: applied to the first file it gives the second
    Patch,
    /// For a pull request
    Markdown,
}

/// What is left out unless asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Noise {
    /// Ids, which tools regenerate
    Ids,
    /// The order of variables, requests and rows
    Order,
    /// When, by what and by whom a file was exported
    ExportMeta,
    /// All of these
    All,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool diff staging.postman_environment.json production.postman_environment.json
  envtool diff --format markdown old.postman_collection.json new.postman_collection.json",
    ..command!("diff", "Compare files by meaning, without export noise", Args, run)
};

impl Args {
    fn include(&self) -> Include {
        let has = |noise: Noise| self.include.contains(&noise) || self.include.contains(&Noise::All);
        Include { ids: has(Noise::Ids), order: has(Noise::Order), export_meta: has(Noise::ExportMeta) }
    }
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    locate::refuse_several_standard_inputs(&args.files)?;
    let mut inputs: Vec<Input> = Vec::new();
    for file in &args.files {
        inputs.push(Input::read_like(file, inputs.first())?);
    }
    session.notes(inputs.iter().flat_map(|input| &input.notes));
    let format = if session.options.json { Format::Json } else { args.format };
    let same = match (&inputs[..], format) {
        ([before, after], Format::Patch) => patch(session, before, after)?,
        ([before, after], Format::Human | Format::Json | Format::Markdown) => {
            two(session, args, format, before, after)?
        }
        (_, Format::Human | Format::Json | Format::Table | Format::Markdown) => {
            table(session, args, format, &inputs)?
        }
        _ => {
            return Err(Error::Usage(
                "a patch leads from one file to another; more than two are compared with `--format table`, `json` or \
                 `markdown`"
                    .to_owned(),
            ));
        }
    };
    Ok(if same { ExitCode::Success } else { ExitCode::Negative })
}

fn two(
    session: &mut Session,
    args: &Args,
    format: Format,
    before: &Input,
    after: &Input,
) -> Result<bool, Error> {
    let include = args.include();
    let alone = folder::alone(before, after)?;
    let diff = match &alone {
        Some(Alone::Joined(joined)) => {
            let [before, after] = &**joined;
            session.notes(before.notes.iter().chain(&after.notes));
            compare::diff_alone(&before.scope()?, &after.scope()?, include)
        }
        Some(Alone::Parts([before, after], name)) => Ok(compare::diff_parts(before, after, name, include)),
        None => compare::diff(&before.scope()?, &after.scope()?, include),
    };
    let diff =
        diff.map_err(|error| Error::Kinds { files: format!("{} and {}", before.name, after.name), error })?;
    let same = diff.entries.is_empty();
    let mask = session.mask();
    let text = match format {
        Format::Json => report::to_json(&DiffReport::of(&diff, [before.label(), after.label()], mask)),
        Format::Markdown => comparison::markdown(&diff, [&before.name, &after.name], mask),
        _ if session.options.quiet => return Ok(same),
        _ => comparison::human(&diff, mask, session.terminal.painter(), session.options.verbose),
    };
    session.terminal.line(&text);
    Ok(same)
}

fn table(session: &mut Session, args: &Args, format: Format, inputs: &[Input]) -> Result<bool, Error> {
    if inputs.iter().any(|input| Part::of(&input.document).is_some()) {
        return Err(Error::Usage(
            "single files of git-native collections are compared two at a time, with `--format human`, `json`, \
             `markdown` or `patch`; name the collections' folders for a table"
                .to_owned(),
        ));
    }
    let scopes = inputs.iter().map(Input::scope).collect::<Result<Vec<_>, _>>()?;
    let table = compare::table(&scopes, args.include()).map_err(|error| {
        let names: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
        Error::Kinds { files: names.join(", "), error }
    })?;
    let mask = session.mask();
    let files: Vec<_> = inputs.iter().map(|input| input.name.clone()).collect();
    let text = match format {
        Format::Json => {
            report::to_json(&TableReport::of(&table, inputs.iter().map(Input::label).collect(), mask))
        }
        Format::Markdown => comparison::markdown_table(&table, &files, mask),
        _ if session.options.quiet => return Ok(table.same()),
        _ => {
            let (painter, width) = (session.terminal.painter(), session.terminal.width());
            comparison::table(&table, &files, mask, painter, width, session.options.verbose)
        }
    };
    session.terminal.line(&text);
    Ok(table.same())
}

/// Prints a patch. It contains the values themselves, so with secrets in it `--show-secrets` is required.
fn patch(session: &mut Session, before: &Input, after: &Input) -> Result<bool, Error> {
    let operations = compare::patch(&before.document, &after.document);
    let secrets =
        if session.options.show_secrets { HashSet::new() } else { report::secrets_in(&after.document) };
    if let Some(operation) = operations.iter().find(|operation| operation.contains(&secrets)) {
        return Err(Error::Usage(format!(
            "the patch would hold secrets (the first at {}), and masked it would not apply; use `--show-secrets`",
            escape(&operation.path)
        )));
    }
    let lines: Vec<_> = operations.iter().map(|operation| format!("  {}", operation.to_json())).collect();
    let text = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", lines.join(",\n")) };
    session.terminal.line(&text);
    Ok(operations.is_empty())
}
