use std::path::PathBuf;

/// The files whose variables count when a reference is looked up.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Scopes {
    /// The environment
    #[arg(short, long, value_name = "FILE")]
    pub environment: Option<PathBuf>,

    /// The globals
    #[arg(short, long, value_name = "FILE")]
    pub globals: Option<PathBuf>,

    /// Look variables up as newman does, which does not know `enabled: false`
    #[arg(long)]
    pub newman: bool,
}

impl Scopes {
    /// The files that were named.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.environment.iter().chain(&self.globals)
    }
}
