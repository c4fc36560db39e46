//! Lines of a limited width. Text from files must have gone through [`escape()`](super::escape()).

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// `text` in lines of at most `width` columns, broken at spaces, and within a word only if it is longer than that.
#[must_use]
pub fn wrap(text: &str, width: usize) -> String {
    textwrap::fill(text, options(width))
}

/// `text` after something `indent` columns wide: all lines but the first start with that many spaces. Lines end at
/// `width`, if there is one, unless a word is longer.
#[must_use]
pub fn hanging(text: &str, indent: usize, width: Option<usize>) -> String {
    let blank = " ".repeat(indent);
    let Some(width) = width else { return text.replace('\n', &format!("\n{blank}")) };
    let options = options(width).break_words(false).initial_indent(&blank).subsequent_indent(&blank);
    textwrap::fill(text, options).trim_start_matches(' ').to_owned()
}

/// The width of the longest word in `text`.
pub(super) fn longest_word(text: &str) -> usize {
    text.split(' ').map(display_width).max().unwrap_or_default()
}

fn options<'o>(width: usize) -> Options<'o> {
    Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_spaces() {
        assert_eq!(wrap("one-two three four", 9), "one-two\nthree\nfour");
        assert_eq!(wrap("one-two", 5), "one-t\nwo");
        assert_eq!(hanging("one two three", 4, Some(11)), "one two\n    three");
        assert_eq!(hanging("one2three4five", 4, Some(11)), "one2three4five");
        assert_eq!(hanging("", 4, Some(11)), "");
        assert_eq!(hanging("one two\nthree", 2, None), "one two\n  three");
    }
}
