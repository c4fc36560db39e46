//! Where the Postman app, newman and the Postman CLI take the same file differently.

pub(in crate::lint) mod converted_value;
pub(in crate::lint) mod disabled_but_sent;
pub(in crate::lint) mod dynamic_name;
pub(in crate::lint) mod inherited_reference;
pub(in crate::lint) mod number_digits;
pub(in crate::lint) mod prototype_key;
pub(in crate::lint) mod secret_flag;
pub(in crate::lint) mod vault_reference;
pub(in crate::lint) mod winners_differ;

use crate::lint::Facts;
use crate::model::{Place, Reference, Role};

/// Descriptions are read by people, and examples are not sent.
fn is_sent(facts: &Facts<'_>, reference: &Reference<'_>) -> bool {
    match (&facts.collection, facts.part) {
        (None, None) => true,
        (_, Some(part)) if part.role() == Role::Example => false,
        _ => !matches!(Place::of(reference.node), Place::Example | Place::Other),
    }
}
