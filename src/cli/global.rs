use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum as _;

use crate::term::ColorChoice;

/// Options that mean the same in every command.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Global {
    /// Print JSON for programs
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// When to use color: auto, always or never
    // Listed above, on one line: a list below would make clap set all help on twice as many lines.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Global options"
    )]
    pub color: ColorChoice,

    /// Print only what was asked for, and errors
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,

    /// Print more details
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub verbose: bool,

    /// Show what would be written, and write nothing
    #[arg(short = 'n', long, global = true, help_heading = "Global options")]
    pub dry_run: bool,

    /// Answer yes to every question
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub yes: bool,

    /// Never prompt; fail where an answer is needed
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// Show secrets instead of masking them
    #[arg(long, global = true, help_heading = "Global options")]
    pub show_secrets: bool,

    /// Write the result to FILE and leave the input as it is
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub output: Option<PathBuf>,

    /// Do not keep the old content for `envtool undo`
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_backup: bool,
}

/// What `--color` says in `words`, which are no valid command line.
#[must_use]
pub fn color_in(words: &[OsString]) -> ColorChoice {
    let mut words =
        words.iter().map(|word| word.to_str().unwrap_or_default()).take_while(|word| *word != "--");
    let option = words.find(|word| word.starts_with("--color"));
    let value = option.and_then(|word| word.strip_prefix("--color=")).or_else(|| words.next());
    value.and_then(|value| ColorChoice::from_str(value, false).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn color_is_found_in_any_words() {
        for (line, color) in [
            ("set --bogus --color=never", ColorChoice::Never),
            ("--color always set", ColorChoice::Always),
            ("set --color", ColorChoice::Auto),
            ("set --color pink", ColorChoice::Auto),
            ("exec -- --color never", ColorChoice::Auto),
        ] {
            assert_eq!(color_in(&line.split(' ').map(OsString::from).collect::<Vec<_>>()), color, "{line}");
        }
    }
}
