use serde::Serialize;

use super::hint::on_file;
use super::time::{duration, moment};
use crate::model::{
    BoxKind, Hindrance, Prediction, Reason, Runtime, Scope, ScriptAction, TokenState, Tokens, Verdict, names,
};
use crate::term::{Painter, Role};

/// What is known of a Box environment's tokens, and what Box's collection will do with them.
#[derive(Clone, Debug)]
pub struct Status {
    kind: BoxKind,
    tokens: Tokens,
    app: Prediction,
    newman: Prediction,
    now: i64,
}

impl Status {
    /// The status of `scope` at `now`, in milliseconds since 1970; none when it is no Box environment.
    #[must_use]
    pub fn of(scope: &Scope<'_>, now: i64) -> Option<Self> {
        let kind = BoxKind::of(scope)?;
        let predict = |runtime| Prediction::of(scope, kind, runtime, now);
        let (app, newman) = (predict(Runtime::App), predict(Runtime::Newman));
        let mut tokens = Tokens::of(scope, kind, now);
        let unused = scope.winner(names::ACCESS_TOKEN, Runtime::App).is_none();
        if unused && matches!(tokens.access, TokenState::Good | TokenState::Unknown) {
            tokens.access = TokenState::Disabled;
        }
        Some(Self { kind, tokens, app, newman, now })
    }

    /// The same, now that Box has refused the access token.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.tokens.access = TokenState::Refused;
        self
    }

    /// What can be done with the tokens when the access token has to last for `min_ttl` milliseconds.
    #[must_use]
    pub fn verdict(&self, min_ttl: i64) -> Verdict {
        self.tokens.verdict(self.now, min_ttl)
    }

    /// The verdict in a few words.
    #[must_use]
    pub fn headline(&self, min_ttl: i64, painter: Painter) -> String {
        match self.verdict(min_ttl) {
            Verdict::Usable => painter.paint(Role::Good, "usable"),
            Verdict::Renewable if self.tokens.access == TokenState::Good => {
                painter.paint(Role::Warning, "ends too soon")
            }
            Verdict::Renewable if self.tokens.access == TokenState::Disabled => {
                painter.paint(Role::Warning, "not usable, disabled")
            }
            Verdict::Renewable if self.kind == BoxKind::Bearer => painter.paint(Role::Warning, "unknown"),
            Verdict::Renewable => painter.paint(Role::Warning, "not usable, can be refreshed"),
            Verdict::Lost => painter.paint(Role::Bad, "re-authentication needed"),
        }
    }

    /// The whole status for people, on a few indented lines. The next command is for `file`, where it has to be named.
    #[must_use]
    pub fn render(&self, file: Option<&str>, painter: Painter) -> String {
        let mut rows = vec![("access token", self.access_token())];
        if self.kind.token_keys().contains(&names::REFRESH_TOKEN) {
            rows.push(("refresh token", self.refresh_token()));
        }
        let sentences = [(&self.app, Runtime::App), (&self.newman, Runtime::Newman)];
        let [app, newman] = sentences.map(|(prediction, runtime)| self.sentence(prediction, runtime));
        let differs = newman != app;
        rows.push(("next request", app));
        if differs {
            rows.push(("in newman", newman));
        }
        if let Some(command) = self.next_command() {
            let command = file.map_or_else(|| command.clone(), |file| on_file(&command, file));
            rows.push(("run next", painter.paint(Role::Name, &command)));
        }
        rows.iter().map(|(label, text)| format!("  {label:<14} {text}")).collect::<Vec<_>>().join("\n")
    }

    fn access_token(&self) -> String {
        let state = self.tokens.access;
        match (state, self.tokens.expires_at) {
            (TokenState::Good, Some(end)) => {
                format!("valid for {} (until {})", duration(end.saturating_sub(self.now)), moment(end))
            }
            (TokenState::Expired, Some(end)) => {
                format!("expired {} ago ({})", duration(self.now.saturating_sub(end)), moment(end))
            }
            (TokenState::Missing, _) => "missing".to_owned(),
            (TokenState::Disabled, _) => "disabled: the Postman app does not use it".to_owned(),
            (TokenState::Refused, _) => "refused by Box".to_owned(),
            _ if self.kind == BoxKind::Bearer => {
                "its end is not known: a bearer environment does not say".to_owned()
            }
            _ => "its end is not known: `expires_at` holds no time in milliseconds".to_owned(),
        }
    }

    fn refresh_token(&self) -> String {
        let end = self.tokens.refresh_expires_at.map(moment).unwrap_or_default();
        match self.tokens.refresh {
            TokenState::Good => format!("usable until {end}, unless it has been used"),
            TokenState::Expired => format!("expired ({end})"),
            TokenState::Missing => "missing".to_owned(),
            _ => "there, but its end is not known".to_owned(),
        }
    }

    /// What the script will do and why, in a sentence.
    fn sentence(&self, prediction: &Prediction, runtime: Runtime) -> String {
        let why = self.because(&prediction.reason);
        let disabled = self.tokens.access == TokenState::Disabled && runtime == Runtime::App;
        match &prediction.action {
            ScriptAction::None if disabled => format!("sent without an access token: {why}"),
            ScriptAction::None => format!("sent with the access token as it is: {why}"),
            ScriptAction::Refresh => format!("refreshes the access token first: {why}"),
            ScriptAction::Error(message) => format!("fails with `{message}`: {why}"),
        }
    }

    fn because(&self, reason: &Reason) -> String {
        match reason {
            Reason::NotExpired(_) => "`expires_at` lies ahead".to_owned(),
            Reason::NeverExpires => {
                "`expires_at` is no number, so the script never sees the token expire".to_owned()
            }
            Reason::NeverRefreshed => "a bearer token is never refreshed".to_owned(),
            Reason::Expired => "`expires_at` has passed".to_owned(),
            Reason::Hindered(hindrances) => {
                let list: Vec<_> = hindrances.iter().map(hindrance).collect();
                format!("`expires_at` has passed, and {}", list.join(", "))
            }
            Reason::Incomplete => "the script checks these variables before anything else".to_owned(),
            Reason::NoType => "`box_env_type` is missing or empty".to_owned(),
            Reason::UnknownType => "`box_env_type` must be exactly BEARER, OAUTH, CCG or JWT".to_owned(),
            Reason::RefreshTokenExpired => {
                "`refresh_token_expires_at` has passed or says nothing; the script does not try".to_owned()
            }
        }
    }

    /// The command worth running next; none when nothing needs doing.
    fn next_command(&self) -> Option<String> {
        let refuses = matches!(self.app.action, ScriptAction::Error(_));
        if matches!(self.app.reason, Reason::NoType | Reason::UnknownType) {
            return Some(format!("envtool set {} {}", names::BOX_ENV_TYPE, self.kind.type_name()));
        }
        match (self.verdict(0), self.kind) {
            (Verdict::Usable, _) if !refuses => None,
            _ if self.tokens.access == TokenState::Disabled => {
                Some(format!("envtool enable {}", names::ACCESS_TOKEN))
            }
            (Verdict::Lost, BoxKind::Bearer) => Some(format!("envtool set {}", names::ACCESS_TOKEN)),
            (_, BoxKind::Bearer) => Some("envtool check".to_owned()),
            (Verdict::Usable | Verdict::Renewable, _) => Some("envtool refresh".to_owned()),
            (Verdict::Lost, BoxKind::Ccg | BoxKind::Jwt) => {
                self.tokens.lacking.first().map(|key| format!("envtool set {key}"))
            }
            (Verdict::Lost, _) => Some("envtool login".to_owned()),
        }
    }
}

fn hindrance(hindrance: &Hindrance) -> String {
    match hindrance {
        Hindrance::SwitchedOff => format!("`{}` is not exactly `true`", names::AUTO_REFRESH),
        Hindrance::Length { key, found, wanted } => {
            format!("`{key}` counts {found} characters instead of {wanted}")
        }
    }
}

/// A status in `--json` output.
#[derive(Debug, Serialize)]
pub struct StatusReport {
    kind: &'static str,
    access_token: &'static str,
    expires_at: Option<i64>,
    refresh_token: &'static str,
    prediction: PredictionsReport,
}

#[derive(Debug, Serialize)]
struct PredictionsReport {
    app: PredictionReport,
    newman: PredictionReport,
}

#[derive(Debug, Serialize)]
struct PredictionReport {
    action: &'static str,
    message: Option<String>,
}

impl From<&Status> for StatusReport {
    fn from(status: &Status) -> Self {
        let word = |state, good| match state {
            TokenState::Good => good,
            TokenState::Expired => "expired",
            TokenState::Unknown => "unknown",
            TokenState::Disabled => "disabled",
            TokenState::Refused => "refused",
            TokenState::Missing => "missing",
        };
        Self {
            kind: status.kind.name(),
            access_token: word(status.tokens.access, "valid"),
            expires_at: status.tokens.expires_at,
            refresh_token: word(status.tokens.refresh, "usable"),
            prediction: PredictionsReport { app: (&status.app).into(), newman: (&status.newman).into() },
        }
    }
}

impl From<&Prediction> for PredictionReport {
    fn from(prediction: &Prediction) -> Self {
        match &prediction.action {
            ScriptAction::None => Self { action: "none", message: None },
            ScriptAction::Refresh => Self { action: "refresh", message: None },
            ScriptAction::Error(message) => Self { action: "error", message: Some(message.clone()) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    const ROWS: &str = r#"{"values":[
        {"key":"client_id","value":"i"},{"key":"client_secret","value":"s"},{"key":"refresh_token","value":"r"},
        {"key":"expires_at","value":"1795003600000"},{"key":"access_token","value":"a","enabled":false}]}"#;

    fn status() -> Status {
        let document = Document::json(ROWS).expect("valid");
        let scope = Scope::of(&document).expect("variables");
        Status::of(&scope, 1_795_000_000_000).expect("a Box environment")
    }

    #[test]
    fn the_app_sends_no_disabled_token_and_newman_does() {
        let status = status();
        assert_eq!(status.verdict(0), Verdict::Renewable);
        assert_eq!(status.headline(0, Painter { color: false }), "not usable, disabled");
        assert_eq!(
            status.render(None, Painter { color: false }),
            "  access token   disabled: the Postman app does not use it\n  \
               refresh token  usable until 2027-01-17 12:06:40 UTC, unless it has been used\n  \
               next request   sent without an access token: `expires_at` lies ahead\n  \
               in newman      sent with the access token as it is: `expires_at` lies ahead\n  \
               run next       envtool enable access_token"
        );
    }

    #[test]
    fn a_refused_token_is_not_said_to_be_valid() {
        let status = status().refused();
        assert_eq!(status.verdict(0), Verdict::Renewable);
        let shown = status.render(None, Painter { color: false });
        assert!(shown.starts_with("  access token   refused by Box\n"), "{shown}");
        assert!(shown.ends_with("envtool refresh"), "{shown}");
    }
}
