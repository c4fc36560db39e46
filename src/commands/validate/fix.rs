//! `--fix`: one change for each file, checked before it is written.

use std::borrow::Cow;
use std::collections::HashMap;

use super::check::{Checking, Read, is_stdin};
use crate::commands::Session;
use crate::commands::input::note_of_other_names;
use crate::disk::{self, Found};
use crate::error::{Error, ExitCode};
use crate::lint::{Finding, Fixes, Severity, fix};
use crate::report::{self, counted};
use crate::syntax::Document;
use crate::term::escape;

/// How often fixes are applied and the result is checked again: a fix may have to wait for another one at the same
/// place.
const ROUNDS: usize = 10;

/// Repairs what can be repaired in `files`. Returns a report of it in lines, and the exit code if a file could not be
/// written. With `--dry-run` nothing is written; if `show`, what would be is shown.
pub(super) fn fix_all(
    session: &mut Session,
    checking: &Checking,
    files: &[Found],
    wanted: Fixes,
    show: bool,
) -> Result<(Vec<String>, Option<ExitCode>), Error> {
    let (mut fixed, mut unwritten) = (Vec::new(), None);
    for file in files {
        if is_stdin(&file.path) {
            return Err(Error::Usage("standard input cannot be fixed; name a file".to_owned()));
        }
        disk::refuse_pipe(&file.path)?;
        let Read::Document(before, _) = checking.read(file) else { continue };
        let Some((after, mut count)) = repaired(checking, file, &before, wanted) else { continue };
        let name = checking.name(file);
        if session.options.dry_run {
            if show {
                let mask = session.mask();
                let painter = session.terminal.painter();
                session.terminal.text(&report::masked_diff(&before, &after, &name, mask, painter));
            }
            fixed.push((name, count));
            continue;
        }
        let (journal, other_names) = (session.journal()?, note_of_other_names(&file.path));
        let written = session.save(journal.as_ref()).rewrite(&file.path, |content| {
            if *content == *before.to_bytes() {
                return Ok(Some(after.to_bytes()));
            }
            // The file changed before it was locked.
            let repaired = match checking.parse(file, content.to_vec().into()) {
                Read::Document(before, _) => repaired(checking, file, &before, wanted),
                _ => None,
            };
            count = repaired.as_ref().map_or(0, |(_, count)| *count);
            Ok::<_, Error>(repaired.map(|(after, _)| after.to_bytes().into_owned().into()))
        });
        if let Err(error) = written {
            session.terminal.error_line(&format!("not fixed: {}", escape(&error.to_string())));
            unwritten = unwritten.or(Some(error.exit_code()));
        } else if count > 0 {
            session.notes(other_names.map(|note| format!("{name}: {note}")));
            fixed.push((name, count));
        }
    }
    let verb = if session.options.dry_run { "would be fixed" } else { "fixed" };
    Ok((lines(&fixed, verb), unwritten))
}

/// A line for each file with the number of findings `fixed` in it and, for several files, a line with the total.
fn lines(fixed: &[(Cow<'_, str>, usize)], verb: &str) -> Vec<String> {
    let line = |(name, count): &(Cow<'_, str>, usize)| {
        format!("{}: {} {verb}", escape(name), counted(*count, "finding"))
    };
    let mut lines: Vec<_> = fixed.iter().map(line).collect();
    if fixed.len() > 1 {
        let total = counted(fixed.iter().map(|(_, count)| count).sum(), "finding");
        lines.push(format!("{total} {verb} in {}", counted(fixed.len(), "file")));
    }
    lines
}

/// `before` with every wanted fix, provided that it removes the finding and adds no error; none if nothing changes.
fn repaired(
    checking: &Checking,
    file: &Found,
    before: &Document,
    wanted: Fixes,
) -> Option<(Document, usize)> {
    let mut findings = checking.judge(file, before, None).1;
    let mut best: Option<(Document, usize)> = None;
    for _ in 0..ROUNDS {
        let (edits, fixed) = fix(&findings, wanted);
        let count = fixed.len();
        if count == 0 {
            break;
        }
        let (done, document) = best.as_ref().map_or((0, before), |(document, done)| (*done, document));
        let Ok(after) = document.edited(&edits) else { break };
        let left = checking.judge(file, &after, None).1;
        let (count_left, count_before) = (counts(&left), counts(&findings));
        let gone = fixed
            .iter()
            .map(|finding| alike(finding))
            .all(|it| count_left.get(&it).unwrap_or(&0) < count_before.get(&it).unwrap_or(&0));
        if !gone || errors(&left) > errors(&findings) {
            break;
        }
        findings = left;
        best = Some((after, done + count));
    }
    best
}

/// What identifies a finding across two checks.
fn alike(finding: &Finding) -> (&str, &str) {
    (finding.rule.id, &finding.message)
}

/// How often each of `findings` occurs.
fn counts(findings: &[Finding]) -> HashMap<(&str, &str), usize> {
    let mut counts = HashMap::new();
    findings.iter().for_each(|finding| *counts.entry(alike(finding)).or_default() += 1);
    counts
}

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}
