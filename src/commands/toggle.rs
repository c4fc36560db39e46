use super::{Outcome, Session, change, command};
use crate::cli::Keys;
use crate::edit;

pub(super) const ENABLE: super::Command = super::Command {
    after_help: "\
Examples:
  envtool enable access_token refresh_token",
    ..command!("enable", "Make Postman use variables again", Keys, enable)
};

pub(super) const DISABLE: super::Command = super::Command {
    after_help: "\
Examples:
  envtool disable folder_id -e Box.postman_environment.json",
    ..command!("disable", "Make Postman ignore variables without removing them", Keys, disable)
};

fn enable(args: &Keys, session: &mut Session) -> Outcome {
    change::change_keys(session, args, edit::enable)
}

fn disable(args: &Keys, session: &mut Session) -> Outcome {
    change::change_keys(session, args, edit::disable)
}
