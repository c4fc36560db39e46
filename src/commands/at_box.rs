use super::all;

/// What a command does at Box, which stands when its change of the file is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtBox {
    /// It exchanges a refresh token for new tokens; Box takes that one no more.
    Exchange,
    /// It gets new tokens, and those of before work on.
    Login,
    /// It has tokens taken back.
    Revocation,
}

impl AtBox {
    /// What the command called `name` does there.
    pub(super) fn of(name: &str) -> Option<Self> {
        all().find(|command| command.name == name)?.at_box
    }
}
