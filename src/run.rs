use std::ffi::OsString;

use clap::FromArgMatches as _;

use crate::cli::{self, Global};
use crate::commands::Session;
use crate::error::{Error, ExitCode};
use crate::term::{self, ColorChoice, Role, Snippet, Terminal};

/// Does what `words`, the program's name first, say. Everything that is printed has been printed on return.
#[must_use]
pub fn run(words: &[OsString]) -> ExitCode {
    match try_run(words) {
        Ok(code) => code,
        Err(error) => show_usage(&error),
    }
}

fn try_run(words: &[OsString]) -> Result<ExitCode, clap::Error> {
    let (command, matches) = cli::parse(words)?;
    let mut session = Session::new(Global::from_arg_matches(&matches)?, command.name);
    let outcome = (command.run)(&matches, &mut session)?;
    let outcome = match session.terminal.flush() {
        Err(error) => Err(Error::Output(error)),
        Ok(()) => outcome,
    };
    Ok(outcome.unwrap_or_else(|error| {
        show(&error, &mut session.terminal);
        error.exit_code()
    }))
}

/// An error on standard error: with an excerpt of the source where there is a place.
fn show(error: &Error, terminal: &mut Terminal) {
    let painter = terminal.error_painter();
    let text = match error {
        Error::Syntax { path, text, error } => {
            let title = format!("not JSON: expected {}", error.expected);
            let label = format!("found {}", error.found);
            term::render(
                &Snippet { title: &title, path, source: text, span: error.span, label: &label, help: None },
                painter,
            )
        }
        // The person knows: the answer was no.
        declined @ Error::Declined => declined.to_string(),
        other => format!("{}: {other}", painter.paint(Role::Bad, "error")),
    };
    terminal.error_line(&text);
}

/// Help and version on standard output, bad usage on standard error.
fn show_usage(error: &clap::Error) -> ExitCode {
    let mut terminal = Terminal::new(ColorChoice::Auto);
    let color = if error.use_stderr() { terminal.error_painter() } else { terminal.painter() }.color;
    let rendered = error.render();
    let text = if color { rendered.ansi().to_string() } else { rendered.to_string() };
    if error.use_stderr() {
        terminal.error_line(text.trim_end());
        return ExitCode::Usage;
    }
    terminal.text(&text);
    match terminal.flush() {
        Ok(()) => ExitCode::Success,
        Err(_) => ExitCode::Usage,
    }
}
