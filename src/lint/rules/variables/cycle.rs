use std::collections::HashMap;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Runtime, Variable, references};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV013",
    title: "variables refer to each other in a circle",
    severity: Severity::Error,
    explanation: "Postman replaces references at most 19 times and then sends whatever is left, braces included. A \
        value that refers to itself grows with every round.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(scope) = facts.scope.as_ref().filter(|_| !facts.references().is_empty()) else { return };
    let variables = scope.variables();
    let in_use = |(_, variable): &(usize, &Variable<'_>)| variable.is_enabled(Runtime::App);
    // Of duplicates, the map keeps the last one, which wins.
    let places: HashMap<&str, usize> =
        variables.iter().enumerate().filter(in_use).map(|(at, variable)| (variable.key(), at)).collect();
    let next = |at: usize| -> Vec<usize> {
        let names = variables[at].value().into_iter().flat_map(references).map(|reference| reference.name);
        names.filter_map(|name| places.get(&*name).copied()).collect()
    };
    // Depth-first without recursion, since a chain can be as long as the file.
    let mut marks = vec![Mark::New; variables.len()];
    for start in 0..variables.len() {
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut ahead = Some(start);
        loop {
            match ahead.take() {
                Some(at) => match marks[at] {
                    Mark::New => {
                        marks[at] = Mark::Open(path.len());
                        path.push((at, next(at)));
                    }
                    Mark::Open(from) => {
                        let circle: Vec<_> =
                            path[from..].iter().map(|(at, _)| variables[*at].key()).collect();
                        report(&variables[at], &circle, findings);
                    }
                    Mark::Done => {}
                },
                None => match path.last_mut() {
                    None => break,
                    Some((at, rest)) => match rest.pop() {
                        Some(next) => ahead = Some(next),
                        None => {
                            marks[*at] = Mark::Done;
                            path.pop();
                        }
                    },
                },
            }
        }
    }
}

/// How far the search is with a variable.
#[derive(Clone, Copy)]
enum Mark {
    New,
    /// Its references are being followed. It is at this place in the path.
    Open(usize),
    Done,
}

fn report(first: &Variable<'_>, circle: &[&str], findings: &mut Findings) {
    let message = match circle {
        [one] => format!("`{one}` refers to itself"),
        [rest @ .., last] => format!("`{}` and `{last}` refer to each other in a circle", rest.join("`, `")),
        [] => return,
    };
    let span = first.value().map_or(first.key_node().span(), |value| value.span());
    findings.at(span, message).label("sent with the braces in it");
}
