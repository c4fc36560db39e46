use std::borrow::Cow;
use std::sync::OnceLock;

use bytes::Bytes;
use bytestring::ByteString;

use super::Span;
use super::lines::LineIndex;

/// The largest input, in bytes (512 MiB). Larger files are refused before they are read whole.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";
const UTF16LE_BOM: &[u8] = b"\xff\xfe";

/// How a text is encoded. A file is written in the encoding in which it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8Bom,
    /// UTF-16, little-endian, after a byte order mark.
    Utf16LeBom,
}

/// A place as people count it: line and column from 1, the column in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// The bytes are not text that envtool can read and write back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// An encoding that Postman's tools cannot read either.
    #[error("the file is {0}, which neither Postman's tools nor envtool read; save it as UTF-8")]
    Unsupported(&'static str),
    /// A sequence of bytes that is not UTF-8.
    #[error(
        "invalid UTF-8 at byte {at} (line {line}): the file is in another encoding or damaged; save it as UTF-8"
    )]
    InvalidUtf8 {
        /// The byte in the file.
        at: usize,
        /// The line, from 1.
        line: usize,
    },
    /// UTF-16 with half a pair or half a unit.
    #[error("invalid UTF-16 at byte {at}; save the file as UTF-8")]
    InvalidUtf16 {
        /// The byte in the file.
        at: usize,
    },
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than {} MiB, the most envtool reads", MAX_BYTES / 1024 / 1024)]
    TooLarge,
}

/// A text that should have content is empty or only white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}; {}", Self::WHAT, Self::HELP)]
pub struct Empty;

impl Empty {
    /// What is wrong.
    pub const WHAT: &str = "it is empty";
    /// What to do about it.
    pub const HELP: &str = "export it again, or name another file";
}

/// A text as it was read, without its byte order mark, and the way back to its bytes. Clones share the text.
#[derive(Clone, Debug)]
pub struct Source {
    text: ByteString,
    encoding: Encoding,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Reads `bytes` as UTF-8 with or without byte order mark, or as UTF-16LE with one.
    ///
    /// # Errors
    /// [`DecodeError`] for any other encoding.
    pub fn decode(bytes: impl Into<Bytes>) -> Result<Self, DecodeError> {
        Self::decode_or_show(bytes).map_err(|(error, ..)| error)
    }

    /// Refuses an empty text.
    ///
    /// # Errors
    /// [`Empty`]
    pub fn expect_content(&self) -> Result<(), Empty> {
        if self.text.trim_ascii().is_empty() { Err(Empty) } else { Ok(()) }
    }

    /// Like [`decode`](Self::decode), but an error comes with a source to show it in.
    ///
    /// # Errors
    /// [`DecodeError`], the text with U+FFFD for each invalid sequence, and the place of the first.
    pub fn decode_or_show(bytes: impl Into<Bytes>) -> Result<Self, (DecodeError, Self, Span)> {
        let bytes = bytes.into();
        let nothing = |error| (error, Self::empty(), Span::at(0));
        if bytes.len() as u64 > MAX_BYTES {
            return Err(nothing(DecodeError::TooLarge));
        }
        if bytes.starts_with(UTF16LE_BOM) && !bytes.starts_with(b"\xff\xfe\0\0") {
            return Ok(Self::with(utf16le(&bytes[2..]).map_err(nothing)?, Encoding::Utf16LeBom));
        }
        let (encoding, mark) = match bytes.starts_with(UTF8_BOM) {
            true => (Encoding::Utf8Bom, UTF8_BOM.len()),
            false => (Encoding::Utf8, 0),
        };
        if let Some(name) = foreign_encoding(&bytes) {
            return Err(nothing(DecodeError::Unsupported(name)));
        }
        let text = bytes.slice(mark..);
        let text = ByteString::try_from(text.clone()).map_err(|error| {
            let at = error.valid_up_to();
            let line = 1 + text[..at].iter().filter(|&&byte| byte == b'\n').count();
            let shown = String::from_utf8_lossy(&text).into_owned();
            let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
            (DecodeError::InvalidUtf8 { at: at + mark, line }, Self::with(shown, encoding), span)
        })?;
        Ok(Self::with(text, encoding))
    }

    /// An empty text.
    #[must_use]
    pub fn empty() -> Self {
        Self::with(String::new(), Encoding::Utf8)
    }

    /// A text that is not from a file, or the text of a file after a change.
    #[must_use]
    pub fn with(text: impl Into<ByteString>, encoding: Encoding) -> Self {
        Self { text: text.into(), encoding, lines: OnceLock::new() }
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the text is encoded in its file.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Encodes `text` like this source, byte order mark included.
    #[must_use]
    pub fn encode<'t>(&self, text: &'t str) -> Cow<'t, [u8]> {
        match self.encoding {
            Encoding::Utf8 => text.as_bytes().into(),
            Encoding::Utf8Bom => [UTF8_BOM, text.as_bytes()].concat().into(),
            Encoding::Utf16LeBom => {
                let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                UTF16LE_BOM.iter().copied().chain(units).collect()
            }
        }
    }

    /// The text in `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The line ending of the first line.
    #[must_use]
    pub fn line_ending(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The line and column of the byte at `at`.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        let place = self.lines.get_or_init(|| LineIndex::of(&self.text)).place(&self.text, at);
        Position { line: 1 + place.line, column: 1 + place.column }
    }
}

fn utf16le(bytes: &[u8]) -> Result<String, DecodeError> {
    let units = bytes.chunks_exact(2);
    if !units.remainder().is_empty() {
        return Err(DecodeError::InvalidUtf16 { at: 1 + bytes.len() });
    }
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut at = 2;
    for unit in char::decode_utf16(units.map(|unit| u16::from_le_bytes([unit[0], unit[1]]))) {
        let unit = unit.map_err(|_| DecodeError::InvalidUtf16 { at })?;
        at += 2 * unit.len_utf16();
        text.push(unit);
    }
    Ok(text)
}

/// Names an unsupported encoding, by its mark or by the zero bytes of its first ASCII characters.
fn foreign_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xfe, 0xff, ..] => Some("UTF-16 big-endian"),
        [0, 0, 0, 1..=255, ..] | [1..=255, 0, 0, 0, ..] => Some("UTF-32 without a byte order mark"),
        [0, 1..=255, 0, ..] => Some("UTF-16 big-endian without a byte order mark"),
        [1..=255, 0, 1..=255, ..] => Some("UTF-16 little-endian without a byte order mark"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(bytes: &[u8]) -> Encoding {
        let source = Source::decode(bytes.to_vec()).expect("readable");
        assert_eq!(source.encode(source.text()), bytes);
        source.encoding()
    }

    #[test]
    fn the_three_encodings_are_written_back_as_they_were() {
        assert_eq!(round_trip("{\"k\": \"ü\"}".as_bytes()), Encoding::Utf8);
        assert_eq!(round_trip(b"\xef\xbb\xbf{}\r\n"), Encoding::Utf8Bom);
        assert_eq!(round_trip(b"\xff\xfe{\0}\0\x3d\xd8\x00\xde"), Encoding::Utf16LeBom);
        assert_eq!(round_trip(b""), Encoding::Utf8);
    }

    #[test]
    fn other_encodings_are_named() {
        let refused = |bytes: &[u8]| Source::decode(bytes.to_vec()).expect_err("unreadable").to_string();
        assert!(refused(b"\xfe\xff\0{\0}").contains("UTF-16 big-endian"));
        assert!(refused(b"{\0}\0").contains("little-endian without a byte order mark"));
        assert!(refused(b"\0{\0}").contains("big-endian without a byte order mark"));
        assert!(refused(b"\xff\xfe\0\0{\0\0\0").contains("UTF-32"));
        assert!(refused(b"\xff\xfe{\0\0\xd8").contains("invalid UTF-16 at byte 4"));
        assert!(refused(b"\xff\xfe{").contains("invalid UTF-16 at byte 2"));
        assert!(refused(b"{\n\"\xe9\"}").contains("invalid UTF-8 at byte 3 (line 2)"));
    }

    #[test]
    fn positions_count_characters() {
        let source = Source::with("aé\r\nb𐍈c".to_owned(), Encoding::Utf8);
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position(5), Position { line: 2, column: 1 });
        assert_eq!(source.position(10), Position { line: 2, column: 3 });
        assert_eq!(source.line_ending(), "\r\n");
    }

    #[test]
    fn positions_are_right_in_long_texts() {
        let lines: Vec<_> = (0..20_000).map(|number| format!("line {number}\n")).collect();
        let source = Source::with(lines.concat(), Encoding::Utf8);
        let mut at = 0;
        for (number, line) in lines.iter().enumerate() {
            assert_eq!(source.position(at + 3), Position { line: number + 1, column: 4 });
            at += line.len();
        }
        assert_eq!(source.position(at), Position { line: 20_001, column: 1 });
    }

    #[test]
    fn positions_are_right_in_a_long_line() {
        let text = "first\n".to_owned() + &"xé𐍈".repeat(20_000);
        let source = Source::with(text, Encoding::Utf8);
        for (nth, (at, _)) in source.text().char_indices().skip(6).enumerate().step_by(97) {
            assert_eq!(source.position(at), Position { line: 2, column: nth + 1 });
        }
    }
}
