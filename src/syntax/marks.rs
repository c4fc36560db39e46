//! Where quotes, escapes and control characters are in a piece of JSON.

use super::chunk::{Bits, CHUNK, Chunk, Lanes};

/// How many bytes are marked at a time.
pub(super) const BLOCK: usize = 2 * CHUNK;

/// The bytes of a block that the scanner looks for, as bit sets: the lowest bit is the first byte.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    /// Every backslash.
    pub(super) backslashes: u64,
    /// Where a string ends or needs a closer look: quotes that are not escaped, control characters and `rare_escapes`.
    pub(super) stops: u64,
    /// The bytes after a backslash that do not make an escape of one letter or mark.
    pub(super) rare_escapes: u64,
    /// Whether the block ends with a backslash that is not escaped itself.
    pub(super) next_is_escaped: bool,
}

impl Marks {
    /// Marks the block of `bytes` from `at` on. The end of `bytes` counts as a control character.
    pub(super) fn of(bytes: &[u8], at: usize, first_is_escaped: bool) -> Self {
        let halves = [Chunk::at(bytes, at), Chunk::at(bytes, (at + CHUNK).min(bytes.len()))];
        let bits = |lanes: [Lanes; 2]| u64::from(lanes[0].bits()) | u64::from(lanes[1].bits()) << Bits::BITS;
        let stops = bits(halves.map(|half| half.is(b'"') | half.is_at_most(0x1f)));
        let backslashes = bits(halves.map(|half| half.is(b'\\')));
        let mut marks = Self { backslashes, stops, ..Self::default() };
        if backslashes != 0 || first_is_escaped {
            let escaped;
            (escaped, marks.next_is_escaped) = escapes(backslashes, first_is_escaped);
            marks.rare_escapes = escaped & !bits(halves.map(|half| half.is_any(b'n', b"\"\\")));
            if marks.rare_escapes != 0 {
                marks.rare_escapes &= !bits(halves.map(|half| half.is_any(b'/', b"bfrt")));
            }
            marks.stops = (marks.stops & !escaped) | marks.rare_escapes;
        }
        marks
    }
}

/// The bytes that are escaped by one of `backslashes`, and whether the first byte after the block is.
fn escapes(backslashes: u64, first_is_escaped: bool) -> (u64, bool) {
    // Subtracting flips the bits of each run of backslashes up to its end. Setting the odd bits before and flipping
    // them after makes it the same for runs that start at odd places: what remains is every second bit of a run.
    const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    let first = u64::from(first_is_escaped);
    let own = backslashes & !first;
    let second = ((own << 1) | ODD).wrapping_sub(own) ^ ODD;
    ((second ^ own) & (own << 1) | first, (second & own) >> 63 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_backslash_of_a_run_is_escaped() {
        for backslashes in (0..1_u64 << 16).flat_map(|bits| [bits, bits << 32, bits << 48]) {
            for first in [0, 1] {
                let (mut expected, mut at) = (u128::from(first as u64), first);
                while at < BLOCK {
                    let step = usize::from(backslashes >> at & 1 == 1);
                    expected |= (step as u128) << (at + 1);
                    at += 1 + step;
                }
                let (escaped, next) = escapes(backslashes, first == 1);
                assert_eq!(u128::from(escaped) | u128::from(next) << 64, expected, "{backslashes:064b}");
            }
        }
    }
}
