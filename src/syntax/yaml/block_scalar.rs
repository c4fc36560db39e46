//! Where a literal (`|`) or folded (`>`) scalar is in the file: the parser gives only its content, with the indentation
//! of the next line.

use crate::text::{Span, line_end};

/// The span from the mark of the scalar, which comes after `introduced`, to the end of its last line.
pub(super) fn span(text: &str, introduced: usize, content: Span) -> Span {
    let (start, end) = (content.start as usize, content.end as usize);
    let mark = text[introduced..].find(['|', '>']).map_or(introduced, |at| introduced + at);
    let header_end = line_end(text, mark);
    if end <= header_end || start < header_end {
        return Span::new(mark, header_end);
    }
    let header = &text[mark..header_end];
    let header = header.split('#').next().unwrap_or(header);
    let body = &text[header_end..end];
    // After the last line break there is only the next line's indentation, unless the file ends there.
    let whole = body.trim_end_matches(' ');
    let body = if whole.ends_with('\n') { whole } else { body };
    Span::new(mark, header_end + own_lines(body, header.contains('+')).len())
}

/// `body` without its last line break and, unless it keeps them, the blank lines at its end.
fn own_lines(body: &str, keeps_blank_lines: bool) -> &str {
    let first = body.split('\n').find(|line| !line.trim().is_empty());
    let indent = first.map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
    let mut body = body;
    loop {
        let stripped = body.strip_suffix('\n').map(|rest| rest.strip_suffix('\r').unwrap_or(rest));
        let Some(rest) = stripped else { return body };
        let last = &rest[rest.rfind('\n').map_or(0, |at| at + 1)..];
        let is_blank = last.trim().is_empty() && last.trim_end_matches('\r').len() <= indent;
        if keeps_blank_lines || !is_blank {
            return rest;
        }
        body = &rest[..rest.len() - last.len()];
    }
}
