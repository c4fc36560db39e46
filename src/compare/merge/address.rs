use super::Three;
use super::items::after;
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::model::Url;
use crate::syntax::{Node, Value, write};
use crate::text::Edit;

/// Whether both sides changed an address that is spelled a second time in `raw`.
pub(super) fn is_rewritten(values: Three<'_, View<'_>>, shape: Shape) -> bool {
    if shape != Shape::Url {
        return false;
    }
    let [base, ours, theirs] = values.map(|view| view.and_then(|view| view.get("raw")?.as_str()));
    ours.is_some() && ours != theirs && base != ours && base != theirs
}

/// Whether the parts of an address make exactly its `raw`, so that this can be spelled anew when they change.
pub(super) fn is_consistent(url: &View<'_>) -> bool {
    let url = url.node().map(Url::of);
    let makes = |url: Url<'_>| url.parts_make(&url.raw()?.as_str()?);
    url.and_then(makes) == Some(true)
}

/// Spells `raw` in the address `url` anew where the `edits` from number `from` on let it say something else than its parts:
/// Postman shows the one, and newman sends the others.
pub(super) fn respell(url: Node<'_>, edits: &mut Vec<Edit>, from: usize) {
    let Some(raw) = url.get("raw") else { return };
    let Some(merged) = after(&edits[from..], url) else { return };
    let merged = Url::of(merged.root());
    let spelled = merged.raw().and_then(|raw| raw.as_str());
    let agrees = spelled.and_then(|raw| merged.parts_make(&raw));
    if let (Some(false), Some(parts)) = (agrees, merged.from_parts()) {
        let own: Vec<_> = edits.drain(from..).filter(|edit| !edit.span.meets(raw.span())).collect();
        edits.extend(own);
        edits.push(write::replace(raw, &Value::String(parts)));
    }
}
