/// Finds the ends of regular expressions. Asking for the expressions of a script in order takes time linear in its
/// length.
#[derive(Debug, Default)]
pub(super) struct Regexes {
    /// No regular expression that begins before this byte ends on its line.
    none_before: usize,
    /// Up to this byte, no regular expression that has reached a bracket ends: they all see the same classes from there
    /// on.
    brackets_to: usize,
}

impl Regexes {
    /// The length of the regular expression that begins at `at`; none if it does not end on its line.
    pub(super) fn length(&mut self, script: &[u8], at: usize) -> Option<usize> {
        if at < self.none_before {
            return None;
        }
        let (mut is_class, mut bracket, mut end) = (false, None, at + 1);
        loop {
            match script.get(end) {
                Some(b'\\') if script.get(end + 1).is_some_and(|next| *next != b'\n') => end += 1,
                Some(b'/') if !is_class => return Some(end + 1 - at),
                Some(b'[' | b']') if end < self.brackets_to => break,
                Some(byte @ (b'[' | b']')) => {
                    is_class = *byte == b'[';
                    bracket = bracket.or(Some(end));
                }
                None | Some(b'\n') => {
                    self.brackets_to = end;
                    break;
                }
                Some(_) => {}
            }
            end += 1;
        }
        self.none_before = bracket.unwrap_or(end);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regex_ends_at_a_slash_outside_classes() {
        for (script, length) in [
            ("/a/g", Some(3)),
            (r"/a\/b/", Some(6)),
            ("/[/]/", Some(5)),
            (r"/[\]/]/", Some(7)),
            ("/[[]/", Some(5)),
            ("/a\n/", None),
            ("/[/", None),
            ("/\\\n/", None),
            ("/", None),
        ] {
            assert_eq!(Regexes::default().length(script.as_bytes(), 0), length, "{script:?}");
        }
    }

    #[test]
    fn remembering_a_line_does_not_change_the_result() {
        for script in ["/[ /x/ /[/]", "/[/][/]/[ ]/", r"/\/\/[\]/ /]", "/[\n/a/ /[ /]/ /", "/[a/b/[c/d]/e"] {
            let mut regexes = Regexes::default();
            for (at, _) in script.match_indices('/') {
                let alone = Regexes::default().length(script.as_bytes(), at);
                assert_eq!(regexes.length(script.as_bytes(), at), alone, "{script:?} {at}");
            }
        }
    }
}
