use std::ffi::OsStr;
use std::path::Path;

use clap::ValueEnum;
use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;

use super::{Outcome, Session, change, command};
use crate::cli::Files;
use crate::edit::{self, AutoRefresh};
use crate::error::ExitCode;
use crate::model::Runtime;
use crate::report;

#[derive(clap::Args)]
struct Args {
    /// What to do with the switch; `status` exits with 1 if it is off
    #[arg(value_name = "STATE", default_value = "status", value_parser = WishParser)]
    wish: Wish,

    #[command(flatten)]
    files: Files,
}

#[derive(Clone, Copy, ValueEnum)]
enum Wish {
    On,
    Off,
    Toggle,
    Status,
}

/// Parses a [`Wish`]; the error says so if a file was given instead.
#[derive(Clone)]
struct WishParser;

impl TypedValueParser for WishParser {
    type Value = Wish;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Wish, clap::Error> {
        EnumValueParser::new().parse_ref(command, arg, value).map_err(|error| {
            if !Path::new(value).exists() {
                return error;
            }
            let file = value.display();
            let text = format!(
                "`{file}` is a file, and what to do comes first: say `envtool auto-refresh status {file}`, or name it \
                 with `-e`\n"
            );
            clap::Error::raw(ErrorKind::InvalidValue, text).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Wish::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool auto-refresh
  envtool auto-refresh off --dry-run",
    ..command!("auto-refresh", "Switch the Box collection's automatic token refresh", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let wish = match args.wish {
        Wish::On => AutoRefresh::On,
        Wish::Off => AutoRefresh::Off,
        Wish::Toggle => AutoRefresh::Toggle,
        Wish::Status => return status(args, session),
    };
    change::change(session, &args.files.named(), |scope| edit::auto_refresh(scope, wish))
}

#[derive(serde::Serialize)]
struct Status {
    version: u32,
    files: Vec<FileStatus>,
}

#[derive(serde::Serialize)]
struct FileStatus {
    path: String,
    app: bool,
    newman: bool,
}

fn status(args: &Args, session: &mut Session) -> Outcome {
    let mut files = Vec::new();
    for input in session.inputs(&args.files.named())? {
        let scope = input.scope()?;
        let is_on = |runtime| edit::is_on(&scope, runtime).map_err(|error| input.error(error));
        let (app, newman) = (is_on(Runtime::App)?, is_on(Runtime::Newman)?);
        if !session.options.json {
            let word = |on| if on { "on" } else { "off" };
            let differs = if app == newman {
                String::new()
            } else {
                format!(" in the app, {} in newman", word(newman))
            };
            session.terminal.line(&format!("{}{differs} ({})", word(app), input.name));
        }
        files.push(FileStatus { path: input.label(), app, newman });
    }
    let all_on = files.iter().all(|file| file.app);
    if session.options.json {
        session.terminal.line(&report::to_json(&Status { version: 1, files }));
    }
    Ok(if all_on { ExitCode::Success } else { ExitCode::Negative })
}
