use crate::lint::{Check, Rule, Severity};

pub(in crate::lint) static UNREADABLE: Rule = Rule {
    id: "DOC001",
    title: "the file cannot be read",
    severity: Severity::Error,
    explanation: "The file is not there, may not be read, is larger than envtool reads (512 MiB), or its bytes are no \
        text that Postman's tools read: UTF-8, or UTF-16 little-endian with a byte order mark. newman \
        guesses other encodings and guesses wrong. Save the file as UTF-8.",
    check: Check::Reading,
};
