/// Words of which every secret has one in its name or its value, in sets. A small letter matches the capital one, too.
///
/// The words of a set share their bits in [`PAIRS`](super::pairs::PAIRS), so a text that starts like one word and goes
/// on like another needs a closer look. Words are therefore grouped so that such mixtures are rare, not by meaning.
const HINTS: [&str; SETS] = [
    // Follows the password in a URL.
    "@",
    // `1!` starts a downscoped token; `\u0` and `\u2` are escapes of JSON that may hide a letter or a slash.
    r"1! pw$ pwd Q~ SG. AKIA \u0 \u2 ^-a^ ^-p ^-w",
    "key$ jwt$ otp$ sig$ pin$ pmak PMAT-0",
    // `code` only with what ends the name of an authorization code, since the word is very common.
    r#"token cookie secret sessi senha credential ntras pplx- code= code" code' code\ mysql riadb ^--auth putty-u"#,
    "pass$ passe passw passph passc basic bearer assertion nnection kennwort mnemonic hmac$ glimt- glagent- curl$",
    "orization ers/T ows/T sk_live_ sk_test_ rk_live_ rk_test_ GOCSPX- HRKU- github_pat_ glpat- glptt- gldt- glrt- \
     glcbt- glsoat- glft- glffct- gloas- glsa_ whsec_ rubygems_ dckr_pat_ xkeysi v2_app_ p_v1_ o_v1_ r_v1_ shpat_ shpca_ \
     shppa_ shpss_ sq0at sq0cs ATATT ATCTT n_api_ figd_ NRAK- sntrys_ sntryu_",
    r"AIza eyJ sk- npm_ xox ghp_ gho_ ghu_ ghs_ ghr_ glc_ gsk_ ya29. hf_ hvs. hvb. verifier webhooks ces/T s\/T pypi- xapp-",
    // Only in names: too common elsewhere.
    "pat$ seed$ salt$ code$",
];

/// How many sets of [`HINTS`] there are.
pub(super) const SETS: usize = 8;

/// The words of each set of [`HINTS`].
pub(super) static WORDS: [Words; SETS] = words();

/// The capacity of a set, at least the size of the largest one.
pub(super) const MOST: usize = 48;

/// The words of a set.
pub(super) struct Words {
    /// The words, followed by empty ones.
    pub(super) list: [&'static [u8]; MOST],
    /// Which words may start with each ASCII byte: a bit for each word, the lowest for the first.
    starts: [u64; 128],
}

impl Words {
    /// The words that may start with the byte `first`.
    pub(super) fn starting_with(&self, first: u8) -> impl Iterator<Item = &'static [u8]> {
        let mut left = self.starts.get(usize::from(first)).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let nth = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            self.list.get(nth).copied()
        })
    }
}

/// Stands for the end of a word that is harmless if another small letter follows, as in `sign` and `ping`.
const END: u8 = b'$';

/// Stands for a blank, since blanks separate words here.
const BLANK: u8 = b'^';

/// Stands for any byte.
pub(super) const ANY: u8 = 0;

/// Whether the byte `there` of a text matches the `letter` of a word.
pub(super) const fn stands_for(letter: u8, there: u8) -> bool {
    match letter {
        ANY => true,
        END => !there.is_ascii_lowercase(),
        BLANK => there == b' ',
        letter => there == letter || there.to_ascii_lowercase() == letter,
    }
}

const fn words() -> [Words; SETS] {
    let mut words = [const { Words { list: [&[]; MOST], starts: [0; 128] } }; SETS];
    let mut set = 0;
    while set < SETS {
        let mut rest = HINTS[set].as_bytes();
        let mut nth = 0;
        while !rest.is_empty() {
            let mut end = 0;
            while end < rest.len() && rest[end] != b' ' {
                end += 1;
            }
            let (word, behind) = rest.split_at(end);
            words[set].list[nth] = word;
            let mut byte = 0;
            while byte < words[set].starts.len() {
                if stands_for(word[0], byte as u8) {
                    words[set].starts[byte] |= 1 << nth;
                }
                byte += 1;
            }
            rest = if let [_, behind @ ..] = behind { behind } else { behind };
            nth += 1;
        }
        set += 1;
    }
    words
}
