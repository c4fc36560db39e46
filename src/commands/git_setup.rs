mod hook;
mod integration;

pub(super) use hook::State as HookState;
pub(super) use integration::{Integration, Settings};

use std::path::{Path, PathBuf};

use hook::Hook;

use super::{Outcome, Session, command};
use crate::disk::{self, Readers};
use crate::error::{Error, ExitCode};
use crate::process;
use crate::term::{escape, escape_except, escape_path};

/// Which files of a repository are Postman's.
const PATTERNS: [&str; 15] = [
    "*.postman_environment.json",
    "*.postman_collection.json",
    "*.postman_globals.json",
    "*.environment.json",
    "*.environment.yaml",
    "*.environment.yml",
    "*.globals.json",
    "*.globals.yaml",
    "*.globals.yml",
    "*.request.yaml",
    "*.request.yml",
    "*.example.yaml",
    "*.example.yml",
    "**/.resources/definition.yaml",
    "**/.resources/definition.yml",
];

/// The commands that git calls. It runs them through its own `sh` on every system. If that does not find envtool, as
/// when a graphical program has started git, they do what git does by itself.
const SETTINGS: [(&str, &str); 4] = [
    ("merge.envtool.name", "merge Postman files by meaning"),
    (
        "merge.envtool.driver",
        "if command -v envtool >/dev/null; then envtool merge --driver -- %O %A %B %L %P %X %Y; \
         else git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; fi",
    ),
    (
        "diff.envtool.textconv",
        "show() { if command -v envtool >/dev/null; then envtool textconv \"$@\"; else cat \"$@\"; fi; }; show",
    ),
    ("diff.envtool.cachetextconv", "false"),
];

/// How each line that is added to `.gitattributes` ends.
const DRIVERS: &str = "merge=envtool diff=envtool";

#[derive(clap::Args)]
#[command(after_help = "\
Git reads the patterns from the file .gitattributes, which is committed, and what the drivers do from the configuration of \
each clone. So everybody who clones the repository runs this once.

A pre-commit hook of your own is left as it is: then the line is printed that does the same in it, and the exit code is 1.

Examples:
  envtool git-setup
  envtool git-setup --pre-commit
  envtool git-setup --remove")]
struct Args {
    /// Files that git should handle this way, instead of those with Postman's file names
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,

    /// Also refuse commits in which `validate --staged` finds an error
    #[arg(long)]
    pre_commit: bool,

    /// Remove what was set up
    #[arg(long, conflicts_with_all = ["patterns", "pre_commit"])]
    remove: bool,
}

pub(super) const COMMAND: super::Command = super::Command {
    tells_unfinished: false,
    ..command!("git-setup", "Make git compare and merge environments and collections by meaning", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    session.refuse_json()?;
    if args.remove {
        return remove(session);
    }
    let patterns: Vec<&str> = match &args.patterns[..] {
        [] => PATTERNS.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    let lines = patterns.iter().map(|pattern| line(pattern)).collect::<Result<Vec<_>, _>>()?;
    if session.options.dry_run {
        session.terminal.line("# .gitattributes");
        lines.iter().for_each(|line| session.terminal.line(line));
        session.terminal.line("\n# once in every clone");
        for (name, value) in SETTINGS {
            session.terminal.line(&format!("git config {name} '{value}'"));
        }
        if args.pre_commit {
            session.terminal.line("\n# $(git rev-parse --git-path hooks)/pre-commit, executable");
            session.terminal.text(hook::TEXT);
        }
        return Ok(ExitCode::Success);
    }
    let top = top()?;
    let hook = args.pre_commit.then(|| Hook::of(&top)).transpose()?;
    // The settings come first, since they may be refused: without the lines in `.gitattributes` they do no harm.
    for (name, value) in SETTINGS {
        git(&top, &["config", name, value])?;
    }
    let attributes = top.join(".gitattributes");
    session.rewrite(&attributes, Readers::AsUsual, |text| Ok(with_lines(text, &lines).into()))?;
    if !session.options.quiet {
        let files = if args.patterns.is_empty() { "Postman's files".to_owned() } else { patterns.join(", ") };
        let path = attributes.display();
        let text = format!(
            "git now merges and compares {files} by meaning ({path})\ncommit that file, and have everyone run `envtool git-setup` once in their clone"
        );
        session.terminal.line(&escape_except(&text, &['\n']));
    }
    let done = hook.map_or(Ok(ExitCode::Success), |hook| hook.set_up(session))?;
    if process::find("envtool").is_none() {
        session.note(
            "git will not find `envtool`: until it is on the PATH, git compares and merges these files as text",
        );
    }
    Ok(done)
}

/// Removes the lines from `.gitattributes`, the settings from this clone's configuration, and the hook.
fn remove(session: &mut Session) -> Outcome {
    if session.options.dry_run {
        session.terminal.line("envtool would be removed from .gitattributes and from git's configuration");
        return Ok(ExitCode::Success);
    }
    let top = top()?;
    let attributes = top.join(".gitattributes");
    let shown = escape_path(&attributes);
    for section in ["merge.envtool", "diff.envtool"] {
        // Fails if the setting does not exist.
        let _ = git(&top, &["config", "--remove-section", section]);
    }
    Hook::of(&top)?.remove(session)?;
    let text = if attributes.exists() { disk::read(&attributes)? } else { Vec::new() };
    let rest = without_lines(&text);
    if rest.is_empty() && rest != text && !attributes.is_symlink() {
        let journal = session.journal()?;
        session.save(journal.as_ref()).delete(&attributes, &text)?;
    } else if rest != text {
        session.rewrite(&attributes, Readers::AsUsual, |text| Ok(without_lines(text).into()))?;
    }
    if !session.options.quiet {
        session.terminal.line(&format!("envtool was removed from {shown} and from git's configuration"));
    }
    Ok(ExitCode::Success)
}

/// The line of `.gitattributes` for `pattern`, quoted as in C if it would otherwise end too early or look like a
/// comment.
fn line(pattern: &str) -> Result<String, Error> {
    if pattern.is_empty() || pattern.starts_with('!') {
        return Err(Error::Usage(format!(
            "git does not allow the pattern `{}` in .gitattributes: name the files that are meant",
            escape(pattern)
        )));
    }
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if !pattern.starts_with(['#', '"']) && !pattern.contains(odd) {
        return Ok(format!("{pattern} {DRIVERS}"));
    }
    let mut quoted = String::new();
    for c in pattern.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    Ok(format!("\"{quoted}\" {DRIVERS}"))
}

/// `text` with those of `lines` that it lacks appended, in its own line endings.
fn with_lines(text: &[u8], lines: &[String]) -> Vec<u8> {
    let has =
        |line: &&String| text.split(|&byte| byte == b'\n').any(|own| own.trim_ascii() == line.as_bytes());
    let end = if text.windows(2).any(|pair| pair == b"\r\n") { "\r\n" } else { "\n" };
    let missing: String =
        lines.iter().filter(|line| !has(line)).flat_map(|line| [line.as_str(), end]).collect();
    let before = if missing.is_empty() || text.is_empty() || text.ends_with(b"\n") { "" } else { end };
    [text, before.as_bytes(), missing.as_bytes()].concat()
}

/// `text` without the lines that this command added.
fn without_lines(text: &[u8]) -> Vec<u8> {
    let lines = text.split_inclusive(|&byte| byte == b'\n');
    lines.filter(|line| !is_ours(line)).flatten().copied().collect()
}

/// Whether `line` of a `.gitattributes` is one that this command adds.
fn is_ours(line: &[u8]) -> bool {
    line.trim_ascii().ends_with(DRIVERS.as_bytes())
}

/// The top folder of the work tree.
fn top() -> Result<PathBuf, Error> {
    git(Path::new("."), &["rev-parse", "--show-toplevel"]).map(PathBuf::from)
}

/// The output of git, called with `words` in `folder`, as one line.
fn git(folder: &Path, words: &[&str]) -> Result<String, Error> {
    let what = || format!("`git {}` failed (`--dry-run` shows what would be set up)", words.join(" "));
    let said = process::git(folder, words).map_err(|source| Error::Git { what: what(), source })?;
    Ok(String::from_utf8_lossy(&said).trim_end_matches(['\n', '\r']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_in_the_style_of_the_file_and_removed_again() {
        let lines = ["*.a", "*.b"].map(|pattern| format!("{pattern} {DRIVERS}"));
        for (text, end) in [("", "\n"), ("* text\n", "\n"), ("* text\r\n", "\r\n"), ("# x\r\n* text", "\r\n")]
        {
            let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
            let added = format!("{text}{gap}{}{end}{}{end}", lines[0], lines[1]);
            assert_eq!(String::from_utf8_lossy(&with_lines(text.as_bytes(), &lines)), added);
            assert_eq!(with_lines(added.as_bytes(), &lines), added.as_bytes());
            assert_eq!(String::from_utf8_lossy(&without_lines(added.as_bytes())), format!("{text}{gap}"));
        }
    }

    #[test]
    fn patterns_are_quoted_if_git_would_misread_them() {
        for (pattern, written) in [
            ("*.json", "*.json"),
            (r"a\[1].json", r"a\[1].json"),
            ("my envs/*.json", r#""my envs/*.json""#),
            ("#y", r##""#y""##),
            (r#""x" \y"#, r#""\"x\" \\y""#),
            ("a\tb", r#""a\011b""#),
        ] {
            let expected = format!("{written} {DRIVERS}");
            assert_eq!(line(pattern).expect(pattern), expected);
        }
        assert!(line("!x").is_err() && line("").is_err());
    }
}
