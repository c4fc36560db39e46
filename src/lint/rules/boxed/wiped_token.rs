use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Runtime, Scope};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX107",
    title: "the tokens were wiped by a failed refresh",
    severity: Severity::Error,
    explanation: "If Box answers a refresh with \"too many requests\" or a server error, the collection's script \
        stores the tokens of that response, which has none: `null` in place of the access token, the refresh token \
        and the expiry time. The refresh token is lost. Restore an older copy of the file, or log in again.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    for key in kind.token_keys() {
        let value = scope.winner(key, Runtime::App).and_then(|variable| variable.value());
        if let Some(value) = value.filter(|value| value.is_null()) {
            findings
                .at(value.span(), format!("`{key}` is null: a failed refresh has wiped it"))
                .label("the collection sends the word `null`")
                .help("take an older copy of the file, or log in again");
        }
    }
}
