//! Values that contain more than a private key.

use super::Credential;
use crate::secret;
use crate::syntax::Spelling;

impl Credential<'_> {
    /// Splits a string that contains a private key and other secrets into one credential for each; returns any other
    /// credential as it is.
    #[must_use]
    pub fn apart(self) -> Vec<Self> {
        let is_whole = self.part.is_none() && !self.goes_on && !self.is_in_comment();
        let text = if is_whole { self.text() } else { Default::default() };
        let literals = if secret::is_private_key(&text) { secret::literals(&text) } else { Vec::new() };
        if literals.len() < 2 {
            return vec![self];
        }
        let mut spelling = Spelling::of(self.node);
        let part = |literal: secret::Literal<'_>| {
            let name = if literal.name.is_empty() { &self.name } else { literal.name };
            Self {
                name: name.to_owned(),
                span: spelling.span_of(literal.range.clone()),
                part: Some(literal.range),
                ..self.clone()
            }
        };
        literals.into_iter().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    #[test]
    fn a_secret_beside_a_private_key_has_its_own_place() {
        let key = r"-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----";
        for (value, parts) in [
            (format!("{key} password=hunter2x1"), vec![("secret", key), ("password", "hunter2x1")]),
            (format!("{key} of the shop"), vec![("secret", "")]),
            ("password=hunter2x1".to_owned(), vec![("secret", "")]),
        ] {
            let document = Document::json(&format!("\"{value}\"")).expect("JSON");
            let found = Credential::whole("secret", document.root()).apart();
            let found: Vec<_> =
                found.iter().map(|it| (&*it.name, document.source().slice(it.span))).collect();
            let whole = document.source().text();
            let parts =
                parts.into_iter().map(|(name, part)| (name, if part.is_empty() { whole } else { part }));
            assert_eq!(found, parts.collect::<Vec<_>>());
        }
    }
}
