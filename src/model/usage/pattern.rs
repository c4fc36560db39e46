/// Where regular expressions end. Asked for in order, all of a script take no longer than one that goes through all of
/// it.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// None that begins before here ends.
    none_before: usize,
    /// Up to here, none ends that has come to a bracket: what is a class to one is a class to all of them.
    brackets_to: usize,
}

impl Patterns {
    /// How long the regular expression is that begins at `at`; none when it does not end on its line.
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
    fn expressions_end_at_a_slash_outside_classes() {
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
            assert_eq!(Patterns::default().length(script.as_bytes(), 0), length, "{script:?}");
        }
    }

    #[test]
    fn what_is_known_of_a_line_does_not_change_what_is_found() {
        for script in ["/[ /x/ /[/]", "/[/][/]/[ ]/", r"/\/\/[\]/ /]", "/[\n/a/ /[ /]/ /", "/[a/b/[c/d]/e"] {
            let mut patterns = Patterns::default();
            for (at, _) in script.match_indices('/') {
                let alone = Patterns::default().length(script.as_bytes(), at);
                assert_eq!(patterns.length(script.as_bytes(), at), alone, "{script:?} {at}");
            }
        }
    }
}
