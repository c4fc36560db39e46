use std::collections::HashMap;

use super::Side;
use crate::model::{BoxKind, Scope, names};

/// From which side the variables of a Box environment's tokens are taken. Access token, refresh token and their ends
/// belong together: a refresh token is good for one use, so that of two pairs at most the newer one still works.
pub(super) fn sides(base: Option<&Scope<'_>>, ours: &Scope<'_>, theirs: &Scope<'_>) -> HashMap<String, Side> {
    let Some(kind) = BoxKind::of(ours) else { return HashMap::new() };
    let keys: Vec<&str> = kind.token_keys().iter().chain(kind.expiry_keys()).copied().collect();
    let values = |scope: &Scope<'_>| -> Vec<Option<String>> {
        keys.iter().map(|key| Some(scope.target(key)?.text().into_owned())).collect()
    };
    let (one, other) = (values(ours), values(theirs));
    if one == other {
        return HashMap::new();
    }
    let base = base.map(values);
    let end = |scope: &Scope<'_>| {
        let end = scope.target(names::EXPIRES_AT)?.text().trim().parse::<f64>().ok()?;
        end.is_finite().then_some(end)
    };
    let side = match base {
        Some(base) if base == other => Side::Ours,
        Some(base) if base == one => Side::Theirs,
        _ => match (end(ours), end(theirs)) {
            (Some(ours), Some(theirs)) if ours > theirs => Side::Ours,
            (Some(ours), Some(theirs)) if theirs > ours => Side::Theirs,
            // Nothing tells them apart: each is a conflict of its own, and ours stands as a whole.
            _ => return HashMap::new(),
        },
    };
    keys.into_iter().map(|key| (key.to_owned(), side)).collect()
}
