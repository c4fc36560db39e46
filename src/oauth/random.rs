use ring::rand::{SecureRandom as _, SystemRandom};

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Returns `length` random letters and digits; none if the system provides no randomness.
#[must_use]
pub fn random_text(length: usize) -> Option<String> {
    let random = SystemRandom::new();
    let mut text = String::with_capacity(length);
    let mut bytes = [0; 32];
    while text.len() < length {
        random.fill(&mut bytes).ok()?;
        // 248 is the largest multiple of 62 in a byte, so every letter is equally likely.
        let letters = bytes.iter().filter(|byte| **byte < 248).map(|byte| LETTERS[usize::from(byte % 62)]);
        text.extend(letters.take(length - text.len()).map(char::from));
    }
    Some(text)
}

/// Returns a random UUID, version 4; none if the system provides no randomness.
#[must_use]
pub fn random_id() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_values_have_their_shapes() {
        let text = random_text(32).expect("randomness");
        assert!(text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{text}");
        assert_ne!(Some(text), random_text(32));
        let id = random_id().expect("randomness");
        assert!(id.len() == 36 && id.as_bytes()[14] == b'4' && b"89ab".contains(&id.as_bytes()[19]), "{id}");
    }
}
