use super::literal::string_length;
use super::{MASK, is_secret, mask_text};

/// `text`, which should be JSON or YAML and is not, with everything masked that may be a secret: what has the name or the
/// shape of one, and, since a row's key tells nothing without its row, every `value`. It has as many lines as before.
#[must_use]
pub fn mask_unreadable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // How far a `value` is indented that may go on in the next line.
    let mut open: Option<usize> = None;
    for line in mask_text(text).split_inclusive('\n') {
        let (line, ending) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let indent = line.len() - line.trim_start().len();
        if line.len() == indent {
            out.push_str(line);
        } else if open.is_some_and(|outer| indent > outer) {
            out.push_str(&line[..indent]);
            out.push_str(MASK);
        } else {
            open = mask_values(line, &mut out);
        }
        out.push_str(ending);
    }
    out
}

/// Puts `line` into `out` with what follows each `value:` masked, to the end of the string or of the line. Returns where
/// the last one is named, unless its end was seen.
fn mask_values(line: &str, out: &mut String) -> Option<usize> {
    let (mut done, mut open) = (0, None);
    for (at, name) in line.match_indices("value") {
        let after = line[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        let Some(value) = after.strip_prefix(':').map(str::trim_start) else { continue };
        if at < done {
            continue;
        }
        let start = line.len() - value.len();
        let quote = value.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''));
        let closed = quote.and_then(|quote| string_length(&value.as_bytes()[1..], quote));
        open = closed.is_none().then_some(at);
        let (start, end) = match (quote, closed) {
            (Some(_), Some(length)) => (start + 1, start + 1 + length),
            // In JSON another member may follow on the line.
            (None, _) if line[..at].ends_with('"') => {
                (start, start + value.find([',', '}']).unwrap_or(value.len()))
            }
            _ => (start, line.len()),
        };
        // Under a name that says so, everything is a secret but references, switches and placeholders.
        if is_secret("secret", &line[start..end]) {
            out.push_str(&line[done..start]);
            out.push_str(MASK);
            done = end;
        }
    }
    out.push_str(&line[done..]);
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_of_a_broken_file_is_shown() {
        for (text, shown) in [
            (
                "{\"key\": \"pin\",\n\"value\": \"1234\",\r\n\"type\": \"any\"\n<<<<<<< ours\n",
                "{\"key\": \"pin\",\n\"value\": \"********\",\r\n\"type\": \"any\"\n<<<<<<< ours\n",
            ),
            (
                "[{\"value\":12,\"key\":\"a\"},{\"value\":\"b\"}",
                "[{\"value\":********,\"key\":\"a\"},{\"value\":\"********\"}",
            ),
            ("\"value\": \"no end\n\"value\": \"\",", "\"value\": ********\n\"value\": \"\","),
            ("  - key: pin\n    value: 12 34\n\t- x", "  - key: pin\n    value: ********\n\t- x"),
            ("value: |-\n  one\n\n  two\nkey: a", "value: ********\n  ********\n\n  ********\nkey: a"),
            ("- value:\n    one\n  key: a\n", "- value:\n    ********\n  key: a\n"),
            ("value: \"one\n  two\"\nkey: [", "value: ********\n  ********\nkey: ["),
            ("\"value\": {\n  \"a\": 1\n},", "\"value\": ********\n  ********\n},"),
            ("\"value\": \"{{token}}\"", "\"value\": \"{{token}}\""),
            ("\"client_secret\": \"abc\", {", "\"client_secret\": \"********\", {"),
        ] {
            assert_eq!(mask_unreadable(text), shown);
        }
    }
}
