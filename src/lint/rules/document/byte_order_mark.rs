use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::text::{Encoding, Span};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "DOC005",
    title: "the file starts with a byte order mark",
    severity: Severity::Info,
    explanation: "newman and the Postman app skip a UTF-8 byte order mark; `JSON.parse`, jq and many other tools \
        refuse the file. envtool keeps the mark when it changes a file. Save the file as UTF-8 without it.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.document.source().encoding() == Encoding::Utf8Bom {
        findings
            .at(Span::at(0), "the file starts with a byte order mark")
            .help("save it as UTF-8 without a byte order mark");
    }
}
