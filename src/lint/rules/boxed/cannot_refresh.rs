use super::super::opening_of_list;
use super::SECONDS;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Hindrance, JsValue, Prediction, Reason, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX113",
    title: "no valid access token, and no way to get one",
    severity: Severity::Info,
    explanation: "An `expires_at` that is empty, 0 or `null` counts as past, as in a fresh environment. The classic \
        collection then refreshes only if auto refresh is on and the client id, the client secret and the refresh \
        token have the right lengths. In this state the next request throws. `envtool login` fills the values in.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let variable = scope.winner(names::EXPIRES_AT, Runtime::App);
    // Other rules check times in seconds and real times.
    if kind != BoxKind::Classic || JsValue::of(variable).number() >= SECONDS.start {
        return;
    }
    let Reason::Hindered(hindrances) =
        Prediction::of(scope, kind, Runtime::App, facts.surroundings.now).reason
    else {
        return;
    };
    let words = hindrances.iter().map(|hindrance| match hindrance {
        Hindrance::SwitchedOff => "auto refresh is off".to_owned(),
        Hindrance::Absent { key, absence } => format!("`{key}` is {absence}"),
        Hindrance::Length { key, found, wanted } => {
            format!("`{key}` is not {wanted} characters long, but {found}")
        }
    });
    let place = variable.and_then(|variable| variable.value()).map(|value| value.span());
    findings
        .at(
            place.unwrap_or_else(|| opening_of_list(scope)),
            "the access token counts as expired, and the collection cannot get another",
        )
        .label(words.collect::<Vec<_>>().join("; "))
        .command("envtool login");
}
