use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Format, Scope, Variable};
use crate::syntax::write;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV004",
    title: "a variable has an empty name",
    severity: Severity::Warning,
    explanation: "Postman's editor leaves such a row behind when its last, blank line is saved. newman resolves \
        `{{}}` to its value; the Postman CLI and the API refuse the file, so in YAML it is an error. The fix removes \
        the row; it is safe if the value is empty, too.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if !variable.key().is_empty() {
        return;
    }
    let finding = findings.at(variable.key_node().span(), "a variable has an empty name");
    if scope.format() == Format::V3Yaml {
        finding.at_least(Severity::Error);
    }
    if let Some(list) = scope.array() {
        let safety = if variable.text().is_empty() { Safety::Safe } else { Safety::Unsafe };
        finding.fix(safety, "remove it", write::remove(list, &[variable.node()]));
    }
}
