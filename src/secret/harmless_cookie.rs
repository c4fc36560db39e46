//! Cookies that give no access: they count visitors, remember a choice or pick a server.

/// Their names, in lower case.
const NAMES: [&str; 27] = [
    "__cf_bm",
    "__cfduid",
    "__gads",
    "__gpi",
    "__hssc",
    "__hssrc",
    "__hstc",
    "_dd_s",
    "_fbc",
    "_fbp",
    "_gid",
    "_mkto_trk",
    "_rdt_uuid",
    "_scid",
    "_ttp",
    "arraffinity",
    "awsalb",
    "awsalbcors",
    "awselb",
    "country",
    "currency",
    "hubspotutk",
    "lang",
    "language",
    "locale",
    "muid",
    "theme",
];

/// Prefixes of their names: Google, Adobe, Amplitude, Clarity, Hotjar, Matomo, Microsoft, Mixpanel, Optimizely,
/// Segment, VWO, OneTrust, BIG-IP.
const PREFIXES: [&str; 18] = [
    "_ga",
    "_gcl_",
    "__utm",
    "amcv_",
    "amp_",
    "amplitude_id",
    "_clck",
    "_clsk",
    "_hj",
    "_pk_",
    "_uet",
    "mp_",
    "optimizely",
    "ajs_",
    "_vwo",
    "_vis_opt",
    "optanon",
    "bigipserver",
];

/// The attributes of `Set-Cookie`, in lower case.
const ATTRIBUTES: [&str; 8] =
    ["path", "domain", "expires", "max-age", "samesite", "httponly", "secure", "priority"];

/// Whether a cookie called `name` gives no access.
#[must_use]
pub fn is_harmless_cookie(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.contains(&&*name)
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || name.contains("consent")
}

/// Whether `value`, of a `Cookie` or `Set-Cookie` header, contains only harmless cookies.
#[must_use]
pub fn has_harmless_cookies(value: &str) -> bool {
    let names = value.split(';').map(|cookie| cookie.split('=').next().unwrap_or_default().trim());
    let mut cookies = names.filter(|name| !ATTRIBUTES.contains(&&*name.to_ascii_lowercase())).peekable();
    cookies.peek().is_some() && cookies.all(is_harmless_cookie)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_cookies_are_told_apart_from_sessions() {
        for value in [
            "_ga=GA1.2.113558537.1435817423",
            "_ga_ABC1=GS1.1; _gid=GA1.1; __utma=1.2; AMP_9a=JTdC; _fbp=fb.1.2; cookie-consent=yes",
            "optimizelyEndUserId=oeu1; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60",
            "OptanonConsent=a&b; lang=en; AWSALB=x",
        ] {
            assert!(has_harmless_cookies(value), "{value}");
        }
        for value in [
            "",
            "Path=/",
            "session=s1",
            "_ga=GA1.2; sails.sid=s%3A1; _gid=1",
            "JSESSIONID=1; Path=/",
            "s%3AxRBxgrc9M",
            "token=1; lang=en",
        ] {
            assert!(!has_harmless_cookies(value), "{value}");
        }
    }
}
