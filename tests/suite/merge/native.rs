//! Files of a git-native collection.

use envtool::compare::Side;
use envtool::syntax::{Document, Kind, Node, Value};
use proptest::prelude::*;

use super::laws::{assert_only_adds, union};
use super::{assert_laws, merged};

proptest! {
    #![proptest_config(crate::support::reproducible())]

    #[test]
    fn the_laws_hold_for_requests(base in request(), ours in request(), theirs in request()) {
        assert_laws(&base, &ours, &theirs);
        // And without an end of the last line.
        assert_laws(base.trim_end(), ours.trim_end(), theirs.trim_end());
    }

    #[test]
    fn a_union_of_requests_only_adds(ours in request(), theirs in request()) {
        assert_only_adds(&ours, &theirs);
    }

    #[test]
    fn authorizations_merge_the_same_from_both_sides(
        base in authorizations(), ours in authorizations(), theirs in authorizations(),
    ) {
        prop_assert_eq!(merged(&base, &ours, &base, None), (ours.clone(), 0));
        let (after, conflicts) = merged(&base, &base, &theirs, None);
        prop_assert_eq!((authorizations_in(&after), conflicts), (authorizations_in(&theirs), 0), "{}", after);
        let count = |ours: &str, theirs: &str| merged(&base, ours, theirs, None).1;
        prop_assert_eq!(count(&ours, &theirs), count(&theirs, &ours));
        let (one, other) = (Some(Side::Ours), Some(Side::Theirs));
        let both = [merged(&base, &ours, &theirs, one), merged(&base, &theirs, &ours, other)];
        prop_assert_eq!(authorizations_in(&both[0].0), authorizations_in(&both[1].0), "{:?}", both);
    }

    #[test]
    fn every_result_of_a_merge_is_yaml(base in request(), ours in request(), theirs in request()) {
        for prefer in [None, Some(Side::Ours), Some(Side::Theirs)] {
            let (text, _) = merged(&base, &ours, &theirs, prefer);
            prop_assert!(Document::yaml(&text).is_ok(), "{}", text);
        }
    }
}

/// A request whose parts appear, disappear and change, with rows as a map or a list.
fn request() -> impl Strategy<Value = String> {
    let text = |texts: &[&'static str]| prop::sample::select(texts.to_vec());
    let lines = ["", "1\n2\n3\n4\n5", "1\n2\n3\n4\nfive", "one\n2\n3\n4\n5", "1\n2\n4\n5\n"];
    let row = (text(&["Accept", "X-Token", "b"]), text(&["", "x", "'y: z'", "{{t}}"]), any::<bool>());
    let rows = (prop::collection::vec(row, 0..4), any::<bool>());
    let body = (text(&["text", "json", "urlencoded", ""]), text(&lines));
    let auth = prop::option::of((text(&["bearer", "apikey"]), text(&["key", "value"]), text(&["x", "y"])));
    let url = text(&["h/a", "h/b", "h/a?x=1", "h/a?x=1&y=2", "{{g}}/a?x=2"]);
    (url, rows, body, auth, text(&lines), 0..3u8).prop_map(|(url, rows, body, auth, code, order)| {
        let mut out = format!("$kind: http-request\n# what it is for\nurl: \"{url}\" # where\n");
        out += &headers(&rows.0, rows.1);
        match body {
            ("", _) => {}
            ("urlencoded", _) => out += "body:\n  type: urlencoded\n  content:\n    a: \"1\"\n",
            (kind, text) => out += &format!("body:\n  type: {kind}\n  content: {}\n", block(text, 4)),
        }
        if let Some((kind, name, value)) = auth {
            out += &format!("auth:\n  type: {kind}\n  credentials:\n    {name}: {value} # secret\n");
        }
        if !code.is_empty() {
            out += &format!("scripts:\n  - type: afterResponse\n    code: {}\n", block(code, 6));
        }
        out + &format!("order: {order}\n")
    })
}

/// A request with one authorization, or with a list of authorizations of different types.
fn authorizations() -> impl Strategy<Value = String> {
    let text = |texts: &[&'static str]| prop::sample::select(texts.to_vec());
    let auth = (text(&["bearer", "apikey", "basic"]), text(&["x", "y", "z"]));
    (prop::collection::vec(auth, 0..4), any::<bool>()).prop_map(|(auths, as_list)| {
        let mut out = String::new();
        for (kind, value) in auths {
            if !as_list {
                out = format!("  type: {kind}\n  credentials:\n    key: {value} # secret\n");
            } else if !out.contains(&format!("type: {kind}")) {
                out += &format!("  - type: {kind}\n    credentials:\n      key: {value} # secret\n");
            }
        }
        let auth = if out.is_empty() { out } else { format!("auth:\n{out}") };
        format!("$kind: http-request\nurl: h\n{auth}order: 1\n")
    })
}

/// The authorizations in the request `text`, whatever their order.
fn authorizations_in(text: &str) -> Vec<String> {
    let document = Document::yaml(text).unwrap();
    let auth = document.root().get("auth").into_iter();
    let each = |auth: Node<'_>| match auth.kind() {
        Kind::Array => auth.items().map(|auth| Value::of(auth).to_json()).collect(),
        _ => vec![Value::of(auth).to_json()],
    };
    let mut found: Vec<_> = auth.flat_map(each).collect();
    found.sort_unstable();
    found
}

fn headers(rows: &[(&str, &str, bool)], as_list: bool) -> String {
    let spelled = |text: &str| {
        if text.is_empty() || text.starts_with('{') { format!("\"{text}\"") } else { text.to_owned() }
    };
    let mut out = String::new();
    for (name, value, off) in rows {
        if as_list {
            let off = if *off { "    disabled: true\n" } else { "" };
            out += &format!("  - key: {name} # its name\n    value: {}\n{off}", spelled(value));
        } else if !out.contains(&format!("  {name}:")) {
            out += &format!("  {name}: {} # its value\n", spelled(value));
        }
    }
    if out.is_empty() { out } else { format!("headers:\n{out}") }
}

/// `text` as a literal scalar whose lines are indented by `indent`.
fn block(text: &str, indent: usize) -> String {
    let kept = if text.ends_with('\n') { "|" } else { "|-" };
    let line = |line: &str| format!("\n{:indent$}{line}", "");
    match text {
        "" => "\"\"".to_owned(),
        text => kept.to_owned() + &text.trim_end().split('\n').map(line).collect::<String>(),
    }
}

#[test]
fn a_conflict_in_one_row_keeps_the_spelling_of_the_others() {
    let request = |rows: &str| format!("$kind: http-request\nurl: h\nheaders:\n{rows}");
    let base = request("  # keep\n  A: 'a' # eol\n  B: b\n  C: c\n");
    let ours = request("  # keep\n  A: 'a' # eol\n  C: c\n");
    let off = "  - key: B\n    value: b\n    disabled: true\n";
    let theirs = request(&format!("  - key: A\n    value: a\n{off}  - key: C\n    value: cc\n"));
    let after = request("  # keep\n  A: 'a' # eol\n  C: cc\n");
    assert_eq!(merged(&base, &ours, &theirs, None), (after, 1));
}

#[test]
fn authorizations_merge_with_those_of_their_type() {
    let bearer = |token: &str| format!("  - type: bearer\n    credentials:\n      token: {token}\n");
    let apikey = |value: &str| {
        format!(
            "  - type: apikey # ours\n    id: k\n    credentials:\n      - key: value\n        value: {value}\n"
        )
    };
    let basic = "  - type: basic\n    credentials:\n      username: u\n";
    let request = |auths: &str| format!("$kind: http-request\nurl: h\nauth:\n{auths}order: 1\n");
    let base = request(&(bearer("a") + &apikey("k")));
    let ours = request(&(bearer("b") + &apikey("k")));
    let theirs = request(&(basic.to_owned() + &apikey("l") + &bearer("a")));
    let after = request(&(basic.to_owned() + &bearer("b") + &apikey("l")));
    assert_eq!(merged(&base, &ours, &theirs, None), (after, 0));
    // Both changed one of them, and theirs removed the other.
    let theirs = request(&bearer("c"));
    assert_eq!(merged(&base, &ours, &theirs, None), (request(&bearer("b")), 1));
}

#[test]
fn one_authorization_merges_with_a_list_of_several() {
    let request = |auth: &str| format!("$kind: http-request\nurl: h\nauth:\n{auth}order: 1\n");
    let one = |token: &str| {
        request(&format!("  # mine\n  type: bearer # by hand\n  credentials:\n    token: {token} # new\n"))
    };
    let bearer = |token: &str| format!("  - type: bearer\n    credentials:\n      token: {token}\n");
    let basic = "  - type: basic\n    credentials:\n      username: u\n";
    let both = |token: &str| {
        let bearer = format!("  - type: bearer # by hand\n    credentials:\n      token: {token} # new\n");
        request(&format!("  # mine\n{bearer}{basic}"))
    };
    // An addition turns ours into a list, and a removal turns it back.
    let with_basic = |token: &str| request(&(bearer(token) + basic));
    assert_eq!(merged(&one("a"), &one("b"), &with_basic("a"), None), (both("b"), 0));
    assert_eq!(merged(&one("a"), &one("a"), &with_basic("b"), None), (both("b"), 0));
    assert_eq!(merged(&one("a"), &one("b"), &with_basic("c"), None), (both("b"), 1));
    assert_eq!(merged(&one("a"), &one("b"), &with_basic("c"), Some(Side::Theirs)), (both("c"), 0));
    assert_eq!(merged(&with_basic("a"), &one("b"), &with_basic("a"), None), (one("b"), 0));
    assert_eq!(merged(&one("a"), &one("a"), &request(&bearer("b")), None), (one("b"), 0));
    // A list of ours stays a list.
    let added = request(&(bearer("b") + basic));
    assert_eq!(merged(&one("a"), &with_basic("a"), &one("b"), None), (added, 0));
}

#[test]
fn every_row_of_a_list_with_a_comment_can_be_removed() {
    let request = |rows: &str| format!("$kind: http-request\nurl: h\nheaders:{rows}\norder: 1\n");
    let (a, b) = ("\n- key: A\n  value: a", "\n# about B\n- key: B\n  value: b");
    let ours = request(b);
    let theirs = request(a);
    let (after, conflicts) = merged(&request(&format!("{a}{b}")), &ours, &theirs, None);
    assert_eq!((after, conflicts), (request(" []\n# about B"), 0));
}

#[test]
fn a_union_adds_no_name_to_a_request_named_after_its_file() {
    let ours = "$kind: http-request\nurl: h\n";
    assert_eq!(union(ours, "$kind: http-request\nname: Get it\nurl: h\n"), ours);
}
