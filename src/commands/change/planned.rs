use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::commands::Session;
use crate::commands::input::{Input, note_of_other_names};
use crate::disk::{self, Readers};
use crate::edit::Plan;
use crate::error::Error;
use crate::syntax::Document;
use crate::term::escape_path;

/// A change of one input, planned and checked.
pub(in crate::commands) struct Planned {
    pub(super) input: Input,
    pub(super) plan: Plan,
    /// The input after the change.
    pub(in crate::commands) after: Document,
    pub(super) target: Target,
}

impl Planned {
    /// Applies `plan` to `input`.
    pub(in crate::commands) fn of(
        session: &Session,
        input: Input,
        mut plan: Plan,
        destination: Destination,
    ) -> Result<Self, Error> {
        let after = input.edited(&plan.edits)?;
        let target = match (&session.options.output, &input.path) {
            (Some(output), Some(path)) if disk::is_same_file(output, path) => Target::InPlace(path.clone()),
            (Some(output), _) if output.as_os_str() != "-" => {
                let readers = match destination {
                    Destination::StandardOutput(readers) => readers,
                    Destination::InPlace => Readers::Owner,
                };
                Target::Elsewhere(output.clone(), readers)
            }
            (None, Some(path)) if destination == Destination::InPlace => Target::InPlace(path.clone()),
            _ => Target::StandardOutput,
        };
        if let Target::InPlace(path) = &target
            && !plan.edits.is_empty()
        {
            plan.notes.extend(note_of_other_names(path));
        }
        Ok(Self { input, plan, after, target })
    }

    /// The file that has the result, to be shown: the input, unless the result went into another file.
    pub(super) fn place(&self) -> String {
        match &self.target {
            Target::Elsewhere(output, _) => escape_path(output),
            Target::InPlace(_) | Target::StandardOutput => self.input.name.clone(),
        }
    }

    /// Whether there is something to do or to report.
    pub(super) fn matters(&self) -> bool {
        !self.plan.edits.is_empty() || !self.plan.notes.is_empty()
    }

    /// The file to be changed; none if nothing changes in place.
    pub(super) fn changes(&self) -> Option<&Path> {
        match &self.target {
            Target::InPlace(path) if !self.plan.edits.is_empty() => Some(path),
            _ => None,
        }
    }

    /// Plans the change again if `content`, which the file has now that it is locked, is not what was read. Returns the
    /// new content; none if nothing changes.
    pub(super) fn keep_up(
        &mut self,
        session: &Session,
        content: &[u8],
        verb: impl Fn(&Input) -> Result<Plan, Error>,
    ) -> Result<Option<Cow<'_, [u8]>>, Error> {
        if let Target::InPlace(path) = &self.target
            && *content != *self.input.document.to_bytes()
        {
            let input = Input::of_bytes(path, content.to_vec())?;
            let plan = verb(&input)?;
            *self = Self::of(session, input, plan, Destination::InPlace)?;
        }
        Ok((!self.plan.edits.is_empty()).then(|| self.after.to_bytes()))
    }
}

/// Where a result goes without `--output`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Destination {
    /// Back to where the input came from.
    InPlace,
    /// Standard output. A file that `--output` names instead is for these readers.
    StandardOutput(Readers),
}

/// Where a result goes.
pub(super) enum Target {
    /// Into the file that was read.
    InPlace(PathBuf),
    /// Into another file; if it is new, it is for these readers.
    Elsewhere(PathBuf, Readers),
    StandardOutput,
}
