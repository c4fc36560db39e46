use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

/// Prefixes of URLs with the host written out, and the reference without which the Advanced collection's script gets no
/// token.
const WRITTEN_OUT: [(&str, &str); 3] = [
    ("https://api.box.com/", "{{api.box.com}}"),
    ("https://upload.box.com/", "{{upload.box.com}}"),
    ("https://dl.boxcloud.com/", "{{dl.boxcloud.com}}"),
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX307",
    title: "a request for which the Advanced collection gets no token",
    severity: Severity::Warning,
    explanation: "The script of Box's Advanced collection looks at the URL before references are replaced, and gets \
        or refreshes the token only if it starts with `https://{{api.box.com}}`, `https://{{upload.box.com}}` or \
        `https://{{dl.boxcloud.com}}`. With the host written out, a request goes to the same place with whatever \
        token there is, or none.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let reads_kind =
        |line: crate::syntax::Node<'_>| line.as_str().is_some_and(|line| line.contains("box_env_type"));
    if !facts.is_box_collection() || !collection.scripts().any(|script| script.lines().any(reads_kind)) {
        return;
    }
    // The script leaves requests with their own authorization alone.
    for request in facts.requests().filter(|request| request.auth().is_none()) {
        let Some(url) = request.url() else { continue };
        let text = url.text().unwrap_or_default();
        let found = WRITTEN_OUT.iter().find(|(start, _)| text.starts_with(start));
        if let Some((_, reference)) = found {
            findings
                .at(url.raw().unwrap_or(url.node()).span(), "the collection gets no token for this request")
                .label("the host is written out")
                .help(format!("write {reference} instead of the host"));
        }
    }
}
