/// Lists names for a sentence, with `joint` before the last: "`a`, `b` and `c`". Empty without names.
#[must_use]
pub fn named<S: AsRef<str>>(names: impl IntoIterator<Item = S>, joint: &str) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        Some((last, rest @ [_, ..])) => format!("{} {joint} {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_joint_comes_before_the_last_name() {
        for (names, list) in [
            (&[][..], ""),
            (&["a"], "`a`"),
            (&["a", "b"], "`a` or `b`"),
            (&["a", "b", "c"], "`a`, `b` or `c`"),
        ] {
            assert_eq!(named(names, "or"), list);
        }
    }
}
