use std::borrow::Cow;

use super::entry::entries;
use super::{Auth, Entry, Url};
use crate::syntax::{Kind, Node};

/// What an item sends: an object, or nothing but a URL. Read as versions 1 to 3 of the format write it, which call
/// things differently.
#[derive(Clone, Copy, Debug)]
pub struct Request<'d>(Node<'d>);

/// What is sent with a request.
#[derive(Clone, Copy, Debug)]
pub struct Body<'d>(Node<'d>);

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
