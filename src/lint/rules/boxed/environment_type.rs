use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};
use crate::syntax::{Value, write};

const KNOWN: [&str; 4] = ["BEARER", "OAUTH", "CCG", "JWT"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX201",
    title: "the collection does not know this kind of environment",
    severity: Severity::Error,
    explanation: "The Advanced collection knows `BEARER`, `OAUTH`, `CCG` and `JWT`, in upper case. If the type is \
        missing, it throws \"Unable to identify environment type\" at every request; with any other word it throws as \
        soon as the access token has expired. The fix writes the type in upper case.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let row = scope.target(names::BOX_ENV_TYPE);
    if row.is_none() && kind == BoxKind::Classic {
        return;
    }
    let value = JsValue::of(scope.winner(names::BOX_ENV_TYPE, Runtime::App));
    let text = value.text();
    if KNOWN.iter().any(|known| value.is_str(known)) {
        return;
    }
    let place = row.map(|row| row.value().unwrap_or(row.node()).span());
    let span = place.unwrap_or_else(|| opening_of_list(scope));
    let meant = KNOWN.iter().find(|known| text.trim().eq_ignore_ascii_case(known));
    if !value.is_truthy() {
        findings
            .at(span, format!("`{}` is missing, empty or disabled", names::BOX_ENV_TYPE))
            .label("every request throws \"Unable to identify environment type\"")
            .command(format!("envtool set {} {}", names::BOX_ENV_TYPE, kind.type_name()));
        return;
    }
    let finding = findings
        .at(span, format!("`{}` is not BEARER, OAUTH, CCG or JWT", names::BOX_ENV_TYPE))
        .label("requests throw \"Unrecognized environment\" once the token has expired");
    if let (Some(meant), Some(node)) = (meant, row.and_then(|row| row.value())) {
        finding.fix(
            Safety::Safe,
            format!("write `{meant}`"),
            vec![write::replace(node, &Value::string(*meant))],
        );
    }
}
