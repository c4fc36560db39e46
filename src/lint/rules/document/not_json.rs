use crate::lint::{Check, Rule, Severity};

pub(in crate::lint) static NOT_JSON: Rule = Rule {
    id: "DOC002",
    title: "the file is neither JSON nor YAML",
    severity: Severity::Error,
    explanation: "Postman's tools read strict JSON: no comments, no trailing commas, no single quotes, no raw line \
        breaks in strings. Their git-native files are YAML 1.2. The error is reported where parsing had to stop, so \
        the mistake is there or shortly before. An empty file is neither JSON nor YAML.",
    check: Check::Reading,
};
