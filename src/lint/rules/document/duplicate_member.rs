use std::collections::HashSet;

use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::syntax::{Kind, Node, Syntax, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "DOC004",
    title: "an object has two members of the same name",
    severity: Severity::Warning,
    explanation: "Every JSON reader of Postman's keeps the last one and says nothing about the others; the Postman CLI \
        refuses the file. Postman itself never writes such a file: it comes from editing by hand or from a \
        merge. In YAML it is an error: no reader takes it. The unsafe fix removes all but the last.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for object in facts.document.nodes().filter(|node| node.kind() == Kind::Object) {
        let mut seen = Vec::new();
        let mut many = HashSet::new();
        for member in object.members() {
            // The spelling is the name, but for escapes in names, which nobody writes.
            let name = member.name.raw();
            // Nearly all objects are small, and looking through a few names is faster than hashing them.
            let again = if seen.len() < 16 { seen.contains(&name) } else { many.contains(name) };
            if again {
                report(object, member.name, findings);
            }
            seen.push(name);
            if seen.len() == 16 {
                many.extend(seen.iter().copied());
            } else if seen.len() > 16 {
                many.insert(name);
            }
        }
    }
}

fn report(object: Node<'_>, name: Node<'_>, findings: &mut Findings) {
    let text = name.as_str().unwrap_or_default();
    let mut same: Vec<_> = object
        .members()
        .filter(|member| member.name.raw() == name.raw())
        .map(|member| member.value)
        .collect();
    same.pop();
    let finding = findings.at(name.span(), format!("the member `{text}` is there more than once"));
    if name.document().syntax() == Syntax::Yaml {
        finding.label("YAML readers refuse the file").at_least(Severity::Error);
    } else {
        finding.label("readers keep the last one");
    }
    finding.fix(Safety::Unsafe, format!("remove all but the last `{text}`"), write::remove(object, &same));
}
