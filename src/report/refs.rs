use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::Mask;
use super::shortened::shortened;
use super::visible::visible;
use crate::model::{Collection, Lookup, Meaning, Usage, UsageKind, usages};
use crate::syntax::Document;
use crate::term::{Cell, Column, Painter, Role, escape, table};

/// The most characters of a value in a cell.
const SHORT: usize = 60;

/// One place where a variable is used.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The names of the folders and the request; empty outside of items.
    pub item: Vec<String>,
    /// The JSONPath of the string.
    pub path: String,
    /// The line, counted from 1; none in a folder, which is read as one document.
    pub line: Option<usize>,
    /// The character in the line, counted from 1.
    pub column: Option<usize>,
    /// How it is used there.
    #[serde(serialize_with = "name")]
    pub how: UsageKind,
}

/// A name, its meaning, and the places where it is used.
#[derive(Debug, Serialize)]
pub struct NameReport {
    /// The name.
    pub name: String,
    /// Where its value comes from: a scope, `dynamic`, or how it is used, as `FROM_USE` says; none if it is
    /// undefined.
    pub from: Option<&'static str>,
    /// Its value with references replaced, masked if need be.
    pub value: Option<String>,
    /// Where it is used, in the order of the files.
    pub places: Vec<Place>,
}

/// A variable that nothing uses.
#[derive(Debug, Serialize)]
pub struct Unused {
    /// Its name.
    pub name: String,
    /// The scope that defines it.
    pub scope: &'static str,
    /// Its line, counted from 1; none in a folder.
    pub line: Option<usize>,
}

/// A file to search for uses of variables.
#[derive(Debug)]
pub struct Searched<'d> {
    /// Its name.
    pub name: &'d str,
    /// Its content.
    pub document: &'d Document,
    /// Whether lines in the document are lines in the file; false if it was joined from a folder.
    pub has_lines: bool,
}

/// The uses of variables in some files, in `--json` output.
#[derive(Debug, Serialize)]
pub struct RefsReport {
    version: u32,
    /// The names that are used, in order of their first use.
    pub names: Vec<NameReport>,
    /// The variables that nothing reads.
    pub unused: Vec<Unused>,
}

/// Where the value of a name that no scope defines comes from, by the first of these ways in which it is used: `script`
/// if a script sets it, `data` if a script reads it from the data of a run, `text` if it is only in strings of scripts,
/// `disabled`, `example` or `description` if it is only there. None if it should be defined.
const FROM_USE: [(UsageKind, Option<&str>); 8] = [
    (UsageKind::Written, Some("script")),
    (UsageKind::Data, Some("data")),
    (UsageKind::Reference, None),
    (UsageKind::Read, None),
    (UsageKind::Quoted, Some("text")),
    (UsageKind::Disabled, Some("disabled")),
    (UsageKind::Saved, Some("example")),
    (UsageKind::Mentioned, Some("description")),
];

impl RefsReport {
    /// Finds the uses in `files`, and looks their names up in `data`, then in `lookup`.
    #[must_use]
    pub fn of(files: &[Searched<'_>], lookup: &Lookup<'_>, data: &BTreeSet<String>, mask: Mask) -> Self {
        let mut names: Vec<NameReport> = Vec::new();
        let mut index = std::collections::HashMap::new();
        for file in files {
            let collection = Collection::of(file.document);
            for usage in &usages(file.document) {
                let at = *index.entry(usage.name.clone()).or_insert_with(|| {
                    names.push(match data.contains(&*usage.name) {
                        true => NameReport::of_data(&usage.name),
                        false => NameReport::of(&usage.name, lookup, mask),
                    });
                    names.len() - 1
                });
                names[at].places.push(Place::of(file, collection.as_ref(), usage));
            }
        }
        for name in names.iter_mut().filter(|name| name.from.is_none()) {
            let is_used = |how: UsageKind| name.places.iter().any(|place| place.how == how);
            name.from = FROM_USE.iter().find(|(how, _)| is_used(*how)).and_then(|(_, from)| *from);
        }
        let read = |name: &str| {
            let at = index.get(name).map(|&at: &usize| &names[at]);
            at.is_some_and(|name| {
                let reads = |how: UsageKind| {
                    matches!(
                        how,
                        UsageKind::Reference | UsageKind::Read | UsageKind::Quoted | UsageKind::Disabled
                    )
                };
                name.places.iter().any(|place| reads(place.how))
            })
        };
        let mut unused = Vec::new();
        for scope in lookup.scopes() {
            for variable in scope.variables().iter().filter(|variable| !read(variable.key())) {
                let of = |file: &&Searched<'_>| std::ptr::eq(file.document, variable.node().document());
                let has_lines = files.iter().find(of).is_none_or(|file| file.has_lines);
                let line = has_lines.then(|| variable.node().position().line);
                unused.push(Unused { name: variable.key().to_owned(), scope: scope.kind().name(), line });
            }
        }
        Self { version: 1, names, unused }
    }

    /// The names that are undefined.
    pub fn undefined(&self) -> impl Iterator<Item = &NameReport> {
        self.names.iter().filter(|name| name.from.is_none())
    }

    /// All names in a table: the number of uses, the origin of the value, and the value.
    #[must_use]
    pub fn table(&self, painter: Painter, width: Option<usize>) -> String {
        let rows: Vec<_> = self
            .names
            .iter()
            .map(|name| {
                let from = match name.from {
                    Some(from) => Cell::plain(from),
                    None => Cell::new(Role::Bad, "undefined"),
                };
                let value = name.value.as_deref().map(visible).unwrap_or_default();
                let value = shortened(value, SHORT);
                let uses = Cell::plain(name.places.len().to_string());
                vec![Cell::new(Role::Name, escape(&name.name)), uses, from, Cell::plain(value)]
            })
            .collect();
        let columns =
            [Column::whole("NAME"), Column::whole("USES"), Column::whole("FROM"), Column::shortened("VALUE")];
        table(&columns, &rows, painter, width)
    }
}

impl NameReport {
    /// A name whose value comes from the data of a run, and differs in each iteration.
    fn of_data(name: &str) -> Self {
        Self { name: name.to_owned(), from: Some("data"), value: None, places: Vec::new() }
    }

    fn of(name: &str, lookup: &Lookup<'_>, mask: Mask) -> Self {
        let (from, value) = match lookup.meaning(name) {
            Meaning::Variable(scope, variable) => {
                let text = mask.of_variable(variable);
                let value = |_: &str, inner: &Meaning<'_, '_>| match inner {
                    Meaning::Variable(_, inner) => Some(mask.of_variable(inner).into_owned()),
                    _ => None,
                };
                let value = lookup.resolve(&text, value).text;
                (Some(scope.name()), Some(value))
            }
            Meaning::Data(_) => (Some("data"), None),
            Meaning::Dynamic => (Some("dynamic"), None),
            Meaning::Undefined => (None, None),
        };
        Self { name: name.to_owned(), from, value, places: Vec::new() }
    }

    /// Its places, a line each: `file:line:column: folder / request path`.
    #[must_use]
    pub fn lines(&self, painter: Painter) -> Vec<String> {
        let line = |place: &Place| {
            let item = escape(&place.item.join(" / ")).into_owned();
            let item = if item.is_empty() {
                String::new()
            } else {
                format!(" {}", painter.paint(Role::Name, &item))
            };
            let how = match place.how {
                UsageKind::Reference => "",
                UsageKind::Quoted => " (in a string of a script)",
                UsageKind::Disabled => " (disabled)",
                UsageKind::Read => " (read by a script)",
                UsageKind::Written => " (written by a script)",
                UsageKind::Data => " (read by a script from the data of a run)",
                UsageKind::Saved => " (in a saved example)",
                UsageKind::Mentioned => " (in a description)",
            };
            let position = match (place.line, place.column) {
                (Some(line), Some(column)) => format!(":{line}:{column}"),
                _ => String::new(),
            };
            let path = painter.paint(Role::Dim, &escape(&place.path));
            format!("{}{position}:{item} {path}{how}", place.file)
        };
        self.places.iter().map(line).collect()
    }
}

impl Place {
    fn of(file: &Searched<'_>, collection: Option<&Collection<'_>>, usage: &Usage<'_>) -> Self {
        let position = || file.document.source().position(usage.span.start as usize);
        let position = file.has_lines.then(position);
        let item = collection.and_then(|collection| {
            let item = collection.item_at(usage.node)?;
            Some(collection.path(item).into_iter().map(Cow::into_owned).collect())
        });
        Self {
            file: file.name.to_owned(),
            item: item.unwrap_or_default(),
            path: usage.node.path().to_string(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            how: usage.kind,
        }
    }
}

fn name<S: Serializer>(how: &UsageKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(how.name())
}
