use std::borrow::Cow;
use std::collections::HashSet;

use super::absence;
use super::by_name::pairs;
use super::difference::{Change, Diff, Entry, Presence, Subject, What};
use super::identity::{self, Pairing, children};
use super::label::Label;
use super::namesakes;
use super::renamed;
use super::shape::{self, Content, Include, Part, Shape};
use super::view::View;
use crate::model::{self, Collection, FileKind, Scope, ScopeKind, identify};
use crate::syntax::Node;

/// Two files of two kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} and {1} have nothing in common to compare; give files of one kind")]
pub struct DifferentKinds(pub FileKind, pub FileKind);

/// Compares the files of two scopes: environments, globals files or collections.
///
/// # Errors
/// [`DifferentKinds`] when one of them is a collection and the other is not.
pub fn diff<'d>(before: &Scope<'d>, after: &Scope<'d>, include: Include) -> Result<Diff<'d>, DifferentKinds> {
    diff_with(before, after, include, identity::pair)
}

/// The same of two collections that hold one thing each, which are the same one whatever they are called and send.
///
/// # Errors
/// [`DifferentKinds`].
pub fn diff_alone<'d>(
    before: &Scope<'d>,
    after: &Scope<'d>,
    include: Include,
) -> Result<Diff<'d>, DifferentKinds> {
    diff_with(before, after, include, identity::pair_in_order)
}

/// Compares two files of git-native collections as they are. `name` is what one is called that has no name of its own.
#[must_use]
pub fn diff_parts<'d>(
    before: &model::Part<'d>,
    after: &model::Part<'d>,
    name: &str,
    include: Include,
) -> Diff<'d> {
    let (before, after) = (before.node(), after.node());
    let differ = Differ { include, entries: Vec::new() };
    let mut changes = differ.changes(&View::Node(before), &View::Node(after), Shape::File);
    changes.retain(|change| change.place != ["name"]);
    let own =
        |node: Node<'d>| node.get("name").and_then(|own| own.as_str()).unwrap_or(name.to_owned().into());
    let (was, is) = (own(before), own(after));
    let entry = Entry {
        subject: Subject::Request,
        path: vec![is.clone().into_owned()],
        presence: Presence::Both,
        inside: false,
        renamed_from: (was != is).then(|| was.into_owned()),
        moved_from: None,
        nodes: (Some(before), Some(after)),
        changes,
    };
    let differs = entry.renamed_from.is_some() || !entry.changes.is_empty();
    Diff { kind: ScopeKind::Collection, entries: differs.then_some(entry).into_iter().collect() }
}

fn diff_with<'d>(
    before: &Scope<'d>,
    after: &Scope<'d>,
    include: Include,
    pair: impl Fn(&Collection<'d>, &Collection<'d>) -> Pairing,
) -> Result<Diff<'d>, DifferentKinds> {
    let documents = [before, after].map(|scope| scope.owner().document());
    let collections = [before, after].map(|scope| scope.kind() == ScopeKind::Collection);
    if collections[0] != collections[1] {
        return Err(DifferentKinds(identify(documents[0]), identify(documents[1])));
    }
    let mut differ = Differ { include, entries: Vec::new() };
    if documents[0].source().text() != documents[1].source().text() {
        let head = if collections[0] { Shape::Collection } else { Shape::Environment };
        differ.head(before.owner(), after.owner(), head);
        differ.variables(before.list(), after.list());
        if let [Some(one), Some(other)] = documents.map(Collection::of) {
            differ.items(&one, &other, &pair(&one, &other));
        }
    }
    Ok(Diff { kind: after.kind(), entries: differ.entries })
}

impl Label<'_> {
    fn change<'d>(self, place: &[String], what: What<'d>) -> Change<'d> {
        Change { place: place.to_vec(), key: self.key.to_owned(), secret: self.secret, what }
    }
}

struct Differ<'d> {
    include: Include,
    entries: Vec<Entry<'d>>,
}

impl<'d> Differ<'d> {
    fn head(&mut self, before: Node<'d>, after: Node<'d>, shape: Shape) {
        let mut changes = self.changes(&View::Node(before), &View::Node(after), shape);
        // The variables come one by one.
        changes.retain(|change| change.place.first().is_none_or(|name| name != "variable"));
        self.both(Subject::Head, Vec::new(), (before, after), changes);
    }

    fn both(
        &mut self,
        subject: Subject,
        path: Vec<String>,
        nodes: (Node<'d>, Node<'d>),
        changes: Vec<Change<'d>>,
    ) {
        if !changes.is_empty() {
            self.entries.push(Entry {
                subject,
                path,
                presence: Presence::Both,
                inside: false,
                renamed_from: None,
                moved_from: None,
                nodes: (Some(nodes.0), Some(nodes.1)),
                changes,
            });
        }
    }

    fn one_sided(
        &mut self,
        subject: Subject,
        path: Vec<String>,
        presence: Presence,
        inside: bool,
        node: Node<'d>,
    ) {
        let nodes = match presence {
            Presence::Removed => (Some(node), None),
            _ => (None, Some(node)),
        };
        let (renamed_from, moved_from, changes) = (None, None, Vec::new());
        self.entries.push(Entry {
            subject,
            path,
            presence,
            inside,
            renamed_from,
            moved_from,
            nodes,
            changes,
        });
    }

    fn variables(&mut self, before: Option<Node<'d>>, after: Option<Node<'d>>) {
        let rows = |list: Option<Node<'d>>| match list
            .map(|list| shape::content(&View::Node(list), Shape::Rows, self.include))
        {
            Some(Content::Parts(parts)) => parts,
            _ => Vec::new(),
        };
        let (mut one, mut other) = (rows(before), rows(after));
        namesakes::number(&mut [&mut one, &mut other], self.include);
        for pair in pairs(&one, &other) {
            match pair {
                (Some(one), Some(other)) => {
                    let mut changes = Vec::new();
                    let label = Label::default().below(Shape::Rows, one, &[Some(one), Some(other)]);
                    self.contents(&one.view, &other.view, Shape::Row, &mut Vec::new(), label, &mut changes);
                    if let (Some(before), Some(after)) = (one.origin.node(), other.origin.node()) {
                        self.both(Subject::Variable, vec![one.name.to_string()], (before, after), changes);
                    }
                }
                (Some(gone), None) => self.variable(gone, Presence::Removed),
                (None, Some(new)) => self.variable(new, Presence::Added),
                (None, None) => {}
            }
        }
        if let (Some(before), Some(after)) = (before, after)
            && self.reordered(&one, &other)
        {
            let change = Label::default().change(&[], What::Reordered);
            self.both(Subject::Variable, Vec::new(), (before, after), vec![change]);
        }
    }

    fn variable(&mut self, part: &Part<'d>, presence: Presence) {
        if let Some(node) = part.origin.node() {
            self.one_sided(Subject::Variable, vec![part.name.to_string()], presence, false, node);
        }
    }

    fn items(&mut self, one: &Collection<'d>, other: &Collection<'d>, pairing: &Pairing) {
        self.reordered_items(one, other, pairing, None);
        for (at, item) in other.items().iter().enumerate() {
            let subject = if item.is_folder() { Subject::Folder } else { Subject::Request };
            let Some(was) = pairing.backward[at] else {
                let inside = item.parent().is_some_and(|parent| pairing.backward[parent].is_none());
                self.one_sided(subject, path(other, at), Presence::Added, inside, item.node());
                continue;
            };
            let old = &one.items()[was];
            let mut changes = Vec::new();
            if old.node().raw() != item.node().raw() {
                changes = self.changes(&View::Node(old.node()), &View::Node(item.node()), Shape::Item);
                changes.retain(|change| change.place != ["name"]);
                repeated_description(&mut changes);
            }
            let moved = old.parent().map(|parent| pairing.forward[parent]) != item.parent().map(Some);
            let renamed = old.name() != item.name();
            if moved || renamed || !changes.is_empty() {
                self.entries.push(Entry {
                    subject,
                    path: path(other, at),
                    presence: Presence::Both,
                    inside: false,
                    renamed_from: renamed.then(|| old.name().unwrap_or_default().into_owned()),
                    moved_from: moved
                        .then(|| old.parent().map(|parent| path(one, parent)).unwrap_or_default()),
                    nodes: (Some(old.node()), Some(item.node())),
                    changes,
                });
            }
            self.reordered_items(one, other, pairing, Some(at));
        }
        for (at, item) in one.items().iter().enumerate().filter(|(at, _)| pairing.forward[*at].is_none()) {
            let subject = if item.is_folder() { Subject::Folder } else { Subject::Request };
            let inside = item.parent().is_some_and(|parent| pairing.forward[parent].is_none());
            self.one_sided(subject, path(one, at), Presence::Removed, inside, item.node());
        }
    }

    /// Notes that what stays in the folder `after` of `other` stands there in another order.
    fn reordered_items(
        &mut self,
        one: &Collection<'d>,
        other: &Collection<'d>,
        pairing: &Pairing,
        after: Option<usize>,
    ) {
        if !self.include.order || after.is_some_and(|after| !other.items()[after].is_folder()) {
            return;
        }
        let was = after.and_then(|after| pairing.backward[after]);
        let places: Vec<_> = children(other, after)
            .filter_map(|child| pairing.backward[child])
            .filter(|&child| one.items()[child].parent() == was)
            .collect();
        if places.is_sorted() {
            return;
        }
        let change = Label::default().change(&[], What::Reordered);
        let node =
            |side: &Collection<'d>, at: Option<usize>| at.map_or(side.owner(), |at| side.items()[at].node());
        let (subject, path) = match after {
            Some(after) => (Subject::Folder, path(other, after)),
            None => (Subject::Head, Vec::new()),
        };
        self.both(subject, path, (node(one, was), node(other, after)), vec![change]);
    }

    fn changes(&self, before: &View<'d>, after: &View<'d>, shape: Shape) -> Vec<Change<'d>> {
        let mut changes = Vec::new();
        self.contents(before, after, shape, &mut Vec::new(), Label::default(), &mut changes);
        changes
    }

    fn contents(
        &self,
        before: &View<'d>,
        after: &View<'d>,
        shape: Shape,
        place: &mut Vec<String>,
        label: Label<'_>,
        found: &mut Vec<Change<'d>>,
    ) {
        if before.is_spelled_as(after) {
            return;
        }
        let (mut one, mut other) = match shape::contents(before, after, shape, self.include) {
            (Content::Parts(one), Content::Parts(other)) => (one, other),
            (one, other) => {
                if !one.means(&other, self.include) {
                    let plain = |content: Content<'d>, view: &View<'d>| match content {
                        Content::Text(text) => View::text_of(text),
                        Content::Json(_) | Content::Parts(_) => view.clone(),
                    };
                    found.push(label.change(place, What::Changed(plain(one, before), plain(other, after))));
                }
                return;
            }
        };
        renamed::rename(&mut [&mut one, &mut other], shape);
        namesakes::number(&mut [&mut one, &mut other], self.include);
        let (one, other) = (&one[..], &other[..]);
        for (one, other) in pairs(one, other) {
            let Some(part) = one.or(other) else { continue };
            if let (Some(one), Some(other)) = (one, other)
                && (one.origin.is_spelled_as(&other.origin)
                    || (!self.include.order && one.origin.is_rearranged(&other.origin)))
            {
                continue;
            }
            place.push(part.name.to_string());
            let label = label.below(shape, part, &[one, other]);
            match (one, other) {
                (Some(one), Some(other)) => {
                    self.contents(&one.view, &other.view, one.shape, place, label, found);
                }
                _ => {
                    let absent = absence::default(shape, &part.name.text).map(View::Made);
                    let what = match (one, absent) {
                        (Some(_), None) => What::Removed(part.view.clone()),
                        (None, None) => What::Added(part.view.clone()),
                        (Some(_), Some(absent)) => What::Changed(part.view.clone(), absent),
                        (None, Some(absent)) => What::Changed(absent, part.view.clone()),
                    };
                    found.push(label.change(place, what));
                }
            }
            place.pop();
        }
        if matches!(shape, Shape::Rows | Shape::Events | Shape::Responses) && self.reordered(one, other) {
            found.push(label.change(place, What::Reordered));
        }
    }

    /// Whether what both lists have stands in another order.
    fn reordered<'p>(&self, one: &'p [Part<'d>], other: &'p [Part<'d>]) -> bool {
        if !self.include.order {
            return false;
        }
        let names = |list: &'p [Part<'d>]| list.iter().map(|part| &part.name);
        let (ones, others): (HashSet<_>, HashSet<_>) = (names(one).collect(), names(other).collect());
        let common = (
            names(one).filter(|name| others.contains(name)),
            names(other).filter(|name| ones.contains(name)),
        );
        common.0.ne(common.1)
    }
}

fn path(collection: &Collection<'_>, at: usize) -> Vec<String> {
    collection.path(&collection.items()[at]).into_iter().map(Cow::into_owned).collect()
}

/// Box's generator, like others, writes the description of a request twice; one is enough.
fn repeated_description(changes: &mut Vec<Change<'_>>) {
    if changes.iter().any(|change| change.place == ["description"]) {
        changes.retain(|change| change.place != ["request", "description"]);
    }
}
