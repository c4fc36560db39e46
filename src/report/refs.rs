use serde::Serialize;

use super::Mask;
use crate::model::{Collection, How, Lookup, Meaning, Usage};
use crate::syntax::Document;
use crate::term::{Cell, Painter, Role, escape, table};

/// The most characters of a value in a cell.
const SHORT: usize = 60;

/// One place where a variable is used.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// Folders and the request; empty outside of them.
    pub item: Vec<String>,
    /// The JSON path of the string.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// `reference`, or what a script does: `read` or `written`.
    pub how: &'static str,
}

/// A name that is used, what it means, and where it is used.
#[derive(Debug, Serialize)]
pub struct NameReport {
    /// The name.
    pub name: String,
    /// Where its value comes from: a scope, `dynamic`, `script` when only a script sets it, or none.
    pub from: Option<&'static str>,
    /// Its value with references replaced, as it may be shown.
    pub value: Option<String>,
    /// Where it is used, in order of the files.
    pub places: Vec<Place>,
}

/// A variable that nothing uses.
#[derive(Debug, Serialize)]
pub struct Unused {
    /// Its name.
    pub name: String,
    /// The scope it stands in.
    pub scope: &'static str,
    /// Its line, from 1.
    pub line: usize,
}

/// Every use of variables in some files, in `--json` output.
#[derive(Debug, Serialize)]
pub struct RefsReport {
    version: u32,
    /// The names, in order of their first use.
    pub names: Vec<NameReport>,
    /// The variables of the scopes that are not among them.
    pub unused: Vec<Unused>,
}

impl RefsReport {
    /// The uses in `files`, by name, looked up in `lookup`.
    #[must_use]
    pub fn of(files: &[(&str, &Document, Vec<Usage<'_>>)], lookup: &Lookup<'_>, mask: Mask) -> Self {
        let mut names: Vec<NameReport> = Vec::new();
        let mut index = std::collections::HashMap::new();
        for (file, document, usages) in files {
            let collection = Collection::of(document);
            for usage in usages {
                let at = *index.entry(usage.name.clone()).or_insert_with(|| {
                    names.push(NameReport::of(&usage.name, lookup, mask));
                    names.len() - 1
                });
                names[at].places.push(Place::of(file, document, collection.as_ref(), usage));
            }
        }
        for name in names.iter_mut().filter(|name| name.from.is_none()) {
            let set = name.places.iter().any(|place| place.how == "written");
            name.from = set.then_some("script");
        }
        let read = |name: &str| {
            let at = index.get(name).map(|&at: &usize| &names[at]);
            at.is_some_and(|name| name.places.iter().any(|place| place.how != "written"))
        };
        let mut unused = Vec::new();
        for scope in lookup.scopes() {
            for variable in scope.variables().iter().filter(|variable| !read(variable.key())) {
                let line = variable.node().position().line;
                unused.push(Unused { name: variable.key().to_owned(), scope: scope.kind().name(), line });
            }
        }
        Self { version: 1, names, unused }
    }

    /// The names that mean nothing.
    pub fn undefined(&self) -> impl Iterator<Item = &NameReport> {
        self.names.iter().filter(|name| name.from.is_none())
    }

    /// All names in a table: how often each is used, what it means and where that comes from.
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
                let value = name.value.as_deref().unwrap_or_default();
                let short: String = escape(value).chars().take(SHORT).collect();
                let uses = Cell::plain(name.places.len().to_string());
                vec![Cell::new(Role::Name, escape(&name.name)), uses, from, Cell::plain(short)]
            })
            .collect();
        table(&["NAME", "USES", "FROM", "VALUE"], &rows, painter, width)
    }
}

impl NameReport {
    fn of(name: &str, lookup: &Lookup<'_>, mask: Mask) -> Self {
        let (from, value) = match lookup.meaning(name) {
            Meaning::Variable(scope, variable) => {
                let text = mask.of_variable(variable);
                let value = lookup.resolve(&text, |inner| mask.of_variable(inner).into_owned()).text;
                (Some(scope.name()), Some(value))
            }
            Meaning::Dynamic => (Some("dynamic"), None),
            Meaning::Undefined => (None, None),
        };
        Self { name: name.to_owned(), from, value, places: Vec::new() }
    }

    /// Its places, a line each: `file:line:column folder / request  path`.
    #[must_use]
    pub fn lines(&self, painter: Painter) -> Vec<String> {
        let line = |place: &Place| {
            let item = escape(&place.item.join(" / ")).into_owned();
            let item = if item.is_empty() {
                String::new()
            } else {
                format!(" {}", painter.paint(Role::Name, &item))
            };
            let how = if place.how == "reference" {
                String::new()
            } else {
                format!(" ({} by a script)", place.how)
            };
            let path = painter.paint(Role::Dim, &escape(&place.path));
            format!("{}:{}:{}:{item} {path}{how}", place.file, place.line, place.column)
        };
        self.places.iter().map(line).collect()
    }
}

impl Place {
    fn of(file: &str, document: &Document, collection: Option<&Collection<'_>>, usage: &Usage<'_>) -> Self {
        let position = document.source().position(usage.span.start as usize);
        let item = collection.and_then(|collection| {
            let item = collection.item_at(usage.node)?;
            Some(collection.path(item).into_iter().map(std::borrow::Cow::into_owned).collect())
        });
        Self {
            file: file.to_owned(),
            item: item.unwrap_or_default(),
            path: usage.node.path().to_string(),
            line: position.line,
            column: position.column,
            how: match usage.how {
                How::Reference => "reference",
                How::Read => "read",
                How::Written => "written",
            },
        }
    }
}
