use super::{Outcome, Session, change, command};
use crate::cli::Keys;
use crate::edit;

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool unset folder_id
  envtool unset '$.values[?@.enabled==false]'",
    ..command!("unset", "Remove variables", Keys, run)
};

fn run(args: &Keys, session: &mut Session) -> Outcome {
    change::change_keys(session, args, edit::unset)
}
