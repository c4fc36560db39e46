//! Variables of shells, which stand for a secret without containing it.

use crate::secret::is_secret_key;

/// Whether the last word of `value` is a shell variable: `Bearer $TOKEN`, `%TOKEN%`.
pub(super) fn is_variable(value: &str) -> bool {
    variable(value).is_some()
}

/// Whether the last word of `value` is a shell variable that can hardly be a secret itself: its name is that of a
/// secret or in upper case, or it is a parameter of a script (`$1`). Unlike on a command line, a `$` may begin a
/// password elsewhere.
pub(super) fn is_evident_variable(value: &str) -> bool {
    let is_upper = |name: &str| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let is_parameter = |name: &str| matches!(name.as_bytes(), [b'0'..=b'9']);
    variable(value).is_some_and(|name| is_upper(name) || is_parameter(name) || is_secret_key(name))
}

/// The name of the shell variable that the last word of `value` is.
fn variable(value: &str) -> Option<&str> {
    let word = value.rsplit(' ').next().unwrap_or(value);
    let name = word.strip_prefix('$').or_else(|| word.strip_prefix('%')?.strip_suffix('%'))?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::secret::literals;

    #[test]
    fn variables_in_quotes_are_references() {
        for text in [
            "password = \"$PASSWORD\"",
            "export PASSWORD=\"$DB_AUTH\" API_KEY=\"${api_key}\"",
            "export PASSWORD=$PASSWORD\ntoken=\"$1\"",
            "curl -u \"$USER:$PASSWORD\" -d \"password=$PASSWORD\" -d '{\"token\": \"$access_token\"}' h",
            "curl --password \"${PASSWORD}\" -H \"Authorization: Bearer ${TOKEN}\" h?token=$TOKEN",
            "curl -d \"{\\\"password\\\": \\\"$PASSWORD\\\"}\" h",
            "set PASSWORD=%DB_PASSWORD%",
        ] {
            assert_eq!(literals(text), [], "{text}");
        }
    }

    #[test]
    fn passwords_may_begin_with_a_dollar() {
        for (text, password) in [
            ("const password = \"$ecret1\";", "$ecret1"),
            ("{\"password\": \"$Tul1p\"}", "$Tul1p"),
            ("password=$ecret1&a=b", "$ecret1"),
            ("{\"password\": \"$\"}", "$"),
        ] {
            let found: Vec<_> = literals(text).into_iter().map(|found| &text[found.range]).collect();
            assert_eq!(found, [password], "{text}");
        }
    }
}
