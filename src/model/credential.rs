mod apart;
mod comment;
mod place;
mod search;
mod versions;

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

/// A literal credential: a string, or a part of one or of a comment, that holds a secret itself and no reference to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential<'d> {
    /// What it is called there: a header, a field, a variable; empty when only its shape tells.
    pub name: String,
    /// The string it stands in; the root for what a comment holds.
    pub node: Node<'d>,
    /// Its own bytes: the string with its quotes when it is all of it.
    pub span: Span,
    /// Which part of the string's text it is, if not all of it.
    pub part: Option<Range<usize>>,
    /// Whether it goes on with the private key that starts in a string before.
    pub goes_on: bool,
}

impl<'d> Credential<'d> {
    /// The string `node` as a whole, called `name`.
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
            None => self.node.as_str().unwrap_or_default(),
            Some(part) => self.node.text_at(part.clone(), self.span),
        }
    }

    /// Whether it stands in a comment.
    #[must_use]
    pub fn is_in_comment(&self) -> bool {
        self.node.kind().is_container() && self.span != self.node.span()
    }

    /// Whether it cannot be told apart from the rest of the string in the file.
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

/// What in `document` is secret: its variables' values, and literal credentials wherever they stand. In order of the
/// text, none inside another.
#[must_use]
pub fn secrets(document: &Document) -> Vec<Credential<'_>> {
    secrets_near(document, Scope::of(document).ok().as_ref(), whole(document))
}

/// The span of the whole text: comments stand around the root, too.
fn whole(document: &Document) -> Span {
    Span::new(0, document.source().text().len())
}

/// Those of the [`secrets`] of `document`, whose variables are `scope`, that reach into `span`: to show a part of a
/// large file, the rest of it need not be searched.
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

/// The values of rows of `scope` that are typed as secrets and are no variables, since they have no name.
pub fn nameless_secrets<'d>(scope: &Scope<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
    let typed = |row: &Node<'d>| row.get("key").is_none() && is_typed_secret(*row);
    let rows = scope.list().into_iter().flat_map(|list| list.items()).filter(typed);
    rows.filter_map(|row| row.get("value").filter(|value| !value.is_null() && !value.is_str("")))
}

/// What the value `node` is called: the `key` beside a `value`, else its member's name or that of its list.
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

/// What the `value` in `row` is called, which is called `list` after its list.
fn name_in_row<'d>(row: Node<'d>, list: &str) -> Cow<'d, str> {
    // `credentials` of version 3 are called after their authorization.
    let typed = || row.ancestors().find_map(|node| node.get("credentials").and(node.get("type")));
    let auth = if list == "credentials" { typed().and_then(|auth| auth.as_str()) } else { None };
    let list = auth.as_deref().unwrap_or(list);
    match row.get_str("key") {
        Some(key) if value_name(list, &key) == &*key => key,
        // The app calls a cookie by its `name`, whatever that is.
        None if list != "cookie" => Cow::Borrowed("value"),
        _ => Cow::Owned(list.to_owned()),
    }
}

/// What the value of a row is called that has this `key` in the list called `list`.
///
/// The key of an API key is the user's own, as is that of a cookie: their values are secret whatever it is.
#[must_use]
pub fn value_name<'k>(list: &'k str, key: &'k str) -> &'k str {
    if matches!(list, "apikey" | "cookie") && !matches!(key, "key" | "in") { list } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_row_without_a_name_is_one_too() {
        let text = r#"{"name": "E", "values": [{"value": "v1", "type": "secret"}, {"value": "v2"}, {"key": "k", "value": "v3"},
            {"value": "v4", "secret": true}]}"#;
        let document = Document::json(text).expect("JSON");
        let found: Vec<_> = secrets(&document).iter().map(|secret| secret.text().into_owned()).collect();
        assert_eq!(found, ["v1", "v4"]);
    }

    #[test]
    fn the_key_of_a_webhook_is_one_among_the_parts_of_its_address_too() {
        let text = r#"{"url": {"raw": "https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/nil1",
            "path": ["services", "T0EXAMPLE", "B0EXAMPLE", "nil1"]}, "name": "nil1"}"#;
        let document = Document::json(text).expect(text);
        let paths: Vec<_> =
            credentials(document.root()).into_iter().map(|found| found.node.path().to_string()).collect();
        assert_eq!(paths, ["$.url.raw", "$.url.path[3]"]);
    }

    #[test]
    fn the_code_of_a_login_is_one_and_no_other_code() {
        let text = r#"{"urlencoded": [{"key": "code", "value": "Ab0Cd1Ef2Gh3Ij4K"}, {"key": "code", "value": "item_name_in_use"}],
            "body": "{\"code\": \"Ab0Cd1Ef2Gh3Ij4K\"}", "raw": "code=Ab0Cd1Ef2Gh3Ij4K&a=b", "code": 200}"#;
        let document = Document::json(text).expect(text);
        let found = credentials(document.root());
        assert!(found.iter().all(|found| found.name == "code" && found.text() == "Ab0Cd1Ef2Gh3Ij4K"));
        let paths: Vec<_> = found.iter().map(|found| found.node.path().to_string()).collect();
        assert_eq!(paths, ["$.urlencoded[0].value", "$.body", "$.raw"]);
    }

    #[test]
    fn what_is_harmless_under_one_name_is_found_under_another() {
        let text = r#"{"header": [{"key": "X-Key-Id", "value": "a1"}, {"key": "X-Api-Key", "value": "a1"}],
            "tokens": ["a1"], "pastime": "a1"}"#;
        let document = Document::json(text).expect(text);
        let names: Vec<_> = credentials(document.root()).into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["X-Api-Key", "tokens"]);
    }
}
