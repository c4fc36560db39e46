use std::collections::HashSet;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{UsageKind, names, resembling, usages};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL010",
    title: "a reference that nothing defines",
    severity: Severity::Warning,
    explanation: "A reference that nothing defines is sent as is, braces included, and newman exits with 0. Checked \
        if you name the files that the collection runs with: environments with `-e`, globals with `-g`, data with \
        `-d`. The collection's own variables and `vault:` names count as defined. So does every name that any script \
        of the collection sets: the file does not say which requests are sent and in which order, so whether that \
        script runs first is not checked. And so does a name that a script reads from the data of a run, as in \
        `pm.iterationData.get(\"name\")`. Disabled entries, examples with their requests (one of Box's has \
        `{{item.name}}`), and strings in scripts are not checked, as in `refs --undefined`; misspelled names with `$` \
        are RUN008. For a git-native collection, all files count.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.surroundings.defined.is_none() {
        return;
    }
    let beside = facts.surroundings.defined.iter().flatten().map(String::as_str);
    if facts.collection.is_some() {
        let own = facts.scope.iter().flat_map(|scope| scope.variables()).map(|variable| variable.key());
        let set: Vec<_> = usages(facts.document).into_iter().filter(|usage| usage.kind.defines()).collect();
        let known = beside.chain(own).chain(set.iter().map(|usage| &*usage.name)).collect();
        report(facts, &known, findings);
    } else if facts.part.is_some() {
        let own = facts.location.defined.iter().flat_map(|names| names.iter()).map(String::as_str);
        report(facts, &beside.chain(own).collect(), findings);
    }
}

/// Reports the references that are sent, but whose names are not `known`.
fn report(facts: &Facts<'_>, known: &HashSet<&str>, findings: &mut Findings) {
    for reference in facts.references() {
        let name = &*reference.name;
        // In Box's collection, BOX301 reports this name.
        let is_reported = name == names::UPLOAD_SERVER && facts.is_box_collection();
        let is_known = facts.defines(name) || known.contains(name) || is_reported;
        if is_known || UsageKind::of_reference(reference) != UsageKind::Reference {
            continue;
        }
        let finding = findings.at(reference.span, format!("nothing defines `{name}`"));
        finding.label("sent as is");
        // No reference could name a variable with a brace in its name.
        let nameable = known.iter().copied().filter(|known| !known.contains(['{', '}']));
        if let Some(near) = resembling(nameable, name) {
            finding.help(format!("did you mean {{{{{near}}}}}?"));
        }
    }
}
