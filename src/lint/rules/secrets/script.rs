use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;
use crate::secret;
use crate::syntax::Node;
use crate::text::Span;

/// No credential is shorter.
const SHORTEST: usize = 16;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC007",
    title: "a literal credential in a script",
    severity: Severity::Warning,
    explanation: "A text in a script has the shape of a live credential. Read it from a variable: \
        `pm.environment.get(\"name\")`. In a file that git tracks it is an error.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let items = collection.items().iter().flat_map(|item| item.scripts());
    for line in collection.scripts().chain(items).flat_map(|script| script.lines()) {
        // A library that is carried along is no place for credentials, only for long words.
        if line.span().len() <= SHORTEST || line.span().len() > 10_000 {
            continue;
        }
        for span in literals(line) {
            if secret::is_secret_value(facts.document.source().slice(span)) {
                findings
                    .at(span, "a text in this script looks like a live credential")
                    .secret()
                    .when_tracked(Severity::Error);
            }
        }
    }
}

/// The insides of the quoted texts in a line of a script.
fn literals(line: Node<'_>) -> impl Iterator<Item = Span> {
    let start = line.span().start as usize + 1;
    let inner = line.raw().get(1..line.raw().len() - 1).unwrap_or_default();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open =
                at + inner.as_bytes()[at..].iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
            let quote = inner.as_bytes()[open];
            // A double quote is spelled `\"` in JSON, so the backslash before the closing one is not of the text.
            let length = inner.as_bytes()[open + 1..].iter().position(|&byte| byte == quote)?;
            let end = open + 1 + length;
            at = end + 1;
            let text = inner[open + 1..end].trim_end_matches('\\');
            if text.len() >= SHORTEST {
                return Some(Span::new(start + open + 1, start + open + 1 + text.len()));
            }
        }
    })
}
