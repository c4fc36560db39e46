use super::*;

fn refused(text: &str) -> (usize, String) {
    let error = scan(text, None).expect_err(text);
    (error.span.start as usize, error.to_string())
}

#[test]
fn errors_name_the_position_and_what_is_expected_there() {
    let cases = [
        ("", 0, "expected a value, found the end of the file"),
        ("{\"a\":1,}", 7, "expected a member name in double quotes after the comma, found `}`"),
        ("{a:1}", 1, "expected a member name in double quotes or `}`, found `a`"),
        ("[1 2]", 3, "expected `,` or `]`, found `2`"),
        ("[1,]", 3, "expected a value after the comma, found `]`"),
        ("{\"a\" 1}", 5, "expected `:` after the member name, found `1`"),
        ("01", 1, "expected the end of the file, found `1`"),
        ("-x", 1, "expected a digit after `-`, found `x`"),
        ("1.", 2, "expected a digit after the decimal point, found the end of the file"),
        ("\"a", 2, "expected `\"` at the end of the string, found the end of the file"),
        ("tru", 0, "expected a value, found `t`"),
        ("\"\\u12G4\"", 5, "expected four hexadecimal digits after `\\u`, found `G`"),
        ("\"\\x\"", 2, "expected one of `\" \\ / b f n r t u` after a backslash, found `x`"),
    ];
    for (text, at, message) in cases {
        assert_eq!(refused(text), (at, message.to_owned()), "{text}");
    }
    assert!(refused("\"a\tb\"").1.ends_with("found the control character U+0009"));
}

#[test]
fn nesting_ends_at_the_stated_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(scan(&nested(MAX_DEPTH), None).is_ok());
    assert_eq!(refused(&nested(MAX_DEPTH + 1)).0, MAX_DEPTH);
}

#[test]
fn a_text_like_another_has_the_index_that_it_has_alone() {
    let item = |id: usize| {
        let text = "x\\\\".repeat(id);
        format!("{{ \"id\": {id}, \"list\": [[{id}], {{\"s\": \"{text}\", \"e\": []}}, \"\\\"\"] }}")
    };
    let list = |ids: &[usize]| {
        let items: Vec<_> = ids.iter().map(|id| item(*id)).collect();
        format!("{{\"info\": {{}}, \"item\": [{}], \"last\": {{\"a\": 1}}}}", items.join(",\n\t"))
    };
    let lists: [&[usize]; 9] = [
        &[1, 2, 3, 4, 5, 6, 7, 8],
        &[1, 2, 3, 4, 9, 6, 7, 8],
        &[1, 2, 10, 3, 4, 5, 6, 7, 8],
        &[1, 3, 4, 5, 6, 7, 8],
        &[9, 10, 11, 12, 13, 1, 2, 3, 4, 5, 6, 7, 8],
        &[6, 7, 8],
        &[8, 7, 6, 5, 4, 3, 2, 1],
        &[],
        &[30, 31, 32, 33],
    ];
    for (one, other) in lists.iter().flat_map(|one| lists.iter().map(move |other| (one, other))) {
        let (one, other) = (list(one), list(other));
        let tree = scan(&one, None).expect(&one);
        for text in
            [&other, &other.replace(": [[", ": [ ["), &other.replace("}]", "}"), &other[..other.len() / 2]]
        {
            let alone = scan(text, None).map(|tree| tree.slots);
            let like = scan(text, Some(Likeness::of(&one, &tree))).map(|tree| tree.slots);
            assert_eq!(like, alone, "{one}\n{text}");
        }
    }
}

#[test]
fn strings_are_read_in_blocks_as_byte_by_byte() {
    // Where a block ends must not matter.
    for before in 0..72 {
        for inside in ["", "\\\\", "\\\"", "\\\\\\\"", "\\n\\/\\b\\f\\r\\t", "\\u12Ab", "é\u{7f}"] {
            let string = format!("\"{}{inside}\"", "x".repeat(before));
            let tree = scan(&string, None).expect(&string);
            assert_eq!(tree.slots[0].span.range(), 0..string.len());
            assert_eq!(tree.slots[0].text == Text::Escaped, inside.contains('\\'), "{string}");
        }
        for (wrong, at) in [("\n\"", 0), ("\\x\"", 1), ("\\u00\"", 4), ("\\\\\\", 3), ("\\\"", 2)] {
            assert_eq!(refused(&format!("\"{}{wrong}", "x".repeat(before))).0, 1 + before + at, "{wrong}");
        }
        let spaced = format!("[{}1]", " \n\t\r".repeat(before));
        assert_eq!(scan(&spaced, None).map(|tree| tree.slots.len()), Ok(2));
    }
}
