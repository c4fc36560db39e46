use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Scope, Variable, js_number_text};
use crate::syntax::{Kind, Value, write};

/// JavaScript's `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN006",
    title: "a number that JavaScript cannot represent",
    severity: Severity::Warning,
    explanation: "JavaScript's numbers are exact up to 9007199254740991; a longer one loses digits, and one beyond \
        1e308 becomes infinite, which is written as `null`. Identifiers belong in strings.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let Some(value) = variable.value().filter(|value| value.kind() == Kind::Number) else { return };
    let number: f64 = value.raw().parse().unwrap_or(f64::INFINITY);
    let whole = value.raw().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if (number.abs() > MAX_SAFE && whole && js_number_text(value.raw()) != value.raw())
        || number.is_infinite()
    {
        findings
            .at(value.span(), format!("JavaScript cannot represent the number of `{}`", variable.key()))
            .label("readers change its digits")
            .fix(
                Safety::Unsafe,
                "write it as a string",
                vec![write::replace(value, &Value::string(value.raw()))],
            );
    }
}
