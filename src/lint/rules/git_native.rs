//! Postman 12's git-native files: environments and globals in YAML, collections as folders of YAML files.

pub(in crate::lint) mod file_name;
pub(in crate::lint) mod kind;
pub(in crate::lint) mod manifest;
pub(in crate::lint) mod manifest_member;
pub(in crate::lint) mod manifest_path;
pub(in crate::lint) mod query;
pub(in crate::lint) mod several_documents;
pub(in crate::lint) mod structure;
pub(in crate::lint) mod twin;
pub(in crate::lint) mod type_name;
pub(in crate::lint) mod unknown_member;
