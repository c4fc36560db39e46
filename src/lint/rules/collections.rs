//! Collections: deviations from the published schemas, and problems that these do not cover.

pub(in crate::lint) mod against_schema;
pub(in crate::lint) mod auth;
pub(in crate::lint) mod body_mode;
pub(in crate::lint) mod duplicate_id;
pub(in crate::lint) mod empty_raw_body;
pub(in crate::lint) mod enabled;
pub(in crate::lint) mod event;
pub(in crate::lint) mod info;
pub(in crate::lint) mod inner_variable;
pub(in crate::lint) mod item;
pub(in crate::lint) mod item_name;
pub(in crate::lint) mod misnamed_member;
pub(in crate::lint) mod padded_name;
pub(in crate::lint) mod path_variable;
pub(in crate::lint) mod structure;
pub(in crate::lint) mod undefined_reference;
pub(in crate::lint) mod unused_path_variable;
pub(in crate::lint) mod url_parts;
pub(in crate::lint) mod variable;
pub(in crate::lint) mod version_1;
