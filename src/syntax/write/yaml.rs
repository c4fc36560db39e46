mod items;
mod remove;

pub use items::members_as_items;
pub(super) use remove::remove;

use super::scalar::{Room, Style, Writer, spell};
use crate::syntax::{Kind, Member, Node, Value};
use crate::text::{Edit, Span, column, line_end, line_start};

/// One step of indentation, as Postman writes it.
const STEP: usize = 2;

pub(super) fn document(value: &Value) -> String {
    let names: &[_] = if let Value::Object(members) = value { members } else { &[] };
    let writer = Writer::of(names.iter().map(|(name, _)| name.into()));
    let layout = Layout { writer, blank_lines: true, eol: "\n", literals: true, last_line: false };
    layout.block(value, 0) + "\n"
}

pub(super) fn replace(node: Node<'_>, value: &Value) -> Edit {
    let place = Place::of(node);
    match value {
        Value::Array(items) if !items.is_empty() => place.replace_by_container(value),
        Value::Object(members) if !members.is_empty() => place.replace_by_container(value),
        _ => place.replace_by_scalar(value),
    }
}

pub(super) fn append(array: Node<'_>, values: &[Value]) -> Edit {
    match array.items().last() {
        Some(last) => insert_after(array, last, values),
        None => replace(array, &Value::Array(values.to_vec())),
    }
}

/// `values` before `first`, the first item of `array`.
pub(super) fn insert_before(array: Node<'_>, first: Node<'_>, values: &[Value]) -> Edit {
    if array.is_flow() {
        let flow = values.iter().map(|value| format!("{}, ", in_flow(value)));
        return Edit::insert(first.span().start as usize, flow.collect::<String>());
    }
    let (text, start) = (text_of(array), array.span().start as usize);
    let (dash, layout) = (column(text, start), Layout::of(array));
    let spelled = values.iter().map(|value| format!("- {}", layout.block(value, dash + STEP)));
    layout.above(text, start, dash, spelled)
}

pub(super) fn insert_after(array: Node<'_>, item: Node<'_>, values: &[Value]) -> Edit {
    let end = item.span().end as usize;
    if array.is_flow() {
        let flow = values.iter().map(|value| format!(", {}", in_flow(value)));
        return Edit::insert(end, flow.collect::<String>());
    }
    let text = text_of(array);
    let dash = column(text, array.span().start as usize);
    let like_flow = item.kind() == Kind::Object && item.is_flow();
    let layout = Layout::of(array);
    let spelled = values.iter().map(|value| match value {
        value if like_flow => format!("- {}", in_flow(value)),
        value => format!("- {}", layout.block(value, dash + STEP)),
    });
    layout.below(text, end, dash, spelled)
}

/// A new member of `object` before its member `first`, the first.
pub(super) fn insert_member_before(object: Node<'_>, first: Member<'_>, name: &str, value: &Value) -> Edit {
    let start = first.span().start as usize;
    if object.is_flow() {
        let name = spell(&Value::string(name), None, &Room::FLOW);
        return Edit::insert(start, format!("{name}: {}, ", in_flow(value)));
    }
    let (text, layout) = (text_of(object), Layout::of(object));
    let indent = column(text, start);
    let member = Value::Object(vec![(name.to_owned(), value.clone())]);
    layout.above(text, start, indent, std::iter::once(layout.block(&member, indent)))
}

pub(super) fn insert_member(object: Node<'_>, after: Option<Member<'_>>, name: &str, value: &Value) -> Edit {
    let member = (name.to_owned(), value.clone());
    let Some(after) = after else { return replace(object, &Value::Object(vec![member])) };
    let end = after.span().end as usize;
    if object.is_flow() {
        return Edit::insert(
            end,
            format!(", {}: {}", spell(&Value::string(name), None, &Room::FLOW), in_flow(value)),
        );
    }
    let text = text_of(object);
    let layout = Layout::of(object);
    let indent = column(text, object.span().start as usize);
    layout.below(text, end, indent, std::iter::once(layout.block(&Value::Object(vec![member]), indent)))
}

/// A value, or a member's name, and what is around it.
struct Place<'d> {
    node: Node<'d>,
    /// What it is in; none for the root.
    parent: Option<Node<'d>>,
    /// The name it is the value of.
    name: Option<Node<'d>>,
    is_name: bool,
}

impl<'d> Place<'d> {
    fn of(node: Node<'d>) -> Self {
        let mut place = Self { node: node.document().root(), parent: None, name: None, is_name: false };
        while place.node != node {
            let at = place.node;
            if at.members().any(|member| member.name == node) {
                return Self { node, parent: Some(at), name: None, is_name: true };
            }
            let member = at.members().find(|member| member.value.contains(node));
            let item = || at.items().find(|item| item.contains(node));
            let Some(inner) = member.map(|member| member.value).or_else(item) else { break };
            place = Self {
                node: inner,
                parent: Some(at),
                name: member.map(|member| member.name),
                is_name: false,
            };
        }
        Self { node, ..place }
    }

    fn in_flow(&self) -> bool {
        self.parent.is_some_and(|parent| parent.is_flow())
    }

    /// The column that the place's own content must be to the right of; none at the root.
    fn indent(&self) -> Option<usize> {
        let text = text_of(self.node);
        self.parent.map(|parent| column(text, self.name.unwrap_or(parent).span().start as usize))
    }

    /// The end of the colon before the value, and what stands between them: white space and comments.
    fn after_colon(&self) -> Option<(usize, &'d str)> {
        let (text, name) = (text_of(self.node), self.name?);
        let start = self.node.span().start as usize;
        let between = text[name.span().end as usize..start].trim_start().strip_prefix(':')?;
        Some((start - between.len(), between.trim_end()))
    }

    fn replace_by_scalar(&self, value: &Value) -> Edit {
        let (text, span, raw) = (text_of(self.node), self.node.span(), self.node.raw());
        let container = matches!(self.node.kind(), Kind::Array | Kind::Object);
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

    fn replace_by_container(&self, value: &Value) -> Edit {
        let (text, span) = (text_of(self.node), self.node.span());
        if self.in_flow() {
            return Edit::replace(span, in_flow(value));
        }
        let end = line_end(text, span.end as usize);
        let rest = text[span.end as usize..end].trim();
        let layout = Layout::of(self.node);
        let (Some((at, comments)), Some(indent)) = (self.after_colon(), self.indent()) else {
            // After a dash or at the root: where the old value stood.
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

/// How new block collections are written.
struct Layout {
    writer: Writer,
    /// Whether blank lines at the end of a literal scalar are its own, and none of the file's come after them.
    blank_lines: bool,
    eol: &'static str,
    /// Whether texts of several lines may become literal scalars.
    literals: bool,
    /// Whether the file's last line has no end.
    last_line: bool,
}

impl Layout {
    fn of(node: Node<'_>) -> Self {
        let source = node.document().source();
        Self {
            writer: writer_of(node),
            blank_lines: false,
            eol: source.line_ending(),
            literals: true,
            last_line: !source.text().ends_with('\n'),
        }
    }

    fn new_line(&self, indent: usize) -> String {
        format!("{}{:indent$}", self.eol, "")
    }

    /// `parts`, indented by `indent`, on lines of their own below the line that `at` is in: with that line's own end before
    /// them, so that the line above can go in the same change. In a file whose last line has no end they come before it, so
    /// that the line below can go.
    fn below(&self, text: &str, at: usize, indent: usize, parts: impl Iterator<Item = String>) -> Edit {
        let end = line_end(text, at);
        match text[end..].find('\n').filter(|_| !self.last_line) {
            Some(at) => {
                let lines = parts.map(|part| format!("{:indent$}{part}{}", "", self.eol));
                Edit::insert(end + at + 1, lines.collect::<String>())
            }
            None => {
                let lines = parts.map(|part| self.new_line(indent) + &part);
                Edit::insert(end, lines.collect::<String>())
            }
        }
    }

    /// `parts`, indented by `indent`, before the child at `at`, the first of its collection, and the comments right above it,
    /// but for those that the file starts with; on whole lines, so that the child can go in the same change.
    fn above(&self, text: &str, at: usize, indent: usize, parts: impl Iterator<Item = String>) -> Edit {
        let mut line = line_start(text, at);
        if !text[line..at].trim().is_empty() {
            return Edit::insert(at, parts.map(|part| part + &self.new_line(indent)).collect::<String>());
        }
        let comment_above = |line: usize| {
            let start = line_start(text, line.checked_sub(1)?);
            text[start..line].trim_start().starts_with('#').then_some(start)
        };
        let first = std::iter::successors(Some(line), |line| comment_above(*line)).last();
        line = first.filter(|first| *first > 0).unwrap_or(line);
        if self.last_line && line > 0 {
            let lines = parts.map(|part| self.new_line(indent) + &part);
            return Edit::insert(end_before(text, line), lines.collect::<String>());
        }
        let lines = parts.map(|part| format!("{:indent$}{part}{}", "", self.eol));
        Edit::insert(line, lines.collect::<String>())
    }

    /// `value` in block notation, its further lines at `indent`.
    fn block(&self, value: &Value, indent: usize) -> String {
        let lines: Vec<_> = match value {
            Value::Array(items) if !items.is_empty() => {
                items.iter().map(|item| format!("- {}", self.block(item, indent + STEP))).collect()
            }
            Value::Object(members) if !members.is_empty() => {
                members.iter().map(|(name, value)| self.member(name, value, indent)).collect()
            }
            scalar_or_empty => return self.scalar(scalar_or_empty, indent),
        };
        lines.join(&self.new_line(indent))
    }

    fn member(&self, name: &str, value: &Value, indent: usize) -> String {
        let name = spell(&Value::string(name), None, &Room { writer: self.writer, ..Room::NAME });
        let inner = indent + STEP;
        match value {
            Value::Array(items) if !items.is_empty() => {
                format!("{name}:{}{}", self.new_line(inner), self.block(value, inner))
            }
            Value::Object(members) if !members.is_empty() => {
                format!("{name}:{}{}", self.new_line(inner), self.block(value, inner))
            }
            scalar_or_empty => format!("{name}: {}", self.scalar(scalar_or_empty, inner)),
        }
    }

    fn scalar(&self, value: &Value, indent: usize) -> String {
        let outer = indent.checked_sub(STEP).filter(|_| self.literals);
        let room = Room {
            writer: self.writer,
            flow: false,
            literal: outer.map(|outer| (outer, indent)),
            blank_lines: self.blank_lines,
            eol: self.eol,
            last_line: self.last_line,
            header: "",
        };
        spell(value, None, &room)
    }
}

/// `value` on one line.
fn in_flow(value: &Value) -> String {
    let list = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Array(items) => format!("[{}]", list(items.iter().map(in_flow).collect())),
        Value::Object(members) if !members.is_empty() => {
            let name = |name: &str| spell(&Value::string(name), None, &Room::FLOW);
            let member = |(key, value): &(String, Value)| format!("{}: {}", name(key), in_flow(value));
            format!("{{ {} }}", list(members.iter().map(member).collect()))
        }
        scalar => spell(scalar, None, &Room::FLOW),
    }
}

/// The writer that the file of `node` is likely from.
fn writer_of(node: Node<'_>) -> Writer {
    Writer::of(node.document().root().members().map(|member| member.key()))
}

fn text_of(node: Node<'_>) -> &str {
    node.document().source().text()
}

/// What is below the line that `at` is in.
fn below(text: &str, at: usize) -> &str {
    text[at..].split_once('\n').map_or("", |(_, below)| below)
}

/// Whether `text` starts with a line that has nothing on it.
fn is_blank_line(text: &str) -> bool {
    text.split_inclusive('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// Where the line before the one that starts at `line` ends, its line break left out.
fn end_before(text: &str, line: usize) -> usize {
    let before = text[..line].strip_suffix('\n').unwrap_or(&text[..line]);
    before.strip_suffix('\r').unwrap_or(before).len()
}

#[cfg(test)]
mod tests;
