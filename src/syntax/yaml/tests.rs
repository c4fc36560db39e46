use super::super::{Document, Node, Value};
use super::*;

fn raws(text: &str) -> Vec<String> {
    let document = Document::yaml(text).expect(text);
    let root = document.root();
    root.descendants().skip(1).map(|node| node.raw().to_owned()).collect()
}

fn json(text: &str) -> String {
    Value::of(Document::yaml(text).expect(text).root()).to_json()
}

#[test]
fn scalars_have_their_values_and_spans() {
    let text =
        "a: plain # c\nb: 'it''s'\nc: \"tab\\t\"\nd: 0x1F\ne:\nf: ~ \ng: True\nh: two\n  lines\ni: ''\n";
    assert_eq!(raws(text), ["plain", "'it''s'", "\"tab\\t\"", "0x1F", "", "~", "True", "two\n  lines", "''"]);
    assert_eq!(
        json(text),
        r#"{"a":"plain","b":"it's","c":"tab\t","d":31,"e":null,"f":null,"g":true,"h":"two lines","i":""}"#
    );
}

#[test]
fn block_scalars_span_from_their_indicator_to_their_last_line() {
    for eol in ["\n", "\r\n"] {
        let text = "a: |- # note\n    one\n    two\n\n\nb: >2\n\n   x\n  y\nc: |+\n  z\n\n\nd:\n  - |\n    e"
            .replace('\n', eol);
        let wanted = ["|- # note\n    one\n    two", ">2\n\n   x\n  y", "|+\n  z\n\n"]
            .map(|raw| raw.replace('\n', eol));
        assert_eq!(raws(&text)[..3], wanted);
        assert_eq!(raws(&text)[4], "|\n    e".replace('\n', eol));
        assert_eq!(json(&text), r#"{"a":"one\ntwo","b":"\n x\ny\n","c":"z\n\n\n","d":["e\n"]}"#);
    }
}

#[test]
fn a_missing_value_is_located_after_its_colon_or_dash() {
    let text = "a:   # -: c\nb:\n  -\n  - # - d\n  - - x\n    -\nc: {d: , e}\n";
    let document = Document::yaml(text).expect("valid");
    let nulls = document.root().descendants();
    let places: Vec<_> = nulls.filter(|node| node.is_null()).map(|node| node.span().start).collect();
    let place = |after: &str| text.find(after).expect(after) as u32 + after.len() as u32;
    assert_eq!(places, [2, place("b:\n  -"), place("-\n  -"), place("x\n    -"), place("{d:"), place(", e")]);
}

#[test]
fn containers_end_with_their_last_value() {
    let text = "values:\n  - key: a\n    value: b # c\n\n# end\nother: [1, {a: b}]\n";
    let document = Document::yaml(text).expect("valid");
    let raw = |name: &str| document.root().get(name).map(|node: Node<'_>| node.raw());
    assert_eq!(raw("values"), Some("- key: a\n    value: b"));
    assert_eq!(raw("other"), Some("[1, {a: b}]"));
    assert_eq!(document.root().span().start, 0);
    assert_eq!(raws("v:\n- -1\n- - x\n  - y\n")[0], "- -1\n- - x\n  - y");
}

#[test]
fn aliases_have_the_values_of_their_anchors() {
    assert_eq!(
        json("a: &x {b: 1, c: 'd''e'}\nf: *x\ng: [*x]"),
        r#"{"a":{"b":1,"c":"d'e"},"f":{"b":1,"c":"d'e"},"g":[{"b":1,"c":"d'e"}]}"#
    );
    assert_eq!(json("a: &x [*x]"), r#"{"a":[null]}"#);
    let bomb = (0..9).fold("a0: &a0 [x]\n".to_owned(), |text, level| {
        format!("{text}a{next}: &a{next} [{}]\n", vec![format!("*a{level}"); 9].join(","), next = level + 1)
    });
    assert!(Document::yaml(&bomb).expect_err("too many").to_string().contains("at most a million values"));
    let nested = |levels: usize| format!("{}x{}", "[".repeat(levels), "]".repeat(levels));
    let deep = |levels: usize| format!("a: &a {}\nb: [*a]\n", nested(levels));
    assert!(Document::yaml(&deep(MAX_DEPTH - 2)).is_ok());
    assert!(Document::yaml(&deep(MAX_DEPTH - 1)).expect_err("too deep").to_string().contains(TOO_DEEP));
}

#[test]
fn obstacles_to_editing_are_found() {
    let obstacle = |text: &str| scan(text).expect(text).obstacle;
    assert_eq!(obstacle("a: &x 1\nb: *x"), Some(Obstacle::Anchor));
    assert_eq!(obstacle("a: !!str 1"), Some(Obstacle::Tag));
    assert_eq!(obstacle("a: 1\n---\nb: 2"), Some(Obstacle::SeveralDocuments));
    assert_eq!(obstacle("? a\n: 1"), Some(Obstacle::QuestionMark));
    assert_eq!(obstacle("a: [b: 1]"), Some(Obstacle::BarePair));
    assert_eq!(obstacle("---\n# c\na: '&x !y'\nb: [1, 2, {c: d?, e: f}]\n...\n"), None);
    assert_eq!(json("a: !!str 1\n--- \nb: 2"), r#"{"a":"1"}"#);
}

#[test]
fn errors_have_a_position_and_odd_documents_have_a_root() {
    let error = scan("a: [1\nb: 2\n").expect_err("invalid");
    assert_eq!((error.syntax, error.span.start), (Syntax::Yaml, 7));
    assert!(scan("? [a]\n: b").expect_err("no name").to_string().starts_with("expected a name"));
    assert!(scan(&"[".repeat(MAX_DEPTH + 1)).is_err());
    assert!(scan(&"- ".repeat(MAX_DEPTH + 1)).is_err());
    for empty in ["", "\n# only\n", "---\n", "--- # c\n...\n"] {
        assert_eq!(json(empty), "null", "{empty:?}");
    }
    assert_eq!(json("just text"), r#""just text""#);
    assert_eq!(json("1: a\ntrue: b\n\"q\": c"), r#"{"1":"a","true":"b","q":"c"}"#);
}
