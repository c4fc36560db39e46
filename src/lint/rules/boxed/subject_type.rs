use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};
use crate::syntax::{Value, write};

const KNOWN: [&str; 2] = ["enterprise", "user"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX203",
    title: "the type of the subject is neither `enterprise` nor `user`",
    severity: Severity::Warning,
    explanation: "Client credentials and JWT environments act for an enterprise or a user. The Advanced collection \
        accepts only `enterprise` and `user`, in lower case, and throws otherwise.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let winner = scope.winner(names::SUBJECT_TYPE, Runtime::App);
    let value = JsValue::of(winner);
    if !matches!(kind, BoxKind::Ccg | BoxKind::Jwt) || KNOWN.iter().any(|known| value.is_str(known)) {
        return;
    }
    let text = value.text();
    let node = winner.and_then(|variable| variable.value());
    let span = node.map_or_else(|| opening_of_list(scope), |node| node.span());
    let finding = findings
        .at(span, format!("`{}` is neither `enterprise` nor `user`", names::SUBJECT_TYPE))
        .label("every request throws");
    match (KNOWN.iter().find(|known| text.trim().eq_ignore_ascii_case(known)), node) {
        (Some(meant), Some(node)) => finding.fix(
            Safety::Safe,
            format!("write `{meant}`"),
            vec![write::replace(node, &Value::string(*meant))],
        ),
        _ => finding.command(format!("envtool set {} enterprise", names::SUBJECT_TYPE)),
    };
}
