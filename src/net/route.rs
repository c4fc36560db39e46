use ureq::{Proxy, ProxyProtocol};

use super::Endpoint;

/// The variables that name proxies, the strongest first.
#[cfg(not(windows))]
const VARIABLES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// The same where letters in the names of variables are neither small nor capital.
#[cfg(windows)]
const VARIABLES: [&str; 3] = ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"];

/// The way that requests take, going by the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// No proxy is named, or not for this address.
    Direct,
    /// Through a proxy.
    Proxy {
        /// Its host and port, without the name and the password for it.
        host: String,
        /// The variables that name proxies.
        variables: Vec<&'static str>,
    },
    /// These variables are set, and name no proxy that can be used.
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
