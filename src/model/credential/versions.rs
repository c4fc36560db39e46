use std::collections::HashSet;

use super::{Credential, secrets};
use crate::syntax::{Document, Kind, Node};
use crate::text::keep_outermost;

/// The [`secrets`] of two versions of a document. A text that is secret in one version is secret in the other, too,
/// even under a name that does not suggest it.
#[must_use]
pub fn secrets_of_versions<'d>(versions: [&'d Document; 2]) -> [Vec<Credential<'d>>; 2] {
    let [mut before, mut after] = versions.map(secrets);
    let (old, new) = (told(&before), told(&after));
    add(versions[0], &mut before, &new - &old);
    add(versions[1], &mut after, &old - &new);
    [before, after]
}

/// The texts of `secrets`, and whether they are parts of strings.
fn told(secrets: &[Credential<'_>]) -> HashSet<(String, bool)> {
    secrets.iter().map(|secret| (secret.text().into_owned(), secret.part.is_some())).collect()
}

/// Adds each occurrence of `texts` in `document` to its `secrets`. For most changes, `texts` is empty.
fn add<'d>(document: &'d Document, secrets: &mut Vec<Credential<'d>>, texts: HashSet<(String, bool)>) {
    if texts.is_empty() {
        return;
    }
    let strings = document.root().descendants().filter(|node| node.kind() == Kind::String);
    secrets
        .extend(strings.flat_map(|node| texts.iter().flat_map(move |(text, part)| held(node, text, *part))));
    keep_outermost(secrets, |secret| secret.span.range());
}

/// The string `node` as a credential if it is `text`, or, if that is a `part` of another string, each `text` in it.
fn held<'d>(node: Node<'d>, text: &str, part: bool) -> Vec<Credential<'d>> {
    let whole = node.as_str().unwrap_or_default();
    if *whole == *text {
        return vec![Credential::whole("", node)];
    }
    let parts = whole.match_indices(text).filter(|_| part).map(|(at, _)| at..at + text.len());
    let credential = |part: std::ops::Range<usize>| Credential {
        span: node.span_of(part.clone()),
        part: Some(part),
        ..Credential::whole("", node)
    };
    parts.map(credential).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_loses_its_telling_name_stays_secret() {
        let document = |key: &str| {
            let script = format!("pm.environment.set('{key}', 'a0x9b1c2')");
            let json = format!(
                r#"{{"name": "E", "values": [{{"key": "{key}", "value": "tiger-lily"}}], "script": "{script}", "x": "a"}}"#
            );
            Document::json(&json).expect("JSON")
        };
        let (named, other) = (document("password"), document("hint"));
        let texts =
            |secrets: &[Credential<'_>]| secrets.iter().map(|it| it.text().into_owned()).collect::<Vec<_>>();
        assert_eq!(texts(&secrets(&other)), [""; 0]);
        for versions in [[&named, &other], [&other, &named]] {
            for secrets in secrets_of_versions(versions) {
                assert_eq!(texts(&secrets), ["tiger-lily", "a0x9b1c2"]);
            }
        }
    }
}
