//! The predicted behavior of Box's scripts against JavaScript itself, over generated environments.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

use envtool::model::{BoxKind, Prediction, Runtime, Scope, ScriptAction};
use envtool::syntax::Document;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::support::program::NOW;
use crate::support::root;

const ENVIRONMENTS: usize = 1500;

/// The results in the Postman app and in newman, in the words of `support/oracle.js`.
type Answer = [String; 2];

#[test]
fn predictions_agree_with_javascript() {
    let mut runner = TestRunner::deterministic();
    let environments: Vec<String> =
        (0..ENVIRONMENTS).map(|_| environment().new_tree(&mut runner).unwrap().current()).collect();
    let Some(answers) = oracle(&environments) else { return };
    let mut counts = BTreeMap::new();
    for (text, answer) in environments.iter().zip(&answers) {
        assert_eq!(&predicted(text), answer, "{text}");
        for outcome in answer {
            *counts.entry(outcome.split(':').next().unwrap_or_default()).or_insert(0) += 1;
        }
        *counts.entry("app and newman differ").or_insert(0) += i32::from(answer[0] != answer[1]);
    }
    // Otherwise the generator would prove little.
    assert!(counts.len() == 8 && counts.values().all(|count| *count >= 20), "{counts:#?}");
}

fn predicted(text: &str) -> Answer {
    let document = Document::json(text).unwrap();
    let scope = Scope::of(&document).unwrap();
    let kind = BoxKind::of(&scope).unwrap_or(BoxKind::Classic);
    [Runtime::App, Runtime::Newman].map(|runtime| match Prediction::of(&scope, kind, runtime, NOW).action {
        ScriptAction::None => "none".to_owned(),
        ScriptAction::Refresh => "refresh".to_owned(),
        ScriptAction::Error(message) => message,
    })
}

/// JavaScript's answers, from one run for all environments. `None` without Node.js.
fn oracle(environments: &[String]) -> Option<Vec<Answer>> {
    let script = root().join("tests/suite/support/oracle.js");
    let mut node = match Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()
    {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            crate::support::skipped("node");
            return None;
        }
        node => node.unwrap(),
    };
    let input = format!(r#"{{"now":{NOW},"environments":[{}]}}"#, environments.join(","));
    node.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// An environment of either collection, mostly valid.
fn environment() -> impl Strategy<Value = String> {
    let kind = prop_oneof![
        2 => Just(None),
        4 => select(vec!["BEARER", "OAUTH", "CCG", "JWT"]).prop_map(Some),
        1 => select(vec!["FOO", "oauth", " OAUTH", "CCG ", ""]).prop_map(Some),
    ];
    let (id, token) = (quoted(&"i".repeat(32)), quoted(&"t".repeat(64)));
    let rows = kind.prop_flat_map(move |kind| {
        let always: [(&str, BoxedStrategy<String>); 11] = [
            ("client_id", often(Just(id.clone()), sized(32))),
            ("client_secret", often(Just(id.clone()), sized(32))),
            ("access_token", often(Just(id.clone()), sized(32))),
            ("refresh_token", often(Just(token.clone()), sized(64))),
            ("expires_at", moment()),
            ("refresh_token_expires_at", moment()),
            ("box_subject_type", often(select(words(&["enterprise", "user"])), odd())),
            ("box_subject_id", often(Just(quoted("0")), odd())),
            ("key_id", often(Just(quoted("k1")), odd())),
            ("private_key_encrypted", often(Just(quoted("-----BEGIN")), odd())),
            ("private_key_passphrase", often(Just(quoted("p")), odd())),
        ];
        let auto_refresh = often(Just(quoted("true")), switch());
        let last = match kind {
            None => rows("enable_auto_refresh_access_token", auto_refresh),
            Some(name) => rows("box_env_type", often(Just(quoted(name)), odd())),
        };
        let all: Vec<_> = always.into_iter().map(|(key, values)| rows(key, values)).chain([last]).collect();
        all.prop_map(|rows| rows.concat()).prop_shuffle()
    });
    rows.prop_map(|rows| format!(r#"{{"name":"Box","values":[{}]}}"#, rows.join(",")))
}

/// The rows of a variable: one, none, or several that contradict each other.
fn rows(key: &'static str, values: BoxedStrategy<String>) -> BoxedStrategy<Vec<String>> {
    let value = prop_oneof![
        30 => values.prop_map(|value| format!(r#","value":{value}"#)),
        1 => Just(String::new()),
    ];
    let kind = prop_oneof![
        12 => select(vec!["", r#","type":"default""#, r#","type":"secret""#, r#","type":"any""#]),
        1 => select(vec![r#","type":"string""#, r#","type":"number""#, r#","type":"boolean""#]),
    ];
    let state = prop_oneof![
        12 => select(vec!["", r#","enabled":true"#, r#","disabled":false"#]),
        2 => select(vec![
            r#","enabled":false"#,
            r#","disabled":true"#,
            r#","enabled":false,"disabled":false"#,
            r#","enabled":true,"disabled":true"#,
        ]),
    ];
    let row = (value, kind, state)
        .prop_map(move |(value, kind, state)| format!(r#"{{"key":"{key}"{value}{kind}{state}}}"#));
    let count = prop_oneof![30 => Just(1_usize), 1 => Just(0), 3 => 2..=3_usize];
    count.prop_flat_map(move |count| prop::collection::vec(row.clone(), count)).boxed()
}

fn often(
    usual: impl Strategy<Value = String> + 'static,
    rare: BoxedStrategy<String>,
) -> BoxedStrategy<String> {
    prop_oneof![12 => usual, 1 => rare].boxed()
}

/// The JSON of a string about `length` UTF-16 units long, of characters that take one to four bytes.
fn sized(length: usize) -> BoxedStrategy<String> {
    let pieces = select(vec!["-", "é", "あ", "😀", " ", "\u{feff}"]);
    let text = (pieces, 0..=2_usize, any::<bool>()).prop_map(move |(piece, more, halved)| {
        let count = if halved { length / 2 } else { length };
        quoted(&piece.repeat(count + more))
    });
    prop_oneof![3 => text, 1 => odd()].boxed()
}

/// The JSON of a past or future time, in spellings that JavaScript reads and in others.
fn moment() -> BoxedStrategy<String> {
    let near = (-2..=2_i64).prop_map(|off| NOW + off);
    let time = prop_oneof![2 => Just(NOW - 1), 2 => near, 1 => 0..4 * NOW, 1 => Just(NOW / 1000)];
    let spelled = (time, select(vec!["", " ", "\n", "\t\u{a0}", "\u{feff}", "\u{85}"]), 0..8_u8).prop_map(
        |(time, blank, form)| match form {
            0 | 1 => time.to_string(),
            2 => quoted(&format!("{time:#x}")),
            3 => quoted(&format!("{:e}", time as f64)),
            4 => quoted(&format!("{blank}{time}{blank}")),
            5 => quoted(&format!("+{time}.0")),
            _ => quoted(&time.to_string()),
        },
    );
    let noise = "[ \t\n]{0,2}[+-]?(0[xXoObB])?[0-9a-fA-F._]{0,14}([eE][+-]?[0-9]{0,3})?[ \n]{0,2}";
    prop_oneof![9 => spelled, 2 => noise.prop_map(|text| quoted(&text)), 1 => odd()].boxed()
}

fn switch() -> BoxedStrategy<String> {
    prop_oneof![select(words(&["True", "TRUE", "true ", "1", "false"])), odd()].boxed()
}

/// JSON values that nobody would write on purpose.
fn odd() -> BoxedStrategy<String> {
    let values = [
        "true",
        "false",
        "null",
        "0",
        "-0",
        "1",
        "-1.50",
        "1e15",
        "1e400",
        "1E+21",
        "{}",
        "[]",
        "[7]",
        r#"["a",null]"#,
        r#""""#,
        r#"" ""#,
        r#""0""#,
        r#""null""#,
        r#""undefined""#,
        r#""NaN""#,
        r#""Infinity""#,
        r#""-Infinity""#,
        r#""infinity""#,
        r#""1e15""#,
        r#""2026-11-20T11:00:00Z""#,
        r#""\ud83d""#,
        r#""\u0000""#,
    ];
    select(values.map(str::to_owned).to_vec()).boxed()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| quoted(word)).collect()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
