use super::is_literal;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Request;
use crate::secret;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC005",
    title: "a literal credential in a header",
    severity: Severity::Warning,
    explanation: "A header such as `Authorization` or `X-Api-Key` holds the credential itself. Refer to a variable of \
        the environment instead: `Bearer {{access_token}}`. In a file that git tracks it is an error.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    for header in request.headers() {
        let Some(text) = header.value.as_str().filter(|text| is_literal(text)) else { continue };
        // The app numbers its requests in `Postman-Token`.
        let harmless = header.key.eq_ignore_ascii_case("postman-token");
        if !harmless && secret::is_secret(&header.key, &text) {
            findings
                .at(header.value.span(), format!("the header `{}` holds a credential", header.key))
                .label("everyone who gets the collection gets it")
                .help("put it into the environment and refer to it: {{name}}")
                .secret()
                .when_tracked(Severity::Error);
        }
    }
}
