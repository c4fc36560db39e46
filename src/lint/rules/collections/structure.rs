use super::super::opening;
use super::shape::{self, Shape};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Collection, CollectionVersion};
use crate::syntax::Node;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL002",
    title: "a part of the collection is of the wrong type",
    severity: Severity::Error,
    explanation: "The same as Postman's published schemas check, but for what Postman itself writes against them: \
        variables of the types `default` and `secret`, an empty body mode, a method or a header's value that \
        is `null`. Readers skip or misread such a part.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let shape = if collection.version() == CollectionVersion::V1 {
        &shape::COLLECTION_V1
    } else {
        &shape::COLLECTION
    };
    compare(collection.owner(), "the collection", shape, findings);
}

fn compare(node: Node<'_>, name: &str, shape: &Shape, findings: &mut Findings) {
    if !shape.kinds.contains(&node.kind()) {
        findings.at(node.span(), format!("`{name}` is {}, not {}", node.kind().name(), shape.words()));
        return;
    }
    if let Some(inner) = shape.items {
        node.items().for_each(|item| compare(item, name, inner, findings));
    }
    if shape.members.is_empty() {
        return;
    }
    for member in node.members() {
        let Some((name, inner)) = shape.members.iter().find(|(name, _)| member.name.is_str(name)) else {
            continue;
        };
        compare(member.value, name, inner, findings);
    }
    for needed in shape.needed.iter().filter(|name| node.get(name).is_none()) {
        if node.kind() == crate::syntax::Kind::Object {
            findings.at(opening(node), format!("there is no `{needed}` here"));
        }
    }
}
