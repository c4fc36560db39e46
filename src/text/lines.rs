/// How many bytes are counted again to find the line of a place.
const BLOCK: usize = 16 * 1024;

/// How many lines end before each block of a text: enough to find the line of any place, and quickly made.
#[derive(Clone, Debug)]
pub(super) struct LineIndex {
    /// One for each block, and the number of all line ends.
    ends_before: Vec<usize>,
}

impl LineIndex {
    /// The index of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut ends_before = vec![0];
        let mut count = 0;
        ends_before.extend(text.as_bytes().chunks(BLOCK).map(|block| {
            count += line_ends(block);
            count
        }));
        Self { ends_before }
    }

    /// How many lines of `text` end before the byte at `at`.
    pub(super) fn ends_before(&self, text: &str, at: usize) -> usize {
        let block = at / BLOCK;
        self.ends_before[block] + line_ends(&text.as_bytes()[block * BLOCK..at])
    }
}

/// The start of the line that the byte at `at` is in.
#[must_use]
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that the byte at `at` is in, before its line break.
#[must_use]
pub fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    if end > at && text[..end].ends_with('\r') { end - 1 } else { end }
}

/// How many characters stand before the byte at `at` on its line.
#[must_use]
pub fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

fn line_ends(bytes: &[u8]) -> usize {
    // So many bytes that a byte can hold the count: this way they are counted many at a time.
    let parts = bytes.chunks(255);
    parts.map(|part| usize::from(part.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>())).sum()
}
