//! The private key of a JWT app: PKCS#8 or PKCS#1, plain or encrypted, PKCS#1 in OpenSSL's traditional way.

mod traditional;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pkcs8::EncryptedPrivateKeyInfoRef;
use ring::signature::RsaKeyPair;

use crate::model::names;
use traditional::Encryption;

/// Why a private key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text is not PEM.
    #[error("`private_key_encrypted` does not contain a private key (-----BEGIN … PRIVATE KEY-----)")]
    NoKey,
    /// The Base64 or the DER is broken.
    #[error("the key in `private_key_encrypted` is damaged; copy it from Box's app-settings file again")]
    Damaged,
    /// The key is encrypted in a way that only OpenSSL reads.
    #[error(
        "the key in `private_key_encrypted` uses an old kind of encryption that envtool does not support; convert it: \
         openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.pem -out NEW.pem"
    )]
    OldEncryption,
    /// The passphrase does not decrypt the key.
    #[error("`private_key_passphrase` does not decrypt the key in `private_key_encrypted`")]
    Passphrase,
    /// The key cannot sign for Box.
    #[error("the key in `private_key_encrypted` is not an RSA key of at least 2048 bits, which Box requires")]
    NotRsa,
}

impl KeyError {
    /// The variable to correct.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Passphrase => names::PASSPHRASE,
            Self::NoKey | Self::Damaged | Self::OldEncryption | Self::NotRsa => names::PRIVATE_KEY,
        }
    }
}

/// Checks that `key` can be read with `passphrase`.
///
/// # Errors
/// Those of [`private_key`].
pub(super) fn try_key(key: &str, passphrase: &str) -> Result<(), KeyError> {
    private_key(key, passphrase).map(drop)
}

/// Reads `pem`. Line breaks may be real ones, spaces, or the two characters `\n`, as when the key is pasted from Box's
/// app-settings file.
///
/// # Errors
/// [`KeyError`].
pub(super) fn private_key(pem: &str, passphrase: &str) -> Result<RsaKeyPair, KeyError> {
    let (_, rest) = pem.split_once("-----BEGIN ").ok_or(KeyError::NoKey)?;
    let (label, rest) = rest.split_once("-----").ok_or(KeyError::NoKey)?;
    let (body, _) = rest.split_once("-----END ").ok_or(KeyError::Damaged)?;
    let body = body.replace("\\r", " ").replace("\\n", " ");
    let (encryption, body) = Encryption::of(&body)?;
    let body: String = body.split_whitespace().collect();
    let der = STANDARD.decode(body).map_err(|_| KeyError::Damaged)?;
    match (label, encryption) {
        ("ENCRYPTED PRIVATE KEY", None) => {
            // Every encrypted key starts as a DER sequence.
            if der.first() != Some(&0x30) {
                return Err(KeyError::Damaged);
            }
            let info =
                EncryptedPrivateKeyInfoRef::try_from(der.as_slice()).map_err(|_| KeyError::OldEncryption)?;
            if info.encryption_algorithm.pbes2().is_none() {
                return Err(KeyError::OldEncryption);
            }
            let plain = info.decrypt(passphrase).map_err(|_| KeyError::Passphrase)?;
            RsaKeyPair::from_pkcs8(plain.as_bytes()).map_err(|_| KeyError::NotRsa)
        }
        ("PRIVATE KEY", None) => RsaKeyPair::from_pkcs8(&der).map_err(|_| KeyError::NotRsa),
        ("RSA PRIVATE KEY", None) => RsaKeyPair::from_der(&der).map_err(|_| KeyError::NotRsa),
        ("RSA PRIVATE KEY", Some(encryption)) => {
            let plain = encryption.decrypt(der, passphrase.as_bytes())?;
            RsaKeyPair::from_der(plain.as_slice()).map_err(|_| KeyError::NotRsa)
        }
        _ => Err(KeyError::NoKey),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::path::Path;

    use super::*;

    const PASSPHRASE: &str = "not-a-secret";

    pub(in crate::oauth) fn fixture(name: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/keys").join(name);
        std::fs::read_to_string(path).expect(name)
    }

    #[test]
    fn every_form_of_the_key_is_the_same_key() {
        let public = STANDARD.decode(fixture("public.txt").trim()).expect("Base64");
        for name in [
            "pkcs1.pem",
            "pkcs8.pem",
            "pbes2-3des-sha1.pem",
            "pbes2-aes256-sha256.pem",
            "traditional-aes128.pem",
            "traditional-aes192.pem",
            "traditional-aes256.pem",
            "traditional-3des.pem",
            "traditional-des.pem",
        ] {
            let key = fixture(name);
            for key in [key.replace('\n', "\\n"), key.replace('\n', "\r\n"), key.replace('\n', " "), key] {
                let key = private_key(&key, PASSPHRASE).expect(name);
                assert_eq!(key.public().as_ref(), public, "{name}");
            }
        }
    }

    #[test]
    fn an_unusable_key_says_why() {
        let error = |key: &str, passphrase| private_key(key, passphrase).expect_err(key);
        assert_eq!(error("", ""), KeyError::NoKey);
        assert_eq!(error("-----BEGIN PRIVATE KEY-----\nMII", ""), KeyError::Damaged);
        assert_eq!(error("-----BEGIN PRIVATE KEY-----\n?\n-----END PRIVATE KEY-----", ""), KeyError::Damaged);
        assert_eq!(error(&fixture("pbes2-3des-sha1.pem"), "wrong"), KeyError::Passphrase);
        assert_eq!(error(&fixture("pbes2-aes256-sha256.pem"), ""), KeyError::Passphrase);
        assert_eq!(error(&fixture("pbes1.pem"), PASSPHRASE), KeyError::OldEncryption);
        assert_eq!(error(&fixture("too-short.pem"), ""), KeyError::NotRsa);
    }

    #[test]
    fn an_unusable_traditional_key_says_why() {
        let key = fixture("traditional-aes256.pem");
        let error = |key: &str, passphrase: &str| private_key(key, passphrase).expect_err(key);
        // One passphrase in 256 decrypts to something that ends like padding.
        for passphrase in (0..600).map(|number| number.to_string()) {
            assert_eq!(error(&key, &passphrase), KeyError::Passphrase, "{passphrase}");
        }
        let changed = |from: &str, to: &str| error(&key.replace(from, to), PASSPHRASE);
        assert_eq!(changed("AES-256-CBC", "CAMELLIA-256-CBC"), KeyError::OldEncryption);
        assert_eq!(changed("AES-256-CBC,", "AES-256-CBC"), KeyError::Damaged);
        assert_eq!(changed("AES-256-CBC,", "AES-256-CBC,00"), KeyError::Damaged);
        assert_eq!(changed("AES-256-CBC,", "AES-256-CBC,é"), KeyError::Damaged);
        assert_eq!(changed("DEK-Info: ", ""), KeyError::Damaged);
    }
}
