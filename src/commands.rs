//! One file for each command: its words, and what it does from top to bottom. The list here is the only one.

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

/// What a command answers: an exit code, or why it could not be done.
pub type Outcome = Result<ExitCode, Error>;

/// A command of the program.
pub struct Command {
    /// The word that calls it.
    pub name: &'static str,
    /// Other words for it.
    pub aliases: &'static [&'static str],
    /// Whether it is for other programs alone, and shown to nobody.
    pub hidden: bool,
    /// What it does, in a line.
    pub about: &'static str,
    /// What stands below its options in its help: examples, exit codes of its own.
    pub after_help: &'static str,
    /// Its options, added when they are needed.
    pub args: fn(clap::Command) -> clap::Command,
    /// Whether it says when its files are part of a change that was killed half way.
    pub tells_unfinished: bool,
    /// What it does at Box that an undo does not take back.
    pub at_box: Option<AtBox>,
    /// What it does.
    pub run: fn(&ArgMatches, &mut Session) -> Result<Outcome, clap::Error>,
}

impl Command {
    /// The command as clap wants it.
    #[must_use]
    pub fn clap(&self) -> clap::Command {
        // Last, since options that several commands share bring a description of their own.
        let command = (self.args)(clap::Command::new(self.name)).about(self.about).long_about(None);
        let command = if self.after_help.is_empty() { command } else { command.after_help(self.after_help) };
        command.visible_aliases(self.aliases.iter().copied()).hide(self.hidden)
    }

    /// Does it, with what stands in `matches`.
    ///
    /// # Errors
    /// The command line, on a second look.
    pub fn run(&self, matches: &ArgMatches, session: &mut Session) -> Result<Outcome, clap::Error> {
        if self.tells_unfinished {
            unfinished::note(session, matches);
        }
        (self.run)(matches, session)
    }
}

/// Commands that are for the same thing.
pub struct Group {
    /// What they are for, as the help and the README have it.
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

/// Declares a command from its word, its line of help, its options' type and the function that does it.
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
