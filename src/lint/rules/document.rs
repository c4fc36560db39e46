//! Whole files: their bytes, their syntax, and whether Postman knows them.

pub(in crate::lint) mod byte_order_mark;
pub(in crate::lint) mod duplicate_member;
pub(in crate::lint) mod not_json;
pub(in crate::lint) mod not_postman;
pub(in crate::lint) mod unreadable;
pub(in crate::lint) mod utf16;
