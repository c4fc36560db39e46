/// Authorization schemes that prove knowledge of a secret without sending it, in lower case.
const SCHEMES: [&str; 6] = ["digest", "oauth", "hawk", "signature", "aws4-hmac-sha256", "eg1-hmac-sha256"];

/// The names of the parameter with the proof.
const PROOFS: [&str; 4] = ["response", "oauth_signature", "mac", "signature"];

/// Whether `value`, of an `Authorization` header, proves that the sender knows a secret without containing it: the
/// response to a challenge, or the signature of one request. It cannot be used a second time.
#[must_use]
pub fn is_one_time(value: &str) -> bool {
    let Some((scheme, parameters)) = value.trim_start().split_once(' ') else { return false };
    let is_proof = |parameter: &str| {
        let (name, _) = parameter.split_once('=').unwrap_or((parameter, ""));
        PROOFS.iter().any(|proof| name.trim().eq_ignore_ascii_case(proof))
    };
    SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
        && parameters.split([',', ';']).any(is_proof)
        // The `PLAINTEXT` signature of OAuth 1 consists of the secrets themselves.
        && !parameters.contains("PLAINTEXT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proofs_are_told_apart_from_credentials() {
        for value in [
            r#"Digest username="me", realm="Users", nonce="a1", uri="/x", response="0a1b""#,
            r#"OAuth oauth_consumer_key="a",oauth_token="b",oauth_signature_method="HMAC-SHA1",oauth_signature="c""#,
            r#"Hawk id="a", ts="1", nonce="b", mac="c""#,
            "AWS4-HMAC-SHA256 Credential=a/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature=0a1b",
            "EG1-HMAC-SHA256 client_token=a;access_token=b;timestamp=1;nonce=c;signature=d",
        ] {
            assert!(is_one_time(value), "{value}");
        }
        for value in [
            "OAuth 0a1b2c",
            "Bearer signature=a",
            "Digest username=\"me\"",
            "OAuth oauth_signature_method=\"PLAINTEXT\", oauth_signature=\"secret%26secret\"",
            "",
        ] {
            assert!(!is_one_time(value), "{value}");
        }
    }
}
