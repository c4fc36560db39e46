mod json;
mod next;
mod obstacle;
mod sentences;

pub use json::StatusReport;

use obstacle::{Obstacle, ObstacleState};

use super::hint::on_file;
use super::kept::{KeptState, KeptTokens};
use crate::model::{BoxKind, Prediction, Runtime, Scope, TokenState, Tokens, Verdict, names};
use crate::term::{Painter, Role, hanging};

/// The width of the labels.
const LABEL: usize = 14;

/// The column at which the text after a label starts.
const INDENT: usize = LABEL + 3;

const REFRESH: &str = "envtool refresh";
const LOGIN: &str = "envtool login";

/// The status of a Box environment's tokens, and what the scripts of Box's collection will do with them.
#[derive(Clone, Debug)]
pub struct Status {
    kind: BoxKind,
    tokens: Tokens,
    app: Prediction,
    newman: Prediction,
    obstacle: Option<Obstacle>,
    /// Why a credential that is filled in cannot be used for a request.
    bad_credential: Option<String>,
    now: i64,
    kept: Vec<KeptTokens>,
}

impl Status {
    /// The status of `scope` at `now`, in milliseconds since 1970; none if it is not a Box environment.
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
        let obstacle = Obstacle::of(scope, &app, &tokens);
        Some(Self { kind, tokens, app, newman, obstacle, bad_credential: None, now, kept: Vec::new() })
    }

    /// The same, with the tokens that envtool keeps for the file.
    #[must_use]
    pub fn with_kept(mut self, mut kept: Vec<KeptTokens>) -> Self {
        let count = kept.len();
        kept.retain(|kept| kept.state != KeptState::Refused);
        if kept.len() < count {
            self.tokens.refresh = TokenState::Refused;
        }
        Self { kept, ..self }
    }

    /// The same, if the value of `key` cannot be used for a request, for the reason `why`.
    #[must_use]
    pub fn with_bad_credential(mut self, key: &'static str, why: String) -> Self {
        self.obstacle.get_or_insert(Obstacle { key, state: ObstacleState::Wrong });
        self.bad_credential = Some(why);
        self
    }

    /// Whether the access token can be used as it is.
    #[must_use]
    pub fn has_good_token(&self) -> bool {
        self.tokens.access == TokenState::Good
    }

    /// The same, if Box refused the access token.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.tokens.access = TokenState::Refused;
        self
    }

    /// What can be done with the tokens if the access token must last for `min_ttl` milliseconds.
    #[must_use]
    pub fn verdict(&self, min_ttl: i64) -> Verdict {
        match self.tokens.verdict(self.now, min_ttl) {
            Verdict::Lost if self.is_rescued() => Verdict::Renewable,
            Verdict::Renewable if self.bad_credential.is_some() && !self.is_disabled() => Verdict::Lost,
            verdict => verdict,
        }
    }

    /// Why a request for tokens would not be sent although everything it needs is filled in.
    fn sends_nothing(&self) -> Option<String> {
        let lacking = &self.tokens.lacking;
        let placeholders = (!lacking.placeholders.is_empty()).then(|| lacking.to_string());
        placeholders.filter(|_| !self.has_good_token()).or_else(|| self.bad_credential.clone())
    }

    /// Whether there is an access token that the app does not use.
    fn is_disabled(&self) -> bool {
        self.tokens.access == TokenState::Disabled
    }

    /// Whether envtool keeps tokens that are not in the file.
    fn is_rescued(&self) -> bool {
        self.kept.iter().any(|kept| kept.state.has_tokens())
    }

    /// The verdict in a few words.
    #[must_use]
    pub fn headline(&self, min_ttl: i64, painter: Painter) -> String {
        match self.verdict(min_ttl) {
            Verdict::Usable => painter.paint(Role::Good, "usable"),
            Verdict::Renewable => painter.paint(Role::Warning, &self.unusable()),
            Verdict::Lost => match self.obstacle {
                Some(obstacle) if !self.logs_in() || obstacle.state == ObstacleState::Placeholder => {
                    painter.paint(Role::Bad, &format!("not usable, {}", obstacle.words()))
                }
                _ if [self.tokens.access, self.tokens.refresh] == [TokenState::Missing; 2] => {
                    painter.paint(Role::Bad, "not logged in")
                }
                _ => painter.paint(Role::Bad, "re-authentication needed"),
            },
        }
    }

    /// Why the access token cannot be used, if a new one can be had.
    fn unusable(&self) -> String {
        match (self.tokens.access, self.obstacle) {
            (TokenState::Good, _) => "ends too soon".to_owned(),
            _ if self.is_rescued() => "not usable, other tokens are kept".to_owned(),
            (TokenState::Disabled, _) => "not usable, disabled".to_owned(),
            (TokenState::Unknown, _) => "cannot tell whether it is usable".to_owned(),
            (_, Some(obstacle)) => format!("not usable, {}", obstacle.words()),
            _ if self.tokens.refresh == TokenState::Expired => {
                "not usable, and the refresh token has probably expired".to_owned()
            }
            _ => "not usable, can be refreshed".to_owned(),
        }
    }

    /// Whether the tokens come from a login in a browser.
    fn logs_in(&self) -> bool {
        self.kind.token_keys().contains(&names::REFRESH_TOKEN)
    }

    /// The whole status in a few indented lines that fit into `width` columns. The next command names `file`, if given.
    #[must_use]
    pub fn render(&self, file: Option<&str>, painter: Painter, width: Option<usize>) -> String {
        let mut rows = vec![("access token", self.access_token())];
        if self.logs_in() {
            rows.push(("refresh token", self.refresh_token()));
        }
        let sentences = [(&self.app, Runtime::App), (&self.newman, Runtime::Newman)];
        let [app, newman] = sentences.map(|(prediction, runtime)| self.sentence(prediction, runtime));
        let differs = newman != app;
        rows.push(("next request", app));
        if differs {
            rows.push(("in newman", newman));
        }
        if let Some(why) = self.sends_nothing() {
            rows.push(("refresh", format!("sends nothing: {why}")));
        }
        rows.extend(self.kept.iter().map(|kept| (kept.label(), kept.sentence())));
        let mut commands = None;
        if let Some(command) = self.next_command() {
            let on_file = |command: &str| {
                let command = file.map_or_else(|| command.to_owned(), |file| on_file(command, file));
                painter.paint(Role::Name, &command)
            };
            let otherwise = match self.tokens.refresh {
                TokenState::Expired if command == REFRESH => {
                    format!("\nif Box refuses it: {}", on_file(LOGIN))
                }
                _ => String::new(),
            };
            commands = Some(("run next", on_file(&command) + &otherwise));
        }
        let line = |(label, text): &(&str, String), width| {
            format!("  {label:<LABEL$} {}", hanging(text, INDENT, width))
        };
        let mut lines: Vec<_> = rows.iter().map(|row| line(row, width)).collect();
        // In one piece however long they are, to be copied.
        lines.extend(commands.iter().map(|row| line(row, None)));
        lines.join("\n")
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
            status.render(None, Painter { color: false }, None),
            "  access token   disabled: the Postman app does not use it\n  \
               refresh token  usable until about 2027-01-17 11:06:40 UTC, unless already used\n  \
               next request   sent without an access token: `expires_at` is in the future\n  \
               in newman      sent with the current access token: `expires_at` is in the future\n  \
               run next       envtool enable access_token"
        );
    }

    #[test]
    fn a_refused_token_is_not_reported_as_valid() {
        let status = status().refused();
        assert_eq!(status.verdict(0), Verdict::Renewable);
        let shown = status.render(None, Painter { color: false }, None);
        assert!(shown.starts_with("  access token   refused by Box\n"), "{shown}");
        assert!(shown.ends_with("envtool refresh"), "{shown}");
    }
}
