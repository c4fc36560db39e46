use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::{Scope, Variable};
use crate::secret::{self, MASK};
use crate::syntax::{Document, Kind, Member, Node, Syntax, Value};
use crate::text::Span;

/// Whether secrets are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// They are replaced by [`MASK`].
    Secrets,
    /// They are shown, as `--show-secrets` asks.
    Nothing,
}

impl Mask {
    /// The mask that the option `--show-secrets` asks for.
    #[must_use]
    pub fn unless(show_secrets: bool) -> Self {
        if show_secrets { Self::Nothing } else { Self::Secrets }
    }

    /// Whether the value of `variable` is hidden.
    #[must_use]
    pub fn hides(self, variable: &Variable<'_>) -> bool {
        self == Self::Secrets && variable.is_secret()
    }

    /// The value of `variable` as it may be shown.
    #[must_use]
    pub fn of_variable<'d>(self, variable: &Variable<'d>) -> Cow<'d, str> {
        if self.hides(variable) { Cow::Borrowed(MASK) } else { variable.text() }
    }

    /// The text of `document` as it may be shown. It has as many lines as before.
    #[must_use]
    pub fn of_document(self, document: &Document) -> String {
        self.over(document).span(Span::new(0, document.source().text().len()))
    }

    /// `document`, for showing parts of it.
    #[must_use]
    pub fn over(self, document: &Document) -> Masked<'_> {
        let secrets = if self == Self::Nothing { Vec::new() } else { secret_spans(document) };
        Masked { document, secrets }
    }
}

/// A document with the places of its secrets.
#[derive(Debug)]
pub struct Masked<'d> {
    document: &'d Document,
    /// In order, none inside another.
    secrets: Vec<Span>,
}

impl Masked<'_> {
    /// The text of `span` as it may be shown. It has as many lines as before.
    #[must_use]
    pub fn span(&self, span: Span) -> String {
        let text = self.document.source().text();
        let mut shown = String::with_capacity(span.len());
        let mut done = span.start as usize;
        let first = self.secrets.partition_point(|secret| secret.end <= span.start);
        if self.secrets.get(first).is_some_and(|secret| secret.start < span.start) {
            return format!("\"{MASK}\"");
        }
        for secret in self.secrets[first..].iter().take_while(|secret| secret.end <= span.end) {
            shown.push_str(&text[done..secret.start as usize]);
            let spelling = self.document.source().slice(*secret);
            let quote = match (self.document.syntax(), spelling.get(..1)) {
                (Syntax::Yaml, Some(quote @ ("'" | "\""))) => quote,
                (Syntax::Yaml, _) => "",
                (Syntax::Json, _) => "\"",
            };
            shown.extend([quote, MASK, quote]);
            shown.extend(spelling.matches('\n'));
            done = secret.end as usize;
        }
        shown.push_str(&text[done..span.end as usize]);
        shown
    }

    /// The value of `node` as it may be shown, in JSON: of a JSON file as it stands there.
    #[must_use]
    pub fn json(&self, node: Node<'_>) -> String {
        match self.document.syntax() {
            Syntax::Json => self.span(node.span()),
            Syntax::Yaml => masked_value(node, &self.secrets).to_json(),
        }
    }
}

fn masked_value(node: Node<'_>, secrets: &[Span]) -> Value {
    let span = node.span();
    match node.kind() {
        _ if secrets.iter().any(|secret| secret.start <= span.start && span.end <= secret.end) => {
            Value::string(MASK)
        }
        Kind::Array => Value::Array(node.items().map(|item| masked_value(item, secrets)).collect()),
        Kind::Object => {
            let member = |member: Member<'_>| {
                let name = member.name.as_str().unwrap_or_default().into_owned();
                (name, masked_value(member.value, secrets))
            };
            Value::Object(node.members().map(member).collect())
        }
        _ => Value::of(node),
    }
}

/// The texts in `document` that [`Mask::Secrets`] hides.
#[must_use]
pub fn secrets_in(document: &Document) -> HashSet<String> {
    secret_nodes(document).iter().filter_map(|node| node.as_str().map(Cow::into_owned)).collect()
}

fn secret_spans(document: &Document) -> Vec<Span> {
    let mut spans: Vec<Span> = secret_nodes(document).iter().map(Node::span).collect();
    spans.sort();
    spans.dedup();
    let mut end = 0;
    spans.retain(|span| {
        let outside = span.start >= end;
        end = end.max(span.end);
        outside
    });
    spans
}

/// What in `document` is secret: its variables' values, and any string under a secret's name or of a secret's shape.
fn secret_nodes(document: &Document) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    if let Ok(scope) = Scope::of(document) {
        let secrets = scope.variables().iter().filter(|variable| variable.is_secret());
        found.extend(secrets.filter_map(Variable::value));
    }
    strings_that_are_secret(document.root(), "", &mut found);
    found
}

fn strings_that_are_secret<'d>(node: Node<'d>, name: &str, found: &mut Vec<Node<'d>>) {
    match node.kind() {
        Kind::String if node.as_str().is_some_and(|text| secret::is_secret(name, &text)) => found.push(node),
        Kind::Object => {
            for member in node.members() {
                strings_that_are_secret(member.value, &member.name.as_str().unwrap_or_default(), found);
            }
        }
        Kind::Array => node.items().for_each(|item| strings_that_are_secret(item, name, found)),
        _ => {}
    }
}
