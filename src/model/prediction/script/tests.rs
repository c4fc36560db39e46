use super::*;
use crate::model::{BoxKind, ScriptAction};
use crate::syntax::Document;

const NOW: i64 = 1_795_000_000_000;
const ID: &str = "abcdefghijklmnopqrstuvwxyz012345";
const SECRET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const REFRESH: &str = "abcdefghijklmnopqrstuvwxyz012345ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

fn predict(rows: &str, kind: BoxKind) -> (ScriptAction, ScriptAction) {
    let document = Document::json(&format!(r#"{{"name":"Box","values":[{rows}]}}"#)).expect(rows);
    let scope = Scope::of(&document).expect(rows);
    let action = |runtime| Prediction::of(&scope, kind, runtime, NOW).action;
    (action(Runtime::App), action(Runtime::Newman))
}

fn row(key: &str, json: &str) -> String {
    format!(r#"{{"key":"{key}","value":{json}}}"#)
}

/// The rows of `base` with `changes`: those with the same keys are replaced, and an empty value removes the row.
fn with(base: &[(&str, String)], changes: &[(&str, &str)]) -> String {
    let kept = base.iter().filter(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
    let mut rows: Vec<_> = kept.map(|(key, json)| row(key, json)).collect();
    rows.extend(changes.iter().filter(|(_, json)| !json.is_empty()).map(|(key, json)| row(key, json)));
    rows.join(",")
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn classic(changes: &[(&str, &str)]) -> String {
    let base = [
        ("client_id", quoted(ID)),
        ("client_secret", quoted(SECRET)),
        ("access_token", quoted(SECRET)),
        ("refresh_token", quoted(REFRESH)),
        ("expires_at", quoted("1794999999999")),
        ("enable_auto_refresh_access_token", quoted("true")),
    ];
    with(&base, changes)
}

fn advanced(kind: &str, changes: &[(&str, &str)]) -> String {
    let base = [
        ("client_id", quoted(ID)),
        ("client_secret", quoted(SECRET)),
        ("access_token", quoted(SECRET)),
        ("refresh_token", quoted(REFRESH)),
        ("expires_at", quoted("1794999999999")),
        ("refresh_token_expires_at", quoted("1799000000000")),
        ("box_subject_type", quoted("enterprise")),
        ("box_subject_id", quoted("12345")),
        ("key_id", quoted("k1")),
        ("private_key_encrypted", quoted("key")),
        ("private_key_passphrase", quoted("words")),
        ("box_env_type", quoted(kind)),
    ];
    with(&base, changes)
}

fn error(message: &str) -> ScriptAction {
    ScriptAction::Error(message.to_owned())
}

#[test]
fn the_classic_script_compares_the_expiry_as_a_number() {
    for value in [
        r#""1795000000000""#,
        r#""1795000000001""#,
        "1795000000001",
        r#"" 1795000000001\n""#,
        r#""1e15""#,
        r#""0xffffffffffff""#,
        r#""Infinity""#,
    ] {
        let rows = classic(&[("expires_at", value)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, ScriptAction::None, "{value}");
    }
    for value in ["", r#""abc""#, r#""2026-11-20T09:14:05Z""#, r#""1_795""#, "{}"] {
        let rows = classic(&[("expires_at", value)]);
        let document = Document::json(&format!(r#"{{"values":[{rows}]}}"#)).expect(value);
        let scope = Scope::of(&document).expect(value);
        let prediction = Prediction::of(&scope, BoxKind::Classic, Runtime::App, NOW);
        assert_eq!(prediction, Prediction::none(Reason::NeverExpires), "{value}");
    }
    for value in [
        r#""1794999999999""#,
        "1794999999999",
        r#""""#,
        r#""  ""#,
        r#""0""#,
        "null",
        "true",
        "false",
        r#""1795000000""#,
        "-1",
    ] {
        let rows = classic(&[("expires_at", value)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, ScriptAction::Refresh, "{value}");
        let rows = classic(&[("expires_at", value), ("enable_auto_refresh_access_token", r#""false""#)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, error(CLASSIC_EXPIRED), "{value}");
    }
}

#[test]
fn the_classic_switch_is_on_only_for_true() {
    for value in [r#""true""#, "true"] {
        let rows = classic(&[("enable_auto_refresh_access_token", value)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, ScriptAction::Refresh, "{value}");
    }
    for value in ["", r#""True""#, r#""TRUE""#, r#""true ""#, "1", r#""1""#, "null", "false", r#""""#] {
        let rows = classic(&[("enable_auto_refresh_access_token", value)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, error(CLASSIC_EXPIRED), "{value}");
    }
}

#[test]
fn the_classic_script_counts_utf_16_units() {
    let (dashes, kana, emoji) = (quoted(&"-".repeat(32)), quoted(&"あ".repeat(64)), quoted(&"😀".repeat(16)));
    for (key, value) in [("client_id", &dashes), ("refresh_token", &kana), ("client_secret", &emoji)] {
        let rows = classic(&[(key, value)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, ScriptAction::Refresh, "{value}");
    }
    let padded = quoted(&format!("{SECRET} "));
    for (key, value) in [
        ("client_id", ""),
        ("client_id", "null"),
        ("client_secret", &padded),
        ("refresh_token", "\"short\""),
        ("refresh_token", "null"),
        ("refresh_token", ""),
    ] {
        let rows = classic(&[(key, value)]);
        assert_eq!(predict(&rows, BoxKind::Classic).0, error(CLASSIC_EXPIRED), "{key} {value}");
    }
}

#[test]
fn the_last_enabled_duplicate_counts_but_newman_ignores_enabled() {
    let off = r#"{"key":"enable_auto_refresh_access_token","value":"false","enabled":false}"#;
    let on = classic(&[]);
    assert_eq!(
        predict(&format!("{on},{off}"), BoxKind::Classic),
        (ScriptAction::Refresh, error(CLASSIC_EXPIRED))
    );
    assert_eq!(
        predict(&format!("{off},{on}"), BoxKind::Classic),
        (ScriptAction::Refresh, ScriptAction::Refresh)
    );
    let disabled = r#"{"key":"expires_at","value":"0","enabled":false}"#;
    let rows = format!("{},{disabled}", classic(&[("expires_at", "")]));
    assert_eq!(predict(&rows, BoxKind::Classic), (ScriptAction::None, ScriptAction::Refresh));
    let both = disabled.replace("\"enabled\":false", "\"disabled\":true");
    let rows = format!("{},{both}", classic(&[("expires_at", "")]));
    assert_eq!(predict(&rows, BoxKind::Classic), (ScriptAction::None, ScriptAction::None));
}

/// `box_env_type`, the other changes, and the expected action.
type Case = (&'static str, Vec<(&'static str, &'static str)>, ScriptAction);

#[test]
fn the_advanced_script_follows_its_table() {
    let future = ("expires_at", "1795000000001");
    let invalid = |names: &str| error(&format!("Invalid enviroment variables: {names}"));
    let none = ScriptAction::None;
    let refresh = ScriptAction::Refresh;
    let cases: Vec<Case> = vec![
        ("BEARER", vec![("box_env_type", "")], error(NO_TYPE)),
        ("", vec![], error(NO_TYPE)),
        ("BEARER", vec![("box_env_type", "null")], error(NO_TYPE)),
        ("BEARER", vec![("access_token", "\"\"")], invalid("Access Token")),
        ("BEARER", vec![("client_id", "")], none.clone()),
        ("BEARER", vec![("expires_at", "\"abc\"")], none.clone()),
        ("OAUTH", vec![future], none.clone()),
        ("OAUTH", vec![future, ("client_id", "\"\"")], invalid("Client_id")),
        ("OAUTH", vec![("client_id", ""), ("client_secret", "null")], invalid("Client_id, Client secret")),
        ("OAUTH", vec![("refresh_token", "\"\"")], invalid("Refresh token")),
        (
            "OAUTH",
            vec![("client_secret", "\"\""), ("refresh_token", "")],
            invalid("Client secret, Refresh token"),
        ),
        (
            "CCG",
            vec![("box_subject_type", "\"Enterprise\"")],
            invalid("Box subject type (enterprise or user)"),
        ),
        ("CCG", vec![("box_subject_type", "\"\"")], invalid("Box subject type")),
        ("CCG", vec![("box_subject_id", "\"\"")], invalid("Box subject id")),
        ("CCG", vec![("box_subject_type", "\"user\"")], refresh.clone()),
        ("CCG", vec![future], none.clone()),
        (
            "JWT",
            vec![("key_id", ""), ("private_key_encrypted", ""), ("private_key_passphrase", "")],
            invalid("Key id, Private key, Passphrase"),
        ),
        (
            "JWT",
            vec![("box_subject_id", ""), ("private_key_passphrase", "\"\"")],
            invalid("Box subject id, Passphrase"),
        ),
        ("JWT", vec![], refresh.clone()),
        ("oauth", vec![future], none.clone()),
        ("FOO", vec![("expires_at", "\"abc\"")], none.clone()),
        ("FOO", vec![future, ("client_id", "")], invalid("Client_id")),
        ("FOO", vec![], error(UNKNOWN_TYPE)),
        ("oauth", vec![], error(UNKNOWN_TYPE)),
        ("OAUTH", vec![("expires_at", "")], refresh.clone()),
        ("OAUTH", vec![("expires_at", "\"\"")], refresh.clone()),
        ("OAUTH", vec![("expires_at", "\"0\"")], refresh.clone()),
        ("OAUTH", vec![("expires_at", "null")], refresh.clone()),
        ("OAUTH", vec![("expires_at", "\"abc\"")], none),
        ("OAUTH", vec![("refresh_token_expires_at", "")], error(REFRESH_TOKEN_EXPIRED)),
        ("OAUTH", vec![("refresh_token_expires_at", "\"\"")], error(REFRESH_TOKEN_EXPIRED)),
        ("OAUTH", vec![("refresh_token_expires_at", "\"0\"")], error(REFRESH_TOKEN_EXPIRED)),
        ("OAUTH", vec![("refresh_token_expires_at", "1794999999999")], error(REFRESH_TOKEN_EXPIRED)),
        ("OAUTH", vec![("refresh_token_expires_at", "\"abc\"")], refresh.clone()),
        ("CCG", vec![("refresh_token_expires_at", "\"0\"")], refresh),
    ];
    for (stated, changes, wanted) in cases {
        let found = predict(&advanced(stated, &changes), BoxKind::OAuth).0;
        assert_eq!(found, wanted, "{stated} {changes:?}");
    }
}
