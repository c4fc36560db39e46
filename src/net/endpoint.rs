use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ureq::http::Uri;

/// An address that secrets may be sent to: `https`, or `http` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    uri: Uri,
    text: String,
}

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It is not an absolute http or https address.
    #[error("an address looks like https://api.box.com/oauth2/token")]
    Invalid,
    /// Secrets would be sent in clear text.
    #[error(
        "secrets are sent over https only; http is allowed on this machine (localhost, 127.0.0.1, [::1])"
    )]
    Insecure,
}

impl Endpoint {
    /// Whether it is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.uri.host().unwrap_or_default().trim_matches(['[', ']']);
        host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Its host and, if given, its port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// Whether it is `http`, so that a plain listener can answer.
    #[must_use]
    pub fn is_http(&self) -> bool {
        self.uri.scheme_str() == Some("http")
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.is_http() { 80 } else { 443 })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The address, as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: Uri = text.parse().map_err(|_| EndpointError::Invalid)?;
        let has_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
        if uri.host().is_none_or(str::is_empty) || has_user {
            return Err(EndpointError::Invalid);
        }
        let endpoint = Self { text: text.to_owned(), uri };
        match endpoint.uri.scheme_str() {
            Some("https") => Ok(endpoint),
            Some("http") if endpoint.is_loopback() => Ok(endpoint),
            Some("http") => Err(EndpointError::Insecure),
            _ => Err(EndpointError::Invalid),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_allowed_only_for_this_machine() {
        for good in [
            "https://api.box.com/oauth2/token",
            "http://localhost:3000/callback",
            "http://127.0.0.1:1",
            "http://127.8.8.8/x",
            "http://[::1]:80/",
            "http://LOCALHOST/",
        ] {
            assert_eq!(good.parse::<Endpoint>().map(|endpoint| endpoint.to_string()).as_deref(), Ok(good));
        }
        for insecure in [
            "http://api.box.com/",
            "http://localhost.example.com/",
            "http://10.0.0.1/",
            "http://127.0.0.1.nip.io/",
        ] {
            assert_eq!(insecure.parse::<Endpoint>(), Err(EndpointError::Insecure), "{insecure}");
        }
        for bad in [
            "",
            "api.box.com",
            "/oauth2/token",
            "ftp://localhost/",
            "https://",
            "file:///etc/passwd",
            "http://localhost@example.com/",
        ] {
            assert_eq!(bad.parse::<Endpoint>(), Err(EndpointError::Invalid), "{bad}");
        }
    }
}
