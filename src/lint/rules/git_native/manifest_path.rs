use crate::lint::{Check, Facts, Findings, Rule, Severity};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT009",
    title: "the workspace manifest lists a file that does not exist",
    severity: Severity::Error,
    explanation: "`.postman/resources.yaml` says which files belong to the workspace and which resources they are in \
        Postman's cloud. Deleting or renaming a file in a file manager leaves its lines behind, and the Postman CLI \
        refuses the workspace. Remove the lines, or write the new path; `envtool delete` offers to remove them.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for listed in facts.manifest.iter().flat_map(|manifest| manifest.listed()) {
        if facts.location.absent.contains(&*listed.path) {
            findings
                .at(listed.node.span(), format!("there is no file or folder `{}`", listed.path))
                .label("the Postman CLI refuses the workspace");
        }
    }
}
