use std::ops::Range;

use annotate_snippets::{AnnotationKind, Origin, Renderer};

use super::Painter;
use crate::text::{Source, Span};

/// How important a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something is wrong.
    Error,
    /// Something may be wrong.
    Warning,
    /// Something is worth knowing.
    Info,
}

/// A message about a place in a text.
pub struct Snippet<'s> {
    /// How important it is.
    pub level: Level,
    /// The id under which it is documented.
    pub id: Option<&'s str>,
    /// What is wrong.
    pub title: &'s str,
    /// The file's name as the user gave it.
    pub path: &'s str,
    /// Its text.
    pub source: &'s Source,
    /// The place.
    pub span: Span,
    /// The label below the place.
    pub label: &'s str,
    /// What to do.
    pub help: Option<&'s str>,
    /// The secrets in the text, in order, without overlaps.
    pub hidden: &'s [Span],
    /// What to show in place of them.
    pub mask: &'s str,
}

/// The longest part of a line that is shown, in bytes: a minified file may be one line of megabytes.
const WINDOW: usize = 120;

/// The message with the place underlined in its line.
#[must_use]
pub fn render(snippet: &Snippet<'_>, painter: Painter) -> String {
    let renderer = if painter.color { Renderer::styled() } else { Renderer::plain() };
    let text = snippet.source.text();
    let position = snippet.source.position(snippet.span.start as usize);
    let excerpt = Excerpt::around(text, snippet);
    let shown = annotate_snippets::Snippet::source(excerpt.text)
        .path(snippet.path)
        .line_start(position.line)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(excerpt.mark).label(snippet.label));
    let level = match snippet.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Info => annotate_snippets::Level::INFO,
    };
    let title = level.primary_title(snippet.title);
    let title = if let Some(id) = snippet.id { title.id(id) } else { title };
    // Of an empty or missing file there is nothing to show.
    let mut group = match text.is_empty() {
        false => title.element(shown),
        true => title.element(Origin::path(snippet.path)),
    };
    if text.is_empty() && !snippet.label.is_empty() {
        group = group.element(annotate_snippets::Level::NOTE.message(snippet.label));
    }
    if let Some(help) = snippet.help {
        group = group.element(annotate_snippets::Level::HELP.message(help));
    }
    let rendered = renderer.render(&[group]);
    // The renderer counts columns in the excerpt, which may start later than the line.
    let place = |column| format!("{}:{}:{column}", snippet.path, position.line);
    match rendered.split_once('\n') {
        Some((title, rest)) if excerpt.column != position.column => {
            format!("{title}\n{}", rest.replacen(&place(excerpt.column), &place(position.column), 1))
        }
        _ => rendered,
    }
}

/// The part of `text` that an excerpt around `span` shows.
#[must_use]
pub fn excerpt_span(text: &str, span: Span) -> Span {
    let shown = Window::around(text, span).shown;
    Span::new(shown.start, shown.end)
}

/// The part of a line that is shown, and the part of the line that was looked at, without its line end.
struct Window {
    shown: Range<usize>,
    line: Range<usize>,
}

impl Window {
    /// The window of `text` around the start of `span`.
    fn around(text: &str, span: Span) -> Self {
        let start = span.start as usize;
        // A line may be as long as the file, so it is not searched for its ends.
        let near = text.floor_char_boundary(start.saturating_sub(WINDOW / 2 + 1));
        let far = text.ceil_char_boundary(start + WINDOW + 1);
        let line_start = text[near..start].rfind('\n').map_or(near, |at| near + at + 1);
        let line_end = text[start..far].find(['\n', '\r']).map_or(far, |at| start + at);
        let from = text.floor_char_boundary(line_start.max(start.saturating_sub(WINDOW / 2)));
        let to = text.ceil_char_boundary(line_end.min(start + WINDOW));
        Self { shown: from..to, line: line_start..line_end }
    }
}

/// The part of a line that is shown, safe for a terminal, and where the place is in it.
struct Excerpt {
    text: String,
    mark: Range<usize>,
    /// The column of the place in it.
    column: usize,
}

impl Excerpt {
    fn around(text: &str, snippet: &Snippet<'_>) -> Self {
        let Window { shown, line } = Window::around(text, snippet.span);
        let (mut start, mut end) = (snippet.span.start as usize, snippet.span.end as usize);
        // A secret is masked as a whole, so a place inside it is marked as the whole mask.
        let is_around = |secret: &Range<usize>| (secret.start + 1..secret.end).contains(&start);
        if let Some(secret) = snippet.hidden.iter().map(|secret| secret.range()).find(is_around) {
            (start, end) = (secret.start.max(shown.start), end.max(secret.end));
        }
        let end = end.clamp(start, line.end.max(start)).min(shown.end);
        let mut excerpt = if shown.start > line.start { "…".to_owned() } else { String::new() };
        let show = |range, excerpt: &mut String| snippet.show(text, range, shown.start, excerpt);
        show(shown.start..start, &mut excerpt);
        let mark_start = excerpt.len();
        show(start..end, &mut excerpt);
        let mark = mark_start..excerpt.len();
        show(end..shown.end, &mut excerpt);
        if shown.end < line.end {
            excerpt.push('…');
        }
        let column = 1 + excerpt[..mark.start].chars().count();
        Self { text: excerpt, mark, column }
    }
}

impl<'s> Snippet<'s> {
    /// An error and its place.
    #[must_use]
    pub fn error(title: &'s str, path: &'s str, source: &'s Source, span: Span, label: &'s str) -> Self {
        let level = Level::Error;
        Self { level, id: None, title, path, source, span, label, help: None, hidden: &[], mask: "" }
    }

    /// Appends `range` of `text` to `shown`, made harmless and without secrets. What is shown of the text begins at
    /// `from`.
    fn show(&self, text: &str, range: Range<usize>, from: usize, shown: &mut String) {
        if range.is_empty() {
            return;
        }
        let mut at = range.start;
        let first = self.hidden.partition_point(|secret| secret.end as usize <= range.start);
        for secret in self.hidden[first..].iter().map(|secret| secret.range()) {
            if secret.start >= range.end {
                break;
            }
            shown.extend(text[at..secret.start.max(at)].chars().map(harmless));
            // A secret that is shown in pieces is masked once, in the first one.
            if secret.start >= range.start || range.start == from {
                let quote = text[secret.clone()].chars().next().filter(|c| matches!(c, '"' | '\''));
                shown.extend(quote);
                shown.push_str(self.mask);
                shown.extend(quote);
            }
            at = secret.end.min(range.end);
        }
        shown.extend(text[at..range.end].chars().map(harmless));
    }
}

/// Replaces a character that a terminal would act on with one of the same width. Tabs stay: the renderer expands them.
fn harmless(c: char) -> char {
    if c != '\t' && super::escape(c.encode_utf8(&mut [0; 4])).starts_with('\\') && c != '\\' {
        '\u{fffd}'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_around_the_place_is_masked_once() {
        let source = Source::decode(b"{\"value\": \"me:hunter2 x\", \"a\": 1}".to_vec()).expect("UTF-8");
        let place = Span::new(14, 21);
        let hidden = [Span::new(10, 24)];
        let snippet =
            Snippet { hidden: &hidden, mask: "****", ..Snippet::error("t", "p", &source, place, "here") };
        let Excerpt { text, mark, column } = Excerpt::around(source.text(), &snippet);
        assert_eq!(text, "{\"value\": \"****\", \"a\": 1}");
        assert_eq!((&text[mark], column), ("\"****\"", 11));
    }
}
