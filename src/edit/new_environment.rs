use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::model::{BoxKind, names};
use crate::secret;

/// An environment to be created.
#[derive(Clone, Debug)]
pub struct NewEnvironment<'a> {
    /// Its kind.
    pub kind: BoxKind,
    /// Its name in Postman.
    pub name: &'a str,
    /// Its id, a UUID.
    pub id: &'a str,
    /// When it is created, as in `2026-11-20T11:30:00.000Z`.
    pub time: &'a str,
    /// The program that creates it.
    pub maker: &'a str,
}

#[derive(Serialize)]
struct Environment<'a> {
    id: &'a str,
    name: &'a str,
    values: Vec<Variable<'a>>,
    _postman_variable_scope: &'a str,
    _postman_exported_at: &'a str,
    _postman_exported_using: &'a str,
}

#[derive(Serialize)]
struct Variable<'a> {
    key: &'a str,
    value: &'a str,
    r#type: &'a str,
    enabled: bool,
}

impl NewEnvironment<'_> {
    /// Returns the file as Postman 11 exports it: with the variables that the collection's own requests create, in
    /// their order, and the known `values`.
    #[must_use]
    pub fn render(&self, values: &[(&'static str, String)]) -> String {
        let known = |key: &str| values.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str());
        let variable = |key: &'static str| Variable {
            key,
            value: known(key).unwrap_or_else(|| self.default(key)),
            r#type: if secret::is_secret_key(key) { "secret" } else { "default" },
            enabled: true,
        };
        let environment = Environment {
            id: self.id,
            name: self.name,
            values: keys(self.kind).iter().map(|key| variable(key)).collect(),
            _postman_variable_scope: "environment",
            _postman_exported_at: self.time,
            _postman_exported_using: self.maker,
        };
        let mut bytes = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"\t"));
        // Strings and booleans always serialize, and to UTF-8.
        let _ = environment.serialize(&mut serializer);
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn default(&self, key: &str) -> &'static str {
        match key {
            names::EXPIRES_AT | names::REFRESH_TOKEN_EXPIRES_AT => "0",
            names::AUTO_REFRESH => "true",
            names::SUBJECT_TYPE => "enterprise",
            names::BOX_ENV_TYPE => self.kind.type_name(),
            _ => "",
        }
    }
}

fn keys(kind: BoxKind) -> &'static [&'static str] {
    use names::{
        ACCESS_TOKEN, AUTO_REFRESH, BOX_ENV_TYPE, CLIENT_ID, CLIENT_SECRET, EXPIRES_AT, KEY_ID, PASSPHRASE,
        PRIVATE_KEY, REFRESH_TOKEN, REFRESH_TOKEN_EXPIRES_AT, SUBJECT_ID, SUBJECT_TYPE,
    };
    match kind {
        BoxKind::Classic => {
            &[CLIENT_ID, CLIENT_SECRET, ACCESS_TOKEN, REFRESH_TOKEN, EXPIRES_AT, AUTO_REFRESH]
        }
        BoxKind::Bearer => &[ACCESS_TOKEN, BOX_ENV_TYPE],
        BoxKind::OAuth => &[
            CLIENT_ID,
            CLIENT_SECRET,
            ACCESS_TOKEN,
            EXPIRES_AT,
            REFRESH_TOKEN,
            REFRESH_TOKEN_EXPIRES_AT,
            BOX_ENV_TYPE,
        ],
        BoxKind::Ccg => {
            &[CLIENT_ID, CLIENT_SECRET, SUBJECT_TYPE, SUBJECT_ID, ACCESS_TOKEN, EXPIRES_AT, BOX_ENV_TYPE]
        }
        BoxKind::Jwt => &[
            CLIENT_ID,
            CLIENT_SECRET,
            SUBJECT_TYPE,
            SUBJECT_ID,
            KEY_ID,
            PRIVATE_KEY,
            PASSPHRASE,
            ACCESS_TOKEN,
            EXPIRES_AT,
            BOX_ENV_TYPE,
        ],
    }
}
