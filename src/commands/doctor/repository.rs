//! How git treats Postman's files here.

use crate::commands::git_setup::{HookState, Integration, Settings};
use crate::disk::Base;
use crate::process;
use crate::report::{Check, shell_word};

/// How git compares and merges, and what it checks before commits; empty outside a work tree.
pub(super) fn checks() -> Vec<Check> {
    if process::find("git").is_none() {
        return vec![Check::ok("git", "there is no git")];
    }
    let found = match Integration::here() {
        Ok(found) => found,
        Err(error) if Base::repository().is_some() => {
            return vec![Check::warning("git", error.to_string(), "see what `git status` says")];
        }
        Err(_) => return vec![Check::ok("git", "this folder is not in a git work tree")],
    };
    let finds_envtool = process::find("envtool").is_some();
    let mut checks = vec![judge(found.attributes, found.settings, finds_envtool)];
    if let Some(hook) = found.hook {
        checks.push(judge_hook(
            &hook.path.display().to_string(),
            hook.state,
            hook.is_ignored(),
            finds_envtool,
        ));
    }
    checks
}

const SETUP: &str = "envtool git-setup";

fn judge(attributes: bool, settings: Settings, finds_envtool: bool) -> Check {
    let warning = |message: &str, next: &str| Check::warning("git", message, next);
    match (attributes, settings) {
        (false, Settings::Absent) => Check::ok(
            "git",
            format!("it compares and merges these files as text; `{SETUP}` makes it do so by meaning"),
        ),
        (true, Settings::Absent) => {
            warning(".gitattributes leaves these files to envtool, which this clone does not know yet", SETUP)
        }
        (false, _) => warning("this clone knows envtool, but .gitattributes leaves no file to it", SETUP),
        (true, Settings::Other) => warning("its settings for envtool are not those of this version", SETUP),
        (true, Settings::Current) if !finds_envtool => {
            warning("it does not find envtool, so it compares and merges as text", "put envtool on the PATH")
        }
        (true, Settings::Current) => Check::ok("git", "it compares and merges these files by meaning"),
    }
}

fn judge_hook(path: &str, state: HookState, is_ignored: bool, finds_envtool: bool) -> Check {
    match state {
        HookState::Absent | HookState::Other => {
            let message = format!("commits are not checked; `{SETUP} --pre-commit` makes git check them");
            Check::ok("hook", message)
        }
        HookState::Own | HookState::Calling if is_ignored => {
            let message = format!("{path} is not executable, so git ignores it");
            Check::warning("hook", message, format!("chmod +x {}", shell_word(path)))
        }
        HookState::Own | HookState::Calling if !finds_envtool => Check::warning(
            "hook",
            format!("{path} does not find envtool, so it checks nothing"),
            "put envtool on the PATH",
        ),
        HookState::Own | HookState::Calling => Check::ok("hook", format!("{path} checks what is staged")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incomplete_setup_is_reported() {
        for (attributes, settings, finds_envtool, is_wrong) in [
            (false, Settings::Absent, false, false),
            (true, Settings::Absent, true, true),
            (false, Settings::Current, true, true),
            (true, Settings::Other, true, true),
            (true, Settings::Current, false, true),
            (true, Settings::Current, true, false),
        ] {
            let check = judge(attributes, settings, finds_envtool);
            assert_eq!(check.is_wrong(), is_wrong, "{check:?}");
        }
        for (state, is_ignored, finds_envtool, is_wrong) in [
            (HookState::Absent, false, false, false),
            (HookState::Other, true, false, false),
            (HookState::Own, true, true, true),
            (HookState::Calling, false, false, true),
            (HookState::Own, false, true, false),
        ] {
            let check = judge_hook("hooks/pre-commit", state, is_ignored, finds_envtool);
            assert_eq!(check.is_wrong(), is_wrong, "{check:?}");
        }
    }
}
