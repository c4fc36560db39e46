use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;
use crate::model::names::UPLOAD_SERVER as NAME;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX301",
    title: "`{{box-upload-server}}` is not defined",
    severity: Severity::Warning,
    explanation: "Five requests of Box's collection, those of chunked uploads, use `{{box-upload-server}}`. Since \
        December 2024 the collection defines a variable `{box-upload-server}` instead, with braces in its name, so \
        nothing can refer to it and these requests fail. Define it in your environment: `envtool set \
        box-upload-server upload.box.com --create`.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, _: &Collection<'_>, findings: &mut Findings) {
    let own = facts.scope.iter().any(|scope| scope.has(NAME));
    if own || facts.defines(NAME) || !facts.is_box_collection() {
        return;
    }
    for reference in facts.references().iter().filter(|reference| reference.name == NAME) {
        findings
            .at(reference.span, format!("nothing defines `{NAME}`"))
            .label("this request cannot be sent")
            .help(format!("envtool set {NAME} upload.box.com --create"));
    }
}
