use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

/// The variable, as Box spells it.
const NAME: &str = "wokspaceid";

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX305",
    title: "the id of the workspace is spelled `wokspaceid`",
    severity: Severity::Info,
    explanation: "The requests of Box's Advanced collection that create environments need the id of a workspace in \
        the variable `wokspaceid`, without the `r`. They do not find it under the correct spelling: define it in your \
        globals as the collection spells it. Reported once in a collection.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, _: &Collection<'_>, findings: &mut Findings) {
    let own = facts.scope.iter().any(|scope| scope.has(NAME));
    if own || facts.defines(NAME) || !facts.is_box_collection() {
        return;
    }
    if let Some(reference) = facts.references().iter().find(|reference| reference.name == NAME) {
        findings
            .at(reference.span, format!("nothing defines `{NAME}`"))
            .label("spelled without the `r`")
            .help(format!("define it in your globals as `{NAME}`"));
    }
}
