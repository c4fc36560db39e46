use std::ops::Range;

use super::super::{json, runs};
use super::layout::{Layout, end_before};
use super::{replace, text_of};
use crate::syntax::{Kind, Node, Value};
use crate::text::{Edit, Span, line_end, line_start};

/// Removes the doomed of `children`, the spans of all children of `container` and whether they are doomed. Comments on
/// lines of their own before and between them stay.
pub(in crate::syntax::write) fn remove(container: Node<'_>, children: &[(Span, bool)]) -> Vec<Edit> {
    if container.is_flow() {
        return json::remove(container, children);
    }
    let text = text_of(container);
    let starts = container.child_starts();
    // The blank lines and comments between a child and the one before it.
    let gap = |at: usize| {
        let before = line_end(text, children[at - 1].0.end as usize);
        text.get(before..line_start(text, starts[at])).unwrap_or_default()
    };
    if children.iter().all(|(_, doomed)| *doomed) {
        let lines = (1..children.len()).flat_map(|at| gap(at).lines());
        return vec![empty(container, lines.filter(|line| line.contains('#')))];
    }
    // In `- name: …`, the first child that is left moves up to the dash.
    let moves_up = |run: &Range<usize>| {
        let start = starts[run.start];
        run.start == 0 && !text[line_start(text, start)..start].trim().is_empty()
    };
    let between_comments = |run: Range<usize>| {
        let cuts = (run.start + 1..run.end).filter(|at| !moves_up(&run) && gap(*at).contains('#'));
        let ends: Vec<_> = cuts.chain([run.end]).collect();
        let starts = std::iter::once(run.start).chain(ends.clone());
        starts.zip(ends).map(|(start, end)| start..end).collect::<Vec<_>>()
    };
    let spans = runs(children).into_iter().flat_map(between_comments).map(|run| {
        if moves_up(&run) {
            return Span::new(starts[run.start], starts[run.end]);
        }
        let line = line_start(text, starts[run.start]);
        let end = line_end(text, children[run.end - 1].0.end as usize);
        let after = text[end..].find('\n').map(|at| end + at + 1);
        match after {
            // If the last line has no line break, each line goes with the break before it, as the last one must.
            Some(_) if line > 0 && !text.ends_with('\n') => Span::new(end_before(text, line), end),
            Some(after) => Span::new(line, after),
            None => Span::new(text[..line].trim_end_matches(['\n', '\r']).len(), end),
        }
    });
    spans.map(Edit::remove).collect()
}

/// Empties `container` except for `comments`, which are whole lines.
fn empty<'t>(container: Node<'t>, comments: impl Iterator<Item = &'t str>) -> Edit {
    let is_array = container.kind() == Kind::Array;
    let empty = if is_array { Value::Array(Vec::new()) } else { Value::Object(Vec::new()) };
    let (mut edit, text) = (replace(container, &empty), text_of(container));
    let eol = Layout::of(container).eol;
    let comments: String = comments.map(|line| format!("{eol}{line}")).collect();
    if !comments.is_empty() {
        let rest = edit.span.end as usize..line_end(text, edit.span.end as usize);
        edit.span.end = rest.end as u32;
        edit.replacement.push_str(&text[rest]);
        edit.replacement.push_str(&comments);
    }
    edit
}
