use super::{Outcome, Session, command};
use crate::cli;
use crate::error::{Error, ExitCode};

#[derive(clap::Args)]
struct Args {
    /// The command whose page to print; without it, the page of envtool itself
    command: Option<String>,
}

pub(super) const COMMAND: super::Command =
    command!("man", "Print a man page (envtool man | man -l -)", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let mut root = cli::root().disable_help_subcommand(true);
    root.build();
    let page = match &args.command {
        None => root,
        Some(name) => {
            let found = root.find_subcommand(name).cloned();
            found.ok_or_else(|| Error::Usage(format!("there is no command `{name}`")))?
        }
    };
    let title = page.get_bin_name().unwrap_or("envtool").replace(' ', "-");
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).title(title).render(&mut roff).map_err(Error::Output)?;
    session.terminal.bytes(&roff);
    Ok(ExitCode::Success)
}
