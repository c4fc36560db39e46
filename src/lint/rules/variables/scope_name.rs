use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Scope;

/// The member with the name of the scope.
const NAME: &str = "_postman_variable_scope";

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV018",
    title: "the variable scope of the file is unknown",
    severity: Severity::Warning,
    explanation: "`_postman_variable_scope` is `environment` or `globals`. newman does not read it; Insomnia refuses \
        a file with any other value, and the app may import globals as an environment.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let Some(stated) = scope.owner().get(NAME) else { return };
    if !stated.is_str("environment") && !stated.is_str("globals") {
        let kind = scope.kind().name();
        findings
            .at(stated.span(), format!("`{NAME}` is neither `environment` nor `globals`"))
            .label(format!("treated as {kind} here"));
    }
}
