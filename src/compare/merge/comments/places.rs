//! The places of comments in a YAML file, by what they belong to.

use std::collections::{BTreeMap, HashMap};

use crate::syntax::{Document, Node};
use crate::text::{Edit, Span, column, line_end, line_start};

/// Members that name a row.
const NAMES: [&str; 5] = ["key", "name", "type", "listen", "id"];

/// Where a comment is, relative to the thing it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Position {
    /// At the end of the thing's line.
    Beside,
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

/// A member or an item of a block collection.
struct Anchor<'d> {
    name: (String, usize),
    /// The anchor that contains it; none at the top.
    parent: Option<usize>,
    /// The start of its name or its dash.
    start: usize,
    value: Node<'d>,
}

/// The comments of a file. Comments in brackets have no place, nor do any in a file with anchors or tags.
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
        if container.is_flow() {
            return;
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        let members = container.members().map(|member| (member.key().into_owned(), member.value));
        let items = container.items().map(|item| (name_of(item), item));
        for ((name, value), start) in members.chain(items).zip(container.child_starts()) {
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
        let before = next.checked_sub(1);
        let in_brackets = |at: usize| {
            let value = self.anchors[at].value;
            value.is_flow() && value.contains_span(comment)
        };
        if before.is_some_and(in_brackets) {
            return None;
        }
        if !is_blank(&text[line..mark]) {
            let before = before.filter(|at| self.anchors[*at].start >= line)?;
            return Some(self.place_of(Some(before), Position::Beside));
        }
        let Some(before) = before else { return Some(self.place_of(None, Position::Above)) };
        let above = (next < self.anchors.len()).then(|| self.place_of(Some(next), Position::Above));
        if above.is_some() && above.as_ref() == last {
            return above;
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

    fn place_of(&self, anchor: Option<usize>, position: Position) -> Place {
        let ancestors = std::iter::successors(anchor, |&at| self.anchors[at].parent);
        let mut names: Vec<_> = ancestors.map(|at| self.anchors[at].name.clone()).collect();
        names.reverse();
        Place { names, position }
    }

    /// Finds the anchor with these names; none at the top.
    fn find(&self, names: &[(String, usize)]) -> Option<usize> {
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
                let end = line_end(text, container.span().end as usize);
                Some(Edit::insert(end, format!("{}{indent}{}", source.line_ending(), lines(&indent))))
            }
            Position::Beside => {
                let at = anchor?;
                let Anchor { start, value, .. } = self.anchors[at];
                let (end, span) = (line_end(text, start), value.span());
                let (from, to) = (span.start as usize, span.end as usize);
                let is_last = self.anchors.get(at + 1).is_none_or(|next| next.start > end);
                let fits = to <= end || from > end || value.raw().starts_with(['|', '>']);
                let end = text[..end].trim_end().len();
                (is_last && fits).then(|| Edit::insert(end, format!(" {}", lines(""))))
            }
        }
    }
}

/// The name of an item: the one it states, or its text.
fn name_of(item: Node<'_>) -> String {
    let named = NAMES.iter().find_map(|name| item.get(name)?.as_str());
    named.or_else(|| item.as_str()).unwrap_or_default().into_owned()
}

fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}
