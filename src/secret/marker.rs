use ring::hmac;

/// Tells secrets apart that are masked: the same secret always gets the same mark.
///
/// A plain hash would let anybody try guesses on it. The marks are made with a key, and without that they tell nothing but
/// which secrets are the same.
#[derive(Debug)]
pub struct Marker(Option<hmac::Key>);

impl Marker {
    /// A marker with the key `key`, which must stay where it is; without one it marks nothing.
    #[must_use]
    pub fn new(key: Option<[u8; 32]>) -> Self {
        Self(key.map(|key| hmac::Key::new(hmac::HMAC_SHA256, &key)))
    }

    /// The mark of `text`, which holds a secret, with a blank before it.
    #[must_use]
    pub fn mark(&self, text: &str) -> String {
        let Some(key) = &self.0 else { return String::new() };
        let tag = hmac::sign(key, text.as_bytes());
        let digits: String = tag.as_ref()[..3].iter().map(|byte| format!("{byte:02x}")).collect();
        format!(" #{digits}")
    }
}
