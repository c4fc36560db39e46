use std::collections::HashMap;

use super::entities::{BASE, Items, OURS, THEIRS};
use super::fates::Fates;
use super::parts::Arrangement;
use super::{EVERYTHING, Label, Merger};
use crate::compare::content::{self};
use crate::compare::shape::Shape;
use crate::compare::spelling;
use crate::compare::view::View;
use crate::model::{Item, Scope};
use crate::syntax::{Document, Node, Value, write};
use crate::text::{Edit, EditSet, Span};

impl Merger<'_> {
    /// Merges folders and requests: their content, their places, and their existence.
    pub(super) fn items<'d>(&mut self, base: Option<&Scope<'d>>, ours: &Scope<'d>, theirs: &Scope<'d>) {
        let items = Items::of(base, ours, theirs);
        self.in_items = true;
        for entity in 0..items.entities.len() {
            let views = [BASE, OURS, THEIRS].map(|side| items.view(entity, side));
            if let [base, Some(one), Some(other)] = &views
                && !one.is_spelled_as(other)
            {
                self.path = items.path(entity);
                let before = self.edits.len();
                self.contents(
                    [base.as_ref(), Some(one), Some(other)],
                    Shape::Item,
                    Label::default(),
                    &HashMap::new(),
                );
                let nodes = one.node().zip(other.node());
                let twin = nodes.and_then(|(ours, theirs)| twin_edit(ours, theirs, &self.edits[before..]));
                self.edits.extend(twin);
            }
        }
        let fates = self.fates(&items);
        let stays = |at: &usize| !fates.leave.contains(at) || fates.come.contains(at);
        let is_here = |at: &usize| items.item(*at, OURS).is_some_and(Item::is_folder);
        let mut folders: Vec<_> = (0..items.entities.len()).filter(is_here).filter(stays).collect();
        // Inner lists first, since a folder moves together with the changes in it.
        folders.sort_by_cached_key(|&at| std::cmp::Reverse(fates.depth(&items, at)));
        for folder in folders.into_iter().map(Some).chain([None]) {
            self.list(&items, folder, &fates);
        }
        self.edits.retain(|edit| !fates.leaving.iter().any(|item| is_inside(edit, *item)));
        self.path.clear();
    }

    /// Adds items to and removes items from the list of a folder in ours, or of the collection.
    fn list<'d>(&mut self, items: &Items<'d>, folder: Option<usize>, fates: &Fates) {
        let holder = match folder {
            Some(folder) => items.item(folder, OURS).map(|item| item.node()),
            None => items.sides[OURS].as_ref().map(|side| side.owner()),
        };
        let Some(list) = holder.and_then(|holder| holder.get("item")) else { return };
        let mut plan = Arrangement::default();
        let here = items.inside(folder, OURS);
        plan.removed = here
            .iter()
            .filter(|entity| fates.leave.contains(entity))
            .filter_map(|&entity| items.item(entity, OURS).map(|item| item.node()))
            .collect();
        let mut after: Option<Node<'d>> = None;
        for entity in items.inside(folder, THEIRS) {
            if fates.come.contains(&entity) {
                if let Some(value) = self.value(items, entity, fates) {
                    plan.added.push((after, String::new(), value));
                }
            } else if here.contains(&entity) && !fates.leave.contains(&entity) {
                after = items.item(entity, OURS).map(|item| item.node()).or(after);
            }
        }
        self.arrange(list, plan);
    }

    /// The value of an item to add to a list in ours: that of ours as edited if it moves, else that of theirs.
    fn value(&self, items: &Items<'_>, entity: usize, fates: &Fates) -> Option<Value> {
        if let Some(item) = items.item(entity, OURS) {
            return self.edited(item.node(), &fates.leaving);
        }
        let item = items.item(entity, THEIRS)?;
        let Value::Object(mut members) = Value::of(item.node()) else { return None };
        if item.is_folder() {
            let inside = items.inside(Some(entity), THEIRS).into_iter();
            let inside = inside.filter(|child| fates.come.contains(child));
            let inside = inside.filter_map(|child| self.value(items, child, fates)).collect();
            if let Some((_, list)) = members.iter_mut().find(|(name, _)| name == "item") {
                *list = Value::Array(inside);
            }
        }
        Some(Value::Object(members))
    }

    /// The value of `node` of ours after the edits in it, except those in items that are `leaving` it.
    fn edited(&self, node: Node<'_>, leaving: &[Span]) -> Option<Value> {
        let span = node.span();
        let leaving: Vec<_> =
            leaving.iter().filter(|item| span.start < item.start && item.end < span.end).collect();
        let goes = |edit: &&Edit| leaving.iter().any(|item| is_inside(edit, **item));
        let staying = self.edits.iter().filter(|edit| !goes(edit));
        after(staying, node).map(|document| Value::of(document.root()))
    }
}

/// `node` of ours after those of `edits` that are inside it.
pub(super) fn after<'e>(edits: impl IntoIterator<Item = &'e Edit>, node: Node<'_>) -> Option<Document> {
    let span = node.span();
    let inside = edits.into_iter().filter(|edit| is_inside(edit, span)).map(|edit| Edit {
        span: Span { start: edit.span.start - span.start, end: edit.span.end - span.start },
        replacement: edit.replacement.clone(),
    });
    let text = EditSet::new(inside.collect()).ok()?.apply(node.raw());
    Document::json(&text).ok()
}

/// Whether an edit is inside an item. One that removes the item, or is adjacent to it, is not.
fn is_inside(edit: &Edit, item: Span) -> bool {
    item.start < edit.span.start && edit.span.end < item.end
}

/// Some tools repeat the description of a request on its item. Returns the edit that keeps both the same after `edits`,
/// unless these also change the item's, or the two differ in `theirs`.
fn twin_edit(item: Node<'_>, theirs: Node<'_>, edits: &[Edit]) -> Option<Edit> {
    let [twin, own] = descriptions(item)?;
    let are_same = |[one, other]: [Node<'_>; 2]| {
        content::same(&View::Node(one), &View::Node(other), Shape::Text, EVERYTHING)
    };
    let is_changed = edits.iter().any(|edit| edit.span.meets(twin.span()));
    if is_changed || !are_same([twin, own]) || !descriptions(theirs).is_none_or(are_same) {
        return None;
    }
    // In `{content, type}`, the content changes.
    let text = |node: Node<'_>| {
        spelling::plain(&View::Node(node), Shape::Text).and_then(|view| view.node()).unwrap_or(node).span()
    };
    let (place, twin_place) = (text(own), text(twin));
    let edit = edits.iter().find(|edit| edit.span.start <= place.start && place.end <= edit.span.end)?;
    if edit.span == place {
        return Some(Edit { span: twin_place, replacement: edit.replacement.clone() });
    }
    // It was removed.
    Some(write::replace(twin, &Value::string("")))
}

/// The description of an item, and that of its request.
fn descriptions(item: Node<'_>) -> Option<[Node<'_>; 2]> {
    Some([item.get("description")?, item.get("request")?.get("description")?])
}
