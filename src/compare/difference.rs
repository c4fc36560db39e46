use super::view::View;
use crate::model::ScopeKind;
use crate::syntax::Node;

/// The kind of thing that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The environment or collection itself, without its content.
    Head,
    /// A variable.
    Variable,
    /// A folder, without the requests in it.
    Folder,
    /// A request with its scripts and examples.
    Request,
}

/// The sides that contain a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Only the file after.
    Added,
    /// Only the file before.
    Removed,
    /// Both files.
    Both,
}

/// One thing that differs between two files.
#[derive(Clone, Debug)]
pub struct Entry<'d> {
    /// The kind of thing.
    pub subject: Subject,
    /// The names of its folders and its own, as in the file after, or in the file before if it was removed.
    pub path: Vec<String>,
    /// The sides that contain it.
    pub presence: Presence,
    /// Whether it was added or removed together with its folder.
    pub inside: bool,
    /// Its former name, if different.
    pub renamed_from: Option<String>,
    /// The path of its former folder, if different.
    pub moved_from: Option<Vec<String>>,
    /// Its node before and after.
    pub nodes: (Option<Node<'d>>, Option<Node<'d>>),
    /// The differences in it, if both sides contain it.
    pub changes: Vec<Change<'d>>,
}

/// One difference in a thing that both sides contain.
#[derive(Clone, Debug)]
pub struct Change<'d> {
    /// The names that lead to it.
    pub place: Vec<String>,
    /// The key of its row, or its name, by which secrets are recognized.
    pub key: String,
    /// Whether the type of its row says that it is a secret.
    pub secret: bool,
    /// The difference.
    pub what: What<'d>,
}

/// How a value differs.
#[derive(Clone, Debug)]
pub enum What<'d> {
    /// It was added.
    Added(View<'d>),
    /// It was removed.
    Removed(View<'d>),
    /// It changed from the first value to the second.
    Changed(View<'d>, View<'d>),
    /// The order of its items changed.
    Reordered,
}

/// The differences between two files.
#[derive(Debug)]
pub struct Diff<'d> {
    /// The kind of the files.
    pub kind: ScopeKind,
    /// The things that differ, in the order of the file after; removed ones come last.
    pub entries: Vec<Entry<'d>>,
}
