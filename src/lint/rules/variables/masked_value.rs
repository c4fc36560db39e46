use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV015",
    title: "a value is a mask",
    severity: Severity::Warning,
    explanation: "Someone has pasted the mask that a tool shows in place of a secret. The mask itself will be sent.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let text = variable.text();
    let stars = text.chars().all(|c| matches!(c, '*' | '•' | '●' | '·')) && text.chars().count() >= 3;
    let words = ["[redacted]", "<redacted>", "[masked]", "[secret]"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if let Some(value) = variable.value().filter(|_| stars || words) {
        findings
            .at(
                value.span(),
                format!("the value of `{}` is a mask, not the secret behind it", variable.key()),
            )
            .label("this is what will be sent")
            .command(format!("envtool set {}", variable.key()));
    }
}
