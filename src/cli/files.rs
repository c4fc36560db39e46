use std::path::PathBuf;

/// Which files a command is about.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Files {
    /// The files; `-` is standard input. Default: ENVTOOL_FILE, else the only environment in this folder
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// The same as FILE, spelled as in newman
    #[arg(short, long = "environment", value_name = "FILE")]
    pub environment: Vec<PathBuf>,
}

impl Files {
    /// The files that were named, in both spellings.
    #[must_use]
    pub fn named(&self) -> Vec<PathBuf> {
        self.files.iter().chain(&self.environment).cloned().collect()
    }
}
