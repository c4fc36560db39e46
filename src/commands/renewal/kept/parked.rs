use std::path::Path;

use super::{Keep, Owner, keep};
use crate::commands::input::Input;
use crate::disk::{RealDisk, Reserved};
use crate::error::Error;
use crate::model::{BoxKind, NewTokens};

/// Tokens that an undo removes from a file, kept until that is done.
pub(in crate::commands) struct Parked {
    reserved: Reserved,
    /// Whether Box no longer accepts the tokens that are back.
    pub(in crate::commands) spent: bool,
}

impl Parked {
    /// Keeps the tokens that were put into the file at `path` at `time` and that `before`, the content to restore, does
    /// not have; none if nothing would be lost. They replace the restored tokens without asking if those are `spent`.
    pub(in crate::commands) fn keep(
        spent: bool,
        time: i64,
        path: &Path,
        current: &Input,
        before: &Input,
    ) -> Result<Option<Self>, Error> {
        let (Ok(scope), Ok(old)) = (current.scope(), before.scope()) else { return Ok(None) };
        let tokens = BoxKind::of(&scope).and_then(|kind| NewTokens::of(&scope, kind, time));
        let (owner, of_now) = (Owner::of(path, &old), Owner::of(path, &scope));
        let Some(tokens) = tokens.filter(|_| owner.token != of_now.token) else { return Ok(None) };
        let replaces = if spent { owner.token.clone() } else { String::new() };
        let mut reserved = Keep::open()?.write_down(&RealDisk, &owner, time, replaces, false)?;
        keep(&mut reserved, &RealDisk, time, &tokens)?;
        Ok(Some(Self { reserved, spent }))
    }

    /// Where they are.
    pub(in crate::commands) fn place(&self) -> &Path {
        self.reserved.path()
    }

    /// Forgets them: they are still in the file.
    pub(in crate::commands) fn forget(self) {
        let _ = self.reserved.forget(&RealDisk);
    }
}
