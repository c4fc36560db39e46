//! The comments of a YAML file, which are between its values.

use super::{Document, Syntax};
use crate::text::{Span, line_end};

impl Document {
    /// The spans of the comments, each from its `#` to the end of its line, in text order. JSON has none.
    #[must_use]
    pub fn comments(&self) -> Vec<Span> {
        let text = self.source().text();
        if self.syntax() == Syntax::Json || !text.contains('#') {
            return Vec::new();
        }
        let scalars = self.nodes().filter(|node| !node.has_values());
        let mut scalars: Vec<_> = scalars.map(|node| node.span()).collect();
        // The value of an alias is in another place.
        scalars.sort_by_key(|span| span.start);
        let (mut comments, mut at) = (Vec::new(), 0);
        for span in scalars.into_iter().chain([Span::at(text.len())]) {
            let [mut start, end] = [span.start, span.end].map(|at| at as usize);
            // The first line of a block can end with a comment.
            if text[start..end].starts_with(['|', '>']) {
                start = line_end(text, start).min(end);
            }
            while let Some(found) = text.get(at..start).and_then(|between| between.find('#')) {
                let (mark, stop) = (at + found, line_end(text, at + found));
                if text[..mark].ends_with([' ', '\t', '\n', '\r', '\u{feff}']) || mark == 0 {
                    comments.push(Span::new(mark, stop));
                    at = stop;
                } else {
                    at = mark + 1;
                }
            }
            at = at.max(end);
        }
        comments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_apart_from_text() {
        let text = "# one\r\na: 'x # no' # two\nb: |- # three\n  # no\n  y\n# four\nc: {d: e#no, f: \"#no\"} # five\n\
                    g: z # six";
        let document = Document::yaml(text).expect("valid");
        let comments: Vec<_> =
            document.comments().into_iter().map(|span| document.source().slice(span)).collect();
        assert_eq!(comments, ["# one", "# two", "# three", "# four", "# five", "# six"]);
        let bare = Document::yaml("# only").expect("valid");
        assert_eq!(bare.comments().len(), 1);
        assert_eq!(Document::json("{\"a\": \" # no\"}").expect("valid").comments(), Vec::new());
    }
}
