use std::collections::HashSet;

use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::syntax::{Kind, Node, Syntax, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "DOC004",
    title: "an object has two members of the same name",
    severity: Severity::Warning,
    explanation: "Postman's JSON readers keep the last one and ignore the others without a word; the Postman CLI \
        refuses the file. Postman itself never writes such a file: it comes from editing by hand or from a merge. In \
        YAML it is an error, since no reader accepts it. The unsafe fix removes all but the last.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut names = Vec::new();
    let objects = facts.document.nodes().filter(|node| node.kind() == Kind::Object);
    for object in objects.filter(|object| object.may_repeat_names()) {
        names.clear();
        // Compare spellings: names with escapes, which nobody writes, are not worth decoding.
        names.extend(object.members().map(|member| member.name.raw()));
        if has_twins(&mut names) {
            let mut seen = HashSet::new();
            let again = object.members().filter(|member| !seen.insert(member.name.raw()));
            again.for_each(|member| report(object, member.name, findings));
        }
    }
}

/// Whether one of `names` occurs twice. May sort them.
fn has_twins(names: &mut [&str]) -> bool {
    // Most objects are small, and comparing a few names is faster than sorting them.
    if names.len() <= 16 {
        return names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
    }
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

fn report(object: Node<'_>, name: Node<'_>, findings: &mut Findings) {
    let text = name.as_str().unwrap_or_default();
    let mut same: Vec<_> = object
        .members()
        .filter(|member| member.name.raw() == name.raw())
        .map(|member| member.value)
        .collect();
    same.pop();
    let finding = findings.at(name.span(), format!("the member `{text}` occurs more than once"));
    if name.document().syntax() == Syntax::Yaml {
        finding.label("YAML readers refuse the file").at_least(Severity::Error);
    } else {
        finding.label("readers keep the last one");
    }
    finding.fix(Safety::Unsafe, format!("remove all but the last `{text}`"), write::remove(object, &same));
}
