use super::obstacle::{Obstacle, ObstacleState};
use super::{LOGIN, REFRESH, Status};
use crate::model::{BoxKind, Reason, ScriptAction, TokenState, Verdict, names};
use crate::report::kept::KeptState;

impl Status {
    /// The command to run next; none if nothing needs doing.
    pub(super) fn next_command(&self) -> Option<String> {
        let refuses = matches!(self.app.action, ScriptAction::Error(_));
        if matches!(self.app.reason, Reason::NoType | Reason::UnknownType) {
            return Some(format!("envtool set {} {}", names::BOX_ENV_TYPE, self.kind.type_name()));
        }
        let waits = self.kept.iter().any(|kept| kept.state == KeptState::Waiting);
        match (self.verdict(0), self.kind, self.obstacle) {
            _ if waits => Some(REFRESH.to_owned()),
            (Verdict::Usable, ..) if !refuses => None,
            _ if self.tokens.access == TokenState::Disabled => {
                Some(format!("envtool enable {}", names::ACCESS_TOKEN))
            }
            (_, _, Some(obstacle)) => Some(self.remedy(obstacle)),
            (Verdict::Lost, BoxKind::Bearer, _) => Some(format!("envtool set {}", names::ACCESS_TOKEN)),
            (_, BoxKind::Bearer, _) => Some("envtool check".to_owned()),
            _ if self.tokens.refresh == TokenState::Refused && !self.is_rescued() => Some(LOGIN.to_owned()),
            _ => Some(REFRESH.to_owned()),
        }
    }

    /// The command that removes the obstacle.
    fn remedy(&self, Obstacle { key, state }: Obstacle) -> String {
        match (key, state) {
            (key, ObstacleState::Disabled) => format!("envtool enable {key}"),
            (names::SUBJECT_TYPE, _) => format!("envtool set {key} enterprise"),
            // Logging in prompts for a missing id and secret.
            (names::REFRESH_TOKEN, _) | (_, ObstacleState::Empty | ObstacleState::Placeholder)
                if self.logs_in() =>
            {
                LOGIN.to_owned()
            }
            (key, _) => names::set_command(key),
        }
    }
}
