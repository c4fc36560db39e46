use super::{Form, parse_query};

/// Where users log in and grant access.
pub const DEFAULT_AUTHORIZE_URL: &str = "https://account.box.com/api/oauth2/authorize";

/// The path of the redirect address that envtool listens on by default.
pub const REDIRECT_PATH: &str = "/callback";

/// One attempt to log in.
#[derive(Clone, Debug)]
pub struct Authorization<'a> {
    /// The page to log in on.
    pub url: &'a str,
    /// The application that asks for access.
    pub client_id: &'a str,
    /// Where Box sends the browser afterwards, exactly as registered with Box.
    pub redirect_uri: &'a str,
    /// A random text that Box sends back unchanged, so that no other answer is mistaken for this one's.
    pub state: &'a str,
}

/// Why a login brought no code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// The answer belongs to another attempt, or is forged.
    #[error("the answer belongs to another login (its `state` differs); run `envtool login` again")]
    WrongState,
    /// The answer does not say which attempt it belongs to.
    #[error("the address has no `state`; copy the whole address that the browser was sent to")]
    NoState,
    /// The user denied access.
    #[error("access was denied in the browser, so there are no tokens")]
    Denied,
    /// Box denied access.
    #[error(
        "Box did not grant access (`{0}`); check the redirect address and the app in Box's developer console"
    )]
    Refused(String),
    /// The browser never came back.
    #[error(
        "the browser did not come back within five minutes; if Box showed an error there, check `client_id` and the redirect \
         address, else run `envtool login` again, or with `--paste`"
    )]
    Nobody,
    /// The answer contains no code.
    #[error("the address has no code; copy the whole address that the browser was sent to")]
    NoCode,
}

impl Authorization<'_> {
    /// The address to open in a browser.
    #[must_use]
    pub fn address(&self) -> String {
        let fields = Form::new([
            ("response_type", "code".to_owned()),
            ("client_id", self.client_id.to_owned()),
            ("redirect_uri", self.redirect_uri.to_owned()),
            ("state", self.state.to_owned()),
        ]);
        let joint = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.url, fields.encode())
    }

    /// Reads the code in the query that Box sends the browser back with.
    ///
    /// # Errors
    /// [`CallbackError`]; the state is checked first.
    pub fn code(&self, query: &str) -> Result<String, CallbackError> {
        let fields = parse_query(query);
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match field("state") {
            None => return Err(CallbackError::NoState),
            Some(state) if state != self.state => return Err(CallbackError::WrongState),
            Some(_) => {}
        }
        match (field("error"), field("code")) {
            (Some("access_denied"), _) => Err(CallbackError::Denied),
            (Some(error), _) => {
                let plain = error.chars().filter(|c| c.is_ascii_graphic()).take(40).collect();
                Err(CallbackError::Refused(plain))
            }
            (None, Some(code)) if !code.is_empty() => Ok(code.to_owned()),
            _ => Err(CallbackError::NoCode),
        }
    }

    /// Reads the code in pasted text: the whole address, or the code alone.
    ///
    /// # Errors
    /// [`CallbackError`].
    pub fn pasted_code(&self, text: &str) -> Result<String, CallbackError> {
        let text = text.trim();
        let without_fragment = text.split('#').next().unwrap_or_default();
        match without_fragment.split_once('?') {
            Some((_, query)) => self.code(query),
            None if text.contains("code=") => self.code(text),
            None if text.is_empty() || text.contains("://") || text.contains(char::is_whitespace) => {
                Err(CallbackError::NoCode)
            }
            None => Ok(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGIN: Authorization<'_> = Authorization {
        url: DEFAULT_AUTHORIZE_URL,
        client_id: "id",
        redirect_uri: "http://localhost:3000/callback",
        state: "s1",
    };

    #[test]
    fn the_address_contains_every_field() {
        assert_eq!(
            LOGIN.address(),
            "https://account.box.com/api/oauth2/authorize?response_type=code&client_id=id\
             &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&state=s1"
        );
    }

    #[test]
    fn a_code_needs_the_right_state() {
        for (text, code) in [
            ("http://localhost:3000/callback?code=abc&state=s1", Ok("abc")),
            ("https://example.com/x?state=s1&code=a%2Fb#top", Ok("a/b")),
            ("?code=abc&state=s1", Ok("abc")),
            ("code=abc&state=s1", Ok("abc")),
            (" abc\n", Ok("abc")),
            ("http://localhost:3000/callback?code=abc&state=s2", Err(CallbackError::WrongState)),
            ("http://localhost:3000/callback?code=abc", Err(CallbackError::NoState)),
            ("?error=access_denied&state=s1", Err(CallbackError::Denied)),
            ("?error=invalid_scope&state=s1", Err(CallbackError::Refused("invalid_scope".to_owned()))),
            ("?error=access_denied", Err(CallbackError::NoState)),
            ("?state=s1", Err(CallbackError::NoCode)),
            ("http://localhost:3000/callback", Err(CallbackError::NoCode)),
            ("two words", Err(CallbackError::NoCode)),
            ("", Err(CallbackError::NoCode)),
        ] {
            assert_eq!(LOGIN.pasted_code(text), code.map(str::to_owned), "{text}");
        }
    }
}
