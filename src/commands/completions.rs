use clap_complete::Shell;

use super::{Outcome, Session, command};
use crate::cli;
use crate::error::ExitCode;

#[derive(clap::Args)]
struct Args {
    /// The shell
    shell: Shell,
}

pub(super) const COMMAND: super::Command = super::Command {
    tells_unfinished: false,
    ..command!("completions", "Print completions for a shell", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    session.refuse_json()?;
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::root(), "envtool", &mut script);
    session.terminal.bytes(&script);
    Ok(ExitCode::Success)
}
