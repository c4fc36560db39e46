use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

/// The code with which the scripts of both collections store a new refresh token.
const STORES: &str = "pm.environment.set('refresh_token'";

/// Code in scripts that check the response first.
const CHECKS: [&str; 3] = ["response.code", "response.status", "expires_in)"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX304",
    title: "the collection's script stores the response of a failed refresh",
    severity: Severity::Info,
    explanation: "If Box answers a refresh with \"too many requests\" or a server error, the script of Box's \
        collection stores the tokens of that response, which has none, and the refresh token is lost (BOX107). If Box \
        refuses the refresh, newman goes on with the old token and reports no failure. Run `envtool refresh` before \
        the collection: it stores nothing unless the response is complete. Reported once in a collection.",
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
            if text.contains("oauth2/token") && !CHECKS.iter().any(|check| text.contains(check)) {
                findings
                    .at(line.span_of(at..at + STORES.len()), "a failed refresh wipes the tokens")
                    .label("stored whatever the response was")
                    .help("envtool refresh before a run");
                return;
            }
        }
    }
}
