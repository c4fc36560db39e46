use std::collections::HashSet;

/// The longest name of a file, in bytes: with its ending and a number it stays within what file systems take.
const LONGEST: usize = 200;

/// Names of files in one folder, no two the same without regard to case.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The name of the file for a thing called `name`.
    pub(super) fn of(&mut self, name: &str) -> String {
        let stem = file_name(name);
        let mut free = stem.clone();
        let mut number = 1;
        while !self.0.insert(free.to_lowercase()) {
            free = format!("{stem}-{number}");
            number += 1;
        }
        free
    }
}

/// `name` without the characters that some file system does not take.
pub(super) fn file_name(name: &str) -> String {
    let allowed = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    let stem: String = name.trim().chars().map(allowed).collect();
    let stem = stem[..stem.floor_char_boundary(LONGEST)].trim_end_matches([' ', '.']);
    match stem {
        "" => "Untitled".to_owned(),
        // A hidden folder would be taken for a part of the format.
        hidden if hidden.starts_with('.') => format!("-{hidden}"),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_files_and_different_without_regard_to_case() {
        let mut names = Names::default();
        for (name, stem) in [
            ("Get: a/b", "Get- a-b"),
            ("get- A-B", "get- A-B-1"),
            ("Get: a\\b", "Get- a-b-2"),
            ("", "Untitled"),
            (" x. ", "x"),
            ("..", "Untitled-1"),
            (".resources", "-.resources"),
        ] {
            assert_eq!(names.of(name), stem);
        }
        assert!(file_name(&"ü".repeat(300)).len() <= LONGEST);
    }
}
