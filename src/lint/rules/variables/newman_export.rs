use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV017",
    title: "newman exported this file and lost what the app needs",
    severity: Severity::Warning,
    explanation: "`newman --export-environment` writes every type as `any` and leaves out `enabled`, so after an \
        import secrets are shown and disabled variables are enabled again. `envtool absorb` brings the new values \
        into the original file.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if scope.format() == Format::NewmanExport {
        let mark = scope.owner().members().find(|member| {
            member.name.is_str("_")
                || (member.name.is_str("_postman_exported_using") && member.value.raw().contains("Newman"))
        });
        let span = mark.map_or(opening(scope.owner()), |mark| mark.name.span());
        findings
            .at(span, "newman exported this file: types, `enabled` and `secret` are lost")
            .label("after an import into Postman, disabled variables are enabled again");
    }
}
