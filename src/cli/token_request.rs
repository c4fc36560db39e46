use std::time::Duration;

use jiff::SignedDuration;

use super::min_ttl::time;
use crate::net::Endpoint;
use crate::oauth::DEFAULT_TOKEN_URL;

/// How Box is asked for tokens.
#[derive(Clone, Debug, clap::Args)]
pub struct TokenRequest {
    /// Where to ask for tokens: https, or http on this machine
    #[arg(long, value_name = "URL", default_value = DEFAULT_TOKEN_URL)]
    pub token_url: Endpoint,

    /// How long to wait.
    #[command(flatten)]
    pub timeout: Timeout,
}

/// How long to wait for an answer.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Timeout {
    /// How long to wait for each step of a request
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time, allow_hyphen_values = true)]
    timeout: SignedDuration,
}

impl Timeout {
    /// The time.
    #[must_use]
    pub fn duration(self) -> Duration {
        self.timeout.unsigned_abs()
    }
}
