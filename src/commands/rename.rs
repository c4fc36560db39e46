use std::cell::{Cell, OnceCell};
use std::path::PathBuf;

use super::input::Input;
use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::disk::{self, Journal};
use crate::edit::{self, EditError};
use crate::error::{Error, FileError};
use crate::model::{FileKind, identify};

#[derive(clap::Args)]
struct Args {
    /// The variable's name, or a JSONPath to it
    old: String,

    /// Its new name
    new: String,

    #[command(flatten)]
    files: Files,

    /// Also change every use of it, in these files and in the one that defines it
    #[arg(long = "in", value_name = "COLLECTION", num_args = 1..)]
    uses: Vec<PathBuf>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool rename base_url api_url
  envtool rename base_url api_url --in shop.postman_collection.json",
    ..command!("rename", "Rename a variable, with `--in` every use of it in collections too", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    if !args.uses.is_empty() {
        let mut files = match session.locate(&args.files.named()) {
            Err(Error::NoFile) => Vec::new(),
            located => located?,
        };
        files.extend(args.uses.iter().cloned());
        let found = Cell::new(args.old == args.new);
        let names = Names::new(&args.old, &args.new, session);
        let outcome = change::change_together(session, &files, |input| {
            names.expect_apart(input)?;
            let plan = edit::rename_with_uses(&input.document, &args.old, &args.new);
            let plan = plan.map_err(|error| input.error(error))?;
            found.set(found.get() || !plan.edits.is_empty());
            Ok(plan)
        });
        let absent = || FileError::Absent("none of these files has or uses it".to_owned());
        return if outcome.is_ok() && !found.get() {
            Err(Error::of_file(&args.old, absent()))
        } else {
            outcome
        };
    }
    change::change(session, &args.files.named(), |scope| edit::rename(scope, &args.old, &args.new))
}

/// The renaming of a variable in files that are changed together.
struct Names<'a> {
    old: &'a str,
    new: &'a str,
    /// The files that have the new name already, because the same command was killed halfway.
    made: Vec<PathBuf>,
    /// Whether a file has a variable of the old name.
    has_old: Cell<bool>,
    /// The first file that has another variable of the new name.
    taken: OnceCell<String>,
}

impl<'a> Names<'a> {
    fn new(old: &'a str, new: &'a str, session: &Session) -> Self {
        let unfinished = Journal::open().map(|journal| journal.unfinished()).unwrap_or_default();
        let made = unfinished.into_iter().filter(|change| change.command == session.command);
        let made = made.flat_map(|change| change.made).collect();
        Self { old, new, made, has_old: Cell::new(false), taken: OnceCell::new() }
    }

    /// Refuses `input` if, together with the files before it, two variables would have the new name.
    fn expect_apart(&self, input: &Input) -> Result<(), Error> {
        // A request of a git-native collection has no variables, but uses some.
        if identify(&input.document) == FileKind::CollectionPart || self.old == self.new {
            return Ok(());
        }
        let scope = input.scope()?;
        self.has_old.set(self.has_old.get() || scope.has(self.old));
        let is_made =
            || input.path.iter().any(|path| self.made.iter().any(|it| disk::is_same_file(it, path)));
        if scope.has(self.new) && !is_made() {
            self.taken.get_or_init(|| input.name.clone());
        }
        match self.taken.get() {
            Some(path) if self.has_old.get() => {
                Err(Error::of_file(path, EditError::Taken(self.new.to_owned())))
            }
            _ => Ok(()),
        }
    }
}
