use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Collection, CollectionVersion};
use crate::syntax::{Node, Value, write};
use crate::text::Edit;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL007",
    title: "`enabled` where only `disabled` counts",
    severity: Severity::Warning,
    explanation: "Since version 2, collections switch off by `\"disabled\": true`; readers ignore `enabled`, so what \
        says `\"enabled\": false` is sent all the same. Version 1 and environments say `enabled`, which is \
        where it gets copied from. The unsafe fix writes `disabled` instead.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if collection.version() == CollectionVersion::V1 {
        return;
    }
    let list = |node: Option<Node<'_>>, findings: &mut Findings| {
        node.into_iter().flat_map(|list| list.items()).for_each(|entry| report(entry, findings));
    };
    list(collection.owner().get("variable"), findings);
    for request in collection.items().iter().filter_map(|item| item.request()) {
        list(request.node().get("header"), findings);
        list(request.url().and_then(|url| url.node().get("query")), findings);
        let body = request.body();
        list(body.and_then(|body| body.node().get("urlencoded")), findings);
        list(body.and_then(|body| body.node().get("formdata")), findings);
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
