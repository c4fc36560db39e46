use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Runtime, Scope, names};
use crate::secret;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX108",
    title: "a placeholder is still there",
    severity: Severity::Warning,
    explanation: "Box's Advanced collection creates environments with texts that ask to be replaced, such as `YOU \
        CLIENT ID GOES HERE` (Box's spelling); others write `<client id>`, and `envtool redact` writes `REDACTED`. \
        They are sent as is, and Box answers that the client is invalid. What `redact` wrote is only an info: such a \
        copy is there to be committed.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, _: BoxKind, findings: &mut Findings) {
    for variable in scope.variables().iter().filter(|variable| variable.is_enabled(Runtime::App)) {
        let (text, key) = (variable.text(), variable.key());
        let Some(value) = variable.value().filter(|_| secret::is_placeholder(text)) else { continue };
        if secret::is_redacted(text) {
            findings
                .at(value.span(), format!("`{key}` is redacted"))
                .label("Box accepts only the real value")
                .at_most(Severity::Info);
        } else {
            findings
                .at(value.span(), format!("`{key}` still contains a placeholder"))
                .label("this is what will be sent")
                .command(names::set_command(key));
        }
    }
}
