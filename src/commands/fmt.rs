use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit::{self, FormatOptions};
use crate::model::Scope;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Write nothing; list the files that would change and exit with 1 if there are any
    #[arg(long)]
    check: bool,

    /// Sort variables too
    #[arg(long, value_name = "BY")]
    sort: Option<Sort>,

    /// Leave out who exported the file and when
    #[arg(long)]
    strip_export_meta: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Sort {
    /// By their keys
    Keys,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool fmt Box.postman_environment.json
  envtool fmt --check *.postman_environment.json",
    ..command!("fmt", "Format JSON files the way Postman does, values untouched", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let options = FormatOptions { sort_keys: args.sort.is_some(), strip_export_meta: args.strip_export_meta };
    let verb = |scope: &Scope<'_>| edit::format(scope, options);
    if args.check {
        change::check(session, &args.files.named(), verb)
    } else {
        change::change(session, &args.files.named(), verb)
    }
}
