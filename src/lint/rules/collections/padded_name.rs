use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::Collection;
use crate::syntax::{Node, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL017",
    title: "white space around the name of a collection, folder or request",
    severity: Severity::Info,
    explanation: "newman's `--folder` and `pm.execution.setNextRequest` compare names exactly, so they do not find \
        the name that people see. The name of Box's Advanced collection ends with a blank. The unsafe fix removes the \
        white space; a script or command that uses the old spelling stops working.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let items = collection.items().iter().map(|item| item.node());
    let names = std::iter::once(collection.info()).chain(items).filter_map(|node| node.get("name"));
    names.for_each(|name| report(name, findings));
}

fn report(name: Node<'_>, findings: &mut Findings) {
    let Some(text) = name.as_str() else { return };
    let trimmed = text.trim();
    if !trimmed.is_empty() && trimmed.len() < text.len() {
        findings.at(name.span(), format!("white space around the name `{text}`")).fix(
            Safety::Unsafe,
            "remove it",
            vec![write::replace(name, &Value::string(trimmed))],
        );
    }
}
