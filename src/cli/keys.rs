use std::path::PathBuf;

/// Which variables of which files a command is about.
#[derive(Clone, Debug, clap::Args)]
pub struct Keys {
    /// Variables' names, or JSONPaths, which start with `$`
    #[arg(value_name = "KEY", required = true)]
    pub keys: Vec<String>,

    /// The files; `-` is standard input. Default: ENVTOOL_FILE, else the only environment in this folder
    #[arg(short, long = "environment", value_name = "FILE")]
    pub environment: Vec<PathBuf>,
}
