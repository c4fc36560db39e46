use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Role;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT001",
    title: "a part of a git-native collection does not say what it is",
    severity: Severity::Warning,
    explanation: "The first member of each file is `$kind`: `http-request` and so on, `http-example`, or `collection` \
        for the definition of a collection or a folder. The Postman CLI refuses a file without it or with any other \
        word, which is an error here, too.\n\n\
        Postman's own GitHub actions wrote requests with `type: http` instead. envtool reads them, with this warning.",
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
