use std::borrow::Cow;

use super::likeness::Likeness;
use super::node::Node;
use super::tree::{Kind, Tree};
use super::{NotEdited, Obstacle, SyntaxError, json, yaml};
use crate::text::{EditSet, Encoding, Source, Span};

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// RFC 8259, strictly.
    Json,
    /// YAML 1.2; of a file with several documents, the first.
    Yaml,
}

impl Syntax {
    /// The syntax of a file, by the extension of its name or else by how its text starts.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("json") => Self::Json,
            Some("yaml" | "yml") => Self::Yaml,
            _ if starts_like_yaml(text) => Self::Yaml,
            _ => Self::Json,
        }
    }

    /// Its name for messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }
}

/// Whether the first line that is neither empty nor a comment is a `name:` or `---`.
fn starts_like_yaml(text: &str) -> bool {
    let line = text.lines().map(str::trim_end).find(|line| !line.is_empty() && !line.starts_with('#'));
    line.is_some_and(|line| {
        let name = line.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
        let plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'));
        line == "---" || name.is_some_and(|(name, _)| !name.is_empty() && plain(name))
    })
}

/// A text and the tree that indexes it. The text is the document; the tree is never printed.
#[derive(Debug)]
pub struct Document {
    source: Source,
    pub(super) tree: Tree,
    syntax: Syntax,
}

impl Document {
    /// Indexes `source`.
    ///
    /// # Errors
    /// [`SyntaxError`], with the source for showing it, if the text breaks the rules of `syntax`.
    #[allow(clippy::result_large_err, reason = "the source is needed to show the error")]
    pub fn parse(source: Source, syntax: Syntax) -> Result<Self, (SyntaxError, Source)> {
        Self::parse_like(source, syntax, None)
    }

    /// Like [`parse`](Self::parse), but faster if much of `source` is spelled as in the document `like`.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    #[allow(clippy::result_large_err, reason = "the source is needed to show the error")]
    pub fn parse_like(
        source: Source,
        syntax: Syntax,
        like: Option<&Self>,
    ) -> Result<Self, (SyntaxError, Source)> {
        let like = like.filter(|like| like.syntax == Syntax::Json);
        let tree = match syntax {
            Syntax::Json => {
                json::scan(source.text(), like.map(|like| Likeness::of(like.source.text(), &like.tree)))
            }
            Syntax::Yaml => yaml::scan(source.text()),
        };
        match tree {
            Ok(tree) => Ok(Self { source, tree, syntax }),
            Err(error) => Err((error, source)),
        }
    }

    /// Parses a JSON document that is not from a file.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn json(text: &str) -> Result<Self, SyntaxError> {
        Self::of_text(text, Syntax::Json)
    }

    /// Parses a YAML document that is not from a file.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn yaml(text: &str) -> Result<Self, SyntaxError> {
        Self::of_text(text, Syntax::Yaml)
    }

    fn of_text(text: &str, syntax: Syntax) -> Result<Self, SyntaxError> {
        let source = Source::with(text.to_owned(), Encoding::Utf8);
        Self::parse(source, syntax).map_err(|(error, _)| error)
    }

    /// The text it was parsed from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Its syntax.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The notation in it that rules out edits, if any.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.tree.obstacle
    }

    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }

    /// Every value and every member's name, in text order.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.tree.slots.len()).map(|at| Node::new(self, at))
    }

    /// The values that overlap `span`, and the one before it. If the first is an item of a list of strings, so are all
    /// items before it, since a private key may start there.
    pub fn nodes_near(&self, span: Span) -> impl DoubleEndedIterator<Item = Node<'_>> {
        let slots = &self.tree.slots;
        let range = match self.is_in_order() {
            false => 0..slots.len(),
            true => {
                let first = slots.partition_point(|slot| slot.span.start <= span.start).saturating_sub(1);
                let list = Node::new(self, first).parent().filter(|parent| parent.kind() == Kind::Array);
                let scalar = !slots[first].kind.is_container();
                let first =
                    list.and_then(|list| list.items().next()).filter(|_| scalar).map_or(first, |it| it.at());
                first..slots.partition_point(|slot| slot.span.start < span.end)
            }
        };
        range.filter(|&at| !self.tree.is_name(at)).map(|at| Node::new(self, at))
    }

    /// The innermost value around `span`; a member's value also counts as around its name.
    #[must_use]
    pub fn value_around(&self, span: Span) -> Option<Node<'_>> {
        let value = |at: usize| Node::new(self, at + usize::from(self.tree.is_name(at)));
        let holds = |node: &Node<'_>| node.contains_span(span);
        if !self.is_in_order() {
            return self.nodes().filter(holds).last().map(|node| value(node.at()));
        }
        let last = self.tree.slots.partition_point(|slot| slot.span.start <= span.start).checked_sub(1)?;
        let around = Node::new(self, last).ancestors().find(holds)?;
        Some(value(around.at()))
    }

    /// Whether the nodes are in text order. The values that aliases refer to are not.
    fn is_in_order(&self) -> bool {
        self.syntax == Syntax::Json || self.tree.obstacle.is_none()
    }

    /// The string value that contains the byte at `at`; `None` between values and in the name of a member.
    #[must_use]
    pub fn string_at(&self, at: usize) -> Option<Node<'_>> {
        let next = self.tree.slots.partition_point(|slot| slot.span.start as usize <= at);
        let slot = self.tree.slots.get(next.checked_sub(1)?)?;
        let text = self.source.text();
        let within = slot.kind == Kind::String && at < slot.span.end as usize;
        let is_name =
            || text[slot.span.end as usize..].trim_start_matches([' ', '\t', '\r', '\n']).starts_with(':');
        (within && !is_name()).then(|| Node::new(self, next - 1))
    }

    /// Parses the text after `edits`, as must happen before any change is written.
    ///
    /// # Errors
    /// [`NotEdited`] if the edits would break the syntax or the document rules out edits.
    pub fn edited(&self, edits: &EditSet) -> Result<Self, NotEdited> {
        if let Some(obstacle) = self.tree.obstacle.filter(|_| !edits.is_empty()) {
            return Err(NotEdited::Obstacle(obstacle));
        }
        let source = Source::with(edits.apply(self.source.text()), self.source.encoding());
        let edited = Self::parse_like(source, self.syntax, Some(self));
        edited.map_err(|(error, _)| NotEdited::Broken(error))
    }

    /// The document as the bytes of a file.
    #[must_use]
    pub fn to_bytes(&self) -> Cow<'_, [u8]> {
        self.source.encode(self.source.text())
    }
}
