//! Problems that Box's collections have with an environment, and faults of the collections themselves.

pub(in crate::lint) mod access_token_expired;
pub(in crate::lint) mod api_version;
pub(in crate::lint) mod cannot_refresh;
pub(in crate::lint) mod credential_length;
pub(in crate::lint) mod disabled_parameters;
pub(in crate::lint) mod environment_type;
pub(in crate::lint) mod expiry_in_seconds;
pub(in crate::lint) mod expiry_too_far;
pub(in crate::lint) mod missing_credential;
pub(in crate::lint) mod misspelled_workspace;
pub(in crate::lint) mod never_expires;
pub(in crate::lint) mod nothing_to_refresh;
pub(in crate::lint) mod old_release;
pub(in crate::lint) mod padded_value;
pub(in crate::lint) mod placeholder;
pub(in crate::lint) mod private_key_format;
pub(in crate::lint) mod refresh_expiry;
pub(in crate::lint) mod refresh_incomplete;
pub(in crate::lint) mod refresh_never_expires;
pub(in crate::lint) mod refresh_token_old;
pub(in crate::lint) mod refresh_token_spent;
pub(in crate::lint) mod stores_failure;
pub(in crate::lint) mod subject_type;
pub(in crate::lint) mod switch_missing;
pub(in crate::lint) mod switch_spelling;
pub(in crate::lint) mod token_missing;
pub(in crate::lint) mod unread_switch;
pub(in crate::lint) mod upload_server;
pub(in crate::lint) mod wiped_token;
pub(in crate::lint) mod written_out_host;

/// Expiry times that must be in seconds since 1970, while the collections compare milliseconds: ten digits, from
/// 2001-09-09 to 2286-11-20.
const SECONDS: std::ops::Range<f64> = 1e9..1e10;
