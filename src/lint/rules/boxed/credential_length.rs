use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{BoxKind, CLASSIC_LENGTHS, JsValue, Runtime, Scope, js_length, names};
use crate::secret;
use crate::syntax::{Kind, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX101",
    title: "a credential of Box has the wrong length",
    severity: Severity::Warning,
    explanation: "The classic collection refreshes an expired token only if the client id and the client secret are \
        exactly 32 characters long and the refresh token 64; otherwise every request throws. One trailing blank, \
        copied along, is enough. Copy the value again from Box's developer console.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    for (key, length) in CLASSIC_LENGTHS.iter().filter(|_| kind == BoxKind::Classic) {
        let Some(variable) = scope.winner(key, Runtime::App) else { continue };
        let (Some(value), found) = (variable.value(), JsValue::of(Some(variable)).length()) else { continue };
        // Empty values, wiped tokens and placeholders have rules of their own.
        if found == 0 || found == *length || value.is_null() || secret::is_placeholder(variable.text()) {
            continue;
        }
        let finding = findings
            .at(value.span(), format!("`{key}` is {found} characters long, not {length}"))
            .label("the collection will not refresh with it");
        let text = variable.text();
        if js_length(text.trim()) == *length && value.kind() == Kind::String {
            let trimmed = write::replace(value, &Value::string(text.trim()));
            finding.fix(Safety::Safe, "remove the white space around it", vec![trimmed]);
        } else {
            finding.command(format!("copy it again: envtool set {key}"));
        }
        if *key != names::CLIENT_ID {
            finding.secret();
        }
    }
}
