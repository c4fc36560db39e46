use std::ffi::OsString;

use clap::{ArgMatches, Args as _, Command};

use super::Global;
use crate::commands;

const ABOUT: &str =
    "Inspect, check, edit and reset Postman environments and collections without damaging a byte";

const AFTER_HELP: &str = "\
Environment variables:
  ENVTOOL_FILE       the file to work on when none is named
  ENVTOOL_STATE_DIR  where to keep what `envtool undo` needs
  ENVTOOL_NOW        the time, in milliseconds since 1970, for reproducible output
  NO_COLOR           no colour

Exit codes:
  0    done; no difference; no finding
  1    the negative answer: findings, differences, key absent, token not usable
  2    bad usage, or an input that cannot be read or parsed
  3    nothing to check: no input matched
  4    re-authentication needed
  5    network or provider failure; the file is untouched
  6    conflict: the file changed underneath, a lock is held, a merge conflict
  130  interrupted";

/// The whole command line, for help, completions and the man page.
#[must_use]
pub fn root() -> Command {
    base().subcommands(commands::ALL.iter().map(commands::Command::clap))
}

/// Reads the words of the command line.
///
/// # Errors
/// clap's, which also carries help and version.
pub fn parse(words: &[OsString]) -> Result<ArgMatches, clap::Error> {
    // Building every command's options takes longer than most commands run. The one that is named is enough.
    let named = words.get(1).and_then(|word| word.to_str());
    match commands::ALL.iter().find(|command| Some(command.name) == named) {
        Some(command) => base().subcommand(command.clap()).try_get_matches_from(words),
        None => root().try_get_matches_from(words),
    }
}

fn base() -> Command {
    let command = Command::new("envtool").version(env!("CARGO_PKG_VERSION"));
    let command = Global::augment_args(command).about(ABOUT).long_about(None).after_help(AFTER_HELP);
    command.subcommand_required(true).arg_required_else_help(true)
}
