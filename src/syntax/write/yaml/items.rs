use super::text_of;
use crate::syntax::{Kind, Member, Node};
use crate::text::{Edit, Span, column, line_end, line_start};

/// Turns the members of `object` in YAML into items of a list, each with its name as `name` and its value as `value`,
/// on the same lines, with their comments. `None` if one is not on a line of its own.
#[must_use]
pub fn members_as_items(object: Node<'_>, name: &str, value: &str) -> Option<Edit> {
    if object.is_flow() {
        return None;
    }
    let (text, eol) = (text_of(object), object.document().source().line_ending());
    let indent = column(text, object.span().start as usize);
    let from = line_start(text, object.span().start as usize);
    let (mut out, mut done) = (String::new(), from);
    for member in object.members() {
        let start = member.name.span().start as usize;
        let blank = text[line_start(text, start)..start].bytes().all(|byte| byte == b' ');
        let (before, after) = (member.name.span().end as usize, member.value.span().start as usize);
        let colon = text.get(before..after)?.trim_start_matches(' ').strip_prefix(':')?;
        if !blank || !colon.bytes().all(|byte| byte == b' ') || !is_plain(member) {
            return None;
        }
        out.push_str(&text[done..start]);
        out.push_str(&format!("- {name}: {}{eol}{:indent$}  {value}:", member.name.raw(), ""));
        done = after - colon.len();
    }
    let end = end_of_lines(object);
    out.push_str(text.get(done..end)?);
    Some(Edit::replace(Span::new(from, end), out))
}

/// Turns `object` in YAML into the only item of a list, on the same lines, with their comments. `None` if it does not
/// start on a line of its own.
#[must_use]
pub fn as_item(object: Node<'_>) -> Option<Edit> {
    let (text, start) = (text_of(object), object.span().start as usize);
    let from = line_start(text, start);
    let indent = &text[from..start];
    if object.is_flow() || object.kind() != Kind::Object || !indent.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let mut out = format!("{indent}- ");
    for (at, line) in text[start..end_of_lines(object)].split_inclusive('\n').enumerate() {
        let is_inside = at > 0 && !line.trim().is_empty();
        out.push_str(if is_inside { "  " } else { "" });
        out.push_str(line);
    }
    Some(Edit::replace(Span::new(from, end_of_lines(object)), out))
}

/// The end of the last line of `object`: after its line break or, if the last line of the file has none, before it,
/// where [`Layout::below`](super::layout::Layout::below) inserts.
fn end_of_lines(object: Node<'_>) -> usize {
    let text = text_of(object);
    let end = line_end(text, object.span().end as usize);
    let with_its_end = text[end..].find('\n').filter(|_| text.ends_with('\n')).map(|at| end + at + 1);
    with_its_end.unwrap_or(end)
}

/// Whether the member is a scalar on one line, without notation that could affect another place.
fn is_plain(member: Member<'_>) -> bool {
    let plain = |raw: &str| !raw.contains('\n') && !raw.starts_with(['&', '*', '!', '|', '>', '?']);
    plain(member.name.raw()) && plain(member.value.raw()) && !member.value.kind().is_container()
}
