use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Prediction, Runtime, Scope, ScriptAction, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX114",
    title: "there is no access token, and the collection does not get one",
    severity: Severity::Warning,
    explanation: "`expires_at` is in the future or not a number, so the collection considers the access token valid, \
        but there is none: requests are sent without a token, and Box answers 401. Set `expires_at` to 0 to have the \
        collection get a token first.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let token = scope.winner(names::ACCESS_TOKEN, Runtime::App);
    let value = JsValue::of(token);
    // A wiped token has a rule of its own.
    if value.is_truthy() || value == JsValue::Null {
        return;
    }
    if Prediction::of(scope, kind, Runtime::App, facts.surroundings.now).action != ScriptAction::None {
        return;
    }
    let row =
        token.or_else(|| scope.target(names::ACCESS_TOKEN)).map(|row| row.value().unwrap_or(row.key_node()));
    findings
        .at(
            row.map_or_else(|| opening_of_list(scope), |row| row.span()),
            "there is no access token, but the collection considers it valid",
        )
        .label("requests are sent without a token")
        .command(format!("envtool set {} 0", names::EXPIRES_AT));
}
