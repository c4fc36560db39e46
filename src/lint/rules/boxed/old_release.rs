use crate::lint::{Check, Facts, Findings, Profile, Rule, Severity};
use crate::model::Collection;

/// The name of the access token's variable before January 2020.
const OLD_NAME: &str = "accessToken";

/// The fewest requests that Box's collection has. A collection with fewer is someone's selection.
const WHOLE: usize = 100;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX306",
    title: "an old release of Box's collection",
    severity: Severity::Info,
    explanation: "Box publishes new releases, but a fork or an imported copy stays as it was. Releases from before \
        2025 lack the endpoints that require the header `box-version`. Those from before January 2020 refer to \
        `{{accessToken}}`, while today's environments have `access_token`: their requests are sent without a token, \
        so that is a warning. Importing a new release as a copy loses your changes; `envtool merge OLD YOURS NEW` \
        keeps them. Reported once in a collection.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if facts.surroundings.profile == Profile::None || facts.requests().nth(WHOLE - 1).is_none() {
        return;
    }
    let help = "import a new release and bring your changes over: envtool merge OLD YOURS NEW";
    if facts.is_box_collection() {
        let versioned = |name: &str| name.eq_ignore_ascii_case("box-version");
        let new = || facts.requests().any(|request| request.headers().any(|header| versioned(&header.key)));
        if let Some(name) = collection.info().get("name").filter(|_| !new()) {
            findings
                .at(name.span(), "the collection is from before 2025")
                .label("it lacks Box's newer endpoints")
                .help(help);
        }
        return;
    }
    // The oldest releases have the hosts written out.
    let to_box = |url: &str| url.starts_with("https://api.box.com/");
    if !facts.requests().filter_map(|request| request.url()?.text()).any(|url| to_box(&url)) {
        return;
    }
    let old = facts.references().iter().find(|reference| reference.name == OLD_NAME);
    if let Some(reference) = old.filter(|_| !facts.defines(OLD_NAME)) {
        findings
            .at(reference.span, "the collection is from before January 2020")
            .label("today's environments call it `access_token`")
            .help(help)
            .at_least(Severity::Warning);
    }
}
