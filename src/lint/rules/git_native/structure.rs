use crate::lint::{Check, Facts, Findings, Rule, Severity, schema};
use crate::model::{Part, Role};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT002",
    title: "a part of a git-native collection is of the wrong type or missing",
    severity: Severity::Error,
    explanation: "A request has a `url` and a `method`; an example has a `response` with a `body`. Variables, \
        headers, parameters and credentials are a map of names and strings, or a list of `{key, value}`; numbers and \
        booleans need quotes there. Scripts are a list of `{type, code, language}`. There is no published schema of \
        version 3: the rule is based on what Postman's own tools write and refuse. The contents of requests over \
        other protocols than HTTP are not checked.",
    check: Check::Part(check),
};

fn check(_: &Facts<'_>, part: &Part<'_>, findings: &mut Findings) {
    let (schema, name) = match part.role() {
        Role::Definition => (&schema::DEFINITION, "the definition"),
        Role::Request => (&schema::REQUEST, "the request"),
        Role::Example => (&schema::EXAMPLE, "the example"),
        Role::OtherRequest | Role::Unknown => return,
    };
    for fault in schema.faults(part.node(), name).into_iter().filter(|fault| !fault.harmless) {
        findings.at(fault.span, fault.message);
    }
}
