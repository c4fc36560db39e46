use super::reference_spans;

/// The parts of an address. References in it stay whole, whatever their names hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address<'t> {
    /// Before `://`.
    pub protocol: Option<&'t str>,
    /// Name and password before `@`.
    pub auth: Option<(&'t str, &'t str)>,
    /// To the first slash, without the port.
    pub host: &'t str,
    /// Digits or a reference after a colon.
    pub port: Option<&'t str>,
    /// After the first slash.
    pub path: Option<&'t str>,
    /// Names and values between `?` and `#`; a name without `=` has no value.
    pub query: Option<Vec<(&'t str, Option<&'t str>)>>,
    /// After `#`.
    pub hash: Option<&'t str>,
}

impl<'t> Address<'t> {
    /// Takes `text` apart as Postman does.
    #[must_use]
    pub fn parse(text: &'t str) -> Self {
        let (text, hash) = cut(text, '#');
        let (text, query) = cut(text, '?');
        let (protocol, rest) = match text.split_once("://") {
            Some((protocol, rest)) => (Some(protocol), rest),
            None => (None, text),
        };
        let (authority, path) = cut(rest, '/');
        let (auth, authority) = match authority.rsplit_once('@') {
            Some((auth, rest)) => (Some(auth.split_once(':').unwrap_or((auth, ""))), rest),
            None => (None, authority),
        };
        let port = authority.rsplit_once(':').filter(|(_, port)| is_port(port));
        let (host, port) = port.map_or((authority, None), |(host, port)| (host, Some(port)));
        let pair =
            |pair: &'t str| pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)));
        let query = query.map(|query| query.split('&').map(pair).collect());
        Self { protocol, auth, host, port, path, query, hash }
    }
}

fn is_port(text: &str) -> bool {
    let reference = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    match reference {
        Some(name) => !name.contains(['{', '}']),
        None => text.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// `text` before and after the first `mark` that stands in no reference.
fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    match marks(text, mark).next() {
        Some(at) => (&text[..at], Some(&text[at + mark.len_utf8()..])),
        None => (text, None),
    }
}

/// `text` in pieces at each `mark` that stands in no `{{reference}}`.
#[must_use]
pub fn outside_references(text: &str, mark: char) -> Vec<&str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for at in marks(text, mark) {
        pieces.push(&text[start..at]);
        start = at + mark.len_utf8();
    }
    pieces.push(&text[start..]);
    pieces
}

/// Where each `mark` is that stands in no reference, in order.
fn marks(text: &str, mark: char) -> impl Iterator<Item = usize> {
    let mut references = reference_spans(text).map(|(_, span)| span.range()).peekable();
    text.match_indices(mark).map(|(at, _)| at).filter(move |at| {
        while references.next_if(|reference| reference.end <= *at).is_some() {}
        references.peek().is_none_or(|reference| *at < reference.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_apart_outside_of_references() {
        let address =
            Address::parse("https://me:{{pw}}@{{api.box.com}}:8080/2.0/:id/{{a/b?c}}?q=1&flag&x={{y#z}}#top");
        assert_eq!(
            address,
            Address {
                protocol: Some("https"),
                auth: Some(("me", "{{pw}}")),
                host: "{{api.box.com}}",
                port: Some("8080"),
                path: Some("2.0/:id/{{a/b?c}}"),
                query: Some(vec![("q", Some("1")), ("flag", None), ("x", Some("{{y#z}}"))]),
                hash: Some("top"),
            }
        );
        assert_eq!(Address::parse("{{base}}"), Address { host: "{{base}}", ..Address::default() });
    }
}
