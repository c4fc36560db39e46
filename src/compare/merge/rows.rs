use std::collections::HashMap;

use super::{Label, Merger, Three};
use crate::compare::pairs::{list_of, map_of};
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::syntax::{Document, Kind, Value, write};
use crate::text::EditSet;

impl Merger {
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
        // A map cannot hold what the list does: what comes of both takes its place.
        let (Some(place), Ok(list)) = (ours.node(), Document::json(&list_of(ours).to_json())) else {
            return false;
        };
        let outer = std::mem::take(&mut self.edits);
        let own = View::Node(list.root());
        self.contents([base.as_ref(), Some(&own), theirs.as_ref()], Shape::Pairs, label, &HashMap::new());
        let edits = EditSet::new(std::mem::replace(&mut self.edits, outer));
        let merged = edits.ok().filter(|edits| !edits.is_empty()).and_then(|edits| list.edited(&edits).ok());
        if let Some(merged) = merged {
            let map = map_of(&View::Node(merged.root()));
            self.edits.push(write::replace(place, &map.unwrap_or_else(|| Value::of(merged.root()))));
        }
        true
    }
}
