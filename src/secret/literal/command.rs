//! Secrets on command lines: `curl -u user:password`, `sshpass -p password`.

use super::named::header;
use super::prose::MARKUP;
use super::{Literal, range_of};
use crate::secret::is_secret;
use crate::secret::reference::is_filled_in;

/// An option that takes a secret.
struct SecretOption {
    /// Its spelling, with the dashes.
    name: &'static str,
    placement: Placement,
    content: Content,
}

/// Where the value of an option may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Placement {
    /// In the next word or in the same one: `--user=…`, `-u…`.
    Anywhere,
    /// Only in the same word. Without a value, the program asks for it.
    Joined,
}

/// What the value of an option contains.
#[derive(Clone, Copy)]
enum Content {
    /// A secret, with its name.
    Secret(&'static str),
    /// A user name, a colon and a password.
    Login,
    /// Cookies; without `=`, the path of a cookie file.
    Cookies,
    /// A header.
    Header,
}

const fn anywhere(name: &'static str, content: Content) -> SecretOption {
    SecretOption { name, placement: Placement::Anywhere, content }
}

const fn joined(name: &'static str, content: Content) -> SecretOption {
    SecretOption { name, placement: Placement::Joined, content }
}

const PASSWORD: Content = Content::Secret("password");

/// The programs, with their options.
const PROGRAMS: [(&[&str], &[SecretOption]); 5] = [
    (
        &["curl"],
        &[
            anywhere("-u", Content::Login),
            anywhere("--user", Content::Login),
            anywhere("-U", Content::Login),
            anywhere("--proxy-user", Content::Login),
            anywhere("--oauth2-bearer", Content::Secret("token")),
            anywhere("--pass", Content::Secret("pass")),
            anywhere("-b", Content::Cookies),
            anywhere("--cookie", Content::Cookies),
        ],
    ),
    (
        &["wget"],
        &[
            anywhere("--password", PASSWORD),
            anywhere("--http-password", PASSWORD),
            anywhere("--ftp-password", PASSWORD),
            anywhere("--proxy-password", PASSWORD),
        ],
    ),
    // HTTPie and its clone xh.
    (&["http", "https", "xh", "xhs"], &[anywhere("-a", Content::Login), anywhere("--auth", Content::Login)]),
    (&["sshpass"], &[anywhere("-p", PASSWORD)]),
    (
        &["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump"],
        &[joined("-p", PASSWORD), joined("--password", PASSWORD)],
    ),
];

/// Options that are recognized whatever the program.
const COMMON: [SecretOption; 2] = [anywhere("-H", Content::Header), anywhere("--header", Content::Header)];

/// The secrets that `text` passes to commands.
pub(super) fn given(text: &str) -> impl Iterator<Item = Literal<'_>> {
    // Most texts contain no commands, and going through the words is slow.
    let mut rest = if has_options(text) { text } else { "" };
    let mut options: &[SecretOption] = &[];
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(length);
            if word.is_empty() {
                return None;
            }
            // Within a call or quotes, something comes before it.
            let option = word.trim_start_matches(|c| MARKUP.contains(&c) || "\\([".contains(c));
            let start = &rest[word.len() - option.len()..];
            rest = behind;
            if option.starts_with('-') {
                let mut known = options.iter().chain(&COMMON);
                let Some((value, content)) = known.find_map(|it| Some((value_of(it, start)?, it.content)))
                else {
                    continue;
                };
                if let Some((name, secret)) = secret_in(value, content, text) {
                    let range = range_of(secret, text);
                    rest = &text[range.end.max(text.len() - rest.len())..];
                    return Some(Literal { name, range });
                }
            } else if let Some(of_program) = options_of(word) {
                options = of_program;
            } else if word.contains([';', '|']) && !word.contains(['"', '\'']) {
                options = &[];
            }
        }
    })
}

/// Whether `text` contains something that looks like an option.
fn has_options(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('-').any(|(at, _)| {
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        starts && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'-')
    })
}

/// The options of the program named at the end of `word`: `curl`, `/usr/bin/curl`, `exec("curl.exe`.
fn options_of(word: &str) -> Option<&'static [SecretOption]> {
    if word.contains("://") {
        return None;
    }
    let name = word.rsplit(|c: char| !c.is_ascii_alphanumeric() && !"-.".contains(c)).next()?;
    let name = name.strip_suffix(".exe").unwrap_or(name);
    PROGRAMS.iter().find(|(names, _)| names.contains(&name)).map(|(_, options)| *options)
}

/// The value of `option`, if `rest` of a command starts with it.
fn value_of<'t>(option: &SecretOption, rest: &'t str) -> Option<&'t str> {
    let is_long = option.name.starts_with("--");
    let behind = match rest.strip_prefix(option.name) {
        Some(behind) => behind,
        // A short option may follow others in one word, as in `-sSu`.
        None if is_long || option.placement == Placement::Joined => return None,
        None => {
            let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let (all, behind) = rest.split_at(1 + letters);
            (all.ends_with(&option.name[1..]) && behind.starts_with(' ')).then_some(behind)?
        }
    };
    let is_joined = !behind.starts_with(char::is_whitespace);
    if (is_long && is_joined && !behind.starts_with('='))
        || (!is_joined && option.placement == Placement::Joined)
    {
        return None;
    }
    let value = behind.trim_start_matches([' ', '\t']);
    let value = value.strip_prefix('=').unwrap_or(value);
    // Within a string, quotes are escaped with a backslash.
    let quoted = value.trim_start_matches('\\');
    Some(match quoted.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => quoted[1..].split([quote, '\n']).next()?.trim_end_matches('\\'),
        None => {
            let word = value.split(|c: char| c.is_whitespace() || matches!(c, ';' | '|')).next()?;
            word.trim_matches(|c| MARKUP.contains(&c) || c == '\\')
        }
    })
}

/// The name and the text of the secret in `value`, a part of `text`.
fn secret_in<'t>(value: &'t str, content: Content, text: &'t str) -> Option<(&'t str, &'t str)> {
    let (name, secret) = match content {
        Content::Secret(name) => (name, value),
        Content::Login => ("password", value.split_once(':')?.1),
        Content::Cookies => ("cookie", Some(value).filter(|value| value.contains('='))?),
        Content::Header => {
            let Literal { name, range } = header(value, text)?;
            return Some((name, &text[range]));
        }
    };
    (is_secret(name, secret) && !is_filled_in(secret)).then_some((name, secret))
}

#[cfg(test)]
mod tests {
    use crate::secret::literal::tests::found;

    #[test]
    fn secrets_passed_to_programs_are_found() {
        for (text, secrets) in [
            ("sshpass -p tulip ssh me@host", &[("password", "tulip")][..]),
            ("Log in: `sshpass -ptulip ssh me@host`", &[("password", "tulip")]),
            ("mysql -u root -ptulip shop", &[("password", "tulip")]),
            ("$ mysqldump --user=root --password='two words' shop", &[("password", "two words")]),
            ("http -a me:tulip https://h/", &[("password", "tulip")]),
            ("https --auth=me:tulip h/x | jq .", &[("password", "tulip")]),
            ("http POST h/x a=1 --auth me:tulip", &[("password", "tulip")]),
            ("wget --user me --password tulip https://h/", &[("password", "tulip")]),
            ("/usr/bin/wget --http-password=tulip https://h/", &[("password", "tulip")]),
            ("wget --header=\"X-Api-Key: a0x9b1c2\" h", &[("X-Api-Key", "a0x9b1c2")]),
            (
                "curl -b 'sid=a0x9; lang=en' h -u me:tulip",
                &[("cookie", "sid=a0x9; lang=en"), ("password", "tulip")],
            ),
            ("curl --cookie sid=a0x9 h", &[("cookie", "sid=a0x9")]),
            ("exec(\"curl.exe -sSu me:tulip h\")", &[("password", "tulip")]),
            ("curl -U=me:tulip1 h; mysql -ptulip2", &[("password", "tulip1"), ("password", "tulip2")]),
        ] {
            assert_eq!(found(text), secrets, "{text}");
        }
    }

    #[test]
    fn prompts_and_references_are_not_secrets() {
        for text in [
            "mysql -u root -p shop",
            "mysql --password shop -P 3306",
            "mysql -p$PASSWORD -p\"$PASSWORD\" --password={{password}} -p$(cat password) -p<password>",
            "sshpass -f password -e ssh me@host",
            "http -a me h/x",
            "curl -b cookies.txt -u me h",
            "curl h; sort -u a:b | cut -b 1=2",
            "docker run -p 8080:80 shop --auth me:tulip",
            "a list - of - mysql passwords",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
