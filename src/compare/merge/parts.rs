use std::collections::{BTreeMap, HashMap, HashSet};

use super::lists::is_list;
use super::places::places;
use super::{EVERYTHING, Merger, News, SUBSTANCE, Side, Three, is_noise, is_undisputed};
use crate::compare::absence;
use crate::compare::by_name::ByName;
use crate::compare::content::{self, Content, Part};
use crate::compare::label::Label;
use crate::compare::shape::Shape;
use crate::compare::view::{Field, View};
use crate::syntax::{Kind, Node, NodeId, Value, write};

/// The value whose parts are merged.
#[derive(Clone, Copy)]
pub(super) struct Whole<'v, 'd> {
    pub(super) ours: Node<'d>,
    pub(super) theirs: &'v View<'d>,
    pub(super) shape: Shape,
    /// Whether the base lacks it.
    pub(super) is_new: bool,
}

impl<'d> Whole<'_, 'd> {
    /// The member of ours, but for those `removed`, that comes last before `part` in theirs, if any: also one that is
    /// no part, as the list of a collection's items. None of items.
    fn before(&self, part: &Part<'d>, removed: &HashSet<NodeId>) -> Option<Option<Node<'d>>> {
        let members = self.theirs.members();
        let place = members.iter().position(|(name, _)| *name == part.name.text)?;
        let own = |(name, _): &Field<'d>| self.ours.get(name).filter(|own| !removed.contains(&own.id()));
        Some(members[..place].iter().rev().find_map(own))
    }

    /// The news that `part` was added or removed, as `what` says: a change if its absence stands for a value.
    fn news(&self, part: &Part<'_>, what: News) -> News {
        if absence::default(self.shape, &part.name.text).is_some() { News::Changed } else { what }
    }

    /// Whether `part`, which the base lacks, contradicts its absence on the other side.
    fn is_disputed(&self, part: &Part<'_>) -> bool {
        self.is_new && !is_undisputed(part.shape) && absence::speaks(self.shape, &part.name.text)
    }
}

/// The changes to the children of a container in ours.
#[derive(Default)]
pub(super) struct Arrangement<'d> {
    pub(super) removed: Vec<Node<'d>>,
    /// The child to insert it after, its name if it is a member, and its value.
    pub(super) added: Vec<(Option<Node<'d>>, String, Value)>,
}

/// The parts of a value in base, ours and theirs, without members that are spelled the same in ours and theirs. None if
/// the value has no parts, or ours does not spell them in the plain way.
pub(super) fn unlike<'d>(
    base: Option<&View<'d>>,
    ours: &View<'d>,
    theirs: &View<'d>,
    shape: Shape,
) -> Option<[Vec<Part<'d>>; 3]> {
    let parts = |content: Content<'d>| match content {
        Content::Parts(parts) => Some(parts),
        Content::Text(_) | Content::Json(_) => None,
    };
    let (one, other) = content::contents(ours, theirs, shape, EVERYTHING);
    let (mut one, mut other) = (parts(one)?, parts(other)?);
    if one.iter().any(|part| part.origin.node().is_none()) {
        return None;
    }
    if ours.kind() == Kind::Array {
        let base = base.and_then(|base| parts(content::content(base, shape, EVERYTHING)));
        return Some([base.unwrap_or_default(), one, other]);
    }
    let known = ByName::of(&one);
    if other.iter().any(|part| known.get(part).is_none()) {
        // Members that are the same show where to insert the new ones.
        let all = |view| parts(content::content(view, shape, EVERYTHING));
        (one, other) = (all(ours)?, all(theirs)?);
    }
    let (ones, others) = (ByName::of(&one), ByName::of(&other));
    let counts = |member: &Field<'d>| ones.get(member).is_some() || others.get(member).is_some();
    let base = base.map(|base| content::content_of(base, shape, EVERYTHING, counts));
    Some([base.and_then(parts).unwrap_or_default(), one, other])
}

impl Merger<'_> {
    /// Merges the parts of a value in ours, an object's members or an array's items, and of its counterpart in theirs.
    pub(super) fn parts<'d>(
        &mut self,
        whole: Whole<'_, 'd>,
        parts: [&[Part<'d>]; 3],
        label: Label<'_>,
        groups: &HashMap<String, Side>,
    ) {
        let [_, ours, theirs] = parts;
        let [in_base, in_ours, in_theirs] = parts.map(ByName::of);
        let mut plan = Arrangement::default();
        for part in ours {
            let theirs = in_theirs.get(part);
            if theirs.is_some_and(|theirs| part.origin.is_spelled_as(&theirs.origin)) {
                continue;
            }
            let three = [in_base.get(part), Some(part), theirs];
            let label = self.enter(whole.shape, label, three);
            self.present(whole, three, label, groups, &mut plan);
            self.path.pop();
        }
        // Theirs may spell a default out instead of omitting it: `"value": ""`, `"enabled": true`.
        plan.removed.retain(|node| {
            let written = node.as_member().and_then(|member| whole.theirs.get(&member.key()));
            self.edits.extend(written.iter().map(|view| write::replace(*node, &view.to_value())));
            written.is_none()
        });
        if theirs.iter().any(|part| in_ours.get(part).is_none()) {
            let removed: HashSet<_> = plan.removed.iter().map(Node::id).collect();
            let stays = |part: &Part<'d>| part.origin.node().filter(|node| !removed.contains(&node.id()));
            let stay: Vec<_> = ours.iter().filter_map(|part| Some((part, stays(part)?))).collect();
            let places = places(&stay, theirs, |part| in_ours.get(part).and_then(stays));
            for (part, after) in theirs.iter().zip(places) {
                if in_ours.get(part).is_none() {
                    let base = in_base.get(part);
                    let label = self.enter(whole.shape, label, [base, None, Some(part)]);
                    let value = self.absent(whole, (base, part), label, groups);
                    let after = whole.before(part, &removed).unwrap_or(after);
                    plan.added.extend(value.map(|value| (after, part.name.text.to_string(), value)));
                    self.path.pop();
                }
            }
        }
        self.arrange(whole.ours, plan);
    }

    /// Merges a part that ours lacks; returns the value to add to ours, if any.
    fn absent<'d>(
        &mut self,
        whole: Whole<'_, 'd>,
        (base, theirs): (Option<&Part<'d>>, &Part<'d>),
        label: Label<'_>,
        groups: &HashMap<String, Side>,
    ) -> Option<Value> {
        let value = || theirs.origin.to_value();
        let group = groups.get(&*theirs.name.text);
        let comes = match (base, group) {
            (_, Some(side)) => *side == Side::Theirs,
            // An id of one notation means nothing in the other.
            (None, None) if theirs.shape == Shape::Id => whole.theirs.is_written_like(whole.ours),
            (None, None) if whole.is_disputed(theirs) => {
                let own = without(&View::Node(whole.ours), whole.shape, theirs);
                return (self.conflict(label, own, Some(value())) == Side::Theirs).then(value);
            }
            (None, None) => !is_noise(theirs.shape),
            (Some(base), None) if content::same(&base.view, &theirs.view, theirs.shape, SUBSTANCE) => {
                self.keep(whole.news(theirs, News::Removed), theirs.shape);
                false
            }
            (Some(base), None) if is_list(theirs) && is_list(base) => {
                return self.refilled(base, theirs, label);
            }
            (Some(_), None) => {
                let own = without(&View::Node(whole.ours), whole.shape, theirs);
                !is_undisputed(theirs.shape) && self.conflict(label, own, Some(value())) == Side::Theirs
            }
        };
        if comes && (base.is_none() || group.is_some()) {
            self.take(whole.news(theirs, News::Added), theirs.shape);
        }
        comes.then(value)
    }

    /// Merges a part that ours contains.
    fn present<'d>(
        &mut self,
        whole: Whole<'_, 'd>,
        three: Three<'_, Part<'d>>,
        label: Label<'_>,
        groups: &HashMap<String, Side>,
        plan: &mut Arrangement<'d>,
    ) {
        let [base, Some(ours), theirs] = three else { return };
        let Some(node) = ours.origin.node() else { return };
        match (theirs, groups.get(&*ours.name.text)) {
            // Only its value belongs to the group, not its type or description.
            (Some(theirs), Some(&side)) if ours.shape == Shape::Row => {
                let views = [base.map(|base| &base.view), Some(&ours.view), Some(&theirs.view)];
                self.contents(views, ours.shape, label, &HashMap::from([("value".to_owned(), side)]));
            }
            (_, Some(Side::Ours)) => {}
            (Some(theirs), Some(Side::Theirs)) => {
                let three = [Some(&ours.view), Some(&ours.view), Some(&theirs.view)];
                self.contents(three, ours.shape, label, &HashMap::new());
            }
            (Some(theirs), None) => {
                let views = [base.map(|base| &base.view), Some(&ours.view), Some(&theirs.view)];
                let origins = [base.map(|base| &base.origin), Some(&ours.origin), Some(&theirs.origin)];
                match (&ours.view, &ours.origin) {
                    (View::Made(_), View::Node(_)) => self.whole(views, origins, ours.shape, label),
                    _ => self.contents(views, ours.shape, label, &HashMap::new()),
                }
            }
            (None, group) => {
                if self.goes(whole, (base, ours), label, group.is_some()) {
                    plan.removed.push(node);
                }
            }
        }
    }

    /// Whether to remove a part of ours that theirs lacks; `grouped` if its group is taken from theirs.
    fn goes<'d>(
        &mut self,
        whole: Whole<'_, 'd>,
        (base, ours): (Option<&Part<'d>>, &Part<'d>),
        label: Label<'_>,
        grouped: bool,
    ) -> bool {
        let is_unsaid = ours.shape == Shape::Color && whole.theirs.get(&ours.name.text).is_none();
        // Other spellings go without it.
        if !grouped && (is_noise(ours.shape) || is_unsaid) {
            return false;
        }
        if !grouped && base.is_none() && !whole.is_disputed(ours) {
            self.keep(whole.news(ours, News::Added), ours.shape);
            return false;
        }
        let is_unchanged = |base: &Part<'d>| content::same(&base.view, &ours.view, ours.shape, SUBSTANCE);
        if grouped || base.is_some_and(is_unchanged) {
            self.take(whole.news(ours, News::Removed), ours.shape);
            return true;
        }
        if let Some(base) = base.filter(|base| is_list(base) && is_list(ours)) {
            self.emptied(base, ours, label);
            return false;
        }
        let other = || without(whole.theirs, whole.shape, ours);
        !is_undisputed(ours.shape)
            && self.conflict(label, Some(ours.origin.to_value()), other()) == Side::Theirs
    }

    pub(super) fn arrange(&mut self, container: Node<'_>, plan: Arrangement<'_>) {
        if plan.added.is_empty() && plan.removed.is_empty() {
            return;
        }
        let members: Vec<_> = container.members().collect();
        let count = members.len() + container.items().count();
        if !plan.added.is_empty() && plan.removed.len() == count {
            let added = plan.added.into_iter().map(|(_, name, value)| (name, value));
            let value = match container.kind() {
                Kind::Object => Value::Object(added.collect()),
                _ => Value::Array(added.map(|(_, value)| value).collect()),
            };
            return self.edits.push(write::replace(container, &value));
        }
        if !plan.removed.is_empty() {
            self.edits.extend(write::remove(container, &plan.removed));
        }
        if container.kind() != Kind::Object {
            let mut runs: BTreeMap<_, (Option<Node<'_>>, Vec<Value>)> = BTreeMap::new();
            for (after, _, value) in plan.added {
                runs.entry(after.map(|after| after.id())).or_insert((after, Vec::new())).1.push(value);
            }
            let edit = |(after, values): (_, Vec<_>)| write::insert_items(container, after, &values);
            return self.edits.extend(runs.into_values().map(edit));
        }
        for (after, name, value) in plan.added {
            let named = members.iter().rfind(|member| member.name.is_str(&name));
            let anchor = after.and_then(|node| members.iter().find(|member| member.value.contains(node)));
            self.edits.push(match (named, anchor, members.first()) {
                // It exists, but is empty or a default.
                (Some(named), ..) => write::replace(named.value, &value),
                (None, Some(anchor), _) => write::insert_member_after(container, *anchor, &name, &value),
                (None, None, Some(first)) => write::insert_member_before(container, *first, &name, &value),
                (None, None, None) => write::replace(container, &Value::Object(vec![(name, value)])),
            });
        }
    }

    pub(super) fn enter<'p>(
        &mut self,
        shape: Shape,
        label: Label<'p>,
        three: Three<'p, Part<'p>>,
    ) -> Label<'p> {
        let Some(part) = three.into_iter().flatten().next() else { return label };
        self.path.push(part.name.to_string());
        label.below(shape, part, &three)
    }
}

/// The counterpart in `whole`, a value of `shape`, of a `part` that another value has: an empty value, or the default
/// that its absence stands for.
fn without(whole: &View<'_>, shape: Shape, part: &Part<'_>) -> Option<Value> {
    let written = whole.get(&part.name.text).map(|view| view.to_value());
    written.or_else(|| absence::default(shape, &part.name.text))
}
