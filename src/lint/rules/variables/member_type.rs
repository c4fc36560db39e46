use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};
use crate::syntax::{Kind, Name, Node};

/// The allowed kinds of a variable's members, and their description.
static EXPECTED: [(Name<'static>, &[Kind], &str); 6] = [
    (Name::of("enabled"), &[Kind::Bool], "a boolean"),
    (Name::of("disabled"), &[Kind::Bool], "a boolean"),
    (Name::of("secret"), &[Kind::Bool], "a boolean"),
    (Name::of("type"), &[Kind::String], "a string"),
    (Name::of("description"), &[Kind::String, Kind::Object, Kind::Null], "a string"),
    (Name::of("source"), &[Kind::Object], "an object"),
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV008",
    title: "a member has a value of the wrong type",
    severity: Severity::Error,
    explanation: "`enabled`, `disabled` and `secret` are booleans, `type` is a string, `description` a string or an \
        object, `source` an object, `color` a number or `null`. Readers compare strictly: `\"enabled\": \"false\"` \
        does not disable a variable, and neither does `\"disabled\": \"true\"`.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for member in scope.owner().members().filter(|member| member.name.is_str("color")) {
        // Old exports have a string here, which every reader accepts.
        let allowed = [Kind::Number, Kind::Null, Kind::String];
        let allowed = if scope.format() == Format::V3Yaml { &allowed[..2] } else { &allowed };
        expect(member.name, member.value, allowed, "a number or null", findings);
    }
    for row in scope.array().into_iter().flat_map(|list| list.items()) {
        for member in row.members() {
            if let Some((_, allowed, words)) = member.name.find_in(&EXPECTED, |(name, ..)| *name) {
                expect(member.name, member.value, allowed, words, findings);
            }
        }
    }
}

fn expect(name: Node<'_>, value: Node<'_>, allowed: &[Kind], words: &str, findings: &mut Findings) {
    if !allowed.contains(&value.kind()) {
        let name = name.as_str().unwrap_or_default();
        findings.at(value.span(), format!("`{name}` is {}, not {words}", value.kind().name()));
    }
}
