use std::path::PathBuf;

use super::input::Input;
use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit::{self, Reset};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Empty a Box environment's tokens and end their time, or a collection's credentials (the default)
    #[arg(long, group = "what")]
    tokens: bool,

    /// Empty a Box environment's credentials too, every value of another, every variable of a collection
    #[arg(long, group = "what")]
    all: bool,

    /// Take the values of this file
    #[arg(long, value_name = "TEMPLATE", group = "what")]
    to: Option<PathBuf>,

    /// Empty this variable
    #[arg(long, value_name = "KEY", group = "what")]
    key: Vec<String>,

    /// Leave what is called KEY as it is
    #[arg(long, value_name = "KEY")]
    keep: Vec<String>,
}

pub(super) const COMMAND: super::Command =
    command!("reset", "Empty tokens and other credentials, ready for Box's quick start again", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let template = args.to.as_deref().map(Input::read).transpose()?;
    let wish = match &template {
        Some(template) => Reset::To(template.scope()?),
        None if args.all => Reset::All,
        None if !args.key.is_empty() => Reset::Keys(args.key.clone()),
        None => Reset::Tokens,
    };
    change::change(session, &args.files.named(), |scope| edit::reset(scope, &wish, &args.keep))
}
