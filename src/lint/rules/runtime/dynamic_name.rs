use super::is_asked;
use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{dynamic_names, is_dynamic};
use crate::text::Edit;

/// The largest number of edits between a misspelled name and the suggested one.
const NEAR: usize = 3;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN008",
    title: "a name with `$` that Postman does not know",
    severity: Severity::Warning,
    explanation: "Postman generates values for `$guid`, `$timestamp`, `$isoTimestamp` and the 115 names that start \
        with `$random`, spelled exactly like that. Any other name is sent as is, braces included, unless a variable \
        has that name. The unsafe fix writes the nearest name.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for reference in facts.references().iter().filter(|reference| reference.name.starts_with('$')) {
        let name = &*reference.name;
        let own = || facts.scope.iter().any(|scope| scope.has(name));
        if is_dynamic(name) || facts.is_defined_beside(name) || own() || !is_asked(reference) {
            continue;
        }
        let nearest = dynamic_names().map(|known| (strsim::osa_distance(&known, name), known)).min();
        let finding = findings.at(reference.span, format!("Postman generates no value for `{name}`"));
        match nearest.filter(|(distance, _)| *distance <= NEAR) {
            Some((_, meant)) => finding.label(format!("did you mean `{meant}`?")).fix(
                Safety::Unsafe,
                format!("write `{{{{{meant}}}}}`"),
                vec![Edit::replace(reference.span, format!("{{{{{meant}}}}}"))],
            ),
            None => finding.label("sent as is"),
        };
    }
}
