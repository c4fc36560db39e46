//! YAML: turns the events of `granit-parser` into the same tree of spans that JSON has.

mod alias;
mod block_scalar;

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::tree::{Kind, MAX_DEPTH, TOO_DEEP, Text, Tree};
use super::{Obstacle, Syntax, SyntaxError, plain};
use crate::text::{Span, line_end};

/// Indexes the first document of `text`.
///
/// # Errors
/// The first place where `text` is not YAML or a member's name is not a scalar.
pub(super) fn scan(text: &str) -> Result<Tree, SyntaxError> {
    let mut builder = Builder {
        text,
        tree: Tree::default(),
        open: Vec::new(),
        at: 0,
        anchors: HashMap::new(),
        copies: 0,
        documents: 0,
    };
    let options = granit_parser::options! {
        block_nesting_limit: MAX_DEPTH as _,
        flow_nesting_limit: MAX_DEPTH as _,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| builder.refused(&error))?;
        let range = span.byte_range().unwrap_or(builder.at..builder.at);
        builder.event(event, Span::new(range.start, range.end))?;
    }
    if builder.tree.slots.is_empty() {
        builder.tree.push(Kind::Null, Span::at(text.len()), Text::Whole);
    }
    Ok(builder.tree)
}

/// A collection that is still open.
struct Open {
    slot: usize,
    block: bool,
    next: Next,
}

/// What comes next in a collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Item,
    Name,
    Value,
}

struct Builder<'t> {
    text: &'t str,
    tree: Tree,
    /// The collections around the current place, innermost last.
    open: Vec<Open>,
    /// Where the last name or value ended.
    at: usize,
    /// The slot of each anchor.
    anchors: HashMap<usize, usize>,
    /// How many slots are copies of others.
    copies: usize,
    documents: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        if let Event::DocumentStart(..) = event {
            self.documents += 1;
            if self.documents > 1 {
                // The content of the others is not read at all.
                self.tree.obstacle = Some(Obstacle::SeveralDocuments);
            }
        }
        if self.documents != 1 {
            return Ok(());
        }
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                if tag.is_some() {
                    self.obstacle(Obstacle::Tag);
                }
                self.anchor(anchor);
                let as_string = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                self.scalar(&value, style, as_string, span);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(Kind::Array, style, anchor, tag.is_some(), span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(Kind::Object, style, anchor, tag.is_some(), span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span)?,
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        kind: Kind,
        style: StructureStyle,
        anchor: usize,
        tagged: bool,
        span: Span,
    ) -> Result<(), SyntaxError> {
        if tagged {
            self.obstacle(Obstacle::Tag);
        }
        if self.is_name_next() {
            return Err(self.no_name(span));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(self.error_at(span.start as usize, TOO_DEEP));
        }
        let block = style == StructureStyle::Block;
        if !block && span.is_empty() {
            self.obstacle(Obstacle::BarePair);
        }
        self.anchor(anchor);
        let mut start = span.start as usize;
        // The parser places a sequence that is not indented after its first dash.
        if kind == Kind::Array && block && !self.open.is_empty() {
            start = skip_blank(self.text, self.introduced());
        }
        self.value_follows();
        let next = if kind == Kind::Object { Next::Name } else { Next::Item };
        let slot = self.tree.push(kind, Span::at(start), Text::Whole);
        self.open.push(Open { slot, block, next });
        self.at = start + span.len();
        Ok(())
    }

    /// Closes the innermost collection. A block collection ends with its last value, although its event comes only
    /// after blank lines and comments.
    fn close(&mut self, span: Span) {
        if let Some(open) = self.open.pop() {
            if !open.block {
                self.at = self.at.max(span.end as usize);
            }
            self.tree.close(open.slot, self.at);
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, as_string: bool, span: Span) {
        let is_name = self.is_name_next();
        let introduced = self.introduced();
        if is_name && introduced < span.start as usize && self.text[introduced..].starts_with('?') {
            self.obstacle(Obstacle::QuestionMark);
        }
        self.value_follows();
        let span = match style {
            ScalarStyle::Plain if span.is_empty() => {
                // The parser places it before the colon.
                Span::at(if is_name { span.start as usize } else { introduced })
            }
            ScalarStyle::Literal | ScalarStyle::Folded => block_scalar::span(self.text, introduced, span),
            _ => span,
        };
        self.at = span.end as usize;
        let raw = &self.text[span.range()];
        let kind = match style {
            ScalarStyle::Plain if !is_name && !as_string => {
                plain::kind(if span.is_empty() { "" } else { value })
            }
            _ => Kind::String,
        };
        match kind {
            Kind::Number => match plain::number(value).unwrap_or_default() {
                number if number == raw => drop(self.tree.push(kind, span, Text::Whole)),
                number => self.tree.push_stored(kind, span, number),
            },
            Kind::String if raw == value => self.tree.push_string(span, Text::Whole, value.as_bytes()),
            Kind::String if raw.len() > 1 && raw.get(1..raw.len() - 1) == Some(value) => {
                self.tree.push_string(span, Text::Inner, value.as_bytes());
            }
            Kind::String => self.tree.push_stored(kind, span, value),
            _ => drop(self.tree.push(kind, span, Text::Whole)),
        }
    }

    fn no_name(&self, span: Span) -> SyntaxError {
        let is_reference = self.text[..span.start as usize].ends_with('{')
            && self.text[span.start as usize..].starts_with('{');
        let problem = if is_reference {
            "a value that starts with `{{` must be in quotes"
        } else {
            "expected a name that is not a collection"
        };
        self.error_at(span.start as usize, problem)
    }

    fn obstacle(&mut self, obstacle: Obstacle) {
        self.tree.obstacle.get_or_insert(obstacle);
    }

    fn is_name_next(&self) -> bool {
        self.open.last().is_some_and(|open| open.next == Next::Name)
    }

    /// Notes that a name or value was read: in a mapping they alternate.
    fn value_follows(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.next = match open.next {
                Next::Item => Next::Item,
                Next::Name => Next::Value,
                Next::Value => Next::Name,
            };
        }
    }

    /// The place after the colon or dash before the next value, or the place of the next name.
    fn introduced(&self) -> usize {
        let Some(open) = self.open.last() else { return self.at };
        match open.next {
            Next::Name => skip_blank(self.text, self.at),
            Next::Value => {
                let rest = &self.text[self.at..];
                let colon = rest.trim_start_matches([' ', '\t', '\r', '\n']);
                if colon.starts_with(':') { self.text.len() - colon.len() + 1 } else { self.at }
            }
            Next::Item if open.block => {
                let dash = skip_blank(self.text, self.at);
                if self.text[dash..].starts_with('-') { dash + 1 } else { self.at }
            }
            Next::Item => self.at,
        }
    }

    fn refused(&self, error: &ScanError) -> SyntaxError {
        let at = error.marker().byte_offset().unwrap_or(self.at).min(self.text.len());
        let message = error.kind().to_string();
        // Of "while parsing a block mapping, did not find expected key", only the second half helps.
        let problem = match message.split_once(", ") {
            Some((context, problem)) if context.starts_with("while ") => problem,
            _ => &message,
        };
        self.error_at(at, problem)
    }

    fn error_at(&self, at: usize, problem: &str) -> SyntaxError {
        SyntaxError::at(Syntax::Yaml, self.text, at, problem.to_owned())
    }
}

/// The first place from `at` on that is not white space, a comma or in a comment.
pub(super) fn skip_blank(text: &str, mut at: usize) -> usize {
    loop {
        at = text.len() - text[at..].trim_start_matches([' ', '\t', '\r', '\n', ',']).len();
        if !text[at..].starts_with('#') {
            return at;
        }
        at = line_end(text, at);
    }
}

#[cfg(test)]
mod tests;
