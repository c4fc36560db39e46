use std::collections::HashMap;

use super::{Label, Merger, Preference, Three};
use crate::compare::notation::{list_of, map_of};
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::syntax::{Document, Kind, Node, Value, write};
use crate::text::{Edit, EditSet, Span};

impl Merger<'_> {
    /// Merges rows or authorizations that are a map in one version and a list in another, in the notation of ours
    /// unless that cannot express the result. Returns false if they are not.
    pub(super) fn in_one_notation<'d>(
        &mut self,
        values: Three<'_, View<'d>>,
        shape: Shape,
        label: Label<'_>,
    ) -> bool {
        let [base, Some(ours), Some(theirs)] = values else { return false };
        let is = |kind: Kind| values.into_iter().flatten().any(|value| value.kind() == kind);
        let is_either = |value: &View<'_>| value.kind().is_container();
        if ![ours, theirs].into_iter().all(is_either) || !is(Kind::Array) || !is(Kind::Object) {
            return false;
        }
        let base = base.filter(|base| is_either(base));
        if let Some(maps) = as_maps([base, Some(ours), Some(theirs)], shape) {
            self.contents(maps.each_ref().map(Option::as_ref), shape, label, &HashMap::new());
            return true;
        }
        let as_list = |value: Option<&View<'d>>| value.map(|value| View::Made(list_of(value, shape)));
        let [base, theirs] = [base, Some(theirs)].map(as_list);
        if ours.kind() == Kind::Array {
            self.contents([base.as_ref(), Some(ours), theirs.as_ref()], shape, label, &HashMap::new());
            return true;
        }
        // A map cannot express the list: the merge of both as lists replaces it.
        let Some(place) = ours.node() else { return false };
        let Some((lines, list)) = in_list(place, shape) else { return false };
        let outer = std::mem::take(&mut self.edits);
        let own = View::Node(list.root());
        self.contents([base.as_ref(), Some(&own), theirs.as_ref()], shape, label, &HashMap::new());
        let edits = EditSet::new(std::mem::replace(&mut self.edits, outer));
        let merged = edits.ok().filter(|edits| !edits.is_empty()).and_then(|edits| list.edited(&edits).ok());
        let Some(merged) = merged else { return true };
        match (map_of(&View::Node(merged.root()), shape), lines) {
            (Some(map), _) => self.turn_into(ours, &map, shape),
            (None, Some(lines)) => self.edits.push(Edit::replace(lines, merged.source().text())),
            (None, None) => self.edits.push(write::replace(place, &Value::of(merged.root()))),
        }
        true
    }

    /// Turns the map `ours` into `map` part by part, so that unchanged parts keep their spelling.
    fn turn_into(&mut self, ours: &View<'_>, map: &View<'_>, shape: Shape) {
        let (prefer, map) = (Preference::default(), View::Made(map.to_value()));
        let mut parts = Merger::new(&prefer);
        parts.contents([Some(ours), Some(ours), Some(&map)], shape, Label::default(), &HashMap::new());
        self.edits.append(&mut parts.edits);
    }
}

/// The values as maps, if they can be merged as such: rows if ours is a map, authorizations if neither side has
/// several.
fn as_maps<'d>(values: Three<'_, View<'d>>, shape: Shape) -> Option<[Option<View<'d>>; 3]> {
    let [base, ours, theirs] = values;
    let ours = ours.filter(|ours| ours.kind() == Kind::Object || shape == Shape::Credentials)?;
    let [own, other] = [map_of(ours, shape)?, map_of(theirs?, shape)?];
    let base = match base.map(|base| (base, map_of(base, shape))) {
        None => None,
        Some((_, Some(base))) => Some(base),
        // Of several, the one that both sides have.
        Some((base, None)) if shape == Shape::Credentials => {
            let name = |auth: &View<'d>| auth.get("type").and_then(|name| name.as_str());
            let is_theirs = |auth: &View<'d>| name(auth) == name(&own) && name(auth) == name(&other);
            base.items().into_iter().find(is_theirs)
        }
        Some(_) => return None,
    };
    Some([base, Some(own), Some(other)])
}

/// The map `place` as a list, and the lines of the file that it can replace in its own spelling, if any.
fn in_list(place: Node<'_>, shape: Shape) -> Option<(Option<Span>, Document)> {
    let lines = match shape {
        Shape::Credentials => write::as_item(place),
        _ => write::members_as_items(place, "key", "value"),
    };
    let spelled = lines.and_then(|lines| Some((Some(lines.span), Document::yaml(&lines.replacement).ok()?)));
    spelled.or_else(|| {
        let list = list_of(&View::Node(place), shape);
        Some((None, Document::json(&list.to_json()).ok()?))
    })
}
