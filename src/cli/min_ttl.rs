use jiff::{SignedDuration, Span, SpanRelativeTo};

/// How long the access token must remain valid.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct MinTtl {
    /// How long the access token must remain valid: `10m`, `90s`, `1d`; a bare number is seconds
    #[arg(long = "min-ttl", value_name = "TIME", default_value = "0s", value_parser = time, allow_hyphen_values = true)]
    time: SignedDuration,
}

impl MinTtl {
    /// The time in milliseconds.
    #[must_use]
    pub fn milliseconds(self) -> i64 {
        i64::try_from(self.time.as_millis()).unwrap_or(i64::MAX)
    }
}

/// A length of time, such as `10m`, `1h 30m` or `1d`; a number alone counts seconds.
pub(super) fn time(text: &str) -> Result<SignedDuration, &'static str> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = if is_number { format!("{text}s") } else { text.to_owned() };
    let length =
        seconds.parse::<Span>().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()));
    match length {
        Ok(length) if length.is_negative() => Err("a length of time cannot be negative"),
        Ok(length) => Ok(length),
        Err(_) => Err("a length of time looks like `10m`, `90s` or `1d`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (text, seconds) in
            [("30", 30), ("90s", 90), ("10m", 600), ("1h 30m", 5400), ("1d", 86400), ("0s", 0)]
        {
            assert_eq!(time(text), Ok(SignedDuration::from_secs(seconds)), "{text}");
        }
        for text in ["", "soon", "-1s", "-10000h", "1 month", "99999999999999999999"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
