use std::path::Path;

use crate::commands::renewal::text;
use crate::disk;
use crate::model::{Scope, names};

/// The file that a request is for, and what shows whether it still has the same tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::commands) struct Owner {
    /// Its path, links resolved, as text.
    pub(super) path: String,
    /// Its client id.
    pub(super) client: String,
    /// Its refresh token, or its access token if there is none.
    pub(in crate::commands::renewal) token: String,
}

impl Owner {
    /// Whether `scope` still has the same tokens.
    pub(in crate::commands::renewal) fn has_tokens_of(&self, path: &Path, scope: &Scope<'_>) -> bool {
        let now = Self::of(path, scope);
        (&now.client, &now.token) == (&self.client, &self.token)
    }

    /// The file at `path`, which contains `scope`.
    pub(in crate::commands::renewal) fn of(path: &Path, scope: &Scope<'_>) -> Self {
        let path = disk::resolve_any(path).unwrap_or_else(|_| path.to_owned());
        let refresh = text(scope, names::REFRESH_TOKEN);
        let token = if refresh.is_empty() { text(scope, names::ACCESS_TOKEN) } else { refresh };
        Self { path: path.to_string_lossy().into_owned(), client: text(scope, names::CLIENT_ID), token }
    }
}
