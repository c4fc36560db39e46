use std::cell::Cell;
use std::path::PathBuf;

use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit;
use crate::error::Error;
use crate::model::{FileKind, identify};

#[derive(clap::Args)]
struct Args {
    /// The variable's name, or a JSONPath to it
    old: String,

    /// Its new name
    new: String,

    #[command(flatten)]
    files: Files,

    /// Change every use of it too, in these files and in the one that holds it
    #[arg(long = "in", value_name = "COLLECTION", num_args = 1..)]
    uses: Vec<PathBuf>,
}

pub(super) const COMMAND: super::Command = command!("rename", "Give a variable another name", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    if !args.uses.is_empty() {
        let mut files = match session.locate(&args.files.named()) {
            Err(Error::NoFile) => Vec::new(),
            located => located?,
        };
        files.extend(args.uses.iter().cloned());
        let found = Cell::new(args.old == args.new);
        let outcome = change::change_together(session, &files, |input| {
            // A request of a git-native collection has no variables, but uses some.
            if identify(&input.document) != FileKind::CollectionPart {
                input.scope()?;
            }
            let plan = edit::rename_with_uses(&input.document, &args.old, &args.new);
            let plan = plan.map_err(|error| Error::Edit { path: input.name.clone(), error })?;
            found.set(found.get() || !plan.edits.is_empty());
            Ok(plan)
        });
        let absent = || Error::Absent {
            path: args.old.clone(),
            what: "none of these files has or uses it".to_owned(),
        };
        return if outcome.is_ok() && !found.get() { Err(absent()) } else { outcome };
    }
    change::change(session, &args.files.named(), |scope| edit::rename(scope, &args.old, &args.new))
}
