use ureq::{Proxy, ProxyProtocol};

use super::Endpoint;

/// The environment variables that name a proxy, the one that takes precedence first.
#[cfg(not(windows))]
const VARIABLES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// The same on Windows, where the names of variables have no case.
#[cfg(windows)]
const VARIABLES: [&str; 3] = ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"];

/// The way that requests take, according to the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// No proxy is named, or none for this address.
    Direct,
    /// Through a proxy.
    Proxy {
        /// Its host and port, without user name and password.
        host: String,
        /// The variables that name it.
        variables: Vec<&'static str>,
    },
    /// These variables are set, but name no usable proxy.
    Unusable(Vec<&'static str>),
}

impl Route {
    /// The way to `endpoint`.
    #[must_use]
    pub fn to(endpoint: &Endpoint) -> Self {
        let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let variables: Vec<_> = VARIABLES.into_iter().filter(is_set).collect();
        match Proxy::try_from_env().filter(|_| !endpoint.is_loopback()) {
            Some(proxy) if proxy.is_no_proxy(endpoint.uri()) => Self::Direct,
            Some(proxy) if !matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https) => {
                Self::Unusable(variables)
            }
            Some(proxy) => Self::Proxy { host: format!("{}:{}", proxy.host(), proxy.port()), variables },
            None if variables.is_empty() || endpoint.is_loopback() => Self::Direct,
            None => Self::Unusable(variables),
        }
    }
}
