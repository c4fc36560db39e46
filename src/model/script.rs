use std::borrow::Cow;

use crate::syntax::{Kind, Node};

/// An event with its script.
#[derive(Clone, Copy, Debug)]
pub struct Script<'d>(Node<'d>);

/// Whether `node` is the code of a script or a line of it, in any version.
pub(super) fn is_code(node: Node<'_>) -> bool {
    const NAMES: [&str; 5] = ["exec", "script", "code", "tests", "preRequestScript"];
    NAMES.iter().any(|name| node.is_named(name)) || node.parent().is_some_and(is_lines)
}

/// Whether `node` is the code of a script with an item for each line.
pub(super) fn is_lines(node: Node<'_>) -> bool {
    node.kind() == Kind::Array && node.is_named("exec")
}

impl<'d> Script<'d> {
    /// The scripts of the object `owner`: a collection, a folder or a request.
    pub(super) fn all(owner: Node<'d>) -> impl Iterator<Item = Self> + use<'d> {
        owner
            .get("event")
            .or_else(|| owner.get("scripts"))
            .into_iter()
            .flat_map(|list| list.items())
            .filter(|event| event.kind() == Kind::Object)
            .map(Self)
    }

    /// The event that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// When it runs: `prerequest` or `test`.
    #[must_use]
    pub fn listen(&self) -> Option<Cow<'d, str>> {
        self.0.get_str("listen")
    }

    /// When it runs, in version 3: `beforeRequest` or `afterResponse`, with the protocol in front in a folder's script.
    #[must_use]
    pub fn moment(&self) -> Option<Node<'d>> {
        self.0.get("type")
    }

    /// The strings that are its lines; in version 3, one string with all of them.
    pub fn lines(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let script = self.0.get("script");
        let code = script
            .and_then(|script| if script.kind() == Kind::Object { script.get("exec") } else { Some(script) })
            .or_else(|| self.0.get("code"));
        code.into_iter().flat_map(|code| code.items().chain((code.kind() == Kind::String).then_some(code)))
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines().filter_map(|line| line.as_str()).collect::<Vec<_>>().join("\n")
    }
}
