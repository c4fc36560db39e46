//! Secrets on command lines: `curl -u user:password`, `sshpass -p password`.

mod program;

use super::named::header;
use super::prose::MARKUP;
use super::{Literal, range_of};
use crate::secret::is_secret;
use crate::secret::reference::is_filled_in;
use program::{COMMON, Content, HTTPIE_WITH_BEARER, Placement, Program, SecretOption, program_in};

/// The secrets that `text` passes to commands.
pub(super) fn given(text: &str) -> impl Iterator<Item = Literal<'_>> {
    // Most texts contain no commands, and going through the words is slow.
    let mut rest = if has_options(text) { text } else { "" };
    let mut command = Command::default();
    std::iter::from_fn(move || {
        loop {
            let blank = rest.len() - rest.trim_start().len();
            let before = &text[..text.len() - rest.len()];
            let starts_line =
                command.program.is_some() && rest[..blank].contains('\n') && !before.ends_with(CONTINUATIONS);
            rest = &rest[blank..];
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(length);
            if word.is_empty() {
                return None;
            }
            // Within a call or quotes, something comes before it.
            let option = word.trim_start_matches(|c| MARKUP.contains(&c) || "\\([".contains(c));
            let start = &rest[word.len() - option.len()..];
            rest = behind;
            if !option.starts_with('-') {
                command.go_on(word, starts_line);
                continue;
            }
            let mut known = command.options.iter().chain(&COMMON);
            let Some((value, content)) = known.find_map(|it| Some((value_of(it, start)?, it.content))) else {
                continue;
            };
            if matches!(content, Content::AuthType) && value == "bearer" {
                command.options = &HTTPIE_WITH_BEARER;
            }
            if let Some((name, secret)) = secret_in(value, content, text) {
                let range = range_of(secret, text);
                rest = &text[range.end.max(text.len() - rest.len())..];
                return Some(Literal { name, range });
            }
        }
    })
}

/// What ends a line whose command goes on in the next one: in POSIX shells, PowerShell and Windows' `cmd`.
const CONTINUATIONS: [char; 3] = ['\\', '`', '^'];

/// A command line, as far as it has been read.
#[derive(Default)]
struct Command {
    program: Option<&'static Program>,
    /// The options that it may have.
    options: &'static [SecretOption],
}

impl Command {
    /// Takes the next `word`, which is not an option and perhaps `starts_line`.
    fn go_on(&mut self, word: &str, starts_line: bool) {
        // Other lines may belong to a quoted value, such as JSON.
        let is_another = starts_line && word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$');
        if is_another || (word.contains([';', '|']) && !word.contains(['"', '\''])) || word == "&&" {
            *self = Self::default();
        }
        if let Some(program) = program_in(word) {
            let options = if program.subcommand.is_none() { program.options } else { &[] };
            *self = Self { program: Some(program), options };
        } else if let Some(program) = self.program.filter(|program| program.subcommand == Some(word)) {
            self.options = program.options;
        }
    }
}

/// Whether `text` contains something that looks like an option.
fn has_options(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('-').any(|(at, _)| {
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        starts && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'-')
    })
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
    // Another option follows, so the program asks for the value.
    if !is_joined && value.starts_with('-') {
        return None;
    }
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
        // Azure accepts the file of a certificate in the place of a password.
        Content::Secret(name) => (name, Some(value).filter(|value| !value.ends_with(".pem"))?),
        Content::Login => {
            // In PowerShell, the name of the user may be a variable with a colon.
            ("password", value.strip_prefix("$env:").unwrap_or(value).split_once(':')?.1)
        }
        Content::AuthType => return None,
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
            ("sshpass -p tulip ssh -p 2222 me@host", &[("password", "tulip")]),
            ("http -A bearer -a tulip h/x", &[("token", "tulip")]),
            ("https --auth-type=bearer --auth=tulip h/x", &[("token", "tulip")]),
            ("xh --auth-type basic -a me:tulip h/x", &[("password", "tulip")]),
            ("mongosh \"mongodb://h:1/db\" -u me -p tulip --quiet", &[("password", "tulip")]),
            ("mongodump --username me --password 'two words' --out x", &[("password", "two words")]),
            ("redis-cli -h cache -p 6379 -a tulip ping", &[("password", "tulip")]),
            ("redis-cli --user me --pass tulip", &[("password", "tulip")]),
            ("docker login -u me -p tulip registry.example", &[("password", "tulip")]),
            ("podman --log-level debug login --password=tulip h", &[("password", "tulip")]),
            ("az login --service-principal -u me -p 'tulip' --tenant t", &[("password", "tulip")]),
            ("ldapsearch -x -D cn=me,dc=x -w tulip -b dc=x", &[("password", "tulip")]),
            ("ldapadd -x -wtulip", &[("password", "tulip")]),
            ("sqlcmd -S db -U sa -P tulip -Q 'SELECT 1'", &[("password", "tulip")]),
            ("bcp db.t out t.csv -U sa -Ptulip", &[("password", "tulip")]),
            ("PGPASSWORD=tulip psql -h db", &[("PGPASSWORD", "tulip")]),
            (
                "$ PGPASSWORD=tulip psql\n cd x && docker run -e DB_PASSWORD=tulip2 shop",
                &[("PGPASSWORD", "tulip"), ("DB_PASSWORD", "tulip2")],
            ),
            ("psql postgres://me:tulip@db:5432/shop", &[("password", "tulip")]),
            ("curl h \\\n  -d '{\n  \"a\": 1\n}' \\\n  -u me:tulip", &[("password", "tulip")]),
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
            "ssh -p 22 me@host; mkdir -p dir; docker run -p 80:80 shop",
            "mongosh -u me -p\nmkdir -p dir\n$ docker run -p 80:80 shop",
            "mongosh -p --authenticationDatabase admin",
            "docker login -u me --password-stdin < file",
            "docker login h && docker run -p 80:80 shop && podman logs -p login",
            "az login --service-principal -u me -p ~/me.pem && az vm create -p 80",
            "redis-cli -p 6379 --askpass",
            "ldapsearch -x -W -D cn=me; curl -w '%{http_code}' h",
            "sqlcmd -S db -U sa -p1 -P $(SA_AUTH) -P %SA_AUTH% -P $env:SA_AUTH",
            "http -A digest -a me h/x",
            "curl.exe -u $env:USER:$env:PW h",
            "psql -h db -p 5432 -U me -w shop",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
