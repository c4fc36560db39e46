//! Schemas of the parts of a file, and the deviations from them.

mod collection;
mod collection_v1;
mod git_native;

pub(super) use collection::COLLECTION;
pub(super) use collection_v1::COLLECTION_V1;
pub(super) use git_native::{DEFINITION, EXAMPLE, REQUEST};

use super::rules::opening;
use crate::syntax::{Kind, Name, Node};
use crate::text::{Span, named};

/// What a value may be and contain.
#[derive(Debug)]
pub(super) struct Schema {
    kinds: &'static [Kind],
    /// Further kinds that readers accept, unlike the published schema.
    accepted: &'static [Kind],
    /// Of a string: the known words. If there are none, any string is allowed.
    words: &'static [&'static str],
    /// Of a number: whether it counts something, so that it must be whole and not negative.
    counts: bool,
    /// Of an array: the schema of every item.
    items: Option<&'static Schema>,
    /// Of an object: the members that are checked. Others are allowed.
    members: &'static [Expected],
    /// Of an object that is a map: the schema of every value.
    every: Option<&'static Schema>,
    /// Of an object: the required members.
    required: &'static [&'static str],
    /// Of an object: members that the published schema requires, but readers do not.
    wanted: &'static [&'static str],
    /// Of an object: members at least one of which is required.
    either: &'static [&'static str],
    /// Of an object: the member whose value selects a further schema for the object.
    selected_by: Option<(&'static str, &'static [(&'static str, &'static Schema)])>,
}

/// The name of a member and the schema of its value.
type Expected = (Name<'static>, &'static Schema);

/// Prepares the names of members for the search.
const fn members<const COUNT: usize>(list: [(&'static str, &'static Schema); COUNT]) -> [Expected; COUNT] {
    let mut members = [(Name::of(""), list[0].1); COUNT];
    let mut at = 0;
    while at < COUNT {
        members[at] = (Name::of(list[at].0), list[at].1);
        at += 1;
    }
    members
}

/// A deviation from a schema.
#[derive(Clone, Debug)]
pub(super) struct Fault<'d> {
    pub(super) span: Span,
    pub(super) message: String,
    /// Whether readers accept it anyway, as if it were correct or absent.
    pub(super) harmless: bool,
    /// A `null` that can be removed, after the object that contains it.
    pub(super) superfluous: Option<(Node<'d>, Node<'d>)>,
}

impl Schema {
    const fn of(kinds: &'static [Kind]) -> Self {
        Self {
            kinds,
            accepted: &[],
            words: &[],
            counts: false,
            items: None,
            members: &[],
            every: None,
            required: &[],
            wanted: &[],
            either: &[],
            selected_by: None,
        }
    }

    const fn list(items: &'static Self) -> Self {
        Self { items: Some(items), ..Self::of(&[Kind::Array]) }
    }

    const fn object(members: &'static [Expected]) -> Self {
        Self { members, ..Self::of(&[Kind::Object]) }
    }

    const fn or(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }

    const fn requiring(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// The deviations of `node`, called `name`, from this schema.
    pub(super) fn faults<'d>(&self, node: Node<'d>, name: &str) -> Vec<Fault<'d>> {
        let mut faults = Vec::new();
        self.compare(node, name, &mut faults);
        faults
    }

    fn compare<'d>(&self, node: Node<'d>, name: &str, faults: &mut Vec<Fault<'d>>) {
        let kind = node.kind();
        if !self.kinds.contains(&kind) {
            let message = format!("`{name}` is {}, not {}", kind.name(), self.kinds_in_words());
            faults.push(Fault::new(node.span(), message, self.accepted.contains(&kind)));
            return;
        }
        match kind {
            Kind::Array => {
                if let Some(schema) = self.items {
                    node.items().for_each(|item| schema.compare(item, name, faults));
                }
            }
            Kind::Object => {
                self.compare_members(node, faults);
                if let Some(schema) = self.every {
                    for member in node.members() {
                        schema.compare(member.value, &member.key(), faults);
                    }
                }
            }
            Kind::String if !self.words.is_empty() && !self.words.iter().any(|word| node.is_str(word)) => {
                let text = node.as_str().unwrap_or_default();
                let message = format!("`{text}` is not a `{name}` known to the published schema");
                faults.push(Fault::new(node.span(), message, true));
            }
            Kind::Number if self.counts && !is_count(node.raw()) => {
                let message = format!("`{name}` is not a whole number of 0 or more");
                faults.push(Fault::new(node.span(), message, false));
            }
            _ => {}
        }
    }

    fn compare_members<'d>(&self, object: Node<'d>, faults: &mut Vec<Fault<'d>>) {
        // Most objects have all required members, and searching for each is slow. A bit for each, since names may
        // repeat.
        let mut found = 0u32;
        for member in object.members() {
            let Some((name, schema)) = member.name.find_in(self.members, |(name, _)| *name) else { continue };
            let name = &name.text();
            let wanted = self.required.iter().chain(self.wanted).position(|wanted| wanted == name);
            found |= wanted.map_or(0, |at| 1 << at);
            let value = member.value;
            if value.is_null() && !schema.kinds.contains(&Kind::Null) && !self.required.contains(name) {
                let message = format!("`{name}` is null, not {}", schema.kinds_in_words());
                let superfluous = (!self.wanted.contains(name)).then_some((object, value));
                faults.push(Fault { superfluous, ..Fault::new(value.span(), message, true) });
            } else {
                schema.compare(value, name, faults);
            }
        }
        let lacks = |name: &&&str| object.get(name).is_none();
        if (found.count_ones() as usize) < self.required.len() + self.wanted.len() {
            for (names, harmless) in [(self.required, false), (self.wanted, true)] {
                for name in names.iter().filter(lacks) {
                    let message = format!("there is no `{name}` here");
                    faults.push(Fault::new(opening(object), message, harmless));
                }
            }
        }
        if !self.either.is_empty() && self.either.iter().all(|name| lacks(&name)) {
            let message = format!("there is neither {} here", named(self.either, "nor"));
            faults.push(Fault::new(opening(object), message, false));
        }
        self.compare_selected(object, faults);
    }

    /// Compares `object` with the further schema that one of its members selects.
    fn compare_selected<'d>(&self, object: Node<'d>, faults: &mut Vec<Fault<'d>>) {
        let Some((name, schemas)) = self.selected_by else { return };
        let Some(word) = object.get(name).filter(|word| word.kind() == Kind::String) else { return };
        if let Some((_, schema)) = schemas.iter().find(|(known, _)| word.is_str(known)) {
            schema.compare_members(object, faults);
            return;
        }
        let known: Vec<_> = schemas.iter().map(|(known, _)| *known).collect();
        let message = format!("`{name}` is not one of {}", named(&known, "and"));
        faults.push(Fault::new(word.span(), message, false));
    }

    fn kinds_in_words(&self) -> String {
        self.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or ")
    }
}

/// Whether the number spelled `spelling` is whole and not negative. `200.0` is whole, too.
fn is_count(spelling: &str) -> bool {
    let whole = |number: f64| number >= 0.0 && number.fract() == 0.0;
    spelling.bytes().all(|byte| byte.is_ascii_digit()) || spelling.parse().is_ok_and(whole)
}

impl Fault<'_> {
    fn new(span: Span, message: String, harmless: bool) -> Self {
        Self { span, message, harmless, superfluous: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    fn messages(schema: &Schema, text: &str) -> Vec<String> {
        let document = Document::json(text).expect(text);
        schema.faults(document.root(), "it").into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn a_repeated_member_does_not_replace_a_missing_one() {
        static NUMBER: Schema = Schema::of(&[Kind::Number]);
        static SCHEMA: Schema =
            Schema::object(&members([("a", &NUMBER), ("b", &NUMBER)])).requiring(&["a", "b"]);
        assert_eq!(messages(&SCHEMA, r#"{"a": 1, "a": 2}"#), ["there is no `b` here"]);
        assert_eq!(messages(&SCHEMA, r#"{"a": 1, "a": 2, "b": 3}"#), [""; 0]);
    }

    #[test]
    fn a_count_is_a_whole_number_however_it_is_spelled() {
        const COUNT: Schema = Schema { counts: true, ..Schema::of(&[Kind::Number]) };
        for spelling in ["0", "200", "200.0", "2e2", "20.5e1"] {
            assert_eq!(messages(&COUNT, spelling), [""; 0], "{spelling}");
        }
        for spelling in ["-1", "200.5", "2e-1"] {
            assert_eq!(messages(&COUNT, spelling), ["`it` is not a whole number of 0 or more"], "{spelling}");
        }
    }
}
