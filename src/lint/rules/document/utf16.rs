use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::syntax::Syntax;
use crate::text::{Encoding, Span};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "DOC006",
    title: "the file is UTF-16",
    severity: Severity::Warning,
    explanation: "newman reads UTF-16 only if it is little-endian with a byte order mark; the Postman CLI and most \
        other tools do not read it at all. In YAML, which newman does not read, it is therefore an error. Windows \
        PowerShell writes UTF-16 when output is redirected to a file. Save the file as UTF-8.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.document.source().encoding() == Encoding::Utf16LeBom {
        let finding = findings.at(Span::at(0), "the file is UTF-16").help("save it as UTF-8");
        // newman reads UTF-16, but not YAML.
        if facts.document.syntax() == Syntax::Yaml {
            finding.at_least(Severity::Error);
        }
    }
}
