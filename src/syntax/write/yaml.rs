mod items;
mod layout;
mod remove;
mod site;

pub use items::{as_item, members_as_items};
pub(super) use remove::remove;

use layout::Layout;
use site::Site;

use super::scalar::{Room, Writer, spell};
use crate::syntax::{Kind, Member, Node, Value};
use crate::text::{Edit, column};

/// One step of indentation, as Postman writes it.
const STEP: usize = 2;

pub(super) fn document(value: &Value) -> String {
    let names: &[_] = if let Value::Object(members) = value { members } else { &[] };
    let writer = Writer::of(names.iter().map(|(name, _)| name.into()));
    let layout = Layout { writer, blank_lines: true, eol: "\n", literals: true, last_line: false };
    layout.block(value, 0) + "\n"
}

pub(super) fn replace(node: Node<'_>, value: &Value) -> Edit {
    let site = Site::of(node);
    match value {
        Value::Array(items) if !items.is_empty() => site.replace_by_container(value),
        Value::Object(members) if !members.is_empty() => site.replace_by_container(value),
        _ => site.replace_by_scalar(value),
    }
}

pub(super) fn append(array: Node<'_>, values: &[Value]) -> Edit {
    match array.items().last() {
        Some(last) => insert_after(array, last, values),
        None => replace(array, &Value::Array(values.to_vec())),
    }
}

/// Inserts `values` before `first`, the first item of `array`.
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

/// Inserts a member into `object` before `first`, its first member.
pub(super) fn insert_member_before(object: Node<'_>, first: Member<'_>, name: &str, value: &Value) -> Edit {
    let start = first.span().start as usize;
    if object.is_flow() {
        let name = spell(&Value::string(name), None, &Room::FLOW);
        return Edit::insert(start, format!("{name}: {}, ", in_flow(value)));
    }
    let (text, layout) = (text_of(object), Layout::of(object));
    let indent = column(text, start);
    let member = Value::object([(name, value.clone())]);
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

/// Spells `value` on one line.
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

fn text_of(node: Node<'_>) -> &str {
    node.document().source().text()
}

#[cfg(test)]
mod tests;
