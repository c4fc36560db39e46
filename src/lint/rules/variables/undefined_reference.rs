use std::collections::HashSet;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Runtime, Scope, Variable, references};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV012",
    title: "a value refers to a variable that does not exist",
    severity: Severity::Info,
    explanation: "A reference that nothing defines is sent as is, braces included, and newman and the Postman CLI \
        exit with 0. Another scope may define the variable: name the other files with `-e` and `-g`. Built-in names \
        (`$guid`) and `vault:` names are not reported.",
    check: Check::Variables(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if facts.references().is_empty() {
        return;
    }
    let in_use = || scope.variables().iter().filter(|variable| variable.is_enabled(Runtime::App));
    let own: HashSet<&str> = in_use().map(Variable::key).collect();
    for reference in in_use().filter_map(Variable::value).flat_map(references) {
        let name = &*reference.name;
        if facts.defines(name) || own.contains(name) {
            continue;
        }
        let label = match facts.surroundings.defined {
            Some(_) => "sent as is",
            None => "sent as is, unless another scope defines it",
        };
        findings.at(reference.span, format!("nothing here defines `{name}`")).label(label);
    }
}
