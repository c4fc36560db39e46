//! The search for literal credentials: a walk that knows the name of each value, or a check of some values only.

use std::borrow::Cow;
use std::collections::HashSet;

use super::comment::in_comments;
use super::{Credential, name_in_row, name_of, whole};
use crate::secret;
use crate::syntax::{Document, Kind, Member, Node, Spelling, Syntax};
use crate::text::Span;

/// The literal credentials in `node`, in the order of the text.
#[must_use]
pub fn credentials(node: Node<'_>) -> Vec<Credential<'_>> {
    credentials_by(node, &hints_within(node.document(), node.span()))
}

/// Like [`credentials`], with the [`hints`](secret::hints) in the text of its document, or at least in that of `node`;
/// YAML documents are searched without hints.
pub(super) fn credentials_by<'d>(node: Node<'d>, hints: &[u32]) -> Vec<Credential<'d>> {
    found_by(Search::new(node.document(), hints), node)
}

/// Like [`credentials_by`], but without those in members called `value`.
pub(super) fn credentials_but_values<'d>(node: Node<'d>, hints: &[u32]) -> Vec<Credential<'d>> {
    found_by(Search { but_values: true, ..Search::new(node.document(), hints) }, node)
}

/// Like [`credentials`], but without those in comments.
#[must_use]
pub fn credentials_in(node: Node<'_>) -> Vec<Credential<'_>> {
    let hints = hints_within(node.document(), node.span());
    Search::new(node.document(), &hints).all_in(node)
}

fn found_by<'d>(search: Search<'d, '_>, node: Node<'d>) -> Vec<Credential<'d>> {
    let mut found = search.all_in(node);
    let is_root = node == node.document().root();
    let said = in_comments(node.document(), if is_root { whole(node.document()) } else { node.span() });
    if !said.is_empty() {
        found.extend(said);
        found.sort_by_key(|credential| credential.span.start);
    }
    found
}

/// The literal credentials in `nodes`, which are in the order of the text, except those that end before the byte at
/// `from`.
pub(super) fn among<'d>(nodes: impl Iterator<Item = Node<'d>>, from: u32) -> Vec<Credential<'d>> {
    let nodes: Vec<_> = nodes.filter(|node| matches!(node.kind(), Kind::String | Kind::Number)).collect();
    let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else { return Vec::new() };
    let span = Span { start: first.span().start, end: last.span().end.max(first.span().start) };
    let hints = hints_within(first.document(), span);
    let mut search = Search { from, ..Search::new(first.document(), &hints) };
    for node in nodes {
        search.walk(node, &search.name(name_of(node)), node.as_member().is_some());
    }
    search.found
}

/// The name of a value.
struct Name<'d> {
    text: Cow<'d, str>,
    /// Whether it could be the name of a secret.
    may_be_secret: bool,
}

struct Search<'d, 'h> {
    found: Vec<Credential<'d>>,
    private_key: OpenKey,
    /// The key of the last webhook address, which appears again among the parts of that address.
    webhook: String,
    /// Names and spellings already found harmless: many requests have the same headers and scripts.
    harmless: HashSet<(Cow<'d, str>, &'d str)>,
    /// Credentials that end before this byte are not wanted.
    from: u32,
    /// Whether members called `value` are skipped.
    but_values: bool,
    hints: Option<Hints<'h>>,
}

impl<'d, 'h> Search<'d, 'h> {
    /// A search in `document` with its `hints`.
    fn new(document: &'d Document, hints: &'h [u32]) -> Self {
        let hints = is_searched(document).then_some(Hints { places: hints, passed: 0 });
        let (found, private_key, webhook, harmless) = Default::default();
        Self { found, private_key, webhook, harmless, from: 0, but_values: false, hints }
    }

    /// Everything found in `node`, in order.
    fn all_in(mut self, node: Node<'d>) -> Vec<Credential<'d>> {
        self.walk(node, &self.name(name_of(node)), node.as_member().is_some());
        self.found
    }

    /// Searches `node`, whose `name` is that of its member, if it `is_member`, or of its list.
    fn walk(&mut self, node: Node<'d>, name: &Name<'d>, is_member: bool) {
        if !name.may_be_secret && self.is_quiet(node.span()) {
            return;
        }
        match node.kind() {
            Kind::Object => self.members(node, name),
            Kind::Array => node.items().for_each(|item| self.walk(item, name, false)),
            Kind::String => self.string(node, name, is_member),
            Kind::Number => self.number(node, name),
            Kind::Bool | Kind::Null => {}
        }
    }

    /// Whether neither `span` nor the text before it hints at a secret.
    fn is_quiet(&mut self, span: Span) -> bool {
        let quiet = self.hints.as_mut().is_some_and(|hints| !hints.any_in(span));
        quiet && self.webhook.is_empty() && !self.private_key.is_open()
    }

    fn members(&mut self, object: Node<'d>, list: &Name<'d>) {
        for member in object.members() {
            let is_value = member.name.is_str("value");
            if is_value && self.but_values {
                continue;
            }
            let name = if is_value {
                self.name(name_in_row(object, &list.text))
            } else {
                self.name_of_member(member)
            };
            self.walk(member.value, &name, true);
        }
    }

    fn name_of_member(&mut self, member: Member<'d>) -> Name<'d> {
        let text = member.key();
        match &mut self.hints {
            // Hints cover ASCII names, which nearly all are. Others are checked one by one.
            Some(hints) if text.is_ascii() => Name { text, may_be_secret: hints.any_in(member.name.span()) },
            _ => self.name(text),
        }
    }

    fn name(&self, text: Cow<'d, str>) -> Name<'d> {
        let may_be_secret = secret::may_be_secret_key(&text);
        Name { text, may_be_secret }
    }

    /// Adds the number `node` if its `name` reveals it: its digits alone do not.
    fn number(&mut self, node: Node<'d>, name: &Name<'d>) {
        let is_wanted = name.may_be_secret && node.span().end > self.from;
        if is_wanted && secret::is_secret_number(&name.text, node.raw()) {
            self.found.push(Credential::whole(&*name.text, node));
        }
    }

    fn string(&mut self, node: Node<'d>, name: &Name<'d>, is_member: bool) {
        let possible = self.hints.as_mut().is_none_or(|hints| hints.any_in(node.span()));
        if is_member {
            self.private_key = OpenKey::default();
        } else if (possible || self.private_key.is_open()) && self.private_key.holds(node.raw()) {
            self.found.push(Credential { goes_on: true, ..Credential::whole("", node) });
            return;
        } else if !self.webhook.is_empty() && node.is_str(&self.webhook) {
            self.found.push(Credential::whole(secret::WEBHOOK, node));
            return;
        }
        if node.span().end <= self.from || !(possible || name.may_be_secret) {
            return;
        }
        if !self.harmless.contains(&(Cow::Borrowed(&*name.text), node.raw())) && !self.judge(node, &name.text)
        {
            self.harmless.insert((name.text.clone(), node.raw()));
        }
    }

    /// Adds the credentials in the string `node`, called `name`; false if there are none.
    fn judge(&mut self, node: Node<'d>, name: &str) -> bool {
        let text = node.as_str().unwrap_or_default();
        if secret::is_secret_by_name(name, &text) {
            self.found.push(Credential::whole(name, node));
            return true;
        }
        // If only the shape of a value shows that it is secret, the key of its row names it.
        let key = || {
            let is_value = node.is_named("value");
            if is_value { name.to_owned() } else { String::new() }
        };
        let mut spelling = Spelling::of(node);
        let part = |literal: secret::Literal<'_>| {
            if literal.name == secret::WEBHOOK {
                text[literal.range.clone()].clone_into(&mut self.webhook);
            }
            let name = if literal.name.is_empty() { key() } else { literal.name.to_owned() };
            if literal.range.len() == text.len() {
                return Credential::whole(name, node);
            }
            let span = spelling.span_of(literal.range.clone());
            Credential { name, node, span, part: Some(literal.range), goes_on: false }
        };
        let before = self.found.len();
        self.found.extend(secret::literals(&text).into_iter().map(part));
        if self.found.len() == before && secret::is_secret("", &text) {
            self.found.push(Credential::whole(key(), node));
        }
        self.found.len() > before
    }
}

/// Whether `document` is searched for hints. YAML is not, since its escapes can hide them.
fn is_searched(document: &Document) -> bool {
    document.syntax() == Syntax::Json
}

/// The hints within `span` of `document`.
fn hints_within(document: &Document, span: Span) -> Vec<u32> {
    if !is_searched(document) {
        return Vec::new();
    }
    let mut places = secret::hints(document.source().slice(span));
    places.iter_mut().for_each(|place| *place += span.start);
    places
}

/// The places in a text where secrets may be.
struct Hints<'h> {
    /// In order.
    places: &'h [u32],
    /// How many of them are before the span asked about last.
    passed: usize,
}

impl Hints<'_> {
    /// Whether there is one in `span`. Fast if `span` is near the previous one.
    fn any_in(&mut self, span: Span) -> bool {
        let Span { start, end } = span;
        while self.passed > 0 && self.places[self.passed - 1] >= start {
            self.passed -= 1;
        }
        while self.places.get(self.passed).is_some_and(|place| *place < start) {
            self.passed += 1;
        }
        self.places.get(self.passed).is_some_and(|place| *place < end)
    }
}

/// A private key whose lines are separate strings, as in the lines of a script.
#[derive(Debug, Default)]
pub(in crate::model) struct OpenKey(bool);

impl OpenKey {
    /// Whether `line`, the next one, continues the key. The line that begins it does not.
    pub(in crate::model) fn holds(&mut self, line: &str) -> bool {
        let inside = self.0;
        self.0 = secret::leaves_key_open(line, inside);
        inside
    }

    /// Whether a key has begun but not ended.
    fn is_open(&self) -> bool {
        self.0
    }
}
