use super::Pairs;
use super::exports::identifier;
use crate::edit::Assignment;
use crate::model::Scope;
use crate::syntax::Value;

/// Returns the assignments that give `scope` the values of `pairs`. A name that was changed on export maps back to its
/// key: `api_box_com` means `api.box.com` if no other key exports to it. A variable that already has the value, even as
/// a number, is left alone.
#[must_use]
pub fn assignments(scope: &Scope<'_>, pairs: &Pairs) -> Vec<Assignment> {
    let assignment = |(name, value): &(String, String)| {
        let key = match keys_like(scope, name)[..] {
            [only] => only,
            _ => name,
        };
        let same = scope.target(key).is_some_and(|variable| variable.text() == *value);
        (!same).then(|| Assignment { key: key.to_owned(), value: Value::string(value) })
    };
    pairs.pairs.iter().filter_map(assignment).collect()
}

/// The keys that are exported as `name`.
fn keys_like<'s>(scope: &'s Scope<'_>, name: &str) -> Vec<&'s str> {
    let keys = scope.variables().iter().map(|variable| variable.key());
    let mut keys: Vec<_> = keys.filter(|key| identifier(key).as_deref() == Some(name)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
