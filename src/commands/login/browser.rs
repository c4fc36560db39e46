//! The login in a browser: waits for it to come back from Box.

use std::io;
use std::time::{Duration, Instant};

use super::pages::{DONE, FAILED, NOT_GRANTED, STRANGER};
use crate::net::{Callback, CallbackListener};
use crate::oauth::{Authorization, CallbackError};

/// How long to wait for the browser.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// A browser that has come back with the code of this login and is waiting for the result.
pub(super) struct Returned {
    pub(super) code: String,
    callback: Callback,
    listener: CallbackListener,
}

impl Returned {
    /// Waits for the browser to come back from `authorization`, for a while or until that `is_hopeless`.
    ///
    /// # Errors
    /// The outer one as the system says; the inner one says why there is no code.
    pub(super) fn wait(
        mut listener: CallbackListener,
        authorization: &Authorization<'_>,
        mut is_hopeless: impl FnMut() -> bool,
    ) -> io::Result<Result<Self, CallbackError>> {
        let deadline = Instant::now() + PATIENCE;
        let is_over = || Instant::now() >= deadline || is_hopeless();
        let come = wait(&mut listener, authorization, is_over)?;
        Ok(come.map(|(callback, code)| Self { code, callback, listener }))
    }

    /// Shows the result to the user, and turns away requests that come too late.
    pub(super) fn end(self, well: bool) {
        self.callback.answer(if well { DONE } else { FAILED });
        self.listener.close();
    }
}

/// Waits until `is_over` for the browser with the code of this login.
fn wait(
    listener: &mut CallbackListener,
    authorization: &Authorization<'_>,
    mut is_over: impl FnMut() -> bool,
) -> io::Result<Result<(Callback, String), CallbackError>> {
    while let Some(callback) = listener.wait(&mut is_over)? {
        match authorization.code(&callback.query) {
            Ok(code) => return Ok(Ok((callback, code))),
            // This was another request; the right one may still come.
            Err(CallbackError::WrongState | CallbackError::NoState | CallbackError::NoCode) => {
                callback.answer(STRANGER)
            }
            Err(error) => {
                callback.answer(NOT_GRANTED);
                return Ok(Err(error));
            }
        }
    }
    Ok(Err(CallbackError::Nobody))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, Shutdown, TcpStream};

    use super::*;
    use crate::oauth::{DEFAULT_AUTHORIZE_URL, REDIRECT_PATH};

    #[test]
    fn the_wait_ends_when_it_is_over_despite_other_requests() {
        let mut listener = CallbackListener::bind(0, REDIRECT_PATH).expect("a port");
        let port = listener.port().expect("a port");
        let authorization =
            Authorization { url: DEFAULT_AUTHORIZE_URL, client_id: "", redirect_uri: "", state: "ours" };
        let mut ends = || match wait(&mut listener, &authorization, || true).expect("no error") {
            Ok((_, code)) => panic!("{code} came from nobody"),
            Err(error) => error,
        };
        assert_eq!(ends(), CallbackError::Nobody);
        let mut stranger = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a listener");
        stranger.write_all(b"GET /callback?code=Other&state=theirs HTTP/1.1\r\n\r\n").expect("sent");
        stranger.shutdown(Shutdown::Write).expect("sent");
        // Any of these waits may be the one that gets the request.
        stranger.set_nonblocking(true).expect("set");
        while stranger.peek(&mut [0]).is_err() {
            assert_eq!(ends(), CallbackError::Nobody);
        }
        stranger.set_nonblocking(false).expect("set");
        let mut answer = String::new();
        stranger.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains(STRANGER.title), "{answer}");
    }
}
