use std::path::PathBuf;

use super::input::Input;
use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit::{self, Absorption};

#[derive(clap::Args)]
#[command(after_help = "\
Only values are taken: types, switches, order and ids stay, and so does a text that newman has made a number. A disabled \
variable stays, and one that the run has left without a value. A Box environment's tokens and their ends are taken \
together, and only when those of the run are newer.")]
struct Args {
    /// The file that newman wrote with `--export-environment` or `--export-globals`
    run: PathBuf,

    #[command(flatten)]
    files: Files,

    /// Also add the variables that only the run has
    #[arg(long)]
    new: bool,

    /// Take only these variables, separated by commas or each with its own `--key`; one of Box's tokens means all
    #[arg(long, alias = "keys", value_name = "KEY", value_delimiter = ',')]
    key: Vec<String>,

    /// Take the values of any file, even if its id differs or the app exported it
    #[arg(long)]
    any: bool,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  newman run shop.postman_collection.json -e Box.postman_environment.json --export-environment run.json
  envtool absorb run.json Box.postman_environment.json",
    ..command!("absorb", "Copy the values that a newman run has changed into your file", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let run = Input::read(&args.run)?;
    let run = run.scope()?;
    let wish = Absorption { new: args.new, keys: args.key.clone(), any: args.any };
    change::change(session, &args.files.named(), |scope| edit::absorb(scope, &run, &wish))
}
