use super::words::{ANY, MOST, SETS, WORDS, stands_for};

/// For each pair of bytes (the first one in the low half of the index), the sets of words that it may be part of.
///
/// The lowest bits, one for each set, say that the pair starts the first [`window`] of a word; the next ones, that it
/// starts the second window. The upper half has the same bits for the pairs that end those windows.
pub(super) static PAIRS: [u32; 1 << 15] = pairs();

/// Masks a pair to ASCII: bytes beyond count as the ASCII byte with the same lower bits.
pub(super) const ASCII: u16 = 0x7f7f;

const fn pairs() -> [u32; 1 << 15] {
    let mut pairs = [0; 1 << 15];
    let mut everywhere = 0;
    let (mut set, mut nth, mut kind) = (0, 0, 0);
    while set < SETS {
        let word = WORDS[set].list[nth];
        let [front, behind] = window(word, skips(word)[kind]);
        let bit = 1 << (set + kind * SETS);
        everywhere |= mark(&mut pairs, front, bit) | mark(&mut pairs, behind, bit << (2 * SETS));
        kind += 1;
        if kind == 2 {
            (nth, kind) = (nth + 1, 0);
        }
        if nth == MOST || WORDS[set].list[nth].is_empty() {
            (set, nth) = (set + 1, 0);
        }
    }
    let mut pair = 0;
    while pair < pairs.len() {
        pairs[pair] |= everywhere;
        pair += 1;
    }
    pairs
}

/// How far into a word its windows may start, by their kind: one even, one odd, since only pairs at even offsets of a
/// text are examined.
pub(super) static SKIPS: [&[isize]; 2] = [&[0], &[1, -1]];

/// How far into `word` its two windows start.
const fn skips(word: &[u8]) -> [isize; 2] {
    // A short word has no more to compare: its second window starts with the byte before it.
    if word.len() > 4 { [0, 1] } else { [0, -1] }
}

/// The two pairs of bytes that start `skip` bytes into `word`.
const fn window(word: &[u8], skip: isize) -> [[u8; 2]; 2] {
    let mut window = [[ANY; 2]; 2];
    let mut at = 0;
    while at < 4 {
        let place = at as isize + skip;
        if place >= 0 && place < word.len() as isize {
            window[at / 2][at % 2] = word[place as usize];
        }
        at += 1;
    }
    window
}

/// Sets `bit` for all pairs of bytes that match `pair`. If all of them match, returns the bit instead, for the caller
/// to set everywhere at once.
const fn mark(pairs: &mut [u32; 1 << 15], pair: [u8; 2], bit: u32) -> u32 {
    if pair[0] == ANY && pair[1] == ANY {
        return bit;
    }
    let ((firsts, first_count), (seconds, second_count)) = (bytes_of(pair[0]), bytes_of(pair[1]));
    let mut at = 0;
    while at < first_count * second_count {
        let pair = [firsts[at / second_count], seconds[at % second_count]];
        pairs[u16::from_le_bytes(pair) as usize] |= bit;
        at += 1;
    }
    0
}

/// The ASCII bytes that match `letter`, and how many there are.
const fn bytes_of(letter: u8) -> ([u8; 128], usize) {
    let (mut bytes, mut count, mut byte) = ([0; 128], 0, 0);
    while byte < bytes.len() {
        if stands_for(letter, byte as u8) {
            bytes[count] = byte as u8;
            count += 1;
        }
        byte += 1;
    }
    (bytes, count)
}
