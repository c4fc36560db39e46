//! References, which stand for a secret without containing it: Postman's `{{name}}`, and what a script, a shell or a CI
//! service fills in.

use super::is_secret_key;
use super::name::words;

/// Words that may accompany a reference in the value of an authorization header.
pub(super) const SCHEME_WORDS: [&str; 9] =
    ["bearer", "basic", "digest", "token", "key", "apikey", "oauth", "jwt", "credential"];

/// Whether `value` has references, Postman's or a script's, and apart from them only words of an authorization scheme:
/// `{{a}}`, `Bearer {{token}}`, `{{user}}:{{password}}`, `Bearer ${token}`.
#[must_use]
pub fn is_made_of_references(value: &str) -> bool {
    if !value.contains(['{', '$']) {
        return false;
    }
    let mut rest = value;
    let mut outside = Vec::new();
    while let Some(at) = rest.find(['{', '$']) {
        let (before, opened) = rest.split_at(at);
        let inner = opened.strip_prefix("{{").map(|inner| (inner, "}}"));
        let inner = inner.or_else(|| opened.strip_prefix("${").map(|inner| (inner, "}")));
        let Some((_, after)) = inner.and_then(|(inner, close)| inner.split_once(close)) else { break };
        outside.push(before);
        rest = after;
    }
    let any = rest.len() < value.len();
    outside.push(rest);
    any && outside.iter().flat_map(|text| words(text)).all(|word| SCHEME_WORDS.contains(&word.as_str()))
}

/// Whether a shell or a CI service fills in `value`, which may follow a scheme: `$token1`, `Bearer $1`, `$(command)`,
/// `$env:TOKEN`, `%TOKEN%`, `${{ secrets.TOKEN }}`, even if it is in quotes or cut off at a blank.
pub(super) fn is_filled_in(value: &str) -> bool {
    filled_in(value).is_some()
}

/// Whether a shell or a CI service fills in `value`, although it is not on a command line: since a `$` may begin a
/// password there, a variable in lower case with a digit must have the name of a secret.
pub(super) fn is_evidently_filled_in(value: &str) -> bool {
    filled_in(value).is_some_and(|filled_in| match filled_in {
        FilledIn::Variable(name) => {
            let is_plain = !name.bytes().any(|byte| byte.is_ascii_digit());
            let is_parameter = name.len() == 1;
            is_plain || is_parameter || is_secret_key(name)
        }
        FilledIn::Other => true,
    })
}

const QUOTES: [char; 2] = ['"', '\''];

/// What a shell or a CI service fills in.
enum FilledIn<'v> {
    /// `$name`.
    Variable(&'v str),
    /// Something that hardly looks like a password.
    Other,
}

fn filled_in(value: &str) -> Option<FilledIn<'_>> {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    // Few values have one of these.
    let (before, word) = value.split_at(value.find(['$', '%'])?);
    let (before, word) = (before.trim_start_matches(QUOTES), word.trim_end_matches(QUOTES));
    if !before.is_empty() && !before.ends_with(' ') {
        return None;
    }
    let is_of_windows = word.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name)
        || word.strip_prefix("$env:").is_some_and(is_name);
    if is_of_windows || word.starts_with("$(") || word.starts_with("${{") {
        return Some(FilledIn::Other);
    }
    word.strip_prefix('$').filter(|name| is_name(name)).map(FilledIn::Variable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::literals;

    #[test]
    fn what_is_filled_in_is_told_apart_from_passwords() {
        for value in [
            "$foo",
            "$FOO",
            "$db_auth",
            "$1",
            "$token2",
            "Bearer $auth",
            "$(cat password)",
            "$(cat",
            "\"$foo\"",
            "Bearer $(az account get-access-token)",
            "$env:Foo",
            "%FOO%",
            "%Db1%",
            "${{ secrets.FOO }}",
            "${{",
        ] {
            assert!(is_filled_in(value) && is_evidently_filled_in(value), "{value}");
        }
        for value in ["$ecret1", "$Tul1p"] {
            assert!(is_filled_in(value) && !is_evidently_filled_in(value), "{value}");
        }
        for value in ["", "$", "tulip", "tulip$", "tu$lip", "$tu-lip", "50%", "%", "%%", "%41%2F", "{{"] {
            assert!(!is_filled_in(value) && !is_evidently_filled_in(value), "{value}");
        }
    }

    #[test]
    fn references_of_shells_and_ci_services_are_not_credentials() {
        for text in [
            "password = \"$PASSWORD\"",
            "password=\"$foo\"",
            "password=$foo\npassword='${foo}' token=\"${foo:-$bar}\"",
            "$password = \"$env:Foo\"; $token = $env:Foo",
            "set password=%foo%",
            "password: \"%FOO%\"",
            "env:\n  TOKEN: ${{ secrets.X }}\n  API_KEY: \"${{ secrets.Y }}\"",
            "password=${{ secrets.X }}&token=${{secrets.X}}",
            "password=\"$(pass show shop)\" token=$(cat token)",
            "{\"password\": \"$(DbPassword)\", \"token\": \"$foo\"}",
            "<password>$foo</password>",
            "const url = \"https://me:$foo@h/\"; const other = `https://me:${pw}@h/`; psql postgres://me:$PW@h/db",
            "export PASSWORD=\"$DB_AUTH\" API_KEY=\"${api_key}\"",
            "export PASSWORD=$PASSWORD\ntoken=\"$1\"",
            "curl -u \"$USER:$PASSWORD\" -d \"password=$PASSWORD\" -d '{\"token\": \"$access_token\"}' h",
            "curl -u \"$(whoami):$(cat pw)\" h; curl -u ${{ secrets.U }}:${{ secrets.P }} h",
            "sshpass -p $env:PW ssh me@host",
            "curl -H \"Authorization: Bearer $(cat token)\" -H 'X-Api-Key: ${{ secrets.KEY }}' h",
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
