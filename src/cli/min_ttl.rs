use jiff::SignedDuration;

/// For how long the access token has to last.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct MinTtl {
    /// For how long the access token has to last, such as `10m` or `90s`
    #[arg(long = "min-ttl", value_name = "TIME", default_value = "0s", value_parser = time)]
    time: SignedDuration,
}

impl MinTtl {
    /// The time in milliseconds.
    #[must_use]
    pub fn milliseconds(self) -> i64 {
        i64::try_from(self.time.as_millis()).unwrap_or(i64::MAX)
    }
}

pub(super) fn time(text: &str) -> Result<SignedDuration, &'static str> {
    text.parse().map_err(|_| "a length of time looks like `10m` or `90s`")
}
