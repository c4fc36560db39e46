use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Item;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL018",
    title: "variables of a folder or a request",
    severity: Severity::Warning,
    explanation: "The schemas allow them, but only the variables of the collection take part when requests are sent: \
        neither the app nor newman finds these, and references to them are sent as they stand. Move them to the \
        collection or an environment.",
    check: Check::Item(check),
};

fn check(_: &Facts<'_>, item: &Item<'_>, findings: &mut Findings) {
    let found = item.node().member("variable").filter(|member| member.value.items().next().is_some());
    if let Some(member) = found {
        let owner = if item.is_folder() { "folder" } else { "request" };
        findings
            .at(member.name.span(), format!("no request finds the variables of a {owner}"))
            .label("put them into the collection or an environment");
    }
}
