use clap::builder::PossibleValuesParser;
use clap::{Arg, Command as Clap};
use clap_mangen::roff::{Roff, roman};

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
    let last = last_sections(&page.get_after_help().map(ToString::to_string).unwrap_or_default());
    let page = complete(page).after_help(None::<&str>);
    let title = page.get_bin_name().unwrap_or("envtool").replace(' ', "-").to_uppercase();
    let mut text = Vec::new();
    let man = clap_mangen::Man::new(page).title(title).source(SOURCE);
    man.render(&mut text)
        .and_then(|()| last.to_writer(&mut text))
        .map_err(|error| session.output_error(error))?;
    session.terminal.bytes(&text);
    Ok(ExitCode::Success)
}

fn names() -> impl Iterator<Item = &'static str> {
    let visible = all().filter(|command| !command.hidden);
    visible.flat_map(|command| std::iter::once(command.name).chain(command.aliases.iter().copied()))
}

/// The sections for what follows the options in the help, `after_help`: headings that end in a colon, and the lines
/// below them, which stay as they are. `clap_mangen` would call all of it EXTRA and fill the lines anew.
fn last_sections(after_help: &str) -> Roff {
    let mut roff = Roff::new();
    for section in after_help.split("\n\n") {
        let Some((heading, lines)) = section.split_once(":\n") else { continue };
        let heading = match heading {
            "Exit codes" => "EXIT STATUS",
            "Environment variables" => "ENVIRONMENT",
            "Example" | "Examples" => "EXAMPLES",
            other => other,
        };
        roff.control("SH", [heading]).control("nf", []);
        for line in lines.lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff
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
