use std::path::PathBuf;

use super::input::{Input, data_names};
use super::locate;
use super::{Outcome, Session, command, folder};
use crate::cli::Scopes;
use crate::disk::Tree;
use crate::error::{Error, ExitCode};
use crate::model::resembling;
use crate::report::{self, RefsReport, Searched};
use crate::term::{Role, escape};

#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0 every name means something, 1 some do not (`--unused`: some are not used)."
)]
struct Args {
    /// The collection
    collection: PathBuf,

    #[command(flatten)]
    scopes: Scopes,

    /// Data for a run, CSV or JSON, as for newman's `-d`: its names take precedence over variables
    #[arg(short, long, value_name = "FILE")]
    data: Option<PathBuf>,

    /// Only undefined names, with their places
    #[arg(long, conflicts_with_all = ["unused", "where_used"])]
    undefined: bool,

    /// Only variables that nothing reads
    #[arg(long, conflicts_with = "where_used")]
    unused: bool,

    /// Only the places where KEY is used
    #[arg(long = "where", value_name = "KEY", id = "where_used")]
    where_used: Option<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool refs shop.postman_collection.json -e Box.postman_environment.json --undefined
  envtool refs shop.postman_collection.json --where host",
    ..command!("refs", "List the variables a collection uses, and find undefined and unused ones", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let named = std::iter::once(&args.collection).chain(args.scopes.files()).chain(&args.data);
    locate::refuse_several_standard_inputs(named)?;
    let parts = folder::part_inputs(&args.collection)?;
    let own = folder::definition(&args.collection);
    let mut inputs = vec![Input::read(own.as_deref().unwrap_or(&args.collection))?];
    inputs[0].expect_collection(true)?;
    for path in args.scopes.files() {
        let input = Input::read(path)?;
        input.expect_collection(false)?;
        inputs.push(input);
    }
    let data = data_names(&Tree::Work, &args.data)?;
    let lookup = super::resolve::lookup(&inputs, args.scopes.newman)?;
    // In a folder, each use has its place in its own file.
    let used = if parts.is_empty() { &inputs[..1] } else { &parts };
    let files: Vec<_> = used.iter().chain(&inputs[1..]).map(Input::searched).collect();
    let mut found = RefsReport::of(&files, &lookup, &data, session.mask());
    let mut resembled = None;
    let negative = match &args.where_used {
        Some(key) => {
            let names =
                found.names.iter().map(|name| &name.name).chain(found.unused.iter().map(|it| &it.name));
            resembled = resembling(names.map(String::as_str), key).map(str::to_owned);
            found.names.retain(|name| name.name == *key);
            found.names.is_empty()
        }
        None if args.unused => !found.unused.is_empty(),
        None => found.undefined().next().is_some(),
    };
    if args.undefined {
        found.names.retain(|name| name.from.is_none());
    }
    if session.options.json {
        session.terminal.line(&report::to_json(&found));
    } else if !session.options.quiet {
        show(args, session, &found, resembled.as_deref())?;
    }
    Ok(if negative { ExitCode::Negative } else { ExitCode::Success })
}

impl Input {
    fn searched(&self) -> Searched<'_> {
        let has_lines = !self.path.as_ref().is_some_and(|path| path.is_dir());
        Searched { name: &self.name, document: &self.document, has_lines }
    }
}

fn show(
    args: &Args,
    session: &mut Session,
    found: &RefsReport,
    resembled: Option<&str>,
) -> Result<(), Error> {
    let painter = session.terminal.painter();
    if let Some(key) = &args.where_used {
        match &found.names[..] {
            [] => {
                let other = resembled.filter(|name| name != key);
                let advice = other.map(|name| format!("; did you mean `{}`?", escape(name)));
                session.inform(&format!("nothing uses `{}`{}", escape(key), advice.unwrap_or_default()));
            }
            names => names
                .iter()
                .flat_map(|name| name.lines(painter))
                .for_each(|line| session.terminal.line(&line)),
        }
    } else if args.unused {
        for unused in &found.unused {
            let name = painter.paint(Role::Name, &escape(&unused.name));
            let line = unused.line.map(|line| format!(", line {line}")).unwrap_or_default();
            session.terminal.line(&format!("{name} ({}{line})", unused.scope));
        }
    } else if args.undefined {
        for name in &found.names {
            session.terminal.line(&painter.paint(Role::Bad, &escape(&name.name)));
            name.lines(painter).iter().for_each(|line| session.terminal.line(&format!("  {line}")));
        }
    } else {
        let width = session.terminal.width();
        session.terminal.line(&found.table(painter, width));
        let undefined = found.undefined().count();
        let text = format!(
            "\n{}, {undefined} undefined, {} unused",
            report::counted(found.names.len(), "name"),
            report::counted(found.unused.len(), "variable")
        );
        session.terminal.line(&painter.paint(Role::Dim, &text));
    }
    Ok(())
}
