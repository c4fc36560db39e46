/// The name among `names` to suggest for `key`, which is not one of them.
///
/// Numbered names (`token1`, `token2`) are not misspellings of each other.
#[must_use]
pub fn resembling<'n>(names: impl IntoIterator<Item = &'n str>, key: &str) -> Option<&'n str> {
    nearest(names, key, |length, _| match length {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    })
}

/// The name among `names` of which `key`, a new name beside them, is almost certainly a misspelling. Short names can be
/// similar by chance, such as `host` and `post` or `url` and `urls`.
#[must_use]
pub fn mistaken<'n>(names: impl IntoIterator<Item = &'n str>, key: &str) -> Option<&'n str> {
    nearest(names, key, |length, other| match length.min(other) {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    })
}

/// The name at the shortest edit distance from `key`, within the maximum that `allowed` returns for the lengths of
/// `key` and the name. Differences in case and separators do not count.
fn nearest<'n>(
    names: impl IntoIterator<Item = &'n str>,
    key: &str,
    allowed: impl Fn(usize, usize) -> usize,
) -> Option<&'n str> {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let plain = |name: &str| {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let length = key.chars().count();
    let (own_letters, own_plain) = (letters(key), plain(key));
    names
        .into_iter()
        .filter(|name| !name.is_empty())
        .filter_map(|name| {
            if plain(name) == own_plain {
                return Some((0, name));
            }
            let distance = strsim::osa_distance(name, key);
            let is_near = distance <= allowed(length, name.chars().count());
            (is_near && letters(name) != own_letters).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = ["access_token", "host", "url", "token1", "user_id", ""];

    #[test]
    fn only_a_certain_misspelling_is_mistaken() {
        for (key, suggested, refused) in [
            ("acess_token", Some("access_token"), true),
            ("ACCESS-TOKEN", Some("access_token"), true),
            ("hst", Some("host"), false),
            ("post", Some("host"), false),
            ("Host", Some("host"), true),
            ("urls", Some("url"), false),
            ("uri", Some("url"), false),
            ("user_ids", Some("user_id"), true),
            ("token2", None, false),
            ("x", None, false),
        ] {
            assert_eq!(resembling(NAMES, key), suggested, "{key}");
            assert_eq!(mistaken(NAMES, key), suggested.filter(|_| refused), "{key}");
        }
    }
}
