use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Request, Url};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL008",
    title: "the address and its parts disagree",
    severity: Severity::Warning,
    explanation: "A request keeps its address twice: `raw`, as it was typed, and in parts. The app shows `raw`, newman \
        sends the parts. They come apart when a file is edited by hand or made by a program.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    let Some(url) = request.url() else { return };
    let Some(node) = url.raw().filter(|raw| *raw != url.node()) else { return };
    let raw = node.as_str().unwrap_or_default();
    // Putting them together takes longer.
    if url.parts_make(&raw) != Some(false) {
        return;
    }
    if !url.from_parts().is_some_and(|parts| agree(&raw, &parts, &url)) {
        findings
            .at(node.span(), "the address and its parts disagree")
            .label("the app shows this; newman sends what the parts say");
    }
}

fn agree(raw: &str, parts: &str, url: &Url<'_>) -> bool {
    let (raw, parts) = (Halves::of(raw), Halves::of(parts));
    if raw.base != parts.base {
        return false;
    }
    // Older versions of the app list disabled parameters in `raw`, newer ones do not.
    let all: Vec<String> = url
        .node()
        .get_items("query")
        .map(|entry| {
            let text = |name: &str| entry.get_str(name).unwrap_or_default();
            parameter(&format!("{}={}", text("key"), text("value")))
        })
        .collect();
    raw.query == parts.query || raw.query == all.join("&")
}

/// An address without what makes no difference: letters' case and escapes in front of the path stay, an empty value's
/// `=`, the scheme when the parts have none, a last slash and the fragment do not.
struct Halves {
    base: String,
    query: String,
}

impl Halves {
    fn of(url: &str) -> Self {
        let url = url.trim();
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (query, base) = match query.split_once('#') {
            Some((query, _)) => (query, base),
            None => (query, base.split_once('#').map_or(base, |(base, _)| base)),
        };
        // Some versions of the app keep a user and password in `raw` only.
        let base = match base.split_once('@') {
            Some((user, rest)) if !user.contains('/') => rest,
            _ => base,
        };
        let query = query.split('&').map(parameter).collect::<Vec<_>>().join("&");
        Self { base: base.trim_end_matches('/').to_owned(), query }
    }
}

fn parameter(text: &str) -> String {
    text.trim_end_matches('=').to_owned()
}
