use std::path::Path;

use serde::Serialize;

use super::input::Input;
use super::{Outcome, Session, command, complain};
use crate::cli::{Files, MinTtl};
use crate::error::{Error, ExitCode};
use crate::model::Verdict;
use crate::report::{self, Status, StatusReport};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    #[command(flatten)]
    min_ttl: MinTtl,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Exit codes:
  0  usable, for as long as --min-ttl asks
  1  not usable, or nobody knows; a new one can be requested
  2  a file is not a Box environment; the others are still shown
  4  nothing in the environment leads to a new one: envtool login

Examples:
  envtool status
  envtool status --min-ttl 10m --json",
    ..command!(
        "status",
        "Show whether the access token is usable and what the next request will do",
        Args,
        run
    )
};

#[derive(Serialize)]
struct Report {
    version: u32,
    files: Vec<FileReport>,
}

#[derive(Serialize)]
struct FileReport {
    path: String,
    #[serde(flatten)]
    status: StatusReport,
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let min_ttl = args.min_ttl.milliseconds();
    let (mut worst, mut files, mut failed) = (Verdict::Usable, Vec::new(), None);
    let paths = session.locate(&args.files.named())?;
    for path in &paths {
        let (input, status) = match read(path, session) {
            Ok(read) => read,
            Err(error) if paths.len() == 1 => return Err(error),
            // The other files still have a status.
            Err(error) => {
                complain(&error, session.mask(), &mut session.terminal);
                failed.get_or_insert(error.exit_code());
                continue;
            }
        };
        worst = worst.max(status.verdict(min_ttl));
        if session.options.json {
            files.push(FileReport { path: input.label(), status: StatusReport::from(&status) });
        } else {
            let (painter, width) = (session.terminal.painter(), session.terminal.width());
            session.terminal.line(&format!("{}: {}", input.name, status.headline(min_ttl, painter)));
            if !session.options.quiet {
                let file = input.is_named(&args.files).then_some(input.name.as_str());
                session.terminal.line(&status.render(file, painter, width));
            }
        }
    }
    if session.options.json {
        session.terminal.line(&report::to_json(&Report { version: 1, files }));
    }
    Ok(match (failed, worst) {
        (Some(code), _) => code,
        (None, Verdict::Usable) => ExitCode::Success,
        (None, Verdict::Renewable) => ExitCode::Negative,
        (None, Verdict::Lost) => ExitCode::Reauthenticate,
    })
}

fn read(path: &Path, session: &Session) -> Result<(Input, Status), Error> {
    let input = Input::read(path)?;
    let status = input.status(session.now)?;
    Ok((input, status))
}
