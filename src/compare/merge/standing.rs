use std::collections::HashMap;

use super::{Conflict, MergeError, Preference, Side, merge};
use crate::compare::version::Version;
use crate::syntax::Value;

/// A conflict of a merge, and its current state in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The original conflict.
    pub conflict: Conflict,
    /// The side that the file agrees with; none if it agrees with neither.
    pub stands: Option<Side>,
    /// The value in the file if it agrees with neither side; none if it is missing.
    pub instead: Option<Value>,
}

/// Returns the state of a merge's conflicts in `file`, which the merge wrote and users may have changed since. `ours`
/// and `theirs` are the merge with all conflicts decided for that side. A text that users combined from lines of both
/// sides is no longer a conflict.
///
/// # Errors
/// Those of [`merge`].
pub fn standings<'d>(
    base: Option<&Version<'d>>,
    [ours, theirs]: [&Version<'d>; 2],
    file: &Version<'d>,
) -> Result<Vec<Standing>, MergeError> {
    let mut from_ours: HashMap<Vec<String>, Vec<Conflict>> = HashMap::new();
    let conflicts = merge(base, file, ours, &Preference::default())?.conflicts;
    let order: Vec<_> = conflicts.iter().map(|conflict| conflict.path.clone()).collect();
    for conflict in conflicts.into_iter().rev() {
        from_ours.entry(conflict.path.clone()).or_default().push(conflict);
    }
    let mut found = Vec::new();
    for conflict in merge(base, file, theirs, &Preference::default())?.conflicts {
        let Some(other) = from_ours.get_mut(&conflict.path).and_then(Vec::pop) else {
            found.push(Standing { conflict, stands: Some(Side::Ours), instead: None });
            continue;
        };
        // If both sides agree, a user changed something that was not a conflict.
        if other.theirs != conflict.theirs {
            let instead = conflict.ours;
            let conflict = Conflict { ours: other.theirs, ..conflict };
            found.push(Standing { conflict, stands: None, instead });
        }
    }
    for path in order {
        if let Some(conflict) = from_ours.get_mut(&path).and_then(Vec::pop) {
            let conflict = Conflict { ours: conflict.theirs, theirs: conflict.ours, ..conflict };
            found.push(Standing { conflict, stands: Some(Side::Theirs), instead: None });
        }
    }
    Ok(found)
}
