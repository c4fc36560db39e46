use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::FileKind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "DOC003",
    title: "the file is not a Postman export",
    severity: Severity::Error,
    explanation: "The file is valid JSON or YAML, but not an environment, globals or collection, so its content was \
        not checked. newman silently treats such a file as an empty environment. In folders, only files that are \
        named like an export are reported.\n\n\
        Data dumps contain environments and collections; export them one by one to have them checked.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let known = matches!(
        facts.kind,
        FileKind::Environment(_)
            | FileKind::Globals(_)
            | FileKind::Collection(_)
            | FileKind::CollectionPart
            | FileKind::Manifest
    );
    if !known && !facts.location.is_part() {
        let span = opening(facts.document.root());
        findings
            .at(span, format!("this is {}, not an environment, globals or collection export", facts.kind))
            .label("none of it was checked");
    }
}
