//! Credentials where they do not belong.

pub(in crate::lint) mod auth;
pub(in crate::lint) mod header;
pub(in crate::lint) mod live_token;
pub(in crate::lint) mod private_key;
pub(in crate::lint) mod request;
pub(in crate::lint) mod script;
pub(in crate::lint) mod typed_default;

/// Whether `text` is a value of its own: no reference in it, and not a text that stands for a value.
fn is_literal(text: &str) -> bool {
    let stands_for = |c: char| matches!(c, '<' | '[' | '*' | '.' | '…');
    let lower = text.to_ascii_lowercase();
    let words = ["your", "token here", "change", "example", "placeholder", "insert", "xxx", "dummy", "todo"];
    let plain = ["password", "token", "string", "secret", "none", "null", "undefined", "bearer", "basic"];
    !text.trim().is_empty()
        && !text.contains("{{")
        && !text.starts_with(stands_for)
        && !words.iter().any(|word| lower.contains(word))
        && !plain.contains(&lower.trim())
}
