/// A JSON number as JavaScript prints it: `1.50` is `1.5`, integers over 2^53 lose digits, `1e400` is `null`.
///
/// This is the text that Postman puts in the place of a reference to a variable whose value is a number.
#[must_use]
pub fn js_number_text(spelling: &str) -> String {
    let number: f64 = spelling.parse().unwrap_or(f64::NAN);
    if !number.is_finite() {
        return "null".to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    // The shortest digits that read back, as ECMA-262 Number::toString asks for; `{:e}` gives `d.ddde±x`.
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(|&c| c != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (count, point) = (digits.len() as i32, exponent + 1);
    let body = if count <= point && point <= 21 {
        digits + &"0".repeat((point - count) as usize)
    } else if 0 < point && point <= 21 {
        format!("{}.{}", &digits[..point as usize], &digits[point as usize..])
    } else if -6 < point && point <= 0 {
        format!("0.{}{digits}", "0".repeat(-point as usize))
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        let fraction = if count > 1 { format!(".{}", &digits[1..]) } else { String::new() };
        format!("{}{fraction}e{sign}{}", &digits[..1], exponent.abs())
    };
    if number < 0.0 { format!("-{body}") } else { body }
}

/// Whether two spellings mean the same number, to the last digit: `1.50` and `15e-1` do.
#[must_use]
pub fn same_number(one: &str, other: &str) -> bool {
    one == other || matches!((decimal(one), decimal(other)), (Some(one), Some(other)) if one == other)
}

/// Sign, digits without zeros at either end, and the power of ten of the last digit. None for an exponent beyond reason.
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
    use super::{js_number_text, same_number};

    #[test]
    fn spellings_of_one_number_are_the_same() {
        for (one, other) in [("1.50", "15e-1"), ("0", "-0.0"), ("100", "1E+2"), ("1e999", "10e998")] {
            assert!(same_number(one, other), "{one} {other}");
        }
        for (one, other) in [("1", "-1"), ("9007199254740993", "9007199254740992"), ("1", "10")] {
            assert!(!same_number(one, other), "{one} {other}");
        }
    }

    #[test]
    fn numbers_print_as_in_javascript() {
        let cases = [
            ("0", "0"),
            ("-0", "0"),
            ("1.50", "1.5"),
            ("-12e1", "-120"),
            ("1795382799903", "1795382799903"),
            ("9007199254740993", "9007199254740992"),
            ("1e21", "1e+21"),
            ("123456789012345678901", "123456789012345680000"),
            ("1.5e-7", "1.5e-7"),
            ("0.000001", "0.000001"),
            ("1e400", "null"),
        ];
        for (spelling, text) in cases {
            assert_eq!(js_number_text(spelling), text);
        }
    }
}
