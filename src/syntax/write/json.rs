use super::runs;
use crate::syntax::{Member, Node, Value, string};
use crate::text::{Edit, Span};

/// The layout of a container, read off an existing one.
struct Layout {
    /// The line ending and one step of indentation, if every child is on a line of its own.
    lines: Option<(&'static str, String)>,
    /// The space inside the brackets of a container on one line.
    pad: String,
    /// The separator of children on one line.
    comma: String,
    /// The separator of a name and its value.
    colon: String,
}

pub(super) fn document(value: &Value) -> String {
    Layout::postman("\n").spell(value, "")
}

pub(super) fn replace(node: Node<'_>, value: &Value) -> Edit {
    let spelled = match value {
        Value::Array(_) | Value::Object(_) => Layout::of_document(node).spell(value, &indent_of_line(node)),
        // A scalar needs no layout, and finding one would make many replacements slow.
        scalar => scalar.to_json(),
    };
    Edit::replace(node.span(), spelled)
}

pub(super) fn append(array: Node<'_>, values: &[Value]) -> Edit {
    let Some(last) = array.items().last() else {
        return replace(array, &Value::Array(values.to_vec()));
    };
    let layout = Layout::of(last).or_else(|| Layout::of(array)).unwrap_or_else(|| Layout::of_document(array));
    let (comma, indent) = (layout.separator(array), child_indent(array));
    let text =
        values.iter().map(|value| format!("{comma}{}", layout.spell(value, &indent))).collect::<String>();
    Edit::insert(last.span().end as usize, text)
}

pub(super) fn insert_items(
    array: Node<'_>,
    first: Node<'_>,
    after: Option<Node<'_>>,
    values: &[Value],
) -> Edit {
    let sample = after.unwrap_or(first);
    let layout =
        Layout::of(sample).or_else(|| Layout::of(array)).unwrap_or_else(|| Layout::of_document(array));
    let (comma, indent) = (layout.separator(array), child_indent(array));
    let spelled = values.iter().map(|value| layout.spell(value, &indent));
    match after {
        Some(after) => {
            let text = spelled.map(|value| format!("{comma}{value}")).collect::<String>();
            Edit::insert(after.span().end as usize, text)
        }
        None => {
            let text = spelled.map(|value| format!("{value}{comma}")).collect::<String>();
            Edit::insert(first.span().start as usize, text)
        }
    }
}

pub(super) fn insert_member(object: Node<'_>, after: Option<Member<'_>>, name: &str, value: &Value) -> Edit {
    let Some(after) = after else {
        return replace(object, &Value::object([(name, value.clone())]));
    };
    let layout = Layout::of(object).unwrap_or_else(|| Layout::of_document(object));
    let (comma, indent) = (layout.separator(object), child_indent(object));
    let value = layout.spell(value, &indent);
    Edit::insert(after.span().end as usize, format!("{comma}{}{}{value}", string::quote(name), layout.colon))
}

pub(super) fn insert_member_before(object: Node<'_>, first: Member<'_>, name: &str, value: &Value) -> Edit {
    let layout = Layout::of(object).unwrap_or_else(|| Layout::of_document(object));
    let (comma, indent) = (layout.separator(object), child_indent(object));
    let value = layout.spell(value, &indent);
    Edit::insert(
        first.span().start as usize,
        format!("{}{}{value}{comma}", string::quote(name), layout.colon),
    )
}

pub(super) fn remove(container: Node<'_>, children: &[(Span, bool)]) -> Vec<Edit> {
    let within = container.span();
    if children.iter().all(|(_, doomed)| *doomed) {
        return vec![Edit::remove(Span { start: within.start + 1, end: within.end - 1 })];
    }
    let edits = runs(children).into_iter().map(|run| match run.start {
        // The first child goes with the separator after it, any other with the one before.
        0 => Span { start: children[0].0.start, end: children[run.end].0.start },
        start => Span { start: children[start - 1].0.end, end: children[run.end - 1].0.end },
    });
    edits.map(Edit::remove).collect()
}

impl Layout {
    /// The layout of `sample`; `None` for a scalar or an empty container.
    fn of(sample: Node<'_>) -> Option<Self> {
        let gaps = Gaps::of(sample)?;
        let lines = gaps.open.contains('\n').then(|| {
            let (inner, outer) = (indent_after_newline(gaps.open), indent_after_newline(gaps.close));
            let unit = inner.strip_prefix(outer).filter(|unit| !unit.is_empty()).unwrap_or("\t");
            (sample.document().source().line_ending(), unit.to_owned())
        });
        let colon = gaps.colon.unwrap_or(if lines.is_some() { ": " } else { ":" });
        let comma = gaps.comma.unwrap_or(if colon == ":" { "," } else { ", " });
        Some(Self { lines, pad: gaps.open.to_owned(), comma: comma.to_owned(), colon: colon.to_owned() })
    }

    /// The layout of the outermost container with content, or else Postman's, with the line ending of the file.
    fn of_document(node: Node<'_>) -> Self {
        let document = node.document();
        let outermost = std::iter::successors(Some(document.root()), |node| node.values().next());
        let found = outermost.filter(|sample| *sample != node).find_map(Self::of);
        found.unwrap_or_else(|| Self::postman(document.source().line_ending()))
    }

    /// The layout of Postman's exports, except for the line ending: a line feed there.
    fn postman(line_ending: &'static str) -> Self {
        Self {
            lines: Some((line_ending, "\t".to_owned())),
            pad: String::new(),
            comma: ",".to_owned(),
            colon: ": ".to_owned(),
        }
    }

    /// Spells `value`; if it takes several lines, its closing bracket is at `indent`.
    fn spell(&self, value: &Value, indent: &str) -> String {
        let mut out = String::new();
        self.push(value, indent, &mut out);
        out
    }

    /// Appends the spelling of `value` to `out`.
    fn push(&self, value: &Value, indent: &str, out: &mut String) {
        match value {
            Value::Array(items) if !items.is_empty() => {
                let inner = self.inner(indent);
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.push_gap(at, &inner, out);
                    self.push(item, &inner, out);
                }
                self.push_end(indent, out);
                out.push(']');
            }
            Value::Object(members) if !members.is_empty() => {
                let inner = self.inner(indent);
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.push_gap(at, &inner, out);
                    string::push_quoted(name, out);
                    out.push_str(&self.colon);
                    self.push(value, &inner, out);
                }
                self.push_end(indent, out);
                out.push('}');
            }
            scalar_or_empty => scalar_or_empty.push_json(out),
        }
    }

    /// Appends the gap before child number `at`, which is indented by `indent` if it is on a line of its own.
    fn push_gap(&self, at: usize, indent: &str, out: &mut String) {
        match &self.lines {
            Some((eol, _)) => {
                out.push_str(if at > 0 { "," } else { "" });
                out.push_str(eol);
                out.push_str(indent);
            }
            None => out.push_str(if at > 0 { &self.comma } else { &self.pad }),
        }
    }

    /// Appends the gap before a closing bracket.
    fn push_end(&self, indent: &str, out: &mut String) {
        match &self.lines {
            Some((eol, _)) => {
                out.push_str(eol);
                out.push_str(indent);
            }
            None => out.push_str(&self.pad),
        }
    }

    /// The text between two children of `container`, or that would be if it had two.
    fn separator(&self, container: Node<'_>) -> String {
        match Gaps::of(container) {
            Some(Gaps { comma: Some(comma), .. }) => comma.to_owned(),
            Some(gaps) if gaps.open.contains('\n') => format!(",{}", gaps.open),
            _ if self.lines.is_some() => ", ".to_owned(),
            _ => self.comma.clone(),
        }
    }

    fn inner(&self, indent: &str) -> String {
        let unit = self.lines.as_ref().map_or("", |(_, unit)| unit);
        format!("{indent}{unit}")
    }
}

/// The gaps between the brackets, names and values of a container with content, commas and colons included.
struct Gaps<'d> {
    open: &'d str,
    colon: Option<&'d str>,
    comma: Option<&'d str>,
    close: &'d str,
}

impl<'d> Gaps<'d> {
    fn of(container: Node<'d>) -> Option<Self> {
        let source = container.document().source();
        let between = |start: u32, end: u32| source.slice(Span { start, end });
        let mut children = child_spans(container).into_iter();
        let (first, second) = (children.next()?, children.next());
        let last = children.next_back().or(second).unwrap_or(first);
        let whole = container.span();
        Some(Self {
            open: between(whole.start + 1, first.start),
            colon: container
                .members()
                .next()
                .map(|member| between(member.name.span().end, member.value.span().start)),
            comma: second.map(|second| between(first.end, second.start)),
            close: between(last.end, whole.end - 1),
        })
    }
}

fn child_spans(container: Node<'_>) -> Vec<Span> {
    let members = container.members().map(|member| member.span());
    members.chain(container.items().map(|item| item.span())).collect()
}

/// The indentation of the children of a container that are on lines of their own.
fn child_indent(container: Node<'_>) -> String {
    Gaps::of(container).map(|gaps| indent_after_newline(gaps.open).to_owned()).unwrap_or_default()
}

/// The indentation of the line on which `node` starts.
fn indent_of_line(node: Node<'_>) -> String {
    let before = &node.document().source().text()[..node.span().start as usize];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    line[..line.len() - line.trim_start().len()].to_owned()
}

fn indent_after_newline(gap: &str) -> &str {
    &gap[gap.rfind('\n').map_or(gap.len(), |at| at + 1)..]
}

#[cfg(test)]
mod tests;
