use serde::Serialize;

use super::input::Input;
use super::{Outcome, Session, command};
use crate::cli::Files;
use crate::error::ExitCode;
use crate::report::{self, InspectReport, InspectView};

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool inspect
  envtool inspect --json Box.postman_environment.json",
    ..command!("inspect", "Show what a file is and what it contains, secrets masked", Files, run)
};

#[derive(Serialize)]
struct Report {
    version: u32,
    files: Vec<InspectReport>,
}

fn run(files: &Files, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let inputs = session.inputs(&files.named())?;
    let mask = session.mask();
    if session.options.json {
        let now = session.now;
        let report = |input: &Input| {
            let mut report =
                InspectReport::of(&input.label(), &input.scope()?, mask, input.status(now).ok().as_ref());
            if input.is_folder() {
                report.from_folder();
            }
            Ok(report)
        };
        let files = inputs.iter().map(report).collect::<Result<_, crate::error::Error>>()?;
        session.terminal.line(&report::to_json(&Report { version: 1, files }));
        return Ok(ExitCode::Success);
    }
    let painter = session.terminal.painter();
    let (width, whole, now) = (session.terminal.width(), session.options.verbose, session.now);
    for (at, input) in inputs.iter().enumerate() {
        let (named, is_folder) = (input.is_named(files), input.is_folder());
        let view =
            InspectView { painter, mask, width, whole, named, is_folder, status: input.status(now).ok() };
        if at > 0 {
            session.terminal.line("");
        }
        session.terminal.line(&view.render(&input.name, &input.scope()?));
    }
    Ok(ExitCode::Success)
}
