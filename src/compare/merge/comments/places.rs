//! The places of comments in a YAML file, by what they belong to.

use std::collections::{BTreeMap, HashMap};

use crate::syntax::{Document, Kind, Node};
use crate::text::{Edit, Span, column, line_end, line_start};

/// Members that name a row.
const NAMES: [&str; 5] = ["key", "name", "type", "listen", "id"];

/// The rows that git-native files write as a list, or as a map from names to values.
const ROWS: [&str; 7] =
    ["headers", "queryParams", "pathVariables", "variables", "metadata", "credentials", "content"];

/// The member of a row in a list whose line stands for the line of a row in a map.
const VALUE: &str = "value";

/// Where a comment is, relative to the thing it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Position {
    /// At the end of the thing's line.
    Beside,
    /// At the end of the line with its opening bracket.
    Opening,
    /// On the lines after the last thing inside it.
    Below,
    /// On the lines before the thing.
    Above,
}

/// The thing that comments belong to, by the names that lead to it, each with its number among namesakes; and their
/// position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) names: Vec<(String, usize)>,
    pub(super) position: Position,
}

/// A member or an item of a collection.
struct Anchor<'d> {
    name: (String, usize),
    /// The anchor that contains it; none at the top.
    parent: Option<usize>,
    /// The start of its name or its dash; in brackets, of the item itself.
    start: usize,
    value: Node<'d>,
}

/// The comments of a file. None in a file with anchors or tags has a place.
pub(super) struct Comments<'d> {
    document: &'d Document,
    /// In text order.
    anchors: Vec<Anchor<'d>>,
    places: BTreeMap<Place, Vec<Span>>,
}

impl<'d> Comments<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut comments = Self { document, anchors: Vec::new(), places: BTreeMap::new() };
        if document.obstacle().is_some() {
            return comments;
        }
        comments.add_children(document.root(), None);
        let mut last: Option<Place> = None;
        for span in document.comments() {
            let place = comments.place(span, last.as_ref());
            if let Some(place) = &place {
                comments.places.entry(place.clone()).or_default().push(span);
            }
            last = place;
        }
        comments
    }

    fn add_children(&mut self, container: Node<'d>, parent: Option<usize>) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let members = container.members().map(|member| (member.key().into_owned(), member.value));
        let items = container.items().map(|item| (name_of(item), item));
        let starts = match container.kind() {
            Kind::Array if container.is_flow() => {
                container.items().map(|item| item.span().start as usize).collect()
            }
            _ => container.child_starts(),
        };
        for ((name, value), start) in members.chain(items).zip(starts) {
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            let name = (name, *count);
            self.anchors.push(Anchor { name, parent, start, value });
            self.add_children(value, Some(self.anchors.len() - 1));
        }
    }

    /// The places that have comments.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.keys()
    }

    /// The comments at `place`.
    pub(super) fn at(&self, place: &Place) -> Vec<&'d str> {
        let spans = self.places.get(place).map(Vec::as_slice).unwrap_or_default();
        spans.iter().map(|span| self.document.source().slice(*span).trim_end()).collect()
    }

    fn text(&self) -> &'d str {
        self.document.source().text()
    }

    /// The place of a comment; `last` is the place of the comment before it.
    fn place(&self, comment: Span, last: Option<&Place>) -> Option<Place> {
        let (text, mark) = (self.text(), comment.start as usize);
        let line = line_start(text, mark);
        let next = self.anchors.partition_point(|anchor| anchor.start < mark);
        let is_closed = |at: &usize| {
            let around = self.brackets(*at);
            around.is_some_and(|around| !self.anchors[around].value.contains_span(comment))
        };
        // Skips what is in brackets that end before the comment.
        let around = |at: &usize| self.anchors[*at].parent;
        let before = std::iter::successors(next.checked_sub(1), around).find(|at| !is_closed(at));
        let opens = |at: &usize| {
            let value = self.anchors[*at].value;
            value.is_flow() && value.contains_span(comment)
        };
        if !is_blank(&text[line..mark]) {
            let before = before?;
            if opens(&before) {
                return Some(self.place_of(Some(before), Position::Opening));
            }
            let Anchor { start, value, .. } = self.anchors[before];
            let ends_here = value.is_flow() && value.span().end as usize > line;
            return (start >= line || ends_here).then(|| self.place_of(Some(before), Position::Beside));
        }
        let Some(before) = before else { return Some(self.place_of(None, Position::Above)) };
        let above = (next < self.anchors.len()).then(|| self.place_of(Some(next), Position::Above));
        if above.is_some() && above.as_ref() == last {
            return above;
        }
        let container = if opens(&before) { Some(before) } else { self.brackets(before) };
        if let Some(container) = container {
            let is_last = self.anchors.get(next).is_none_or(|next| next.parent != Some(container));
            return if is_last { Some(self.place_of(Some(container), Position::Below)) } else { above };
        }
        // It ends the innermost collection that is indented no further than it.
        let indent = column(text, mark);
        let goes_on = |at: usize| {
            let next = self.anchors.get(next);
            next.is_some_and(|next| next.parent == Some(at) || next.parent == self.anchors[at].parent)
        };
        let mut around = Some(before);
        while let Some(at) = around.filter(|at| !goes_on(*at)) {
            let anchor = &self.anchors[at];
            if column(text, anchor.start) <= indent || (anchor.parent.is_none() && above.is_none()) {
                return Some(self.place_of(anchor.parent, Position::Below));
            }
            around = anchor.parent;
        }
        above
    }

    /// The container that an anchor is directly in, if it has brackets; never the root.
    fn brackets(&self, at: usize) -> Option<usize> {
        self.anchors[at].parent.filter(|parent| self.anchors[*parent].value.is_flow())
    }

    fn place_of(&self, anchor: Option<usize>, position: Position) -> Place {
        let ancestors = std::iter::successors(anchor, |&at| self.anchors[at].parent);
        let mut names: Vec<_> = ancestors.map(|at| self.anchors[at].name.clone()).collect();
        names.reverse();
        if position == Position::Beside && anchor.is_some_and(|at| self.is_row_of_map(at)) {
            names.push((VALUE.to_owned(), 1));
        }
        Place { names, position }
    }

    /// Whether it is a row of a map from names to values.
    fn is_row_of_map(&self, at: usize) -> bool {
        let rows = self.anchors[at].parent.map(|parent| &self.anchors[parent]);
        let is_map = |rows: &Anchor<'_>| ROWS.contains(&&*rows.name.0) && rows.value.kind() == Kind::Object;
        rows.is_some_and(is_map) && !self.anchors[at].value.has_values()
    }

    /// Finds the anchor with these names; none at the top.
    fn find(&self, names: &[(String, usize)]) -> Option<usize> {
        if let [row @ .., (last, 1)] = names
            && last == VALUE
            && let Some(row) = self.find(row).filter(|at| self.is_row_of_map(*at))
        {
            return Some(row);
        }
        let mut found = None;
        for name in names {
            let is_it = |at: &usize| self.anchors[*at].parent == found && self.anchors[*at].name == *name;
            found = Some((found.map_or(0, |at| at + 1)..self.anchors.len()).find(is_it)?);
        }
        found
    }

    /// The edit that replaces the comments at `place` with `texts`; none if there is no such place, or no room.
    pub(super) fn put(&self, place: &Place, texts: &[&str]) -> Option<Edit> {
        let (text, source) = (self.text(), self.document.source());
        let lines = |indent: &str| texts.join(&format!("{}{indent}", source.line_ending()));
        if let Some([first, .., last] | [first @ last]) = self.places.get(place).map(Vec::as_slice) {
            let start = first.start as usize;
            let indent = &text[line_start(text, start)..start];
            let indent = if is_blank(indent) { indent } else { "" };
            return Some(Edit::replace(Span { start: first.start, end: last.end }, lines(indent)));
        }
        let anchor = match self.find(&place.names) {
            None if place.names.is_empty() => None,
            None => return None,
            Some(at) => Some(at),
        };
        match place.position {
            Position::Above => {
                let start = self.anchors.get(anchor.unwrap_or(0))?.start;
                let line = line_start(text, start);
                let indent = Some(&text[line..start]).filter(|indent| is_blank(indent))?;
                Some(Edit::insert(line, format!("{indent}{}{}", lines(indent), source.line_ending())))
            }
            Position::Below => {
                let container = anchor.map_or(self.document.root(), |at| self.anchors[at].value);
                let first = anchor.map_or(0, |at| at + 1);
                let child = self.anchors.get(first).filter(|child| child.parent == anchor)?;
                let indent = " ".repeat(column(text, child.start));
                let end = container.span().end as usize;
                if container.is_flow() {
                    let line = line_start(text, end);
                    let room = is_blank(&text[line..end - 1]);
                    return room.then(|| {
                        Edit::insert(line, format!("{indent}{}{}", lines(&indent), source.line_ending()))
                    });
                }
                let end = line_end(text, end);
                Some(Edit::insert(end, format!("{}{indent}{}", source.line_ending(), lines(&indent))))
            }
            Position::Opening => {
                let value = self.anchors[anchor?].value;
                let bracket = value.span().start as usize + 1;
                let end = line_end(text, bracket);
                let room =
                    value.is_flow() && end < value.span().end as usize && is_blank(&text[bracket..end]);
                room.then(|| Edit::insert(bracket, format!(" {}", lines(""))))
            }
            Position::Beside => {
                let at = anchor?;
                let Anchor { start, value, .. } = self.anchors[at];
                let (from, to) = (value.span().start as usize, value.span().end as usize);
                let is_flow = value.is_flow();
                let end = line_end(text, if is_flow { to } else { start });
                let is_inside = |other: &Anchor<'_>| is_flow && other.start < to;
                let next = self.anchors[at + 1..].iter().find(|other| !is_inside(other));
                let is_last = next.is_none_or(|next| next.start > end)
                    && self
                        .brackets(at)
                        .is_none_or(|around| end < self.anchors[around].value.span().end as usize);
                let fits = to <= end || from > end || value.raw().starts_with(['|', '>']);
                let end = text[..end].trim_end().len();
                (is_last && fits).then(|| Edit::insert(end, format!(" {}", lines(""))))
            }
        }
    }
}

/// The name of an item: the one it states, or its text.
fn name_of(item: Node<'_>) -> String {
    let named = NAMES.iter().find_map(|name| item.get_str(name));
    named.or_else(|| item.as_str()).unwrap_or_default().into_owned()
}

fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}
