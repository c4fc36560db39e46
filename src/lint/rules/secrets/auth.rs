use super::is_literal;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC004",
    title: "a literal credential in an authorization",
    severity: Severity::Warning,
    explanation: "The credential is in the collection itself, where everyone who gets the collection gets it too. Put \
        it into a variable of the environment and refer to it: `{{access_token}}`. In a file that git tracks \
        it is an error. `envtool reset COLLECTION` empties such credentials.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let items = collection.items().iter().filter_map(|item| item.auth());
    for auth in collection.auth().into_iter().chain(items) {
        for entry in auth.credentials().filter(|entry| auth.is_credential(entry)) {
            if entry.value.as_str().is_some_and(|text| is_literal(&text)) {
                findings
                    .at(entry.value.span(), format!("`{}` is written out in the collection", entry.key))
                    .label("everyone who gets the collection gets it")
                    .help("put it into the environment and refer to it: {{name}}")
                    .secret()
                    .when_tracked(Severity::Error);
            }
        }
    }
}
