//! A stand-in for Box on this machine: issues, rotates and revokes tokens, says whose they are, and fails in every way
//! that a server can.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;

use super::PATIENCE;

/// The access token in the fixtures, which has expired.
pub(crate) const FIRST_ACCESS: &str = "ExampleAccessTokenNotReal0000001";
/// The refresh token in the fixtures, the first one that the server accepts.
pub(crate) const FIRST_REFRESH: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000001";
/// The only valid authorization code.
pub(crate) const CODE: &str = "ExampleCodeNotReal00000000000001";

/// How the server behaves.
#[derive(Clone, Debug)]
pub(crate) enum Behavior {
    /// Like Box.
    Good,
    /// Answers with this status, these additional header lines and this body.
    Says(u16, &'static str, String),
    /// Like Box for this many requests, then with status 503.
    Until(usize),
    /// Like Box, but the answer ends after this many bytes.
    CutOff(usize),
    /// Takes the request, and never answers.
    Silent,
    /// Like Box, but answers only once [`BoxServer::release`] is called.
    Held,
    /// Answers with something that is not HTTP.
    Noise,
}

struct State {
    behavior: Behavior,
    refresh: String,
    access: String,
    issued: u32,
    requests: Vec<(String, String)>,
    released: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    over: AtomicBool,
}

pub(crate) struct BoxServer {
    port: u16,
    shared: Arc<Shared>,
}

impl BoxServer {
    pub(crate) fn start(behavior: Behavior) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State {
            behavior,
            refresh: FIRST_REFRESH.to_owned(),
            access: String::new(),
            issued: 1,
            requests: Vec::new(),
            released: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
            over: AtomicBool::new(false),
        });
        let accepting = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                if accepting.over.load(Ordering::SeqCst) {
                    break;
                }
                let shared = accepting.clone();
                thread::spawn(move || shared.serve(stream, port));
            }
        });
        Self { port, shared }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The option `--token-url` with its value.
    pub(crate) fn token_url_option(&self) -> String {
        format!("--token-url {}", self.url("/oauth2/token"))
    }

    pub(crate) fn behave(&self, behavior: Behavior) {
        self.shared.lock().behavior = behavior;
    }

    /// The bodies of the requests received for `path`.
    pub(crate) fn requests(&self, path: &str) -> Vec<String> {
        let state = self.shared.lock();
        state.requests.iter().filter(|(asked, _)| asked == path).map(|(_, body)| body.clone()).collect()
    }

    /// The access token and the refresh token that are valid now.
    pub(crate) fn pair(&self) -> (String, String) {
        let state = self.shared.lock();
        (state.access.clone(), state.refresh.clone())
    }

    /// The text of a fixture after a refresh at `program::NOW`: with the tokens that are valid now, and their expiry.
    pub(crate) fn with_new_tokens(&self, fixture: &str) -> String {
        let (access, refresh) = self.pair();
        fixture
            .replace(FIRST_ACCESS, &access)
            .replace(FIRST_REFRESH, &refresh)
            .replace("1795172400000", "1795177846000")
    }

    /// Waits until `count` requests have arrived, and fails if they do not.
    pub(crate) fn wait_for_requests(&self, count: usize) {
        let (state, changed) = (self.shared.lock(), &self.shared.changed);
        let waited = changed.wait_timeout_while(state, PATIENCE, |state| state.requests.len() < count);
        // The lock is released before this can fail.
        let is_late = waited.unwrap().1.timed_out();
        assert!(!is_late, "request {count} never arrived");
    }

    /// Sends the answers that were held back.
    pub(crate) fn release(&self) {
        self.shared.lock().released = true;
        self.shared.changed.notify_all();
    }
}

impl Drop for BoxServer {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        self.release();
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn serve(&self, mut stream: TcpStream, port: u16) {
        let Some((head, body)) = request(&mut stream) else { return };
        let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let path = target.split('?').next().unwrap_or_default().to_owned();
        let mut state = self.lock();
        state.requests.push((path.clone(), body.clone()));
        self.changed.notify_all();
        let behavior = if path == "/authorize" { Behavior::Good } else { state.behavior.clone() };
        let answer = match behavior {
            Behavior::Says(status, headers, body) => answer(status, headers, &body),
            Behavior::Until(count) if state.requests.len() > count => answer(503, "", ""),
            _ => match path.as_str() {
                "/oauth2/token" => state.token(&body),
                "/oauth2/revoke" => state.revoke(&body),
                "/2.0/users/me" => state.user(&head),
                "/authorize" => authorize(&target, port),
                _ => answer(404, "", "{}"),
            },
        };
        let answer = match state.behavior {
            Behavior::CutOff(length) => answer[..length.min(answer.len())].to_owned(),
            Behavior::Noise => "ICY 200 OK; this is not HTTP\n\n".to_owned(),
            _ => answer,
        };
        if matches!(state.behavior, Behavior::Held | Behavior::Silent) {
            let silent = matches!(state.behavior, Behavior::Silent);
            let held = |state: &mut State| !state.released;
            drop(self.changed.wait_while(state, held).unwrap());
            if silent {
                return;
            }
        } else {
            drop(state);
        }
        let _ = stream.write_all(answer.as_bytes());
    }
}

impl State {
    fn token(&mut self, body: &str) -> String {
        let field = |name: &str| field(body, name);
        if field("client_secret").as_deref() != Some("ExampleClientSecretNotReal000001") {
            return error("invalid_client", "The client credentials are invalid");
        }
        let with_refresh = match field("grant_type").as_deref() {
            Some("refresh_token") if field("refresh_token").as_deref() != Some(self.refresh.as_str()) => {
                return error("invalid_grant", "Invalid refresh token");
            }
            Some("authorization_code") if field("code").as_deref() != Some(CODE) => {
                return error("invalid_grant", "Auth code doesn't exist or is invalid for the client");
            }
            Some("refresh_token" | "authorization_code") => true,
            Some("client_credentials" | "urn:ietf:params:oauth:grant-type:jwt-bearer") => false,
            _ => return error("invalid_request", "Invalid grant_type parameter or parameter missing"),
        };
        self.issued += 1;
        self.access = format!("ExampleAccessTokenNotReal{:07}", self.issued);
        if !with_refresh {
            let body = r#","expires_in":4123,"restricted_to":[],"token_type":"bearer"}"#;
            return answer(200, "", &format!(r#"{{"access_token":"{}"{body}"#, self.access));
        }
        self.refresh = format!("ExampleRefreshTokenNotRealButOfTheRightLength{:019}", self.issued);
        let (access, refresh) = (&self.access, &self.refresh);
        let body = format!(
            r#"{{"access_token":"{access}","expires_in":3646,"restricted_to":[],"refresh_token":"{refresh}","token_type":"bearer"}}"#
        );
        answer(200, "", &body)
    }

    fn revoke(&mut self, body: &str) -> String {
        let token = field(body, "token").unwrap_or_default();
        if token.is_empty() || (token != self.refresh && token != self.access) {
            return answer(400, "", r#"{"error":"invalid_token"}"#);
        }
        (self.refresh, self.access) = (String::new(), String::new());
        answer(200, "", "")
    }

    fn user(&self, head: &str) -> String {
        if self.access.is_empty() || !head.contains(&format!("Bearer {}\r\n", self.access)) {
            return answer(
                401,
                "WWW-Authenticate: Bearer realm=\"Service\", error=\"invalid_token\"\r\n",
                "",
            );
        }
        answer(
            200,
            "",
            r#"{"type":"user","id":"22240405099","name":"Kim Example","login":"kim@example.com"}"#,
        )
    }
}

fn error(error: &str, description: &str) -> String {
    answer(400, "", &format!(r#"{{"error":"{error}","error_description":"{description}"}}"#))
}

fn answer(status: u16, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Status\r\n{headers}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// The page that asks whether to grant access, with a link for each answer.
fn authorize(target: &str, port: u16) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let redirect = field(query, "redirect_uri").unwrap_or_default();
    let state = field(query, "state").unwrap_or_default();
    let page = format!(
        "<!doctype html><title>Box of {port}</title><a id=grant href=\"{redirect}?code={CODE}&amp;state={state}\">Grant</a> \
         <a id=deny href=\"{redirect}?error=access_denied&amp;state={state}\">Deny</a>"
    );
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    )
}

/// The decoded value of the field `name` of a form.
pub(crate) fn field(form: &str, name: &str) -> Option<String> {
    envtool::oauth::parse_query(form).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = format!("{head}\r\n");
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                return Some((head, body.to_owned()));
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
        }
    }
}
