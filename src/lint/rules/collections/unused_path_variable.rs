use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Request;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL020",
    title: "a path variable that is not in the path",
    severity: Severity::Warning,
    explanation: "The value of a path variable replaces `:name` at the start of a path segment. In the middle of one, \
        as in `thumbnail.:extension` of Box's collection, `:name` is sent as is. Write a reference there \
        (`thumbnail.{{extension}}`), or remove the row.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    let mut rows = request.path_variables().filter(|row| !row.name.is_empty()).peekable();
    if rows.peek().is_none() {
        return;
    }
    let places = request.path_places();
    let address = request.url().and_then(|url| url.text()).unwrap_or_default();
    for row in rows.filter(|row| places.iter().all(|place| place.name != row.name)) {
        let name = &row.name;
        let place = row.node.get("key").unwrap_or(row.node);
        let finding = findings.at(place.span(), format!("no part of the path begins with `:{name}`"));
        if address.contains(&format!(":{name}")) {
            finding
                .label(format!("`:{name}` is sent as is"))
                .help(format!("write {{{{{name}}}}} there, and define it"));
        } else {
            finding.label("its value is not sent");
        }
    }
}
