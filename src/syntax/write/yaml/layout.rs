use super::super::scalar::{Room, Writer, spell};
use super::STEP;
use crate::syntax::{Node, Value};
use crate::text::{Edit, line_end, line_start};

/// The layout of new block collections.
pub(super) struct Layout {
    pub(super) writer: Writer,
    /// Whether blank lines at the end of a literal scalar are its own, with none of the file's after them.
    pub(super) blank_lines: bool,
    pub(super) eol: &'static str,
    /// Whether text of several lines may become a literal scalar.
    pub(super) literals: bool,
    /// Whether the last line of the file has no line break.
    pub(super) last_line: bool,
}

impl Layout {
    pub(super) fn of(node: Node<'_>) -> Self {
        let source = node.document().source();
        Self {
            writer: writer_of(node),
            blank_lines: false,
            eol: source.line_ending(),
            literals: true,
            last_line: !source.text().ends_with('\n'),
        }
    }

    pub(super) fn new_line(&self, indent: usize) -> String {
        format!("{}{:indent$}", self.eol, "")
    }

    /// Inserts `parts`, indented by `indent`, on lines of their own below the line that contains `at`: after its line
    /// break, so that the line can be removed in the same change. If the last line of the file has no line break, they
    /// come before that break, so that the line below can be removed.
    pub(super) fn below(
        &self,
        text: &str,
        at: usize,
        indent: usize,
        parts: impl Iterator<Item = String>,
    ) -> Edit {
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

    /// Inserts `parts`, indented by `indent`, above the child at `at`, the first of its collection, and above the
    /// comments right before it, unless the file starts with these; as whole lines, so that the child can be removed in
    /// the same change.
    pub(super) fn above(
        &self,
        text: &str,
        at: usize,
        indent: usize,
        parts: impl Iterator<Item = String>,
    ) -> Edit {
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

    /// Spells `value` in block notation, with all lines but the first at `indent`.
    pub(super) fn block(&self, value: &Value, indent: usize) -> String {
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

/// The writer that the file of `node` is likely to come from.
pub(super) fn writer_of(node: Node<'_>) -> Writer {
    Writer::of(node.document().root().members().map(|member| member.key()))
}

/// The end of the line before the one that starts at `line`, without its line break.
pub(super) fn end_before(text: &str, line: usize) -> usize {
    let before = text[..line].strip_suffix('\n').unwrap_or(&text[..line]);
    before.strip_suffix('\r').unwrap_or(before).len()
}
