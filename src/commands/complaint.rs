use crate::error::Error;
use crate::report::Mask;
use crate::secret::MASK;
use crate::term::{self, PromptError, Role, Snippet, Terminal, escape, escape_except};

/// An error on standard error: with an excerpt of the source where there is a place.
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
        // Whoever pressed Ctrl-C knows.
        Error::Prompt(PromptError::Interrupted) => return,
        // The person knows: the answer was no.
        declined @ Error::Declined => declined.to_string(),
        // Messages quote names and values; the line ends are their own.
        other => {
            format!("{}: {}", painter.paint(Role::Bad, "error"), escape_except(&other.to_string(), &['\n']))
        }
    };
    terminal.error_line(&text);
}
