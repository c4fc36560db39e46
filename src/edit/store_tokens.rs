use super::{Assignment, EditError, Plan, SetOptions, set};
use crate::model::{BoxKind, NewTokens, Scope, names};
use crate::syntax::{Kind, Value};

/// The Advanced script considers an access token expired half a minute early, in milliseconds.
const ADVANCED_MARGIN: i64 = 30 * 1000;

/// How long the Advanced script considers a refresh token valid, in milliseconds: a day less than Box does.
const ADVANCED_REFRESH_LIFE: i64 = 59 * 24 * 60 * 60 * 1000;

/// Stores tokens that were received at `now`, in milliseconds since 1970, where the collection's script would store
/// them.
///
/// # Errors
/// [`EditError::NoList`] if a variable must be added but the variables are not in an array.
pub fn store_tokens(
    scope: &Scope<'_>,
    kind: BoxKind,
    tokens: &NewTokens,
    now: i64,
) -> Result<Plan, EditError> {
    let margin = if kind == BoxKind::Classic { 0 } else { ADVANCED_MARGIN };
    let text = |key: &str, text: &str| Assignment { key: key.to_owned(), value: Value::string(text) };
    // Postman exports strings, but a number that newman or a script wrote stays one. Scripts read both alike.
    let time = |key: &str, time: i64| {
        let before = scope.target(key).and_then(|variable| variable.value());
        let is_number = before.is_some_and(|node| node.kind() == Kind::Number);
        let value = if is_number { Value::Number(time.to_string()) } else { Value::string(time.to_string()) };
        Assignment { key: key.to_owned(), value }
    };
    let mut wishes = Vec::new();
    // If no access token came, the old one stays, although it has expired.
    wishes.extend(
        Some(&tokens.access).filter(|access| !access.is_empty()).map(|it| text(names::ACCESS_TOKEN, it)),
    );
    wishes.extend(tokens.refresh.as_deref().map(|refresh| text(names::REFRESH_TOKEN, refresh)));
    wishes.push(time(names::EXPIRES_AT, now.saturating_add(tokens.lifetime - margin)));
    if kind == BoxKind::OAuth && tokens.refresh.is_some() {
        wishes.push(time(names::REFRESH_TOKEN_EXPIRES_AT, now + ADVANCED_REFRESH_LIFE));
    }
    set(scope, &wishes, &SetOptions { create: true, ..SetOptions::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    const NOW: i64 = 1_795_000_000_000;

    fn stored(kind: BoxKind, rows: &str) -> String {
        let document = Document::json(&format!("[{rows}]")).expect(rows);
        let scope = Scope::of(&document).expect(rows);
        let refresh = matches!(kind, BoxKind::Classic | BoxKind::OAuth).then(|| "R".to_owned());
        let tokens = NewTokens { access: "A".to_owned(), refresh, lifetime: 3_600_000 };
        let plan = store_tokens(&scope, kind, &tokens, NOW).expect(rows);
        document.edited(&plan.edits).expect(rows).source().text().to_owned()
    }

    #[test]
    fn tokens_are_stored_with_the_values_that_the_scripts_write() {
        let rows = r#"{"key":"access_token","value":"a"},{"key":"refresh_token","value":null},{"key":"expires_at","value":0}"#;
        assert_eq!(
            stored(BoxKind::Classic, rows),
            r#"[{"key":"access_token","value":"A"},{"key":"refresh_token","value":"R"},{"key":"expires_at","value":1795003600000}]"#
        );
        assert_eq!(
            stored(BoxKind::Ccg, rows),
            r#"[{"key":"access_token","value":"A"},{"key":"refresh_token","value":null},{"key":"expires_at","value":1795003570000}]"#
        );
        let rows = r#"{"key":"access_token","value":"a"},{"key":"refresh_token_expires_at","value":"0"}"#;
        assert_eq!(
            stored(BoxKind::OAuth, rows),
            r#"[{"key":"access_token","value":"A"},{"key":"refresh_token_expires_at","value":"1800097600000"},{"key":"refresh_token","value":"R"},{"key":"expires_at","value":"1795003570000"}]"#
        );
    }
}
