use std::path::PathBuf;

use super::{Outcome, Session, command};
use crate::compare;
use crate::disk;
use crate::error::ExitCode;
use crate::model::Scope;
use crate::report::{self, Mask};
use crate::secret::{Marker, mask_unreadable};
use crate::syntax::{Document, Syntax};
use crate::text::Source;
use crate::v3;

/// The path of any file of a git-native collection, since git does not tell the real one.
const UNNAMED: &str = "request.resources/examples/request";

/// Called by git, see `git-setup`.
#[derive(clap::Args)]
struct Args {
    /// One version of a file
    file: PathBuf,
}

pub(super) const COMMAND: super::Command = super::Command {
    hidden: true,
    tells_unfinished: false,
    ..command!("textconv", "Print a file as text that git compares line by line", Args, run)
};

/// Shows any version of any file: even a broken one may be in the history.
fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let mask = session.mask();
    let marker = Marker::new(disk::local_key().ok());
    let bytes = disk::read(&args.file)?;
    let source = Source::decode(bytes.clone());
    // Without the zero bytes of UTF-16, names and values are found even in what cannot be decoded.
    let readable = |_| String::from_utf8_lossy(&bytes).replace('\0', "");
    let parsed = source.map_err(readable).and_then(|source| {
        let syntax = Syntax::of(&args.file.to_string_lossy(), source.text());
        Document::parse(source, syntax).map_err(|(_, source)| source.text().to_owned())
    });
    // Git gives versions temporary file names, so an item without a name of its own has none here.
    let alone = parsed.as_ref().ok().and_then(|document| v3::join_alone(UNNAMED, document));
    let alone = alone.and_then(|joined| Document::json(&joined.collection.to_json()).ok());
    let text = match &parsed {
        Ok(document) => match Scope::of(alone.as_ref().unwrap_or(document)) {
            Ok(scope) => report::outline(&compare::outline(&scope), mask, &marker),
            Err(_) => report::marked_document(document, mask, &marker),
        },
        Err(text) if mask == Mask::Nothing => text.clone(),
        Err(text) => report::marked_text(text, &mask_unreadable(text), &marker),
    };
    session.terminal.text(&text);
    Ok(ExitCode::Success)
}
