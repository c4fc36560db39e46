use ring::hmac;

/// Tells masked secrets apart: the same secret always gets the same mark.
///
/// Anyone could test guesses against a plain hash, so the marks are keyed. Without the key they only tell which secrets
/// are equal.
#[derive(Debug)]
pub struct Marker(Option<hmac::Key>);

impl Marker {
    /// Creates a marker with a key, which must be kept secret. Without a key it marks nothing.
    #[must_use]
    pub fn new(key: Option<[u8; 32]>) -> Self {
        Self(key.map(|key| hmac::Key::new(hmac::HMAC_SHA256, &key)))
    }

    /// The mark of the secret `text`, after a blank.
    #[must_use]
    pub fn mark(&self, text: &str) -> String {
        let Some(key) = &self.0 else { return String::new() };
        let tag = hmac::sign(key, text.as_bytes());
        let digits: String = tag.as_ref()[..3].iter().map(|byte| format!("{byte:02x}")).collect();
        format!(" #{digits}")
    }
}
