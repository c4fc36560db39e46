use std::borrow::Cow;
use std::ffi::OsString;

use clap::FromArgMatches as _;

use crate::cli::{self, Global};
use crate::commands::{self, Session, complain};
use crate::error::{Error, ExitCode};
use crate::report::Mask;
use crate::term::{self, ColorChoice, Terminal, escape_except};

/// Runs the command line `words`, which starts with the program's name. All output is written when this returns.
#[must_use]
pub fn run(words: &[OsString]) -> ExitCode {
    let code = match try_run(words) {
        Ok(code) => code,
        Err(error) => {
            let error = cli::json_for_format(cli::likeliest_first(cli::without_secrets(error)));
            show_usage(&error, cli::color_in(words))
        }
    };
    term::end_if_interrupted();
    code
}

fn try_run(words: &[OsString]) -> Result<ExitCode, clap::Error> {
    let (command, matches) = commands::parse(words)?;
    let mut session = Session::new(Global::from_arg_matches(&matches)?, command.name)?;
    let outcome = command.run(&matches, &mut session)?;
    let failed = |error: &Error, session: &mut Session| {
        complain(error, session.mask(), &mut session.terminal);
        error.exit_code()
    };
    let (is_done, code) = match outcome {
        Ok(code) => (true, code),
        Err(error) => (false, failed(&error, &mut session)),
    };
    match session.terminal.flush() {
        Ok(()) => Ok(code),
        Err(error) => {
            let unwritten = failed(&session.output_error(error), &mut session);
            Ok(if is_done { unwritten } else { code })
        }
    }
}

/// Prints help and version to standard output, bad usage to standard error.
fn show_usage(error: &clap::Error, color: ColorChoice) -> ExitCode {
    let mut terminal = Terminal::new(color);
    let color = if error.use_stderr() { terminal.error_painter() } else { terminal.painter() }.color;
    let rendered = error.render();
    let plain = rendered.to_string();
    let text = match escape_except(&plain, &['\n']) {
        // It quotes what was typed, or what a shell expanded a `*` to.
        Cow::Owned(harmless) => harmless,
        Cow::Borrowed(_) if color => rendered.ansi().to_string(),
        Cow::Borrowed(_) => plain,
    };
    if error.use_stderr() {
        terminal.error_line(text.trim_end());
        return ExitCode::Usage;
    }
    terminal.text(&text);
    match terminal.flush() {
        Ok(()) => ExitCode::Success,
        Err(error) => {
            let error = Error::Output { source: error, changed: Vec::new() };
            complain(&error, Mask::Secrets, &mut terminal);
            error.exit_code()
        }
    }
}
