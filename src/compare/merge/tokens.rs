use std::cmp::Ordering;

use super::{Side, Why};
use crate::model::{Scope, TokenGroup};
use crate::syntax::Value;

/// The tokens of a Box environment, where they are not the same on both sides, and the side from which all of them are to
/// be taken, and why; none when nothing tells which pair still works.
pub(super) fn judge(
    base: Option<&Scope<'_>>,
    ours: &Scope<'_>,
    theirs: &Scope<'_>,
) -> Option<(TokenGroup, Option<(Side, Why)>)> {
    // Of two kinds of environments the one with more to keep together.
    let groups = [TokenGroup::of(ours), TokenGroup::of(theirs)].into_iter().flatten();
    let group = groups.max_by_key(|group| group.keys.len())?;
    let (one, other) = (group.values(ours), group.values(theirs));
    if one == other {
        return None;
    }
    let side = match base.map(|base| group.values(base)) {
        Some(base) if base == other => Some((Side::Ours, Why::OnlyChange)),
        Some(base) if base == one => Some((Side::Theirs, Why::OnlyChange)),
        _ => match group.compare_ages(ours, theirs) {
            Some(Ordering::Greater) => Some((Side::Ours, Why::LastsLonger)),
            Some(Ordering::Less) => Some((Side::Theirs, Why::LastsLonger)),
            Some(Ordering::Equal) | None => None,
        },
    };
    Some((group, side))
}

/// What `group` holds in `scope`, as one value.
pub(super) fn value(group: &TokenGroup, scope: &Scope<'_>) -> Value {
    let member = |key: &&'static str| {
        let value = scope.target(key)?.value().map_or(Value::Null, Value::of);
        Some(((*key).to_owned(), value))
    };
    Value::Object(group.keys.iter().filter_map(member).collect())
}
