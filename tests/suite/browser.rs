//! `login` from end to end: in a real browser, headless Chromium driven over WebDriver, against a stand-in for Box.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use serde_json::{Value, json};

use crate::support::box_server::{Behavior, BoxServer, CODE};
use crate::support::program::{Place, Run, address_in};
use crate::support::{skipped, wait_for};

/// A browser under WebDriver.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// `None`, with the test reported as skipped, if there is no Chromium or it does not start.
    fn start() -> Option<Self> {
        let driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut driver) = driver else {
            skipped("chromedriver");
            return None;
        };
        let lines = BufReader::new(driver.stdout.as_mut().unwrap()).lines().map_while(Result::ok);
        let port = lines
            .filter_map(|line| Some(line.split_once("started successfully on port ")?.1.to_owned()))
            .find_map(|port| port.trim_end_matches('.').parse().ok());
        let profile = tempfile::tempdir().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let mut browser = Self { driver, port: port.unwrap_or(0), session: String::new(), _profile: profile };
        // Containers have no sandbox and little shared memory.
        let arguments = json!([
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--window-size=900,600",
            folder
        ]);
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}});
        let made = if port.is_some() { browser.call("POST", "/session", &wanted) } else { Value::Null };
        let Some(session) = made["sessionId"].as_str() else {
            skipped(&format!("a Chromium that starts: {made}"));
            return None;
        };
        browser.session = session.to_owned();
        Some(browser)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
        let (mut answer, mut piece) = (Vec::new(), [0; 65536]);
        loop {
            let text = String::from_utf8_lossy(&answer).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head
                    .to_ascii_lowercase()
                    .split("content-length:")
                    .nth(1)
                    .map(|rest| rest.lines().next().unwrap().trim().parse::<usize>().unwrap());
                if body.len() >= length.unwrap() {
                    return serde_json::from_str::<Value>(body).unwrap()["value"].take();
                }
            }
            let length = stream.read(&mut piece).unwrap();
            assert!(length > 0, "the driver went away: {text}");
            answer.extend_from_slice(&piece[..length]);
        }
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Waits for the page after Box's. Returns its title.
    fn next_title(&self) -> String {
        wait_for("the next page", || {
            let title = self.command("GET", "/title", &Value::Null);
            let title = title.as_str().filter(|title| !title.is_empty() && !title.starts_with("Box of "));
            title.map(str::to_owned)
        })
    }

    fn click(&self, id: &str) {
        let found =
            self.command("POST", "/element", &json!({"using": "css selector", "value": format!("#{id}")}));
        let element = found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        let clicked = self.command("POST", &format!("/element/{element}/click"), &json!({}));
        assert!(clicked.is_null(), "{clicked}");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            self.command("DELETE", "", &json!({}));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[test]
fn a_person_logs_in_with_a_real_browser() {
    let Some(browser) = Browser::start() else { return };
    let (place, server) = (Place::with(&["Box.postman_environment.json"]), BoxServer::start(Behavior::Good));
    let words =
        format!("login --port 0 --authorize-url {} {}", server.url("/authorize"), server.token_url_option());
    let mut login = place.command(&words).env("BROWSER", "true").spawn().unwrap();
    let address = address_in(&mut login);
    browser.command("POST", "/url", &json!({"url": address}));
    browser.click("grant");
    assert_eq!(browser.next_title(), "You are logged in");
    let page = browser.command("GET", "/source", &Value::Null);
    let page = page.as_str().unwrap();
    assert!(page.contains("return to the terminal") && !page.contains(CODE), "{page}");
    let screenshot = browser.command("GET", "/screenshot", &Value::Null);
    let bytes = base64::engine::general_purpose::STANDARD.decode(screenshot.as_str().unwrap()).unwrap();
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("login.png"), bytes).unwrap();
    let run: Run = login.wait_with_output().unwrap().into();
    assert_eq!((run.code, run.out.contains("logged in")), (0, true), "{run:?}");
    assert!(place.read("Box.postman_environment.json").contains(&server.pair().1));
}
