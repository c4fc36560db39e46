use crate::error::Error;
use crate::report::Mask;
use crate::secret::MASK;
use crate::term::{self, PromptError, Role, Snippet, Terminal, escape, escape_except};

/// Prints an error to standard error, with an excerpt of the source if it has a place.
pub fn complain(error: &Error, mask: Mask, terminal: &mut Terminal) {
    let painter = terminal.error_painter();
    let text = match error {
        Error::Syntax { path, text, error } => {
            let title = format!("not {}: {}", error.syntax.name(), error.problem);
            let label = format!("found {}", escape(&error.found));
            let hidden = mask.over_unreadable(text.text());
            let snippet = Snippet::error(&title, path, text, error.span, &label);
            term::render(&Snippet { hidden: &hidden, mask: MASK, ..snippet }, painter)
        }
        // Whoever pressed Ctrl-C knows about it.
        Error::Prompt(PromptError::Interrupted) => return,
        // Whoever answered no knows about it.
        declined @ Error::Declined => declined.to_string(),
        // Messages quote names and values; only the line ends are envtool's own.
        other => {
            format!("{}: {}", painter.paint(Role::Bad, "error"), escape_except(&other.to_string(), &['\n']))
        }
    };
    terminal.error_line(&text);
}
