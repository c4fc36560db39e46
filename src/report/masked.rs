use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::{Credential, Meaning, Variable, mask_value, secrets, secrets_of_versions};
use crate::secret::{self, MASK};
use crate::syntax::{Document, Kind, Member, Node, Syntax, Value};
use crate::text::Span;

/// Whether to mask secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// Replace them with [`MASK`].
    Secrets,
    /// Show them, as `--show-secrets` asks.
    Nothing,
}

impl Mask {
    /// Whether the value of `variable` is hidden.
    #[must_use]
    pub fn hides(self, variable: &Variable<'_>) -> bool {
        self == Self::Secrets && variable.is_secret()
    }

    /// The value of `variable`, masked if need be.
    #[must_use]
    pub fn of_variable<'v>(self, variable: &'v Variable<'_>) -> Cow<'v, str> {
        if self.hides(variable) { Cow::Borrowed(MASK) } else { self.of_text(variable.text()) }
    }

    /// What Postman substitutes for a reference to `variable`, masked if need be.
    #[must_use]
    pub fn of_substitution<'d>(self, variable: &Variable<'d>) -> Cow<'d, str> {
        if self.hides(variable) { Cow::Borrowed(MASK) } else { self.of_text(variable.substitution()) }
    }

    /// What Postman substitutes for a reference to `name` with this `meaning`, masked if need be; none if it leaves the
    /// reference.
    #[must_use]
    pub fn of_meaning(self, name: &str, meaning: &Meaning<'_, '_>) -> Option<String> {
        match meaning {
            Meaning::Variable(_, variable) => Some(self.of_substitution(variable).into_owned()),
            _ => {
                let text = meaning.substitution()?;
                let masked = self.of_value(Value::string(&*text), name, false);
                Some(if let Value::String(masked) = masked { masked } else { text.into_owned() })
            }
        }
    }

    /// `text` with the credentials in it masked.
    #[must_use]
    pub fn of_text<'t>(self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = text.into();
        match self {
            Self::Nothing => text,
            Self::Secrets => Cow::Owned(secret::mask_text(&text)),
        }
    }

    /// `names` with the credentials in them masked.
    #[must_use]
    pub fn of_names(self, names: &[String]) -> Vec<String> {
        names.iter().map(|name| self.of_text(name).into_owned()).collect()
    }

    /// The `value` of `key`, masked if need be; `secret` is whether its type says that it is a secret.
    #[must_use]
    pub fn of_value(self, value: Value, key: &str, secret: bool) -> Value {
        if self == Self::Nothing { value } else { mask_value(value, key, secret) }
    }

    /// The text of `document`, masked. The number of lines stays the same.
    #[must_use]
    pub fn of_document(self, document: &Document) -> String {
        self.over(document).whole()
    }

    /// The texts of two versions of a document, masked: what is a secret in one is masked in the other too.
    #[must_use]
    pub fn of_versions(self, versions: [&Document; 2]) -> [String; 2] {
        let [before, after] = match self {
            Self::Nothing => [Vec::new(), Vec::new()],
            Self::Secrets => secrets_of_versions(versions),
        };
        [(versions[0], before), (versions[1], after)]
            .map(|(document, secrets)| Masked { document, secrets }.whole())
    }

    /// The spans to mask in `text`, which is not a readable document, in order.
    #[must_use]
    pub fn over_unreadable(self, text: &str) -> Vec<Span> {
        let hidden = if self == Self::Nothing { Vec::new() } else { secret::hidden_in_unreadable(text) };
        hidden.into_iter().map(|range| Span::new(range.start, range.end)).collect()
    }

    /// Finds the secrets in `document`, to show parts of it.
    #[must_use]
    pub fn over(self, document: &Document) -> Masked<'_> {
        let secrets = if self == Self::Nothing { Vec::new() } else { secrets(document) };
        Masked { document, secrets }
    }
}

/// A document with the places of its secrets.
#[derive(Debug)]
pub struct Masked<'d> {
    document: &'d Document,
    /// In order; they do not overlap.
    secrets: Vec<Credential<'d>>,
}

impl Masked<'_> {
    /// The whole text, masked. The number of lines stays the same.
    fn whole(&self) -> String {
        self.span(Span::new(0, self.document.source().text().len()))
    }

    /// The text of `span`, masked. The number of lines stays the same.
    #[must_use]
    pub fn span(&self, span: Span) -> String {
        let text = self.document.source().text();
        let mut shown = String::with_capacity(span.len());
        let mut done = span.start as usize;
        let first = self.secrets.partition_point(|secret| secret.span.end <= span.start);
        if self.secrets.get(first).is_some_and(|secret| secret.span.start < span.start) {
            return format!("\"{MASK}\"");
        }
        for secret in self.secrets[first..].iter().take_while(|secret| secret.span.end <= span.end) {
            let spelling = self.document.source().slice(secret.span);
            let quote = match (self.document.syntax(), spelling.get(..1)) {
                _ if secret.span != secret.node.span() => "",
                (Syntax::Yaml, Some(quote @ ("'" | "\""))) => quote,
                (Syntax::Yaml, _) => "",
                (Syntax::Json, _) => "\"",
            };
            shown.push_str(&text[done..secret.span.start as usize]);
            shown.extend([quote, MASK, quote]);
            shown.extend(spelling.matches('\n'));
            done = secret.span.end as usize;
        }
        shown.push_str(&text[done..span.end as usize]);
        shown
    }

    /// The value of `node` as JSON, masked; in a JSON file, in its own spelling.
    #[must_use]
    pub fn json(&self, node: Node<'_>) -> String {
        match self.document.syntax() {
            Syntax::Json => self.span(node.span()),
            Syntax::Yaml => masked_value(node, &self.secrets).to_json(),
        }
    }
}

fn masked_value(node: Node<'_>, secrets: &[Credential<'_>]) -> Value {
    let span = node.span();
    // They are in order and do not overlap, so only the first that does not end before the value can cover it.
    let first = secrets.partition_point(|secret| secret.span.end < span.end);
    match node.kind() {
        _ if secrets.get(first).is_some_and(|secret| secret.span.start <= span.start) => Value::string(MASK),
        Kind::Array => Value::Array(node.items().map(|item| masked_value(item, secrets)).collect()),
        Kind::Object => {
            let member = |member: Member<'_>| {
                let name = member.key().into_owned();
                (name, masked_value(member.value, secrets))
            };
            Value::Object(node.members().map(member).collect())
        }
        Kind::String if !secrets.is_empty() => {
            Value::String(secret::mask_text(&node.as_str().unwrap_or_default()))
        }
        _ => Value::of(node),
    }
}

/// The strings and numbers in `document` that [`Mask::Secrets`] masks, wholly or in part.
#[must_use]
pub fn secrets_in(document: &Document) -> HashSet<String> {
    let text = |node: Node<'_>| node.as_str().or_else(|| node.as_number()).map(Cow::into_owned);
    secrets(document).iter().filter_map(|secret| text(secret.node)).collect()
}
