use std::fmt;

use super::{Node, string};

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To the member of this name.
    Name(String),
    /// To the item at this index, from 0.
    Index(usize),
}

/// The steps from the root to one value. Displayed as an RFC 9535 path, with names in dot form if they allow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Step>);

/// Whether `text` is meant as a JSONPath rather than a name, which may also start with `$`.
#[must_use]
pub fn is_path(text: &str) -> bool {
    text == "$" || text.starts_with("$.") || text.starts_with("$[")
}

impl Path {
    /// Parses a JSONPath that can only select one value: names and indices from 0, as in `$.values[0]['key']`, which
    /// includes every normalized path. `None` for any other.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let mut rest = path.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = match rest.strip_prefix('.') {
                Some(dotted) => dotted_name(dotted)?,
                None => bracketed(rest.strip_prefix('[')?)?,
            };
            steps.push(step);
            rest = after;
        }
        Some(Self(steps))
    }

    /// The value this path leads to from `root`; of duplicate members the last.
    #[must_use]
    pub fn resolve<'d>(&self, root: Node<'d>) -> Option<Node<'d>> {
        self.0.iter().try_fold(root, |node, step| match step {
            Step::Name(name) => node.get(name),
            Step::Index(index) => node.items().nth(*index),
        })
    }
}

fn dotted_name(rest: &str) -> Option<(Step, &str)> {
    let end = rest.find(|c| !is_name_char(c)).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let valid = name.chars().next().is_some_and(|first| !first.is_ascii_digit());
    valid.then(|| (Step::Name(name.to_owned()), after))
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}

/// Parses the rest of `[…]`, which contains an index or a quoted name and no white space around it.
fn bracketed(rest: &str) -> Option<(Step, &str)> {
    let quote = rest.chars().next()?;
    if quote.is_ascii_digit() {
        let (digits, after) = rest.split_once(']')?;
        let plain =
            digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
        return plain.then(|| digits.parse().ok()).flatten().map(|index| (Step::Index(index), after));
    }
    if quote != '\'' && quote != '"' {
        return None;
    }
    let inner = &rest[1..];
    let (mut escaped, mut valid) = (false, true);
    let is_hex = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let (end, _) = inner.char_indices().find(|&(at, c)| {
        let ends = c == quote && !escaped;
        valid &= !escaped
            || match c {
                'u' => inner.get(at + 1..at + 5).is_some_and(is_hex),
                _ => c == quote || "\\/bfnrt".contains(c),
            };
        escaped = c == '\\' && !escaped;
        ends
    })?;
    let after = inner[end + 1..].strip_prefix(']').filter(|_| valid)?;
    // Only `\'` is an escape that JSON strings do not have.
    Some((Step::Name(string::unescape(&inner[..end])), after))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|step| match step {
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Name(name) if dotted_name(name).is_some_and(|(_, rest)| rest.is_empty()) => {
                write!(f, ".{name}")
            }
            Step::Name(name) => {
                let quoted = string::quote(name);
                let inner = quoted[1..quoted.len() - 1].replace("\\\"", "\"").replace('\'', "\\'");
                write!(f, "['{inner}']")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_paths_are_read_and_printed() {
        for (path, printed) in [
            ("$", "$"),
            ("$.values[0].key", "$.values[0].key"),
            ("$['values'][10]", "$.values[10]"),
            ("$[\"we ird\"]['k\\'q']", "$['we ird']['k\\'q']"),
            ("$['a\\\\b\\n']", "$['a\\\\b\\n']"),
            ("$['say \"hi\"']", "$['say \"hi\"']"),
            ("$.naïve", "$.naïve"),
        ] {
            let read = Path::parse(path).expect(path);
            assert_eq!(read.to_string(), printed);
            assert_eq!(Path::parse(printed), Some(read));
        }
        for path in [
            "values",
            "$['\\é']",
            "$['\\u12']",
            "$['\\",
            "$.*",
            "$..key",
            "$[-1]",
            "$[01]",
            "$[0:2]",
            "$.values[?@.key=='a']",
            "$.1a",
            "$['a'",
        ] {
            assert_eq!(Path::parse(path), None, "{path}");
        }
    }
}
