use std::borrow::Cow;

use super::Url;
use crate::syntax::{Kind, Node};

/// What an item sends: an object, or nothing but a URL. Read as versions 1 to 3 of the format write it, which call
/// things differently.
#[derive(Clone, Copy, Debug)]
pub struct Request<'d>(Node<'d>);

/// What is sent with a request.
#[derive(Clone, Copy, Debug)]
pub struct Body<'d>(Node<'d>);

/// An authorization block.
#[derive(Clone, Copy, Debug)]
pub struct Auth<'d>(Node<'d>);

/// An event with its script.
#[derive(Clone, Copy, Debug)]
pub struct Script<'d>(Node<'d>);

/// A named value of an authorization block, a header, a query or a form.
#[derive(Clone, Debug)]
pub struct Entry<'d> {
    /// Its name.
    pub key: Cow<'d, str>,
    /// Its value.
    pub value: Node<'d>,
    /// The object that holds both; the value itself where the name is a member's.
    pub node: Node<'d>,
}

impl Entry<'_> {
    /// Whether Postman leaves it out.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.node.get("disabled").and_then(|flag| flag.as_bool()) == Some(true)
    }
}

/// The entries of a list of `{key, value}`, where an entry without either is left out, or of a map of names and values.
pub(super) fn entries<'d>(list: Option<Node<'d>>) -> impl Iterator<Item = Entry<'d>> + use<'d> {
    let rows = list
        .into_iter()
        .flat_map(|list| list.items())
        .filter_map(|node| Some(Entry { key: node.get("key")?.as_str()?, value: node.get("value")?, node }));
    let members = list.into_iter().flat_map(|map| map.members()).map(|member| Entry {
        key: member.key(),
        value: member.value,
        node: member.value,
    });
    rows.chain(members)
}

/// The names and values of headers in one string, a line each, as older collections have them. A line without a colon is a
/// name alone.
pub fn header_lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        (name.trim(), value.trim())
    })
}

impl<'d> Request<'d> {
    /// The request that `node`, an item's or a saved answer's, is.
    #[must_use]
    pub fn of(node: Node<'d>) -> Self {
        Self(node)
    }

    /// The object that holds it, or the string that is its URL.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// Its method; `GET` when none is stated.
    #[must_use]
    pub fn method(&self) -> Cow<'d, str> {
        self.0.get_str("method").unwrap_or(Cow::Borrowed("GET"))
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> Option<Url<'d>> {
        if self.0.kind() == Kind::String { Some(Url::of(self.0)) } else { self.0.get("url").map(Url::of) }
    }

    /// Its headers; the one string of older collections holds none of them.
    pub fn headers(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        entries(self.0.get("header").or_else(|| self.0.get("headers")))
    }

    /// What follows the question mark: a list of its own in version 3, else the address's.
    pub fn query(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        entries(self.0.get("queryParams")).chain(self.url().into_iter().flat_map(|url| url.query()))
    }

    /// Its own authorization.
    #[must_use]
    pub fn auth(&self) -> Option<Auth<'d>> {
        Auth::of(self.0)
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> Option<Body<'d>> {
        self.0.get("body").filter(|body| body.kind() == Kind::Object).map(Body)
    }
}

impl<'d> Body<'d> {
    /// The object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// Its kind: `raw`, `urlencoded`, `formdata`, `file`, `graphql`; in version 3 it has another name and says what
    /// a raw one is written in.
    #[must_use]
    pub fn mode(&self) -> Option<Cow<'d, str>> {
        self.0.get("mode").or_else(|| self.0.get("type"))?.as_str()
    }

    /// The text of a raw body.
    #[must_use]
    pub fn raw(&self) -> Option<Node<'d>> {
        let content = || self.0.get("content").filter(|content| content.kind() == Kind::String);
        self.0.get("raw").or_else(content)
    }

    /// The fields of a form, in both kinds of form.
    pub fn fields(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        ["urlencoded", "formdata", "content"].into_iter().flat_map({
            let body = self.0;
            move |name| entries(body.get(name))
        })
    }
}

impl<'d> Auth<'d> {
    /// The authorization of the object `owner`; none when it has none of its own.
    pub(super) fn of(owner: Node<'d>) -> Option<Self> {
        owner.get("auth").filter(|auth| auth.kind() == Kind::Object).map(Self)
    }

    /// The authorizations of the object `owner`: in version 3 there may be several to choose from.
    pub(super) fn all(owner: Node<'d>) -> impl Iterator<Item = Self> + use<'d> {
        let several = owner.get_items("auth").map(Self);
        Self::of(owner).into_iter().chain(several)
    }

    /// The object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// Its type: `noauth`, `basic`, `bearer`, `oauth2` and so on.
    #[must_use]
    pub fn type_name(&self) -> Option<Cow<'d, str>> {
        self.0.get("type")?.as_str()
    }

    /// What it is made of, in every shape: the object of version 2.0, the list of 2.1, the `credentials` of 3.
    pub fn credentials(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        let block = self.type_name().and_then(|name| self.0.get(&name));
        entries(block.or_else(|| self.0.get("credentials")))
    }
}

impl<'d> Script<'d> {
    /// The event that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// When it runs: `prerequest` or `test`.
    #[must_use]
    pub fn listen(&self) -> Option<Cow<'d, str>> {
        self.0.get("listen")?.as_str()
    }

    /// When it runs, in version 3: `beforeRequest` or `afterResponse`, with the protocol in front for a whole folder.
    #[must_use]
    pub fn moment(&self) -> Option<Node<'d>> {
        self.0.get("type")
    }

    /// The strings that are its lines; in version 3 one string.
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

/// The scripts of the object `owner`.
pub(super) fn scripts<'d>(owner: Node<'d>) -> impl Iterator<Item = Script<'d>> + use<'d> {
    owner
        .get("event")
        .or_else(|| owner.get("scripts"))
        .into_iter()
        .flat_map(|list| list.items())
        .filter(|event| event.kind() == Kind::Object)
        .map(Script)
}
