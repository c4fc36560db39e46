use std::borrow::Cow;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use super::{CollectionVersion, FileKind, Format, Runtime, Variable, collection, identify};
use crate::syntax::{Document, Kind, Node};

/// The owner of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// An environment.
    Environment,
    /// A workspace, whose variables are called globals.
    Globals,
    /// A collection.
    Collection,
}

impl ScopeKind {
    /// Its name in messages and in `--json` output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Globals => "globals",
            Self::Collection => "collection",
        }
    }
}

/// The indexes of variables, sorted by the hash of the name and then by position.
#[derive(Clone, Debug)]
struct Names {
    places: Vec<(u64, u32)>,
    /// Whether a name may occur more than once.
    may_repeat: bool,
}

impl Names {
    fn of(variables: &[Variable<'_>]) -> Self {
        let mut places: Vec<_> =
            (0..).zip(variables).map(|(at, variable)| (hash(variable.key()), at)).collect();
        places.sort_unstable();
        let may_repeat = places.windows(2).any(|pair| pair[0].0 == pair[1].0);
        Self { places, may_repeat }
    }
}

fn hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// A file that has no variables of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is {0}, not an environment, globals or collection export")]
pub struct NotAScope(pub FileKind);

/// The variables of an environment, a globals file or a collection, in the order of the file.
#[derive(Clone, Debug)]
pub struct Scope<'d> {
    kind: ScopeKind,
    format: Format,
    owner: Node<'d>,
    list: Option<Node<'d>>,
    variables: Vec<Variable<'d>>,
    has_other_rows: bool,
    /// Built on the first lookup of a name.
    names: OnceLock<Names>,
}

impl<'d> Scope<'d> {
    /// The variables of `document`.
    ///
    /// # Errors
    /// [`NotAScope`] with the actual kind of the document.
    pub fn of(document: &'d Document) -> Result<Self, NotAScope> {
        Self::of_kind(document, identify(document))
    }

    /// The variables of `document`, which [`identify`] has recognized as `found`.
    ///
    /// # Errors
    /// [`NotAScope`] if that kind has no variables.
    pub fn of_kind(document: &'d Document, found: FileKind) -> Result<Self, NotAScope> {
        let root = document.root();
        let (kind, format, owner, list) = match found {
            FileKind::Globals(Format::BareArray) => (ScopeKind::Globals, Format::BareArray, root, Some(root)),
            FileKind::Environment(format) => {
                let owner =
                    if format == Format::Api { root.get("environment").unwrap_or(root) } else { root };
                (ScopeKind::Environment, format, owner, owner.get("values"))
            }
            FileKind::Globals(format) => {
                let owner = if format == Format::Api { root.get("globals").unwrap_or(root) } else { root };
                (ScopeKind::Globals, format, owner, owner.get("values"))
            }
            FileKind::Collection(CollectionVersion::V3) => {
                (ScopeKind::Collection, Format::V3Yaml, root, root.get("variables"))
            }
            FileKind::Collection(_) => {
                let owner = collection::owner(root);
                let format = if owner == root { Format::PostmanJson } else { Format::Api };
                (
                    ScopeKind::Collection,
                    format,
                    owner,
                    owner.get("variable").or_else(|| owner.get("variables")),
                )
            }
            other => return Err(NotAScope(other)),
        };
        let rows = list.into_iter().flat_map(|list| list.items()).filter_map(|item| Variable::of(item, kind));
        let map = list.filter(|_| kind == ScopeKind::Collection && format == Format::V3Yaml);
        let entries = map.into_iter().flat_map(|map| map.members()).map(|it| Variable::entry(it, kind));
        let count = list.map_or(0, |list| list.values().count());
        let mut variables = Vec::with_capacity(count);
        variables.extend(rows.chain(entries));
        let has_other_rows = count > variables.len();
        Ok(Self { kind, format, owner, list, variables, has_other_rows, names: OnceLock::new() })
    }

    /// The kind of its owner.
    #[must_use]
    pub fn kind(&self) -> ScopeKind {
        self.kind
    }

    /// The format of the file.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The name of the environment, globals or collection.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let info = self.owner.get("info").filter(|_| self.kind == ScopeKind::Collection);
        info.unwrap_or(self.owner).get_str("name").map(Cow::into_owned)
    }

    /// The object that holds the list; in a bare array, the list itself.
    #[must_use]
    pub fn owner(&self) -> Node<'d> {
        self.owner
    }

    /// The list, if there is one. Newman also accepts files in which it is missing or not an array.
    #[must_use]
    pub fn list(&self) -> Option<Node<'d>> {
        self.list
    }

    /// The name of the member that holds the list.
    #[must_use]
    pub fn list_name(&self) -> &'static str {
        match (self.kind, self.format) {
            (ScopeKind::Collection, Format::V3Yaml) => "variables",
            (ScopeKind::Collection, _) => "variable",
            _ => "values",
        }
    }

    /// The list, if it is an array, so that variables can be appended to it.
    #[must_use]
    pub fn array(&self) -> Option<Node<'d>> {
        self.list.filter(|list| list.kind() == Kind::Array)
    }

    /// Whether the variables are a map from names to values, so that new ones become members of it.
    #[must_use]
    pub fn is_map(&self) -> bool {
        let v3 = self.kind == ScopeKind::Collection && self.format == Format::V3Yaml;
        v3 && self.list.is_none_or(|list| list.kind() == Kind::Object || list.is_null())
    }

    /// The variables, including duplicates and disabled ones.
    #[must_use]
    pub fn variables(&self) -> &[Variable<'d>] {
        &self.variables
    }

    /// Every variable called `key`.
    pub fn called<'s>(
        &'s self,
        key: &str,
    ) -> impl DoubleEndedIterator<Item = &'s Variable<'d>> + use<'s, 'd> {
        let (hash, places) = (hash(key), &self.names().places);
        let start = places.partition_point(|(other, _)| *other < hash);
        let length = places[start..].partition_point(|(other, _)| *other == hash);
        let found = places[start..start + length].iter().map(|&(_, at)| &self.variables[at as usize]);
        let first = found.clone().find(|variable| variable.key() == key);
        found.filter(move |variable| first.is_some_and(|first| first.key() == variable.key()))
    }

    /// Whether any variable is called `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.called(key).next().is_some()
    }

    /// Whether several variables are called `key`.
    #[must_use]
    pub fn repeats(&self, key: &str) -> bool {
        self.names().may_repeat && self.called(key).nth(1).is_some()
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.variables))
    }

    /// The variable that `runtime` reads for `key`: the last one that it does not skip.
    #[must_use]
    pub fn winner(&self, key: &str, runtime: Runtime) -> Option<&Variable<'d>> {
        self.called(key).rfind(|variable| variable.is_enabled(runtime))
    }

    /// The variable called `key` to which a change applies: the one the app reads, else the one newman reads, else the
    /// last.
    #[must_use]
    pub fn target(&self, key: &str) -> Option<&Variable<'d>> {
        self.winner(key, Runtime::App)
            .or_else(|| self.winner(key, Runtime::Newman))
            .or_else(|| self.called(key).next_back())
    }

    /// Whether `runtime` reads `variable` when it looks up its name.
    #[must_use]
    pub fn wins(&self, variable: &Variable<'_>, runtime: Runtime) -> bool {
        self.winner(variable.key(), runtime).is_some_and(|winner| winner.node().id() == variable.node().id())
    }

    /// The variables that contain the nodes from `first` to `last`.
    #[must_use]
    pub fn variables_between(&self, first: Node<'_>, last: Node<'_>) -> &[Variable<'d>] {
        let until = |node: Node<'_>| self.variables.partition_point(|it| it.node().id() <= node.id());
        &self.variables[until(first).saturating_sub(1)..until(last)]
    }

    /// Whether the list has rows that are not variables.
    #[must_use]
    pub fn has_other_rows(&self) -> bool {
        self.has_other_rows
    }

    /// The variable that contains `node`.
    #[must_use]
    pub fn variable_at(&self, node: Node<'_>) -> Option<&Variable<'d>> {
        let next = self.variables.partition_point(|variable| variable.node().id() <= node.id());
        self.variables.get(next.checked_sub(1)?).filter(|variable| variable.node().contains(node))
    }
}
