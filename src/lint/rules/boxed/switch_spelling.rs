use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX105",
    title: "the auto-refresh switch is spelled in a way that turns it off",
    severity: Severity::Warning,
    explanation: "The classic collection compares the switch with the exact string `true`: `True`, `TRUE`, `1`, `yes` \
        and `true` with a blank all mean off, and the first request with an expired token throws. `envtool \
        auto-refresh on` writes it correctly.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let Some(variable) = scope.winner(names::AUTO_REFRESH, Runtime::App).filter(|_| kind == BoxKind::Classic)
    else {
        return;
    };
    let Some(value) = variable.value() else { return };
    let text = JsValue::of(Some(variable)).text().into_owned();
    if matches!(&*text, "true" | "false") {
        return;
    }
    let meant = match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "y" | "t" => Some("true"),
        "false" | "0" | "no" | "off" | "n" | "f" | "" => Some("false"),
        _ => None,
    };
    let finding = findings
        .at(value.span(), "auto refresh is neither `true` nor `false`")
        .label("the collection treats this as off");
    match meant {
        // The switch is already off in effect; only a person can decide to turn it on.
        Some("false") => {
            finding.fix(Safety::Safe, "write `false`", vec![write::replace(value, &Value::string("false"))])
        }
        Some(on) => {
            finding.fix(Safety::Unsafe, "write `true`", vec![write::replace(value, &Value::string(on))])
        }
        None => finding.command("envtool auto-refresh on"),
    };
}
