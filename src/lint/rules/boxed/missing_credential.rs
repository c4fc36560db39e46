use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX202",
    title: "the Advanced collection needs a variable that is empty",
    severity: Severity::Warning,
    explanation: "Before every request the Advanced collection checks that everything its kind of environment needs \
        is there, and if not throws \"Invalid enviroment variables\" (its spelling), even while the access token is \
        still valid: an access token for BEARER; a client id and secret for the others; a refresh token for OAUTH; a \
        subject for CCG and JWT; a key id, a private key and its passphrase for JWT.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let needed: &[&str] = match kind {
        BoxKind::Classic => &[],
        BoxKind::Bearer => &[names::ACCESS_TOKEN],
        BoxKind::OAuth => &[names::CLIENT_ID, names::CLIENT_SECRET, names::REFRESH_TOKEN],
        BoxKind::Ccg => &[names::CLIENT_ID, names::CLIENT_SECRET, names::SUBJECT_ID],
        BoxKind::Jwt => &[
            names::CLIENT_ID,
            names::CLIENT_SECRET,
            names::SUBJECT_ID,
            names::KEY_ID,
            names::PRIVATE_KEY,
            names::PASSPHRASE,
        ],
    };
    for key in needed {
        let winner = scope.winner(key, Runtime::App);
        // A wiped token has a rule of its own.
        let null = winner.and_then(|variable| variable.value()).is_some_and(|value| value.is_null());
        let wiped = null && kind.token_keys().contains(key);
        if wiped || JsValue::of(winner).is_truthy() {
            continue;
        }
        let (span, message) = match scope.target(key) {
            Some(row) if winner.is_some() => (
                row.value().unwrap_or(row.node()).span(),
                format!("`{key}` is {}", if null { "null" } else { "empty" }),
            ),
            Some(row) => (row.key_node().span(), format!("`{key}` is disabled")),
            None => (opening_of_list(scope), format!("there is no `{key}`")),
        };
        findings
            .at(span, message)
            .label("every request throws \"Invalid enviroment variables\"")
            .command(names::set_command(key));
    }
}
