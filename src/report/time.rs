use jiff::Timestamp;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;
const TWO_YEARS: i64 = 2 * YEAR;

/// A length of time, in milliseconds, in words and its largest unit: `42 minutes`; hours also with minutes:
/// `1 hour 42 minutes`.
#[must_use]
pub fn duration(length: i64) -> String {
    let length = length.saturating_abs();
    let (count, unit) = match length {
        0..SECOND => return "less than a second".to_owned(),
        SECOND..MINUTE => (length / SECOND, "second"),
        MINUTE..HOUR => (length / MINUTE, "minute"),
        HOUR..DAY if length % HOUR >= MINUTE => {
            let (hours, minutes) = (length - length % HOUR, length % HOUR);
            return format!("{} {}", duration(hours), duration(minutes));
        }
        HOUR..DAY => (length / HOUR, "hour"),
        DAY..TWO_YEARS => (length / DAY, "day"),
        _ => (length / YEAR, "year"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// A moment, in milliseconds since 1970, as a date and time: `2026-11-20 10:14:05 UTC`.
#[must_use]
pub fn moment(moment: i64) -> String {
    match Timestamp::from_second(moment.div_euclid(SECOND)) {
        Ok(time) => format!("{} UTC", time.to_string().replace('T', " ").trim_end_matches('Z')),
        Err(_) => format!("{moment} ms after 1970"),
    }
}

/// Says how long a token that is valid at `now` will last, until `end`, both in milliseconds since 1970.
#[must_use]
pub fn validity(now: i64, end: i64) -> String {
    format!("valid for {} (until {})", duration(end.saturating_sub(now)), moment(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        for (length, words) in [
            (0, "less than a second"),
            (1000, "1 second"),
            (-59_999, "59 seconds"),
            (42 * MINUTE, "42 minutes"),
            (HOUR + MINUTE - 1, "1 hour"),
            (2 * HOUR - 1, "1 hour 59 minutes"),
            (3 * DAY, "3 days"),
            (2 * YEAR - 1, "729 days"),
            (2504 * DAY, "6 years"),
        ] {
            assert_eq!(duration(length), words);
        }
        assert_eq!(moment(1_795_170_845_322), "2026-11-20 10:34:05 UTC");
        assert_eq!(moment(i64::MAX), "9223372036854775807 ms after 1970");
    }
}
