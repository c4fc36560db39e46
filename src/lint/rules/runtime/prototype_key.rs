use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN005",
    title: "a name that JavaScript keeps for itself",
    severity: Severity::Warning,
    explanation: "newman and the app keep variables in JavaScript objects: a variable `__proto__` vanishes when the \
        file is read, and `{{constructor}}` or `{{toString}}` find JavaScript's own functions when no \
        variable is there. Use another name.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if variable.key() == "__proto__" {
        findings
            .at(variable.key_node().span(), "JavaScript keeps the name `__proto__` for itself")
            .label("newman loses this variable");
    }
}
