use crate::model::{FileKind, identify};
use crate::syntax::{Document, Node};

/// The content of Box's app-settings file, the JSON that the developer console offers for an application.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AppSettings {
    /// `clientID`
    pub client_id: Option<String>,
    /// `clientSecret`
    pub client_secret: Option<String>,
    /// `publicKeyID`; none if the application has no keys.
    pub key_id: Option<String>,
    /// `privateKey`
    pub private_key: Option<String>,
    /// `passphrase`
    pub passphrase: Option<String>,
    /// `enterpriseID`; none if it is `0`, as for applications that belong to no enterprise.
    pub enterprise_id: Option<String>,
    /// `userID`
    pub user_id: Option<String>,
}

/// The file is of another kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is {0}, not Box's app-settings file (`boxAppSettings`)")]
pub struct NotAppSettings(FileKind);

impl AppSettings {
    /// Reads the settings in `document`.
    ///
    /// # Errors
    /// The file is of another kind.
    pub fn of(document: &Document) -> Result<Self, NotAppSettings> {
        match identify(document) {
            FileKind::BoxConfig => {}
            other => return Err(NotAppSettings(other)),
        }
        let root = document.root();
        let settings = root.get("boxAppSettings");
        let keys = settings.and_then(|settings| settings.get("appAuth"));
        Ok(Self {
            client_id: text(settings, "clientID"),
            client_secret: text(settings, "clientSecret"),
            key_id: text(keys, "publicKeyID"),
            private_key: text(keys, "privateKey"),
            passphrase: text(keys, "passphrase"),
            enterprise_id: text(Some(root), "enterpriseID").filter(|id| id != "0"),
            user_id: text(Some(root), "userID"),
        })
    }
}

fn text(object: Option<Node<'_>>, name: &str) -> Option<String> {
    let value = object?.get(name)?;
    let text = value.as_str().unwrap_or(value.raw().into());
    (!text.is_empty() && !value.is_null()).then(|| text.into_owned())
}
