use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::Collection;
use crate::syntax::write;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL016",
    title: "a part that Postman reads but its published schema refuses",
    severity: Severity::Info,
    explanation: "`null` for an optional member, a header without a value, a cookie without a domain, a script that \
        is a string, a variable of an unknown type: the app and newman treat such a part as correct or absent. \
        Programs that check collections against the published schema refuse the file. The fix removes a `null`.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, _: &Collection<'_>, findings: &mut Findings) {
    for fault in facts.faults().iter().filter(|fault| fault.harmless) {
        let finding = findings.at(fault.span, &*fault.message).label("the published schema refuses it");
        if let Some((object, null)) = fault.superfluous {
            finding.fix(Safety::Safe, "remove it", write::remove(object, &[null]));
        }
    }
}
