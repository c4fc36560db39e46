mod command;
mod named;
mod private_key;
mod prose;
mod quoted;
mod table;
mod words;

use std::ops::Range;

pub use private_key::leaves_key_open;
pub(super) use private_key::{is_putty_key, private_key_inside};

use super::reference::is_evidently_filled_in;
use super::{MASK, is_placeholder, is_secret, may_contain_secret, url};
use crate::text::keep_outermost;

/// A credential that a text contains literally rather than as a `{{reference}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal<'t> {
    /// Its name in the text; empty if only its shape gives it away.
    pub name: &'t str,
    /// Its byte range in the text.
    pub range: Range<usize>,
}

/// The name of the key at the end of a webhook's URL.
pub const WEBHOOK: &str = "webhook";

/// The literal credentials in `text`, in order. The text may be anything: a URL, a form, header lines, JSON, a script,
/// prose.
#[must_use]
pub fn literals(text: &str) -> Vec<Literal<'_>> {
    if may_contain_secret(text) { search(text) } else { Vec::new() }
}

fn search(text: &str) -> Vec<Literal<'_>> {
    let mut found = if is_one_word(text) { Vec::new() } else { named_or_delimited(text) };
    found.extend(words::words(text));
    found.retain(|literal| {
        let value = &text[literal.range.clone()];
        !is_placeholder(value) && !is_evidently_filled_in(value)
    });
    // Of two that overlap, the longer one says more, or the one that was found first.
    keep_outermost(&mut found, |literal| literal.range.clone());
    found
}

/// Whether `text` is a single name or id, without any character that could separate a value from its name.
fn is_one_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// The credentials that `text` gives a name or delimits, rather than those that only their shape gives away.
fn named_or_delimited(text: &str) -> Vec<Literal<'_>> {
    let mut found = private_key::private_keys(text);
    found.extend(in_urls(text));
    found.extend(named::fields(text));
    found.extend(named::settings(text));
    found.extend(named::header_lines(text));
    found.extend(named::comments(text));
    found.extend(named::sentences(text));
    found.extend(table::cells(text));
    found.extend(prose::stated(text));
    found.extend(command::given(text));
    found.extend(named::cookies(text));
    found.extend(named::elements(text));
    found.extend(quoted::quoted(text));
    found
}

/// Returns `text` with its literal credentials masked. The number of lines stays the same.
#[must_use]
pub fn mask_text(text: &str) -> String {
    replace_literals(text, |secret| MASK.to_owned() + &"\n".repeat(secret.matches('\n').count()))
}

/// Returns `text` without its literal credentials.
#[must_use]
pub fn without_literals(text: &str) -> String {
    replace_literals(text, |_| String::new())
}

/// Returns `text` with `replacement` applied to each literal credential.
pub(super) fn replace_literals(text: &str, replacement: impl Fn(&str) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut done = 0;
    for literal in literals(text) {
        replaced.push_str(&text[done..literal.range.start]);
        replaced.push_str(&replacement(&text[literal.range.clone()]));
        done = literal.range.end;
    }
    replaced.push_str(&text[done..]);
    replaced
}

/// The passwords and webhook keys in the URLs of `text`.
fn in_urls(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let passwords = url::passwords(text).map(|it| ("password", it)).filter(|(name, it)| is_secret(name, it));
    let webhooks = url::webhook_keys(text).map(|it| (WEBHOOK, it));
    passwords.chain(webhooks).map(|(name, it)| Literal { name, range: range_of(it, text) })
}

/// The byte range of `part`, a slice of `text`, in it.
fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn found(text: &str) -> Vec<(&str, &str)> {
        literals(text).into_iter().map(|literal| (literal.name, &text[literal.range])).collect()
    }

    #[test]
    fn credentials_are_found_in_texts_of_every_kind() {
        let token = "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
        for (text, credentials) in [
            ("https://h/p?a=1&access_token=abc&b=2#x", &[("access_token", "abc")][..]),
            ("?token=abc?token=def&a=b", &[("token", "abc?token=def")]),
            ("?url=https://h/?token=abc", &[("token", "abc")]),
            ("don't \\' say \"token\": \"t1\" \\'", &[("token", "t1")]),
            ("client_id=x&client_secret=s3cret", &[("client_secret", "s3cret")]),
            ("see https://h/ and https://me:hunter2@h/", &[("password", "hunter2")]),
            (
                "curl https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/NotReal0001.",
                &[("webhook", "NotReal0001")],
            ),
            ("https://a.blob.core.windows.net/c/f?sp=r&sig=NotReal%3D", &[("sig", "NotReal%3D")]),
            ("Accept: */*\r\nAuthorization: Bearer abc\r\n", &[("Authorization", "Bearer abc")]),
            ("{\n\"user\": \"me\",\n\"password\" : \"p\\\"w\"}", &[("password", "p\\\"w")]),
            (
                "curl -d '{\"password\": \"p1\"}' and `\"token\": \"t\"`",
                &[("password", "p1"), ("token", "t")],
            ),
            ("pm.environment.set('api_key', 'k1'); let token = \"t\";", &[("api_key", "k1"), ("token", "t")]),
            (
                "curl -H 'Authorization: Bearer AbCdEfGhIjKlMnOp'",
                &[("Authorization", "Bearer AbCdEfGhIjKlMnOp")],
            ),
            ("curl -H \"X-Api-Key: hunter2\" x", &[("X-Api-Key", "hunter2")]),
            ("`curl --header \\\"Api-Key: bd71c93e04fa5826\\\"`", &[("Api-Key", "bd71c93e04fa5826")]),
            ("send (X-Auth-Token: bd71c93e04fa5826)", &[("X-Auth-Token", "bd71c93e04fa5826")]),
            ("curl -sSu me:pw x", &[("password", "pw")]),
            ("curl x --user=\"me:pw\"", &[("password", "pw")]),
            ("set PASSWORD=hunter2\n  export API_KEY=k1", &[("PASSWORD", "hunter2"), ("API_KEY", "k1")]),
            ("<b>password:</b> S3cr3tPw9", &[("password", "S3cr3tPw9")]),
            (
                "client_secret: hunter2\n- **Password:** hunter2",
                &[("client_secret", "hunter2"), ("Password", "hunter2")],
            ),
            ("[\"api_key\" => \"k1\"]", &[("api_key", "k1")]),
            ("curl -H 'Authorization: Basic YTpi'", &[("Authorization", "Basic YTpi")]),
            ("Server=db;User Id=me;Password=p w!;Encrypt=true;", &[("Password", "p w!")]),
            (
                "const c = \"AccountName=a;Endpoint=https://h;AccountKey=Zm9v==\";",
                &[("AccountKey", "Zm9v==")],
            ),
            ("user=me&pass=hunter2", &[("pass", "hunter2")]),
            (
                "use password: hunter2-x, and (as api key: k-12345).",
                &[("password", "hunter2-x"), ("api key", "k-12345")],
            ),
            (
                "Use password = hunter2x1, or the password is hunter3x1.",
                &[("password", "hunter2x1"), ("password", "hunter3x1")],
            ),
            (
                "| api key | k0x9-12345 |\n- **Token:** a0x9-12345",
                &[("api key", "k0x9-12345"), ("Token", "a0x9-12345")],
            ),
            (
                "| name | value |\n|---|:--|\n| `client_secret` | hunter2 |\n| db password | Tulip@2026 | of the test |",
                &[("client_secret", "hunter2"), ("db password", "Tulip@2026")],
            ),
            (
                "Accounts:\n| user | **Password** | role |\n| --- | --- | --- |\n| ann1x2 | `tulip4711` | user2admin |",
                &[("Password", "tulip4711")],
            ),
            (
                "<table><tr><td>Client secret</td>\n<td><code>hunter2</code></td></tr></table>",
                &[("Client secret", "hunter2")],
            ),
            (
                "<table><tr><th>Login</th><th>Password</th></tr><tr><td>ann12345</td><td>hunter2</td></tr></table>",
                &[("Password", "hunter2")],
            ),
            (
                "Log in with the password: correct-horse-battery\n| Secret | pale-blue-tulip |\n**Password:** tulip!garden of Ann",
                &[
                    ("password", "correct-horse-battery"),
                    ("Secret", "pale-blue-tulip"),
                    ("Password", "tulip!garden"),
                ],
            ),
            (
                "| User | Password |\n|---|---|\n| Ann | correct-horse-battery |\n\nthe password is `pale-blue-tulip` now",
                &[("Password", "correct-horse-battery"), ("password", "pale-blue-tulip")],
            ),
            (
                "password `hunter2x1`, *secret*: \"a0x9.b1\"",
                &[("password", "hunter2x1"), ("secret", "a0x9.b1")],
            ),
            ("curl -H \"X-Api-Key: a0x9b1c2\" -u 'me:pw'", &[("X-Api-Key", "a0x9b1c2"), ("password", "pw")]),
            ("curl -d 'password=hunter2' --user me:pw x", &[("password", "hunter2"), ("password", "pw")]),
            ("code=Ab0Cd1Ef2Gh3Ij4K&a=b", &[("code", "Ab0Cd1Ef2Gh3Ij4K")]),
            ("var y = \"{\\\"password\\\": \\\"hunter2\\\", \\\"a\\\": 1}\";", &[("password", "hunter2")]),
            (
                "curl.exe -U me:pw1 --oauth2-bearer t0k3n -H'Authorization: token a0x9b1c2'",
                &[("password", "pw1"), ("token", "t0k3n"), ("Authorization", "token a0x9b1c2")],
            ),
            (
                "f('-----BEGIN PRIVATE KEY-----'); '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----'",
                &[(
                    "",
                    "-----BEGIN PRIVATE KEY-----'); '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----",
                )],
            ),
            (
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\nxcL\n-----END PGP PRIVATE KEY BLOCK-----",
                &[("", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nxcL\n-----END PGP PRIVATE KEY BLOCK-----")],
            ),
            (
                "x PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nQUJD\nPrivate-MAC: 0a1b\ny",
                &[("", "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nQUJD\nPrivate-MAC: 0a1b")],
            ),
            ("{\"code\": \"Ab0Cd1Ef2Gh3Ij4K\"}", &[("code", "Ab0Cd1Ef2Gh3Ij4K")]),
            ("// pw: hunter2\n  // Login: me\n# api key: k-1", &[("pw", "hunter2"), ("api key", "k-1")]),
            ("session=s1; Path=/; HttpOnly", &[("session", "s1")]),
            ("lang=de; session=s1", &[("session", "s1")]),
            (
                "<a><password>hunter2</password><x:Pin t='1'>\n12 </x:Pin></a>",
                &[("password", "hunter2"), ("Pin", "12")],
            ),
            (
                "see -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----.",
                &[("", "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----")],
            ),
            (
                "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n-----BEGIN RSA PRIVATE KEY-----\nMIX\n-----END RSA PRIVATE KEY-----\n",
                &[("", "-----BEGIN RSA PRIVATE KEY-----\nMIX\n-----END RSA PRIVATE KEY-----")],
            ),
            ("é AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL, and", &[("", token)]),
        ] {
            assert_eq!(found(text), credentials, "{text}");
        }
    }

    #[test]
    fn texts_without_hints_contain_no_credentials() {
        let here = include_str!("literal.rs").lines().chain(include_str!("../secret.rs").lines());
        for text in here {
            assert_eq!(literals(text), search(text), "{text}");
        }
    }

    #[test]
    fn references_code_and_prose_are_not_credentials() {
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
            "// token: pm.environment.get('t1')\n// token: the 2nd one\n * token: string\n  token: data.t1,",
            "<token>{{t1}}</token><password></password><password>?</password>",
            "a=1; token=getToken(1); b=2",
            "Basic authentication, Bearer <token>",
            "host=location.host; password=getPassword();",
            "const types = {BEARER: 'BEARER', JWT: 'jwt'};",
            "code=200&code=item_name_in_use and {\"code\": \"SOMETHING_WENT_WRONG_42\"}",
            "send a token: OAuth2 or the password: see 2.1",
            "let a = {b, token: data12.token};",
            "const token = r1.data.token\nlet password = $pass1x2\nif (token || x1y2z3w4) {}",
            "The token is RS256-signed, the password is base64Encoded or sha-256, the secret is AES128_GCM.",
            "['token', 'a0x9b1c2'], password 'is', a secret \"of 12 characters\"",
            "secret: boolean\ntoken: optional(string)\npassword: min8chars\ncredentials: same-origin",
            "curl -H 'Authorization: Bearer $TOKEN' -H \"X-Api-Key: %KEY%\" -H 'Api-Key: {{key}}'",
            "does not contain the token => 26f0bca6-8070, (token) => 'a1'",
            "curl -u {{user}}:{{password}} x; sort -u a:b",
            "| password | string255 | client_secret |\n|---|---|---|\n| SHA-256 | AES128 | see 2.1 |",
            "| token | space-4 | password | VARCHAR(255) | secret | {{secret1}} | the password of the user | ann12345 |",
            "| password2 |\n| tulip4711 |\nif (password || user1234) {}",
            "The password: end-to-end encrypted\nuse the password: yours\nthe secret is user-defined\na password: me@shop.example",
            "| Password | Secret |\n|---|---|\n| the-old-password | required |\n\n**Password:** me@shop.example",
            "used with `authorization_code`, `client_credentials`, or \"api_key\", \"none\"",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
