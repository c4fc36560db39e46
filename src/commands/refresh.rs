use std::path::{Path, PathBuf};

use clap::Args as _;

use super::input::Input;
use super::renewal::{self, Keep, Renewal, RenewalReport, Renewed, RenewedFile, Source};
use super::unsent::{self, Unsent};
use super::{AtBox, Outcome, Session, command};
use crate::cli::{Files, MinTtl, TokenRequest};
use crate::error::{Error, ExitCode};
use crate::net::Endpoint;
use crate::report::{self, KeptState};
use crate::term::{self, escape, escape_path};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Ask for a new access token even if the current one is still valid; this uses up the refresh token
    #[arg(long)]
    force: bool,

    /// Exit with 0 and do nothing if the current access token is still valid
    #[arg(long, conflicts_with = "force")]
    if_expired: bool,

    #[command(flatten)]
    min_ttl: MinTtl,

    #[command(flatten)]
    request: TokenRequest,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool refresh
  envtool refresh --if-expired --min-ttl 10m dev.postman_environment.json",
    args: |command| {
        Args::augment_args(command).mut_arg("files", |files| {
            files.help("The files. Without any: ENVTOOL_FILE, else the only environment in this folder")
        })
    },
    at_box: Some(AtBox::Exchange),
    ..command!("refresh", "Ask Box for a new access token and put it into the file", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let paths = session.locate(&args.files.named())?;
    paths.iter().try_for_each(|path| session.refuse_streams(path))?;
    if session.options.dry_run {
        return show_requests(&paths, &args.request.token_url, session);
    }
    let (mut files, mut refused, keep) = (Vec::new(), false, Keep::open()?);
    let mut failed = None;
    for (at, path) in paths.iter().enumerate() {
        if term::is_interrupted() {
            break;
        }
        say_kept(path, session);
        let renewed = match renew(path, args, &keep, session) {
            Ok(renewed) => renewed,
            Err(error) => {
                failed = Some(error);
                say_left(session, &paths[at + 1..]);
                break;
            }
        };
        refused |= renewed.falls_short || (renewed.source == Source::Present && !args.if_expired);
        if session.options.json {
            files.push(RenewedFile::of(path, renewed));
        } else {
            say(session, &escape_path(path), &renewed, args.if_expired);
        }
    }
    // Even if one could not be refreshed: those before it were.
    if session.options.json && (failed.is_none() || !files.is_empty()) {
        session.terminal.line(&report::to_json(&RenewalReport::of(files)));
    }
    match failed {
        Some(error) => Err(error),
        None if refused => Ok(ExitCode::Negative),
        None => Ok(ExitCode::Success),
    }
}

fn renew(path: &Path, args: &Args, keep: &Keep, session: &Session) -> Result<Renewed, Error> {
    let journal = session.journal()?;
    let renewal = Renewal::new(session, journal.as_ref(), keep, &args.request);
    Renewal { min_ttl: args.min_ttl.milliseconds(), force: args.force, ..renewal }.renew(path)
}

/// Reports which files were not tried.
fn say_left(session: &mut Session, left: &[PathBuf]) {
    if !left.is_empty() {
        let names: Vec<_> = left.iter().map(|path| path.display().to_string()).collect();
        session.note(&format!("not refreshed, since an earlier one failed: {}", escape(&names.join(", "))));
    }
}

/// Reports what is kept for the file at `path` and is not simply put into it.
fn say_kept(path: &Path, session: &mut Session) {
    let Ok(input) = Input::read(path) else { return };
    let Ok(scope) = input.scope() else { return };
    for kept in renewal::kept_for(path, &scope, session.now) {
        if !matches!(kept.state, KeptState::Waiting | KeptState::Unreadable) {
            session.note(&format!("{}: {}", input.name, escape(&kept.sentence())));
        }
    }
}

/// Shows what would be sent to `url` for the files at `paths`.
pub(super) fn show_requests(paths: &[PathBuf], url: &Endpoint, session: &mut Session) -> Outcome {
    let mut requests = Vec::new();
    Keep::open()?.expect_readable()?;
    for path in paths {
        let input = Input::read(path)?;
        let kept = renewal::kept_for(path, &input.scope()?, session.now);
        if let Some(waiting) = kept.iter().find(|kept| kept.state == KeptState::Waiting) {
            let place = waiting.place.display();
            session.note(&format!("{}: would take the tokens that are kept in {place}", input.name));
            continue;
        }
        let grant = renewal::grant(&input, session.time())?;
        renewal::expect_writable(path, &input, &grant)?;
        requests.push(Unsent::post(&input, url, &grant.form, session.mask()));
    }
    unsent::show(session, &requests)
}

fn say(session: &mut Session, name: &str, renewed: &Renewed, if_expired: bool) {
    if session.options.quiet {
        return;
    }
    let until = renewed.until(session.time());
    let line = match renewed.source {
        Source::Present if if_expired => format!("{name}: nothing to do, the access token is {until}"),
        Source::Present => {
            format!("{name}: not refreshed, the access token is {until} (`--force` refreshes it anyway)")
        }
        Source::Another => {
            format!("{name}: another envtool has just refreshed it; the access token is {until}")
        }
        Source::Recovered => {
            format!("{name}: took the tokens that were kept for it; the access token is {until}")
        }
        Source::Copy => {
            format!(
                "{name}: took the tokens that a copy of it has just received; the access token is {until}"
            )
        }
        Source::Box => format!("{name}: refreshed, the access token is {until}"),
    };
    session.terminal.line(&line);
    session.notes(renewed.remarks());
    if renewed.source == Source::Box {
        session.notes(renewed.where_else());
    }
}
