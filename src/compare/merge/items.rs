use std::collections::{HashMap, HashSet};

use super::parts::Arrangement;
use super::{EVERYTHING, Label, Merger, News, Side};
use crate::compare::identity::{self, children};
use crate::compare::shape::{self, Shape};
use crate::compare::spelling;
use crate::compare::view::View;
use crate::model::{Collection, Item, Scope};
use crate::syntax::{Document, Node, Value, write};
use crate::text::{Edit, EditSet, Span};

/// A folder or request: its place in base, ours and theirs.
type Entity = [Option<usize>; 3];

const BASE: usize = 0;
const OURS: usize = 1;
const THEIRS: usize = 2;

/// The items of three collections, and which of them are the same.
struct Items<'d> {
    sides: [Option<Collection<'d>>; 3],
    entities: Vec<Entity>,
    /// For every item of every side, its entity.
    of: [Vec<usize>; 3],
}

impl<'d> Items<'d> {
    fn of(base: Option<&Scope<'d>>, ours: &Scope<'d>, theirs: &Scope<'d>) -> Self {
        let collection = |scope: &Scope<'d>| Collection::of(scope.owner().document());
        let sides = [base.and_then(collection), collection(ours), collection(theirs)];
        let count = |side: usize| sides[side].as_ref().map_or(0, |side| side.items().len());
        let pairs = |one: usize, other: usize| match (&sides[one], &sides[other]) {
            (Some(one), Some(other)) => identity::pair(one, other).forward,
            _ => vec![None; count(one)],
        };
        let (to_ours, to_theirs, across) = (pairs(BASE, OURS), pairs(BASE, THEIRS), pairs(OURS, THEIRS));
        let mut entities: Vec<Entity> =
            (0..count(BASE)).map(|at| [Some(at), to_ours[at], to_theirs[at]]).collect();
        let known = |side: usize| entities.iter().filter_map(|entity| entity[side]).collect::<HashSet<_>>();
        let (known_ours, mut known_theirs) = (known(OURS), known(THEIRS));
        for at in (0..count(OURS)).filter(|at| !known_ours.contains(at)) {
            let other = across[at].filter(|other| known_theirs.insert(*other));
            entities.push([None, Some(at), other]);
        }
        let rest = (0..count(THEIRS)).filter(|at| !known_theirs.contains(at));
        entities.extend(rest.map(|at| [None, None, Some(at)]).collect::<Vec<_>>());
        let of = [BASE, OURS, THEIRS].map(|side| {
            let mut of = vec![0; count(side)];
            for (entity, places) in entities.iter().enumerate() {
                if let Some(at) = places[side] {
                    of[at] = entity;
                }
            }
            of
        });
        Self { sides, entities, of }
    }

    fn item(&self, entity: usize, side: usize) -> Option<&Item<'d>> {
        self.sides[side].as_ref()?.items().get(self.entities[entity][side]?)
    }

    fn view(&self, entity: usize, side: usize) -> Option<View<'d>> {
        self.item(entity, side).map(|item| View::Node(item.node()))
    }

    /// The folder an entity is in on a side; none at the top.
    fn parent(&self, entity: usize, side: usize) -> Option<usize> {
        self.item(entity, side)?.parent().map(|at| self.of[side][at])
    }

    /// What is directly in a folder, or at the top, on a side.
    fn inside(&self, folder: Option<usize>, side: usize) -> Vec<usize> {
        let Some(collection) = &self.sides[side] else { return Vec::new() };
        let at = folder.map(|folder| self.entities[folder][side]);
        match at {
            Some(None) => Vec::new(),
            at => children(collection, at.flatten()).map(|child| self.of[side][child]).collect(),
        }
    }

    fn path(&self, entity: usize) -> Vec<String> {
        let side = [OURS, THEIRS, BASE].into_iter().find(|&side| self.entities[entity][side].is_some());
        let found = side.and_then(|side| {
            let collection = self.sides[side].as_ref()?;
            Some(collection.path(collection.items().get(self.entities[entity][side]?)?))
        });
        found.unwrap_or_default().into_iter().map(std::borrow::Cow::into_owned).collect()
    }

    /// An entity and the folders above it in theirs, as far as ours does not have them.
    fn missing(&self, entity: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(entity), |&entity| self.parent(entity, THEIRS))
            .take_while(|&entity| self.entities[entity][OURS].is_none())
    }

    /// Whether a folder of theirs is, or will be, in ours; the top always is.
    fn reachable(&self, folder: Option<usize>, fates: &Fates) -> bool {
        folder.is_none_or(|folder| {
            let [base, ours, _] = self.entities[folder];
            let comes = fates.come.contains(&folder) || base.is_none();
            ours.is_some() || (comes && self.reachable(self.parent(folder, THEIRS), fates))
        })
    }

    /// Whether an entity, without what is in it, is on this side as it was in the base.
    fn unchanged(&self, entity: usize, side: usize) -> bool {
        match (self.view(entity, BASE), self.view(entity, side)) {
            (Some(base), Some(other)) => shape::same(&base, &other, Shape::Item, EVERYTHING),
            _ => false,
        }
    }

    /// Whether an entity of ours may go without loss: all that would go with it was so in the base.
    fn untouched(&self, entity: usize, fates: &Fates) -> bool {
        let inside = self.inside(Some(entity), OURS);
        // What came into it here stays, and so must the folder.
        let was_inside = |child: usize| self.parent(child, BASE) == Some(entity);
        let goes = |child: usize| {
            fates.leave.contains(&child) || (was_inside(child) && self.untouched(child, fates))
        };
        self.unchanged(entity, OURS) && inside.into_iter().all(goes)
    }
}

impl Merger {
    /// Merges folders and requests: what is in them, where they are, and whether they are.
    pub(super) fn items<'d>(&mut self, base: Option<&Scope<'d>>, ours: &Scope<'d>, theirs: &Scope<'d>) {
        let items = Items::of(base, ours, theirs);
        self.in_items = true;
        for entity in 0..items.entities.len() {
            let views = [BASE, OURS, THEIRS].map(|side| items.view(entity, side));
            if let [base, Some(one), Some(other)] = &views {
                self.path = items.path(entity);
                let before = self.edits.len();
                self.contents(
                    [base.as_ref(), Some(one), Some(other)],
                    Shape::Item,
                    Label::default(),
                    &HashMap::new(),
                );
                self.edits.extend(one.node().and_then(|item| twin_edit(item, &self.edits[before..])));
            }
        }
        let fates = self.fates(&items);
        // The inner lists first: what moves takes along what was done in it.
        let folders =
            (0..items.entities.len()).filter(|&at| items.item(at, OURS).is_some_and(Item::is_folder));
        let mut folders: Vec<_> = folders.collect();
        folders.sort_by_key(|&at| std::cmp::Reverse(items.entities[at][OURS]));
        for folder in folders.into_iter().map(Some).chain([None]) {
            self.list(&items, folder, &fates);
        }
        let gone = |edit: &Edit| {
            let leaving = fates.leave.iter().filter_map(|&entity| items.item(entity, OURS));
            leaving.into_iter().any(|item| is_inside(edit, item.node().span()))
        };
        self.edits.retain(|edit| !gone(edit));
        self.path.clear();
    }

    /// Decides for every entity whether it stays, goes, comes or moves.
    fn fates(&mut self, items: &Items<'_>) -> Fates {
        let mut fates = Fates::default();
        // First, since a folder that goes takes along what has not moved out of it.
        for entity in 0..items.entities.len() {
            if let [_, Some(_), Some(_)] = items.entities[entity] {
                self.moves(items, entity, &mut fates);
            }
        }
        for entity in 0..items.entities.len() {
            self.path = items.path(entity);
            let [base, one, other] = items.entities[entity].map(|at| at.is_some());
            let folder = |side: usize| items.parent(entity, side);
            match (base, one, other) {
                (true, true, false) => {
                    if items.untouched(entity, &fates) {
                        fates.leave.insert(entity);
                        if folder(OURS).is_none_or(|parent| !fates.leave.contains(&parent)) {
                            self.note(News::Removed);
                        }
                    } else if !items.unchanged(entity, OURS) {
                        let value = items.view(entity, OURS).map(|view| view.to_value());
                        if self.conflict(Label::default(), value, None) == Side::Theirs {
                            fates.leave.insert(entity);
                        }
                    }
                }
                (true, false, true) if !items.unchanged(entity, THEIRS) => {
                    let value = items.view(entity, THEIRS).map(|view| view.to_value());
                    if self.conflict(Label::default(), None, value) == Side::Theirs {
                        fates.come.extend(items.missing(entity));
                    }
                }
                (false, false, true) => {
                    if !items.reachable(folder(THEIRS), &fates) {
                        let value = items.view(entity, THEIRS).map(|view| view.to_value());
                        self.conflict(Label::default(), None, value);
                    } else {
                        fates.come.insert(entity);
                        if folder(THEIRS).is_none_or(|parent| items.entities[parent][OURS].is_some()) {
                            self.note(News::Added);
                        }
                    }
                }
                _ => {}
            }
        }
        fates
    }

    /// Decides where an entity goes that is in ours and in theirs.
    fn moves(&mut self, items: &Items<'_>, entity: usize, fates: &mut Fates) {
        let [was, here, there] = [BASE, OURS, THEIRS].map(|side| items.parent(entity, side));
        if here == there {
            return;
        }
        self.path = items.path(entity);
        let removed = |folder: Option<usize>, side: usize| {
            folder.is_some_and(|at| items.entities[at][side].is_none() && items.entities[at][BASE].is_some())
        };
        let is_new = items.entities[entity][BASE].is_none();
        let into_removed = here != was && removed(here, THEIRS);
        if !is_new && was == there && !into_removed {
            return;
        }
        let both = is_new || (was != here && was != there);
        if both || into_removed || !items.reachable(there, fates) {
            let name = |folder: Option<usize>| {
                let names = folder.map_or_else(|| "(top)".to_owned(), |at| items.path(at).join(" / "));
                Some(Value::String(names))
            };
            self.path.push("folder".to_owned());
            if self.conflict(Label::default(), name(here), name(there)) == Side::Ours {
                return;
            }
            fates.come.extend(there.into_iter().flat_map(|there| items.missing(there)));
        } else {
            self.note(News::Moved);
        }
        fates.leave.insert(entity);
        fates.come.insert(entity);
    }

    fn note(&mut self, what: News) {
        self.take(what, Shape::Item);
    }

    /// Puts the list of a folder in ours, or of the collection, in order.
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

    /// What comes into a list of ours: theirs, with what ours knows better.
    fn value(&self, items: &Items<'_>, entity: usize, fates: &Fates) -> Option<Value> {
        if let Some(item) = items.item(entity, OURS) {
            return self.edited(item.node());
        }
        let item = items.item(entity, THEIRS)?;
        let Value::Object(mut members) = Value::of(item.node()) else { return None };
        if item.is_folder() {
            let wanted =
                |&child: &usize| fates.come.contains(&child) || items.entities[child][OURS].is_none();
            let inside = items.inside(Some(entity), THEIRS).into_iter().filter(wanted);
            let inside = inside.filter_map(|child| self.value(items, child, fates)).collect();
            if let Some((_, list)) = members.iter_mut().find(|(name, _)| name == "item") {
                *list = Value::Array(inside);
            }
        }
        Some(Value::Object(members))
    }

    /// The value of `node` of ours after the edits that were made in it.
    fn edited(&self, node: Node<'_>) -> Option<Value> {
        let span = node.span();
        let inside = self.edits.iter().filter(|edit| is_inside(edit, span));
        let moved = inside.map(|edit| Edit {
            span: Span { start: edit.span.start - span.start, end: edit.span.end - span.start },
            replacement: edit.replacement.clone(),
        });
        let text = EditSet::new(moved.collect()).ok()?.apply(node.raw());
        Document::json(&text).ok().map(|document| Value::of(document.root()))
    }
}

/// Whether an edit is made within an item. One that takes the item away, or comes right before or after it, is not.
fn is_inside(edit: &Edit, item: Span) -> bool {
    item.start < edit.span.start && edit.span.end < item.end
}

/// What happens to entities in ours. What moves leaves one list and comes into another.
#[derive(Default)]
struct Fates {
    leave: HashSet<usize>,
    come: HashSet<usize>,
}

/// Some tools write the description of a request once more on its item: the edit that keeps both the same after `edits`.
fn twin_edit(item: Node<'_>, edits: &[Edit]) -> Option<Edit> {
    let (twin, own) = (item.get("description")?, item.get("request")?.get("description")?);
    if !shape::same(&View::Node(twin), &View::Node(own), Shape::Text, EVERYTHING) {
        return None;
    }
    // Of `{content, type}` the content is what changes.
    let text = |node: Node<'_>| {
        spelling::plain(&View::Node(node), Shape::Text).and_then(|view| view.node()).unwrap_or(node).span()
    };
    let (place, twin_place) = (text(own), text(twin));
    let edit = edits.iter().find(|edit| edit.span.start <= place.start && place.end <= edit.span.end)?;
    if edit.span == place {
        return Some(Edit { span: twin_place, replacement: edit.replacement.clone() });
    }
    // It went.
    Some(write::replace(twin, &Value::string("")))
}
