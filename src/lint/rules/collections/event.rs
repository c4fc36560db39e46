use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL014",
    title: "a script that never runs",
    severity: Severity::Warning,
    explanation: "Postman runs the scripts of the events `prerequest` and `test`. It ignores others, such as \
        `pre-request` or `tests`.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let items = collection.items().iter().flat_map(|item| item.scripts());
    for script in collection.scripts().chain(items) {
        let Some(listen) = script.listen().filter(|listen| !matches!(&**listen, "prerequest" | "test"))
        else {
            continue;
        };
        if let Some(node) = script.node().get("listen") {
            findings
                .at(node.span(), format!("Postman has no event `{listen}`"))
                .label("this script never runs");
        }
    }
}
