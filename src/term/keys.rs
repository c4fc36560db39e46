//! What is typed, key by key.

use std::io;

use console::{Key, Term};

/// The next key that is typed at `term`.
#[cfg(not(unix))]
pub(super) fn read_key(term: &Term) -> io::Result<Key> {
    term.read_key_raw()
}

/// The next key that is typed, read in the mode that the terminal is in: `console` changes that for every key, and a signal
/// at that moment would leave it changed.
#[cfg(unix)]
pub(super) fn read_key(_term: &Term) -> io::Result<Key> {
    unix::read_key(&mut Typed)
}

#[cfg(unix)]
mod unix {
    use super::{Key, io};

    /// What comes byte by byte.
    pub(super) trait Bytes {
        /// Waits for the next one.
        fn next(&mut self) -> io::Result<u8>;

        /// Whether one is there.
        fn is_ready(&mut self) -> io::Result<bool>;
    }

    pub(super) fn read_key(input: &mut impl Bytes) -> io::Result<Key> {
        Ok(match input.next()? {
            b'\r' | b'\n' => Key::Enter,
            b'\t' => Key::Tab,
            0x01 => Key::Home,
            0x03 => Key::CtrlC,
            0x05 => Key::End,
            0x08 | 0x7f => Key::Backspace,
            0x1b if input.is_ready()? => after_escape(input)?,
            0x1b => Key::Escape,
            byte if byte.is_ascii() => Key::Char(byte.into()),
            byte => beyond_ascii(byte, input)?,
        })
    }

    /// The character that begins with the byte `first` in UTF-8.
    fn beyond_ascii(first: u8, input: &mut impl Bytes) -> io::Result<Key> {
        let mut bytes = vec![first];
        for _ in 1..first.leading_ones().min(4) {
            bytes.push(input.next()?);
        }
        let text = std::str::from_utf8(&bytes).ok();
        Ok(text.and_then(|text| text.chars().next()).map_or(Key::Unknown, Key::Char))
    }

    /// The key that sends more than an escape. What terminals send around a paste is none.
    fn after_escape(input: &mut impl Bytes) -> io::Result<Key> {
        if !matches!(input.next()?, b'[' | b'O') {
            return Ok(Key::Unknown);
        }
        let mut sequence = Vec::new();
        while input.is_ready()? {
            let byte = input.next()?;
            sequence.push(byte);
            if matches!(byte, b'@'..=b'~') {
                break;
            }
        }
        Ok(match &sequence[..] {
            b"A" => Key::ArrowUp,
            b"B" => Key::ArrowDown,
            b"C" => Key::ArrowRight,
            b"D" => Key::ArrowLeft,
            b"H" | b"1~" | b"7~" => Key::Home,
            b"F" | b"4~" | b"8~" => Key::End,
            b"Z" => Key::BackTab,
            b"3~" => Key::Del,
            _ => Key::Unknown,
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        impl Bytes for std::slice::Iter<'_, u8> {
            fn next(&mut self) -> io::Result<u8> {
                Iterator::next(self).copied().ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }

            fn is_ready(&mut self) -> io::Result<bool> {
                Ok(self.len() > 0)
            }
        }

        #[test]
        fn keys_are_told_apart() {
            let mut bytes = "a\r\u{1b}[B\u{1b}OA\u{1b}[3~\u{1b}[200~é漢\u{4}\u{3}\u{1b}".as_bytes().iter();
            let keys = [
                Key::Char('a'),
                Key::Enter,
                Key::ArrowDown,
                Key::ArrowUp,
                Key::Del,
                Key::Unknown,
                Key::Char('é'),
                Key::Char('漢'),
                Key::Char('\u{4}'),
                Key::CtrlC,
                Key::Escape,
            ];
            for key in keys {
                assert_eq!(read_key(&mut bytes).expect("a key"), key);
            }
            assert!(read_key(&mut bytes).is_err());
            assert_eq!(read_key(&mut [0xff, b'a', b'b', b'c'].iter()).expect("a key"), Key::Unknown);
        }
    }
}

/// Standard input, nothing of it read ahead.
#[cfg(unix)]
struct Typed;

#[cfg(unix)]
impl unix::Bytes for Typed {
    fn next(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        match nix::unistd::read(io::stdin(), &mut byte)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(byte[0]),
        }
    }

    fn is_ready(&mut self) -> io::Result<bool> {
        use std::os::fd::AsFd as _;

        use nix::sys::select::{FdSet, select};
        use nix::sys::time::TimeVal;

        /// For how long, in microseconds, what belongs to one key may be on its way.
        const ON_ITS_WAY: i64 = 20_000;

        let stdin = io::stdin();
        let mut wanted = FdSet::new();
        wanted.insert(stdin.as_fd());
        let mut patience = TimeVal::new(0, ON_ITS_WAY as _);
        Ok(select(None, &mut wanted, None, None, &mut patience)? > 0)
    }
}
