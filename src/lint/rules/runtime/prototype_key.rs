use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Inherited, Scope, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN005",
    title: "a name that JavaScript keeps for itself",
    severity: Severity::Warning,
    explanation: "newman and the Postman CLI keep variables in JavaScript objects: a variable `__proto__` vanishes \
        when the file is read, and a reference to one called as what every object has, `constructor`, `toString`, \
        `valueOf` and the like, finds that instead (RUN009). Use another name.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let name = variable.key();
    if Inherited::of(name).is_none() {
        return;
    }
    let label =
        if name == "__proto__" { "newman loses this variable" } else { "newman never sends its value" };
    findings
        .at(variable.key_node().span(), format!("JavaScript keeps the name `{name}` for itself"))
        .label(label);
}
