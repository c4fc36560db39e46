use clap::builder::PossibleValue;
use clap::{Arg, Command};
use clap_complete::Shell;

use super::{Outcome, Session, command};
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
    let mut root = super::visible_root();
    clap_complete::generate(args.shell, &mut root, "envtool", &mut script);
    match args.shell {
        Shell::Bash => session.terminal.text(&with_files(&String::from_utf8_lossy(&script))),
        Shell::Fish => session.terminal.text(&with_words(&String::from_utf8_lossy(&script), &root)),
        _ => session.terminal.bytes(&script),
    }
    Ok(ExitCode::Success)
}

/// The bash completions in `script`, which after a command offer only options, changed to offer files as well, as bash
/// does by itself, and the words that a command takes instead of a file.
fn with_files(script: &str) -> String {
    const OFFER: &str = "COMPREPLY=( $(compgen -W \"${opts}\" -- \"${cur}\") )";
    let (mut out, mut is_command, mut takes_words) = (String::new(), false, false);
    for line in script.lines() {
        let text = line.trim_start();
        let line = if let Some(words) = text.strip_prefix("opts=") {
            takes_words = words.trim_matches('"').split(' ').any(|word| !word.starts_with('-'));
            line.to_owned()
        } else if text.starts_with("if [[ ${cur} == -* || ${COMP_CWORD} -eq ") {
            is_command = text.contains(" -eq 2 ");
            match is_command && !takes_words {
                true => line.replace(" || ${COMP_CWORD} -eq 2", ""),
                false => line.to_owned(),
            }
        } else if is_command && line == format!("            {OFFER}") {
            line.replace(OFFER, "COMPREPLY=()")
        } else {
            line.to_owned()
        };
        out.extend([&line, "\n"]);
    }
    out
}

/// The fish completions in `script`, completed by the words that a command takes instead of a file and by the values of
/// an option before the command.
fn with_words(script: &str, root: &Command) -> String {
    let mut out =
        script.replace("-- $cmd 2>/dev/null\n    or return\n", "-- $cmd 2>/dev/null\n    or return 0\n");
    for command in root.get_subcommands() {
        let words = command.get_positionals().next().map(Arg::get_possible_values).unwrap_or_default();
        if !words.is_empty() {
            let words: Vec<_> = words.iter().map(PossibleValue::get_name).collect();
            out.push_str(&format!(
                "complete -c envtool -n \"__fish_envtool_using_subcommand {}; and test (count (commandline -opc)) -eq 2\" \
                 -f -a \"{}\"\n",
                command.get_name(),
                words.join(" ")
            ));
        }
    }
    out
}
