use super::{Absence, Hindrance, Prediction, Reason};
use crate::model::{JsValue, Runtime, Scope, names};

/// The lengths that the classic script expects, in UTF-16 code units.
pub const CLASSIC_LENGTHS: [(&str, usize); 3] =
    [(names::CLIENT_ID, 32), (names::CLIENT_SECRET, 32), (names::REFRESH_TOKEN, 64)];

const CLASSIC_EXPIRED: &str = "Access token expired. Please use the \"Authorization => Refresh access token\" API to request a new token.";
const NO_TYPE: &str = "Unable to identify environment type. Please select a supported environment";
// Spelled as the script spells it.
const INCOMPLETE: &str = "Invalid enviroment variables: ";
const REFRESH_TOKEN_EXPIRED: &str = "Refresh token has expired";
const UNKNOWN_TYPE: &str = "Unrecognized environment. Please select one of the supported Box environments";

/// A run of one of the two pre-request scripts.
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

    /// Predicts `src/events/refreshAccessToken.js` of Box's collection, which has not changed since January 2020.
    pub(super) fn classic(&self) -> Prediction {
        let end = self.get(names::EXPIRES_AT).number();
        if let Some(reason) = self.not_after(end) {
            return Prediction::none(reason);
        }
        let switched_off = self.get(names::AUTO_REFRESH).text() != "true";
        let lengths = CLASSIC_LENGTHS.iter().filter_map(|&(key, wanted)| {
            let value = self.get(key);
            if let Some(absence) = self.absence(key, &value) {
                return Some(Hindrance::Absent { key, absence });
            }
            let found = value.length();
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

    /// Why `value`, that of the variable `key`, counts as absent; none if it does not.
    fn absence(&self, key: &str, value: &JsValue<'_>) -> Option<Absence> {
        match value {
            JsValue::Undefined if self.scope.target(key).is_some_and(|it| !it.is_enabled(self.runtime)) => {
                Some(Absence::Disabled)
            }
            JsValue::Undefined => Some(Absence::Missing),
            JsValue::Null => Some(Absence::Null),
            value => (value.length() == 0).then_some(Absence::Empty),
        }
    }

    /// Predicts `src/events/collectionPreReqScript.js`, for the requests that it does not skip.
    pub(super) fn advanced(&self) -> Prediction {
        let stated = self.get(names::BOX_ENV_TYPE);
        if !stated.is_truthy() {
            return Prediction::error(NO_TYPE, Reason::NoType);
        }
        let is = |name: &str| stated.is_str(name);
        let wrong = self.wrong_variables(&stated);
        if !wrong.is_empty() {
            let (keys, names): (Vec<_>, Vec<_>) = wrong.into_iter().unzip();
            return Prediction::error(format!("{INCOMPLETE}{}", names.join(", ")), Reason::Incomplete(keys));
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

    /// The variables that the script reports as empty or wrong, with the names it uses for them, in its order.
    fn wrong_variables(&self, stated: &JsValue<'_>) -> Vec<(&'static str, &'static str)> {
        let is = |name: &str| stated.is_str(name);
        let empty = |pairs: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
            pairs.iter().filter(|(key, _)| !self.is_filled(key)).copied().collect()
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
                wrong.push((names::SUBJECT_TYPE, "Box subject type"));
            } else if !subject_type.is_str("enterprise") && !subject_type.is_str("user") {
                wrong.push((names::SUBJECT_TYPE, "Box subject type (enterprise or user)"));
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

    /// Why `Date.now() > end` is false; none if it is true.
    fn not_after(&self, end: f64) -> Option<Reason> {
        if end.is_nan() {
            Some(Reason::NeverExpires)
        } else {
            (self.now <= end).then_some(Reason::NotExpired(end))
        }
    }
}

#[cfg(test)]
mod tests;
