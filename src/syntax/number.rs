/// Whether two spellings are exactly the same number, as `1.50` and `15e-1` are.
#[must_use]
pub fn same_number(one: &str, other: &str) -> bool {
    one == other || matches!((decimal(one), decimal(other)), (Some(one), Some(other)) if one == other)
}

/// The sign, the digits without zeros at either end, and the power of ten of the last digit. `None` if the exponent is
/// out of range.
fn decimal(spelling: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = spelling.split_once(['e', 'E']).unwrap_or((spelling, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (negative, mantissa) =
        mantissa.strip_prefix('-').map_or((false, mantissa), |mantissa| (true, mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let shortened = digits.trim_end_matches('0');
    let power = exponent.checked_sub(fraction.len() as i64)?;
    let power = power.checked_add((digits.len() - shortened.len()) as i64)?;
    match shortened.trim_start_matches('0') {
        "" => Some((false, String::new(), 0)),
        digits => Some((negative, digits.to_owned(), power)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_are_the_same() {
        for (one, other) in [("1.50", "15e-1"), ("0", "-0.0"), ("100", "1E+2"), ("1e999", "10e998")] {
            assert!(same_number(one, other), "{one} {other}");
        }
        for (one, other) in [("1", "-1"), ("9007199254740993", "9007199254740992"), ("1", "10")] {
            assert!(!same_number(one, other), "{one} {other}");
        }
    }
}
