//! What the values of a document mean to Postman and to Box, as views that borrow the tree and copy nothing.

mod address;
mod auth;
mod box_kind;
mod collection;
mod credential;
mod dynamic;
mod entry;
mod given;
mod header_lines;
mod identity;
mod inherited;
mod item;
mod js;
mod manifest;
mod mask;
pub mod member_order;
mod misspelling;
pub mod names;
mod part;
mod path_variable;
mod prediction;
mod request;
mod resolve;
mod run_data;
mod scope;
mod script;
mod template;
mod token;
mod token_group;
mod url;
mod usage;
mod variable;

pub use address::{Address, outside_references};
pub use auth::Auth;
pub use box_kind::BoxKind;
pub use collection::Collection;
pub use credential::{
    Credential, Place, credentials, credentials_beside_values, credentials_in, name_of, nameless_secrets,
    placed_credentials, secrets, secrets_near, secrets_of_versions, value_name,
};
pub use dynamic::{dynamic_names, is_dynamic};
pub use entry::{Entry, Row};
pub use given::{Given, Lacking};
pub use header_lines::header_lines;
pub use identity::{CollectionVersion, FileKind, Format, identify};
pub use inherited::Inherited;
pub use item::Item;
pub use js::{JsType, JsValue, js_length, js_number, js_number_text};
pub use manifest::{Listed, Manifest};
pub use mask::mask_value;
pub use misspelling::{mistaken, resembling};
pub use part::{Part, Role, is_part};
pub use path_variable::PathPlace;
pub use prediction::{Absence, CLASSIC_LENGTHS, Hindrance, Prediction, Reason, ScriptAction};
pub use request::{Body, Request};
pub use resolve::{GROWTH, Lookup, Meaning, PASSES, Replacement, Resolved};
pub use run_data::{NotRunData, RunData};
pub use scope::{NotAScope, Scope, ScopeKind};
pub use script::Script;
pub use template::{Reference, all_references, reference_spans, references};
pub use token::{
    ACCESS_TOKEN_AT_MOST, EARLIEST_TOKEN_END, NewTokens, REFRESH_TOKEN_AT_MOST, TokenState, Tokens, Verdict,
    token_end,
};
pub use token_group::TokenGroup;
pub use url::Url;
pub use usage::{Usage, UsageKind, usages};
pub use variable::{Runtime, Variable};
