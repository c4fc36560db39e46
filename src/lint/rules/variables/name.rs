use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV002",
    title: "the environment has no name",
    severity: Severity::Error,
    explanation: "The Postman app refuses to import an environment or globals file without a `name` that is a string \
        (\"format not recognized\"). newman accepts it and uses the name `environment` or `globals`.",
    check: Check::Variables(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    // The old bare array has no place for one, and git-native globals need none.
    let may_lack = scope.format() == Format::BareArray
        || (scope.format() == Format::V3Yaml && facts.location.is_globals());
    let refused = "the Postman app does not import it";
    match scope.owner().get("name") {
        None if may_lack => {}
        None => {
            findings.at(opening(scope.owner()), "there is no `name`").label(refused);
        }
        Some(name) if name.kind() != Kind::String => {
            let message = format!("`name` is {}, not a string", name.kind().name());
            findings.at(name.span(), message).label(refused);
        }
        Some(name) if name.is_str("") => {
            findings.at(name.span(), "`name` is empty").label(refused);
        }
        Some(_) => {}
    }
}
