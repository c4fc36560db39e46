use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Inherited, Scope, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN005",
    title: "a name that JavaScript reserves",
    severity: Severity::Warning,
    explanation: "newman and the Postman CLI keep variables in JavaScript objects. A variable called `__proto__` \
        disappears when the file is read. A reference to a name that every object has, such as `constructor`, \
        `toString` or `valueOf`, finds that member instead of the variable (RUN009). Use another name.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let name = variable.key();
    if Inherited::of(name).is_none() {
        return;
    }
    let label =
        if name == "__proto__" { "newman loses this variable" } else { "newman never sends its value" };
    findings.at(variable.key_node().span(), format!("JavaScript reserves the name `{name}`")).label(label);
}
