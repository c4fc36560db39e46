//! The rules, one file each, in groups.

pub(super) mod boxed;
pub(super) mod collections;
pub(super) mod document;
pub(super) mod git_native;
pub(super) mod runtime;
pub(super) mod secrets;
pub(super) mod variables;

use super::{Findings, Rule};
use crate::model::{Scope, resembling};
use crate::syntax::{Name, Node};
use crate::text::Span;

/// All rules, in the order of the documentation.
pub static ALL: &[&Rule] = &[
    &document::unreadable::UNREADABLE,
    &document::not_json::NOT_JSON,
    &document::not_postman::RULE,
    &document::duplicate_member::RULE,
    &document::byte_order_mark::RULE,
    &document::utf16::RULE,
    &variables::values::RULE,
    &variables::name::RULE,
    &variables::row::RULE,
    &variables::empty_key::RULE,
    &variables::padded_key::RULE,
    &variables::duplicate_key::RULE,
    &variables::value_type::RULE,
    &variables::member_type::RULE,
    &variables::type_name::RULE,
    &variables::unknown_member::RULE,
    &variables::brace_in_key::RULE,
    &variables::undefined_reference::RULE,
    &variables::cycle::RULE,
    &variables::enabled_missing::RULE,
    &variables::masked_value::RULE,
    &variables::vault_link::RULE,
    &variables::newman_export::RULE,
    &variables::scope_name::RULE,
    &variables::value_missing::RULE,
    &variables::missing_key::RULE,
    &variables::extra_key::RULE,
    &variables::padded_value::RULE,
    &runtime::disabled_but_sent::RULE,
    &runtime::winners_differ::RULE,
    &runtime::vault_reference::RULE,
    &runtime::secret_flag::RULE,
    &runtime::prototype_key::RULE,
    &runtime::number_digits::RULE,
    &runtime::converted_value::RULE,
    &runtime::dynamic_name::RULE,
    &runtime::inherited_reference::RULE,
    &secrets::live_token::RULE,
    &secrets::typed_default::RULE,
    &secrets::private_key::RULE,
    &secrets::auth::RULE,
    &secrets::header::RULE,
    &secrets::request::RULE,
    &secrets::script::RULE,
    &secrets::example::RULE,
    &secrets::collection_variable::RULE,
    &secrets::description::RULE,
    &boxed::credential_length::RULE,
    &boxed::never_expires::RULE,
    &boxed::expiry_in_seconds::RULE,
    &boxed::access_token_expired::RULE,
    &boxed::switch_spelling::RULE,
    &boxed::refresh_incomplete::RULE,
    &boxed::wiped_token::RULE,
    &boxed::placeholder::RULE,
    &boxed::refresh_token_old::RULE,
    &boxed::expiry_too_far::RULE,
    &boxed::switch_missing::RULE,
    &boxed::nothing_to_refresh::RULE,
    &boxed::cannot_refresh::RULE,
    &boxed::token_missing::RULE,
    &boxed::refresh_token_spent::RULE,
    &boxed::environment_type::RULE,
    &boxed::missing_credential::RULE,
    &boxed::subject_type::RULE,
    &boxed::refresh_expiry::RULE,
    &boxed::unread_switch::RULE,
    &boxed::refresh_never_expires::RULE,
    &boxed::padded_value::RULE,
    &boxed::private_key_format::RULE,
    &boxed::upload_server::RULE,
    &boxed::api_version::RULE,
    &boxed::disabled_parameters::RULE,
    &boxed::stores_failure::RULE,
    &boxed::misspelled_workspace::RULE,
    &boxed::old_release::RULE,
    &boxed::written_out_host::RULE,
    &collections::info::RULE,
    &collections::structure::RULE,
    &collections::item::RULE,
    &collections::item_name::RULE,
    &collections::duplicate_id::RULE,
    &collections::enabled::RULE,
    &collections::url_parts::RULE,
    &collections::empty_raw_body::RULE,
    &collections::undefined_reference::RULE,
    &collections::auth::RULE,
    &collections::variable::RULE,
    &collections::body_mode::RULE,
    &collections::event::RULE,
    &collections::version_1::RULE,
    &collections::against_schema::RULE,
    &collections::padded_name::RULE,
    &collections::inner_variable::RULE,
    &collections::path_variable::RULE,
    &collections::unused_path_variable::RULE,
    &collections::misnamed_member::RULE,
    &git_native::kind::RULE,
    &git_native::structure::RULE,
    &git_native::unknown_member::RULE,
    &git_native::twin::RULE,
    &git_native::type_name::RULE,
    &git_native::query::RULE,
    &git_native::several_documents::RULE,
    &git_native::file_name::RULE,
    &git_native::manifest_path::RULE,
    &git_native::manifest::RULE,
    &git_native::manifest_member::RULE,
];

/// The opening bracket of `container`, the place to report something missing inside it.
pub(super) fn opening(container: Node<'_>) -> Span {
    let start = container.span().start as usize;
    // In YAML it is the first letter of the first name, if there is one.
    let first = container.raw().chars().next().map_or(0, char::len_utf8);
    Span::new(start, start + first)
}

/// The place to report a variable missing in `scope`: the opening bracket of the list, or else of the object around it.
fn opening_of_list(scope: &Scope<'_>) -> Span {
    opening(scope.list().unwrap_or(scope.owner()))
}

/// Reports the members of `object` that are not `known`.
fn report_unknown(object: Node<'_>, known: &[Name<'static>], findings: &mut Findings) {
    for member in object.members() {
        if member.name.find_in(known, |known| *known).is_some() {
            continue;
        }
        let name = member.key();
        let near = resembling(known.iter().map(|known| known.text()), &name);
        let label =
            near.map_or_else(|| "readers ignore it".to_owned(), |near| format!("did you mean `{near}`?"));
        findings.at(member.name.span(), format!("Postman knows no member `{name}` here")).label(label);
    }
}
