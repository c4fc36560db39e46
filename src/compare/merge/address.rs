use std::borrow::Cow;

use super::items::after;
use super::{MEANING, Three};
use crate::compare::content;
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::model::{Address, Url};
use crate::syntax::{Node, Value, write};
use crate::text::Edit;

/// Whether both sides changed the `raw` spelling of an address.
pub(super) fn is_rewritten(values: Three<'_, View<'_>>, shape: Shape) -> bool {
    if shape != Shape::Url {
        return false;
    }
    let [base, ours, theirs] = values.map(|view| view.and_then(|view| view.get("raw")?.as_str()));
    ours.is_some() && ours != theirs && base != ours && base != theirs
}

/// Whether the parts of an address yield exactly its `raw`, which can then be regenerated when they change.
pub(super) fn is_consistent(url: &View<'_>) -> bool {
    let url = url.node().map(Url::of);
    let makes = |url: Url<'_>| url.parts_make(&url.raw()?.as_str()?);
    url.and_then(makes) == Some(true)
}

/// Regenerates `raw` in the address `url` if the `edits` from number `from` on make it disagree with its parts: Postman
/// shows the one, and newman sends the others.
pub(super) fn respell(url: Node<'_>, edits: &mut Vec<Edit>, from: usize) {
    let Some(raw) = url.get("raw") else { return };
    let Some(merged) = after(&edits[from..], url) else { return };
    let merged = Url::of(merged.root());
    let spelled = merged.raw().and_then(|raw| raw.as_str());
    let agrees = spelled.and_then(|raw| merged.parts_make(&raw));
    if let (Some(false), Some(parts)) = (agrees, merged.from_parts()) {
        let own: Vec<_> = edits.drain(from..).filter(|edit| !edit.span.meets(raw.span())).collect();
        edits.extend(own);
        edits.push(write::replace(raw, &Value::String(parts)));
    }
}

/// Merges both changes of an address that is one string in ours; none if they overlap, or if an address on another side
/// is more than one string can say.
pub(super) fn merged([base, ours, theirs]: Three<'_, View<'_>>) -> Option<String> {
    merged_texts(&text(base?)?, &ours?.as_str()?, &text(theirs?)?)
}

/// An address as one string, if that means the same.
fn text<'d>(url: &View<'d>) -> Option<Cow<'d, str>> {
    url.as_str().or_else(|| {
        let raw = url.get("raw").filter(|raw| content::same(raw, url, Shape::Url, MEANING))?;
        raw.as_str()
    })
}

/// Merges addresses part by part and parameter by parameter.
fn merged_texts(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let texts = [base, ours, theirs];
    let three = texts.map(Address::parse);
    if three.iter().zip(texts).any(|(address, text)| spelled(address) != text) {
        return None;
    }
    let [base, ours, theirs] = three;
    let query = match either(&base.query, &ours.query, &theirs.query) {
        Some(query) => query.clone(),
        None => {
            let [base, ours, theirs] = [base.query, ours.query, theirs.query].map(Option::unwrap_or_default);
            Some(parameters(&base, &ours, &theirs)?).filter(|parameters| !parameters.is_empty())
        }
    };
    Some(spelled(&Address {
        protocol: *either(&base.protocol, &ours.protocol, &theirs.protocol)?,
        auth: *either(&base.auth, &ours.auth, &theirs.auth)?,
        host: either(&base.host, &ours.host, &theirs.host)?,
        port: *either(&base.port, &ours.port, &theirs.port)?,
        path: *either(&base.path, &ours.path, &theirs.path)?,
        query,
        hash: *either(&base.hash, &ours.hash, &theirs.hash)?,
    }))
}

/// The value of the only side that changed it, or of both if they agree; none otherwise.
fn either<'v, T: PartialEq>(base: &'v T, ours: &'v T, theirs: &'v T) -> Option<&'v T> {
    if ours == theirs || base == theirs { Some(ours) } else { Some(theirs).filter(|_| base == ours) }
}

/// A name and its value, if it has one.
type Parameter<'t> = (&'t str, Option<&'t str>);

/// Merges both changes of parameters; none if they overlap, or if a name is repeated.
fn parameters<'t>(
    base: &[Parameter<'t>],
    ours: &[Parameter<'t>],
    theirs: &[Parameter<'t>],
) -> Option<Vec<Parameter<'t>>> {
    let place = |list: &[Parameter<'t>], name: &str| list.iter().position(|(own, _)| *own == name);
    let is_double = |list: &[Parameter<'t>]| (0..list.len()).any(|at| place(list, list[at].0) != Some(at));
    if [base, ours, theirs].into_iter().any(is_double) {
        return None;
    }
    let get = |list: &[Parameter<'t>], name: &str| place(list, name).map(|at| list[at]);
    let mut merged = Vec::new();
    for &own in ours {
        merged.extend(*either(&get(base, own.0), &Some(own), &get(theirs, own.0))?);
    }
    for (at, &other) in theirs.iter().enumerate().filter(|(_, other)| get(ours, other.0).is_none()) {
        if either(&get(base, other.0), &None, &Some(other))?.is_some() {
            let before = theirs[..at].iter().rev().find_map(|(name, _)| place(&merged, name));
            merged.insert(before.map_or(0, |before| before + 1), other);
        }
    }
    Some(merged)
}

/// An address as one string.
fn spelled(address: &Address<'_>) -> String {
    let mut text = String::new();
    let mut add = |before: &str, part: Option<&str>, after: &str| {
        text.extend(part.into_iter().flat_map(|part| [before, part, after]));
    };
    add("", address.protocol, "://");
    let auth = address.auth.map(|(user, password)| match password {
        "" => user.to_owned(),
        password => format!("{user}:{password}"),
    });
    add("", auth.as_deref(), "@");
    add("", Some(address.host), "");
    add(":", address.port, "");
    add("/", address.path, "");
    let parameter = |(name, value): &Parameter<'_>| match value {
        Some(value) => format!("{name}={value}"),
        None => (*name).to_owned(),
    };
    let query = address.query.as_ref();
    let query = query.map(|query| query.iter().map(parameter).collect::<Vec<_>>().join("&"));
    add("?", query.as_deref(), "");
    add("#", address.hash, "");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_merges_part_by_part() {
        for (base, ours, theirs, expected) in [
            ("{{h}}/a", "{{h}}/b", "{{g}}/a", Some("{{g}}/b")),
            ("https://h/a?x=1", "https://h/b?x=1", "https://h/a?x=1&y", Some("https://h/b?x=1&y")),
            ("h/a?x=1&y=2", "h/a?x=3&y=2", "h/a?x=1&y=4&z=5#i", Some("h/a?x=3&y=4&z=5#i")),
            ("h?x=1&y=2", "h?y=2", "h?w=0&x=1&y=3", Some("h?w=0&y=3")),
            ("h?x=1", "h", "h?x=1&y=2", Some("h?y=2")),
            ("h", "h?x", "h?y=", Some("h?y=&x")),
            ("h?x=1&y=2", "h?x=1", "h?y=2", Some("h")),
            ("h?x=1", "h?x=2", "h?x=3", None),
            ("h?x=1&x=2", "h?x=3&x=2", "h?x=1&x=4", None),
            ("h/a", "h/b", "h/c", None),
            ("u@h:80/a", "u@h:81/a", "u:p@h:80/a", Some("u:p@h:81/a")),
        ] {
            assert_eq!(merged_texts(base, ours, theirs).as_deref(), expected, "{base} {ours} {theirs}");
        }
    }
}
