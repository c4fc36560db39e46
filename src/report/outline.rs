use std::collections::BTreeMap;

use serde::Serialize;

use super::Mask;
use crate::model::{Collection, Item, Script, all_references};
use crate::syntax::Document;
use crate::term::{Painter, Role, escape};

/// What is in a collection besides its variables: folders and requests, authorization, scripts and references.
#[derive(Debug, Serialize)]
pub struct Outline {
    version: String,
    auth: Option<String>,
    scripts: Vec<String>,
    items: Vec<ItemReport>,
    references: Vec<ReferenceReport>,
}

#[derive(Debug, Serialize)]
struct ItemReport {
    kind: &'static str,
    path: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    auth: Option<String>,
    scripts: Vec<String>,
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct ReferenceReport {
    name: String,
    count: usize,
}

impl Outline {
    /// The outline of `document`; none when it is no collection.
    #[must_use]
    pub fn of(document: &Document, mask: Mask) -> Option<Self> {
        let collection = Collection::of(document)?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for reference in all_references(document) {
            *counts.entry(reference.name.into_owned()).or_default() += 1;
        }
        let auth = collection.auth().and_then(|auth| auth.type_name()).map(std::borrow::Cow::into_owned);
        Some(Self {
            version: collection.version().to_string(),
            auth,
            scripts: events(collection.scripts()),
            items: collection.items().iter().map(|item| ItemReport::of(&collection, item, mask)).collect(),
            references: counts.into_iter().map(|(name, count)| ReferenceReport { name, count }).collect(),
        })
    }

    /// As a tree under a line that counts.
    #[must_use]
    pub fn render(&self, painter: Painter) -> String {
        let folders = self.items.iter().filter(|item| item.kind == "folder").count();
        let counts = [(folders, "folder"), (self.items.len() - folders, "request")]
            .map(|(count, one)| plural(count, one));
        let mut out = vec![format!("{}, {}", self.version, counts.join(", "))];
        let own = marks(self.auth.as_deref(), &self.scripts);
        if !own.is_empty() {
            out.push(format!("all requests: {}", escape(&own)));
        }
        out.extend(self.items.iter().map(|item| item.line(painter)));
        if !self.references.is_empty() {
            let names = self.references.iter().map(|it| format!("{} ({})", escape(&it.name), it.count));
            out.push(format!("\nreferences: {}", names.collect::<Vec<_>>().join(", ")));
        }
        out.join("\n")
    }
}

impl ItemReport {
    fn of(collection: &Collection<'_>, item: &Item<'_>, mask: Mask) -> Self {
        let request = item.request();
        let position = item.node().position();
        Self {
            kind: if item.is_folder() { "folder" } else { "request" },
            path: collection.path(item).into_iter().map(std::borrow::Cow::into_owned).collect(),
            method: request.map(|request| request.method().into_owned()),
            url: request.and_then(|request| {
                request.url()?.text().map(|url| mask.of_text(url.into_owned()).into_owned())
            }),
            auth: item.auth().and_then(|auth| auth.type_name()).map(std::borrow::Cow::into_owned),
            scripts: events(item.scripts()),
            line: position.line,
            column: position.column,
        }
    }

    fn line(&self, painter: Painter) -> String {
        let indent = "  ".repeat(self.path.len());
        let name = escape(self.path.last().map_or("", String::as_str)).into_owned();
        let marks = marks(self.auth.as_deref(), &self.scripts);
        let marks = if marks.is_empty() { marks } else { format!("  [{}]", escape(&marks)) };
        let marks = painter.paint(Role::Dim, &marks);
        match &self.method {
            None => format!("{indent}{}{marks}", painter.paint(Role::Heading, &format!("{name}/"))),
            Some(method) => {
                let url = painter.paint(Role::Dim, &escape(self.url.as_deref().unwrap_or_default()));
                let method = painter.paint(Role::Name, &format!("{:<6}", escape(method)));
                format!("{indent}{method} {name}  {url}{marks}")
            }
        }
    }
}

fn events<'d>(scripts: impl Iterator<Item = Script<'d>>) -> Vec<String> {
    scripts
        .filter(|script| script.lines().any(|line| line.as_str().is_some_and(|line| !line.trim().is_empty())))
        .filter_map(|script| script.listen().map(std::borrow::Cow::into_owned))
        .collect()
}

/// The authorization and the scripts in a few words.
fn marks(auth: Option<&str>, scripts: &[String]) -> String {
    auth.map(|auth| format!("auth {auth}"))
        .into_iter()
        .chain(scripts.iter().map(|event| format!("{event} script")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn plural(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
