//! A line that is being typed or pasted.

use console::{Key, measure_text_width};

/// Takes back all that was typed, as in a shell.
const CTRL_U: char = '\u{15}';

/// The end of what is typed.
const CTRL_D: char = '\u{4}';

/// A text and the place in it where the next key goes.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: Vec<char>,
    at: usize,
}

/// What a key has come to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// The text goes on.
    More,
    /// It is whole.
    Whole,
    /// There will be none.
    Declined,
    /// Ctrl-C.
    Interrupted,
}

impl Line {
    /// The text `initial`, with the cursor behind it.
    pub(super) fn of(initial: &str) -> Self {
        let text: Vec<_> = initial.chars().collect();
        Self { at: text.len(), text }
    }

    /// Types `key`.
    pub(super) fn press(&mut self, key: &Key) -> Typed {
        match *key {
            Key::CtrlC => return Typed::Interrupted,
            Key::Char(CTRL_D) => return Typed::Declined,
            Key::Enter if !self.is_open_pem() => return Typed::Whole,
            Key::Enter => self.insert('\n'),
            Key::Char(CTRL_U) => *self = Self::default(),
            Key::Char(typed) if !typed.is_control() => self.insert(typed),
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.text.remove(self.at);
            }
            Key::Del if self.at < self.text.len() => drop(self.text.remove(self.at)),
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight => self.at = self.text.len().min(self.at + 1),
            Key::Home => self.at = 0,
            Key::End => self.at = self.text.len(),
            _ => {}
        }
        Typed::More
    }

    fn insert(&mut self, typed: char) {
        self.text.insert(self.at, typed);
        self.at += 1;
    }

    /// Whether it is the start of a private key, whose further lines are on their way: what is pasted comes line by
    /// line, and what is not read here goes to the shell.
    fn is_open_pem(&self) -> bool {
        let text = self.text();
        let end = text.split_once("-----END ");
        text.trim_start().starts_with("-----BEGIN ") && !end.is_some_and(|(_, end)| end.contains("-----"))
    }

    pub(super) fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// What of it fits into `columns` with the cursor in it, and how many columns of that are behind the cursor.
    pub(super) fn window(&self, columns: usize) -> (String, usize) {
        let (before, after) = self.text.split_at(self.at);
        let mut left = columns;
        let mut fits = |typed: &&char| {
            let width = width(**typed);
            let fits = width <= left;
            left -= if fits { width } else { left };
            fits
        };
        let mut shown: Vec<_> = before.iter().rev().take_while(&mut fits).collect();
        shown.reverse();
        let behind: Vec<_> = after.iter().take_while(&mut fits).collect();
        let columns = behind.iter().map(|typed| width(**typed)).sum();
        let shown = shown.into_iter().chain(behind);
        (shown.map(|&typed| if typed.is_control() { ' ' } else { typed }).collect(), columns)
    }
}

fn width(typed: char) -> usize {
    if typed.is_control() { 1 } else { measure_text_width(typed.encode_utf8(&mut [0; 4])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &mut Line, text: &str) -> Typed {
        let keys = text.chars().map(|typed| if typed == '\n' { Key::Enter } else { Key::Char(typed) });
        keys.map(|key| line.press(&key)).last().unwrap_or(Typed::More)
    }

    #[test]
    fn keys_go_where_the_cursor_is() {
        let mut line = Line::of("hese");
        for key in
            [Key::Home, Key::Char('t'), Key::End, Key::ArrowLeft, Key::Backspace, Key::Char('r'), Key::Del]
        {
            assert_eq!(line.press(&key), Typed::More);
        }
        assert_eq!(line.text(), "ther");
        assert_eq!(line.press(&Key::ArrowRight), Typed::More);
        assert_eq!(typed(&mut line, "e\n"), Typed::Whole);
        assert_eq!(line.text(), "there");
        assert_eq!((typed(&mut line, "\u{15}"), line.text().as_str()), (Typed::More, ""));
        assert_eq!(
            (line.press(&Key::CtrlC), typed(&mut line, "\u{4}")),
            (Typed::Interrupted, Typed::Declined)
        );
    }

    #[test]
    fn a_private_key_is_one_value_of_many_lines() {
        let mut line = Line::default();
        assert_eq!(typed(&mut line, "-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n"), Typed::More);
        assert_eq!(typed(&mut line, "-----END PRIVATE KEY-----\n"), Typed::Whole);
        assert_eq!(line.text(), "-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----");
        // As Box's settings file has it.
        let mut line = Line::default();
        assert_eq!(
            typed(&mut line, r"-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n"),
            Typed::More
        );
        assert_eq!(typed(&mut line, "\n"), Typed::Whole);
        assert_eq!(typed(&mut Line::default(), "-----\n"), Typed::Whole);
    }

    #[test]
    fn what_is_shown_fits_and_has_the_cursor_in_it() {
        let mut line = Line::of("abcdef");
        assert_eq!(line.window(10), ("abcdef".to_owned(), 0));
        assert_eq!(line.window(4), ("cdef".to_owned(), 0));
        line.press(&Key::Home);
        assert_eq!(line.window(4), ("abcd".to_owned(), 4));
        assert_eq!(Line::of("a漢字").window(4), ("漢字".to_owned(), 0));
        assert_eq!(Line::of("ab").window(0), (String::new(), 0));
    }
}
