use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::Collection;
use crate::syntax::write;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL016",
    title: "what Postman reads and its published schema refuses",
    severity: Severity::Info,
    explanation: "A `null` in the place of a member that can be left out, a header without a value, a cookie without \
        its domain, a script that is a string, a variable of an unknown type: the app and newman take such a \
        part as if it were left out or right. Programs that check collections with the published schema \
        refuse the file. The fix removes a `null`.",
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
