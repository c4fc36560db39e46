use std::io::{self, IsTerminal as _, Write};

use anstream::AutoStream;

use super::{Painter, escape_except};

/// When to use color.
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

/// Standard output, which is collected and written at once, and standard error.
#[derive(Debug)]
pub struct Terminal {
    choice: anstream::ColorChoice,
    pending: Vec<u8>,
    failed: Option<io::Error>,
}

impl Terminal {
    /// A terminal that uses color as `color` says.
    #[must_use]
    pub fn new(color: ColorChoice) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { choice, pending: Vec::new(), failed: None }
    }

    /// The painter for standard output.
    #[must_use]
    pub fn painter(&self) -> Painter {
        Painter { color: self.color(&io::stdout()) }
    }

    /// The painter for standard error.
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

    /// How many columns standard output has; none unless it is a terminal.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        if !io::stdout().is_terminal() {
            return None;
        }
        dialoguer::console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns))
    }

    /// Prints a line to standard output.
    pub fn line(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
        self.pending.push(b'\n');
    }

    /// Prints a value that was asked for to standard output: unchanged for a program, made harmless for a terminal.
    pub fn value(&mut self, text: &str) {
        if io::stdout().is_terminal() {
            self.line(&escape_except(text, &['\n', '\t']));
        } else {
            self.line(text);
        }
    }

    /// Prints text to standard output, unchanged.
    pub fn text(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
    }

    /// Prints bytes to standard output, unchanged.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// Writes what was collected.
    ///
    /// # Errors
    /// As the system says, now or earlier. A reader that has gone away is no error.
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
            // Bypasses the standard library's line buffer: one write for everything.
            writer(stdout).and_then(|mut writer| writer.write_all(&pending).and_then(|()| writer.flush()))
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// Prints a line to standard error, after what was collected for standard output. Failures are ignored: there is
    /// nobody to tell.
    pub fn error_line(&mut self, text: &str) {
        if let Err(error) = self.write_pending() {
            self.failed.get_or_insert(error);
        }
        let mut stream = AutoStream::new(io::stderr().lock(), self.choice);
        let _ = writeln!(stream, "{text}");
    }
}

/// Prints a line to standard error at once, for people who are waiting. Failures are ignored.
pub fn tell(text: &str) {
    let _ = dialoguer::console::Term::stderr().write_line(text);
}

/// A writer to `stdout` without a buffer. The standard library's own reports success when the stream is only open for
/// reading.
#[cfg(unix)]
fn writer(stdout: io::StdoutLock<'_>) -> io::Result<std::fs::File> {
    use std::os::fd::AsFd as _;
    stdout.as_fd().try_clone_to_owned().map(std::fs::File::from)
}

#[cfg(not(unix))]
fn writer(stdout: io::StdoutLock<'_>) -> io::Result<io::BufWriter<io::StdoutLock<'_>>> {
    Ok(io::BufWriter::with_capacity(0, stdout))
}
