use super::super::scalar::{Room, Style, spell};
use super::layout::{Layout, writer_of};
use super::{STEP, in_flow, text_of};
use crate::syntax::{Node, Value};
use crate::text::{Edit, Span, column, line_end};

/// A value, or a member's name, and its surroundings.
pub(super) struct Site<'d> {
    node: Node<'d>,
    /// Its container; `None` for the root.
    parent: Option<Node<'d>>,
    /// The name of the member whose value it is.
    name: Option<Node<'d>>,
    is_name: bool,
}

impl<'d> Site<'d> {
    pub(super) fn of(node: Node<'d>) -> Self {
        let is_name = node.document().tree.is_name(node.at());
        let name = if is_name { None } else { node.as_member().map(|member| member.name) };
        Self { node, parent: node.parent(), name, is_name }
    }

    fn in_flow(&self) -> bool {
        self.parent.is_some_and(|parent| parent.is_flow())
    }

    /// The column that its content must be to the right of; `None` at the root.
    fn indent(&self) -> Option<usize> {
        let text = text_of(self.node);
        self.parent.map(|parent| column(text, self.name.unwrap_or(parent).span().start as usize))
    }

    /// The end of the colon before the value, and the white space and comments between them.
    fn after_colon(&self) -> Option<(usize, &'d str)> {
        let (text, name) = (text_of(self.node), self.name?);
        let start = self.node.span().start as usize;
        let between = text[name.span().end as usize..start].trim_start().strip_prefix(':')?;
        Some((start - between.len(), between.trim_end()))
    }

    pub(super) fn replace_by_scalar(&self, value: &Value) -> Edit {
        let (text, span, raw) = (text_of(self.node), self.node.span(), self.node.raw());
        let container = self.node.kind().is_container();
        if container && !self.node.is_flow() {
            let spelled = spell(value, None, &Room { flow: self.in_flow(), ..Room::FLOW });
            return match self.after_colon() {
                // The comments below the name stay below it.
                Some((at, comments)) => {
                    Edit::replace(Span::new(at, span.end as usize), format!(" {spelled}{comments}"))
                }
                None => Edit::replace(span, spelled),
            };
        }
        let like = if container || raw.is_empty() { None } else { Some(Style::of(raw)) };
        let end = span.end as usize;
        let rest = &text[end..line_end(text, end)];
        let content = |indent| Style::content_indent(raw, indent).unwrap_or(indent + STEP);
        let literals = !self.is_name && !self.in_flow() && rest.trim().is_empty();
        let room = Room {
            writer: writer_of(self.node),
            flow: self.in_flow(),
            literal: self.indent().filter(|_| literals).map(|indent| (indent, content(indent))),
            blank_lines: !is_blank_line(below(text, end)),
            eol: self.node.document().source().line_ending(),
            last_line: text[end..].is_empty(),
            header: Style::header_comment(raw),
        };
        let spelled = spell(value, like, &room);
        let needs_space = raw.is_empty() && text[..end].ends_with([':', '-']);
        Edit::replace(span, if needs_space { format!(" {spelled}") } else { spelled })
    }

    pub(super) fn replace_by_container(&self, value: &Value) -> Edit {
        let (text, span) = (text_of(self.node), self.node.span());
        if self.in_flow() {
            return Edit::replace(span, in_flow(value));
        }
        let end = line_end(text, span.end as usize);
        let rest = text[span.end as usize..end].trim();
        let layout = Layout::of(self.node);
        let (Some((at, comments)), Some(indent)) = (self.after_colon(), self.indent()) else {
            // After a dash or at the root, the new value goes where the old one was.
            let empty_after_dash = span.is_empty() && text[..span.start as usize].ends_with('-');
            let indent = column(text, span.start as usize) + usize::from(empty_after_dash);
            let space = if empty_after_dash { " " } else { "" };
            let layout = Layout { literals: rest.is_empty(), ..layout };
            return Edit::replace(span, format!("{space}{}", layout.block(value, indent)));
        };
        let inner = indent + STEP;
        let comment = match rest {
            "" => String::new(),
            rest if comments.is_empty() => format!(" {rest}"),
            rest => layout.new_line(inner) + rest,
        };
        let spelled = format!("{comments}{comment}{}{}", layout.new_line(inner), layout.block(value, inner));
        Edit::replace(Span::new(at, end), spelled)
    }
}

/// The text below the line that contains `at`.
fn below(text: &str, at: usize) -> &str {
    text[at..].split_once('\n').map_or("", |(_, below)| below)
}

/// Whether `text` starts with a blank line.
fn is_blank_line(text: &str) -> bool {
    text.split_inclusive('\n').next().is_some_and(|line| line.trim().is_empty())
}
