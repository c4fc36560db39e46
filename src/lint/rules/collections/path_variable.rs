use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Request, Row};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL019",
    title: "a path variable without a value",
    severity: Severity::Warning,
    explanation: "`:id` in a path is replaced by the value of its row in `variable` (git-native: `pathVariables`). If \
        the row or its value is missing, or the value is empty or not a string, `:id` is sent as is. Environments do \
        not help here: write `{{id}}` as the value to use a variable.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    let places = request.path_places();
    if places.is_empty() {
        return;
    }
    let rows: Vec<_> = request.path_variables().collect();
    for place in places {
        let name = &place.name;
        // Of several rows, the last one wins.
        let row = rows.iter().rev().find(|row| row.name == *name);
        if row.is_some_and(Row::has_text) {
            continue;
        }
        let (span, message) = match row {
            Some(row) => {
                (row.value.unwrap_or(row.node).span(), format!("the path variable `{name}` has no value"))
            }
            None => (place.node.span(), format!("nothing gives `:{name}` in this path a value")),
        };
        findings.at(span, message).label(format!("`:{name}` is sent as is"));
    }
}
