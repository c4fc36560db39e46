use crate::lint::{Check, Rule, Severity};

pub(in crate::lint) static NOT_JSON: Rule = Rule {
    id: "DOC002",
    title: "the file is neither JSON nor YAML",
    severity: Severity::Error,
    explanation: "Postman's tools read strict JSON: no comments, no trailing commas, no single quotes, no raw line \
        breaks in strings. Their git-native files are YAML 1.2. The place is where reading had to stop, so the \
        mistake is there or shortly before. A file with nothing in it is neither of the two.",
    check: Check::Reading,
};
