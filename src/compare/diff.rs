use super::by_name::pairs;
use super::changes::{changes, is_reordered, reordered};
use super::content::{self, Content, Part};
use super::difference::{Change, Diff, Entry, Presence, Subject};
use super::identity::{self, Pairing};
use super::items::{Items, holder, path, subject};
use super::kinds::{DifferentKinds, expect_scopes_alike};
use super::label::Label;
use super::namesakes;
use super::shape::{Include, Shape};
use super::view::View;
use crate::model::{self, Collection, Scope, ScopeKind};
use crate::syntax::Node;

/// Compares the files of two scopes: environments, globals files or collections.
///
/// # Errors
/// [`DifferentKinds`] if only one of them is a collection, or one of version 1.
pub fn diff<'d>(before: &Scope<'d>, after: &Scope<'d>, include: Include) -> Result<Diff<'d>, DifferentKinds> {
    diff_with(before, after, include, identity::pair)
}

/// The same for two collections with a single item each, which correspond whatever their names and requests.
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

/// Compares two files of git-native collections. `name` stands in for a missing name.
#[must_use]
pub fn diff_parts<'d>(
    before: &model::Part<'d>,
    after: &model::Part<'d>,
    name: &str,
    include: Include,
) -> Diff<'d> {
    let (before, after) = (before.node(), after.node());
    let mut changes =
        changes(&View::Node(before), &View::Node(after), Shape::File, Label::default(), include);
    changes.retain(|change| change.place != ["name"]);
    let own = |node: Node<'d>| node.get_str("name").unwrap_or(name.to_owned().into());
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
    expect_scopes_alike(before, after)?;
    let documents = [before, after].map(|scope| scope.owner().document());
    let mut differ = Differ { include, entries: Vec::new() };
    if documents[0].source().text() != documents[1].source().text() {
        let is_collection = after.kind() == ScopeKind::Collection;
        let head = if is_collection { Shape::Collection } else { Shape::Environment };
        differ.head(before.owner(), after.owner(), head);
        differ.variables(before.list(), after.list());
        if let [Some(one), Some(other)] = documents.map(Collection::of) {
            let pairing = pair(&one, &other);
            differ.items(&Items { one: &one, other: &other, pairing, include });
        }
    }
    Ok(Diff { kind: after.kind(), entries: differ.entries })
}

struct Differ<'d> {
    include: Include,
    entries: Vec<Entry<'d>>,
}

impl<'d> Differ<'d> {
    fn head(&mut self, before: Node<'d>, after: Node<'d>, shape: Shape) {
        let changes = head_changes(before, after, shape, self.include);
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
            .map(|list| content::content(&View::Node(list), Shape::Rows, self.include))
        {
            Some(Content::Parts(parts)) => parts,
            _ => Vec::new(),
        };
        let (mut one, mut other) = (rows(before), rows(after));
        namesakes::number(&mut [&mut one, &mut other], self.include);
        for pair in pairs(&one, &other) {
            match pair {
                (Some(one), Some(other)) => {
                    let label = Label::default().below(Shape::Rows, one, &[Some(one), Some(other)]);
                    let changes = changes(&one.view, &other.view, Shape::Row, label, self.include);
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
            && self.include.order
            && is_reordered(&one, &other)
        {
            self.both(Subject::Variable, Vec::new(), (before, after), vec![reordered()]);
        }
    }

    fn variable(&mut self, part: &Part<'d>, presence: Presence) {
        if let Some(node) = part.origin.node() {
            self.one_sided(Subject::Variable, vec![part.name.to_string()], presence, false, node);
        }
    }

    fn items(&mut self, items: &Items<'_, 'd>) {
        self.reordered_items(items, None);
        let Items { one, other, pairing, .. } = items;
        for (at, item) in other.items().iter().enumerate() {
            let Some(was) = pairing.backward[at] else {
                let inside = item.parent().is_some_and(|parent| pairing.backward[parent].is_none());
                self.one_sided(subject(item), path(other, at), Presence::Added, inside, item.node());
                continue;
            };
            let old = &one.items()[was];
            let (moved, renamed) = (items.is_moved(was, at), items.is_renamed(was, at));
            let changes = items.changes(was, at);
            if moved || renamed || !changes.is_empty() {
                self.entries.push(Entry {
                    subject: subject(item),
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
            if item.is_folder() {
                self.reordered_items(items, Some(at));
            }
        }
        for (at, item) in one.items().iter().enumerate().filter(|(at, _)| pairing.forward[*at].is_none()) {
            let inside = item.parent().is_some_and(|parent| pairing.forward[parent].is_none());
            self.one_sided(subject(item), path(one, at), Presence::Removed, inside, item.node());
        }
    }

    /// Notes if the items that stay in the folder `after`, or at the top, are in a different order.
    fn reordered_items(&mut self, items: &Items<'_, 'd>, after: Option<usize>) {
        if !self.include.order || !items.is_reordered(after) {
            return;
        }
        let Items { one, other, pairing, .. } = items;
        let (subject, path) = match after {
            Some(after) => (Subject::Folder, path(other, after)),
            None => (Subject::Head, Vec::new()),
        };
        let was = after.and_then(|after| pairing.backward[after]);
        self.both(subject, path, (holder(one, was), holder(other, after)), vec![reordered()]);
    }
}

/// The differences between the heads of two files, without their variables, which are compared one by one.
pub(super) fn head_changes<'d>(
    before: Node<'d>,
    after: Node<'d>,
    shape: Shape,
    include: Include,
) -> Vec<Change<'d>> {
    let mut changes = changes(&View::Node(before), &View::Node(after), shape, Label::default(), include);
    changes.retain(|change| change.place.first().is_none_or(|name| name != "variable"));
    changes
}
