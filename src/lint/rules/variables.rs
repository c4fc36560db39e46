//! Variables of environments, globals and collections.

pub(in crate::lint) mod brace_in_key;
pub(in crate::lint) mod cycle;
pub(in crate::lint) mod duplicate_key;
pub(in crate::lint) mod empty_key;
pub(in crate::lint) mod enabled_missing;
pub(in crate::lint) mod extra_key;
pub(in crate::lint) mod masked_value;
pub(in crate::lint) mod member_type;
pub(in crate::lint) mod missing_key;
pub(in crate::lint) mod name;
pub(in crate::lint) mod newman_export;
pub(in crate::lint) mod padded_key;
pub(in crate::lint) mod padded_value;
pub(in crate::lint) mod row;
pub(in crate::lint) mod scope_name;
pub(in crate::lint) mod type_name;
pub(in crate::lint) mod undefined_reference;
pub(in crate::lint) mod unknown_member;
pub(in crate::lint) mod value_missing;
pub(in crate::lint) mod value_type;
pub(in crate::lint) mod values;
pub(in crate::lint) mod vault_link;
