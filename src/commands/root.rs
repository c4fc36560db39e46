use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, Command};

use super::{Command as Ours, GROUPS, all};
use crate::cli::Global;
use crate::error::ExitCode;
use crate::term::hanging;

const NAME: &str = "envtool";

/// The width of help in columns: longer lines are hard to read.
const WIDTH: usize = 100;

const ABOUT: &str = "Inspect, validate, edit, merge and refresh Postman environments and collections, changing nothing else in them";

const VARIABLES: &str = "\
Environment variables:
  ENVTOOL_FILE       the file to work on when none is named
  ENVTOOL_STATE_DIR  where to keep what `envtool undo` needs
  ENVTOOL_NOW        the time in milliseconds since 1970, to reproduce output
  NO_COLOR           no color";

/// The whole command line, for help and the man page.
#[must_use]
pub fn root() -> Command {
    let root = root_of(all());
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}{{options}}{{after-help}}",
        grouped(&root)
    );
    root.help_template(template)
}

/// The same without hidden commands, for completions: `clap_complete` would offer them.
#[must_use]
pub fn visible_root() -> Command {
    root_of(all().filter(|command| !command.hidden))
}

fn root_of(commands: impl Iterator<Item = &'static Ours>) -> Command {
    let command = Command::new(NAME).bin_name(NAME).version(env!("CARGO_PKG_VERSION"));
    let command = Global::augment_args(command)
        .about(ABOUT)
        .long_about(None)
        .after_help(format!("{VARIABLES}\n\n{}", exit_codes()));
    let command = command.subcommand_required(true).arg_required_else_help(true).max_term_width(WIDTH);
    command.subcommands(commands.map(Ours::clap))
}

fn exit_codes() -> String {
    let meaning = |code: &ExitCode| hanging(code.meaning(), 7, Some(80));
    let line = |code: &ExitCode| format!("\n  {:<3}  {}", *code as u8, meaning(code));
    format!("Exit codes:{}", ExitCode::ALL.iter().map(line).collect::<String>())
}

/// The list of commands in their groups, and the heading of the options, in the style of `command`'s help.
fn grouped(command: &Command) -> String {
    let styles = command.get_styles();
    let (heading, word) = (styles.get_header(), styles.get_literal());
    let width = all().map(|command| command.name.len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for group in GROUPS {
        lines.push(format!("{heading}{}:{heading:#}", group.title));
        for command in group.commands.iter().filter(|command| !command.hidden) {
            let gap = " ".repeat(width - command.name.len());
            let aliases =
                command.aliases.iter().map(|alias| format!(" [aliases: {alias}]")).collect::<String>();
            lines.push(format!("  {word}{}{word:#}{gap}  {}{aliases}", command.name, command.about));
        }
        lines.push(String::new());
    }
    lines.push(format!("{heading}Options:{heading:#}\n"));
    lines.join("\n")
}

/// Parses the command line: the command that it names, and its options including the global ones.
///
/// # Errors
/// clap's, which also carries help and version.
pub fn parse(words: &[OsString]) -> Result<(&'static Ours, ArgMatches), clap::Error> {
    // Building the whole command line takes longer than most commands: the one that is named is enough.
    if let Some((command, at)) = named(words) {
        // Described again, since the global options bring a description of their own.
        let alone = Global::augment_args(command.clap()).about(command.about).long_about(None);
        let mut alone = alone.bin_name(format!("{NAME} {}", command.name)).max_term_width(WIDTH);
        // Options before the command count as if they came after it, for conflicts as well.
        let words = words[at..=at].iter().chain(&words[1..at]).chain(&words[at + 1..]);
        return Ok((command, alone.try_get_matches_from_mut(words)?));
    }
    // Only help, the version and mistakes get here.
    let mut root = root();
    match root.try_get_matches_from_mut(words) {
        // clap would list all commands, even hidden ones.
        Err(error) if error.kind() != ErrorKind::MissingSubcommand => Err(error),
        _ => Err(root.error(ErrorKind::MissingSubcommand, "no command given")),
    }
}

/// The command that `words` name, and the index of the word that does.
fn named(words: &[OsString]) -> Option<(&'static Ours, usize)> {
    let called = |at: usize| {
        let word = words.get(at)?.to_str()?;
        all().find(|command| command.name == word || command.aliases.contains(&word))
    };
    if let Some(command) = called(1) {
        return Some((command, 1));
    }
    let front = Global::augment_args(Command::new(NAME)).allow_external_subcommands(true);
    let matches = front.try_get_matches_from(words).ok()?;
    let (_, rest) = matches.subcommand()?;
    let at = words.len() - 1 - rest.get_many::<OsString>("").map_or(0, Iterator::count);
    Some((called(at)?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_may_come_before_the_command() {
        let parsed = |line: &str| parse(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        for line in
            ["envtool -o set redact x", "envtool --json --color never lint -q", "envtool validate -o x"]
        {
            let (command, matches) = parsed(line).expect(line);
            assert!(["redact", "validate"].contains(&command.name), "{line}");
            assert_eq!(matches.contains_id("output"), line.contains("-o"), "{line}");
        }
        for (line, kind) in [
            ("envtool -o x redact -i y", ErrorKind::ArgumentConflict),
            ("envtool --json validate --format sarif", ErrorKind::ArgumentConflict),
            ("envtool diff --format human --json a b", ErrorKind::ArgumentConflict),
            ("envtool -q --help", ErrorKind::DisplayHelp),
            ("envtool -q", ErrorKind::MissingSubcommand),
            ("envtool -q sett", ErrorKind::InvalidSubcommand),
        ] {
            assert_eq!(parsed(line).err().map(|error| error.kind()), Some(kind), "{line}");
        }
    }

    #[test]
    fn no_line_of_the_help_is_too_long() {
        let words = all().map(|command| vec![command.name]).chain([vec![]]);
        for words in
            words.flat_map(|words| [[&words[..], &["-h"]].concat(), [&words[..], &["--help"]].concat()])
        {
            let line: Vec<_> = [&[NAME], &words[..]].concat().into_iter().map(OsString::from).collect();
            let help = parse(&line).err().map(|error| error.to_string()).unwrap_or_default();
            let long: Vec<_> = help.lines().filter(|line| line.chars().count() > WIDTH).collect();
            assert!(!help.is_empty() && long.is_empty(), "{words:?}: {long:#?}");
        }
    }

    #[test]
    fn what_follows_the_options_fits_into_80_columns() {
        let root = root().get_after_help().map(ToString::to_string).unwrap_or_default();
        let texts = all().map(|command| command.after_help).chain([root.as_str()]);
        // Examples stay on one line, to be copied.
        let texts = texts.map(|text| text.split("Example").next().unwrap_or_default());
        let long: Vec<_> = texts.flat_map(str::lines).filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{long:#?}");
    }

    #[test]
    fn the_examples_in_the_help_are_commands() {
        let lines = all().flat_map(|command| command.after_help.lines());
        let examples: Vec<_> = lines.map(str::trim).filter(|line| line.starts_with("envtool ")).collect();
        assert!(examples.len() > 20, "{examples:?}");
        for example in examples {
            // Split as a shell would, as far as options and the number of arguments are concerned.
            let words = example.split_whitespace().take_while(|word| !["||", ">"].contains(word));
            let words: Vec<OsString> = words.map(|word| word.trim_matches('\'').into()).collect();
            assert!(parse(&words).is_ok(), "{example}");
        }
    }
}
