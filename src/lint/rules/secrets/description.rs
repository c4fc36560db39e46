use super::{called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC010",
    title: "a literal credential in a description",
    severity: Severity::Info,
    explanation: "A description, or a name, a comment or another text that Postman does not send, holds something \
        that looks like a live credential, that it states to be a secret (`password: …`, `token = …`, `the API key \
        is …`, a cell of a table, also below the title `Password`), or that a command in it is given (`curl -u \
        user:…`, `-H 'X-Api-Key: …'`, `sshpass -p …`, `mysql -p…`, `http -a user:…`). Descriptions are published \
        with the documentation, and `envtool reset` leaves them as they are, since prose depends on what it shows. \
        Environments have names, descriptions and, in YAML, comments, too. In a file that git tracks it is a \
        warning. `envtool redact` writes a copy with something made up in its place.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let help = "write a made-up one in its place, or a reference: {{name}}";
    report(facts, &[Place::Other], Severity::Warning, help, findings, |found| {
        format!("{} in this text is a credential", called(found))
    });
}
