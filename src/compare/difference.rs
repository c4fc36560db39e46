use super::view::View;
use crate::model::ScopeKind;
use crate::syntax::Node;

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The environment or collection itself, without what it holds.
    Head,
    /// A variable.
    Variable,
    /// A folder, without the requests in it.
    Folder,
    /// A request with its scripts and examples.
    Request,
}

/// Whether a thing is on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Only after.
    Added,
    /// Only before.
    Removed,
    /// On both sides.
    Both,
}

/// One thing that is not on both sides as it is on the other.
#[derive(Clone, Debug)]
pub struct Entry<'d> {
    /// What it is.
    pub subject: Subject,
    /// Its folders' names and its own, as they are after, or were before when it is removed.
    pub path: Vec<String>,
    /// Whether it is on both sides.
    pub presence: Presence,
    /// Whether a folder that holds it is added or removed with it.
    pub inside: bool,
    /// Its former name, when that is another.
    pub renamed_from: Option<String>,
    /// The path of its former folder, when that is another.
    pub moved_from: Option<Vec<String>>,
    /// Where it stands: before, and after.
    pub nodes: (Option<Node<'d>>, Option<Node<'d>>),
    /// What in it is different.
    pub changes: Vec<Change<'d>>,
}

/// One difference inside a thing that is on both sides.
#[derive(Clone, Debug)]
pub struct Change<'d> {
    /// The names down to it.
    pub place: Vec<String>,
    /// The key of the row it is in, or the name it stands under: what tells a secret.
    pub key: String,
    /// Whether the row it is in is typed as a secret.
    pub secret: bool,
    /// What it is about.
    pub what: What<'d>,
}

/// How a value is different.
#[derive(Clone, Debug)]
pub enum What<'d> {
    /// It was not there.
    Added(View<'d>),
    /// It is not there any more.
    Removed(View<'d>),
    /// It is another value.
    Changed(View<'d>, View<'d>),
    /// The same things stand in another order.
    Reordered,
}

/// The differences between two files.
#[derive(Debug)]
pub struct Diff<'d> {
    /// Whose variables or requests they are.
    pub kind: ScopeKind,
    /// The things that differ, in the order of the file after; what is removed comes last.
    pub entries: Vec<Entry<'d>>,
}
