use super::{Hindrance, Prediction, Reason};
use crate::model::{JsValue, Runtime, Scope, names};

/// The lengths that the classic script wants, in UTF-16 code units.
pub const CLASSIC_LENGTHS: [(&str, usize); 3] =
    [(names::CLIENT_ID, 32), (names::CLIENT_SECRET, 32), (names::REFRESH_TOKEN, 64)];

const CLASSIC_EXPIRED: &str = "Access token expired. Please use the \"Authorization => Refresh access token\" API to request a new token.";
const NO_TYPE: &str = "Unable to identify environment type. Please select a supported environment";
// Spelled as the script spells it.
const INCOMPLETE: &str = "Invalid enviroment variables: ";
const REFRESH_TOKEN_EXPIRED: &str = "Refresh token has expired";
const UNKNOWN_TYPE: &str = "Unrecognized environment. Please select one of the supported Box environments";

/// A run of one of the two scripts.
pub(super) struct Script<'s, 'd> {
    pub(super) scope: &'s Scope<'d>,
    pub(super) runtime: Runtime,
    /// In milliseconds since 1970.
    pub(super) now: f64,
}

impl<'d> Script<'_, 'd> {
    /// `pm.environment.get(key)`
    fn get(&self, key: &str) -> JsValue<'d> {
        JsValue::of(self.scope.winner(key, self.runtime))
    }

    fn is_filled(&self, key: &str) -> bool {
        self.get(key).is_truthy()
    }

    /// `src/events/refreshAccessToken.js` of Box's collection, the same since January 2020.
    pub(super) fn classic(&self) -> Prediction {
        let end = self.get(names::EXPIRES_AT).number();
        if let Some(reason) = self.not_after(end) {
            return Prediction::none(reason);
        }
        let switched_off = self.get(names::AUTO_REFRESH).text() != "true";
        let lengths = CLASSIC_LENGTHS.iter().filter_map(|&(key, wanted)| {
            let found = self.get(key).length();
            (found != wanted).then_some(Hindrance::Length { key, found, wanted })
        });
        let hindrances: Vec<_> =
            switched_off.then_some(Hindrance::SwitchedOff).into_iter().chain(lengths).collect();
        if hindrances.is_empty() {
            Prediction::refresh()
        } else {
            Prediction::error(CLASSIC_EXPIRED, Reason::Hindered(hindrances))
        }
    }

    /// `src/events/collectionPreReqScript.js`, for the requests that it does not leave alone.
    pub(super) fn advanced(&self) -> Prediction {
        let stated = self.get(names::BOX_ENV_TYPE);
        if !stated.is_truthy() {
            return Prediction::error(NO_TYPE, Reason::NoType);
        }
        let is = |name: &str| stated.is_str(name);
        let wrong = self.wrong_variables(&stated);
        if !wrong.is_empty() {
            return Prediction::error(format!("{INCOMPLETE}{}", wrong.join(", ")), Reason::Incomplete);
        }
        if is("BEARER") {
            return Prediction::none(Reason::NeverRefreshed);
        }
        if let Some(reason) = self.not_after(self.number_or_zero(names::EXPIRES_AT)) {
            return Prediction::none(reason);
        }
        let refresh_token_end = self.number_or_zero(names::REFRESH_TOKEN_EXPIRES_AT);
        if is("OAUTH") && self.now > refresh_token_end {
            Prediction::error(REFRESH_TOKEN_EXPIRED, Reason::RefreshTokenExpired)
        } else if is("OAUTH") || is("CCG") || is("JWT") {
            Prediction::refresh()
        } else {
            Prediction::error(UNKNOWN_TYPE, Reason::UnknownType)
        }
    }

    /// The names that the script gives to what it misses, in its order.
    fn wrong_variables(&self, stated: &JsValue<'_>) -> Vec<&'static str> {
        let is = |name: &str| stated.is_str(name);
        let empty = |pairs: &[(&str, &'static str)]| -> Vec<&'static str> {
            pairs.iter().filter(|(key, _)| !self.is_filled(key)).map(|(_, name)| *name).collect()
        };
        if is("BEARER") {
            return empty(&[(names::ACCESS_TOKEN, "Access Token")]);
        }
        let mut wrong = empty(&[(names::CLIENT_ID, "Client_id"), (names::CLIENT_SECRET, "Client secret")]);
        if is("OAUTH") {
            wrong.extend(empty(&[(names::REFRESH_TOKEN, "Refresh token")]));
        }
        if is("CCG") || is("JWT") {
            let subject_type = self.get(names::SUBJECT_TYPE);
            if !subject_type.is_truthy() {
                wrong.push("Box subject type");
            } else if !subject_type.is_str("enterprise") && !subject_type.is_str("user") {
                wrong.push("Box subject type (enterprise or user)");
            }
            wrong.extend(empty(&[(names::SUBJECT_ID, "Box subject id")]));
        }
        if is("JWT") {
            wrong.extend(empty(&[
                (names::KEY_ID, "Key id"),
                (names::PRIVATE_KEY, "Private key"),
                (names::PASSPHRASE, "Passphrase"),
            ]));
        }
        wrong
    }

    /// `Number(get(key) || 0)`
    fn number_or_zero(&self, key: &str) -> f64 {
        let value = self.get(key);
        if value.is_truthy() { value.number() } else { 0.0 }
    }

    /// Why `Date.now() > end` is false; none when it is true.
    fn not_after(&self, end: f64) -> Option<Reason> {
        if end.is_nan() {
            Some(Reason::NeverExpires)
        } else {
            (self.now <= end).then_some(Reason::NotExpired(end))
        }
    }
}

#[cfg(test)]
mod tests {
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

    /// An environment with `rows` in front of, or in the place of, those of `base`.
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
    fn the_classic_script_waits_for_a_number_to_pass() {
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
    fn the_classic_switch_is_on_for_true_alone() {
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
        let (dashes, kana, emoji) =
            (quoted(&"-".repeat(32)), quoted(&"あ".repeat(64)), quoted(&"😀".repeat(16)));
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
    fn of_duplicates_the_last_enabled_one_counts_and_newman_does_not_read_enabled() {
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

    /// `box_env_type`, the other changes, and what follows.
    type Case = (&'static str, Vec<(&'static str, &'static str)>, ScriptAction);

    #[test]
    fn every_row_of_the_advanced_table() {
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
            (
                "OAUTH",
                vec![("client_id", ""), ("client_secret", "null")],
                invalid("Client_id, Client secret"),
            ),
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
}
