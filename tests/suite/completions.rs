//! Completions in shells, and man pages.

#![cfg(unix)]

use std::fs;
use std::process::Command;

use crate::support::program::Place;
use crate::support::skipped;

/// Prints what bash offers for the last word. An empty line means files.
const OFFER: &str = r#"
. "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
_envtool envtool "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
echo "${COMPREPLY[*]}"
"#;

#[test]
fn bash_offers_files_where_a_command_takes_files() {
    let place = Place::with(&[]);
    let script = place.file("envtool.bash");
    fs::write(&script, place.run("completions bash").out).unwrap();
    let offered = |words: &[&str]| {
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", OFFER, "bash"]).arg(&script).arg("envtool").args(words);
        match bash.output() {
            Ok(output) => Some(String::from_utf8(output.stdout).unwrap().trim().to_owned()),
            Err(_) => {
                skipped("bash");
                None
            }
        }
    };
    for (words, offers) in [
        (&["inspect", ""][..], ""),
        (&["inspect", "Box.json", ""], ""),
        (&["inspect", "--col"], "--color"),
        (&["inspect", "--color", "n"], "never"),
        (&["auto-refresh", "o"], "on off"),
        (&["auto-refresh", "on", ""], ""),
        (&["man", "val"], "validate"),
        (&["validate", "--explain", "DOC00"], "DOC001 DOC002 DOC003 DOC004 DOC005 DOC006"),
        (&["insp"], "inspect"),
    ] {
        if let Some(offered) = offered(words) {
            assert_eq!(offered, offers, "{words:?}");
        }
    }
}

#[test]
fn fish_offers_the_words_that_commands_take_in_place_of_a_file() {
    let script = Place::with(&[]).run("completions fish").out;
    for (command, words) in [("auto-refresh", "on off toggle status"), ("completions", "bash ")] {
        let line = script.lines().find(|line| {
            line.contains(&format!("using_subcommand {command}; and test")) && line.contains(" -f -a ")
        });
        assert!(line.is_some_and(|line| line.contains(words)), "{command}: {line:?}");
    }
    assert!(script.contains("or return 0\n"), "options before the command may have values");
}

#[test]
fn no_shell_offers_the_commands_that_only_git_calls() {
    let place = Place::with(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.run(&format!("completions {shell}")).out;
        assert!(script.contains("git-setup") && !script.contains("textconv"), "{shell}");
    }
}

#[test]
fn man_pages_have_the_sections_of_the_help() {
    let place = Place::with(&[]);
    let page = place.run("man inspect").out;
    assert!(page.contains("\\fBenvtool inspect\\fR [OPTIONS] [FILE]...\n"), "{page}");
    assert!(place.run("man login").out.contains("\\-\\-no\\-browser"));
    assert_eq!(place.run("man lint").out, place.run("man validate").out);
    let page = place.run("man status").out;
    for section in ["\"EXIT STATUS\"", "EXAMPLES"] {
        assert!(page.contains(&format!(".SH {section}\n.nf\n")), "{page}");
    }
    assert!(!page.contains("EXTRA"), "{page}");
    for command in envtool::commands::all().filter(|command| !command.hidden) {
        let page = place.run(&format!("man {}", command.name)).out;
        let section = |name: &str| page.find(&format!(".SH {name}\n"));
        let (arguments, options) = (section("ARGUMENTS"), section("OPTIONS"));
        let has_arguments = command.clap().get_positionals().next().is_some();
        assert_eq!((arguments.is_some(), options.is_some()), (has_arguments, true), "{page}");
        assert!(arguments < options, "{page}");
    }
}
