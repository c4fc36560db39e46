use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::RSA_PKCS1_SHA512;
use serde::Serialize;

use super::private_key::{KeyError, private_key};

/// The audience that Box requires, wherever the request is sent.
const AUDIENCE: &str = "https://api.box.com/oauth2/token";

/// How long an assertion is valid, in seconds. Box allows at most 60; the collection's script uses 45.
const LIFETIME: i64 = 45;

/// The content of a JSON Web Token for Box.
#[derive(Clone, Copy, Debug)]
pub struct Assertion<'a> {
    /// The client id.
    pub issuer: &'a str,
    /// `enterprise` or `user`.
    pub subject_type: &'a str,
    /// The id of the enterprise or user that the token is for.
    pub subject_id: &'a str,
    /// The id of the application's key that signs.
    pub key_id: &'a str,
    /// A text that no other assertion contains.
    pub unique_id: &'a str,
    /// The time, in seconds since 1970.
    pub now: i64,
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
    /// Signs the assertion with RS512, as the collection's script does.
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

fn part(value: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use ring::signature::{RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey};

    use super::*;
    use crate::oauth::private_key::tests::fixture;

    const ASSERTION: Assertion<'static> = Assertion {
        issuer: "client",
        subject_type: "enterprise",
        subject_id: "12345",
        key_id: "k1",
        unique_id: "0f9c3c1e-0000-4000-8000-000000000000",
        now: 1_795_000_000,
    };

    #[test]
    fn the_signature_can_be_verified() {
        let public = STANDARD.decode(fixture("public.txt").trim()).expect("Base64");
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA512, public);
        let signed = ASSERTION.sign(&fixture("pbes2-aes256-sha256.pem"), "not-a-secret").expect("a key");
        let (claims, signature) = signed.rsplit_once('.').expect("three parts");
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("Base64");
        assert_eq!(public.verify(claims.as_bytes(), &signature), Ok(()));
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
}
