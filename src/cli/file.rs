use std::path::{Path, PathBuf};

/// Which file a command is about.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct File {
    /// The file. Default: ENVTOOL_FILE, else the only environment in this folder
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// The same as FILE, spelled as in newman
    #[arg(short, long, value_name = "FILE", conflicts_with = "file")]
    environment: Option<PathBuf>,
}

impl File {
    /// The file that was named, in either spelling.
    #[must_use]
    pub fn named(&self) -> Option<&Path> {
        self.file.as_deref().or(self.environment.as_deref())
    }
}
