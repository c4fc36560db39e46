mod apart;
mod comment;
mod place;
mod search;
mod versions;

pub(super) use place::is_sent_without_place;
pub use place::{Place, credentials_beside_values, placed_credentials};
pub(super) use search::OpenKey;
pub use search::{credentials, credentials_in};
use search::{credentials_but_values, credentials_by};
pub use versions::secrets_of_versions;

use std::borrow::Cow;
use std::ops::Range;

use super::Scope;
use super::variable::is_typed_secret;
use crate::secret;
use crate::syntax::{Document, Node};
use crate::text::{Span, keep_outermost};

/// A literal credential: a string or number, or a part of a string or of a comment, that is a secret itself and not a
/// reference to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential<'d> {
    /// The name of its header, field or variable; empty if only its shape reveals it.
    pub name: String,
    /// The string that contains it, or the number; for a credential in a comment, the root.
    pub node: Node<'d>,
    /// Its own bytes; if it is the whole string, with the quotes.
    pub span: Span,
    /// Its range in the text of the string, if it is not the whole string.
    pub part: Option<Range<usize>>,
    /// Whether it continues a private key that starts in an earlier string.
    pub goes_on: bool,
}

impl<'d> Credential<'d> {
    /// The string or number `node` as a whole, called `name`.
    pub fn whole(name: impl Into<String>, node: Node<'d>) -> Self {
        Self { name: name.into(), node, span: node.span(), part: None, goes_on: false }
    }

    /// The secret itself.
    #[must_use]
    pub fn text(&self) -> Cow<'d, str> {
        if self.is_in_comment() {
            return Cow::Borrowed(self.node.document().source().slice(self.span));
        }
        match &self.part {
            None => self.node.as_str().unwrap_or_else(|| Cow::Borrowed(self.node.raw())),
            Some(part) => self.node.text_at(part.clone(), self.span),
        }
    }

    /// Whether it is in a comment.
    #[must_use]
    pub fn is_in_comment(&self) -> bool {
        self.node.kind().is_container() && self.span != self.node.span()
    }

    /// Whether it cannot be located within the spelling of its string.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.part.is_some() && self.span == self.node.span()
    }

    /// Whether it is a private key or a part of one.
    #[must_use]
    pub fn is_private_key(&self) -> bool {
        self.goes_on || secret::is_private_key(&self.text())
    }
}

/// The secrets in `document`: values of variables, and literal credentials anywhere. They are in the order of the text
/// and do not overlap.
#[must_use]
pub fn secrets(document: &Document) -> Vec<Credential<'_>> {
    secrets_near(document, Scope::of(document).ok().as_ref(), whole(document))
}

/// The span of the whole text, which includes the comments before and after the root.
fn whole(document: &Document) -> Span {
    Span::new(0, document.source().text().len())
}

/// The [`secrets`] of `document`, whose variables are `scope`, that overlap `span`. The rest of a large file is not
/// searched.
#[must_use]
pub fn secrets_near<'d>(
    document: &'d Document,
    scope: Option<&Scope<'d>>,
    span: Span,
) -> Vec<Credential<'d>> {
    let mut secrets = search::among(document.nodes_near(span), span.start);
    secrets.extend(comment::in_comments(document, span));
    let mut near = document.nodes_near(span);
    let (first, last) = (near.next().unwrap_or(document.root()), near.next_back());
    let near = scope.map(|scope| scope.variables_between(first, last.unwrap_or(first)));
    for variable in near.into_iter().flatten().filter(|variable| variable.node().span().meets(span)) {
        secrets.extend(variable.secret_values().map(|value| Credential::whole(variable.key(), value)));
    }
    let nameless = scope.filter(|scope| scope.has_other_rows()).map(nameless_secrets);
    let nameless = nameless.into_iter().flatten().filter(|value| value.span().meets(span));
    secrets.extend(nameless.map(|value| Credential::whole("", value)));
    keep_outermost(&mut secrets, |secret| secret.span.range());
    secrets.retain(|secret| secret.span.meets(span));
    secrets
}

/// The values of rows of `scope` that are typed as secrets but are not variables, because they have no name.
pub fn nameless_secrets<'d>(scope: &Scope<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
    let typed = |row: &Node<'d>| row.get("key").is_none() && is_typed_secret(*row);
    let rows = scope.list().into_iter().flat_map(|list| list.items()).filter(typed);
    rows.filter_map(|row| row.get("value").filter(|value| !value.is_null() && !value.is_str("")))
}

/// The name of the value `node`: the `key` beside it if it is a `value`, else the name of its member or of its list.
#[must_use]
pub fn name_of(node: Node<'_>) -> Cow<'_, str> {
    let Some(member) = node.as_member() else {
        return node.parent().map(name_of).unwrap_or_default();
    };
    match node.parent().filter(|_| member.name.is_str("value")) {
        Some(row) => name_in_row(row, &name_of(row)),
        None => member.key(),
    }
}

/// The name of the `value` in `row`, which is in the list called `list`.
fn name_in_row<'d>(row: Node<'d>, list: &str) -> Cow<'d, str> {
    // In version 3, `credentials` take the name of their authorization.
    let typed = || row.ancestors().find_map(|node| node.get("credentials").and(node.get("type")));
    let auth = if list == "credentials" { typed().and_then(|auth| auth.as_str()) } else { None };
    let list = auth.as_deref().unwrap_or(list);
    match row.get_str("key") {
        Some(key) if value_name(list, &key) == &*key => key,
        // A cookie has a `name` instead of a `key`, and its value is secret whatever that name is.
        // Old collections name a variable by `id`.
        None if list != "cookie" => row.get_str("id").unwrap_or(Cow::Borrowed("value")),
        _ => Cow::Owned(list.to_owned()),
    }
}

/// The name of the value of a row with this `key` in the list called `list`.
///
/// Users choose the name of an API key or a cookie, so the list names their values: these are secret under any name.
#[must_use]
pub fn value_name<'k>(list: &'k str, key: &'k str) -> &'k str {
    if matches!(list, "apikey" | "cookie") && !matches!(key, "key" | "in") { list } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_row_without_a_name_is_found() {
        let text = r#"{"name": "E", "values": [{"value": "v1", "type": "secret"}, {"value": "v2"}, {"key": "k", "value": "v3"},
            {"value": "v4", "secret": true}]}"#;
        let document = Document::json(text).expect("JSON");
        let found: Vec<_> = secrets(&document).iter().map(|secret| secret.text().into_owned()).collect();
        assert_eq!(found, ["v1", "v4"]);
    }

    #[test]
    fn a_webhook_key_is_found_again_among_the_parts_of_its_address() {
        let text = r#"{"url": {"raw": "https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/nil1",
            "path": ["services", "T0EXAMPLE", "B0EXAMPLE", "nil1"]}, "name": "nil1"}"#;
        let document = Document::json(text).expect(text);
        let paths: Vec<_> =
            credentials(document.root()).into_iter().map(|found| found.node.path().to_string()).collect();
        assert_eq!(paths, ["$.url.raw", "$.url.path[3]"]);
    }

    #[test]
    fn a_login_code_is_a_secret_and_an_error_code_is_not() {
        let text = r#"{"urlencoded": [{"key": "code", "value": "Ab0Cd1Ef2Gh3Ij4K"}, {"key": "code", "value": "item_name_in_use"}],
            "body": "{\"code\": \"Ab0Cd1Ef2Gh3Ij4K\"}", "raw": "code=Ab0Cd1Ef2Gh3Ij4K&a=b", "code": 200}"#;
        let document = Document::json(text).expect(text);
        let found = credentials(document.root());
        assert!(found.iter().all(|found| found.name == "code" && found.text() == "Ab0Cd1Ef2Gh3Ij4K"));
        let paths: Vec<_> = found.iter().map(|found| found.node.path().to_string()).collect();
        assert_eq!(paths, ["$.urlencoded[0].value", "$.body", "$.raw"]);
    }

    #[test]
    fn a_value_that_is_harmless_under_one_name_is_found_under_another() {
        let text = r#"{"header": [{"key": "X-Key-Id", "value": "a1"}, {"key": "X-Api-Key", "value": "a1"}],
            "tokens": ["a1"], "pastime": "a1"}"#;
        let document = Document::json(text).expect(text);
        let names: Vec<_> = credentials(document.root()).into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["X-Api-Key", "tokens"]);
    }
}
