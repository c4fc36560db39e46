use std::borrow::Cow;

use super::Entry;
use super::entry::entries;
use crate::syntax::{Kind, Node};

/// The address of a request: a string, or an object with the string and its parts.
#[derive(Clone, Copy, Debug)]
pub struct Url<'d>(Node<'d>);

impl<'d> Url<'d> {
    /// The address that `node`, a string or object, holds.
    #[must_use]
    pub fn of(node: Node<'d>) -> Self {
        Self(node)
    }

    /// The string or object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// The string with the whole address; none if there are only parts.
    #[must_use]
    pub fn raw(&self) -> Option<Node<'d>> {
        let raw = if self.0.kind() == Kind::String { Some(self.0) } else { self.0.get("raw") };
        raw.filter(|raw| raw.kind() == Kind::String)
    }

    /// Its text: the string with the whole address, else the parts joined.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'d, str>> {
        self.raw().and_then(|raw| raw.as_str()).or_else(|| self.from_parts().map(Cow::Owned))
    }

    /// The address that its parts form, which Postman sends whatever `raw` says. None without a host.
    #[must_use]
    pub fn from_parts(&self) -> Option<String> {
        let mut url = String::new();
        self.put_together(&mut |piece| url.push_str(piece))?;
        Some(url)
    }

    /// Whether its parts form exactly `text`; none without a host.
    #[must_use]
    pub fn parts_make(&self, text: &str) -> Option<bool> {
        let mut rest = Some(text);
        self.put_together(&mut |piece| rest = rest.and_then(|rest| rest.strip_prefix(piece)))?;
        Some(rest == Some(""))
    }

    /// Passes the pieces of the address that its parts form to `put`, in order; none without a host.
    fn put_together(&self, put: &mut impl FnMut(&str)) -> Option<()> {
        let text = |name: &str| self.0.get_str(name);
        let host = self.0.get("host").filter(|host| pieces(*host).is_some())?;
        if let Some(protocol) = text("protocol") {
            put(protocol.trim_end_matches("://"));
            put("://");
        }
        put_joined(host, ".", put);
        if let Some(port) = text("port").filter(|port| !port.is_empty()) {
            put(":");
            put(&port);
        }
        match self.0.get("path") {
            // A string may start with the slash. An empty first segment of a list stands for a second slash.
            Some(path) if path.kind() == Kind::String => {
                let text = path.as_str().unwrap_or_default();
                put("/");
                put(text.strip_prefix('/').unwrap_or(&text));
            }
            Some(path) if pieces(path).is_some() => {
                put("/");
                put_joined(path, "/", put);
            }
            _ => {}
        }
        let mut before = "?";
        for entry in self.query().filter(|entry| !entry.is_disabled()) {
            put(std::mem::replace(&mut before, "&"));
            put(&entry.key);
            if let Some(value) = entry.value.as_str() {
                put("=");
                put(&value);
            }
        }
        if let Some(hash) = text("hash").filter(|hash| !hash.is_empty()) {
            put("#");
            put(&hash);
        }
        Some(())
    }

    /// The parameters after the question mark.
    pub fn query(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        entries(self.0.get("query"))
    }
}

/// The segments of a host or path: one string, or a list of strings or of objects with a `value`. None if it is
/// neither.
fn pieces<'d>(node: Node<'d>) -> Option<impl Iterator<Item = Cow<'d, str>>> {
    let piece = |node: Node<'d>| {
        if node.kind() == Kind::Object { node.get_str("value") } else { node.as_str() }
    };
    let own = if node.kind() == Kind::Array { None } else { Some(piece(node)?) };
    Some(own.into_iter().chain(node.items().filter_map(piece)))
}

fn put_joined(node: Node<'_>, separator: &str, put: &mut impl FnMut(&str)) {
    for (at, piece) in pieces(node).into_iter().flatten().enumerate() {
        put(if at == 0 { "" } else { separator });
        put(&piece);
    }
}
