use std::collections::HashSet;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{How, resembling, usages};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL010",
    title: "nothing defines the name of a reference",
    severity: Severity::Warning,
    explanation: "A reference that nothing defines is sent as it stands, braces included, and newman exits with 0. \
        Checked when what the collection runs with is named: environments by `-e`, globals by `-g`, data by `-d`. \
        The collection's own variables and `vault:` names count as defined. So does every name that some script of \
        the collection sets: which requests are sent, and in which order, is not written in the file, so \
        whether that script runs first is not checked. And so does one that a script reads from the data of a run, \
        as in `pm.iterationData.get(\"name\")`. What is disabled, examples, their requests included (one of Box's has \
        `{{item.name}}`), and texts in scripts are not looked at, as in `refs --undefined`; misspelled names with `$` \
        are RUN008. Of a git-native collection all files count.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.surroundings.defined.is_none() {
        return;
    }
    let beside = facts.surroundings.defined.iter().flatten().map(String::as_str);
    if facts.collection.is_some() {
        let own = facts.scope.iter().flat_map(|scope| scope.variables()).map(|variable| variable.key());
        let set: Vec<_> = usages(facts.document).into_iter().filter(|usage| usage.how.defines()).collect();
        let known = beside.chain(own).chain(set.iter().map(|usage| &*usage.name)).collect();
        report(facts, &known, findings);
    } else if facts.part.is_some() {
        let own = facts.location.defined.iter().flat_map(|names| names.iter()).map(String::as_str);
        report(facts, &beside.chain(own).collect(), findings);
    }
}

/// Reports the references that are sent and whose names are not `known`.
fn report(facts: &Facts<'_>, known: &HashSet<&str>, findings: &mut Findings) {
    for reference in facts.references() {
        let name = &*reference.name;
        let is_known = facts.defines(name) || known.contains(name);
        if is_known || How::of_reference(reference) != How::Reference {
            continue;
        }
        let finding = findings.at(reference.span, format!("nothing defines `{name}`"));
        finding.label("sent as it stands");
        if let Some(near) = resembling(known.iter().copied(), name) {
            finding.help(format!("did you mean {{{{{near}}}}}?"));
        }
    }
}
