use std::path::{Path, PathBuf};

use super::change::Destination;
use super::input::Input;
use super::{Outcome, Session, change, command, folder, renewal};
use crate::cli::Files;
use crate::edit::{self, Plan, Reset};
use crate::error::Error;
use crate::model::{Part, Role, credentials};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Clear a Box environment's tokens and mark them as expired, or clear a collection's credentials (the default)
    #[arg(long, group = "what")]
    tokens: bool,

    /// Also clear a Box environment's credentials, every value of any other environment, every variable of a collection
    #[arg(long, group = "what")]
    all: bool,

    /// Take the values from this file, which must be of the same kind
    #[arg(long, value_name = "TEMPLATE", group = "what")]
    to: Option<PathBuf>,

    /// Clear only this variable
    #[arg(long, value_name = "KEY", group = "what", value_delimiter = ',')]
    key: Vec<String>,

    /// Leave KEY as it is
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    keep: Vec<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool reset
  envtool reset --all --keep client_id",
    ..command!("reset", "Clear tokens and other credentials, ready for Box's quick start again", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let template = args.to.as_deref().map(Input::read).transpose()?;
    let wish = match &template {
        Some(template) => Reset::To(template.scope()?),
        None if args.all => Reset::All,
        None if !args.key.is_empty() => Reset::Keys(args.key.clone()),
        None => Reset::Tokens,
    };
    let named = session.locate(&args.files.named())?;
    match &named[..] {
        [folder] if folder.is_dir() => reset_folder(folder, &wish, &args.keep, session),
        _ => {
            named.iter().for_each(|path| renewal::say_left(Some(path), session));
            change::change_to(session, &named, Destination::InPlace, |input| plan(input, &wish, &args.keep))
        }
    }
}

/// Resets every file of the git-native collection in `folder`. Its variables are those of the top definition.
fn reset_folder(folder: &Path, wish: &Reset<'_>, keep: &[String], session: &mut Session) -> Outcome {
    let named = match (wish, folder::definition(folder)) {
        (Reset::To(_) | Reset::Keys(_), Some(definition)) => definition,
        _ => folder.to_owned(),
    };
    if !keep.is_empty() {
        folder::expect_keys(folder, &session.inputs(&folder::files(&named)?)?, keep.iter(), is_called)?;
    }
    change::change_together(session, &[named], |input| {
        let mut plan = plan(input, wish, &folder::keys_in(input, keep, is_called))?;
        plan.notes.iter_mut().for_each(|note| *note = format!("{}: {note}", input.name));
        Ok(plan)
    })
}

fn plan(input: &Input, wish: &Reset<'_>, keep: &[String]) -> Result<Plan, Error> {
    let part = Part::of(&input.document).filter(|part| part.role() != Role::Definition);
    let plan = match (part, wish) {
        (Some(_), Reset::Tokens | Reset::All) => edit::reset_part(&input.document, keep),
        _ => edit::reset(&input.scope()?, wish, keep),
    };
    plan.map_err(|error| input.error(error))
}

/// Whether a variable or a credential in `input` is called `key`.
fn is_called(input: &Input, key: &str) -> bool {
    input.scope().is_ok_and(|scope| scope.has(key))
        || credentials(input.document.root()).iter().any(|found| found.name == key)
}
