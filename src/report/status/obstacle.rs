use crate::model::{Given, Hindrance, Prediction, Reason, Runtime, Scope, Tokens};

/// A credential to correct before a new access token can be had.
#[derive(Clone, Copy, Debug)]
pub(super) struct Obstacle {
    pub(super) key: &'static str,
    pub(super) state: ObstacleState,
}

/// What is wrong with a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ObstacleState {
    Disabled,
    Empty,
    Placeholder,
    Wrong,
}

impl Obstacle {
    /// The first credential that stops the script, as `app` predicts, or a request for tokens.
    pub(super) fn of(scope: &Scope<'_>, app: &Prediction, tokens: &Tokens) -> Option<Self> {
        let of_script = match &app.reason {
            Reason::Incomplete(keys) => keys.first().copied(),
            Reason::Hindered(hindrances) => hindrances.iter().find_map(|hindrance| match hindrance {
                Hindrance::SwitchedOff => None,
                Hindrance::Absent { key, .. } | Hindrance::Length { key, .. } => Some(*key),
            }),
            _ => None,
        };
        let key = of_script.or_else(|| tokens.lacking.keys().next())?;
        let state = match Given::of(scope, key) {
            _ if scope.winner(key, Runtime::App).is_none() && scope.target(key).is_some() => {
                ObstacleState::Disabled
            }
            Given::Nothing => ObstacleState::Empty,
            Given::Placeholder => ObstacleState::Placeholder,
            Given::Credential(_) => ObstacleState::Wrong,
        };
        Some(Self { key, state })
    }

    pub(super) fn words(self) -> String {
        let how = match self.state {
            ObstacleState::Disabled => "disabled",
            ObstacleState::Empty => "empty",
            ObstacleState::Placeholder => "only a placeholder",
            ObstacleState::Wrong => "not valid",
        };
        format!("`{}` is {how}", self.key)
    }
}
