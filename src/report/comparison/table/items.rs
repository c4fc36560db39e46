use serde::Serialize;

use super::letter;
use crate::compare::{ItemRow, ItemState, Subject};
use crate::report::Mask;
use crate::report::comparison::markdown::plain;
use crate::report::comparison::{path, subject_name};
use crate::term::{self, Cell, Column, Painter, Role, escape};

/// Lays out folders and requests by file. Rows that differ are marked.
pub(super) fn human(
    rows: &[&ItemRow],
    files: &[String],
    mask: Mask,
    painter: Painter,
    width: Option<usize>,
) -> String {
    let head = [Column::whole(""), Column::wrapped("REQUEST"), Column::whole("METHOD")];
    let columns: Vec<_> = head.into_iter().chain(files.iter().map(|file| Column::wrapped(file))).collect();
    let line = |row: &&ItemRow| {
        let mark = if row.same { "" } else { "!" };
        let [name, kind] = [title(row, mask), kind(row)].map(|text| escape(&text).into_owned());
        let head = [Cell::new(Role::Warning, mark), Cell::new(Role::Name, name), Cell::new(Role::Dim, kind)];
        let cell = |(role, word)| match role {
            Role::Bad => Cell::new(role, format!("({word})")),
            _ => Cell::new(role, word),
        };
        let cells = words(row).into_iter().map(cell);
        head.into_iter().chain(cells).collect()
    };
    term::table(&columns, &rows.iter().map(line).collect::<Vec<_>>(), painter, width)
}

/// A row of a Markdown table.
pub(super) fn markdown(row: &ItemRow, mask: Mask) -> String {
    let cell = |(role, word): (Role, String)| match role {
        Role::Dim => word,
        _ => format!("*{}*", word),
    };
    let cells: Vec<_> = words(row).into_iter().map(cell).collect();
    let name = [kind(row), title(row, mask)].join(" ");
    format!("| {} | {} |", plain(name.trim()), cells.join(" | "))
}

fn title(row: &ItemRow, mask: Mask) -> String {
    if row.subject == Subject::Head { "(the collection itself)".to_owned() } else { path(&row.path, mask) }
}

/// The method of a request, or a word for anything else.
fn kind(row: &ItemRow) -> String {
    match (&row.method, row.subject) {
        (Some(method), _) => method.clone(),
        (None, Subject::Folder) => subject_name(row.subject).to_owned(),
        (None, _) => String::new(),
    }
}

/// The state of the row in every file, compared with the first file that contains it.
fn words(row: &ItemRow) -> Vec<(Role, String)> {
    let several = row.states.iter().flatten().any(|state| state.group > 1);
    let first = row.states.iter().position(Option::is_some);
    let word = |(at, state): (usize, &Option<ItemState>)| match state {
        None => (Role::Bad, "missing".to_owned()),
        Some(state) if Some(at) != first => difference(state, several),
        Some(_) if at == 0 => (Role::Dim, "present".to_owned()),
        Some(_) => (Role::Added, "new".to_owned()),
    };
    row.states.iter().enumerate().map(word).collect()
}

/// The difference in one file; if there are `several` other contents, with a letter for its content.
fn difference(state: &ItemState, several: bool) -> (Role, String) {
    let changed = match state.group {
        0 => None,
        group if several => Some(format!("changed ({})", letter(group))),
        _ => Some("changed".to_owned()),
    };
    let place = [(state.moved, "moved"), (state.renamed, "renamed")];
    let place = place.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned());
    let words: Vec<_> = place.chain(changed).collect();
    if words.is_empty() { (Role::Dim, "same".to_owned()) } else { (Role::Warning, words.join(", ")) }
}

/// A folder or request in `--format json`.
#[derive(Debug, Serialize)]
pub(super) struct ItemReport {
    subject: &'static str,
    path: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    same: bool,
    /// Equal numbers mean equal contents.
    groups: Vec<Option<usize>>,
    moved: Vec<Option<bool>>,
    renamed: Vec<Option<bool>>,
}

impl ItemReport {
    /// The report of `row`, with secrets masked as `mask` says.
    pub(super) fn of(row: &ItemRow, mask: Mask) -> Self {
        let each =
            |is: fn(&ItemState) -> bool| row.states.iter().map(|state| state.as_ref().map(is)).collect();
        Self {
            subject: subject_name(row.subject),
            path: mask.of_names(&row.path),
            method: row.method.clone(),
            same: row.same,
            groups: row.states.iter().map(|state| state.map(|state| state.group)).collect(),
            moved: each(|state| state.moved),
            renamed: each(|state| state.renamed),
        }
    }
}
