use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{MASK, is_placeholder, is_secret, is_secret_value, may_hold};

/// The shortest word in the middle of a text that is taken for a credential.
const SHORTEST: usize = 16;

/// A credential that stands in a text as such and not as a `{{reference}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal<'t> {
    /// What it is called there; empty when only its shape tells.
    pub name: &'t str,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The literal credentials in `text`, in order, whatever the text is: a URL, a form, header lines, JSON, a script, prose.
#[must_use]
pub fn literals(text: &str) -> Vec<Literal<'_>> {
    if may_hold(text) { search(text) } else { Vec::new() }
}

fn search(text: &str) -> Vec<Literal<'_>> {
    let mut found = private_keys(text);
    found.extend(url_password(text));
    found.extend(fields(text));
    found.extend(settings(text));
    found.extend(header_lines(text));
    found.extend(quoted(text));
    found.extend(words(text));
    found.retain(|literal| !is_placeholder(&text[literal.range.clone()]));
    // Of two that overlap the longer, first found one says more.
    found.sort_by_key(|literal| (literal.range.start, std::cmp::Reverse(literal.range.end)));
    let mut end = 0;
    found.retain(|literal| {
        let outside = literal.range.start >= end;
        end = end.max(literal.range.end);
        outside
    });
    found
}

/// `text` with its literal credentials masked. It has as many lines as before.
#[must_use]
pub fn mask_text(text: &str) -> String {
    replace_literals(text, |secret| MASK.to_owned() + &"\n".repeat(secret.matches('\n').count()))
}

/// `text` without its literal credentials.
#[must_use]
pub fn without_literals(text: &str) -> String {
    replace_literals(text, |_| String::new())
}

/// `text` with each literal credential replaced by what `with` makes of it.
pub(super) fn replace_literals(text: &str, with: impl Fn(&str) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut done = 0;
    for literal in literals(text) {
        replaced.push_str(&text[done..literal.range.start]);
        replaced.push_str(&with(&text[literal.range.clone()]));
        done = literal.range.end;
    }
    replaced.push_str(&text[done..]);
    replaced
}

/// What stands between the first and the last line of the private key `text`, or of a part of one, without the line breaks
/// around it, be they breaks or written `\n`. None when it has neither line.
pub(super) fn private_key_inside(text: &str) -> Option<Range<usize>> {
    const START: &str = "PRIVATE KEY-----";
    let first = text.find("-----BEGIN").and_then(|at| Some(at + text[at..].find(START)? + START.len()));
    let start = first.unwrap_or(0);
    let last = text[start..].find("-----END").map(|length| start + length);
    first.or(last)?;
    let end = last.unwrap_or(text.len());
    let (mut inside, mut rest) = (&text[start..end], "");
    while inside != rest {
        rest = inside;
        inside = ["\\n", "\\r"].iter().fold(rest, |rest, mark| rest.strip_prefix(mark).unwrap_or(rest));
        inside = ["\\n", "\\r"].iter().fold(inside, |rest, mark| rest.strip_suffix(mark).unwrap_or(rest));
        inside = inside.trim();
    }
    Some(range_of(inside, text))
}

/// Private keys as PEM spells them, from the first dash to the last.
fn private_keys(text: &str) -> Vec<Literal<'_>> {
    const END: &str = "PRIVATE KEY-----";
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find("-----BEGIN ").map(|begin| at + begin) {
        let Some(head) = text[begin..].find(END).map(|head| begin + head + END.len()) else { break };
        let end = text[head..].find(END).map_or(text.len(), |tail| head + tail + END.len());
        if !text[begin..head].contains('\n') {
            found.push(Literal { name: "", range: begin..end });
        }
        at = end;
    }
    found
}

/// The password of `https://user:password@host`.
fn url_password(text: &str) -> Option<Literal<'_>> {
    let start = text.find("://")? + 3;
    let authority = text[start..].split(['/', '?', '#', ' ', '"', '\'', '\n']).next()?;
    let (user_info, _) = authority.rsplit_once('@')?;
    let (_, password) = user_info.split_once(':')?;
    let name = "password";
    is_secret(name, password).then(|| Literal { name, range: range_of(password, text) })
}

/// The `name=value` of queries and forms.
fn fields(text: &str) -> impl Iterator<Item = Literal<'_>> {
    text.match_indices('=').filter_map(move |(at, _)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.[]%".contains(c);
        let name = text[..at].rsplit(|c| !is_name(c)).next()?;
        let before = &text[..at - name.len()];
        let opened = before.is_empty() || before.ends_with(['?', '&', '\n']);
        let ends = |c: char| c.is_whitespace() || "&#\"'`<>".contains(c);
        let value = text[at + 1..].split(ends).next()?;
        // Code looks alike, but calls things and ends its lines.
        let opened = opened && !value.contains(['(', ';']);
        (opened && is_secret(name, value)).then(|| Literal { name, range: range_of(value, text) })
    })
}

/// The `Name=value;` of connection strings, which start by saying where to connect to.
fn settings(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let names = ["server", "data source", "host", "endpoint", "defaultendpointsprotocol", "driver"];
    // Most texts are none, and going through lines is slow.
    let settings = if text.contains(';') && text.contains('=') { text } else { "" };
    settings.lines().filter(|line| line.contains(';')).flat_map(move |line| {
        let start = line.match_indices('=').find_map(|(at, _)| {
            let before = |name: &str| line.as_bytes().get(at.checked_sub(name.len())?..at);
            let is = |name: &&&str| before(name).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
            names.iter().find(is).map(|name| at - name.len())
        });
        let rest = start.map_or("", |start| &line[start..]);
        let rest = rest.split(['"', '\'', '`']).next().unwrap_or_default();
        rest.split(';').filter_map(move |setting| {
            let (name, value) = setting.split_once('=')?;
            let (name, value) = (name.trim(), value.trim());
            // Code looks alike, but calls things.
            (is_secret(name, value) && !value.contains('('))
                .then(|| Literal { name, range: range_of(value, text) })
        })
    })
}

/// The values of `Authorization: …` and other headers on lines of their own.
fn header_lines(text: &str) -> impl Iterator<Item = Literal<'_>> {
    text.lines().filter_map(move |line| {
        let length = line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let (name, rest) = line.split_at(length);
        let value = rest.strip_prefix(": ")?.trim_end();
        // Prose looks alike, but has more words and no parameters.
        let plain = value.split(' ').count() <= 2 || value.contains('=');
        (plain && is_secret(name, value)).then(|| Literal { name, range: range_of(value, text) })
    })
}

/// The strings that JSON and scripts give to names: `"name": "value"`, `name = 'value'`, `set("name", "value")`.
fn quoted(text: &str) -> Vec<Literal<'_>> {
    let bytes = text.as_bytes();
    let (mut found, mut name, mut given, mut at) = (Vec::new(), Name::None, false, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => {
                let Some(length) = string_length(&bytes[at + 1..], byte) else {
                    (name, given, at) = (Name::None, false, at + 1);
                    continue;
                };
                let range = at + 1..at + 1 + length;
                let content = &text[range.clone()];
                // `JWT: 'JWT'` names one of several choices.
                let secret = |name: &&str| is_secret(name, content) && !name.eq_ignore_ascii_case(content);
                let secret = name.text().filter(|_| given).filter(secret);
                found.extend(secret.map(|name| Literal { name, range }));
                // What was given to a name is none itself.
                name = match name {
                    _ if given => Name::None,
                    Name::Call => Name::Argument(content),
                    _ => Name::Quoted(content),
                };
                (given, at) = (false, at + length + 2);
                continue;
            }
            b'=' if bytes.get(at + 1) == Some(&b'=') => {
                (name, given) = (Name::None, false);
                at += 1;
            }
            b':' | b'=' => given = true,
            b',' if matches!(name, Name::Argument(_)) && !given => given = true,
            byte if byte.is_ascii_whitespace() => {}
            b'(' => (name, given) = (Name::Call, false),
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|&&byte| is_word(byte)).count();
                (name, given, at) = (Name::Word(&text[at..at + length]), false, at + length);
                continue;
            }
            _ => (name, given) = (Name::None, false),
        }
        at += 1;
    }
    found
}

/// What a string that follows may be given to.
enum Name<'t> {
    None,
    Word(&'t str),
    Quoted(&'t str),
    /// A call has been opened, and what follows is its first argument: lists have commas, too.
    Call,
    Argument(&'t str),
}

impl<'t> Name<'t> {
    fn text(&self) -> Option<&'t str> {
        match *self {
            Self::None | Self::Call => None,
            Self::Word(text) | Self::Quoted(text) | Self::Argument(text) => Some(text),
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

/// How long the string is whose opening `quote` stands before `rest`; none when it does not end on its line.
fn string_length(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|&byte| byte == quote || matches!(byte, b'\\' | b'\n'))?;
        match rest[at] {
            b'\\' => at += 2,
            b'\n' if quote != b'`' => return None,
            b'\n' => at += 1,
            _ => return Some(at),
        }
    }
}

/// Whether a byte may be part of a credential.
static WORD_PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < parts.len() {
        let it = byte as u8;
        parts[byte] =
            it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'!' | b'+' | b'/' | b'=' | b'~');
        byte += 1;
    }
    parts
};

/// Words that have the shape of a credential, and what follows `Bearer` and `Basic`.
fn words(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| WORD_PARTS[usize::from(*byte)];
    let (mut at, mut before) = (0, "");
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(is_part)?;
            let end =
                bytes[start..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |it| start + it);
            // A scheme and what follows it have one blank between them.
            let scheme = if start == at + 1 { before } else { "" };
            (at, before) = (end, &text[start..end]);
            let word = before.trim_end_matches(['.', '!', '/']);
            let long = word.len() >= SHORTEST;
            let shaped = long && (matches!(scheme, "Bearer" | "Basic") || is_secret_value(word));
            if shaped || (scheme == "Basic" && is_basic(word)) {
                return Some(Literal { name: "", range: range_of(word, text) });
            }
        }
    })
}

/// Whether `word` is base64 of `user:password`.
fn is_basic(word: &str) -> bool {
    let decoded = STANDARD.decode(word).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.is_some_and(|text| text.contains(':') && !text.contains(char::is_control))
}

/// Where `part`, a slice of `text`, stands in it.
fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        literals(text).into_iter().map(|literal| (literal.name, &text[literal.range])).collect()
    }

    #[test]
    fn credentials_are_found_in_texts_of_every_kind() {
        let token = "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
        for (text, credentials) in [
            ("https://h/p?a=1&access_token=abc&b=2#x", &[("access_token", "abc")][..]),
            ("client_id=x&client_secret=s3cret", &[("client_secret", "s3cret")]),
            ("https://me:hunter2@h/", &[("password", "hunter2")]),
            ("Accept: */*\r\nAuthorization: Bearer abc\r\n", &[("Authorization", "Bearer abc")]),
            ("{\n\"user\": \"me\",\n\"password\" : \"p\\\"w\"}", &[("password", "p\\\"w")]),
            ("pm.environment.set('api_key', 'k1'); let token = \"t\";", &[("api_key", "k1"), ("token", "t")]),
            ("curl -H 'Authorization: Bearer AbCdEfGhIjKlMnOp'", &[("", "AbCdEfGhIjKlMnOp")]),
            ("curl -H 'Authorization: Basic YTpi'", &[("", "YTpi")]),
            ("Server=db;User Id=me;Password=p w!;Encrypt=true;", &[("Password", "p w!")]),
            (
                "const c = \"AccountName=a;Endpoint=https://h;AccountKey=Zm9v==\";",
                &[("AccountKey", "Zm9v==")],
            ),
            ("user=me&pass=hunter2", &[("pass", "hunter2")]),
            (
                "see -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----.",
                &[("", "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----")],
            ),
            ("é AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL, and", &[("", token)]),
        ] {
            assert_eq!(found(text), credentials, "{text}");
        }
    }

    #[test]
    fn what_gives_no_hint_holds_nothing() {
        let here = include_str!("literal.rs").lines().chain(include_str!("../secret.rs").lines());
        for text in here {
            assert_eq!(literals(text), search(text), "{text}");
        }
    }

    #[test]
    fn references_code_and_prose_are_none() {
        for text in [
            "https://h/p?access_token={{access_token}}&token=",
            "client_secret={{client_secret}}&grant_type=refresh_token",
            "Authorization: Bearer {{access_token}}\nContent-Type: application/json",
            "{\"password\": \"{{pw}}\", \"token_type\": \"bearer\", \"secret\": \"\"}",
            "const token = pm.response.json().access_token;\npm.test('Token is there', () => {});",
            "if (token === \"abc\") { /* don't */ }",
            "token=getToken();",
            "The access token: see the guide about it.",
            "Password: the one of your account",
            "Basic authentication, Bearer <token>",
            "host=location.host; password=getPassword();",
            "const types = {BEARER: 'BEARER', JWT: 'jwt'};",
            "used with `authorization_code`, `client_credentials`, or \"api_key\", \"none\"",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
