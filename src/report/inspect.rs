use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;

use super::collection::{self, CollectionReport, CollectionView};
use super::count::counted;
use super::json::spelled;
use super::masked::Mask;
use super::shortened::shortened;
use super::status::{Status, StatusReport};
use super::visible::visible;
use crate::model::{BoxKind, Collection, CollectionVersion, Runtime, Scope, ScopeKind, Variable};
use crate::syntax::{Kind, Value};
use crate::term::{Cell, Column, Painter, Role, escape, table};

/// The most characters of a value to show.
const SHORT: usize = 60;

/// How `inspect` displays a file.
#[derive(Clone, Debug)]
pub struct InspectView {
    /// Adds colors.
    pub painter: Painter,
    /// Whether to mask secrets.
    pub mask: Mask,
    /// The number of columns to fit into.
    pub width: Option<usize>,
    /// Whether to show long values in full.
    pub whole: bool,
    /// Whether commands need the file's name to find it.
    pub named: bool,
    /// Whether it was joined from the folder of a git-native collection.
    pub is_folder: bool,
    /// The status of its tokens.
    pub status: Option<Status>,
}

impl InspectView {
    /// Describes `scope`, with its variables in a table.
    #[must_use]
    pub fn render(&self, path: &str, scope: &Scope<'_>) -> String {
        let mut out = vec![self.headline(path, scope)];
        if let Some(origin) = origin(scope) {
            out.push(self.painter.paint(Role::Dim, &origin));
        }
        let Self { painter, mask, width, whole, .. } = *self;
        let view = CollectionView { painter, mask, width, whole };
        let collection = collection_of(scope);
        out.extend(collection.iter().flat_map(|collection| view.summary(collection)));
        out.push(String::new());
        if scope.variables().is_empty() {
            out.push("no variables".to_owned());
        } else {
            let value = if whole { Column::wrapped } else { Column::shortened };
            let columns =
                [Column::whole("KEY"), value("VALUE"), Column::whole("TYPE"), Column::wrapped("NOTE")];
            let rows: Vec<_> = scope.variables().iter().map(|variable| self.row(scope, variable)).collect();
            out.push(table(&columns, &rows, self.painter, self.width));
        }
        out.extend(collection.iter().flat_map(|collection| view.parts(collection)));
        if let Some(status) = &self.status {
            out.push(format!(
                "\naccess token: {}\n{}",
                status.headline(0, self.painter),
                status.render(self.named.then_some(path), self.painter, self.width)
            ));
        }
        out.join("\n")
    }

    fn headline(&self, path: &str, scope: &Scope<'_>) -> String {
        let name =
            scope.name().map(|name| format!(" {}", escape(&self.mask.of_text(name)))).unwrap_or_default();
        let kind = BoxKind::of(scope).map(|kind| format!(", {}", kind.title())).unwrap_or_default();
        let version = |it: &Collection<'_>| if self.is_folder { CollectionVersion::V3 } else { it.version() };
        let size = collection_of(scope).map(|it| format!(" ({}), {}", version(&it), collection::size(&it)));
        format!(
            "{}: {}{name}{kind}{}, {}",
            self.painter.paint(Role::Name, path),
            scope.kind().name(),
            size.unwrap_or_default(),
            counted(scope.variables().len(), "variable")
        )
    }

    fn row(&self, scope: &Scope<'_>, variable: &Variable<'_>) -> Vec<Cell> {
        let used = scope.wins(variable, Runtime::App);
        vec![
            Cell::new(if used { Role::Name } else { Role::Dim }, visible(variable.key())),
            self.value(variable),
            Cell::plain(escape(&variable.type_name().unwrap_or_default())),
            Cell::new(Role::Warning, note(scope, variable)),
        ]
    }

    fn value(&self, variable: &Variable<'_>) -> Cell {
        if variable.value().is_none() {
            return Cell::new(Role::Dim, "no value");
        }
        let text = match variable.value() {
            // On one line, even if it spans several in the file.
            Some(value) if value.kind().is_container() && !self.mask.hides(variable) => {
                self.mask.of_value(Value::of(value), variable.key(), false).to_json().into()
            }
            _ => self.mask.of_variable(variable),
        };
        let shown = visible(&text);
        let shown = if self.whole { shown } else { shortened(shown, SHORT) };
        if text.is_empty() { Cell::new(Role::Dim, shown) } else { Cell::plain(shown) }
    }
}

fn collection_of<'d>(scope: &Scope<'d>) -> Option<Collection<'d>> {
    if scope.kind() == ScopeKind::Collection { Collection::of(scope.owner().document()) } else { None }
}

/// The program that exported the file and the time, as the file states them.
fn origin(scope: &Scope<'_>) -> Option<String> {
    let text = |name: &str| scope.owner().get_str(name).map(|text| escape(&text).into_owned());
    let using = text("_postman_exported_using")?;
    Some(match text("_postman_exported_at") {
        Some(at) => format!("exported by {using} at {at}"),
        None => format!("exported by {using}"),
    })
}

/// What is special about `variable`: that it is disabled, which of several duplicates is used and by whom, and values
/// that are not strings.
fn note(scope: &Scope<'_>, variable: &Variable<'_>) -> String {
    let line = |runtime| scope.winner(variable.key(), runtime).map(|winner| winner.node().position().line);
    let duplicates = scope.repeats(variable.key());
    let wins = |runtime| scope.wins(variable, runtime);
    let mut notes = Vec::new();
    if !variable.is_enabled(Runtime::App) {
        notes.push("disabled".to_owned());
    }
    match (wins(Runtime::App), wins(Runtime::Newman)) {
        (true, true) if duplicates => notes.push("wins over its duplicates".to_owned()),
        (true, true) => {}
        (true, false) => notes.push(match line(Runtime::Newman) {
            Some(line) => format!("wins in the app; newman uses line {line}"),
            None => "wins in the app".to_owned(),
        }),
        (false, true) => notes.push(match line(Runtime::App) {
            Some(line) => format!("newman uses this one; the app uses line {line}"),
            None => "newman uses it anyway".to_owned(),
        }),
        (false, false) => notes.extend(line(Runtime::App).map(|line| format!("loses to line {line}"))),
    }
    if let Some(value) = variable.value().filter(|value| value.kind() != Kind::String) {
        notes.push(format!("{}, not a string", value.kind().name()));
    }
    notes.join("; ")
}

/// One file in `inspect --json`.
#[derive(Debug, Serialize)]
pub struct InspectReport {
    path: String,
    kind: &'static str,
    format: &'static str,
    name: Option<String>,
    r#box: Option<StatusReport>,
    variables: Vec<VariableReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<CollectionReport>,
}

#[derive(Debug, Serialize)]
struct VariableReport {
    key: String,
    value: Box<RawValue>,
    masked: bool,
    r#type: Option<String>,
    enabled: bool,
    wins: bool,
    line: usize,
    column: usize,
}

impl InspectReport {
    /// Reports the collection as one that was joined from a folder.
    pub fn from_folder(&mut self) {
        if let Some(collection) = &mut self.collection {
            collection.version = CollectionVersion::V3.to_string();
        }
    }

    /// The report of `scope`, whose tokens have this `status`, with secrets masked as `mask` says.
    #[must_use]
    pub fn of(path: &str, scope: &Scope<'_>, mask: Mask, status: Option<&Status>) -> Self {
        Self {
            path: path.to_owned(),
            kind: scope.kind().name(),
            format: scope.format().name(),
            name: scope.name().map(|name| mask.of_text(name).into_owned()),
            r#box: status.map(StatusReport::from),
            variables: scope
                .variables()
                .iter()
                .map(|variable| VariableReport::of(scope, variable, mask))
                .collect(),
            collection: collection_of(scope).map(|collection| CollectionReport::of(&collection, mask)),
        }
    }
}

impl VariableReport {
    fn of(scope: &Scope<'_>, variable: &Variable<'_>, mask: Mask) -> Self {
        let position = variable.node().position();
        let written = variable.value().map_or(Value::Null, Value::of);
        let value = match mask.hides(variable) {
            true => Value::string(mask.of_variable(variable)),
            false => mask.of_value(written.clone(), variable.key(), false),
        };
        Self {
            key: variable.key().to_owned(),
            value: spelled(&value),
            masked: value != written,
            r#type: variable.type_name().map(Cow::into_owned),
            enabled: variable.is_enabled(Runtime::App),
            wins: scope.wins(variable, Runtime::App),
            line: position.line,
            column: position.column,
        }
    }
}
