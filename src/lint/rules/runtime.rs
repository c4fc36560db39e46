//! Files that the Postman app, newman and the Postman CLI read differently.

pub(in crate::lint) mod converted_value;
pub(in crate::lint) mod disabled_but_sent;
pub(in crate::lint) mod dynamic_name;
pub(in crate::lint) mod inherited_reference;
pub(in crate::lint) mod number_digits;
pub(in crate::lint) mod prototype_key;
pub(in crate::lint) mod secret_flag;
pub(in crate::lint) mod vault_reference;
pub(in crate::lint) mod winners_differ;

use crate::model::{Reference, UsageKind};

/// Whether something may look up the value of `reference`.
fn is_asked(reference: &Reference<'_>) -> bool {
    matches!(UsageKind::of_reference(reference), UsageKind::Reference | UsageKind::Read | UsageKind::Quoted)
}
