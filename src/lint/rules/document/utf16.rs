use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::syntax::Syntax;
use crate::text::{Encoding, Span};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "DOC006",
    title: "the file is UTF-16",
    severity: Severity::Warning,
    explanation: "newman reads UTF-16 only little-endian with a byte order mark; the Postman CLI and most other \
        tools do not read it at all, so that it is an error in YAML, which newman does not read. Windows PowerShell \
        writes it when output is redirected to a file. Save the file as UTF-8.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.document.source().encoding() == Encoding::Utf16LeBom {
        let finding = findings.at(Span::at(0), "the file is UTF-16").help("save it as UTF-8");
        // newman, which reads it, reads no YAML.
        if facts.document.syntax() == Syntax::Yaml {
            finding.at_least(Severity::Error);
        }
    }
}
