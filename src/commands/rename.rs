use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit;

#[derive(clap::Args)]
struct Args {
    /// The variable's name, or a JSONPath to it
    old: String,

    /// Its new name
    new: String,

    #[command(flatten)]
    files: Files,
}

pub(super) const COMMAND: super::Command = command!("rename", "Give a variable another name", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    change::change(session, &args.files.named(), |scope| edit::rename(scope, &args.old, &args.new))
}
