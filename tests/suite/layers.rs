//! The import directions of `docs/design.md` hold.

use crate::support::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const OUTSIDE: [&str; 5] = ["std::fs", "std::net", "std::env", "std::process", "std::io::std"];
const PURE: [&str; 11] =
    ["compare", "text", "syntax", "secret", "model", "edit", "convert", "oauth", "v3", "lint", "report"];

#[test]
fn modules_use_only_what_the_map_allows() {
    let root = root();
    let allowed = map(&fs::read_to_string(root.join("docs/design.md")).unwrap());
    let mut wrong = Vec::new();
    for file in rust_files(&root.join("src")) {
        let relative = file.strip_prefix(root.join("src")).unwrap();
        let module = module(relative);
        if module == "lib" || module == "main" {
            continue;
        }
        let may = allowed.get(&module).unwrap_or_else(|| panic!("docs/design.md does not know `{module}`"));
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("mod tests {").next().unwrap();
        let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != module && !may.contains(&used) && allowed.contains_key(&used) {
                wrong.push(format!("{} uses crate::{used}", relative.display()));
            }
        }
        if PURE.contains(&module.as_str()) {
            wrong.extend(
                OUTSIDE
                    .iter()
                    .filter(|name| code.contains(**name))
                    .map(|name| format!("{} uses {name}", relative.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// At most one of two modules uses the other, directly or through others.
#[test]
fn the_map_has_no_cycle() {
    let design = fs::read_to_string(root().join("docs/design.md")).unwrap();
    let mut left = map(&design);
    while !left.is_empty() {
        let uses_none = |used: &[String]| !used.iter().any(|module| left.contains_key(module));
        let innermost: BTreeSet<_> =
            left.iter().filter(|(_, used)| uses_none(used)).map(|(module, _)| module.clone()).collect();
        assert!(!innermost.is_empty(), "these use each other: {left:?}");
        left.retain(|module, _| !innermost.contains(module));
    }
}

#[test]
fn only_process_starts_programs() {
    let source = root().join("src");
    let starts = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        text.lines().any(|line| line.contains("std::process::") && line.contains("Command"))
    };
    let starters = rust_files(&source).into_iter().filter(starts);
    let modules: BTreeSet<_> = starters.map(|file| module(file.strip_prefix(&source).unwrap())).collect();
    assert_eq!(modules, BTreeSet::from(["process".to_owned()]));
}

#[test]
fn every_module_is_on_the_map() {
    let root = root();
    let design = fs::read_to_string(root.join("docs/design.md")).unwrap();
    let library = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    for module in library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        assert!(design.contains(&format!("| `{module}` |")), "docs/design.md has no row for `{module}`");
    }
}

/// The top-level module of the file at `path` below `src`.
fn module(path: &Path) -> String {
    path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

fn map(design: &str) -> BTreeMap<String, Vec<String>> {
    let rows = design.lines().filter_map(|line| line.split_once("->"));
    rows.map(|(module, uses)| {
        (module.trim().to_owned(), uses.split_whitespace().map(str::to_owned).collect())
    })
    .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            files.push(path);
        }
    }
    files
}
