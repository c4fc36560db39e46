use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Collection, CollectionVersion};
use crate::syntax::{Kind, Node, Value, write};

/// Wrong names of members, each with the right one.
type Names = &'static [(&'static str, &'static str)];

const COLLECTION: Names = &[("events", "event")];
const ITEM: Names = &[("events", "event"), ("responses", "response"), ("items", "item")];
const REQUEST: Names = &[("headers", "header"), ("uri", "url")];
const URL: Names = &[
    ("params", "query"),
    ("queryParams", "query"),
    ("variables", "variable"),
    ("pathVariables", "variable"),
    ("hostname", "host"),
];
const BODY: Names = &[
    ("urlEncoded", "urlencoded"),
    ("formData", "formdata"),
    ("form-data", "formdata"),
    ("content", "raw"),
    ("text", "raw"),
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL021",
    title: "a member under a name that Postman does not read",
    severity: Severity::Warning,
    explanation: "Version 2 names lists in the singular: `header`, `event`, `response`; the parameters of a URL are \
        `query`. Under another name (`headers` of versions 1 and 3, `events`, `params`) they are silently skipped: \
        the request is sent without its headers, the script never runs. Reported if the right member is missing. The \
        unsafe fix renames the member.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let own = facts.collection.as_ref().filter(|it| it.version() != CollectionVersion::V1);
    let Some(owner) = own.map(Collection::owner) else { return };
    report(owner, COLLECTION, findings);
    for item in own.into_iter().flat_map(|collection| collection.items()) {
        report(item.node(), ITEM, findings);
    }
    for request in facts.requests() {
        report(request.node(), REQUEST, findings);
        request.url().into_iter().for_each(|url| report(url.node(), URL, findings));
        request.body().into_iter().for_each(|body| report(body.node(), BODY, findings));
    }
}

fn report(node: Node<'_>, names: Names, findings: &mut Findings) {
    for member in node.members() {
        let Some((_, meant)) = names.iter().find(|(wrong, _)| member.name.is_str(wrong)) else { continue };
        if is_empty(member.value) || node.get(meant).is_some() {
            continue;
        }
        findings
            .at(member.name.span(), format!("Postman does not read `{}` here", member.key()))
            .label(format!("it is called `{meant}`"))
            .fix(
                Safety::Unsafe,
                format!("write `{meant}`"),
                vec![write::replace(member.name, &Value::string(*meant))],
            );
    }
}

fn is_empty(value: Node<'_>) -> bool {
    match value.kind() {
        Kind::Null => true,
        Kind::String => value.is_str(""),
        Kind::Object | Kind::Array => !value.has_values(),
        Kind::Number | Kind::Bool => false,
    }
}
