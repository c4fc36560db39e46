use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Address, Part};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT006",
    title: "the URL and the list of parameters disagree",
    severity: Severity::Warning,
    explanation: "A git-native request may keep its parameters twice: in `url` after the question mark, and in \
        `queryParams`, which has the disabled ones, too. They diverge when a file is edited by hand; the Postman CLI \
        then warns, and it is uncertain which of the two is sent.",
    check: Check::Part(check),
};

fn check(_: &Facts<'_>, part: &Part<'_>, findings: &mut Findings) {
    let Some(request) = part.request() else { return };
    let Some((url, list)) = request.node().get("url").zip(request.node().get("queryParams")) else { return };
    let text = url.as_str().unwrap_or_default();
    let Some(written) = Address::parse(&text).query else { return };
    let written: Vec<_> = written.into_iter().map(|(key, value)| (key, value.unwrap_or_default())).collect();
    let listed = |disabled: bool| -> Vec<(String, String)> {
        let rows = request.query().filter(|row| disabled || !row.is_disabled());
        rows.map(|row| (row.key.into_owned(), row.value.as_str().unwrap_or_default().into_owned())).collect()
    };
    let same = |listed: Vec<(String, String)>| {
        listed.iter().map(|(key, value)| (&**key, &**value)).eq(written.iter().copied())
    };
    if list.has_values() && !same(listed(false)) && !same(listed(true)) {
        findings
            .at(url.span(), "the URL and `queryParams` disagree")
            .label("its parameters differ from those in the list");
    }
}
