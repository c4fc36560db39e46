use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Scope, ScopeKind, Variable};
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN004",
    title: "a secret that only the newest readers recognize",
    severity: Severity::Info,
    explanation: "Postman 12 marks a secret with `\"secret\": true`; older versions, Bruno and other tools look only \
        for `\"type\": \"secret\"` and show the value. The fix sets the type, too.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let wanted = variable.is_marked_secret() && variable.source().is_none();
    let Some(name) = variable.type_node().filter(|_| wanted && scope.kind() != ScopeKind::Collection) else {
        return;
    };
    if !name.is_str("secret") && !variable.text().is_empty() {
        findings
            .at(name.span(), format!("older readers do not recognize `{}` as a secret", variable.key()))
            .fix(
                Safety::Safe,
                "set the type to `secret`",
                vec![write::replace(name, &Value::string("secret"))],
            );
    }
}
