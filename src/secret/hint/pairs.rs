use super::words::{ANY, MOST, SETS, WORDS, stands_for};

/// What says with which words each two bytes in a row agree, as a number with the first one in its low half.
///
/// There is a bit for those that the first [`window`] of a word starts with, by its set; one for the second windows; and,
/// in the upper half, as many for what they end with.
pub(super) static PAIRS: [u32; 1 << 15] = pairs();

/// The bits of bytes that are ASCII. Others count as if they were.
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

/// How far into a word its windows may start, by their kind. Only every other pair of a text is looked at, so that one of them
/// is an odd number.
pub(super) static SKIPS: [&[isize]; 2] = [&[0], &[1, -1]];

/// How far into `word` its windows start.
const fn skips(word: &[u8]) -> [isize; 2] {
    // A short one says more with what is before it.
    if word.len() > 4 { [0, 1] } else { [0, -1] }
}

/// Two pairs of bytes of `word`, `skip` bytes into it.
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

/// Sets `bit` for all pairs of bytes that `pair` stands for; if that is every one, it is left to the caller.
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

/// The bytes of ASCII that `letter` stands for, and how many they are.
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
