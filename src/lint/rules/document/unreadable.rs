use crate::lint::{Check, Rule, Severity};

pub(in crate::lint) static UNREADABLE: Rule = Rule {
    id: "DOC001",
    title: "the file cannot be read",
    severity: Severity::Error,
    explanation: "The file does not exist, may not be read, is larger than envtool reads (512 MiB), or is not in an \
        encoding that Postman's tools read: UTF-8, or UTF-16 little-endian with a byte order mark. newman guesses \
        other encodings, wrongly. Save the file as UTF-8.",
    check: Check::Reading,
};
