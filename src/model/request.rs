use std::borrow::Cow;

use super::entry::entries;
use super::{Auth, Entry, Url};
use crate::syntax::{Kind, Node};

/// The request of an item: an object, or only a URL. It is read as versions 1 to 3 of the format write it, whose names
/// differ.
#[derive(Clone, Copy, Debug)]
pub struct Request<'d>(Node<'d>);

/// The body of a request.
#[derive(Clone, Copy, Debug)]
pub struct Body<'d>(Node<'d>);

impl<'d> Request<'d> {
    /// The request in `node`, which is that of an item or of a saved response.
    #[must_use]
    pub fn of(node: Node<'d>) -> Self {
        Self(node)
    }

    /// The object that holds it, or the string that is its URL.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// Its method; `GET` if it states none.
    #[must_use]
    pub fn method(&self) -> Cow<'d, str> {
        self.0.get_str("method").unwrap_or(Cow::Borrowed("GET"))
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> Option<Url<'d>> {
        if self.0.kind() == Kind::String { Some(Url::of(self.0)) } else { self.0.get("url").map(Url::of) }
    }

    /// Its headers; for those in the single string of older collections, see [`header_lines`](fn@super::header_lines).
    pub fn headers(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        entries(self.0.get("header").or_else(|| self.0.get("headers")))
    }

    /// The parameters after the question mark: a separate list in version 3, otherwise part of the address.
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

    /// Its mode: `raw`, `urlencoded`, `formdata`, `file` or `graphql`. In version 3 the member is called `type` and
    /// names the language of a raw body.
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

    /// The fields of a form of either kind.
    pub fn fields(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        ["urlencoded", "formdata", "content"].into_iter().flat_map({
            let body = self.0;
            move |name| entries(body.get(name))
        })
    }
}
