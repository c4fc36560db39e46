//! Comments in YAML.

use envtool::compare::{self, News, Version};
use envtool::syntax::{Document, Value};
use proptest::prelude::*;

use super::document;

/// The merge of three files, the entries whose comments it reports as taken, and the comments of ours and of theirs
/// that are not in it.
fn merged(base: Option<&str>, ours: &str, theirs: &str) -> (String, Vec<String>, [Vec<String>; 2]) {
    let (base, ours, theirs) = (base.map(document), document(ours), document(theirs));
    let base_version = base.as_ref().map(|base| Version::of(base).unwrap());
    let versions = [&ours, &theirs].map(|document| Version::of(document).unwrap());
    let prefer = compare::Preference::default();
    let mut merge = compare::merge(base_version.as_ref(), &versions[0], &versions[1], &prefer).unwrap();
    let plain = ours.edited(&merge.edits).unwrap();
    let meant = Value::of(plain.root());
    let after = compare::take_comments(base.as_ref(), [&ours, &theirs], plain, &mut merge.taken);
    assert_eq!(Value::of(after.root()), meant);
    let sides = [&ours, &theirs];
    let lost = compare::lost_comments(base.as_ref(), sides, &after);
    let texts = |(side, lost): (&Document, Vec<_>)| {
        lost.into_iter().map(|span| side.source().slice(span).to_owned()).collect()
    };
    let [ours_lost, theirs_lost] = lost;
    let lost = [texts((sides[0], ours_lost)), texts((sides[1], theirs_lost))];
    let commented = merge.taken.iter().filter(|taken| taken.what == News::Commented);
    (after.source().text().to_owned(), commented.map(|taken| taken.path.join(" > ")).collect(), lost)
}

const BASE: &str = "\
# head
name: Shop
values:
  # of a
  - key: a
    value: '1' # one
  - key: b
    value: '2'
  # of c
  - key: c
    value: |-
      3
      4
";

fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn comments_that_only_theirs_changed_are_taken() {
    for (theirs, places) in [
        (changed(&[("# head", "# head\n# and more")]), &["(top)"][..]),
        (changed(&[("  # of a\n", "  # of a, changed\n")]), &["a"]),
        (changed(&[("'1' # one", "'1' # the first")]), &["a > value"]),
        (changed(&[("'2'\n", "'2' # two\n    # and b ends\n")]), &["b", "b > value"]),
        (
            changed(&[("|-\n", "|- # lines\n"), ("    4\n", "    4\n    # c ends\n  # all\n# end\n")]),
            &["(top)", "c", "c > value"],
        ),
        (changed(&[("values:", "# the variables\nvalues: # here")]), &["(top)"]),
    ] {
        let nothing: [Vec<String>; 2] = Default::default();
        assert_eq!(
            merged(Some(BASE), BASE, &theirs),
            (theirs.clone(), places.iter().map(|&it| it.into()).collect(), nothing)
        );
    }
}

#[test]
fn additions_bring_their_comments() {
    let row = "  # of d\n  - key: d # short\n    value: x\n    # the end of d\n";
    for at in ["  # of a\n", "  - key: b\n", "  # of c\n"] {
        let theirs = changed(&[(at, &format!("{row}{at}"))]);
        let (after, commented, lost) = merged(Some(BASE), BASE, &theirs);
        assert_eq!((after, commented.len(), lost), (theirs, 0, Default::default()));
    }
}

#[test]
fn our_comment_stays_if_both_changed_it_or_theirs_deleted_it() {
    let ours = changed(&[("# of a\n", "# of a, mine\n"), ("# one", "# mine")]);
    let theirs = changed(&[("# of a\n", "# of a, theirs\n"), ("  # of c\n", ""), (" # one", "")]);
    let (after, commented, lost) = merged(Some(BASE), &ours, &theirs);
    assert_eq!((after, commented), (ours, vec![]));
    assert_eq!(lost, [vec![], vec!["# of a, theirs".to_owned()]]);
    // A comment that only moved is not lost.
    let moved = changed(&[("  # of c\n", ""), ("    value: '2'\n", "    # of c\n    value: '2'\n")]);
    let (after, _, lost) = merged(Some(BASE), BASE, &moved);
    assert_eq!((after.as_str(), lost), (BASE, Default::default()));
}

#[test]
fn a_comment_between_two_removed_rows_stays() {
    let gone = "\
# head
name: Shop
values:
  # of a
  # of c
  - key: c
    value: |-
      3
      4
";
    let with_comment = changed(&[("  - key: b\n", "  # of b\n  - key: b\n")]);
    let (after, _, lost) = merged(Some(&with_comment), &with_comment, gone);
    assert_eq!((after, lost), (gone.replace("  # of c", "  # of b\n  # of c"), Default::default()));
    // A comment of ours that goes with its row is reported.
    let inside = changed(&[("    value: '1' # one\n", "    # mine\n    value: '1' # one\n")]);
    let (_, _, lost) = merged(Some(BASE), &inside, gone);
    assert_eq!(lost, [vec!["# mine".to_owned()], vec![]]);
    let empty = "# head\nname: Shop\nvalues: []\n";
    let (after, ..) = merged(Some(BASE), BASE, empty);
    assert_eq!(after, "# head\nname: Shop\nvalues: []\n  # of a\n  # of c\n");
}

#[test]
fn a_union_takes_comments_where_ours_has_none() {
    let ours = "name: Shop\nvalues:\n  - key: a\n    value: '1' # mine\n";
    let (after, commented, lost) = merged(None, ours, BASE);
    assert_eq!(after, changed(&[("# one", "# mine")]));
    assert_eq!((commented, lost), (vec!["(top)".to_owned(), "a".into()], [vec![], vec!["# one".to_owned()]]));
}

const REQUEST: &str = "\
$kind: http-request
url: h/a
headers: { # all
  # of a
  Accept: x, # one
  Trace: 'y'
  # below
}
settings:
  ports: [
    1, # first
    {a: 1,
     b: 2}, # both
    3
  ] # so many
";

fn request(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(REQUEST.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn comments_in_brackets_are_taken() {
    for theirs in [
        request(&[("# all", "# each"), ("# one", "# two")]),
        request(&[("# of a\n", "# of a\n  # and more\n"), ("# below", "# the end")]),
        request(&[("  Trace", "  # of b\n  Trace"), ("'y'", "'y' # its value")]),
        request(&[("# first", "# the first"), ("# both", "# two"), ("# so many", "# that many")]),
        request(&[("    3\n", "    3 # last\n    # end\n")]),
    ] {
        let (after, commented, lost) = merged(Some(REQUEST), REQUEST, &theirs);
        assert_eq!((after, lost, commented.is_empty()), (theirs.clone(), Default::default(), false));
        // Where there are none at all.
        let bare = Document::yaml(REQUEST).unwrap();
        let bare = bare.comments().iter().rev().fold(REQUEST.to_owned(), |mut text, comment| {
            text.replace_range(comment.start as usize..comment.end as usize, "");
            text
        });
        let bare: String = bare
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("{}\n", line.trim_end()))
            .collect();
        let (after, _, lost) = merged(Some(&bare), &bare, &theirs);
        assert_eq!((after, lost), (theirs, Default::default()));
    }
    // On one line there is no room for them.
    let line = "$kind: http-request\nurl: h/a\nheaders: {Accept: x, Trace: 'y'}\n";
    let (after, _, lost) = merged(Some(line), line, &request(&[("settings", "x-settings")]));
    assert!(Document::yaml(&after).is_ok() && lost[1].contains(&"# one".to_owned()), "{after}");
}

#[test]
fn comments_of_rows_are_taken_from_a_map_into_a_list_and_back() {
    let map = |above: &str, beside: &str| {
        format!("$kind: http-request\nurl: h/a\nheaders:\n  # {above}\n  Accept: x # {beside}\n  b: y\n")
    };
    let list = |above: &str, beside: &str| {
        format!(
            "$kind: http-request\nurl: h/a\nheaders:\n  # {above}\n  - key: Accept\n    value: x # {beside}\n  - key: b\n    value: y\n"
        )
    };
    let (one, other) = (("one", "two"), ("three", "four"));
    for [ours, theirs] in [[&map as &dyn Fn(&str, &str) -> String, &list], [&list, &map]] {
        let (base, new) = (ours(one.0, one.1), theirs(other.0, other.1));
        let expected = (ours(other.0, other.1), [vec![], vec![]]);
        let (after, _, lost) = merged(Some(&base), &base, &new);
        assert_eq!((after, lost), expected);
        let (after, _, lost) = merged(Some(&theirs(one.0, one.1)), &base, &new);
        assert_eq!((after, lost), expected);
    }
}

/// An environment with variables of these names, and comments in many places.
fn environment(keys: impl Strategy<Value = Vec<&'static str>>) -> impl Strategy<Value = String> {
    let comment = || prop::option::of(prop::sample::select(vec!["one", "two", "three", "# ---"]));
    let values = vec!["x", "'y'", "", "|-\n      1\n      2", "\"a # no\"", "[1, 2]"];
    let row = (prop::sample::select(values), [comment(), comment(), comment(), comment()]);
    let rows = prop::collection::vec(row, 4);
    (keys, rows, comment(), comment(), any::<bool>()).prop_map(|(keys, rows, head, tail, windows)| {
        let line =
            |indent: &str, text: Option<&str>| text.map(|it| format!("{indent}# {it}\n")).unwrap_or_default();
        let beside = |text: Option<&str>| text.map(|it| format!(" # {it}")).unwrap_or_default();
        let mut out = format!("{}name: E\nvalues:{}\n", line("", head), beside(tail));
        for (key, (value, [above, first, second, below])) in keys.into_iter().zip(rows) {
            let (header, lines) = value.split_once('\n').unwrap_or((value, ""));
            let lines = if lines.is_empty() { String::new() } else { format!("{lines}\n") };
            out += &line("  ", above);
            out +=
                &format!("  - key: {key}{}\n    value: {header}{}\n{lines}", beside(first), beside(second));
            out += &line("    ", below);
        }
        out += &line("", tail);
        if windows { out.replace('\n', "\r\n") } else { out }
    })
}

/// Headers in brackets or not, as a list or as a map, with comments in many places.
fn headers(in_brackets: bool, as_list: bool) -> impl Strategy<Value = String> {
    let comment = || prop::option::of(prop::sample::select(vec!["one", "two", "three", "# ---"]));
    let value = prop::sample::select(vec!["x", "'y'", "\"a # no\""]);
    let rows = prop::collection::vec((value, [comment(), comment(), comment()]), 3);
    (rows, comment(), comment()).prop_map(move |(rows, head, tail)| {
        let line =
            |indent: &str, text: Option<&str>| text.map(|it| format!("{indent}# {it}\n")).unwrap_or_default();
        let beside = |text: Option<&str>| text.map(|it| format!(" # {it}")).unwrap_or_default();
        let (open, close, comma) = match (in_brackets, as_list) {
            (true, true) => (" [", "  ]", ","),
            (true, false) => (" {", "  }", ","),
            (false, _) => ("", "", ""),
        };
        let mut out = format!("$kind: http-request\nurl: h/a\nheaders:{open}{}\n", beside(head));
        for (key, (value, [above, first, second])) in ["a", "b", "c"].into_iter().zip(rows) {
            out += &line("    ", above);
            out += &match (in_brackets, as_list) {
                (true, true) => {
                    let (first, second) = (beside(first), beside(second));
                    format!("    {{key: {key},{first}\n     value: {value}\n    }},{second}\n")
                }
                (false, true) => {
                    format!("    - key: {key}{}\n      value: {value}{}\n", beside(first), beside(second))
                }
                (_, false) => format!("    {key}: {value}{comma}{}\n", beside(first)),
            };
        }
        out += &line("    ", tail);
        if in_brackets { out + close + &beside(tail) + "\n" } else { out }
    })
}

const KEYS: [&str; 4] = ["a", "b", "c", "d"];

proptest! {
    #![proptest_config(crate::support::reproducible())]

    #[test]
    fn every_comment_on_an_entry_that_stays_is_taken(
        base in environment(Just(KEYS.to_vec())),
        theirs in environment(Just(KEYS.to_vec())),
    ) {
        let (_, _, lost) = merged(Some(&base), &base, &theirs);
        prop_assert_eq!(lost, [Vec::<String>::new(), Vec::new()]);
        prop_assert_eq!(merged(Some(&base), &theirs, &base).0, theirs);
    }

    #[test]
    fn comments_never_change_the_meaning(
        base in environment(prop::sample::subsequence(KEYS.to_vec(), 1..=4)),
        ours in environment(prop::sample::subsequence(KEYS.to_vec(), 1..=4)),
        theirs in environment(prop::sample::subsequence(KEYS.to_vec(), 1..=4)),
    ) {
        merged(Some(&base), &ours, &theirs);
        merged(None, &ours, &theirs);
    }

    #[test]
    fn of_rows_that_stay_all_comments_are_taken(
        (base, theirs) in (any::<bool>(), any::<bool>())
            .prop_flat_map(|(in_brackets, as_list)| (headers(in_brackets, as_list), headers(in_brackets, as_list))),
    ) {
        let (_, _, lost) = merged(Some(&base), &base, &theirs);
        prop_assert_eq!(lost, [Vec::<String>::new(), Vec::new()]);
    }

    #[test]
    fn comments_of_rows_never_change_what_is_meant(
        files in prop::collection::vec(
            (any::<bool>(), any::<bool>()).prop_flat_map(|(in_brackets, as_list)| headers(in_brackets, as_list)),
            3,
        ),
    ) {
        merged(Some(&files[0]), &files[1], &files[2]);
        merged(None, &files[1], &files[2]);
    }
}
