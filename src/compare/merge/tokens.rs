use std::cmp::Ordering;

use super::{Side, Why};
use crate::model::{Scope, TokenGroup};
use crate::syntax::Value;

/// Returns the tokens of a Box environment if they differ between the sides, together with the side to take all of them
/// from and the reason, if one can be found. If the tokens belong to two apps, the apps' credentials are included.
pub(super) fn judge(
    base: Option<&Scope<'_>>,
    ours: &Scope<'_>,
    theirs: &Scope<'_>,
) -> Option<(TokenGroup, Option<(Side, Why)>)> {
    // If the kinds of environments differ, the larger group counts.
    let groups = [TokenGroup::of(ours), TokenGroup::of(theirs)].into_iter().flatten();
    let tokens = groups.max_by_key(|group| group.keys.len())?;
    if tokens.values(ours) == tokens.values(theirs) {
        return None;
    }
    let of_two_apps = tokens.client(ours) != tokens.client(theirs);
    let group = if of_two_apps { tokens.with_credentials() } else { tokens };
    let only_change = changed_by(base, ours, theirs, |scope| group.values(scope));
    let side = match only_change {
        Some(side) => Some((side, Why::OnlyChange)),
        None if of_two_apps => {
            changed_by(base, ours, theirs, |scope| group.client(scope)).map(|side| (side, Why::ClientChanged))
        }
        None => match group.compare_ages(ours, theirs) {
            Some(Ordering::Greater) => Some((Side::Ours, Why::LastsLonger)),
            Some(Ordering::Less) => Some((Side::Theirs, Why::LastsLonger)),
            Some(Ordering::Equal) | None => None,
        },
    };
    Some((group, side))
}

/// The only side whose value differs from the base.
fn changed_by<'s, 'd, T: PartialEq>(
    base: Option<&'s Scope<'d>>,
    ours: &'s Scope<'d>,
    theirs: &'s Scope<'d>,
    value: impl Fn(&'s Scope<'d>) -> T,
) -> Option<Side> {
    let base = value(base?);
    match [value(ours) == base, value(theirs) == base] {
        [false, true] => Some(Side::Ours),
        [true, false] => Some(Side::Theirs),
        _ => None,
    }
}

/// The values of `group` in `scope`, as one object.
pub(super) fn value(group: &TokenGroup, scope: &Scope<'_>) -> Value {
    let member = |key: &&'static str| {
        let value = scope.target(key)?.value().map_or(Value::Null, Value::of);
        Some(((*key).to_owned(), value))
    };
    Value::Object(group.keys.iter().filter_map(member).collect())
}
