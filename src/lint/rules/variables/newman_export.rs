use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV017",
    title: "newman has exported this and lost what the app needs",
    severity: Severity::Warning,
    explanation: "`newman --export-environment` writes every type as `any` and leaves out `enabled`, so secrets are \
        shown and disabled variables come back enabled when the file is imported. `envtool absorb` takes the \
        new values into the original file.",
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
            .at(span, "newman has exported this: types, `enabled` and `secret` are lost")
            .label("import it into Postman and disabled variables are enabled again");
    }
}
