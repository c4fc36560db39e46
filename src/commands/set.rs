use std::path::{Path, PathBuf};

use super::{Outcome, Session, change, command};
use crate::disk;
use crate::edit::{self, Assignment, EditError, Plan, SetOptions};
use crate::error::Error;
use crate::lint::{Checker, Finding, Location, Selection, Severity, Surroundings};
use crate::model::{BoxKind, Scope};
use crate::syntax::{Document, Value, is_path};
use crate::term::escape;

/// The rules about single values of a Box environment.
const RULES: [&str; 2] = ["BOX", "ENV009"];

#[derive(clap::Args)]
struct Args {
    /// KEY VALUE, or KEY=VALUE for one or more variables (split at the first `=`). A key that starts with `$` is a
    /// JSONPath. Without a value, envtool asks for it at the terminal. Files may follow
    #[arg(value_name = "KEY[=VALUE]", required = true, allow_negative_numbers = true)]
    words: Vec<String>,

    /// The files; `-` is standard input
    #[arg(short, long, value_name = "FILE")]
    environment: Vec<PathBuf>,

    /// Read the value from standard input, without the final line end
    #[arg(long, conflicts_with_all = ["value_file"])]
    stdin: bool,

    /// Read the value from FILE, without the final line end
    #[arg(long, value_name = "FILE")]
    value_file: Option<PathBuf>,

    /// The value is JSON: a number, a boolean, null, an array or an object
    #[arg(long)]
    json_value: bool,

    /// Also set the type of the variable, such as `secret` or `default`; without a value, only the type
    #[arg(long = "type", value_name = "TYPE")]
    type_name: Option<String>,

    /// Add the variable even if its name looks like a misspelling
    #[arg(long)]
    create: bool,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool set enable_auto_refresh_access_token false
  envtool set folder_id=0 user_id=42 -e dev.postman_environment.json
  envtool set client_secret
  envtool set client_secret --type secret
  envtool set private_key_encrypted --value-file key.pem
  envtool set expires_at 0 --json-value",
    ..command!("set", "Set variables", Args, run)
};

impl Args {
    /// The key and the type if there is nothing else to set.
    fn only_type(&self) -> Option<(&str, &str)> {
        let [key] = &self.words[..] else { return None };
        let has_value = self.stdin || self.value_file.is_some() || (!is_path(key) && key.contains('='));
        self.type_name.as_deref().filter(|_| !has_value).map(|type_name| (key.as_str(), type_name))
    }
}

/// The parsed arguments of the command.
#[derive(Default)]
struct Words {
    /// Keys and their new texts.
    pairs: Vec<(String, String)>,
    files: Vec<PathBuf>,
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    if args.stdin
        && (args.words.iter().any(|word| word == "-")
            || args.environment.iter().any(|path| path.as_os_str() == "-"))
    {
        return Err(Error::Usage("standard input is the value, and cannot be the file too".to_owned()));
    }
    let now = session.now;
    if let Some((key, type_name)) = args.only_type() {
        return change::change(session, &args.environment, |scope| {
            let mut plan = edit::retype(scope, key, type_name)?;
            plan.notes.extend(faults(scope, &plan, [key], now));
            Ok(plan)
        });
    }
    let Words { pairs, mut files } = sort_out(args, session)?;
    files.extend(args.environment.iter().cloned());
    let options = SetOptions { create: args.create, type_name: args.type_name.clone(), type_secrets: false };
    change::change(session, &files, |scope| {
        let wishes = pairs.iter().map(|(key, text)| assignment(key, text, args.json_value));
        let mut plan = edit::set(scope, &wishes.collect::<Result<Vec<_>, _>>()?, &options)?;
        plan.notes.extend(faults(scope, &plan, pairs.iter().map(|(key, _)| key.as_str()), now));
        Ok(plan)
    })
}

/// What `validate` says about the variables of a Box environment that `plan` sets: Box's scripts count characters and
/// compare words, and silently ignore what they do not accept. `keys` are those that were named.
fn faults<'k>(
    scope: &Scope<'_>,
    plan: &Plan,
    keys: impl IntoIterator<Item = &'k str>,
    now: i64,
) -> Vec<String> {
    let mut selection = Selection::default();
    let after = scope.owner().document().edited(&plan.edits).ok().filter(|_| BoxKind::of(scope).is_some());
    let (Some(after), Ok(())) = (after, selection.select(&RULES.map(str::to_owned))) else {
        return Vec::new();
    };
    let checker = Checker::new(&selection, Surroundings { now, ..Surroundings::default() });
    let location = Location::default();
    let facts = checker.facts(&after, &location);
    let changed = |key: &str| Some(facts.scope.as_ref()?.target(key)?.node().span());
    let spans: Vec<_> = keys.into_iter().filter_map(changed).collect();
    let is_changed = |finding: &Finding| {
        spans.iter().any(|span| span.start <= finding.span.start && finding.span.end <= span.end)
    };
    let findings = checker.check(&facts).into_iter();
    findings
        .filter(|finding| finding.severity > Severity::Info && is_changed(finding))
        .map(|finding| format!("{}: {}; {}", finding.rule.id, finding.message, finding.label))
        .collect()
}

fn sort_out(args: &Args, session: &Session) -> Result<Words, Error> {
    let (first, rest) =
        args.words.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let from_elsewhere = args.stdin || args.value_file.is_some();
    match first.split_once('=') {
        Some((key, _)) if from_elsewhere && !is_path(first) => {
            return Err(Error::Usage(format!(
                "two values for `{key}`: one after the `=`, one from --stdin or --value-file; give only the name"
            )));
        }
        Some(_) if !is_path(first) => return pairs(&args.words),
        _ => {}
    }
    let (value, files) = match rest.split_first() {
        _ if from_elsewhere => (value_from_elsewhere(args)?, rest),
        Some((value, _)) if value == "-" => {
            return Err(Error::Usage(format!(
                "`-` is not a value: `envtool set {first} --stdin` reads it from standard input, `{first}=-` is the text `-`"
            )));
        }
        // The user may expect to be asked for the value and have named the file next.
        Some((value, [])) if is_document(value) => {
            return Err(Error::Usage(format!(
                "`{value}` is a file: `-e {value}` changes it, `{first}={value}` sets that text"
            )));
        }
        Some((value, files)) => (value.clone(), files),
        None => (ask(first, session)?, rest),
    };
    if let Some(odd) = files.iter().position(|file| !is_file(file)) {
        if has_ending(Path::new(&files[odd])) {
            return Err(Error::Usage(format!("there is no file {}", escape(&files[odd]))));
        }
        let what = if from_elsewhere {
            "is not a file: with --stdin or --value-file, only files follow the name of the variable"
        } else {
            "is not a file: use KEY VALUE [FILE…] for one variable, or KEY=VALUE… [FILE…] for several"
        };
        return Err(odd_word(args.words.len() - files.len() + odd, what));
    }
    Ok(Words { pairs: vec![(first.to_owned(), value)], files: files.iter().map(PathBuf::from).collect() })
}

fn pairs(words: &[String]) -> Result<Words, Error> {
    let mut sorted = Words::default();
    for (at, word) in words.iter().enumerate() {
        match word.split_once('=') {
            Some(("", _)) => return Err(odd_word(at, "has no name before the `=`")),
            Some((key, value)) => sorted.pairs.push((key.to_owned(), value.to_owned())),
            None if is_file(word) => sorted.files.push(PathBuf::from(word)),
            None => return Err(odd_word(at, "is neither KEY=VALUE nor a file")),
        }
    }
    Ok(sorted)
}

/// The error about the argument at `at`, counted from 0, which may be part of a secret that was not quoted.
fn odd_word(at: usize, what: &str) -> Error {
    Error::Usage(format!("argument {} of `set` (not shown, for it may be a secret) {what}", at + 1))
}

/// Whether `word` names an existing file that may be an environment or a collection.
fn is_document(word: &str) -> bool {
    let path = Path::new(word);
    has_ending(path) && path.is_file()
}

/// Whether `path` ends as the names of environments and collections do.
fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ["json", "yaml", "yml"].contains(&ending))
}

fn is_file(word: &str) -> bool {
    word == "-" || Path::new(word).exists()
}

fn value_from_elsewhere(args: &Args) -> Result<String, Error> {
    let (name, bytes) = match &args.value_file {
        Some(path) => (path.display().to_string(), disk::read(path)?),
        None => ("standard input".to_owned(), disk::read_standard_input()?),
    };
    let text =
        String::from_utf8(bytes).map_err(|_| Error::Usage(format!("the value in {name} is not UTF-8")))?;
    let line = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    Ok(line.unwrap_or(&text).to_owned())
}

fn ask(key: &str, session: &Session) -> Result<String, Error> {
    match session.prompter() {
        // Typing nothing does not mean to clear a secret; `set KEY ""` does.
        Some(prompter) => match prompter.secret(&format!("Value of {}", escape(key)))? {
            nothing if nothing.is_empty() => Err(Error::Declined),
            value => Ok(value),
        },
        None if is_path(key) && key.contains('=') => Err(Error::Usage(
            "the value of a JSONPath is an argument of its own: envtool set '$.PATH' VALUE".to_owned(),
        )),
        None => Err(Error::Usage(format!(
            "no value for `{key}`: use `envtool set {key} VALUE`, or give it with --stdin or --value-file"
        ))),
    }
}

fn assignment(key: &str, text: &str, json: bool) -> Result<Assignment, EditError> {
    let value = if json {
        let document = Document::json(text)
            .map_err(|error| EditError::NotJson { key: key.to_owned(), reason: error.to_string() })?;
        Value::of(document.root())
    } else {
        Value::string(text)
    };
    Ok(Assignment { key: key.to_owned(), value })
}
