use std::io::{self, IsTerminal as _};

use console::{Key, Term};

use super::interrupt::{Quiet, leave_question};
use super::line::{Line, Typed};
use super::{escape, keys};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C or Escape.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D.
    #[error("declined")]
    Declined,
    /// The terminal failed.
    #[error("cannot ask at the terminal: {0}")]
    Io(#[from] io::Error),
}

/// The end of what is typed.
const CTRL_D: char = '\u{4}';

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

    /// A yes or no; Enter means `enter`.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn confirm(self, question: &str, enter: bool) -> Result<bool, PromptError> {
        ask(|term| {
            term.write_str(&format!("{question} {} ", if enter { "[Y/n]" } else { "[y/N]" }))?;
            let answer = loop {
                match read_key(term)? {
                    Key::Char('y' | 'Y') => break true,
                    Key::Char('n' | 'N') => break false,
                    Key::Enter => break enter,
                    _ => {}
                }
            };
            term.write_line(if answer { "yes" } else { "no" })?;
            Ok(answer)
        })
    }

    /// A text that is not shown while typed.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn secret(self, question: &str) -> Result<String, PromptError> {
        ask(|term| {
            term.write_str(&format!("{question}: "))?;
            let text = type_in(term, Line::default(), |_| Ok(()))?;
            term.write_line("")?;
            Ok(text)
        })
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
        let initial = if escape(current) == current { current } else { "" };
        ask(|term| {
            let question = format!("{question}: ");
            let answer = type_in(term, Line::of(initial), |line| {
                let columns = usize::from(term.size().1);
                // The cursor stands behind the last character, in the same row.
                let room = columns.saturating_sub(console::measure_text_width(&question) + 1);
                let (shown, behind) = line.window(room);
                term.clear_line()?;
                term.write_str(&format!("{question}{shown}"))?;
                term.move_cursor_left(behind)
            })?;
            term.write_line("")?;
            Ok((answer != initial).then_some(answer))
        })
    }

    /// One of `choices`, by index.
    ///
    /// # Errors
    /// [`PromptError`].
    pub fn select(self, question: &str, choices: &[String]) -> Result<usize, PromptError> {
        ask(|term| {
            term.hide_cursor()?;
            let mut at = 0;
            loop {
                let shown = show_choices(term, question, choices, at)?;
                let key = read_key(term);
                term.clear_last_lines(shown)?;
                match key? {
                    Key::Enter | Key::Char(' ') => break,
                    Key::ArrowDown | Key::Tab | Key::Char('j') => at = (at + 1) % choices.len().max(1),
                    Key::ArrowUp | Key::BackTab | Key::Char('k') => {
                        at = at.checked_sub(1).unwrap_or(choices.len().saturating_sub(1));
                    }
                    _ => {}
                }
            }
            term.show_cursor()?;
            Ok(at)
        })
    }
}

/// What `question` comes to at a terminal that is its own, and is left as it was.
fn ask<T>(question: impl FnOnce(&Term) -> Result<T, PromptError>) -> Result<T, PromptError> {
    let _quiet = Quiet::begin();
    let answer = question(&Term::stderr());
    if answer.is_err() {
        leave_question();
    }
    answer
}

/// The next key that answers a question of which there is no answer to type.
fn read_key(term: &Term) -> Result<Key, PromptError> {
    match keys::read_key(term)? {
        Key::CtrlC | Key::Escape | Key::Char('q') => Err(PromptError::Interrupted),
        Key::Char(CTRL_D) => Err(PromptError::Declined),
        key => Ok(key),
    }
}

/// The text that `line` becomes, of which `show` is told each time it has changed. It is read key by key, so that
/// what was typed or pasted before the question was there is not lost.
fn type_in(
    term: &Term,
    mut line: Line,
    mut show: impl FnMut(&Line) -> io::Result<()>,
) -> Result<String, PromptError> {
    loop {
        show(&line)?;
        match line.press(&keys::read_key(term)?) {
            Typed::More => {}
            Typed::Whole => return Ok(line.text()),
            Typed::Declined => return Err(PromptError::Declined),
            Typed::Interrupted => return Err(PromptError::Interrupted),
        }
    }
}

/// Lists those of `choices` around the one at `at` that there is room for. Returns how many lines that took.
fn show_choices(term: &Term, question: &str, choices: &[String], at: usize) -> io::Result<usize> {
    let (rows, columns) = term.size();
    let room = usize::from(rows).saturating_sub(2).max(1);
    let start = at / room * room;
    let shown = choices.iter().enumerate().skip(start).take(room);
    let more =
        if choices.len() > room { format!(" ({} of {})", at + 1, choices.len()) } else { String::new() };
    let mut lines = vec![format!("{question}{more}:")];
    lines.extend(shown.map(|(index, choice)| format!("{} {choice}", if index == at { '>' } else { ' ' })));
    for line in &lines {
        // A line that is broken would be two to take away again.
        term.write_line(&console::truncate_str(line, usize::from(columns).saturating_sub(1), "…"))?;
    }
    Ok(lines.len())
}

/// The next line of standard input, without its end; none when there is none.
///
/// # Errors
/// As the system says.
pub fn read_line() -> io::Result<Option<String>> {
    io::stdin().lines().next().transpose()
}
