use super::{Outcome, Session, command};
use crate::cli;
use crate::error::{Error, ExitCode};

#[derive(clap::Args)]
struct Args {
    /// The command whose page to print; without it, the page of envtool itself
    command: Option<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    tells_unfinished: false,
    ..command!("man", "Print a man page (envtool man | man -l -)", Args, run)
};

/// What the page belongs to, as its foot says.
const SOURCE: &str = concat!("envtool ", env!("CARGO_PKG_VERSION"));

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    session.refuse_json()?;
    let mut root = cli::root().disable_help_subcommand(true);
    root.build();
    let page = match &args.command {
        None => root,
        Some(name) => {
            let found = root.find_subcommand(name).cloned();
            found.ok_or_else(|| Error::Usage(format!("there is no command `{name}`")))?
        }
    };
    let title = page.get_bin_name().unwrap_or("envtool").replace(' ', "-").to_uppercase();
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).title(title).source(SOURCE).render(&mut roff).map_err(Error::Output)?;
    session.terminal.bytes(&roff);
    Ok(ExitCode::Success)
}
