use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::syntax::Obstacle;
use crate::text::Span;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT007",
    title: "the file contains several YAML documents",
    severity: Severity::Error,
    explanation: "A line `---` starts another document. Postman's tools refuse such a file; envtool reads the first \
        document and does not change the file. Keep one document per file.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.document.obstacle() == Some(Obstacle::SeveralDocuments) {
        let end = facts.document.root().span().end as usize;
        let rest = &facts.document.source().text()[end..];
        let mark = rest.find("---").map_or(end, |at| end + at);
        findings
            .at(Span::new(mark, (mark + 3).min(end + rest.len())), "another YAML document starts here")
            .label("Postman's tools refuse the file");
    }
}
