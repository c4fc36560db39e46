use std::borrow::Cow;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use super::input::note_of_other_names;
use super::locate::from_here;
use crate::cli::Global;
use crate::disk::{Changed, Journal, Readers, RealDisk, Save};
use crate::error::Error;
use crate::report::Mask;
use crate::term::{Prompter, Terminal, escape, escape_path};

/// How long a change waits for another envtool to finish its own.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every command needs: the global options, the terminal and the time.
pub struct Session {
    /// The options that mean the same everywhere.
    pub options: Global,
    /// Where to print.
    pub terminal: Terminal,
    /// The name of the command.
    pub command: &'static str,
    /// When the command was called, in milliseconds since 1970.
    pub now: i64,
    fixed: Option<i64>,
    changed: Changed,
}

impl Session {
    /// A session of `command`. `ENVTOOL_NOW`, in milliseconds since 1970, stops the clock for reproducible output.
    ///
    /// # Errors
    /// `ENVTOOL_NOW` is not a number.
    pub fn new(options: Global, command: &'static str) -> Result<Self, clap::Error> {
        let fixed = match std::env::var_os("ENVTOOL_NOW").filter(|now| !now.is_empty()) {
            Some(now) => Some(now.to_str().and_then(time_of).ok_or_else(bad_time)?),
            None => None,
        };
        let terminal = Terminal::new(options.color);
        let (now, changed) = (fixed.unwrap_or_else(clock), Changed::default());
        Ok(Self { options, terminal, command, now, fixed, changed })
    }

    /// The current time, in milliseconds since 1970: later than [`now`](Self::now) for a command that has waited.
    #[must_use]
    pub fn time(&self) -> i64 {
        self.fixed.unwrap_or_else(clock)
    }

    /// What to mask: secrets, unless the options show them.
    #[must_use]
    pub fn mask(&self) -> Mask {
        if self.options.show_secrets { Mask::Nothing } else { Mask::Secrets }
    }

    /// The prompter, if somebody is there to answer and prompts are allowed.
    #[must_use]
    pub fn prompter(&self) -> Option<Prompter> {
        Prompter::new(self.options.no_input)
    }

    /// Asks `question`, unless `--yes` answers it. Enter means no.
    ///
    /// # Errors
    /// [`Error::NeedsYes`] if nobody can answer, [`Error::Declined`] if the answer is no.
    pub fn confirm(&self, question: &str) -> Result<(), Error> {
        self.confirm_or(question, false)
    }

    /// As [`confirm`](Self::confirm), but Enter means `enter`.
    ///
    /// # Errors
    /// The same.
    pub fn confirm_or(&self, question: &str, enter: bool) -> Result<(), Error> {
        if self.options.yes {
            return Ok(());
        }
        let Some(prompter) = self.prompter() else {
            return Err(Error::NeedsYes { question: question.to_owned(), option: "--yes" });
        };
        if prompter.confirm(question, enter)? { Ok(()) } else { Err(Error::Declined) }
    }

    /// The undo journal; none with `--no-backup`.
    ///
    /// # Errors
    /// No folder for it is known.
    pub fn journal(&self) -> Result<Option<Journal>, Error> {
        if self.options.no_backup { Ok(None) } else { Ok(Some(Journal::open()?)) }
    }

    /// The way to change files, with `journal`.
    #[must_use]
    pub fn save<'s>(&'s self, journal: Option<&'s Journal>) -> Save<'s> {
        let (command, now, changed) = (self.command, self.now, &self.changed);
        Save { disk: &RealDisk, journal, command, now, patience: PATIENCE, changed }
    }

    /// The error of a standard output that failed with `source`. It names the files that have changed nevertheless.
    #[must_use]
    pub fn output_error(&self, source: std::io::Error) -> Error {
        let changed = self.changed.paths().iter().map(|path| from_here(path).to_owned()).collect();
        Error::Output { source, changed }
    }

    /// Writes `content` to the file `output`; `-` is standard output, and a new file is for `readers`. A dry run only
    /// says so.
    ///
    /// # Errors
    /// It cannot be written; it is then as it was.
    pub fn put(&mut self, output: &Path, content: &[u8], readers: Readers) -> Result<(), Error> {
        if output.as_os_str() == "-" {
            self.terminal.bytes(content);
            return Ok(());
        }
        if self.options.dry_run {
            self.terminal.line(&format!("{}: would be written", escape_path(output)));
            return Ok(());
        }
        if self.rewrite(output, readers, |_| Ok(content.into()))? {
            self.note_overwritten(output);
        }
        Ok(())
    }

    /// Replaces the content of the file at `path` with what `plan` makes of it, while no other envtool can change it.
    /// If there is no file, `plan` gets nothing, and a new file is for `readers`. Returns whether an existing file has
    /// changed.
    ///
    /// # Errors
    /// `plan`'s, or it cannot be written; it is then as it was.
    pub fn rewrite<'c>(
        &mut self,
        path: &Path,
        readers: Readers,
        mut plan: impl FnMut(&[u8]) -> Result<Cow<'c, [u8]>, Error>,
    ) -> Result<bool, Error> {
        let journal = self.journal()?;
        let save = self.save(journal.as_ref());
        let other_names = note_of_other_names(path);
        let mut changed = false;
        let rewritten = save.rewrite(path, |before| {
            let after = plan(before)?;
            changed = *after != *before;
            Ok(changed.then_some(after))
        });
        match rewritten {
            Err(Error::Disk(error)) if error.missing().is_some() => {
                save.create(path, &plan(&[])?, readers)?;
            }
            rewritten => rewritten?,
        }
        self.notes(other_names.filter(|_| changed));
        Ok(changed)
    }

    /// Notes that `--output` named an existing file.
    pub fn note_overwritten(&mut self, output: &Path) {
        let name = escape_path(output);
        let way_back =
            if self.options.no_backup { "" } else { "; `envtool undo` on it brings back what it held" };
        self.note(&format!("{name} existed already and is overwritten{way_back}"));
    }

    /// Refuses `--output` for a command that has no changed file to write.
    ///
    /// # Errors
    /// [`Error::Usage`].
    pub fn refuse_output(&self) -> Result<(), Error> {
        if self.options.output.is_none() {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "`{}` has no changed file to write, so `--output` means nothing; redirect standard output instead",
            self.command
        )))
    }

    /// Refuses `--json` for a command without output for programs.
    ///
    /// # Errors
    /// [`Error::Usage`].
    pub fn refuse_json(&self) -> Result<(), Error> {
        if !self.options.json {
            return Ok(());
        }
        Err(Error::Usage(format!("`{}` has no JSON output; leave `--json` out", self.command)))
    }

    /// Prints a line to standard error, unless `--quiet`.
    pub fn inform(&mut self, text: &str) {
        if !self.options.quiet {
            self.terminal.error_line(text);
        }
    }

    /// As [`inform`](Self::inform), for a note about the result.
    pub fn note(&mut self, text: &str) {
        self.inform(&format!("note: {text}"));
    }

    /// Prints [notes](Self::note) that quote names, a line each.
    pub fn notes<S: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = S>) {
        texts.into_iter().for_each(|text| self.note(&escape(text.as_ref())));
    }
}

/// The time that `text` says in milliseconds since 1970, if it is in a year of four digits.
fn time_of(text: &str) -> Option<i64> {
    let time = text.parse().ok()?;
    Timestamp::from_millisecond(time).is_ok().then_some(time)
}

fn bad_time() -> clap::Error {
    let text = "ENVTOOL_NOW is to be the time in milliseconds since 1970, such as 1795174200000\n";
    clap::Error::raw(clap::error::ErrorKind::InvalidValue, text)
}

fn clock() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
