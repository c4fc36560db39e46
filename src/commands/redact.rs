use super::change::Destination;
use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit::{self, Redaction};
use crate::error::Error;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Change the files themselves instead of writing a copy to standard output
    #[arg(short, long, conflicts_with = "output")]
    in_place: bool,

    /// Redact this variable too, whatever it looks like
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,

    /// Leave this variable as it is
    #[arg(long, value_name = "KEY")]
    keep: Vec<String>,
}

pub(super) const COMMAND: super::Command =
    command!("redact", "Write a copy with every secret replaced by a placeholder, safe to commit", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let redaction = Redaction { also: args.key.clone(), keep: args.keep.clone() };
    let destination = if args.in_place { Destination::InPlace } else { Destination::StandardOutput };
    let undoable = args.in_place && !session.options.no_backup;
    change::change_to(session, &args.files.named(), destination, |input| {
        let plan = edit::redact(&input.document, &redaction);
        let mut plan = plan.map_err(|error| Error::Edit { path: input.name.clone(), error })?;
        if undoable && !plan.edits.is_empty() {
            plan.notes
                .push("`envtool undo` brings the secrets back, until `envtool undo --clear`".to_owned());
        }
        Ok(plan)
    })
}
