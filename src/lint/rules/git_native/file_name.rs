use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT008",
    title: "a file name that Postman does not recognize",
    severity: Severity::Error,
    explanation: "Files in `postman/environments` are called `NAME.environment.yaml`, the one in `postman/globals` \
        `workspace.globals.yaml`; the extensions `.yml` and `.json` work, too. Postman overlooks a file with another \
        name, and the Postman CLI refuses it. Rename the file.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some((parent, name)) = facts.location.path.rsplit_once('/') else { return };
    for (folder, word) in [("postman/environments", "environment"), ("postman/globals", "globals")] {
        let named = || ["yaml", "yml", "json"].iter().any(|end| name.ends_with(&format!(".{word}.{end}")));
        if parent.ends_with(folder) && !named() {
            findings
                .at(
                    opening(facts.document.root()),
                    format!("the name `{name}` does not end in `.{word}.yaml`"),
                )
                .label("Postman overlooks it");
        }
    }
}
