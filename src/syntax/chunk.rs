//! Looks at many bytes of a text at a time.

use std::ops::BitOr;

use wide::u8x32;

/// The number of bytes in a chunk.
pub(super) const CHUNK: usize = 32;

/// A set of bytes of a chunk: the lowest bit is the first byte.
pub(super) type Bits = u32;

/// A piece of a text.
#[derive(Clone, Copy)]
pub(super) struct Chunk(u8x32);

/// A set of bytes of a chunk, not yet converted to [`Bits`].
#[derive(Clone, Copy)]
pub(super) struct Lanes(u8x32);

impl Chunk {
    /// The chunk of `bytes` from `at` on, filled up with zeros. `at` is at most the length.
    #[inline]
    pub(super) fn at(bytes: &[u8], at: usize) -> Self {
        let rest = &bytes[at..];
        rest.first_chunk().map_or_else(|| Self::last(rest), |chunk| Self(u8x32::new(*chunk)))
    }

    #[cold]
    fn last(rest: &[u8]) -> Self {
        let mut chunk = [0; CHUNK];
        chunk[..rest.len()].copy_from_slice(rest);
        Self(u8x32::new(chunk))
    }

    /// The bytes that are `byte`.
    #[inline]
    pub(super) fn is(self, byte: u8) -> Lanes {
        Lanes(self.0.simd_eq(u8x32::splat(byte)))
    }

    /// The bytes that are one of `first` and `rest`.
    #[inline]
    pub(super) fn is_any<const N: usize>(self, first: u8, rest: &[u8; N]) -> Lanes {
        rest.iter().fold(self.is(first), |lanes, &byte| lanes | self.is(byte))
    }

    /// The bytes that are `most` or less.
    #[inline]
    pub(super) fn is_at_most(self, most: u8) -> Lanes {
        let most = u8x32::splat(most);
        Lanes(self.0.max(most).simd_eq(most))
    }
}

impl BitOr for Lanes {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Lanes {
    /// The set as bits.
    #[inline]
    pub(super) fn bits(self) -> Bits {
        self.0.to_bitmask()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_names_its_bytes_and_ends_with_zeros() {
        let text = b"0123456789abcdef0123456789abcdef\"\x1f";
        let bits = |at: usize| {
            let chunk = Chunk::at(text, at);
            [chunk.is(b'1').bits(), (chunk.is(b'0') | chunk.is(b'"')).bits(), chunk.is_at_most(0x1f).bits()]
        };
        assert_eq!(bits(1), [1 | 1 << 16, 1 << 15 | 1 << 31, 0]);
        assert_eq!(bits(32), [0, 1, !1]);
        assert_eq!(bits(text.len()), [0, 0, Bits::MAX]);
    }
}
