use annotate_snippets::{AnnotationKind, Level, Renderer};

use super::Painter;
use crate::text::{Source, Span};

/// Something to say about a place in a text.
pub struct Snippet<'s> {
    /// What is wrong.
    pub title: &'s str,
    /// The file's name as the user gave it.
    pub path: &'s str,
    /// Its text.
    pub source: &'s Source,
    /// The place.
    pub span: Span,
    /// What to say below the place.
    pub label: &'s str,
    /// What to do about it.
    pub help: Option<&'s str>,
}

/// The longest part of a line that is shown, in bytes. A minified file is one line of megabytes.
const WINDOW: usize = 120;

/// An error message with the place underlined in its line.
#[must_use]
pub fn render(snippet: &Snippet<'_>, painter: Painter) -> String {
    let renderer = if painter.color { Renderer::styled() } else { Renderer::plain() };
    let text = snippet.source.text();
    let position = snippet.source.position(snippet.span.start as usize);
    let excerpt = Excerpt::around(text, snippet.span);
    // The renderer counts columns from the start of the excerpt; in the middle of a long line they are ours to tell.
    let (path, title) = match excerpt.cut {
        false => (Some(snippet.path), snippet.title.to_owned()),
        true => (None, format!("{}:{}:{}: {}", snippet.path, position.line, position.column, snippet.title)),
    };
    let shown = annotate_snippets::Snippet::source(excerpt.text)
        .path(path)
        .line_start(position.line)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(excerpt.mark).label(snippet.label));
    let mut group = Level::ERROR.primary_title(title).element(shown);
    if let Some(help) = snippet.help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

/// The part of one line that is shown, safe for a terminal, and where the place is in it.
struct Excerpt {
    text: String,
    mark: std::ops::Range<usize>,
    /// Whether the line starts before the excerpt.
    cut: bool,
}

impl Excerpt {
    fn around(text: &str, span: Span) -> Self {
        let start = span.start as usize;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let end = (span.end as usize).clamp(start, line_end);
        let from = text.floor_char_boundary(line_start.max(start.saturating_sub(WINDOW / 2)));
        let to = text.ceil_char_boundary(line_end.min(start + WINDOW)).max(end.min(start + WINDOW));
        let to = text.floor_char_boundary(to);
        let (before, marked, after) = (&text[from..start], &text[start..end.min(to)], &text[end.min(to)..to]);
        let mut shown = if from > line_start { "…".to_owned() } else { String::new() };
        shown.extend(before.chars().map(harmless));
        let mark_start = shown.len();
        shown.extend(marked.chars().map(harmless));
        let mark_end = shown.len();
        shown.extend(after.chars().map(harmless));
        if to < line_end {
            shown.push('…');
        }
        Self { text: shown, mark: mark_start..mark_end, cut: from > line_start }
    }
}

/// A character of the same width for one that a terminal would act on. Tabs stay: the renderer spreads them.
fn harmless(c: char) -> char {
    if c != '\t' && super::escape(c.encode_utf8(&mut [0; 4])).starts_with('\\') && c != '\\' {
        '\u{fffd}'
    } else {
        c
    }
}
