use std::ffi::OsString;

use serde::Serialize;

use super::input::Input;
use super::renewal::{Keep, Renewal};
use super::{AtBox, Outcome, Session, command};
use crate::cli::{Files, TokenRequest};
use crate::convert::{self, Export};
use crate::edit::EditError;
use crate::error::{Error, ExitCode, FileError};
use crate::model::{BoxKind, Scope, TokenState, Tokens, Variable, names};
use crate::process;
use crate::report::{self, Mask};
use crate::secret::MASK;
use crate::term::{self, escape};

#[derive(clap::Args)]
#[command(override_usage = "envtool exec [OPTIONS] [FILE]... -- COMMAND...")]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Put this prefix before every name
    #[arg(long, value_name = "PREFIX", default_value = "", value_parser = prefix)]
    prefix: String,

    /// Pass on only this variable; repeat it for several
    #[arg(long, alias = "only", value_name = "KEY", value_delimiter = ',')]
    key: Vec<String>,

    /// First ask Box for a new access token if it has expired, as `envtool token` does
    #[arg(long)]
    refresh: bool,

    #[command(flatten)]
    request: TokenRequest,

    /// The program and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Exit codes:
  126  the program cannot be run
  127  there is no such program
  Otherwise that of the program.

Examples:
  envtool exec -- sh -c 'curl -H \"Authorization: Bearer $access_token\" https://api.box.com/2.0/users/me'
  envtool exec --refresh --key access_token --prefix BOX_ -- node app.js",
    at_box: Some(AtBox::Exchange),
    ..command!(
        "exec",
        "Run a program with the variables in its environment (envtool exec -- COMMAND)",
        Args,
        run
    )
};

/// Parses the prefix for names of environment variables.
fn prefix(text: &str) -> Result<String, &'static str> {
    if text.is_empty() || convert::is_identifier(text) {
        return Ok(text.to_owned());
    }
    Err("names of environment variables consist of letters, digits and `_` and do not start with a digit")
}

#[derive(Serialize)]
struct Report<'e> {
    version: u32,
    variables: Vec<Given<'e>>,
}

#[derive(Serialize)]
struct Given<'e> {
    key: &'e str,
    name: &'e str,
    value: String,
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    let Some((program, arguments)) = args.command.split_first() else {
        let expected = "which program? Put it after `--`: envtool exec [FILE]... -- COMMAND...";
        return Err(Error::Usage(expected.to_owned()));
    };
    session.refuse_output()?;
    if !session.options.dry_run {
        session.refuse_json()?;
        if args.refresh {
            refresh(args, session)?;
        }
    }
    let exports = gather(args, session)?;
    if session.options.dry_run {
        return preview(&exports, session);
    }
    let variables: Vec<_> = exports.into_iter().map(|export| (export.name, export.value)).collect();
    // Ctrl-C is meant for the program that runs.
    #[cfg(not(unix))]
    let _whole = term::Hold::begin("");
    let source = process::become_program(program, arguments, &variables);
    Err(Error::Process { program: escape(&program.to_string_lossy()).into_owned(), source })
}

/// Gets new access tokens for those Box environments among the files whose tokens have expired.
fn refresh(args: &Args, session: &Session) -> Result<(), Error> {
    let (journal, keep) = (session.journal()?, Keep::open()?);
    for path in session.locate(&args.files.named())? {
        session.refuse_streams(&path)?;
        let kind = BoxKind::of(&Input::read(&path)?.scope()?);
        if kind.is_some_and(|kind| kind != BoxKind::Bearer) {
            Renewal::new(session, journal.as_ref(), &keep, &args.request).renew(&path)?;
            // After Ctrl-C, no program should start.
            term::end_if_interrupted();
        }
    }
    Ok(())
}

/// Warns if the access token that is passed on has expired.
fn note_expired(args: &Args, input: &Input, given: &[Export], session: &mut Session) -> Result<(), Error> {
    let scope = input.scope()?;
    let Some(kind) = BoxKind::of(&scope) else { return Ok(()) };
    let tokens = Tokens::of(&scope, kind, session.now);
    let is_given = given.iter().any(|export| export.key == names::ACCESS_TOKEN);
    if let (true, TokenState::Expired, Some(end)) = (is_given, tokens.access, tokens.expires_at) {
        let ago = report::duration(session.now.saturating_sub(end));
        let advice = match args.refresh {
            true => "; a new one would be fetched first",
            false => " (`--refresh` gets a new one first)",
        };
        session.note(&format!("the access token expired {ago} ago{advice} ({})", input.name));
    }
    Ok(())
}

/// Shows what would be passed on.
fn preview(exports: &[Export], session: &mut Session) -> Outcome {
    let mask = session.mask();
    let shown = |export: &Export| {
        let hidden = export.secret && mask == Mask::Secrets;
        if hidden { MASK.to_owned() } else { mask.of_text(&export.value).into_owned() }
    };
    if session.options.json {
        let variables = exports
            .iter()
            .map(|export| Given { key: &export.key, name: &export.name, value: shown(export) })
            .collect();
        session.terminal.line(&report::to_json(&Report { version: 1, variables }));
        return Ok(ExitCode::Success);
    }
    for export in exports {
        session.terminal.line(&format!("{}={}", export.name, escape(&shown(export))));
    }
    Ok(ExitCode::Success)
}

/// The variables to pass on; if several files have one of the same name, the last file counts.
fn gather(args: &Args, session: &mut Session) -> Result<Vec<Export>, Error> {
    let mut found: Vec<Export> = Vec::new();
    let inputs = session.inputs(&args.files.named())?;
    for input in &inputs {
        let exports = convert::exports(&input.scope()?);
        let notes = exports.notes.iter().filter(|_| session.options.verbose).chain(&exports.losses);
        let notes: Vec<_> = notes.map(|note| format!("{} ({})", escape(note), input.name)).collect();
        notes.iter().for_each(|note| session.note(note));
        let named = |export: Export| Export { name: format!("{}{}", args.prefix, export.name), ..export };
        let mut given: Vec<_> = exports.variables.into_iter().map(named).collect();
        given.retain(|export| is_wanted(args, export, session));
        note_expired(args, input, &given, session)?;
        found.retain(|other| !given.iter().any(|export| export.name == other.name));
        found.extend(given);
    }
    match args.key.iter().find(|key| !found.iter().any(|found| found.key == **key)) {
        Some(key) => {
            let files: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
            let scopes = inputs.iter().map(Input::scope).collect::<Result<Vec<_>, _>>()?;
            let names: Vec<_> = scopes.iter().flat_map(Scope::variables).map(Variable::key).collect();
            let error = match names.contains(&key.as_str()) {
                true => FileError::Absent(format!(
                    "`{}` is disabled, so there is no value to pass on",
                    escape(key)
                )),
                false => EditError::absent(key, names).into(),
            };
            Err(Error::of_file(files.join(", "), error))
        }
        None => Ok(found),
    }
}

fn is_wanted(args: &Args, export: &Export, session: &mut Session) -> bool {
    let name = &export.name;
    if !args.key.is_empty() {
        return args.key.contains(&export.key);
    }
    let why = if convert::is_risky(name) {
        "tells programs what to run or whom to trust"
    } else if process::is_own(name) {
        "is for envtool itself"
    } else {
        return true;
    };
    session.note(&format!("`{name}` {why} and is left out (`--key {}` passes it on)", escape(&export.key)));
    false
}
