use super::text_of;
use crate::syntax::{Kind, Member, Node};
use crate::text::{Edit, Span, column, line_end, line_start};

/// The members of `object` in YAML as items of a list, in which each has its name under `name` and its value under `value`, in
/// the lines that they have been on, with the comments there. None where one is not on a line of its own.
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
    let end = line_end(text, object.span().end as usize);
    // Where the last line of the file has no end, what is inserted comes before the ends of lines.
    let with_its_end = text[end..].find('\n').filter(|_| text.ends_with('\n')).map(|at| end + at + 1);
    let end = with_its_end.unwrap_or(end);
    out.push_str(text.get(done..end)?);
    Some(Edit::replace(Span::new(from, end), out))
}

/// Whether nothing of a member spans lines, or means something elsewhere.
fn is_plain(member: Member<'_>) -> bool {
    let plain = |raw: &str| !raw.contains('\n') && !raw.starts_with(['&', '*', '!', '|', '>', '?']);
    plain(member.name.raw())
        && plain(member.value.raw())
        && !matches!(member.value.kind(), Kind::Array | Kind::Object)
}
