use std::io::{self, IsTerminal as _};

use dialoguer::theme::SimpleTheme;
use dialoguer::{Confirm, Input, Password, Select};

use super::{escape, interrupt};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C or Escape.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("cannot ask at the terminal: {0}")]
    Io(io::Error),
}

impl From<dialoguer::Error> for PromptError {
    fn from(error: dialoguer::Error) -> Self {
        let dialoguer::Error::IO(error) = error;
        if error.kind() == io::ErrorKind::Interrupted {
            interrupt::show_cursor();
            return Self::Interrupted;
        }
        Self::Io(error)
    }
}

/// Asks the person at the terminal, on standard error. There is one only when someone can answer.
#[derive(Clone, Copy, Debug)]
pub struct Prompter(());

impl Prompter {
    /// A prompter, unless prompts are off or nobody is at a terminal.
    #[must_use]
    pub fn new(no_input: bool) -> Option<Self> {
        let someone = !no_input && io::stdin().is_terminal() && io::stderr().is_terminal();
        someone.then_some(Self(()))
    }

    /// A yes or no; Enter means no.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn confirm(self, question: &str) -> Result<bool, PromptError> {
        interrupt::prepare();
        let answer = Confirm::with_theme(&SimpleTheme).with_prompt(question).default(false).interact_opt()?;
        answer.ok_or(PromptError::Interrupted)
    }

    /// A text that is not shown while typed.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn secret(self, question: &str) -> Result<String, PromptError> {
        interrupt::prepare();
        Ok(Password::with_theme(&SimpleTheme).with_prompt(question).allow_empty_password(true).interact()?)
    }

    /// A text.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn text(self, question: &str) -> Result<String, PromptError> {
        Ok(self.change(question, "")?.unwrap_or_default())
    }

    /// A text in the place of `current`, which is there to start from unless it would do something to the terminal;
    /// none when nothing is typed.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn change(self, question: &str, current: &str) -> Result<Option<String>, PromptError> {
        interrupt::prepare();
        let initial = if escape(current) == current { current } else { "" };
        let input = Input::<String>::with_theme(&SimpleTheme).with_prompt(question).allow_empty(true);
        let answer = input.with_initial_text(initial).interact_text()?;
        Ok((answer != initial).then_some(answer))
    }

    /// One of `choices`, by index.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn select(self, question: &str, choices: &[String]) -> Result<usize, PromptError> {
        interrupt::prepare();
        let choice = Select::with_theme(&SimpleTheme)
            .with_prompt(question)
            .items(choices)
            .default(0)
            .interact_opt()?;
        choice.ok_or(PromptError::Interrupted)
    }
}

/// The next line of standard input, without its end; none when there is none.
///
/// # Errors
/// As the system says.
pub fn read_line() -> io::Result<Option<String>> {
    io::stdin().lines().next().transpose()
}
