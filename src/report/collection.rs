use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Mask;
use super::count::counted;
use super::shortened::shortened;
use crate::model::{Auth, Collection, Item, Scope, Script, all_references};
use crate::term::{Cell, Column, Painter, Role, escape, table};

/// The most items to list; if there are more, only the outermost are.
const MOST_ITEMS: usize = 60;

/// The most references to list, the most frequent first.
const MOST_REFERENCES: usize = 20;

/// The most characters of an address to show.
const SHORT: usize = 60;

/// How `inspect` displays a collection, apart from its variables.
#[derive(Clone, Copy, Debug)]
pub(super) struct CollectionView {
    pub(super) painter: Painter,
    pub(super) mask: Mask,
    pub(super) width: Option<usize>,
    /// Whether to show every item, every reference, and addresses in full.
    pub(super) whole: bool,
}

/// The size of `collection`: `3 requests in 2 folders`.
pub(super) fn size(collection: &Collection<'_>) -> String {
    let folders = collection.items().iter().filter(|item| item.is_folder()).count();
    let requests = counted(collection.items().len() - folders, "request");
    if folders == 0 { requests } else { format!("{requests} in {}", counted(folders, "folder")) }
}

impl CollectionView {
    /// The kinds of authorization and scripts, a line each.
    pub(super) fn summary(&self, collection: &Collection<'_>) -> Vec<String> {
        let items = collection.items();
        let auths = tally(
            collection.auth().iter().map(auth_name),
            items.iter().filter_map(Item::auth).map(|auth| auth_name(&auth)),
        );
        let scripts = tally(
            written(collection.scripts()).map(|script| script_name(&script)),
            written(items.iter().flat_map(Item::scripts)).map(|script| script_name(&script)),
        );
        let lines = [("auth", auths), ("scripts", scripts)];
        let lines = lines.into_iter().filter(|(_, what)| !what.is_empty());
        lines.map(|(title, what)| self.dim(&format!("{title}: {what}"))).collect()
    }

    /// The items and the references, each preceded by an empty line.
    pub(super) fn parts(&self, collection: &Collection<'_>) -> Vec<String> {
        let references = references(collection);
        let items = (!collection.items().is_empty()).then(|| self.items(collection));
        let references = (!references.is_empty()).then(|| self.references(collection, &references));
        items.into_iter().chain(references).map(|part| format!("\n{part}")).collect()
    }

    fn items(&self, collection: &Collection<'_>) -> String {
        let items = collection.items();
        let folded = !self.whole && items.len() > MOST_ITEMS;
        let shown = items.iter().enumerate().filter(|(_, item)| !folded || item.depth() == 0);
        let row = |(at, item): (usize, &Item<'_>)| {
            let inside = items[at + 1..].iter().take_while(|other| other.depth() > item.depth());
            let requests = inside.filter(|other| !other.is_folder()).count();
            self.row(item, folded.then_some(requests))
        };
        let url = if self.whole { Column::wrapped } else { Column::shortened };
        let columns = [Column::whole("METHOD"), Column::wrapped("NAME"), url("URL"), Column::wrapped("NOTE")];
        let mut text = table(&columns, &shown.map(row).collect::<Vec<_>>(), self.painter, self.width);
        if folded {
            text.push_str(&self.dim("\n… `--verbose` shows the content of folders"));
        }
        text
    }

    /// One item; a folded folder shows the number of `requests` in it.
    fn row(&self, item: &Item<'_>, requests: Option<usize>) -> Vec<Cell> {
        let name = self.mask.of_text(item.name().unwrap_or_default());
        let name = format!("{}{}", "  ".repeat(item.depth()), escape(&name));
        let mut notes: Vec<String> =
            item.auth().iter().map(|auth| format!("auth {}", auth_name(auth))).collect();
        notes.extend(written(item.scripts()).map(|script| script_name(&script).into_owned()));
        let examples = item.responses().count();
        if examples > 0 {
            notes.push(counted(examples, "example"));
        }
        let notes = Cell::new(Role::Dim, escape(&notes.join(", ")).into_owned());
        if item.is_folder() {
            let size = requests.map(|requests| counted(requests, "request")).unwrap_or_default();
            let name = Cell::new(Role::Name, format!("{name}/"));
            return vec![Cell::plain(""), name, Cell::new(Role::Dim, size), notes];
        }
        let request = item.request();
        let method = request.map(|request| request.method()).unwrap_or_default();
        let url = request.and_then(|request| request.url()?.text()).unwrap_or_default();
        let url = escape(&self.mask.of_text(url)).into_owned();
        let url = if self.whole { url.into() } else { shortened(url, SHORT) };
        vec![Cell::plain(escape(&method)), Cell::plain(name), Cell::plain(url), notes]
    }

    fn references(&self, collection: &Collection<'_>, references: &[(Cow<'_, str>, usize)]) -> String {
        let scope = Scope::of(collection.owner().document()).ok();
        let defined = |name: &str| scope.as_ref().is_some_and(|scope| scope.has(name));
        let shown = if self.whole { references.len() } else { references.len().min(MOST_REFERENCES) };
        let row = |(name, count): &(Cow<'_, str>, usize)| {
            let note = match name {
                name if name.starts_with('$') => "generated by Postman",
                name if defined(name) => "a variable of the collection",
                _ => "",
            };
            vec![Cell::plain(escape(name)), Cell::plain(count.to_string()), Cell::new(Role::Dim, note)]
        };
        let rows: Vec<_> = references[..shown].iter().map(row).collect();
        let columns = [Column::whole("REFERENCE"), Column::whole("USES"), Column::wrapped("NOTE")];
        let mut text = table(&columns, &rows, self.painter, self.width);
        if shown < references.len() {
            text.push_str(
                &self.dim(&format!("\n… {} more; `--verbose` shows them", references.len() - shown)),
            );
        }
        text
    }

    fn dim(&self, text: &str) -> String {
        self.painter.paint(Role::Dim, text)
    }
}

/// The names of the collection's own, then those of its items with their counts: `oauth2 (collection), noauth (2)`.
fn tally<'d>(own: impl Iterator<Item = Cow<'d, str>>, items: impl Iterator<Item = Cow<'d, str>>) -> String {
    let mut counts = BTreeMap::new();
    items.for_each(|name| *counts.entry(name).or_insert(0) += 1);
    let own = own.map(|name| format!("{} (collection)", escape(&name)));
    own.chain(counts.iter().map(|(name, count)| format!("{} ({count})", escape(name))))
        .collect::<Vec<_>>()
        .join(", ")
}

fn auth_name<'d>(auth: &Auth<'d>) -> Cow<'d, str> {
    auth.type_name().unwrap_or(Cow::Borrowed("no type"))
}

/// The scripts that are not blank: Postman also keeps empty ones.
fn written<'d>(scripts: impl Iterator<Item = Script<'d>>) -> impl Iterator<Item = Script<'d>> {
    let is_blank = |script: &Script<'_>| {
        script.lines().all(|line| line.as_str().is_none_or(|text| text.trim().is_empty()))
    };
    scripts.filter(move |script| !is_blank(script))
}

fn script_name<'d>(script: &Script<'d>) -> Cow<'d, str> {
    script.listen().unwrap_or(Cow::Borrowed("script"))
}

/// The names that `collection` refers to and their counts, the most frequent first.
fn references<'d>(collection: &Collection<'d>) -> Vec<(Cow<'d, str>, usize)> {
    let mut counts = BTreeMap::new();
    for reference in all_references(collection.owner().document()) {
        *counts.entry(reference.name).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}

/// A collection in `inspect --json`, apart from its variables.
#[derive(Debug, Serialize)]
pub(super) struct CollectionReport {
    pub(super) version: String,
    auth: Option<String>,
    scripts: Vec<ScriptReport>,
    items: Vec<ItemReport>,
    references: Vec<ReferenceReport>,
}

#[derive(Debug, Serialize)]
struct ItemReport {
    kind: &'static str,
    path: Vec<String>,
    id: Option<String>,
    method: Option<String>,
    url: Option<String>,
    auth: Option<String>,
    scripts: Vec<ScriptReport>,
    examples: usize,
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct ScriptReport {
    listen: Option<String>,
    lines: usize,
}

#[derive(Debug, Serialize)]
struct ReferenceReport {
    name: String,
    count: usize,
}

impl CollectionReport {
    pub(super) fn of(collection: &Collection<'_>, mask: Mask) -> Self {
        let reference =
            |(name, count): (Cow<'_, str>, usize)| ReferenceReport { name: name.into_owned(), count };
        Self {
            version: collection.version().to_string(),
            auth: collection.auth().map(|auth| auth_name(&auth).into_owned()),
            scripts: written(collection.scripts()).map(|script| ScriptReport::of(&script)).collect(),
            items: collection.items().iter().map(|item| ItemReport::of(collection, item, mask)).collect(),
            references: references(collection).into_iter().map(reference).collect(),
        }
    }
}

impl ItemReport {
    fn of(collection: &Collection<'_>, item: &Item<'_>, mask: Mask) -> Self {
        let request = item.request();
        let url = request.and_then(|request| request.url()?.text());
        let position = item.node().position();
        Self {
            kind: if item.is_folder() { "folder" } else { "request" },
            path: collection.path(item).into_iter().map(|name| mask.of_text(name).into_owned()).collect(),
            id: item.id().map(Cow::into_owned),
            method: request.map(|request| request.method().into_owned()),
            url: url.map(|url| mask.of_text(url).into_owned()),
            auth: item.auth().map(|auth| auth_name(&auth).into_owned()),
            scripts: written(item.scripts()).map(|script| ScriptReport::of(&script)).collect(),
            examples: item.responses().count(),
            line: position.line,
            column: position.column,
        }
    }
}

impl ScriptReport {
    fn of(script: &Script<'_>) -> Self {
        Self { listen: script.listen().map(Cow::into_owned), lines: script.text().lines().count() }
    }
}
