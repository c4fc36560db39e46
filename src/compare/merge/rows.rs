use std::collections::HashMap;

use super::{Label, Merger, Preference, Three};
use crate::compare::pairs::{list_of, map_of};
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::syntax::{Document, Kind, Value, write};
use crate::text::{Edit, EditSet};

impl Merger<'_> {
    /// Merges rows that are a map in one version and a list in another: in the notation of ours, unless that cannot hold them.
    /// Returns whether they were such.
    pub(super) fn rows<'d>(&mut self, values: Three<'_, View<'d>>, label: Label<'_>) -> bool {
        let [base, Some(ours), Some(theirs)] = values else { return false };
        let is = |kind: Kind| values.into_iter().flatten().any(|rows| rows.kind() == kind);
        let are_rows =
            [ours, theirs].into_iter().all(|rows| matches!(rows.kind(), Kind::Array | Kind::Object));
        if !are_rows || !is(Kind::Array) || !is(Kind::Object) {
            return false;
        }
        let base = base.filter(|rows| matches!(rows.kind(), Kind::Array | Kind::Object));
        let others = [base, Some(theirs)];
        let as_lists = || others.map(|rows| rows.map(|rows| View::Made(list_of(rows))));
        let as_map = |rows: Option<&View<'_>>| rows.map(|rows| map_of(rows).map(View::Made));
        let alike = match (ours.kind(), others.map(as_map)) {
            (Kind::Object, [Some(None), _] | [_, Some(None)]) => None,
            (Kind::Object, maps) => Some(maps.map(Option::flatten)),
            _ => Some(as_lists()),
        };
        if let Some([base, theirs]) = alike {
            self.contents([base.as_ref(), Some(ours), theirs.as_ref()], Shape::Pairs, label, &HashMap::new());
            return true;
        }
        let [base, theirs] = as_lists();
        // A map cannot hold what the list does: what comes of both as lists takes its place.
        let Some(place) = ours.node() else { return false };
        let lines = write::members_as_items(place, "key", "value");
        let lines = lines.and_then(|lines| Some((lines.span, Document::yaml(&lines.replacement).ok()?)));
        let (lines, list) = match lines {
            Some((lines, list)) => (Some(lines), list),
            None => match Document::json(&list_of(ours).to_json()) {
                Ok(list) => (None, list),
                Err(_) => return false,
            },
        };
        let outer = std::mem::take(&mut self.edits);
        let own = View::Node(list.root());
        self.contents([base.as_ref(), Some(&own), theirs.as_ref()], Shape::Pairs, label, &HashMap::new());
        let edits = EditSet::new(std::mem::replace(&mut self.edits, outer));
        let merged = edits.ok().filter(|edits| !edits.is_empty()).and_then(|edits| list.edited(&edits).ok());
        let Some(merged) = merged else { return true };
        match (map_of(&View::Node(merged.root())), lines) {
            (Some(map), _) => self.turn_into(ours, map),
            (None, Some(lines)) => self.edits.push(Edit::replace(lines, merged.source().text())),
            (None, None) => self.edits.push(write::replace(place, &Value::of(merged.root()))),
        }
        true
    }

    /// Makes of the map `ours` what was decided to be in it, row by row, so that the others stay as they are spelled.
    fn turn_into(&mut self, ours: &View<'_>, map: Value) {
        let (prefer, map) = (Preference::default(), View::Made(map));
        let mut rows = Merger::new(&prefer);
        rows.contents([Some(ours), Some(ours), Some(&map)], Shape::Pairs, Label::default(), &HashMap::new());
        self.edits.append(&mut rows.edits);
    }
}
