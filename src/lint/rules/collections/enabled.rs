use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Collection, CollectionVersion};
use crate::syntax::{Node, Value, write};
use crate::text::Edit;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL007",
    title: "`enabled` where only `disabled` counts",
    severity: Severity::Warning,
    explanation: "Since version 2, collections disable things with `\"disabled\": true`; readers ignore `enabled`, so \
        an entry with `\"enabled\": false` is sent anyway. Version 1 and environments use `enabled`, and it is often \
        copied from there. The unsafe fix writes `disabled` instead.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let own = facts.collection.as_ref().filter(|it| it.version() != CollectionVersion::V1);
    let owner = own.map(Collection::owner).or_else(|| facts.part.map(|part| part.node()));
    let Some(owner) = owner else { return };
    let mut list = |node: Option<Node<'_>>| {
        node.into_iter().flat_map(|list| list.items()).for_each(|entry| report(entry, findings));
    };
    list(owner.get("variable"));
    list(owner.get("variables"));
    for request in facts.requests() {
        ["header", "headers", "queryParams"].iter().for_each(|name| list(request.node().get(name)));
        list(request.url().and_then(|url| url.node().get("query")));
        let body = request.body();
        let form = |name: &str| body.and_then(|body| body.node().get(name));
        ["urlencoded", "formdata", "content"].iter().for_each(|name| list(form(name)));
    }
}

fn report(entry: Node<'_>, findings: &mut Findings) {
    let Some(member) = entry.member("enabled").filter(|_| entry.get("disabled").is_none()) else { return };
    let Some(enabled) = member.value.as_bool().filter(|enabled| !enabled) else { return };
    let rename = write::replace(member.name, &Value::string("disabled"));
    let turn: Edit = write::replace(member.value, &Value::Bool(!enabled));
    findings
        .at(member.span(), "`enabled` means nothing here")
        .label("readers look for `disabled`, so this is sent")
        .fix(Safety::Unsafe, "write `\"disabled\": true`", vec![rename, turn]);
}
