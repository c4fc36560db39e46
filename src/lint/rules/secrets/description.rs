use super::{called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC010",
    title: "a literal credential in a description",
    severity: Severity::Info,
    explanation: "A description, a name, a comment or another text that Postman does not send contains a credential: \
        something that looks like a live one, that the text says is a secret (`password: …`, `token = …`, `the API \
        key is …`, a table cell, also in a column with the title `Password`), or that it passes to a command (`curl \
        -u user:…`, `-H 'X-Api-Key: …'`, `sshpass -p …`, `mysql -p…`, `http -a user:…`). Descriptions are published \
        with the documentation, and `envtool reset` leaves them alone, since prose depends on what it shows. \
        Environments have names, descriptions and, in YAML, comments, too. In a file that git tracks it is a warning. \
        `envtool redact` writes a copy with placeholders instead.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let help = "replace it with a made-up one or a reference: {{name}}";
    report(facts, &[Place::Other], Severity::Warning, help, findings, |found| {
        format!("{} in this text is a credential", called(found))
    });
}
