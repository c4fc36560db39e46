//! The documentation agrees with the program.
//!
//! Each `console` block of README.md and docs/ runs at a fixed time in a folder of its own, with
//! `Box.postman_environment.json` and, if the block names it, `shop.postman_collection.json`. A line `$ …` is a command
//! for the shell, and the lines below it are everything it prints. A line `...` stands for any lines.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use envtool::error::ExitCode;

use crate::support::program::NOW;
use crate::support::root;

#[test]
fn every_console_block_prints_what_it_shows() {
    let root = root();
    let pages = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        pages.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.push(root.join("README.md"));
    pages.sort();
    let mut wrong = Vec::new();
    for page in pages {
        for (line, block) in console_blocks(&fs::read_to_string(&page).unwrap()) {
            if let Err(difference) = check(&block) {
                wrong.push(format!("{}:{line}\n{difference}", page.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_of_the_readme_fit_into_80_columns() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = readme.split("```").skip(1).step_by(2);
    let long: Vec<_> = blocks.flat_map(str::lines).filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn the_readme_lists_every_command_in_the_table_of_its_group() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut rest = readme.as_str();
    for group in envtool::commands::GROUPS {
        let heading = format!("\n| {} | |\n", group.title);
        rest =
            rest.split_once(&heading).unwrap_or_else(|| panic!("README.md has no table {heading:?} here")).1;
        let table = rest.split("\n\n").next().unwrap();
        let shown = group.commands.iter().filter(|command| !command.clap().is_hide_set());
        let missing: Vec<_> =
            shown.map(|command| command.name).filter(|name| !table.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "README.md has no row for {missing:?} below {heading:?}");
    }
}

#[test]
fn the_documented_exit_codes_are_those_of_the_program() {
    let page = include_str!("../../docs/exit-codes.md");
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let row = |code: &ExitCode| format!("| {} | {} |", *code as u8, code.meaning());
    assert_eq!(rows, ExitCode::ALL.iter().map(row).collect::<Vec<_>>());
}

fn console_blocks(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, Vec<String>)> = None;
    for (at, line) in text.lines().enumerate() {
        match &mut open {
            None if line == "```console" => open = Some((at + 1, Vec::new())),
            None => {}
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some((_, lines)) => lines.push(line.to_owned()),
        }
    }
    blocks
}

fn check(block: &[String]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    fs::create_dir(&work).unwrap();
    for file in ["box/Box.postman_environment.json", "collections/shop.postman_collection.json"] {
        let fixture = root().join("fixtures").join(file);
        let name = fixture.file_name().unwrap().to_str().unwrap();
        if name.starts_with("Box") || block.iter().any(|line| line.contains(name)) {
            fs::copy(&fixture, work.join(name)).unwrap();
        }
    }
    let mut printed = Vec::new();
    for command in block.iter().filter(|line| line.starts_with("$ ")) {
        printed.push(command.clone());
        printed.extend(run(&command[2..], &work, folder.path()).lines().map(str::to_owned));
    }
    if matches(block, &printed) {
        Ok(())
    } else {
        Err(format!("expected:\n{}\nprinted:\n{}", block.join("\n"), printed.join("\n")))
    }
}

fn run(command: &str, work: &Path, state: &Path) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_envtool")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(work)
        .env_clear()
        .env("PATH", path)
        .env("ENVTOOL_STATE_DIR", state.join("state"))
        .env("ENVTOOL_NOW", NOW.to_string())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn matches(expected: &[String], printed: &[String]) -> bool {
    match (expected.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first == "..." => {
            matches(rest, printed) || printed.split_first().is_some_and(|(_, later)| matches(expected, later))
        }
        (Some((first, rest)), Some((line, later))) => first == line && matches(rest, later),
        _ => false,
    }
}
