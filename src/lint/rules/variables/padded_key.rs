use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Scope, Variable};
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV005",
    title: "white space around the name of a variable",
    severity: Severity::Warning,
    explanation: "White space counts: `{{token}}` does not find a variable called `token ` with a trailing blank. The \
        unsafe fix removes the white space; references that were written with it stop working.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let trimmed = variable.key().trim();
    if trimmed.is_empty() || trimmed.len() == variable.key().len() {
        return;
    }
    let node = variable.key_node();
    findings
        .at(node.span(), format!("white space around the name `{}`", variable.key()))
        .label(format!("`{{{{{trimmed}}}}}` does not find it"))
        .fix(Safety::Unsafe, "remove the white space", vec![write::replace(node, &Value::string(trimmed))]);
}
