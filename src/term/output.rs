use std::io::{self, IsTerminal as _, Write};

use anstream::AutoStream;

use super::{Painter, escape_except};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// At a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Standard output, gathered and written at once, and standard error.
#[derive(Debug)]
pub struct Terminal {
    choice: anstream::ColorChoice,
    pending: Vec<u8>,
    failed: Option<io::Error>,
}

impl Terminal {
    /// The terminal with this colour choice.
    #[must_use]
    pub fn new(color: ColorChoice) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { choice, pending: Vec::new(), failed: None }
    }

    /// Looks for standard output.
    #[must_use]
    pub fn painter(&self) -> Painter {
        Painter { color: self.color(&io::stdout()) }
    }

    /// Looks for standard error.
    #[must_use]
    pub fn error_painter(&self) -> Painter {
        Painter { color: self.color(&io::stderr()) }
    }

    fn color(&self, stream: &impl anstream::stream::RawStream) -> bool {
        let choice = match self.choice {
            anstream::ColorChoice::Auto => AutoStream::choice(stream),
            choice => choice,
        };
        choice != anstream::ColorChoice::Never
    }

    /// How many columns standard output has; none when it is no terminal.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        if !io::stdout().is_terminal() {
            return None;
        }
        dialoguer::console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns))
    }

    /// A line on standard output.
    pub fn line(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
        self.pending.push(b'\n');
    }

    /// A value that was asked for, on standard output: as it is for a program, harmless for a terminal.
    pub fn value(&mut self, text: &str) {
        if io::stdout().is_terminal() {
            self.line(&escape_except(text, &['\n', '\t']));
        } else {
            self.line(text);
        }
    }

    /// Text on standard output, as it is.
    pub fn text(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
    }

    /// Bytes on standard output, as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// Writes what was gathered.
    ///
    /// # Errors
    /// As the system says, now or earlier; a reader that went away is no error.
    pub fn flush(&mut self) -> io::Result<()> {
        let written = self.write_pending();
        self.failed.take().map_or(written, Err)
    }

    fn write_pending(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let stdout = io::stdout().lock();
        let written = if cfg!(windows) && self.color(&stdout) {
            let mut stream = AutoStream::new(stdout, self.choice);
            stream.write_all(&pending).and_then(|()| stream.flush())
        } else {
            // Past the standard library's line buffer: one write for everything.
            writer(stdout).and_then(|mut writer| writer.write_all(&pending).and_then(|()| writer.flush()))
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// A line on standard error, after what was gathered for standard output. Nothing can be done when that fails.
    pub fn error_line(&mut self, text: &str) {
        if let Err(error) = self.write_pending() {
            self.failed.get_or_insert(error);
        }
        let mut stream = AutoStream::new(io::stderr().lock(), self.choice);
        let _ = writeln!(stream, "{text}");
    }
}

/// A line on standard error at once, for those who wait. Nothing can be done when that fails.
pub fn tell(text: &str) {
    let _ = dialoguer::console::Term::stderr().write_line(text);
}

/// What writes to `stdout` at once. The standard library's own takes a stream that was opened for reading alone for one
/// that takes everything.
#[cfg(unix)]
fn writer(stdout: io::StdoutLock<'_>) -> io::Result<std::fs::File> {
    use std::os::fd::AsFd as _;
    stdout.as_fd().try_clone_to_owned().map(std::fs::File::from)
}

#[cfg(not(unix))]
fn writer(stdout: io::StdoutLock<'_>) -> io::Result<io::BufWriter<io::StdoutLock<'_>>> {
    Ok(io::BufWriter::with_capacity(0, stdout))
}
