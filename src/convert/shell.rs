use super::{Converted, exports};
use crate::model::Scope;

/// A family of shells.
#[derive(Clone, Copy, Debug)]
pub(super) enum Family {
    /// sh, bash, zsh and the like.
    Sh,
    Fish,
    PowerShell,
}

/// Writes lines that export each variable in the shell that runs them.
pub(super) fn write(scope: &Scope<'_>, family: Family) -> Converted {
    let exports = exports(scope).harmless();
    let line = |export: &super::Export| family.line(&export.name, &export.value);
    Converted { text: exports.variables.iter().map(line).collect(), notes: exports.notes }
}

impl Family {
    fn line(self, name: &str, value: &str) -> String {
        match self {
            Self::Sh if is_plain(value) => format!("export {name}={value}\n"),
            Self::Sh => format!("export {name}='{}'\n", value.replace('\'', r"'\''")),
            Self::Fish => format!("set -gx {name} '{}'\n", value.replace('\\', r"\\").replace('\'', r"\'")),
            // PowerShell treats typographic quotes as quotes too.
            Self::PowerShell => {
                let quoted: String = value
                    .chars()
                    .flat_map(|c| {
                        let times = if matches!(c, '\'' | '\u{2018}'..='\u{201b}') { 2 } else { 1 };
                        std::iter::repeat_n(c, times)
                    })
                    .collect();
                format!("$env:{name} = '{quoted}'\n")
            }
        }
    }
}

/// Whether `value` needs no quotes in any shell or dotenv file.
pub(super) fn is_plain(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+,=".contains(&byte);
    // zsh expands `=name` to the path of a command.
    value.bytes().all(plain) && !value.starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shell_has_its_own_quotes() {
        let lines = |value: &str| {
            [Family::Sh, Family::Fish, Family::PowerShell].map(|family| family.line("K", value)).concat()
        };
        assert_eq!(
            lines("https://a.b/c"),
            "export K=https://a.b/c\nset -gx K 'https://a.b/c'\n$env:K = 'https://a.b/c'\n"
        );
        assert_eq!(lines(""), "export K=\nset -gx K ''\n$env:K = ''\n");
        assert_eq!(
            lines("it's \\ ‘$x’\n"),
            "export K='it'\\''s \\ ‘$x’\n'\nset -gx K 'it\\'s \\\\ ‘$x’\n'\n$env:K = 'it''s \\ ‘‘$x’’\n'\n"
        );
    }
}
