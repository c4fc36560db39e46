use super::input::Input;
use super::{Outcome, Session, command};
use crate::cli::Files;
use crate::edit::EditError;
use crate::error::{Error, ExitCode, FileError};
use crate::model::{Runtime, Scope, Variable};
use crate::syntax::{Document, Node, Value, is_path, select};
use crate::term::escape;

#[derive(clap::Args)]
struct Args {
    /// A variable's name, or a JSONPath (RFC 9535), which starts with `$`
    key: String,

    #[command(flatten)]
    files: Files,

    /// Print VALUE if the key is absent; with `--json` as a string, unless it is JSON
    #[arg(long, value_name = "VALUE")]
    default: Option<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool get expires_at
  envtool get no_such_key --default none
  envtool get '$.values[?@.enabled == false].key'",
    ..command!("get", "Print the value of one variable, or what a JSONPath selects", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let inputs = session.inputs(&args.files.named())?;
    let mut lacking = Vec::new();
    for input in &inputs {
        match (values(args, session, input)?, &args.default) {
            (Some(values), _) => {
                values.iter().for_each(|value| session.terminal.value(value));
                note_disabled(&args.key, input, session);
            }
            (None, Some(default)) if session.options.json => session.terminal.value(&as_json(default)),
            (None, Some(default)) => session.terminal.value(default),
            (None, None) => lacking.push(input),
        }
    }
    if lacking.is_empty() { Ok(ExitCode::Success) } else { Err(absent(&args.key, &lacking)?) }
}

/// Notes that the value of `key` is not what a request gets.
fn note_disabled(key: &str, input: &Input, session: &mut Session) {
    let scope = input.scope().ok().filter(|_| !is_path(key));
    let variable = scope.as_ref().and_then(|scope| scope.target(key));
    if variable.is_some_and(|variable| !variable.is_enabled(Runtime::App)) {
        session.note(&format!(
            "`{}` is disabled: the Postman app does not use it ({})",
            escape(key),
            input.name
        ));
    }
}

/// The error for a `key` that none of `inputs` has.
fn absent(key: &str, inputs: &[&Input]) -> Result<Error, Error> {
    let files: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
    let error = if is_path(key) {
        FileError::Absent(format!("no `{}`", escape(key)))
    } else {
        let scopes = inputs.iter().map(|input| input.scope()).collect::<Result<Vec<_>, _>>()?;
        EditError::absent(key, scopes.iter().flat_map(Scope::variables).map(Variable::key)).into()
    };
    Ok(Error::of_file(files.join(", "), error))
}

/// `text` as it is if it is JSON, otherwise as a JSON string.
fn as_json(text: &str) -> String {
    if Document::json(text).is_ok() { text.to_owned() } else { Value::string(text).to_json() }
}

/// The values that `key` selects, as text; none if there are none.
fn values(args: &Args, session: &Session, input: &Input) -> Result<Option<Vec<String>>, Error> {
    let json = session.options.json;
    let as_asked = |node: Node<'_>| match node.as_str() {
        Some(text) if !json => text.into_owned(),
        _ => node.to_json().into_owned(),
    };
    if !is_path(&args.key) {
        let scope = input.scope()?;
        let variable = scope.target(&args.key);
        return Ok(variable.map(|variable| match variable.value() {
            Some(value) if json => vec![value.to_json().into_owned()],
            None if json => vec!["null".to_owned()],
            _ => vec![variable.text().to_owned()],
        }));
    }
    let nodes = select(&input.document, &args.key)?;
    let container = |node: &Node<'_>| node.kind().is_container();
    Ok(match nodes[..] {
        [] => None,
        // A single value that was asked for is shown as it is. A search may find secrets that were not asked for.
        [node] if !container(&node) && !is_search(&args.key) => Some(vec![as_asked(node)]),
        _ => {
            let masked = session.mask().over(&input.document);
            let shown = |node: &Node<'_>| match masked.json(*node) {
                text if text == node.to_json() => as_asked(*node),
                masked if json || container(node) => masked,
                masked => masked.trim_matches('"').to_owned(),
            };
            Some(nodes.iter().map(shown).collect())
        }
    })
}

/// Whether the JSONPath `path` searches, with `..` or `*`.
fn is_search(path: &str) -> bool {
    path.contains("..") || path.contains('*')
}
