use std::collections::HashSet;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Collection, Part, Place, Reference, Role, name_of, usages};
use crate::syntax::Node;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL010",
    title: "nothing defines the name of a reference",
    severity: Severity::Warning,
    explanation: "A reference that nothing defines is sent as it stands, braces included, and newman exits with 0. \
        Checked when the environments that the collection runs with are named by `-e` and `-g`: the \
        collection's own variables and `vault:` names count as defined. So does every name that some script of \
        the collection sets: which requests are sent, and in which order, is not written in the file, so \
        whether that script runs first is not checked. And so does one that a script reads from the data of a run, \
        as in `pm.iterationData.get(\"name\")`; a name that only a data file knows is reported, unless an \
        environment named by `-e` has it too. What is disabled, and examples, are not sent and not looked \
        at (one of Box's has `{{item.name}}`); misspelled names with `$` are RUN008. Of a git-native collection all \
        files count.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.surroundings.defined.is_none() {
        return;
    }
    let beside = facts.surroundings.defined.iter().flatten().map(String::as_str);
    if let Some(collection) = &facts.collection {
        let own = facts.scope.iter().flat_map(|scope| scope.variables()).map(|variable| variable.key());
        let set: Vec<_> = usages(facts.document).into_iter().filter(|usage| usage.how.defines()).collect();
        let known = beside.chain(own).chain(set.iter().map(|usage| &*usage.name)).collect();
        report(facts, |reference| is_sent(collection, reference), &known, findings);
    } else if let Some(part) =
        facts.part.filter(|part| matches!(part.role(), Role::Request | Role::Definition))
    {
        let own = facts.location.defined.iter().flat_map(|names| names.iter()).map(String::as_str);
        let known = beside.chain(own).collect();
        report(facts, |reference| is_sent_by(&part, reference), &known, findings);
    }
}

/// Reports the references that are `sent` and whose names are not `known`.
fn report(
    facts: &Facts<'_>,
    sent: impl Fn(&Reference<'_>) -> bool,
    known: &HashSet<&str>,
    findings: &mut Findings,
) {
    for reference in facts.references() {
        let name = &*reference.name;
        if facts.defines(name) || known.contains(name) || !sent(reference) || is_disabled(reference.node) {
            continue;
        }
        let finding = findings.at(reference.span, format!("nothing defines `{name}`"));
        finding.label("sent as it stands");
        if let Some(near) = nearest(name, known) {
            finding.help(format!("did you mean {{{{{near}}}}}?"));
        }
    }
}

/// The name among `known` that `name` may be a misspelling of.
fn nearest<'k>(name: &str, known: &HashSet<&'k str>) -> Option<&'k str> {
    let distance = |other: &str| strsim::osa_distance(&other.to_lowercase(), &name.to_lowercase());
    let near = known.iter().map(|other| (distance(other), *other)).min()?;
    (near.0 <= 2 && near.0 * 3 < name.chars().count()).then_some(near.1)
}

/// Whether it is part of a header, a parameter, a field or a body that is switched off.
fn is_disabled(node: Node<'_>) -> bool {
    let off = |node: Node<'_>| node.get("disabled").and_then(|flag| flag.as_bool()) == Some(true);
    node.ancestors().any(off)
}

/// Descriptions are read by people, and examples are not sent. What folders and the collection authorize with is, and what
/// the collection's variables hold where they are used.
fn is_sent(collection: &Collection<'_>, reference: &Reference<'_>) -> bool {
    let is_variable = || collection.owner().get("variable").is_some_and(|list| list.contains(reference.node));
    if Place::of(reference.node) == Place::Auth || is_variable() {
        return !is_prose(reference.node);
    }
    let request = collection.item_at(reference.node).and_then(|item| item.request());
    request.is_some_and(|request| request.node().contains(reference.node)) && !is_prose(reference.node)
}

/// The same of a git-native request or definition.
fn is_sent_by(part: &Part<'_>, reference: &Reference<'_>) -> bool {
    let sent = ["url", "headers", "queryParams", "pathVariables", "body", "auth", "variables"];
    let within = |name: &&str| part.node().get(name).is_some_and(|node| node.contains(reference.node));
    sent.iter().any(within) && name_of(reference.node) != "description"
}

fn is_prose(node: Node<'_>) -> bool {
    let text = node.document().source().text();
    text[..node.span().start as usize]
        .trim_end()
        .trim_end_matches(':')
        .trim_end()
        .ends_with("\"description\"")
}
