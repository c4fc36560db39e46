use super::literal::string_length;
use super::{MASK, is_secret, mask_text};

/// `text`, which should be JSON or YAML and is not, with everything masked that may be a secret: what has the name or the
/// shape of one, and, since a row's key tells nothing without its row, every `value`. It has as many lines as before.
#[must_use]
pub fn mask_unreadable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // How far the YAML text is indented whose lines are masked.
    let mut block: Option<usize> = None;
    for line in mask_text(text).split_inclusive('\n') {
        if line.trim().is_empty() {
            out.push_str(line);
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|outer| indent > outer) {
            out.push_str(&line[..indent]);
            out.push_str(MASK);
            out.push_str(ending(line));
            continue;
        }
        let masked = mask_values(line);
        block = (masked != line && line.trim_end().ends_with(['|', '>', '-', '+'])).then_some(indent);
        out.push_str(&masked);
    }
    out
}

fn ending(line: &str) -> &str {
    &line[line.trim_end_matches(['\r', '\n']).len()..]
}

/// `line` with what follows each `value:` masked, to the end of the string or of the line.
fn mask_values(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut done = 0;
    for (at, name) in line.match_indices("value") {
        let after = line[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        let Some(value) = after.strip_prefix(':').map(str::trim_start) else { continue };
        let start = line.len() - value.len();
        let quote = value.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''));
        let (start, end) =
            match quote.map(|quote| string_length(value.as_bytes().get(1..).unwrap_or_default(), quote)) {
                Some(Some(length)) => (start + 1, start + 1 + length),
                // In JSON another member may follow on the line.
                None if line[..at].ends_with('"') => {
                    (start, start + value.find([',', '}', '\r', '\n']).unwrap_or(value.len()))
                }
                _ => (start, line.len() - ending(line).len()),
            };
        // Under a name that says so, everything is a secret but references, switches and placeholders.
        if at < done || !is_secret("secret", &line[start..end]) {
            continue;
        }
        out.push_str(&line[done..start]);
        out.push_str(MASK);
        done = end;
    }
    out.push_str(&line[done..]);
    out
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
            ("\"value\": \"{{token}}\"", "\"value\": \"{{token}}\""),
            ("\"client_secret\": \"abc\", {", "\"client_secret\": \"********\", {"),
        ] {
            assert_eq!(mask_unreadable(text), shown);
        }
    }
}
