use super::all;

/// What a command does at Box, which `undo` of its change to the file cannot undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtBox {
    /// It exchanges a refresh token for new tokens; Box no longer accepts the old one.
    Exchange,
    /// It gets new tokens; the previous ones remain valid.
    Login,
    /// It revokes tokens.
    Revocation,
}

impl AtBox {
    /// What the command called `name` does at Box.
    pub(super) fn of(name: &str) -> Option<Self> {
        all().find(|command| command.name == name)?.at_box
    }
}
