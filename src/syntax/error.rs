use super::Syntax;
use crate::text::Span;

/// The text breaks the rules of its syntax.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}, found {found}")]
pub struct SyntaxError {
    /// The syntax that it breaks.
    pub syntax: Syntax,
    /// The offending character or token; empty at the end of the text.
    pub span: Span,
    /// What is wrong or was expected there, in words.
    pub problem: String,
    /// What is there instead, in words.
    pub found: String,
}

/// The starts of the lines with which git marks a conflict.
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

impl SyntaxError {
    /// The error at the byte `at` of `text`: it spans one character, or git's mark of a conflict.
    pub(crate) fn at(syntax: Syntax, text: &str, at: usize, problem: String) -> Self {
        let at = text.floor_char_boundary(at);
        let starts_line = at == 0 || text[..at].ends_with('\n');
        if let Some(mark) = CONFLICT_MARKS.iter().find(|mark| starts_line && text[at..].starts_with(**mark)) {
            let problem = "an unresolved git conflict".to_owned();
            return Self {
                syntax,
                span: Span::new(at, at + mark.len()),
                problem,
                found: format!("`{mark}`"),
            };
        }
        let (len, found) = match text[at..].chars().next() {
            None => (0, "the end of the file".to_owned()),
            Some('\n') => (1, "the end of the line".to_owned()),
            Some('\r') if text[at..].starts_with("\r\n") => (1, "the end of the line".to_owned()),
            Some(c) if c.is_control() => (c.len_utf8(), format!("the control character U+{:04X}", c as u32)),
            Some('\'') => (1, "a single quote".to_owned()),
            Some(c) => (c.len_utf8(), format!("`{c}`")),
        };
        Self { syntax, span: Span::new(at, at + len), problem, found }
    }
}
