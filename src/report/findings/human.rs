use std::cell::{OnceCell, RefCell};

use super::{CheckedFile, Summary};
use crate::lint::{Finding, Help, Safety, Severity};
use crate::model::{Scope, secrets_near};
use crate::report::Mask;
use crate::report::hint::on_file;
use crate::secret::MASK;
use crate::syntax::{Document, Kind};
use crate::term::{self, Level, Painter, Snippet, escape};
use crate::text::{Source, Span};

/// Shows the findings of a file with excerpts of the text.
pub struct Excerpts<'d> {
    path: String,
    source: &'d Source,
    document: Option<&'d Document>,
    mask: Mask,
    painter: Painter,
    /// Whether commands need the file's name to find it.
    names_file: bool,
    /// The file's variables, parsed when secrets are first needed.
    scope: OnceCell<Option<Scope<'d>>>,
    /// The span last searched for secrets, and the secrets in it: a long text may have many findings.
    searched: RefCell<(Span, Vec<Span>)>,
}

impl<'d> Excerpts<'d> {
    /// Prepares excerpts of `source`, whose index is `document` if it can be read.
    #[must_use]
    pub fn new(
        path: &str,
        source: &'d Source,
        document: Option<&'d Document>,
        mask: Mask,
        painter: Painter,
    ) -> Self {
        let (path, scope) = (escape(path).into_owned(), OnceCell::new());
        let searched = RefCell::new((Span::at(0), Vec::new()));
        Self { path, source, document, mask, painter, names_file: false, scope, searched }
    }

    /// The same, with the file's name in suggested commands if `names_file`.
    #[must_use]
    pub fn naming_file(self, names_file: bool) -> Self {
        Self { names_file, ..self }
    }

    /// The message, the text with the place underlined, and the help.
    #[must_use]
    pub fn render(&self, finding: &Finding) -> String {
        let mut hidden = self.secrets_near(finding.span);
        if finding.secret
            && self.mask == Mask::Secrets
            && !hidden.iter().any(|span| covers(*span, finding.span))
        {
            hidden.retain(|span| !covers(finding.span, *span));
            hidden.push(finding.span);
            hidden.sort();
        }
        let help = match (&finding.fix, &finding.help) {
            (Some(fix), _) if fix.safety == Safety::Safe => Some(format!("{} (`--fix`)", fix.title)),
            (Some(fix), _) => Some(format!("{} (`--fix=all`)", fix.title)),
            (None, Some(Help::Command(command))) if self.names_file => Some(on_file(command, &self.path)),
            (None, help) => help.as_ref().map(|help| help.text().to_owned()),
        };
        let level = match finding.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Info,
        };
        let (title, label) = (escape(&finding.message), escape(&finding.label));
        let help = help.as_deref().map(escape);
        let snippet = Snippet {
            level,
            id: Some(finding.rule.id),
            title: &title,
            path: &self.path,
            source: self.source,
            span: finding.span,
            label: &label,
            help: help.as_deref(),
            hidden: &hidden,
            mask: MASK,
        };
        term::render(&snippet, self.painter)
    }

    /// The secrets in the excerpt around `span`.
    fn secrets_near(&self, span: Span) -> Vec<Span> {
        let Some(document) = self.document else { return self.mask.over_unreadable(self.source.text()) };
        if self.mask == Mask::Nothing {
            return Vec::new();
        }
        let scope = self.scope.get_or_init(|| Scope::of(document).ok());
        let shown = term::excerpt_span(self.source.text(), span);
        let mut searched = self.searched.borrow_mut();
        if !covers(searched.0, shown) {
            let around = with_whole_strings(document, shown);
            let secrets = secrets_near(document, scope.as_ref(), around);
            *searched = (around, secrets.iter().map(|secret| secret.span).collect());
        }
        searched.1.iter().copied().filter(|secret| secret.meets(shown)).collect()
    }
}

/// `span`, extended to whole strings, or whole lists of lines, at both ends, since secrets are searched for in these.
fn with_whole_strings(document: &Document, span: Span) -> Span {
    let around = [span.start, span.end].map(|at| document.value_around(Span::at(at as usize)));
    let strings = around.into_iter().flatten().filter(|node| node.kind() == Kind::String);
    let lists = strings.map(|node| node.parent().filter(|list| list.kind() == Kind::Array).unwrap_or(node));
    lists
        .map(|node| node.span())
        .fold(span, |span, own| Span { start: span.start.min(own.start), end: span.end.max(own.end) })
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The excerpts of all findings, and a last line with counts.
#[must_use]
pub fn human(files: &[CheckedFile]) -> String {
    let mut out: Vec<&str> =
        files.iter().flat_map(|file| &file.findings).filter_map(|it| it.excerpt.as_deref()).collect();
    let summary = Summary::of(files).line();
    out.push(&summary);
    out.join("\n\n")
}
