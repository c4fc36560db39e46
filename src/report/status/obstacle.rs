use crate::model::{Hindrance, JsValue, Prediction, Reason, Runtime, Scope, Tokens};

/// A credential that has to be put right before a new access token can come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Obstacle {
    pub(super) key: &'static str,
    pub(super) state: ObstacleState,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ObstacleState {
    Disabled,
    Empty,
    Wrong,
}

impl Obstacle {
    /// The first thing that the script, by what `app` says, or a request for tokens would stumble over.
    pub(super) fn of(scope: &Scope<'_>, app: &Prediction, tokens: &Tokens) -> Option<Self> {
        let of_script = match &app.reason {
            Reason::Incomplete(keys) => keys.first().copied(),
            Reason::Hindered(hindrances) => hindrances.iter().find_map(|hindrance| match hindrance {
                Hindrance::SwitchedOff => None,
                Hindrance::Nothing { key, .. } | Hindrance::Length { key, .. } => Some(*key),
            }),
            _ => None,
        };
        let key = of_script.or_else(|| tokens.lacking.first().copied())?;
        let target = scope.target(key);
        let state = match scope.winner(key, Runtime::App) {
            None if target.is_some() => ObstacleState::Disabled,
            _ if !JsValue::of(target).is_truthy() => ObstacleState::Empty,
            _ => ObstacleState::Wrong,
        };
        Some(Self { key, state })
    }

    pub(super) fn words(self) -> String {
        let how = match self.state {
            ObstacleState::Disabled => "disabled",
            ObstacleState::Empty => "empty",
            ObstacleState::Wrong => "not right",
        };
        format!("`{}` is {how}", self.key)
    }
}
