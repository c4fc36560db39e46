//! The names of the variables that Box's collections read.

#![allow(missing_docs, reason = "the value says it all")]

pub const CLIENT_ID: &str = "client_id";
pub const CLIENT_SECRET: &str = "client_secret";
pub const ACCESS_TOKEN: &str = "access_token";
pub const REFRESH_TOKEN: &str = "refresh_token";
pub const EXPIRES_AT: &str = "expires_at";
pub const REFRESH_TOKEN_EXPIRES_AT: &str = "refresh_token_expires_at";
pub const AUTO_REFRESH: &str = "enable_auto_refresh_access_token";
pub const BOX_ENV_TYPE: &str = "box_env_type";
pub const SUBJECT_TYPE: &str = "box_subject_type";
pub const SUBJECT_ID: &str = "box_subject_id";
pub const KEY_ID: &str = "key_id";
pub const PRIVATE_KEY: &str = "private_key_encrypted";
pub const PASSPHRASE: &str = "private_key_passphrase";
pub const UPLOAD_SERVER: &str = "box-upload-server";

/// The command that sets `key`. A private key comes from a file, because it has many lines.
#[must_use]
pub fn set_command(key: &str) -> String {
    let from = if key == PRIVATE_KEY { " --value-file KEY.pem" } else { "" };
    format!("envtool set {key}{from}")
}
