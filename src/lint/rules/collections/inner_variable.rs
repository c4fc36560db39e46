use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::syntax::Node;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL018",
    title: "variables of a folder or a request",
    severity: Severity::Warning,
    explanation: "The schemas allow them, but requests use only the variables of the collection: neither the app nor \
        newman finds these, and references to them are sent as is. Likewise, the Postman CLI does not find the \
        variables of a folder in a git-native collection. Move them to the collection or an environment.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for item in facts.collection.iter().flat_map(|collection| collection.items()) {
        report(item.node(), "variable", if item.is_folder() { "folder" } else { "request" }, findings);
    }
    if let Some(part) = facts.part.filter(|_| facts.location.is_folder_definition()) {
        report(part.node(), "variables", "folder", findings);
    }
}

fn report(node: Node<'_>, name: &str, owner: &str, findings: &mut Findings) {
    let Some(member) = node.member(name).filter(|member| member.value.has_values()) else {
        return;
    };
    findings
        .at(member.name.span(), format!("no request finds the variables of a {owner}"))
        .label("put them into the collection or an environment");
}
