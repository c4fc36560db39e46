//! Checks files, on as many threads as there are processors.

use std::borrow::Cow;
use std::path::Path;

use super::known::Known;
use super::locations::Locations;
use crate::commands::{Session, misnamed};
use crate::disk::{self, Found, Tracked, Tree};
use crate::lint::{self, Checker, Finding, Selection};
use crate::model::FileKind;
use crate::parallel;
use crate::report::Mask;
use crate::report::findings::{CheckedFile, Excerpts, Located};
use crate::secret;
use crate::syntax::{Document, Syntax, SyntaxError};
use crate::term::{Painter, Progress};
use crate::text::{Bytes, Source, Span};

/// How many files a thread takes at a time.
const CHUNK: usize = 16;

/// From this size on, in bytes, checking a file takes several times as long as starting a thread.
const LARGE: usize = 256 * 1024;

/// Everything that is the same for all files.
pub(super) struct Checking {
    pub(super) checker: Checker,
    pub(super) selection: Selection,
    pub(super) known: Option<Known>,
    pub(super) stdin_name: Option<String>,
    /// How to show excerpts, if they are shown at all.
    pub(super) excerpts: Option<Look>,
    pub(super) tree: Tree,
    pub(super) git: Tracked,
    pub(super) locations: Locations,
    /// How many files there are.
    pub(super) count: usize,
}

/// What excerpts look like.
#[derive(Clone, Copy)]
pub(super) struct Look {
    mask: Mask,
    painter: Painter,
}

impl Look {
    pub(super) fn of(session: &Session) -> Self {
        let mask = session.mask();
        Self { mask, painter: session.terminal.painter() }
    }
}

/// A file that was read, or why it could not be.
pub(super) enum Read {
    /// A document, and the hints at secrets in its text if they were looked for.
    Document(Document, Option<Vec<u32>>),
    /// Not a document: what can be shown of it, and why.
    Text(Source, Vec<Finding>),
}

impl Checking {
    /// Checks `files`; returns the results in the same order.
    pub(super) fn all(&self, files: &[Found], quiet: bool) -> Vec<CheckedFile> {
        let progress = Progress::new(files.len(), quiet);
        parallel::map(files, CHUNK, |file| {
            let checked = self.one(file);
            progress.advance();
            checked
        })
    }

    /// Checks one file.
    fn one(&self, file: &Found) -> CheckedFile {
        match self.read(file) {
            Read::Document(document, hints) => {
                let (kind, findings) = self.judge(file, &document, hints);
                let kind = (file.named || is_checked(kind) || !findings.is_empty()).then_some(kind);
                self.report(file, kind, &findings, document.source(), Some(&document))
            }
            Read::Text(source, findings) => self.report(file, None, &findings, &source, None),
        }
    }

    /// The findings in one file.
    pub(super) fn findings(&self, file: &Found) -> Vec<Finding> {
        match self.read(file) {
            Read::Document(document, hints) => self.judge(file, &document, hints).1,
            Read::Text(_, findings) => findings,
        }
    }

    /// Reads one file. In a folder, a file that cannot be read counts only if it is named like an export.
    pub(super) fn read(&self, file: &Found) -> Read {
        let bytes = match is_stdin(&file.path) && self.tree.staged().is_none() {
            true => disk::read_standard_input().map(Bytes::from),
            false => self.tree.read(&file.path),
        };
        match bytes {
            Ok(bytes) => self.parse(file, bytes),
            Err(error) => {
                let likely = misnamed::likely(&error);
                let hint = likely.map(|path| format!("; did you mean `{}`?", path.display()));
                let reason = error.reason() + &hint.unwrap_or_default();
                self.unreadable(file, &reason, Source::empty(), Span::at(0))
            }
        }
    }

    /// Parses `bytes`, the content of `file`.
    pub(super) fn parse(&self, file: &Found, bytes: Bytes) -> Read {
        let source = match Source::decode_or_show(bytes) {
            Ok(source) => source,
            Err((error, source, span)) => return self.unreadable(file, &error.to_string(), source, span),
        };
        if source.expect_content().is_err() {
            return Read::Text(source, self.at_reading(file, lint::empty(&self.selection)));
        }
        let syntax = Syntax::of(&self.name(file), source.text());
        let (document, hints) = if syntax == Syntax::Json && self.takes_two(&source) {
            parse_by_two(source)
        } else {
            (Document::parse(source, syntax), None)
        };
        match document {
            Ok(document) => Read::Document(document, hints),
            Err((error, source)) => {
                Read::Text(source, self.at_reading(file, lint::unparsable(&error, &self.selection)))
            }
        }
    }

    fn unreadable(&self, file: &Found, reason: &str, source: Source, span: Span) -> Read {
        Read::Text(source, self.at_reading(file, lint::unreadable(reason, span, &self.selection)))
    }

    /// The `finding` of reading `file`, if it counts.
    fn at_reading(&self, file: &Found, finding: Option<Finding>) -> Vec<Finding> {
        let counts = file.named || disk::is_export_name(&file.path);
        self.known(file, finding.filter(|_| counts).into_iter().collect())
    }

    /// The kind of `document`, the content of `file`, and the findings in it. `hints` are those in its text, if known.
    pub(super) fn judge(
        &self,
        file: &Found,
        document: &Document,
        hints: Option<Vec<u32>>,
    ) -> (FileKind, Vec<Finding>) {
        let location = self.locations.of(&self.tree, &file.path, &self.name(file));
        let facts = self.checker.facts(document, &location).with_hints(hints);
        let kind = facts.kind;
        if !file.named && !is_checked(kind) && !disk::is_export_name(&file.path) {
            return (kind, Vec::new());
        }
        let by_two = self.takes_two(document.source());
        let mut findings =
            if by_two { self.checker.check_with_two_threads(&facts) } else { self.checker.check(&facts) };
        let is_tracked = || self.tree.staged().is_some() || self.git.tracks(&file.path);
        let rises =
            |finding: &Finding| finding.when_tracked.is_some() && !self.selection.is_set(finding.rule);
        if findings.iter().any(rises) && is_tracked() {
            findings.iter_mut().filter(|finding| rises(finding)).for_each(Finding::raise);
        }
        (kind, self.known(file, findings))
    }

    /// Whether to check a file with two threads: it is large, and a single thread handles all files.
    fn takes_two(&self, source: &Source) -> bool {
        source.text().len() >= LARGE && self.count <= CHUNK
    }

    /// `findings` without those that the baseline knows.
    fn known(&self, file: &Found, mut findings: Vec<Finding>) -> Vec<Finding> {
        if let Some(known) = &self.known {
            known.remove(&self.name(file), &mut findings);
        }
        findings
    }

    /// The name of `file` in findings.
    pub(super) fn name<'f>(&'f self, file: &'f Found) -> Cow<'f, str> {
        match &self.stdin_name {
            Some(name) if is_stdin(&file.path) => Cow::Borrowed(name),
            // Baselines are shared between systems, and so are the tools that read reports.
            _ if cfg!(windows) => Cow::Owned(file.path.to_string_lossy().replace('\\', "/")),
            _ => file.path.to_string_lossy(),
        }
    }

    fn report(
        &self,
        file: &Found,
        kind: Option<FileKind>,
        findings: &[Finding],
        source: &Source,
        document: Option<&Document>,
    ) -> CheckedFile {
        let path = self.name(file).into_owned();
        if findings.is_empty() {
            return CheckedFile { path, kind, findings: Vec::new() };
        }
        let names_file = (file.named || self.count > 1) && !is_stdin(&file.path);
        let excerpts = self.excerpts.map(|look| {
            Excerpts::new(&path, source, document, look.mask, look.painter).naming_file(names_file)
        });
        let locate = |finding: &Finding| {
            let excerpt = excerpts.as_ref().map(|excerpts| excerpts.render(finding));
            Located { excerpt, ..Located::of(finding, source, document) }
        };
        let findings = findings.iter().map(locate).collect();
        CheckedFile { path, kind, findings }
    }
}

/// The result of [`Document::parse`].
type Parsed = Result<Document, (SyntaxError, Source)>;

/// Parses JSON in one thread and looks for hints at secrets in another.
#[allow(clippy::result_large_err, reason = "the source is needed to show the error")]
fn parse_by_two(source: Source) -> (Parsed, Option<Vec<u32>>) {
    // The clone shares the bytes.
    let shared = source.clone();
    let (document, hints) =
        parallel::both(|| Document::parse(source, Syntax::Json), || secret::hints(shared.text()));
    (document, Some(hints))
}

pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn is_checked(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Environment(_)
            | FileKind::Globals(_)
            | FileKind::Collection(_)
            | FileKind::CollectionPart
            | FileKind::Manifest
    )
}
