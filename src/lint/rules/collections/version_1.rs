use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Collection, CollectionVersion};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL015",
    title: "a collection of version 1",
    severity: Severity::Info,
    explanation: "Postman wrote version 1 until 2017. newman refuses it, and the app converts it on import. Only its \
        outer structure was checked. Import it into Postman and export it as version 2.1 to have all of it checked.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if collection.version() == CollectionVersion::V1 {
        findings
            .at(opening(collection.owner()), "this collection is of version 1")
            .label("newman does not run it; only its outer structure was checked");
    }
}
