use std::collections::HashSet;

use super::{Action, Change, Draft, EditError, Plan, target};
use crate::model::{Credential, Scope, Variable, credentials, name_of, nameless_secrets};
use crate::secret::{self, placeholder, redact_text};
use crate::syntax::{Document, Kind, Node, NodeId, Value, write};
use crate::text::{Edit, Span};

/// Exceptions from redacting exactly what looks like a secret.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    /// Variables to redact whatever they look like.
    pub also: Vec<String>,
    /// Variables that stay as they are.
    pub keep: Vec<String>,
}

/// Replaces every secret by a placeholder of the same shape, in values, addresses, headers, bodies, scripts and saved
/// responses. References to variables stay.
///
/// # Errors
/// A variable to redact or keep that is not in the file.
pub fn redact(document: &Document, redaction: &Redaction) -> Result<Plan, EditError> {
    let scope = Scope::of(document).ok();
    let kept = rows(scope.as_ref(), &redaction.keep)?.into_iter().map(Variable::node).collect();
    let also = rows(scope.as_ref(), &redaction.also)?;
    let found = credentials(document.root());
    let comments = found.iter().filter(|found| found.is_in_comment()).map(|found| found.span).collect();
    let (told, hidden, draft) = Default::default();
    let mut redactor = Redactor { scope: scope.as_ref(), kept, comments, told, hidden, draft };
    let typed = scope.iter().flat_map(|scope| scope.variables()).filter(|row| row.is_secret());
    let values = typed.chain(also).filter_map(Variable::value);
    let values = values.chain(scope.iter().flat_map(nameless_secrets));
    let whole: HashSet<NodeId> = values.flat_map(|value| value.descendants()).map(|node| node.id()).collect();
    for node in document.root().descendants().filter(|node| whole.contains(&node.id())) {
        if let Some(after) = redacted(node) {
            redactor.replace(node, &after);
        }
    }
    for found in found.into_iter().filter(|found| !whole.contains(&found.node.id())) {
        if found.span == found.node.span() {
            // Several parts that cannot be told apart in the file are all found as the whole string.
            if redactor.told.contains(&found.node.id()) {
                continue;
            }
            if let Some(after) = redacted(found.node) {
                redactor.replace(found.node, &after);
            }
        } else if found.is_in_comment() {
            redactor.comment(&found);
        } else {
            let before = document.source().slice(found.span);
            redactor.edit(found.node, Edit::replace(found.span, placeholder(before)), before);
        }
    }
    redactor.draft.finish()
}

/// What replaces a value that is secret as a whole, or whose secret parts cannot be told apart in the file; none if it
/// has no text.
fn redacted(node: Node<'_>) -> Option<Value> {
    if node.kind() == Kind::Number {
        return Some(Value::Number("0".to_owned()));
    }
    let text = node.as_str().filter(|text| !text.is_empty())?;
    let parts = redact_text(&text);
    let is_whole = parts == text || secret::is_secret_key(&name_of(node));
    Some(Value::String(if is_whole { placeholder(&text) } else { parts }))
}

struct Redactor<'s, 'd> {
    scope: Option<&'s Scope<'d>>,
    kept: Vec<Node<'d>>,
    /// The secrets in comments, in order.
    comments: Vec<Span>,
    /// The nodes whose change has been reported.
    told: HashSet<NodeId>,
    /// The secrets in comments that were replaced together with their blocks.
    hidden: HashSet<Span>,
    draft: Draft,
}

impl<'d> Redactor<'_, 'd> {
    fn replace(&mut self, node: Node<'d>, after: &Value) {
        if Value::of(node) != *after {
            let mut edit = write::replace(node, after);
            let hidden = self.hide_in_comment(node, &mut edit.replacement);
            if self.edit(node, edit, node.raw()) {
                self.hidden.extend(hidden);
            }
        }
    }

    /// Puts placeholders into the comment on the first line of the block `node`, which its `replacement` repeats.
    /// Returns the secrets that they replace.
    fn hide_in_comment(&self, node: Node<'d>, replacement: &mut String) -> Vec<Span> {
        let (Some(old), Some(new)) = (node.raw().find('#'), replacement.find('#')) else { return Vec::new() };
        let (source, span) = (node.document().source(), node.span());
        let first = self.comments.partition_point(|secret| secret.start < span.start);
        let mut hidden: Vec<_> =
            self.comments[first..].iter().copied().take_while(|secret| secret.start < span.end).collect();
        // Start with the last one, since a placeholder moves the text after it.
        hidden.reverse();
        hidden.retain(|secret| {
            let place = |at: u32| new + (at - span.start) as usize - old;
            let (place, before) = (place(secret.start)..place(secret.end), source.slice(*secret));
            let same = replacement.get(place.clone()) == Some(before);
            if same {
                replacement.replace_range(place, &placeholder(before));
            }
            same
        });
        hidden
    }

    fn comment(&mut self, found: &Credential<'d>) {
        let source = found.node.document().source();
        let before = source.slice(found.span);
        let line = source.position(found.span.start as usize).line;
        if !self.hidden.contains(&found.span) {
            self.draft.edit([Edit::replace(found.span, placeholder(before))]);
        }
        self.draft.change([], Change::new(format!("comment on line {line}"), Action::Redacted));
    }

    /// Makes `edit` to a part of `node` that was spelled `before`, unless the row is kept. Returns whether it did.
    fn edit(&mut self, node: Node<'d>, edit: Edit, before: &str) -> bool {
        if edit.replacement == before || self.kept.iter().any(|row| row.contains(node)) {
            return false;
        }
        self.draft.edit([edit]);
        if self.told.insert(node.id()) {
            let variable = self.scope.and_then(|scope| scope.variable_at(node));
            let variable =
                variable.filter(|variable| variable.value().is_some_and(|value| value.contains(node)));
            let path = || node.path().to_string();
            let key = variable.map_or_else(path, |variable| variable.key().to_owned());
            self.draft.change([], Change::new(key, Action::Redacted));
        }
        true
    }
}

/// Every row of the variables called `keys`.
fn rows<'s, 'd>(scope: Option<&'s Scope<'d>>, keys: &[String]) -> Result<Vec<&'s Variable<'d>>, EditError> {
    target::distinct(keys, |key| match scope {
        Some(scope) => target::variables(scope, key),
        None => Err(EditError::Absent { key: key.to_owned(), nearest: None }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commented_out_settings_are_redacted_too() {
        let text = "# - key: token\n#   value: hunter2\nname: E # password: hunter2x1\nvalues: []\n# none\n";
        let document = Document::yaml(text).expect("valid");
        let plan = redact(&document, &Redaction::default()).expect("no overlap");
        let after = document.edited(&plan.edits).expect("still YAML");
        assert_eq!(
            after.source().text(),
            text.replace("hunter2x1", "REDACTED").replace("hunter2", "REDACTED")
        );
        assert_eq!(plan.changes.len(), 2);
        let again = redact(&after, &Redaction::default()).expect("no overlap");
        assert!(again.edits.is_empty());
    }

    #[test]
    fn a_comment_on_the_first_line_of_a_secret_block_is_redacted_with_it() {
        let text = "name: E\nvalues:\n- key: token\n  value: | # the password: hunter2, or token: a0x9b1c2d\n    one\n    two\n  \
                    enabled: true\n- key: note\n  value: |- # api_key: k0x9b1c2\n    none\n  enabled: true\n";
        let document = Document::yaml(text).expect("valid");
        let secret = Redaction { also: vec!["note".to_owned()], keep: vec![] };
        let plan = redact(&document, &secret).expect("no overlap");
        let after = document.edited(&plan.edits).expect("still YAML");
        let shown = text.replace(
            "| # the password: hunter2, or token: a0x9b1c2d\n    one\n    two",
            "|- # the password: REDACTED, or token: REDACTED\n    REDACTED",
        );
        assert_eq!(after.source().text(), shown.replace("k0x9b1c2", "REDACTED").replace("none", "REDACTED"));
        assert_eq!(plan.changes.len(), 5);
        let kept =
            redact(&document, &Redaction { keep: vec!["token".to_owned()], ..secret }).expect("no overlap");
        let after = document.edited(&kept.edits).expect("still YAML");
        assert!(after.source().text().contains("password: REDACTED, or token: REDACTED\n    one\n    two"));
    }

    #[test]
    fn a_number_whose_name_is_secret_becomes_zero() {
        let text = r#"{"header":[{"key":"Authorization","value":12345678901234}],"token":1.5,"size":7}"#;
        let document = Document::json(text).expect("valid");
        let plan = redact(&document, &Redaction::default()).expect("no overlap");
        let after = document.edited(&plan.edits).expect("still JSON");
        assert_eq!(
            after.source().text(),
            r#"{"header":[{"key":"Authorization","value":0}],"token":0,"size":7}"#
        );
        assert!(redact(&after, &Redaction::default()).expect("no overlap").edits.is_empty());
    }

    #[test]
    fn a_variable_in_a_map_can_be_named() {
        let document = Document::yaml("$kind: collection\nvariables:\n  plain: x\n").expect("valid");
        let wish = Redaction { also: vec!["plain".to_owned()], keep: vec![] };
        let plan = redact(&document, &wish).expect("no overlap");
        let after = document.edited(&plan.edits).expect("still YAML");
        assert_eq!(after.source().text(), "$kind: collection\nvariables:\n  plain: REDACTED\n");
    }

    #[test]
    fn several_secrets_in_a_text_of_several_lines_are_one_edit() {
        let text = "body: \"{\n  'password': 'first one',\n  'token': 'second'}\"\n";
        let document = Document::yaml(text).expect("valid");
        let plan = redact(&document, &Redaction::default()).expect("no overlap");
        let after = document.edited(&plan.edits).expect("still YAML");
        let body = after.root().get_str("body");
        assert_eq!(body.as_deref(), Some("{ 'password': 'REDACTED', 'token': 'REDACTED'}"));
    }
}
