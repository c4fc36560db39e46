use super::super::report_unknown;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Manifest;
use crate::syntax::Name;

static OUTER: [Name<'static>; 3] = Name::all(["workspace", "localResources", "cloudResources"]);

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT011",
    title: "an unknown member of the workspace manifest",
    severity: Severity::Warning,
    explanation: "`.postman/resources.yaml` has `workspace`, `localResources` and `cloudResources`, and the last two \
        have `collections`, `environments`, `globals`, `specs`, `flows`, `mocks`, `datasets` and `documents`. Postman \
        ignores anything else. Some of Postman's own GitHub actions write other members.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(manifest) = &facts.manifest else { return };
    report_unknown(manifest.node(), &OUTER, findings);
    for section in Manifest::SECTIONS.iter().filter_map(|(name, _)| manifest.node().get(name)) {
        report_unknown(section, &Manifest::KINDS, findings);
    }
}
