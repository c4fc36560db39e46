use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

/// Where the scripts of both collections store what they got.
const STORES: &str = "pm.environment.set('refresh_token'";

/// What a script that looks at the answer first would ask for.
const LOOKS: [&str; 3] = ["response.code", "response.status", "expires_in)"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX304",
    title: "the collection's script stores what a failed refresh answers",
    severity: Severity::Info,
    explanation: "When Box answers a refresh with \"too many requests\" or a server error, the script of Box's \
        collection stores the tokens of that answer, which has none, and the refresh token is lost (BOX107). \
        When Box refuses the refresh, newman goes on with the old token and reports no failure. Refresh with \
        `envtool refresh` before a run, which stores nothing but a whole answer. Reported once in a collection.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if !facts.is_box_collection() {
        return;
    }
    let items = collection.items().iter().flat_map(|item| item.scripts());
    for script in collection.scripts().chain(items) {
        for line in script.lines() {
            let Some(text) = line.as_str() else { continue };
            let Some(at) = text.find(STORES) else { continue };
            if text.contains("oauth2/token") && !LOOKS.iter().any(|look| text.contains(look)) {
                findings
                    .at(line.span_of(at..at + STORES.len()), "a failed refresh wipes the tokens")
                    .label("stored whatever the answer was")
                    .help("envtool refresh before a run");
                return;
            }
        }
    }
}
