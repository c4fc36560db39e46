use serde::Serialize;

use super::{KeptTokens, Status};
use crate::model::{Prediction, ScriptAction, TokenState};

/// A status in `--json` output.
#[derive(Debug, Serialize)]
pub struct StatusReport {
    kind: &'static str,
    access_token: &'static str,
    expires_at: Option<i64>,
    refresh_token: &'static str,
    refresh_error: Option<String>,
    next: Option<String>,
    prediction: PredictionsReport,
    kept: Vec<KeptTokens>,
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
    reason: String,
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
            TokenState::Placeholder => "placeholder",
        };
        Self {
            kind: status.kind.name(),
            access_token: word(status.tokens.access, "valid"),
            expires_at: status.tokens.expires_at,
            refresh_token: word(status.tokens.refresh, "usable"),
            refresh_error: status.sends_nothing(),
            next: status.next_command(),
            prediction: PredictionsReport {
                app: PredictionReport::of(&status.app, status),
                newman: PredictionReport::of(&status.newman, status),
            },
            kept: status.kept.clone(),
        }
    }
}

impl PredictionReport {
    fn of(prediction: &Prediction, status: &Status) -> Self {
        let (action, message) = match &prediction.action {
            ScriptAction::None => ("none", None),
            ScriptAction::Refresh => ("refresh", None),
            ScriptAction::Error(message) => ("error", Some(message.clone())),
        };
        Self { action, message, reason: status.because(&prediction.reason) }
    }
}
