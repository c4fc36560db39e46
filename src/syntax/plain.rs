//! YAML's plain scalars: the meaning of a word without quotes, and the words that readers disagree about.

use super::Kind;

/// The kind of the plain scalar `text` in YAML 1.2's core schema, except that `.inf` and `.nan`, which no Postman value
/// can be, are strings.
pub(super) fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ if number(text).is_some() => Kind::Number,
        _ => Kind::String,
    }
}

/// The JSON spelling of the number `text`, if it is one.
pub(super) fn number(text: &str) -> Option<String> {
    let radix = |digits: &str, radix| u128::from_str_radix(digits, radix).ok().map(|value| value.to_string());
    if let Some(digits) = text.strip_prefix("0x").filter(|digits| !digits.starts_with('+')) {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o").filter(|digits| !digits.starts_with('+')) {
        return radix(digits, 8);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_digits =
        exponent.map_or("0", |exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let empty = whole.is_empty() && fraction.is_empty() || exponent_digits.is_empty();
    if empty || !digits(whole) || !digits(fraction) || !digits(exponent_digits) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    let exponent = exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
    Some(format!("{sign}{whole}{fraction}{exponent}"))
}

/// Whether some YAML reader takes the plain scalar `text` for anything but a string. Postman quotes these.
pub(super) fn is_ambiguous(text: &str) -> bool {
    kind(text) != Kind::String || is_old_boolean(text) || looks_numeric(text) || matches!(text, "<<" | "=")
}

fn is_old_boolean(text: &str) -> bool {
    ["y", "n", "yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether `text` starts like a number and has no other letters: dates, `1_000`, `0b1`, `12:30:45`, `.inf`.
fn looks_numeric(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    let starts = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let rest = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0b")).unwrap_or(digits);
    let numeric =
        |c: char| c.is_ascii_hexdigit() || matches!(c, '_' | '.' | ':' | '-' | '+' | 'T' | 't' | 'Z' | ' ');
    let letters = rest.chars().filter(|c| c.is_ascii_alphabetic() && !matches!(c, 'T' | 't' | 'Z')).count();
    let hexadecimal = rest.len() < digits.len();
    let special = matches!(digits.to_ascii_lowercase().as_str(), ".inf" | ".nan");
    special || starts && rest.chars().all(numeric) && (hexadecimal || letters == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_have_the_kinds_of_the_core_schema() {
        for (text, json) in [
            ("0", "0"),
            ("-12", "-12"),
            ("+12.50", "12.50"),
            ("014", "14"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("1E+3", "1e+3"),
            ("1795382799903", "1795382799903"),
        ] {
            assert_eq!((kind(text), number(text).as_deref()), (Kind::Number, Some(json)), "{text}");
        }
        for text in [".", "-", "1e", "e3", "1.2.3", "0x", "1_000", "2024-01-01", "yes", ".inf", "12a", "0x+1"]
        {
            assert_eq!(kind(text), Kind::String, "{text}");
        }
        assert_eq!((kind("NULL"), kind("True")), (Kind::Null, Kind::Bool));
    }

    #[test]
    fn words_that_readers_disagree_about_are_ambiguous() {
        for text in
            ["y", "No", "OFF", "12", "0x1F", "0b11", "1_000", "2024-01-01", "12:30:45", ".Inf", "~", "<<"]
        {
            assert!(is_ambiguous(text), "{text}");
        }
        for text in ["yup", "1e3x", "v1", "3x802916", "ACC66269", "a-b", "1.2.3-beta", "api.box.com", "12th"]
        {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}
