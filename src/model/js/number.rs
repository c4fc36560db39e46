//! Numbers as JavaScript parses and prints them.

/// `Number(text)`: a blank text is 0, white space around a number is ignored, and hexadecimal, octal and binary numbers
/// are accepted. Anything else is NaN.
#[must_use]
pub fn js_number(text: &str) -> f64 {
    let text = text.trim_matches(is_blank);
    let radix = [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)];
    if let Some((digits, radix)) =
        radix.iter().find_map(|(mark, radix)| Some((text.strip_prefix(mark)?, *radix)))
    {
        return integer(digits, radix);
    }
    match text {
        "" => 0.0,
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust would also parse `inf` and `nan`.
        _ if text.contains(|c: char| !matches!(c, '0'..='9' | '.' | 'e' | 'E' | '+' | '-')) => f64::NAN,
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// A JSON number as JavaScript prints it: `1.50` becomes `1.5`, integers over 2^53 lose digits, and `1e400` becomes
/// `null`.
///
/// This is the text with which Postman replaces a reference to a variable whose value is a number.
#[must_use]
pub fn js_number_text(spelling: &str) -> String {
    let number: f64 = spelling.parse().unwrap_or(f64::NAN);
    if !number.is_finite() {
        return "null".to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    // The shortest digits that parse to the same number, as ECMA-262 Number::toString requires. `{:e}` gives
    // `d.ddde±x`.
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

fn integer(digits: &str, radix: u32) -> f64 {
    if digits.is_empty() {
        return f64::NAN;
    }
    let value = digits
        .chars()
        .try_fold(0.0, |value, digit| Some(value * f64::from(radix) + f64::from(digit.to_digit(radix)?)));
    value.unwrap_or(f64::NAN)
}

/// White space and line terminators of ECMA-262: those of Unicode except U+0085, and the byte order mark.
fn is_blank(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_parse_as_in_javascript() {
        for (text, number) in [
            ("", 0.0),
            (" \t\r\n\u{a0}\u{feff}\u{2028}", 0.0),
            ("1795170845322", 1_795_170_845_322.0),
            (" 1795170845322\n", 1_795_170_845_322.0),
            ("+5", 5.0),
            ("-.5", -0.5),
            ("5.", 5.0),
            ("1e15", 1e15),
            ("5.E+3", 5000.0),
            ("0xFf", 255.0),
            ("0b101", 5.0),
            ("0o17", 15.0),
            ("007", 7.0),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("1e400", f64::INFINITY),
        ] {
            assert_eq!(js_number(text), number, "{text:?}");
        }
        for text in [
            "abc",
            "inf",
            "NaN",
            "nan",
            "infinity",
            "1_000",
            "1,5",
            "1 2",
            "0x",
            "-0x1",
            "0b2",
            ".",
            "e5",
            "1e",
            "2026-11-20T09:14:05Z",
            "12n",
            "\u{85}1",
            "--1",
        ] {
            assert!(js_number(text).is_nan(), "{text:?}");
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
