use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Role;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT001",
    title: "a part of a git-native collection does not say what it is",
    severity: Severity::Warning,
    explanation: "The first member of each file is `$kind`: `http-request` and the like, `http-example`, or \
        `collection` for what a collection or a folder has of its own. The Postman CLI refuses a file without it or \
        with another word, which is an error here too.\n\n\
        Postman's own actions for GitHub wrote requests that say `type: http` instead. They are read, and only \
        warned about.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let root = facts.document.root();
    match (facts.part.map(|part| part.role()), root.get("$kind")) {
        (Some(Role::Unknown), Some(kind)) => {
            let message = format!("Postman knows no `$kind` {}", kind.raw());
            findings.at(kind.span(), message).label("the Postman CLI refuses it").at_least(Severity::Error);
        }
        (Some(_), None) => {
            findings
                .at(opening(root), "there is no `$kind`")
                .label("this is the older dialect; the Postman CLI refuses it")
                .help("write `$kind: http-request` in place of `type: http`");
        }
        (None, None) if facts.location.is_part() => {
            findings
                .at(opening(root), "there is no `$kind`")
                .label("the Postman CLI refuses it; none of it was checked")
                .at_least(Severity::Error);
        }
        _ => {}
    }
}
