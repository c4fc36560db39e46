//! Converts variables to and from other notations. Pure. Notes say what a notation cannot express.
//!
//! Every conversion passes through a Postman document: reading produces one, and writing starts from one.

mod assignments;
mod dotenv;
mod doubled;
mod environment;
mod error;
mod exports;
mod format;
mod json_map;
mod newman_safe;
mod postman;
mod risky;
mod shell;
mod unpaired;

pub use assignments::assignments;
pub use doubled::without_doubled;
pub use error::ConvertError;
pub use exports::{Export, Exports, exports, is_identifier};
pub use format::{Origin, Target};
pub use risky::is_risky;
pub use unpaired::note_of_unpaired;

use std::collections::HashSet;

use crate::model::{self, Scope, ScopeKind};
use crate::secret;
use crate::syntax::{Document, Syntax};
use crate::text::named;

/// A text in another notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The text.
    pub text: String,
    /// What it leaves out or changes, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// The variables of a notation that has only names and values. Names are unique.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// The names and values, in order.
    pub pairs: Vec<(String, String)>,
    /// What they leave out or change, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// Reads the variables in `text`, which is in the notation `from`; none if that is Postman's own.
///
/// # Errors
/// [`ConvertError`]: `text` is not in that notation.
pub fn read(text: &str, from: Origin) -> Result<Option<Pairs>, ConvertError> {
    match from {
        Origin::Postman => Ok(None),
        Origin::Dotenv => dotenv::read(text).map(Some),
        Origin::JsonMap => json_map::read(text).map(Some),
    }
}

/// Writes the variables of `document` in the notation `to`.
///
/// # Errors
/// [`ConvertError`]: they cannot be written in that notation.
pub fn write(document: &Document, to: Target) -> Result<Converted, ConvertError> {
    let scope = Scope::of(document)?;
    let mut converted = match to {
        Target::Json | Target::Yaml
            if scope.format() == model::Format::V3Yaml && scope.kind() == ScopeKind::Collection =>
        {
            return Err(ConvertError::OneOfAFolder);
        }
        Target::Json if document.syntax() == Syntax::Json => return Err(ConvertError::AlreadyJson),
        Target::Json => postman::json(&scope),
        Target::Yaml if document.syntax() == Syntax::Yaml => return Err(ConvertError::AlreadyYaml),
        Target::Yaml => match without_doubled(document) {
            Some((document, told)) => {
                let mut converted = postman::yaml(&Scope::of(&document)?);
                converted.notes.splice(..0, told);
                converted
            }
            None => postman::yaml(&scope),
        },
        Target::Dotenv => dotenv::write(&scope),
        Target::Sh => shell::write(&scope, shell::Family::Sh),
        Target::Fish => shell::write(&scope, shell::Family::Fish),
        Target::Powershell => shell::write(&scope, shell::Family::PowerShell),
        Target::JsonMap => json_map::write(&scope),
        // The rest of the document stays as it is spelled.
        Target::NewmanSafe => return newman_safe::write(&scope),
    };
    let rows = scope.variables().iter().flat_map(|variable| variable.node().descendants());
    converted.notes.extend(note_of_unpaired(rows));
    Ok(converted)
}

/// Writes `pairs` in the notation `to`. In Postman's own notations they become an environment called `name`, in which
/// values that look like secrets have the type `secret`.
///
/// # Errors
/// [`ConvertError`]: they cannot be written in that notation.
pub fn write_pairs(pairs: &Pairs, name: &str, to: Target) -> Result<Converted, ConvertError> {
    let typed = matches!(to, Target::Json | Target::Yaml | Target::NewmanSafe);
    let type_of =
        |key: &str, value: &str| if typed && secret::is_secret(key, value) { "secret" } else { "default" };
    let text = environment::environment(name, pairs, type_of);
    if to == Target::Json {
        return Ok(Converted { text, notes: pairs.notes.clone() });
    }
    let document = Document::json(&text).map_err(|_| ConvertError::NotAMap)?;
    let mut converted = self::write(&document, to)?;
    converted.notes.splice(..0, pairs.notes.iter().cloned());
    Ok(converted)
}

/// Adds the note that `sentence` makes of `names`, each once, if there are any.
fn note<S: AsRef<str>>(notes: &mut Vec<String>, names: &[S], sentence: impl FnOnce(&str) -> String) {
    let mut seen = HashSet::new();
    let names: Vec<_> = names.iter().map(AsRef::as_ref).filter(|name| seen.insert(*name)).collect();
    if !names.is_empty() {
        notes.push(sentence(&named(names, "and")));
    }
}
