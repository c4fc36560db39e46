use super::{Credential, credentials, credentials_but_values, credentials_by};
use crate::model::{Collection, Part, Role, Scope};
use crate::syntax::{Kind, Node, Step};

/// The part of a collection in which a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// An authorization block, a client certificate, a proxy.
    Auth,
    /// A header.
    Header,
    /// An address or its query.
    Url,
    /// A request body.
    Body,
    /// A script.
    Script,
    /// A saved example response.
    Example,
    /// A variable.
    Variable,
    /// Anything else: descriptions, names, members that Postman does not know.
    Other,
}

impl Place {
    /// The place of `node`, which the outermost member with a telling name decides: the request that an example repeats
    /// belongs to the example. A description anywhere else is [`Other`](Self::Other).
    #[must_use]
    pub fn of(node: Node<'_>) -> Self {
        if Part::of(node.document()).is_some_and(|part| part.role() == Role::Example) {
            return Self::Example;
        }
        let told = |node: Node<'_>| match node.step()? {
            Step::Name(name) => Self::called(&name),
            Step::Index(_) => None,
        };
        let told: Vec<_> = node.ancestors().filter_map(told).collect();
        let outermost = told.last().copied().unwrap_or(Self::Other);
        if outermost != Self::Example && told.contains(&Self::Other) { Self::Other } else { outermost }
    }

    fn called(name: &str) -> Option<Self> {
        Some(match name {
            "auth" | "helperAttributes" | "certificate" | "proxy" => Self::Auth,
            "header" | "headers" | "headerData" => Self::Header,
            "url" | "queryParams" | "pathVariables" | "pathVariableData" => Self::Url,
            "body" | "data" | "rawModeData" | "graphqlModeData" => Self::Body,
            "event" | "events" | "scripts" | "preRequestScript" | "tests" => Self::Script,
            "response" | "responses" | "examples" => Self::Example,
            "variable" | "variables" => Self::Variable,
            "description" => Self::Other,
            _ => return None,
        })
    }

    /// Its name in messages and in `--json` output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Header => "header",
            Self::Url => "url",
            Self::Body => "body",
            Self::Script => "script",
            Self::Example => "example",
            Self::Variable => "variable",
            Self::Other => "text",
        }
    }
}

/// Whether `node` is sent although its [`Place`] is [`Other`](Place::Other): it is a value of an environment or globals, a
/// method, or a request that is only an address.
pub(in crate::model) fn is_sent_without_place(node: Node<'_>) -> bool {
    let is_named = |node: Node<'_>| ["values", "method", "request"].iter().any(|name| node.is_named(name));
    node.ancestors().any(is_named) || node.document().root().kind() == Kind::Array
}

/// The literal credentials in a collection, or in one file of a git-native one, with their places.
///
/// `hints` are the [`hints`](crate::secret::hints) in the text of its document, if they are known.
#[must_use]
pub fn placed_credentials<'d>(
    collection: Option<&Collection<'d>>,
    part: Option<&Part<'d>>,
    hints: Option<&[u32]>,
) -> Vec<(Place, Credential<'d>)> {
    let owner = collection.map(Collection::owner).or_else(|| part.map(Part::node));
    let search = |owner| hints.map_or_else(|| credentials(owner), |hints| credentials_by(owner, hints));
    owner.into_iter().flat_map(search).map(|found| (Place::of(found.node), found)).collect()
}

/// The literal credentials in the file of `scope`, an environment or globals, outside the values of variables: in
/// names, descriptions and comments. `hints` are as for [`placed_credentials`].
#[must_use]
pub fn credentials_beside_values<'d>(
    scope: &Scope<'d>,
    hints: Option<&[u32]>,
) -> Vec<(Place, Credential<'d>)> {
    let owner = scope.owner();
    // Values of variables have rules of their own.
    let found = match hints {
        Some(hints) if !scope.has_other_rows() => credentials_but_values(owner, hints),
        Some(hints) => credentials_by(owner, hints),
        None => credentials(owner),
    };
    let is_told = |found: &Credential<'d>| {
        let Some(variable) = scope.variable_at(found.node) else { return true };
        let told = ["key", "description"].iter().filter_map(|name| variable.node().get(name));
        told.into_iter().any(|told| told.contains(found.node))
    };
    found.into_iter().filter(is_told).map(|found| (Place::Other, found)).collect()
}
