use super::reference_spans;

/// The parts of an address. A `{{reference}}` stays whole, whatever marks its name contains, except that `=` splits a
/// parameter anywhere, as in Postman. Where a slash is expected, a backslash counts as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address<'t> {
    /// The protocol, before `://`.
    pub protocol: Option<&'t str>,
    /// The name and password before `@`.
    pub auth: Option<(&'t str, &'t str)>,
    /// The host, up to the first slash, without the port.
    pub host: &'t str,
    /// The port, after the last colon.
    pub port: Option<&'t str>,
    /// The path, after the first slash.
    pub path: Option<&'t str>,
    /// The names and values between `?` and `#`. A name without `=` has no value.
    pub query: Option<Vec<(&'t str, Option<&'t str>)>>,
    /// The fragment, after `#`.
    pub hash: Option<&'t str>,
}

impl<'t> Address<'t> {
    /// Splits `text` into its parts as Postman does, without the blanks before it and extra slashes before the host.
    #[must_use]
    pub fn parse(text: &'t str) -> Self {
        let text = text.trim_start();
        let (text, hash) = split_first(text, "#");
        let (text, query) = split_first(text, "?");
        let (protocol, rest) = match split_first(text, "://") {
            (protocol, Some(rest)) => (Some(protocol), without_extra_slashes(protocol, rest)),
            (rest, None) => (None, rest),
        };
        let (authority, path) = split_first(rest, "/");
        let (auth, authority) = match split_last(authority, "@") {
            Some((auth, rest)) => (Some(auth), rest),
            None => (None, authority),
        };
        let auth = auth.map(|auth| split_first(auth, ":")).map(|(user, pw)| (user, pw.unwrap_or_default()));
        // The colons in brackets belong to an IPv6 address.
        let port = split_last(authority, ":").filter(|(_, port)| !port.contains(']'));
        let (host, port) = port.map_or((authority, None), |(host, port)| (host, Some(port)));
        let pair =
            |pair: &'t str| pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)));
        let query = query.map(|query| outside_references(query, '&').into_iter().map(pair).collect());
        Self { protocol, auth, host, port, path, query, hash }
    }
}

/// What follows `://`, without further slashes; but the path of a file starts with one.
fn without_extra_slashes<'t>(protocol: &str, rest: &'t str) -> &'t str {
    let bare = rest.trim_start_matches(['/', '\\']);
    let slashes = rest.len() - bare.len();
    if protocol.eq_ignore_ascii_case("file") { &rest[slashes.saturating_sub(1)..] } else { bare }
}

/// `text` before and after the first `mark` outside references.
fn split_first<'t>(text: &'t str, mark: &str) -> (&'t str, Option<&'t str>) {
    match marks(text, mark).next() {
        Some(at) => (&text[..at], Some(&text[at + mark.len()..])),
        None => (text, None),
    }
}

/// `text` before and after the last `mark` outside references.
fn split_last<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    marks(text, mark).last().map(|at| (&text[..at], &text[at + mark.len()..]))
}

/// Splits `text` at each `mark` outside its `{{references}}`.
#[must_use]
pub fn outside_references(text: &str, mark: char) -> Vec<&str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for at in marks(text, mark.encode_utf8(&mut [0; 4])) {
        pieces.push(&text[start..at]);
        start = at + mark.len_utf8();
    }
    pieces.push(&text[start..]);
    pieces
}

/// Where each `mark`, which is ASCII, is outside references, in order. A backslash is as good as a slash.
fn marks(text: &str, mark: &str) -> impl Iterator<Item = usize> {
    let mut references = reference_spans(text).map(|(_, span)| span.range()).peekable();
    let is_mark = move |window: &[u8]| {
        window.iter().zip(mark.bytes()).all(|(&byte, mark)| byte == mark || (byte == b'\\' && mark == b'/'))
    };
    let windows = text.as_bytes().windows(mark.len()).enumerate();
    windows.filter(move |(_, window)| is_mark(window)).map(|(at, _)| at).filter(move |at| {
        while references.next_if(|reference| reference.end <= *at).is_some() {}
        references.peek().is_none_or(|reference| *at < reference.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_split_only_outside_references() {
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
        for whole in ["{{base}}", "{{a@b}}", "{{a:b}}", "{{a://b}}", "{{a/b?c#d}}"] {
            assert_eq!(Address::parse(whole), Address { host: whole, ..Address::default() });
        }
        let address = Address::parse("{{a:b}}:{{c@d}}@{{e}}:{{f}}g?{{h&i}}&{{j=k}}");
        assert_eq!(
            address,
            Address {
                auth: Some(("{{a:b}}", "{{c@d}}")),
                host: "{{e}}",
                port: Some("{{f}}g"),
                query: Some(vec![("{{h&i}}", None), ("{{j", Some("k}}"))]),
                ..Address::default()
            }
        );
        assert_eq!(Address::parse("[::1]"), Address { host: "[::1]", ..Address::default() });
    }

    // As postman-url-encoder 3.0's parser does.
    #[test]
    fn blanks_backslashes_and_extra_slashes_are_forgiven() {
        for (odd, plain) in [
            (" \t\nhttps://h/a", "https://h/a"),
            (r"https:\\h:80\a\{{b\c}}?d\e#f\g", r"https://h:80/a\{{b\c}}?d\e#f\g"),
            (r"{{base}}\a", "{{base}}/a"),
            ("https:////h/a//b", "https://h/a//b"),
            ("http:///", "http://"),
            ("File:////a", "File:///a"),
        ] {
            assert_eq!(Address::parse(odd), Address::parse(plain), "{odd}");
        }
        assert_eq!(outside_references(r"a\{{b\c}}/:d", '/'), ["a", r"{{b\c}}", ":d"]);
        let file = Address::parse("file:///a");
        assert_eq!((file.host, file.path), ("", Some("a")));
    }

    // As postman-collection 4.4's `Url.parse` does.
    #[test]
    fn single_and_unclosed_braces_are_not_references() {
        let path = |text| outside_references(Address::parse(text).path.unwrap_or_default(), '/');
        assert_eq!(path("h/{a/b}/c"), ["{a", "b}", "c"]);
        assert_eq!(path("h/{{a/b"), ["{{a", "b"]);
        assert_eq!(path("h/{{a/b/{{c/d}}/e"), ["{{a", "b", "{{c/d}}", "e"]);
        assert_eq!(path("h/{{a}/b}}/c"), ["{{a}", "b}}", "c"]);
        assert_eq!(path("h/{{{a/b}}}/c"), ["{{{a/b}}}", "c"]);
        let address = Address::parse("h/{a?b}/c#d}");
        assert_eq!((address.path, address.hash), (Some("{a"), Some("d}")));
        assert_eq!(address.query, Some(vec![("b}/c", None)]));
    }
}
