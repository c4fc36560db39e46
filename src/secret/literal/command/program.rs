//! The programs whose options take secrets.

/// An option that takes a secret.
pub(super) struct SecretOption {
    /// Its spelling, with the dashes.
    pub(super) name: &'static str,
    pub(super) placement: Placement,
    pub(super) content: Content,
}

/// Where the value of an option may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Placement {
    /// In the next word or in the same one: `--user=…`, `-u…`.
    Anywhere,
    /// Only in the same word. Without a value, the program asks for it.
    Joined,
}

/// What the value of an option contains.
#[derive(Clone, Copy)]
pub(super) enum Content {
    /// A secret, with its name.
    Secret(&'static str),
    /// A user name, a colon and a password.
    Login,
    /// The way to log in. After `bearer`, the program has [other options](HTTPIE_WITH_BEARER).
    AuthType,
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

/// A program.
pub(super) struct Program {
    names: &'static [&'static str],
    /// The subcommand that has the options.
    pub(super) subcommand: Option<&'static str>,
    pub(super) options: &'static [SecretOption],
}

const fn program(names: &'static [&'static str], options: &'static [SecretOption]) -> Program {
    Program { names, subcommand: None, options }
}

/// The programs, with their options.
static PROGRAMS: [Program; 12] = [
    program(
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
    program(
        &["wget"],
        &[
            anywhere("--password", PASSWORD),
            anywhere("--http-password", PASSWORD),
            anywhere("--ftp-password", PASSWORD),
            anywhere("--proxy-password", PASSWORD),
        ],
    ),
    // HTTPie and its clone xh.
    program(
        &["http", "https", "xh", "xhs"],
        &[
            anywhere("-a", Content::Login),
            anywhere("--auth", Content::Login),
            anywhere("-A", Content::AuthType),
            anywhere("--auth-type", Content::AuthType),
        ],
    ),
    program(&["sshpass"], &[anywhere("-p", PASSWORD)]),
    // What `sshpass` runs has a `-p` of its own, for the port.
    program(&["ssh", "scp", "sftp", "rsync"], &[]),
    program(
        &["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump"],
        &[joined("-p", PASSWORD), joined("--password", PASSWORD)],
    ),
    program(
        &["mongosh", "mongo", "mongodump", "mongorestore", "mongoexport", "mongoimport"],
        &[anywhere("-p", PASSWORD), anywhere("--password", PASSWORD)],
    ),
    program(&["redis-cli"], &[anywhere("-a", PASSWORD), anywhere("--pass", PASSWORD)]),
    program(&["sqlcmd", "bcp"], &[anywhere("-P", PASSWORD)]),
    // OpenLDAP's.
    program(
        &["ldapsearch", "ldapmodify", "ldapadd", "ldapdelete", "ldapwhoami"],
        &[anywhere("-w", PASSWORD)],
    ),
    Program { subcommand: Some("login"), ..program(&["docker", "podman"], LOGIN) },
    Program { subcommand: Some("login"), ..program(&["az"], LOGIN) },
];

/// The options of `login` commands.
const LOGIN: &[SecretOption] = &[anywhere("-p", PASSWORD), anywhere("--password", PASSWORD)];

/// The options of HTTPie after `--auth-type bearer`.
pub(super) static HTTPIE_WITH_BEARER: [SecretOption; 2] =
    [anywhere("-a", Content::Secret("token")), anywhere("--auth", Content::Secret("token"))];

/// Options that are recognized whatever the program.
pub(super) const COMMON: [SecretOption; 2] =
    [anywhere("-H", Content::Header), anywhere("--header", Content::Header)];

/// The program named at the end of `word`: `curl`, `/usr/bin/curl`, `exec("curl.exe`.
pub(super) fn program_in(word: &str) -> Option<&'static Program> {
    let name = word.rsplit(|c: char| !c.is_ascii_alphanumeric() && !"-.".contains(c)).next()?;
    let name = name.strip_suffix(".exe").unwrap_or(name);
    let program = PROGRAMS.iter().find(|program| program.names.contains(&name))?;
    // The end of an address is no program. Few words are names of programs, so this is checked last.
    (!word.contains("://")).then_some(program)
}
