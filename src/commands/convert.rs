use std::path::{Path, PathBuf};

use clap::Args as _;

use super::change::Destination;
use super::input::Input;
use super::{Outcome, Session, change, command};
use crate::cli::File;
use crate::convert::{self, ConvertError, Converted, Origin, Pairs, Target};
use crate::disk::{self, Readers};
use crate::edit::{self, SetOptions};
use crate::error::{Error, ExitCode};
use crate::model::{Collection, FileKind, identify};
use crate::report::{Mask, shell_word};
use crate::secret::MASK;
use crate::syntax::{Document, Kind, Syntax, Value, write};
use crate::term::{escape, escape_path};
use crate::text::Source;
use crate::v3;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// What to write
    #[arg(long, value_name = "FORMAT", required_unless_present = "into")]
    to: Option<Target>,

    /// The format of FILE, if its content does not tell
    #[arg(long, value_name = "FORMAT")]
    from: Option<Origin>,

    /// Write the values of FILE into this environment instead
    #[arg(long, value_name = "ENVIRONMENT", conflicts_with_all = ["to", "name", "output"])]
    into: Option<PathBuf>,

    /// The name of the new environment; default: that of FILE
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool convert --to dotenv -o .env
  envtool convert .env --into Box.postman_environment.json
  envtool convert --to newman-safe -o run.json",
    args: |command| {
        Args::augment_args(command).mut_arg("file", |file| {
            file.help(
                "The file; `-` is standard input. Without it: ENVTOOL_FILE, else the only environment in this folder",
            )
        })
    },
    ..command!("convert", "Convert to and from YAML, dotenv, shell variables and JSON maps", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let original = Original::read(&session.locate_one(&args.file)?, args.from)?;
    match (&args.into, args.to) {
        (Some(environment), _) => into(&original, environment, session),
        (None, Some(to)) => write(&original, to, args.name.as_deref(), session),
        (None, None) => Err(Error::Usage("choose what to write with `--to FORMAT`".to_owned())),
    }
}

fn into(original: &Original, environment: &Path, session: &mut Session) -> Outcome {
    let pairs = original.pairs()?;
    session.notes(&pairs.notes);
    let options = SetOptions { create: true, type_secrets: true, ..SetOptions::default() };
    change::change_to(session, &[environment.to_owned()], Destination::InPlace, |input| {
        input.expect_collection(false)?;
        change::on_scope(input, |scope| edit::set(scope, &convert::assignments(scope, &pairs), &options))
    })
}

fn write(original: &Original, to: Target, name: Option<&str>, session: &mut Session) -> Outcome {
    session.refuse_json()?;
    expect_yaml_name(to, session)?;
    expect_another_file(original, session)?;
    if let Content::Document(document) = &original.content
        && to == Target::Yaml
        && Collection::of(document).is_some()
    {
        return take_apart(original, document, session);
    }
    let name = name.map_or_else(|| original.stem(), str::to_owned);
    let converted = original.content.write(to, &name).map_err(|error| original.refused(error))?;
    session.notes(&converted.notes);
    let text = converted.text;
    match session.options.output.clone() {
        None if session.options.dry_run => {
            let mask = session.mask();
            let shown = original.content.preview(text, to, &name, mask);
            session.terminal.text(&shown.map_err(|error| original.refused(error))?);
        }
        Some(output) => session.put(&output, text.as_bytes(), Readers::Owner)?,
        None => session.terminal.text(&text),
    }
    Ok(ExitCode::Success)
}

/// Refuses to overwrite the file that is read.
fn expect_another_file(original: &Original, session: &Session) -> Result<(), Error> {
    match (&session.options.output, &original.path) {
        (Some(output), Some(path)) if disk::is_same_file(output, path) => Err(Error::Usage(format!(
            "{} is the file that is converted: use `--output` to write elsewhere",
            original.name
        ))),
        _ => Ok(()),
    }
}

/// Refuses to write YAML to a file named like JSON: it would be read as JSON.
fn expect_yaml_name(to: Target, session: &Session) -> Result<(), Error> {
    let output = session.options.output.as_deref().filter(|_| to == Target::Yaml);
    match output.filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"))) {
        Some(path) => Err(Error::Usage(format!(
            "{} is a name for JSON, and this is YAML: use `--output {}`",
            escape_path(path),
            shell_word(&escape_path(&path.with_extension("yaml")))
        ))),
        None => Ok(()),
    }
}

/// Writes a collection as the folder of files that Postman 12 keeps in a repository.
fn take_apart(original: &Original, document: &Document, session: &mut Session) -> Outcome {
    let single = convert::without_doubled(document);
    let (document, doubled) = single.as_ref().map_or((document, &[][..]), |(single, notes)| (single, notes));
    let split = Collection::of(document).and_then(|collection| v3::split(&collection));
    let split = split.ok_or_else(|| original.refused(ConvertError::OldCollection))?;
    let Some(folder) = session.options.output.clone().filter(|folder| folder.as_os_str() != "-") else {
        return Err(Error::Usage(format!(
            "a collection in YAML is a folder: name it with `--output {}`",
            shell_word(&escape(&split.name))
        )));
    };
    session.notes(doubled);
    session.notes(&split.notes);
    session.notes(convert::note_of_unpaired(document.nodes()));
    let files = split.files.iter();
    let files: Vec<_> =
        files.map(|(path, value)| (path.clone(), write::document(value, Syntax::Yaml))).collect();
    let shown = escape_path(&folder);
    if session.options.dry_run {
        session.terminal.line(&format!("{shown}: {} files would be written", files.len()));
        return Ok(ExitCode::Success);
    }
    let journal = session.journal()?;
    session.save(journal.as_ref()).create_tree(&folder, &files)?;
    session.inform(&format!("{shown}: {} files written", files.len()));
    Ok(ExitCode::Success)
}

/// What to convert.
struct Original {
    path: Option<PathBuf>,
    /// Its name in messages.
    name: String,
    content: Content,
}

enum Content {
    /// One of Postman's own files.
    Document(Document),
    /// A git-native collection, joined into one document.
    Joined(Input),
    /// Names and values from elsewhere.
    Pairs(Pairs),
}

impl Content {
    /// Converts it to `to`; an environment without a name gets `name`.
    fn write(&self, to: Target, name: &str) -> Result<Converted, ConvertError> {
        match self {
            Self::Joined(input) if to == Target::Json => {
                Ok(Converted { text: input.document.source().text().to_owned(), notes: input.notes.clone() })
            }
            Self::Joined(_) if to == Target::Yaml => Err(ConvertError::AlreadyYaml),
            Self::Joined(Input { document, .. }) | Self::Document(document) => convert::write(document, to),
            Self::Pairs(pairs) => convert::write_pairs(pairs, name, to),
        }
    }

    /// `text`, the result, with its secrets masked.
    fn preview(&self, text: String, to: Target, name: &str, mask: Mask) -> Result<String, ConvertError> {
        if mask == Mask::Nothing {
            return Ok(text);
        }
        let document = match to {
            Target::Json | Target::NewmanSafe => Document::json(&text),
            Target::Yaml => Document::yaml(&text),
            // These formats do not mark secrets: they are written again from masked values.
            Target::Dotenv | Target::Sh | Target::Fish | Target::Powershell | Target::JsonMap => {
                return Ok(self.masked(mask)?.write(to, name)?.text);
            }
        };
        Ok(mask.of_document(&document.map_err(|_| ConvertError::NotAMap)?))
    }

    /// Its variables with secrets masked.
    fn masked(&self, mask: Mask) -> Result<Self, ConvertError> {
        match self {
            Self::Document(document) | Self::Joined(Input { document, .. }) => {
                let shown = mask.over(document).json(document.root());
                Document::json(&shown).map(Self::Document).map_err(|_| ConvertError::NotAMap)
            }
            Self::Pairs(Pairs { pairs, notes }) => {
                let shown = pairs.iter().map(|(key, value)| {
                    let shown = mask.of_value(Value::string(value.as_str()), key, false);
                    (key.clone(), if let Value::String(shown) = shown { shown } else { MASK.to_owned() })
                });
                Ok(Self::Pairs(Pairs { pairs: shown.collect(), notes: notes.clone() }))
            }
        }
    }
}

impl Original {
    fn read(path: &Path, from: Option<Origin>) -> Result<Self, Error> {
        if path.is_dir() {
            let input = Input::read(path)?;
            let name = input.name.clone();
            return Ok(Self { path: Some(path.to_owned()), name, content: Content::Joined(input) });
        }
        let (path, name, source) = Input::load(path)?;
        source.expect_content().map_err(|error| Error::of_file(&name, error))?;
        let from = from.unwrap_or_else(|| Origin::of(&name, source.text()));
        let refused = |error: ConvertError| Error::of_file(&name, error);
        let content = match convert::read(source.text(), from).map_err(refused)? {
            Some(pairs) => Content::Pairs(pairs),
            None => document(path.clone(), name.clone(), source)?,
        };
        Ok(Self { path, name, content })
    }

    /// Its names and values, whatever its format.
    fn pairs(&self) -> Result<Pairs, Error> {
        match &self.content {
            Content::Pairs(pairs) => Ok(pairs.clone()),
            Content::Document(document) | Content::Joined(Input { document, .. }) => {
                let map = convert::write(document, Target::JsonMap).map_err(|error| self.refused(error))?;
                let pairs = convert::read(&map.text, Origin::JsonMap).map_err(|error| self.refused(error))?;
                Ok(Pairs { notes: map.notes, ..pairs.unwrap_or_default() })
            }
        }
    }

    /// A name for the environment: `dev` for `dev.env` and for `.env.dev`.
    fn stem(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let stem = name.strip_prefix(".env.").or_else(|| Some(name.rsplit_once('.')?.0)).unwrap_or(&name);
        if stem.is_empty() { "Environment".to_owned() } else { stem.to_owned() }
    }

    fn refused(&self, error: ConvertError) -> Error {
        Error::of_file(&self.name, error)
    }
}

/// Reads a JSON document: a file of Postman's, or else a map of keys and values.
fn document(path: Option<PathBuf>, name: String, source: Source) -> Result<Content, Error> {
    let Input { name, document, .. } = Input::parse(path, name, source, None)?;
    if identify(&document) != FileKind::Other(Kind::Object) {
        return Ok(Content::Document(document));
    }
    let pairs = convert::read(document.source().text(), Origin::JsonMap);
    pairs.map(|pairs| Content::Pairs(pairs.unwrap_or_default())).map_err(|error| Error::of_file(name, error))
}
