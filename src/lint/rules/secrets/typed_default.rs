use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Format, Scope, ScopeKind, Variable};
use crate::secret;
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC002",
    title: "a secret is typed as an ordinary variable",
    severity: Severity::Warning,
    explanation: "By its name the variable is a secret, but its type is not `secret`: Postman shows the value on the \
        screen, and `postman environment get` prints it. The fix sets the type and changes nothing else.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    // newman writes the type `any` everywhere, and collections have no secret variables.
    if scope.kind() == ScopeKind::Collection
        || scope.format() == Format::NewmanExport
        || !facts.may_be_secret(variable)
        || variable.is_typed_secret()
    {
        return;
    }
    let Some(name) = variable.type_node().filter(|name| name.is_str("default")) else { return };
    if secret::is_secret(variable.key(), variable.text()) {
        findings
            .at(name.span(), format!("`{}` is a secret, but not typed as one", variable.key()))
            .label("Postman shows the value on the screen")
            .fix(
                Safety::Safe,
                "set the type to `secret`",
                vec![write::replace(name, &Value::string("secret"))],
            );
    }
}
