//! Finds out why something does not work, without changing anything.

mod here;
mod machine;
mod repository;
mod state;

use super::{Outcome, Session, command};
use crate::cli::File;
use crate::disk::{self, Journal};
use crate::error::ExitCode;
use crate::report::{self, Check, CheckupReport};

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
It changes nothing and sends nothing.

Exit codes:
  0  nothing is wrong
  1  there are warnings or problems

Examples:
  envtool doctor
  envtool doctor --quiet
  envtool doctor --json",
    tells_unfinished: false,
    ..command!("doctor", "Find out why something does not work", File, run)
};

fn run(file: &File, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let mut checks = vec![machine::program()];
    match disk::state_folder() {
        Ok(folder) => {
            let journal = Journal::open()?;
            checks.push(state::folder(&folder));
            checks.push(state::undo(&journal));
            checks.extend(state::tokens(session.now)?);
            checks.extend(state::drafts(&journal));
            checks.extend(state::half_made(&journal));
            checks.push(machine::clock(session, &journal));
        }
        Err(error) => checks.push(Check::problem("state", error.to_string(), "set ENVTOOL_STATE_DIR")),
    }
    checks.extend(here::files(file.named()));
    checks.extend(here::config());
    checks.extend(repository::checks());
    checks.extend(machine::network());
    let is_wrong = checks.iter().any(Check::is_wrong);
    if session.options.quiet {
        checks.retain(Check::is_wrong);
    }
    if session.options.json {
        session.terminal.line(&report::to_json(&CheckupReport::of(checks)));
    } else if is_wrong || !session.options.quiet {
        let text = report::checkup(&checks, session.terminal.painter());
        session.terminal.line(&text);
    }
    Ok(if is_wrong { ExitCode::Negative } else { ExitCode::Success })
}
