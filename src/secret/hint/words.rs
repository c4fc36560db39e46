/// What every secret has in its name or at its value, by sets of words. A small letter stands for the capital one as well.
///
/// The words of a set share their bits in [`PAIRS`](super::pairs::PAIRS): what starts like one and goes on like another is
/// looked at more closely. So they stand with those whose mixture is rare, not with those that mean the like.
const HINTS: [&str; SETS] = [
    // After the password in an address.
    "@",
    // The first is of a downscoped token, the last two hide a letter or a slash in JSON.
    r"1! pw$ pwd Q~ SG. AKIA \u0 \u2 ^-a^",
    "key$ jwt$ otp$ sig$ pin$ pmak PMAT-0",
    // The ends of the name of a login's code, which other texts have all the time.
    r#"token cookie secret sessi senha credential ntras pplx- code= code" code' code\ mysql riadb ^--auth putty-u"#,
    "pass$ passe passw passph passc basic bearer assertion nnection kennwort mnemonic hmac$ glimt- glagent- curl$",
    "orization ers/T ows/T sk_live_ sk_test_ rk_live_ rk_test_ GOCSPX- HRKU- github_pat_ glpat- glptt- gldt- glrt- \
     glcbt- glsoat- glft- glffct- gloas- glsa_ whsec_ rubygems_ dckr_pat_ xkeysi v2_app_ p_v1_ o_v1_ r_v1_ shpat_ shpca_ \
     shppa_ shpss_ sq0at sq0cs ATATT ATCTT n_api_ figd_ NRAK- sntrys_ sntryu_",
    r"AIza eyJ sk- npm_ xox ghp_ gho_ ghu_ ghs_ ghr_ glc_ gsk_ ya29. hf_ hvs. hvb. verifier webhooks ces/T s\/T pypi- xapp-",
    // Of names alone: other texts have them all the time.
    "pat$ seed$ salt$ code$",
];

/// How many sets of [`HINTS`] there are.
pub(super) const SETS: usize = 8;

/// The words of each set of [`HINTS`].
pub(super) static WORDS: [Words; SETS] = words();

/// At least how many words there are in the largest set.
pub(super) const MOST: usize = 48;

/// The words of a set.
pub(super) struct Words {
    /// The words, and nothing behind them.
    pub(super) list: [&'static [u8]; MOST],
    /// Which of them start with each byte of ASCII: a bit for each, the lowest for the first.
    starts: [u64; 128],
}

impl Words {
    /// Those that may start with the byte `first` of a text.
    pub(super) fn starting_with(&self, first: u8) -> impl Iterator<Item = &'static [u8]> {
        let mut left = self.starts.get(usize::from(first)).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let nth = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            self.list.get(nth).copied()
        })
    }
}

/// At the end of a word that another small letter makes a harmless one: `sign`, `ping`.
const END: u8 = b'$';

/// In the place of a blank, which stands between words here.
const BLANK: u8 = b'^';

/// In the place of a byte that may be any.
pub(super) const ANY: u8 = 0;

/// Whether the byte `there` of a text is the `letter` of a word.
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
