/// A text to look for among the strings of documents, with a sketch that rules out most others at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'t> {
    text: &'t str,
    sketch: Sketch,
}

/// A few bits of a text. Texts with different sketches are different.
pub(super) type Sketch = u16;

impl<'t> Name<'t> {
    /// Prepares to look for `text`.
    #[must_use]
    #[inline]
    pub const fn of(text: &'t str) -> Self {
        Self { text, sketch: sketch(text.as_bytes()) }
    }

    /// Prepares to look for each of `texts`.
    #[must_use]
    pub const fn all<const COUNT: usize>(texts: [&'t str; COUNT]) -> [Self; COUNT] {
        let mut names = [Self::of(""); COUNT];
        let mut at = 0;
        while at < COUNT {
            names[at] = Self::of(texts[at]);
            at += 1;
        }
        names
    }

    /// Like [`all`](Self::all), for a list whose length is known only at run time.
    #[must_use]
    pub fn list(texts: &[&'t str]) -> Vec<Self> {
        texts.iter().map(|text| Self::of(text)).collect()
    }

    /// The text.
    #[must_use]
    pub const fn text(self) -> &'t str {
        self.text
    }

    pub(super) const fn sketch(self) -> Sketch {
        self.sketch
    }
}

/// Combines the first byte with the last one mixed with the length.
#[inline]
pub(super) const fn sketch(text: &[u8]) -> Sketch {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return 0 };
    u16::from_le_bytes([*last ^ (text.len() as u8) << 3, *first])
}
