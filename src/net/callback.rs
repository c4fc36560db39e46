use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(15);
const PATIENCE: Duration = Duration::from_secs(5);
const MAX_REQUEST: usize = 16 * 1024;

/// Listens on this machine alone for the browser that comes back from Box.
#[derive(Debug)]
pub struct CallbackListener {
    listeners: Vec<TcpListener>,
    path: String,
}

/// A browser that has come back and waits for a page.
#[derive(Debug)]
pub struct Callback {
    stream: TcpStream,
    /// The query that it brings.
    pub query: String,
}

/// A page for the person in front of the browser. Never shows anything of the request.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// The status of the answer.
    pub status: &'static str,
    /// What has happened.
    pub title: &'p str,
    /// What to do now.
    pub text: &'p str,
}

impl CallbackListener {
    /// Listens on `port` for requests of `path`. Browsers take `localhost` for either kind of address, so both are
    /// listened on where both exist. With port 0 the system chooses one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn bind(port: u16, path: &str) -> io::Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = first.local_addr()?.port();
        let second = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
            // Someone else would get half of the callbacks.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            second => second.ok(),
        };
        let listeners: Vec<_> = [first].into_iter().chain(second).collect();
        for listener in &listeners {
            listener.set_nonblocking(true)?;
        }
        Ok(Self { listeners, path: path.to_owned() })
    }

    /// The port it listens on.
    ///
    /// # Errors
    /// As the system says.
    pub fn port(&self) -> io::Result<u16> {
        self.listeners.first().map_or(Ok(0), |listener| listener.local_addr().map(|address| address.port()))
    }

    /// Waits for a browser until `deadline`; none when it has passed. Requests of other paths, such as that for an icon,
    /// are turned away.
    ///
    /// # Errors
    /// As the system says.
    pub fn wait(&self, deadline: Instant) -> io::Result<Option<Callback>> {
        loop {
            if let Some(callback) = self.accept()? {
                return Ok(Some(callback));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Turns away whoever comes late, and stops listening.
    pub fn close(self) {
        while let Ok(Some(late)) = self.accept() {
            late.answer(Page {
                status: "409 Conflict",
                title: "This login is over",
                text: "An answer has come already. Return to the terminal.",
            });
        }
    }

    /// The next browser that has come with a request of the path.
    fn accept(&self) -> io::Result<Option<Callback>> {
        for listener in &self.listeners {
            let (stream, from): (TcpStream, SocketAddr) = match listener.accept() {
                Ok(accepted) => accepted,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) => return Err(error),
            };
            // A browser that goes away again is no reason to stop waiting.
            let Ok(Some(target)) = request_target(&stream) else { continue };
            let (path, query) = target.split_once('?').unwrap_or((&target, ""));
            let callback = Callback { stream, query: query.to_owned() };
            if from.ip().is_loopback() && path == self.path {
                return Ok(Some(callback));
            }
            callback.answer(Page { status: "404 Not Found", title: "Nothing here", text: "" });
        }
        Ok(None)
    }
}

impl Callback {
    /// Shows the person `page`. A browser that is gone does not matter.
    pub fn answer(mut self, page: Page<'_>) {
        let body = page.html();
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n",
            page.status,
            body.len()
        );
        let _ = self.stream.write_all(head.as_bytes()).and_then(|()| self.stream.write_all(body.as_bytes()));
        let _ = self.stream.flush();
        let _ = self.stream.shutdown(std::net::Shutdown::Write);
        // Until the browser has closed its side, so that the answer is not cut off by a reset.
        let _ = self.stream.read(&mut [0; 512]);
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

/// The target of the request in `stream`; none when it is no GET.
fn request_target(mut stream: &TcpStream) -> io::Result<Option<String>> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (mut request, mut piece) = (Vec::new(), [0; 2048]);
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece)? {
            0 => return Ok(None),
            _ if request.len() > MAX_REQUEST => return Ok(None),
            length => request.extend_from_slice(&piece[..length]),
        }
    }
    let text = String::from_utf8_lossy(&request);
    let mut words = text.lines().next().unwrap_or_default().split(' ');
    Ok(match (words.next(), words.next()) {
        (Some("GET"), Some(target)) => Some(target.to_owned()),
        _ => None,
    })
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
        let listener = CallbackListener::bind(0, "/callback").expect("a port");
        let port = listener.port().expect("a port");
        let icon = ask(port, "/favicon.ico");
        let deadline = Instant::now() + Duration::from_secs(60);
        let right = std::thread::spawn(move || {
            let icon = icon.join().expect("an answer");
            (icon, ask(port, "/callback?code=TheCode&state=s").join().expect("an answer"))
        });
        let callback = listener.wait(deadline).expect("no error").expect("a callback");
        assert_eq!(callback.query, "code=TheCode&state=s");
        let late = ask(port, "/callback?code=Other");
        callback.answer(Page { status: "200 OK", title: "Done", text: "Go back." });
        let (icon, page) = right.join().expect("answers");
        assert!(icon.starts_with("HTTP/1.1 404 "), "{icon}");
        assert!(
            page.starts_with("HTTP/1.1 200 OK") && page.contains("Go back.") && !page.contains("TheCode"),
            "{page}"
        );
        let refused = listener.wait(deadline).expect("no error").expect("the late one");
        refused.answer(Page { status: "409 Conflict", title: "", text: "" });
        assert!(late.join().expect("an answer").starts_with("HTTP/1.1 409 "));
        assert!(listener.wait(Instant::now()).expect("no error").is_none());
        listener.close();
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }
}
