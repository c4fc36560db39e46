use std::io::{ErrorKind, Read as _};
use std::sync::Arc;
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error, Proxy, Timeout, http};

use super::lookup::Lookup;
use super::{Endpoint, Route};
use crate::oauth::Reply;

/// The longest answer that is read, in bytes; those of Box's token endpoint are far shorter.
const MAX_BODY: u64 = 1 << 20;

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
#[error("{cause}{}", if *.maybe_sent { "; it is not known whether Box received the request" } else { "" })]
pub struct NetError {
    cause: String,
    /// Whether the server may have acted on the request anyway.
    pub maybe_sent: bool,
}

/// Sends `form` to `endpoint` once. Each step may take up to `timeout`. Redirects are not followed.
///
/// # Errors
/// No answer began in time.
pub fn post(endpoint: &Endpoint, form: &str, timeout: Duration) -> Result<Reply, NetError> {
    let request = agent(endpoint, timeout)?.post(endpoint.as_str());
    let request = request.content_type("application/x-www-form-urlencoded");
    let response = request.send(form).map_err(|error| explain(error, endpoint))?;
    Ok(read(response, endpoint))
}

/// Sends a GET with an access token to `endpoint`. Each step may take up to `timeout`.
///
/// # Errors
/// No answer began in time.
pub fn get(endpoint: &Endpoint, token: &str, timeout: Duration) -> Result<Reply, NetError> {
    let request = agent(endpoint, timeout)?.get(endpoint.as_str());
    let response = request.header("Authorization", format!("Bearer {token}")).call();
    // A GET changes nothing, so it does not matter whether it arrived.
    let response = response.map_err(|error| NetError { maybe_sent: false, ..explain(error, endpoint) })?;
    Ok(read(response, endpoint))
}

fn agent(endpoint: &Endpoint, timeout: Duration) -> Result<Agent, NetError> {
    // Going past a proxy that cannot be used might be just what its user wants to prevent.
    if let Route::Unusable(variables) = Route::to(endpoint) {
        let variables = variables.join(", ");
        let cause = format!(
            "nothing was sent: {variables} does not name an HTTP proxy; set it to an address like http://proxy:8080, unset it, or \
             name {} in NO_PROXY",
            endpoint.host()
        );
        return Err(NetError { cause, maybe_sent: false });
    }
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // No proxy is needed to reach this machine.
        .proxy(if endpoint.is_loopback() { None } else { Proxy::try_from_env() })
        .user_agent(concat!("envtool/", env!("CARGO_PKG_VERSION")))
        .accept("application/json")
        // Without this header a server may compress its answer, says RFC 9110, section 12.5.3.
        .accept_encoding("identity")
        .timeout_resolve(Some(timeout))
        .timeout_connect(Some(timeout))
        .timeout_send_request(Some(timeout))
        .timeout_send_body(Some(timeout))
        .timeout_recv_response(Some(timeout))
        .timeout_recv_body(Some(timeout))
        .tls_config(tls)
        .build();
    Ok(Agent::with_parts(config, DefaultConnector::default(), Lookup))
}

/// Reads the answer of `endpoint`, as far as it comes.
fn read(mut response: http::Response<ureq::Body>, endpoint: &Endpoint) -> Reply {
    let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
    let (retry_after, date) = (header("retry-after"), header("date"));
    let mut body = Vec::new();
    let whole = response.body_mut().with_config().limit(MAX_BODY).reader().read_to_end(&mut body);
    let cut_off = whole.err().map(|error| explain(error.into(), endpoint).cause);
    Reply { status: response.status().as_u16(), retry_after, date, body, cut_off }
}

fn explain(error: Error, endpoint: &Endpoint) -> NetError {
    // Only the host: the rest of the address may be confidential.
    let host = endpoint.host();
    let (cause, maybe_sent) = match error {
        Error::HostNotFound => (format!("there is no host {host}; check the network and the address"), false),
        Error::ConnectionFailed => {
            (format!("no connection to {host}; check the network and the proxy"), false)
        }
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            (format!("{host} does not answer; check the network and the proxy"), false)
        }
        Error::Timeout(_) => (format!("{host} did not answer in time; try again later"), true),
        Error::InvalidProxyUrl => {
            ("the proxy in the environment is no address; check HTTPS_PROXY".to_owned(), false)
        }
        Error::ConnectProxyFailed(_) => {
            ("the proxy does not let the connection through; check HTTPS_PROXY".to_owned(), false)
        }
        Error::Tls(_) | Error::Rustls(_) => (
            format!(
                "the TLS connection to {host} cannot be trusted; check the clock, the system's certificates and any proxy"
            ),
            false,
        ),
        Error::Io(error) if is_before_connection(&error) => (
            format!("no connection to {host} ({error}); check the address, the network and the proxy"),
            false,
        ),
        Error::Io(error) if is_tls(&error) => (
            format!(
                "the TLS connection to {host} cannot be trusted ({error}); check the clock, the system's certificates and any proxy"
            ),
            false,
        ),
        Error::Io(error) => (format!("the connection to {host} broke ({error}); try again later"), true),
        Error::BodyExceedsLimit(_) => {
            (format!("the answer of {host} is far too long; check the address"), true)
        }
        _ => (format!("what {host} answers is not HTTP; check the address"), true),
    };
    NetError { cause, maybe_sent }
}

/// Whether the error means that no connection was made, so that nothing can have been sent.
fn is_before_connection(error: &std::io::Error) -> bool {
    let kinds = [
        ErrorKind::ConnectionRefused,
        ErrorKind::HostUnreachable,
        ErrorKind::NetworkUnreachable,
        ErrorKind::NetworkDown,
        ErrorKind::AddrNotAvailable,
    ];
    // The standard library has no error kind for a failed name lookup, but always words it like this.
    kinds.contains(&error.kind()) || error.to_string().starts_with("failed to lookup address information")
}

/// Failed handshakes come wrapped in an I/O error.
fn is_tls(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}
