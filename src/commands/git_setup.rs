use std::path::{Path, PathBuf};

use super::{Outcome, Session, command};
use crate::disk::Readers;
use crate::error::{Error, ExitCode};
use crate::process;
use crate::term::escape;

/// Which files of a repository are Postman's.
const PATTERNS: [&str; 7] = [
    "*.postman_environment.json",
    "*.postman_collection.json",
    "*.postman_globals.json",
    "*.environment.json",
    "*.environment.yaml",
    "*.environment.yml",
    "*.globals.yaml",
];

#[derive(clap::Args)]
#[command(after_help = "\
Git reads the patterns from the file .gitattributes, which is committed, and what the drivers do from the configuration of \
each clone. So everybody who clones the repository runs this once.")]
struct Args {
    /// Files that git shall treat so, instead of those named as Postman names them
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,

    /// Print what would be set up, and change nothing
    #[arg(long)]
    print: bool,
}

pub(super) const COMMAND: super::Command =
    command!("git-setup", "Make git compare and merge environments and collections by meaning", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    session.refuse_json()?;
    let settings = [
        ("merge.envtool.name", "merge Postman files by meaning"),
        ("merge.envtool.driver", "envtool merge --driver %O %A %B %L %P"),
        ("diff.envtool.textconv", "envtool textconv"),
        ("diff.envtool.cachetextconv", "false"),
    ];
    let patterns: Vec<&str> = match &args.patterns[..] {
        [] => PATTERNS.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    let lines = patterns.iter().map(|pattern| line(pattern)).collect::<Result<Vec<_>, _>>()?;
    if args.print || session.options.dry_run {
        session.terminal.line("# .gitattributes");
        lines.iter().for_each(|line| session.terminal.line(line));
        session.terminal.line("\n# once in every clone");
        for (name, value) in settings {
            session.terminal.line(&format!("git config {name} '{value}'"));
        }
        return Ok(ExitCode::Success);
    }
    let attributes = top()?.join(".gitattributes");
    session.rewrite(&attributes, Readers::AsUsual, |text| Ok(with_lines(text, &lines).into()))?;
    for (name, value) in settings {
        git(&["config", name, value])?;
    }
    if !session.options.quiet {
        let path = attributes.display().to_string();
        let text = format!("git merges and compares {} by meaning now ({})", patterns.join(", "), path);
        session.terminal.line(&escape(&text));
    }
    if !process::is_on_path("envtool") {
        session.note(
            "note: git will not find `envtool`: put it on the PATH, or `git diff` and `git merge` fail",
        );
    }
    Ok(ExitCode::Success)
}

/// The line of `.gitattributes` for `pattern`, which git wants in quotes, as in C, where it would end too early or be taken
/// for a comment.
fn line(pattern: &str) -> Result<String, Error> {
    if pattern.is_empty() || pattern.starts_with('!') {
        return Err(Error::Usage(format!(
            "git takes no pattern `{}` in .gitattributes: name the files that are meant",
            escape(pattern)
        )));
    }
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if !pattern.starts_with(['#', '"']) && !pattern.contains(odd) {
        return Ok(format!("{pattern} merge=envtool diff=envtool"));
    }
    let mut quoted = String::new();
    for c in pattern.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    Ok(format!("\"{quoted}\" merge=envtool diff=envtool"))
}

/// `text` with those of `lines` that it lacks at its end.
fn with_lines(text: &[u8], lines: &[String]) -> Vec<u8> {
    let has =
        |line: &&String| text.split(|&byte| byte == b'\n').any(|own| own.trim_ascii() == line.as_bytes());
    let missing: Vec<_> = lines.iter().filter(|line| !has(line)).map(|line| format!("{line}\n")).collect();
    let end = if missing.is_empty() || text.is_empty() || text.ends_with(b"\n") { "" } else { "\n" };
    [text, end.as_bytes(), missing.concat().as_bytes()].concat()
}

/// The top folder of the repository.
fn top() -> Result<PathBuf, Error> {
    Ok(Path::new(git(&["rev-parse", "--show-toplevel"])?.trim()).to_owned())
}

fn git(words: &[&str]) -> Result<String, Error> {
    process::capture("git", words)
        .map_err(|error| Error::Usage(format!("`git {}` failed: {error}; or use `--print`", words.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_quoted_where_git_would_misread_them() {
        for (pattern, written) in [
            ("*.json", "*.json"),
            (r"a\[1].json", r"a\[1].json"),
            ("my envs/*.json", r#""my envs/*.json""#),
            ("#y", r##""#y""##),
            (r#""x" \y"#, r#""\"x\" \\y""#),
            ("a\tb", r#""a\011b""#),
        ] {
            let expected = format!("{written} merge=envtool diff=envtool");
            assert_eq!(line(pattern).expect(pattern), expected);
        }
        assert!(line("!x").is_err() && line("").is_err());
    }
}
