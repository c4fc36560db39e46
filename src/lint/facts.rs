use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Location;
use super::schema::{self, Fault};
use crate::model::{
    BoxKind, Collection, CollectionVersion, Credential, FileKind, Manifest, Part, Place, Reference, Request,
    Scope, ScopeKind, Script, Variable, all_references, credentials_beside_values, identify,
    placed_credentials,
};
use crate::secret::hints;
use crate::syntax::{Document, Kind, Syntax};
use crate::text::Span;

/// What the rules know besides the file.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The current time, in milliseconds since 1970.
    pub now: i64,
    /// The names defined by the environments and globals given besides the files; none if no such file was given.
    pub defined: Option<BTreeSet<String>>,
    /// The environment that others are compared with.
    pub template: Option<Template>,
    /// When to apply the rules about Box's environments and collections.
    pub profile: Profile,
}

/// Which environments the rules about Box apply to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Those that are Box's.
    #[default]
    Auto,
    /// All of them.
    Box,
    /// None.
    None,
}

/// An environment whose keys all others should have.
#[derive(Clone, Debug)]
pub struct Template {
    /// The name of its file.
    pub name: String,
    /// Its keys, in order.
    pub keys: Vec<String>,
}

/// What is known about one file, determined once for all rules.
#[derive(Debug)]
pub struct Facts<'d> {
    /// The parsed file.
    pub document: &'d Document,
    /// What it is.
    pub kind: FileKind,
    /// Its variables, if it has any.
    pub scope: Option<Scope<'d>>,
    /// Which of Box's environments it is, if it is one.
    pub box_kind: Option<BoxKind>,
    /// Its folders and requests, if it is a collection.
    pub collection: Option<Collection<'d>>,
    /// Its content, if it is one file of a git-native collection.
    pub part: Option<Part<'d>>,
    /// Its content, if it is the manifest of a workspace.
    pub manifest: Option<Manifest<'d>>,
    /// Where it is.
    pub location: &'d Location,
    /// What is known besides the file.
    pub surroundings: &'d Surroundings,
    references: OnceLock<Vec<Reference<'d>>>,
    is_box_collection: OnceLock<bool>,
    faults: OnceLock<Vec<Fault<'d>>>,
    credentials: OnceLock<Vec<(Place, Credential<'d>)>>,
    hints: OnceLock<Vec<u32>>,
}

impl<'d> Facts<'d> {
    /// Determines the facts about `document`.
    #[must_use]
    pub fn of(document: &'d Document, location: &'d Location, surroundings: &'d Surroundings) -> Self {
        let kind = identify(document);
        let scope = Scope::of_kind(document, kind).ok();
        let environment = scope.as_ref().filter(|scope| scope.kind() == ScopeKind::Environment);
        let box_kind = match surroundings.profile {
            Profile::None => None,
            Profile::Auto => environment.and_then(BoxKind::of),
            Profile::Box => environment.map(|scope| BoxKind::of(scope).unwrap_or(BoxKind::Classic)),
        };
        let collection = Collection::of_kind(document, kind);
        let part = Part::of(document);
        let manifest = Manifest::of(document).filter(|_| kind == FileKind::Manifest);
        let (references, is_box_collection, faults, credentials, hints) = Default::default();
        Self {
            document,
            kind,
            scope,
            box_kind,
            collection,
            part,
            manifest,
            location,
            surroundings,
            references,
            is_box_collection,
            faults,
            credentials,
            hints,
        }
    }

    /// Adds the [`hints`] in the document's text, if they are known already.
    #[must_use]
    pub fn with_hints(self, hints: Option<Vec<u32>>) -> Self {
        Self { hints: hints.map_or_else(OnceLock::new, OnceLock::from), ..self }
    }

    /// The [`hints`] in the document's text; none if it is YAML, which is not searched for them.
    fn hints(&self) -> Option<&[u32]> {
        let hints = || self.hints.get_or_init(|| hints(self.document.source().text())).as_slice();
        (self.document.syntax() == Syntax::Json).then(hints)
    }

    /// Whether `variable` may be a secret. A quick check that excludes most variables.
    #[must_use]
    pub fn may_be_secret(&self, variable: &Variable<'_>) -> bool {
        self.has_hint(variable.node().span()) || !variable.key().is_ascii()
    }

    /// Whether something in `span` may be a secret. A quick check that excludes most spans.
    #[must_use]
    pub fn has_hint(&self, span: Span) -> bool {
        let Some(hints) = self.hints() else { return true };
        let first = hints.partition_point(|at| *at < span.start);
        hints.get(first).is_some_and(|at| *at < span.end)
    }

    /// The requests that are objects.
    pub fn requests(&self) -> impl Iterator<Item = Request<'d>> {
        let items = self.collection.iter().flat_map(|collection| collection.items());
        let part = self.part.iter().filter_map(|part| part.request());
        items.filter_map(|item| item.request()).chain(part).filter(|it| it.node().kind() == Kind::Object)
    }

    /// The scripts of the collection, its folders and its requests.
    pub fn scripts(&self) -> impl Iterator<Item = Script<'d>> {
        let collection = self.collection.iter();
        let own =
            collection.flat_map(|it| it.scripts().chain(it.items().iter().flat_map(|item| item.scripts())));
        own.chain(self.part.iter().flat_map(|part| part.scripts()))
    }

    /// Every `{{reference}}` in the file.
    pub fn references(&self) -> &[Reference<'d>] {
        self.references.get_or_init(|| all_references(self.document).collect())
    }

    /// Whether something besides the file defines `name`: another file, Postman itself, or a vault.
    #[must_use]
    pub fn defines(&self, name: &str) -> bool {
        // Unknown names with `$` have a rule of their own.
        name.starts_with('$') || name.starts_with("vault:") || self.is_defined_beside(name)
    }

    /// Whether another file, named on the command line, defines `name`.
    #[must_use]
    pub fn is_defined_beside(&self, name: &str) -> bool {
        self.surroundings.defined.as_ref().is_some_and(|defined| defined.contains(name))
    }

    /// Whether it is one of Box's collections: they have variables for Box's hosts.
    #[must_use]
    pub fn is_box_collection(&self) -> bool {
        *self.is_box_collection.get_or_init(|| {
            self.surroundings.profile != Profile::None
                && self.collection.is_some()
                && self.scope.as_ref().is_some_and(|scope| scope.has("api.box.com"))
        })
    }

    /// The deviations from Postman's schemas, if it is a collection.
    pub(super) fn faults(&self) -> &[Fault<'d>] {
        self.faults.get_or_init(|| {
            let Some(collection) = &self.collection else { return Vec::new() };
            let v1 = collection.version() == CollectionVersion::V1;
            let schema = if v1 { &schema::COLLECTION_V1 } else { &schema::COLLECTION };
            schema.faults(collection.owner(), "the collection")
        })
    }

    /// The literal credentials, with their places: all those of a collection or a part of one; those of other files
    /// unless they are in the values of variables.
    pub(super) fn credentials(&self) -> &[(Place, Credential<'d>)] {
        self.credentials.get_or_init(|| {
            let found = match &self.scope {
                Some(scope) if scope.kind() != ScopeKind::Collection => {
                    credentials_beside_values(scope, self.hints())
                }
                _ => placed_credentials(self.collection.as_ref(), self.part.as_ref(), self.hints()),
            };
            let apart = |(place, found): (Place, Credential<'d>)| {
                found.apart().into_iter().map(move |part| (place, part))
            };
            found.into_iter().flat_map(apart).collect()
        })
    }

    /// The line of the byte offset `at`, from 1.
    #[must_use]
    pub fn line(&self, at: u32) -> usize {
        self.document.source().position(at as usize).line
    }
}
