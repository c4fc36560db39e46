use std::io::{self, IsTerminal as _};

use dialoguer::console::{Key, Term};
use dialoguer::theme::SimpleTheme;
use dialoguer::{Input, Select};

use super::escape;
use super::interrupt::{Quiet, leave_question};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D.
    #[error("declined")]
    Declined,
    /// The terminal failed.
    #[error("cannot ask at the terminal: {0}")]
    Io(io::Error),
}

impl From<dialoguer::Error> for PromptError {
    fn from(error: dialoguer::Error) -> Self {
        let dialoguer::Error::IO(error) = error;
        error.into()
    }
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::Interrupted { Self::Interrupted } else { Self::Io(error) }
    }
}

/// Clears what was typed, as in a shell.
const CTRL_U: char = '\u{15}';

/// Ends the input, as in a shell.
const CTRL_D: char = '\u{4}';

/// Asks the person at the terminal, on standard error. It exists only if somebody can answer.
#[derive(Clone, Copy, Debug)]
pub struct Prompter(());

impl Prompter {
    /// A prompter, unless prompts are turned off or standard input and error are not a terminal.
    #[must_use]
    pub fn new(no_input: bool) -> Option<Self> {
        let someone = !no_input && io::stdin().is_terminal() && io::stderr().is_terminal();
        someone.then_some(Self(()))
    }

    /// Asks for yes or no until it is one of them; Enter alone means `enter`. This is a text, since `dialoguer`'s own
    /// question takes the first `y` or `n` in any word for the answer.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn confirm(self, question: &str, enter: bool) -> Result<bool, PromptError> {
        let question = format!("{question} [{}]", if enter { "Y/n" } else { "y/N" });
        let understood = |answer: &String| match yes_or_no(answer, enter) {
            Some(_) => Ok(()),
            None => Err("answer `y` or `n`"),
        };
        ask(&format!("{question}:"), |term| {
            let input = Input::with_theme(&SimpleTheme).with_prompt(&question).allow_empty(true);
            let answer = input.validate_with(understood).interact_text_on(term)?;
            Ok(yes_or_no(&answer, enter).unwrap_or(false))
        })
    }

    /// Asks for a text that is not shown while it is typed: one line, or all lines of a private key. Reads key by key,
    /// since `dialoguer`'s own password prompt discards what was typed or pasted before it was ready.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn secret(self, question: &str) -> Result<String, PromptError> {
        ask(&format!("{question}:"), |term| {
            term.write_str(&format!("{question}: "))?;
            let mut text = String::new();
            loop {
                match term.read_key()? {
                    Key::Enter if !is_open_pem(&text) => break,
                    Key::Enter => text.push('\n'),
                    Key::Char(CTRL_D) => return Err(PromptError::Declined),
                    Key::Char(CTRL_U) => text.clear(),
                    Key::Char(typed) if !typed.is_control() => text.push(typed),
                    Key::Backspace => drop(text.pop()),
                    _ => {}
                }
            }
            term.write_line("")?;
            Ok(text)
        })
    }

    /// Asks for a text.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn text(self, question: &str) -> Result<String, PromptError> {
        Ok(self.change(question, "")?.unwrap_or_default())
    }

    /// Asks for a text to replace `current`, which can be edited unless a terminal would act on some of it; none if it
    /// was not changed.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn change(self, question: &str, current: &str) -> Result<Option<String>, PromptError> {
        ask(&format!("{question}:"), |term| {
            let initial = if escape(current) == current { current } else { "" };
            let input = Input::<String>::with_theme(&SimpleTheme).with_prompt(question).allow_empty(true);
            let answer = input.with_initial_text(initial).interact_text_on(term)?;
            Ok((answer != initial).then_some(answer))
        })
    }

    /// Asks for one of `choices`; returns its index, or none for Escape.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn select(self, question: &str, choices: &[String]) -> Result<Option<usize>, PromptError> {
        ask(&format!("{question}:"), |term| {
            let select = Select::with_theme(&SimpleTheme).with_prompt(question).items(choices).default(0);
            Ok(select.interact_on_opt(term)?)
        })
    }
}

/// Runs `prompt` with the terminal to itself and leaves that as it was. `question` is shown again after a suspension.
fn ask<T>(question: &str, prompt: impl FnOnce(&Term) -> Result<T, PromptError>) -> Result<T, PromptError> {
    let _quiet = Quiet::begin(question);
    let answer = prompt(&Term::stderr());
    if answer.is_err() {
        leave_question();
    }
    answer
}

/// The meaning of `answer`, if it has one; `enter` is that of an empty one.
fn yes_or_no(answer: &str, enter: bool) -> Option<bool> {
    match answer.trim().to_ascii_lowercase().as_str() {
        "" => Some(enter),
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    }
}

/// Whether `text` is the start of a private key with more lines to come. A pasted text comes line by line, and the
/// lines that are not read here would go to the shell.
fn is_open_pem(text: &str) -> bool {
    let end = text.split_once("-----END ");
    text.trim_start().starts_with("-----BEGIN ") && !end.is_some_and(|(_, end)| end.contains("-----"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_answers() {
        for (answer, enter, meaning) in [
            ("y", false, Some(true)),
            (" Yes", false, Some(true)),
            ("NO", true, Some(false)),
            ("", true, Some(true)),
        ] {
            assert_eq!(yes_or_no(answer, enter), meaning, "{answer}");
        }
        for answer in ["maybe", "nay", "yn", "1"] {
            assert_eq!(yes_or_no(answer, true), None, "{answer}");
        }
    }

    #[test]
    fn a_private_key_is_open_up_to_its_last_line() {
        for open in ["-----BEGIN PRIVATE KEY-----", " -----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIV"] {
            assert!(is_open_pem(open), "{open}");
        }
        // As Box's settings file has it, and what is none.
        for whole in
            [r"-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n", "-----", "x -----BEGIN "]
        {
            assert!(!is_open_pem(whole), "{whole}");
        }
    }
}
