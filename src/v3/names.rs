use std::collections::HashMap;

/// The length, in bytes, at which Postman cuts file names.
const LONGEST: usize = 64;

/// Names that mean devices on Windows, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The file names in one folder in lower case, unique; each with the number to try next.
#[derive(Default)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// A unique file name for the item called `name`.
    pub(super) fn of(&mut self, name: &str) -> String {
        let stem = file_name(name);
        let key = stem.to_lowercase();
        let mut number = self.0.get(&key).copied().unwrap_or_default();
        loop {
            let free = match number {
                0 => stem.clone(),
                _ => format!("{}-{number}", stem.trim_end_matches('-')),
            };
            number += 1;
            let taken = free.to_lowercase();
            if !self.0.contains_key(&taken) {
                self.0.insert(taken, 1);
                self.0.insert(key, number);
                return free;
            }
        }
    }
}

/// The name that the file at `path`, with forward slashes, gives a request without a name of its own.
#[must_use]
pub fn file_stem(path: &str) -> &str {
    let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
    file.split(".request.").next().unwrap_or(file)
}

/// `name` as a file name that is valid on every system, in Postman's spelling.
pub(super) fn file_name(name: &str) -> String {
    let allowed = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    let mut stem: String = name.trim().chars().map(allowed).collect();
    while stem.contains("--") {
        stem = stem.replace("--", "-");
    }
    let stem = match stem.trim_end_matches(['.', ' ']) {
        cut if cut.len() < stem.len() => format!("{cut}-"),
        _ => stem,
    };
    let stem = stem[..stem.floor_char_boundary(LONGEST)].trim_end_matches([' ', '.']);
    let (first, ending) = stem.find('.').map_or((stem, ""), |at| stem.split_at(at));
    match stem {
        "" => "Untitled".to_owned(),
        // A hidden folder would be mistaken for part of the format.
        hidden if hidden.starts_with('.') => format!("-{hidden}"),
        _ if is_device(first) => format!("-{ending}"),
        stem => stem.to_owned(),
    }
}

fn is_device(name: &str) -> bool {
    let numbered = |start: &str| {
        let digit = name.get(start.len()..).filter(|_| name.to_ascii_lowercase().starts_with(start));
        digit.is_some_and(|digit| digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.iter().any(|device| name.eq_ignore_ascii_case(device)) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_unique_ignoring_case() {
        let mut names = Names::default();
        for (name, stem) in [
            ("Get: a/b", "Get- a-b"),
            ("get- A-B", "get- A-B-1"),
            ("Get: a\\b", "Get- a-b-2"),
            ("", "Untitled"),
            (" x. ", "x-"),
            ("..", "-"),
            (".resources", "-.resources"),
            ("CON", "-1"),
            ("lpt1.txt", "-.txt"),
            ("Contact", "Contact"),
            ("--- END ---", "- END -"),
        ] {
            assert_eq!(names.of(name), stem);
        }
        assert!(file_name(&"ü".repeat(300)).len() <= LONGEST);
    }
}
