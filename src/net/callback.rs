use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::time::Duration;

/// How long to wait between two looks for a connection.
const PAUSE: Duration = Duration::from_millis(15);
/// How long a browser may take to receive its page.
const PATIENCE: Duration = Duration::from_secs(5);
/// More than any browser sends.
const MAX_REQUEST: usize = 16 * 1024;

/// Listens, on the loopback addresses only, for the browser that comes back from Box.
#[derive(Debug)]
pub struct CallbackListener {
    listeners: Vec<TcpListener>,
    path: String,
    /// Connections whose request is not complete yet. Browsers also open some that they never use.
    open: Vec<Connection>,
}

#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
}

/// A browser that has come back and is waiting for a page.
#[derive(Debug)]
pub struct Callback {
    stream: TcpStream,
    /// The query of its request.
    pub query: String,
}

/// A page for the person in front of the browser. It never shows any part of the request.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// The status line, such as `200 OK`.
    pub status: &'static str,
    /// What happened.
    pub title: &'p str,
    /// What to do next.
    pub text: &'p str,
}

impl CallbackListener {
    /// Listens on `port` for requests for `path`. Browsers resolve `localhost` to IPv4 or IPv6, so it listens on both
    /// where both exist. With port 0 the system chooses one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn bind(port: u16, path: &str) -> io::Result<Self> {
        let listeners = listeners(port)?;
        for listener in &listeners {
            listener.set_nonblocking(true)?;
        }
        Ok(Self { listeners, path: path.to_owned(), open: Vec::new() })
    }

    /// The port it listens on.
    ///
    /// # Errors
    /// As the system says.
    pub fn port(&self) -> io::Result<u16> {
        self.listeners.first().map_or(Ok(0), |listener| listener.local_addr().map(|address| address.port()))
    }

    /// Waits for a browser until `is_over`; none if it is. Requests for other paths, such as an icon, are answered with
    /// 404.
    ///
    /// # Errors
    /// As the system says.
    pub fn wait(&mut self, mut is_over: impl FnMut() -> bool) -> io::Result<Option<Callback>> {
        loop {
            if let Some(callback) = self.accept()? {
                return Ok(Some(callback));
            }
            if is_over() {
                return Ok(None);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Turns away requests that came too late, and stops listening.
    pub fn close(mut self) {
        while let Ok(Some(late)) = self.accept() {
            late.answer(Page {
                status: "409 Conflict",
                title: "This login is over",
                text: "An answer has come already. Return to the terminal.",
            });
        }
    }

    /// The next browser that has sent a request for the path.
    fn accept(&mut self) -> io::Result<Option<Callback>> {
        use io::ErrorKind::{ConnectionAborted, ConnectionReset, WouldBlock};

        for listener in &self.listeners {
            match listener.accept() {
                Ok((stream, from)) if from.ip().is_loopback() => {
                    stream.set_nonblocking(true)?;
                    self.open.push(Connection { stream, request: Vec::new() });
                }
                Ok(_) => {}
                // There is no connection, or it was closed before we got to it.
                Err(error) if matches!(error.kind(), WouldBlock | ConnectionAborted | ConnectionReset) => {}
                Err(error) => return Err(error),
            }
        }
        let mut at = 0;
        while let Some(connection) = self.open.get_mut(at) {
            let target = match connection.target() {
                Ok(None) => {
                    at += 1;
                    continue;
                }
                Ok(Some(target)) => target,
                // A browser that closes its connection is no reason to stop waiting.
                Err(_) => {
                    self.open.remove(at);
                    continue;
                }
            };
            let (path, query) = target.split_once('?').unwrap_or((&target, ""));
            let callback = Callback { stream: self.open.remove(at).stream, query: query.to_owned() };
            if path == self.path {
                return Ok(Some(callback));
            }
            callback.answer(Page { status: "404 Not Found", title: "Nothing here", text: "" });
        }
        Ok(None)
    }
}

/// Listeners on `port` for IPv4 and, where it exists, IPv6.
fn listeners(port: u16) -> io::Result<Vec<TcpListener>> {
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    match TcpListener::bind((Ipv6Addr::LOCALHOST, first.local_addr()?.port())) {
        Ok(second) => Ok(vec![first, second]),
        // A port that is free on IPv4 may be taken on IPv6: try another one.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && port == 0 => listeners(port),
        // Another program listens on IPv6 and might get the callback.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        Err(_) => Ok(vec![first]),
    }
}

impl Connection {
    /// The target of the request, once it is complete.
    ///
    /// # Errors
    /// It is not a GET, or the connection was closed.
    fn target(&mut self) -> io::Result<Option<String>> {
        let mut piece = [0; 2048];
        while !self.request.windows(4).any(|end| end == b"\r\n\r\n") {
            match self.stream.read(&mut piece) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) if self.request.len() > MAX_REQUEST => return Err(io::ErrorKind::InvalidData.into()),
                Ok(length) => self.request.extend_from_slice(&piece[..length]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        let text = String::from_utf8_lossy(&self.request);
        let mut words = text.lines().next().unwrap_or_default().split(' ');
        match (words.next(), words.next()) {
            (Some("GET"), Some(target)) => Ok(Some(target.to_owned())),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

impl Callback {
    /// Shows `page`. If the browser has gone away, that does not matter.
    pub fn answer(mut self, page: Page<'_>) {
        let body = page.html();
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n",
            page.status,
            body.len()
        );
        let _ = self.send(head + &body);
    }

    fn send(&mut self, answer: String) -> io::Result<()> {
        self.stream.set_nonblocking(false)?;
        self.stream.set_read_timeout(Some(PATIENCE))?;
        self.stream.set_write_timeout(Some(PATIENCE))?;
        self.stream.write_all(answer.as_bytes())?;
        self.stream.shutdown(Shutdown::Write)?;
        // Wait until the browser has closed its side, so that no reset cuts off the answer.
        self.stream.read(&mut [0; 512]).map(drop)
    }
}

impl Page<'_> {
    fn html(self) -> String {
        let (title, text) = (self.title, self.text);
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText;
  font: 1.125rem/1.5 system-ui, sans-serif; }}
main {{ max-width: 32rem; padding: 2rem; text-align: center; }}
h1 {{ margin: 0 0 .5rem; font-size: 1.75rem; }}
p {{ margin: 0; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"#
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(port: u16, target: &str) -> std::thread::JoinHandle<String> {
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        std::thread::spawn(move || {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a listener");
            stream.write_all(request.as_bytes()).expect("sent");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            answer
        })
    }

    #[test]
    fn a_callback_is_taken_other_requests_are_turned_away_and_late_ones_refused() {
        let mut listener = CallbackListener::bind(0, "/callback").expect("a port");
        let port = listener.port().expect("a port");
        let unused = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a listener");
        let icon = ask(port, "/favicon.ico");
        let right = std::thread::spawn(move || {
            let icon = icon.join().expect("an answer");
            (icon, ask(port, "/callback?code=TheCode&state=s").join().expect("an answer"))
        });
        let callback = listener.wait(|| false).expect("no error").expect("a callback");
        assert_eq!(callback.query, "code=TheCode&state=s");
        let late = ask(port, "/callback?code=Other");
        callback.answer(Page { status: "200 OK", title: "Done", text: "Go back." });
        let (icon, page) = right.join().expect("answers");
        assert!(icon.starts_with("HTTP/1.1 404 "), "{icon}");
        assert!(
            page.starts_with("HTTP/1.1 200 OK") && page.contains("Go back.") && !page.contains("TheCode"),
            "{page}"
        );
        let refused = listener.wait(|| false).expect("no error").expect("the late one");
        refused.answer(Page { status: "409 Conflict", title: "", text: "" });
        assert!(late.join().expect("an answer").starts_with("HTTP/1.1 409 "));
        assert!(listener.wait(|| true).expect("no error").is_none());
        drop(unused);
        listener.close();
    }
}
