use clap::builder::PossibleValuesParser;
use clap::{Arg, Command as Clap};

use super::{Outcome, Session, all, command};
use crate::error::{Error, ExitCode};

#[derive(clap::Args)]
struct Args {
    /// The command whose page to print; default: the page of envtool itself
    #[arg(value_name = "COMMAND", value_parser = PossibleValuesParser::new(names()), hide_possible_values = true)]
    command: Option<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    tells_unfinished: false,
    ..command!("man", "Print a man page (envtool man | man -l -)", Args, run)
};

/// What the footer says the page belongs to.
const SOURCE: &str = concat!("envtool ", env!("CARGO_PKG_VERSION"));

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    session.refuse_json()?;
    let mut root = super::root().disable_help_subcommand(true);
    root.build();
    let page = match &args.command {
        None => root,
        Some(name) => {
            let found = root.find_subcommand(name).cloned();
            found.ok_or_else(|| Error::Usage(format!("there is no command `{name}`")))?
        }
    };
    let page = complete(page);
    let title = page.get_bin_name().unwrap_or("envtool").replace(' ', "-").to_uppercase();
    let mut roff = Vec::new();
    clap_mangen::Man::new(page)
        .title(title)
        .source(SOURCE)
        .render(&mut roff)
        .map_err(|error| session.output_error(error))?;
    session.terminal.bytes(&roff);
    Ok(ExitCode::Success)
}

fn names() -> impl Iterator<Item = &'static str> {
    all().filter(|command| !command.hidden).map(|command| command.name)
}

/// `page` with what `--help` has and `clap_mangen` leaves out: the custom usage, aliases of options, and a section of
/// its own for arguments that are not options.
fn complete(mut page: Clap) -> Clap {
    let usage = page.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    let is_option = |arg: &&Arg| !arg.is_positional();
    let options: Vec<_> = page.get_arguments().filter(is_option).map(|arg| arg.get_id().clone()).collect();
    // Sections appear in the order of their first entry; this puts the options last.
    page = options.into_iter().fold(page, |page, option| page.mut_arg(option, |arg| arg));
    page.override_usage(usage).mut_args(|arg| {
        let arg = match (arg.get_help_heading().is_some(), arg.is_positional()) {
            (true, _) => arg,
            (false, true) => arg.help_heading("Arguments"),
            (false, false) => arg.help_heading("Options"),
        };
        let Some(aliases) = arg.get_visible_aliases().filter(|aliases| !aliases.is_empty()) else {
            return arg;
        };
        let aliases: Vec<_> = aliases.iter().map(|alias| format!("--{alias}")).collect();
        let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string);
        arg.long_help(format!("{}. Also spelled {}", help.unwrap_or_default(), aliases.join(", ")))
    })
}
