use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Scope, Variable};
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV011",
    title: "the name of a variable contains a brace",
    severity: Severity::Warning,
    explanation: "A reference ends at the first brace, so nothing can refer to a variable whose name contains `{` or \
        `}`. Since December 2024 Box's collection has such a variable, `{box-upload-server}`, while its requests say \
        `{{box-upload-server}}`.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if !variable.key().bytes().any(|byte| matches!(byte, b'{' | b'}')) {
        return;
    }
    let (node, plain) = (variable.key_node(), variable.key().replace(['{', '}'], ""));
    findings
        .at(node.span(), format!("the name `{}` contains a brace", variable.key()))
        .label("nothing can refer to it")
        .fix(Safety::Unsafe, format!("call it `{plain}`"), vec![write::replace(node, &Value::string(plain))]);
}
