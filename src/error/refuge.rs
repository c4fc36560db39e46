use std::fmt;
use std::path::PathBuf;

/// The place of tokens that could not be written to their file.
pub enum Refuge {
    /// A place where the next run finds and uses them.
    Recovery(PathBuf),
    /// A place where the next run finds them if others do not work.
    Spare(PathBuf),
    /// The message itself, since nothing else can be written either: the access token and the refresh token.
    Message(String, Option<String>),
}

/// Leaves out the tokens.
impl fmt::Debug for Refuge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recovery(path) | Self::Spare(path) => f.debug_tuple("Refuge").field(path).finish(),
            Self::Message(..) => f.write_str("Message"),
        }
    }
}

impl fmt::Display for Refuge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recovery(path) => write!(
                f,
                "they are in {}, and the next `envtool refresh` takes them from there",
                path.display()
            ),
            Self::Spare(path) => {
                write!(
                    f,
                    "they are in {}, and `envtool refresh` uses them if Box refuses the others",
                    path.display()
                )
            }
            Self::Message(access, refresh) => write!(
                f,
                "this message has the only copy, put them in with `envtool set`: access_token={access}{}",
                refresh.as_ref().map(|refresh| format!(" refresh_token={refresh}")).unwrap_or_default()
            ),
        }
    }
}
