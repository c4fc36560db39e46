/// How many bytes a lookup counts again at most.
const BLOCK: usize = 16 * 1024;

/// The line and column at which each block of a text starts: quick to build, and enough to find those of any byte.
#[derive(Clone, Debug)]
pub(super) struct LineIndex {
    /// One for each block, and the end of the text.
    starts: Vec<Place>,
}

/// A place in a text, counted from 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// How many lines end before it.
    pub(super) line: usize,
    /// How many characters precede it on its line.
    pub(super) column: usize,
}

impl Place {
    /// The place after `bytes`, which start here.
    fn after(self, bytes: &[u8]) -> Self {
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => Self { line: self.line + line_ends(bytes), column: characters(&bytes[end + 1..]) },
            None => Self { column: self.column + characters(bytes), ..self },
        }
    }
}

impl LineIndex {
    /// The index of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut starts = vec![Place::default()];
        let mut place = Place::default();
        starts.extend(text.as_bytes().chunks(BLOCK).map(|block| {
            place = place.after(block);
            place
        }));
        Self { starts }
    }

    /// The place of the byte at `at` in `text`.
    pub(super) fn place(&self, text: &str, at: usize) -> Place {
        let block = at / BLOCK;
        self.starts[block].after(&text.as_bytes()[block * BLOCK..at])
    }
}

/// The start of the line that contains the byte at `at`.
#[must_use]
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that contains the byte at `at`, before its line break.
#[must_use]
pub fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    if end > at && text[..end].ends_with('\r') { end - 1 } else { end }
}

/// How many characters precede the byte at `at` on its line.
#[must_use]
pub fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

fn line_ends(bytes: &[u8]) -> usize {
    count(bytes, |byte| byte == b'\n')
}

/// How many characters begin in `bytes`, which are UTF-8.
fn characters(bytes: &[u8]) -> usize {
    count(bytes, |byte| byte & 0b1100_0000 != 0b1000_0000)
}

fn count(bytes: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    // The count of so few bytes fits a byte, which lets the compiler count many at a time.
    let parts = bytes.chunks(255);
    parts.map(|part| usize::from(part.iter().map(|&byte| u8::from(counts(byte))).sum::<u8>())).sum()
}
