use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pkcs8::EncryptedPrivateKeyInfoRef;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA512, RsaKeyPair};
use serde::Serialize;

use crate::model::names;

/// The audience that Box wants, wherever the request is sent.
const AUDIENCE: &str = "https://api.box.com/oauth2/token";

/// For how many seconds an assertion is good. Box takes at most 60; the collection's script says 45.
const LIFETIME: i64 = 45;

/// What a JSON Web Token for Box says.
#[derive(Clone, Copy, Debug)]
pub struct Assertion<'a> {
    /// The client id.
    pub issuer: &'a str,
    /// `enterprise` or `user`.
    pub subject_type: &'a str,
    /// Whose token is wanted.
    pub subject_id: &'a str,
    /// Which of the application's keys signs.
    pub key_id: &'a str,
    /// A text that no other assertion carries.
    pub unique_id: &'a str,
    /// The time, in seconds since 1970.
    pub now: i64,
}

/// Why a private key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No PEM.
    #[error("`private_key_encrypted` holds no private key (-----BEGIN … PRIVATE KEY-----)")]
    NoKey,
    /// The Base64 or what it stands for is broken.
    #[error("the key in `private_key_encrypted` is damaged; copy it from Box's app-settings file again")]
    Damaged,
    /// An old way of encryption.
    #[error(
        "the key in `private_key_encrypted` is encrypted in an old way that is not read here; convert it: \
         openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.pem -out NEW.pem"
    )]
    OldEncryption,
    /// It cannot be decrypted.
    #[error("`private_key_passphrase` does not fit the key in `private_key_encrypted`")]
    Passphrase,
    /// It decrypts, but is not good for signing.
    #[error("the key in `private_key_encrypted` is no RSA key of 2048 bits or more, which Box wants")]
    NotRsa,
}

impl KeyError {
    /// The variable that has to be put right.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Passphrase => names::PASSPHRASE,
            Self::NoKey | Self::Damaged | Self::OldEncryption | Self::NotRsa => names::PRIVATE_KEY,
        }
    }
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    box_sub_type: &'a str,
    aud: &'a str,
    jti: &'a str,
    exp: i64,
    iat: i64,
}

impl Assertion<'_> {
    /// The assertion signed with RS512, as the collection's script signs it.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn sign(&self, key: &str, passphrase: &str) -> Result<String, KeyError> {
        let key = private_key(key, passphrase)?;
        let header = Header { alg: "RS512", typ: "JWT", kid: self.key_id };
        let claims = Claims {
            iss: self.issuer,
            sub: self.subject_id,
            box_sub_type: self.subject_type,
            aud: AUDIENCE,
            jti: self.unique_id,
            exp: self.now + LIFETIME,
            iat: self.now,
        };
        let signed = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(&RSA_PKCS1_SHA512, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| KeyError::NotRsa)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Tries whether `key` can be read with `passphrase`.
///
/// # Errors
/// Those of [`Assertion::sign`].
pub(super) fn try_key(key: &str, passphrase: &str) -> Result<(), KeyError> {
    private_key(key, passphrase).map(drop)
}

fn part(value: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap_or_default())
}

/// Reads PKCS#8, encrypted or not, and PKCS#1. Line ends may be real ones or the two characters `\n`, with which Box's
/// app-settings file is often pasted.
fn private_key(pem: &str, passphrase: &str) -> Result<RsaKeyPair, KeyError> {
    let (_, rest) = pem.split_once("-----BEGIN ").ok_or(KeyError::NoKey)?;
    let (label, rest) = rest.split_once("-----").ok_or(KeyError::NoKey)?;
    let (body, _) = rest.split_once("-----END ").ok_or(KeyError::Damaged)?;
    if body.contains("Proc-Type:") {
        return Err(KeyError::OldEncryption);
    }
    let body: String = body.replace("\\r", "").replace("\\n", "").split_whitespace().collect();
    let der = STANDARD.decode(body).map_err(|_| KeyError::Damaged)?;
    match label {
        "ENCRYPTED PRIVATE KEY" => {
            // All that was ever encrypted starts as a sequence.
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
        "PRIVATE KEY" => RsaKeyPair::from_pkcs8(&der).map_err(|_| KeyError::NotRsa),
        "RSA PRIVATE KEY" => RsaKeyPair::from_der(&der).map_err(|_| KeyError::NotRsa),
        _ => Err(KeyError::NoKey),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ring::signature::{RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey};

    use super::*;

    const ASSERTION: Assertion<'static> = Assertion {
        issuer: "client",
        subject_type: "enterprise",
        subject_id: "12345",
        key_id: "k1",
        unique_id: "0f9c3c1e-0000-4000-8000-000000000000",
        now: 1_795_000_000,
    };

    fn fixture(name: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/keys").join(name);
        std::fs::read_to_string(path).expect(name)
    }

    #[test]
    fn every_form_of_key_signs() {
        let public = STANDARD.decode(fixture("public.txt").trim()).expect("Base64");
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA512, public);
        for name in ["pkcs1.pem", "pkcs8.pem", "pbes2-3des-sha1.pem", "pbes2-aes256-sha256.pem"] {
            let key = fixture(name);
            for key in [key.replace('\n', "\\n"), key.replace('\n', "\r\n"), key] {
                let signed = ASSERTION.sign(&key, "not-a-secret").expect(name);
                let (claims, signature) = signed.rsplit_once('.').expect("three parts");
                let signature = URL_SAFE_NO_PAD.decode(signature).expect("Base64");
                assert_eq!(public.verify(claims.as_bytes(), &signature), Ok(()), "{name}");
            }
        }
    }

    #[test]
    fn the_claims_are_those_of_the_collection() {
        let signed = ASSERTION.sign(&fixture("pkcs8.pem"), "").expect("a key");
        let parts: Vec<_> =
            signed.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("Base64")).collect();
        assert_eq!(parts[0], br#"{"alg":"RS512","typ":"JWT","kid":"k1"}"#);
        let claims = concat!(
            r#"{"iss":"client","sub":"12345","box_sub_type":"enterprise","aud":"https://api.box.com/oauth2/token","#,
            r#""jti":"0f9c3c1e-0000-4000-8000-000000000000","exp":1795000045,"iat":1795000000}"#
        );
        assert_eq!(String::from_utf8_lossy(&parts[1]), claims);
    }

    #[test]
    fn a_key_that_is_none_says_why() {
        let error = |key: &str, passphrase| ASSERTION.sign(key, passphrase).expect_err(key);
        assert_eq!(error("", ""), KeyError::NoKey);
        assert_eq!(error("-----BEGIN PRIVATE KEY-----\nMII", ""), KeyError::Damaged);
        assert_eq!(error("-----BEGIN PRIVATE KEY-----\n?\n-----END PRIVATE KEY-----", ""), KeyError::Damaged);
        assert_eq!(error(&fixture("pbes2-3des-sha1.pem"), "wrong"), KeyError::Passphrase);
        assert_eq!(error(&fixture("pbes2-aes256-sha256.pem"), ""), KeyError::Passphrase);
        assert_eq!(error(&fixture("pkcs1-encrypted.pem"), "not-a-secret"), KeyError::OldEncryption);
        assert_eq!(error(&fixture("pbes1.pem"), "not-a-secret"), KeyError::OldEncryption);
        assert_eq!(error(&fixture("too-short.pem"), ""), KeyError::NotRsa);
    }
}
