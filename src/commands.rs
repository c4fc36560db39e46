//! One file for each command, with its options and what it does. This is the only list of them.

mod absorb;
mod at_box;
mod auto_refresh;
mod change;
mod check;
mod complaint;
mod completions;
mod convert;
mod delete;
mod diff;
mod doctor;
mod edit;
mod exec;
mod fmt;
mod folder;
mod get;
mod git_setup;
mod input;
mod inspect;
mod locate;
mod login;
mod logout;
mod man;
mod manifest;
mod merge;
mod misnamed;
mod new;
mod redact;
mod refresh;
mod refs;
mod rename;
mod renewal;
mod reset;
mod resolve;
mod root;
mod session;
mod set;
mod status;
mod textconv;
mod toggle;
mod token;
mod undo;
mod unfinished;
mod unsent;
mod unset;
mod validate;

pub use at_box::AtBox;
pub use complaint::complain;
pub use root::{parse, root, visible_root};
pub use session::Session;

use clap::ArgMatches;

use crate::error::{Error, ExitCode};

/// The result of a command: an exit code, or why it failed.
pub type Outcome = Result<ExitCode, Error>;

/// A command of the program.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// Whether it is only for other programs and not listed.
    pub hidden: bool,
    /// A line about what it does.
    pub about: &'static str,
    /// What follows the options in its help: examples, exit codes of its own.
    pub after_help: &'static str,
    /// Its options, added when they are needed.
    pub args: fn(clap::Command) -> clap::Command,
    /// Whether it reports that its files are part of a change that was killed halfway.
    pub tells_unfinished: bool,
    /// What it does at Box, which `undo` cannot undo.
    pub at_box: Option<AtBox>,
    /// The function that runs it.
    pub run: fn(&ArgMatches, &mut Session) -> Result<Outcome, clap::Error>,
}

impl Command {
    /// The command for clap.
    #[must_use]
    pub fn clap(&self) -> clap::Command {
        // Last, since the shared options bring a description of their own.
        let command = (self.args)(clap::Command::new(self.name)).about(self.about).long_about(None);
        let command = if self.after_help.is_empty() { command } else { command.after_help(self.after_help) };
        command.visible_aliases(self.aliases.iter().copied()).hide(self.hidden)
    }

    /// Runs it with the options in `matches`.
    ///
    /// # Errors
    /// An invalid command line that clap notices only now.
    pub fn run(&self, matches: &ArgMatches, session: &mut Session) -> Result<Outcome, clap::Error> {
        if self.tells_unfinished {
            unfinished::note(session, matches);
        }
        (self.run)(matches, session)
    }
}

/// Commands with the same purpose.
pub struct Group {
    /// The heading in the help and in the README.
    pub title: &'static str,
    /// The commands.
    pub commands: &'static [Command],
}

/// Every command, in the order of the help.
pub static GROUPS: &[Group] = &[
    Group {
        title: "Inspect",
        commands: &[inspect::COMMAND, get::COMMAND, refs::COMMAND, resolve::COMMAND, diff::COMMAND],
    },
    Group {
        title: "Box tokens",
        commands: &[
            new::COMMAND,
            login::COMMAND,
            logout::COMMAND,
            status::COMMAND,
            check::COMMAND,
            refresh::COMMAND,
            token::COMMAND,
            auto_refresh::COMMAND,
            reset::COMMAND,
        ],
    },
    Group {
        title: "Edit",
        commands: &[
            set::COMMAND,
            unset::COMMAND,
            toggle::ENABLE,
            toggle::DISABLE,
            rename::COMMAND,
            edit::COMMAND,
            fmt::COMMAND,
            delete::COMMAND,
            undo::COMMAND,
        ],
    },
    Group {
        title: "Team and git",
        commands: &[
            validate::COMMAND,
            merge::COMMAND,
            git_setup::COMMAND,
            textconv::COMMAND,
            absorb::COMMAND,
            redact::COMMAND,
        ],
    },
    Group {
        title: "Other programs",
        commands: &[exec::COMMAND, convert::COMMAND, doctor::COMMAND, completions::COMMAND, man::COMMAND],
    },
];

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|group| group.commands)
}

/// Declares a command by its name, its line of help, the type of its options and the function that runs it.
macro_rules! command {
    ($name:literal, $about:literal, $args:ty, $run:expr) => {
        command!($name, [], $about, $args, $run)
    };
    ($name:literal, [$($alias:literal),*], $about:literal, $args:ty, $run:expr) => {
        $crate::commands::Command {
            name: $name,
            aliases: &[$($alias),*],
            hidden: false,
            about: $about,
            after_help: "",
            tells_unfinished: true,
            at_box: None,
            args: <$args as clap::Args>::augment_args,
            run: |matches, session| {
                let args = <$args as clap::FromArgMatches>::from_arg_matches(matches)?;
                Ok($run(&args, session))
            },
        }
    };
}
use command;
