use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::input::Input;
use super::{Outcome, Session, command};
use crate::disk::Readers;
use crate::edit::NewEnvironment;
use crate::error::{Error, ExitCode};
use crate::model::{BoxKind, names};
use crate::oauth::{AppSettings, random_id};
use crate::report;
use crate::term::escape_path;

#[derive(clap::Args)]
struct Args {
    /// Which of Box's environments; with `--from`, the file decides
    #[arg(long)]
    kind: Option<Kind>,

    /// Its name in Postman
    #[arg(long)]
    name: Option<String>,

    /// Take the credentials from Box's app-settings file
    #[arg(long, value_name = "CONFIG.json")]
    from: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Classic,
    Oauth,
    Ccg,
    Jwt,
    Bearer,
}

#[derive(Serialize)]
struct Report {
    version: u32,
    dry_run: bool,
    path: String,
    kind: &'static str,
    name: String,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool new
  envtool new --from 12345_config.json -o Box-JWT.postman_environment.json",
    tells_unfinished: false,
    ..command!("new", "Create a Box environment that only you can read", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let settings = args.from.as_deref().map(settings).transpose()?;
    let kind = kind(args, settings.as_ref())?;
    let name = args.name.clone().unwrap_or_else(|| kind.default_name().to_owned());
    if name.trim().is_empty() {
        return Err(Error::Usage("an environment needs a name".to_owned()));
    }
    let time = Timestamp::from_millisecond(session.now).unwrap_or_default();
    let id = random_id().ok_or(Error::NoRandomness)?;
    let new = NewEnvironment {
        kind,
        name: &name,
        id: &id,
        time: &format!("{time:.3}"),
        maker: concat!("envtool/", env!("CARGO_PKG_VERSION")),
    };
    let text = new.render(&settings.map(values).unwrap_or_default());
    let path = session.options.output.clone().unwrap_or_else(|| file_name(&name));
    if path.as_os_str() == "-" {
        session.terminal.text(&text);
        return Ok(ExitCode::Success);
    }
    let dry_run = session.options.dry_run;
    if !dry_run {
        let journal = session.journal()?;
        session.save(journal.as_ref()).create(&path, text.as_bytes(), Readers::Owner)?;
    }
    if session.options.json {
        let path = path.display().to_string();
        let report = Report { version: 1, dry_run, path, kind: kind.name(), name };
        session.terminal.line(&report::to_json(&report));
    } else {
        tell(&path, kind, first_step(kind, args.from.is_some()), session);
    }
    Ok(ExitCode::Success)
}

/// The kind that was asked for, or else the one that an app with these `settings` uses.
fn kind(args: &Args, settings: Option<&AppSettings>) -> Result<BoxKind, Error> {
    let has_key = settings.is_some_and(|settings| settings.private_key.is_some());
    let kind = match args.kind {
        Some(Kind::Classic) => BoxKind::Classic,
        Some(Kind::Oauth) => BoxKind::OAuth,
        Some(Kind::Ccg) => BoxKind::Ccg,
        Some(Kind::Jwt) => BoxKind::Jwt,
        Some(Kind::Bearer) => BoxKind::Bearer,
        None if has_key => BoxKind::Jwt,
        None if settings.is_some() => BoxKind::Ccg,
        None => BoxKind::Classic,
    };
    match &args.from {
        Some(from) if kind == BoxKind::Jwt && !has_key => Err(Error::Usage(format!(
            "{}: there is no private key (`appAuth`) in it, which JWT needs; generate one in Box's developer console, or \
             say `--kind ccg`",
            escape_path(from)
        ))),
        _ => Ok(kind),
    }
}

/// Reports that the environment at `path` was created, and the `next` command.
fn tell(path: &Path, kind: BoxKind, next: &str, session: &mut Session) {
    let (shown, dry_run) = (escape_path(path), session.options.dry_run);
    if dry_run || !session.options.quiet {
        let made = if dry_run { "would be made" } else { "made" };
        session.terminal.line(&format!("{shown}: {made} ({})", kind.title()));
    }
    if !dry_run {
        session.inform(&format!("next: {}", report::on_file(next, &shown)));
    }
}

/// The next command for a new environment: the one that gets its tokens or, unless its credentials are `filled_in`, the
/// one that sets the first of these.
fn first_step(kind: BoxKind, filled_in: bool) -> &'static str {
    match kind {
        BoxKind::Ccg | BoxKind::Jwt if !filled_in => "envtool set client_id",
        BoxKind::Classic | BoxKind::OAuth => "envtool login",
        BoxKind::Ccg | BoxKind::Jwt => "envtool refresh",
        BoxKind::Bearer => "envtool set access_token",
    }
}

fn settings(path: &Path) -> Result<AppSettings, Error> {
    let input = Input::read(path)?;
    AppSettings::of(&input.document).map_err(|error| input.error(error))
}

/// The variables that `settings` provides. Without an enterprise, the app acts for its user.
fn values(settings: AppSettings) -> Vec<(&'static str, String)> {
    let for_user = settings.enterprise_id.is_none() && settings.user_id.is_some();
    let subject_type = if for_user { "user" } else { "enterprise" };
    let known = [
        (names::CLIENT_ID, settings.client_id),
        (names::CLIENT_SECRET, settings.client_secret),
        (names::SUBJECT_TYPE, Some(subject_type.to_owned())),
        (names::SUBJECT_ID, settings.enterprise_id.or(settings.user_id)),
        (names::KEY_ID, settings.key_id),
        (names::PRIVATE_KEY, settings.private_key),
        (names::PASSPHRASE, settings.passphrase),
    ];
    known.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// The name that Postman gives to an exported file, without characters that file systems do not allow.
fn file_name(name: &str) -> PathBuf {
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    PathBuf::from(format!("{}.postman_environment.json", name.chars().map(plain).collect::<String>()))
}
