use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, Command};

use super::Global;
use crate::commands;

const NAME: &str = "envtool";

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
    let command = Command::new(NAME).bin_name(NAME).version(env!("CARGO_PKG_VERSION"));
    let command = Global::augment_args(command).about(ABOUT).long_about(None).after_help(AFTER_HELP);
    let command = command.subcommand_required(true).arg_required_else_help(true);
    command.subcommands(commands::ALL.iter().map(commands::Command::clap))
}

/// Which command the words of the command line name, and its options, the global ones among them.
///
/// # Errors
/// clap's, which also carries help and version.
pub fn parse(words: &[OsString]) -> Result<(&'static commands::Command, ArgMatches), clap::Error> {
    let called = |name: &str| commands::ALL.iter().find(|command| command.name == name);
    // Building the whole command line takes longer than most commands run. Where the first word names a command, that
    // one alone is enough.
    if let Some(command) = words.get(1).and_then(|word| called(word.to_str()?)) {
        // Described again, since the global options bring a description of their own.
        let alone = Global::augment_args(command.clap()).about(command.about).long_about(None);
        let mut alone = alone.bin_name(format!("{NAME} {}", command.name));
        return Ok((command, alone.try_get_matches_from_mut(&words[1..])?));
    }
    let mut root = root();
    let named = root.try_get_matches_from_mut(words)?.remove_subcommand();
    let named = named.and_then(|(name, matches)| Some((called(&name)?, matches)));
    named.ok_or_else(|| root.error(ErrorKind::MissingSubcommand, "no command is named"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_in_the_help_are_commands() {
        let lines = commands::ALL.iter().flat_map(|command| command.after_help.lines());
        let examples: Vec<_> = lines.map(str::trim).filter(|line| line.starts_with("envtool ")).collect();
        assert!(examples.len() > 20, "{examples:?}");
        for example in examples {
            // What a shell would make of it, as far as options and the number of arguments go.
            let words = example.split_whitespace().take_while(|word| !["||", ">"].contains(word));
            let words: Vec<OsString> = words.map(|word| word.trim_matches('\'').into()).collect();
            assert!(parse(&words).is_ok(), "{example}");
        }
    }
}
