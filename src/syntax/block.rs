//! From the text of a literal block scalar (`|`) to its place in the file.

use std::ops::Range;

/// The same place in the text of a block and in its spelling.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reached {
    /// The byte of the text, in or at the end of its line.
    text: usize,
    /// The start of that line in the text.
    line: usize,
    /// The start of that line in the spelling, counted from the first line of the text.
    spelled: usize,
}

impl Reached {
    /// The bytes of `raw`, a block from its mark on, that spell the bytes `range` of its `text`; `None` if they cannot
    /// be told apart. Ranges in order take one pass.
    pub(super) fn spelling(&mut self, raw: &str, text: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let wanted = text.get(range.clone()).filter(|wanted| !wanted.is_empty())?;
        let first_line = raw.strip_prefix('|')?.find('\n')? + 2;
        let lines = &raw[first_line..];
        let indented = lines.lines().find(|line| !line.trim().is_empty())?;
        let indentation = indented.len() - indented.trim_start_matches(' ').len();
        if range.start < self.text {
            *self = Self::default();
        }
        // Each line of the text is a line of the file, indented.
        let mut place = |at: usize| Some(first_line + self.reach(lines, text, at)? + indentation);
        let last = wanted.len() - wanted.chars().next_back()?.len_utf8();
        let spelled = place(range.start)?..place(range.start + last)? + wanted.len() - last;
        // A wrong guess of the indentation shows here.
        let (head, tail) = (wanted.lines().next()?, wanted.lines().next_back()?);
        let found = raw.get(spelled.clone())?;
        (found.starts_with(head) && found.ends_with(tail)).then_some(spelled)
    }

    /// The place of the byte `goal` of `text` in its `lines`, indentation of its own line not counted.
    fn reach(&mut self, lines: &str, text: &str, goal: usize) -> Option<usize> {
        while let Some(length) = text[self.text..goal].find('\n') {
            self.text += length + 1;
            self.line = self.text;
            self.spelled += lines[self.spelled..].find('\n')? + 1;
        }
        self.text = goal;
        Some(self.spelled + goal - self.line)
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::Document;

    #[test]
    fn parts_of_a_block_are_found_at_their_positions() {
        for text in [
            "code: |-\n  one\n    two é three\n\n  four\n",
            "code: |-\r\n  one\r\n    two é three\r\n\r\n  four\r\n",
            "list:\n  - code: | # a comment\n\n      one\n        two é three\n\n      four\nother: x\n",
        ] {
            let document = Document::yaml(text).expect(text);
            let node = document.root().descendants().last().filter(|node| !node.is_str("x"));
            let node =
                node.or_else(|| document.root().get("list")?.items().next()?.get("code")).expect("a block");
            let value = node.as_str().expect("a text");
            for part in ["one", "é three", "  two", "four"] {
                let at = value.find(part).expect("part of it");
                let span = node.span_of(at..at + part.len());
                assert_eq!(document.source().slice(span), part, "{text}");
            }
            let across = value.find("é").expect("there")..value.find("ur").expect("there") + 1;
            let found = document.source().slice(node.span_of(across));
            assert!(found.starts_with("é three") && found.ends_with("fou"), "{found:?}");
        }
    }

    #[test]
    fn parts_without_positions_of_their_own_are_the_whole_block() {
        let document = Document::yaml("code: |2-\n    one\n  two\n").expect("valid");
        let node = document.root().get("code").expect("there");
        assert_eq!(node.span_of(0..3), node.span());
        let document = Document::yaml("code: >-\n  one\n  two\n").expect("valid");
        let node = document.root().get("code").expect("there");
        assert_eq!(node.span_of(0..3), node.span());
    }
}
