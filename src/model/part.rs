use std::fmt;

use super::{Auth, Request, Script};
use crate::syntax::{Document, Node, Syntax};

/// One file of a git-native collection.
#[derive(Clone, Copy, Debug)]
pub struct Part<'d> {
    role: Role,
    node: Node<'d>,
}

/// The role of a file in a git-native collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The collection's or a folder's own settings.
    Definition,
    /// A request over HTTP.
    Request,
    /// A request over another protocol: gRPC, a socket, MQTT.
    OtherRequest,
    /// A saved example response.
    Example,
    /// A kind that Postman does not know.
    Unknown,
}

impl Role {
    /// The members that Postman knows at the top level of such a file; empty if they are not known.
    #[must_use]
    pub fn members(self) -> &'static [&'static str] {
        match self {
            Self::Definition => {
                &["$kind", "id", "name", "description", "variables", "auth", "scripts", "order"]
            }
            Self::Request => &[
                "$kind",
                "type",
                "id",
                "name",
                "description",
                "url",
                "method",
                "headers",
                "queryParams",
                "pathVariables",
                "body",
                "auth",
                "scripts",
                "settings",
                "examples",
                "order",
            ],
            Self::Example => &["$kind", "id", "name", "request", "response", "order"],
            Self::OtherRequest | Self::Unknown => &[],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Definition => "the definition of a collection or folder",
            Self::Request => "a request",
            Self::OtherRequest => "a request that is not HTTP",
            Self::Example => "an example",
            Self::Unknown => "of an unknown kind",
        })
    }
}

/// Whether the name of the file at `path`, which has forward slashes, is that of a file of a git-native collection.
#[must_use]
pub fn is_part(path: &str) -> bool {
    let stem = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"));
    let endings = [".request", ".example", ".resources/definition"];
    stem.is_some_and(|stem| endings.iter().any(|ending| stem.ends_with(ending)))
}

impl<'d> Part<'d> {
    /// The part in `document`; none if it is something else.
    #[must_use]
    pub fn of(document: &'d Document) -> Option<Self> {
        let node = document.root();
        if document.syntax() != Syntax::Yaml {
            return None;
        }
        let role = match node.get("$kind") {
            Some(kind) => match &*kind.as_str().unwrap_or_default() {
                "environment" | "globals" => return None,
                "collection" => Role::Definition,
                "http-request" | "graphql-request" => Role::Request,
                "grpc-request" | "websocket-request" | "socket.io-request" | "mqtt-request"
                | "mcp-request" | "llm-request" => Role::OtherRequest,
                kind if kind.ends_with("-example") => Role::Example,
                _ => Role::Unknown,
            },
            None if Self::is_older_request(node) => Role::Request,
            None => return None,
        };
        Some(Self { role, node })
    }

    /// Whether `root` is a request in the older dialect, which has `type: http` instead of `$kind`.
    fn is_older_request(root: Node<'_>) -> bool {
        root.get("type").is_some_and(|kind| kind.is_str("http")) && root.get("url").is_some()
    }

    /// Its role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether a v2.1 collection can contain it. It cannot contain requests over protocols other than HTTP, nor those
    /// whose kind is GraphQL; a GraphQL body in an HTTP request is fine.
    #[must_use]
    pub fn fits_v2(&self) -> bool {
        let is_graphql = self.node.get("$kind").is_some_and(|kind| kind.is_str("graphql-request"));
        !matches!(self.role, Role::OtherRequest | Role::Unknown) && !is_graphql
    }

    /// The object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// The request, if it is one over HTTP.
    #[must_use]
    pub fn request(&self) -> Option<Request<'d>> {
        (self.role == Role::Request).then(|| Request::of(self.node))
    }

    /// Its authorizations.
    pub fn auths(&self) -> impl Iterator<Item = Auth<'d>> + use<'d> {
        Auth::all(self.node)
    }

    /// Its scripts.
    pub fn scripts(&self) -> impl Iterator<Item = Script<'d>> + use<'d> {
        Script::all(self.node)
    }
}
