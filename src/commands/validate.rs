mod check;
mod fix;
mod known;
mod locations;
mod rule_name;
mod settings;

use std::path::{Path, PathBuf};

use check::{Checking, is_stdin};
use known::Known;
use locations::Locations;
use rule_name::RuleName;

use super::{Outcome, Session, command};
use crate::config::Config;
use crate::disk::{Base, Found, Staged, Tracked, Tree};
use crate::error::{Error, ExitCode};
use crate::lint::{Checker, Fixes, Profile, Rule, Severity};
use crate::report::counted;
use crate::report::findings::{self, CheckedFile};
use crate::term::{escape, escape_path};

#[derive(Clone, clap::Args)]
struct Args {
    /// Files, folders and patterns; `-` is standard input. Default: `paths` in .envtool.toml, else this folder
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human", conflicts_with = "json")]
    format: Format,

    /// Use only these rules or groups of rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleName, hide_possible_values = true)]
    select: Vec<String>,

    /// Leave out these rules or groups of rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleName, hide_possible_values = true)]
    ignore: Vec<String>,

    /// Exit with 1 for findings of this severity or above (default: error); `--quiet` shows only those
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<Severity>,

    /// Apply safe fixes; `--fix=all` applies all of them
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    fix: Option<Fixes>,

    /// Check what git has staged, as the next commit will contain it; PATHs limit it to some files
    #[arg(long, conflicts_with_all = ["fix", "update_baseline", "stdin_name"])]
    staged: bool,

    /// Every environment must have the keys of this one
    #[arg(long, value_name = "TEMPLATE")]
    against: Option<PathBuf>,

    /// An environment that collections run with: references to its variables are defined
    #[arg(short, long, value_name = "FILE")]
    environment: Vec<PathBuf>,

    /// Globals that collections run with
    #[arg(short, long, value_name = "FILE")]
    globals: Vec<PathBuf>,

    /// Data that collections run with, CSV or JSON, as for newman's `-d`: references to its names are defined
    #[arg(short, long, value_name = "FILE")]
    data: Vec<PathBuf>,

    /// Which environments to check by the rules about Box (default: auto)
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Profile>,

    /// Do not report the findings listed in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all findings to the baseline file
    #[arg(long)]
    update_baseline: bool,

    /// What to call standard input in findings
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<String>,

    /// Explain a rule, or list those of a group, and do nothing else
    #[arg(long, value_name = "RULE", value_parser = RuleName, hide_possible_values = true)]
    explain: Option<String>,

    /// List the rules that are used, and do nothing else
    #[arg(long)]
    list_rules: bool,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Excerpts of the files.
    Human,
    /// JSON, described in docs/json.md.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// GitHub's workflow commands.
    Github,
    /// GitLab's report of code quality.
    Gitlab,
    /// JUnit XML.
    Junit,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool validate .
  envtool validate --fix Box.postman_environment.json
  envtool validate --staged --quiet
  envtool validate --format sarif . > report.sarif",
    ..command!(
        "validate",
        ["lint"],
        "Check files against rules and repair them, for people and for CI",
        Args,
        run
    )
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let format = if session.options.json { Format::Json } else { args.format };
    if let Some(pattern) = &args.explain {
        return explain(&Rule::named(pattern)?, format, session);
    }
    let tree = if args.staged { Tree::Index(Staged::open()?) } else { Tree::Work };
    let config = Config::find(Path::new("."), &tree)?;
    if args.list_rules {
        let rules: Vec<_> = settings::selection(args, &config)?.rules().collect();
        return list(&rules, format, session);
    }
    let args = &args.clone().or(&config, &tree)?;
    let (mut checking, files) = prepare(args, &config, tree, session)?;
    let (mut notes, mut unwritten) = (Vec::new(), None);
    if let Some(wanted) = args.fix {
        (notes, unwritten) = fix::fix_all(session, &checking, &files, wanted, format == Format::Human)?;
    }
    if format == Format::Human {
        checking.excerpts = Some(check::Look::of(session));
    }
    if let Some(path) = args.baseline.as_ref().filter(|_| args.update_baseline) {
        notes.iter().for_each(|note| session.inform(note));
        let outcome = known::update(path, session, &checking, &files)?;
        return Ok(unwritten.unwrap_or(outcome));
    }
    let mut checked = checking.all(&files, session.options.quiet);
    // In a folder, a file that is not an export is reported only if it is named like one.
    checked.retain(|file| !file.findings.is_empty() || file.kind.is_some());
    if checked.is_empty() && args.staged {
        // Most commits have nothing to do with Postman.
        session.inform("no Postman file is staged");
    } else if checked.is_empty() {
        return Err(Error::NothingToCheck("none of the files is an export of Postman's".to_owned()));
    }
    if matches!(format, Format::Sarif | Format::Github | Format::Gitlab) {
        name_from_repository(&mut checked);
    }
    tell_unanswered(session, &checking.git);
    let fail_on = args.fail_on.unwrap_or(Severity::Error);
    if format == Format::Human && session.options.quiet {
        checked.iter_mut().for_each(|file| file.findings.retain(|finding| finding.severity >= fail_on));
    }
    show(session, format, &checked, fail_on, &notes);
    tell_gone(session, &checking);
    let fails = checked.iter().flat_map(|file| &file.findings).any(|finding| finding.severity >= fail_on);
    Ok(unwritten.unwrap_or(if fails { ExitCode::Negative } else { ExitCode::Success }))
}

/// The checking, and the files in `tree` to check.
fn prepare(
    args: &Args,
    config: &Config,
    tree: Tree,
    session: &Session,
) -> Result<(Checking, Vec<Found>), Error> {
    let selection = settings::selection(args, config)?;
    let surroundings = settings::surroundings(args, &tree, session)?;
    let locations = Locations::new(surroundings.defined.is_some());
    let files = settings::files(args, config, tree.staged())?;
    let recorded = args.baseline.as_ref().filter(|_| !args.update_baseline);
    let known = recorded.map(|path| Known::read(path, &tree)).transpose()?;
    let checking = Checking {
        checker: Checker::new(&selection, surroundings),
        selection,
        known,
        stdin_name: args.stdin_name.clone(),
        excerpts: None,
        tree,
        git: Tracked::default(),
        locations,
        count: files.len(),
    };
    Ok((checking, files))
}

/// Reports how many of the known findings are gone.
fn tell_gone(session: &mut Session, checking: &Checking) {
    let gone = checking.known.as_ref().map_or(0, |known| known.gone(&checking.selection));
    if gone > 0 {
        let found = counted(gone, "known finding");
        let verb = if gone == 1 { "is" } else { "are" };
        session.note(&format!("{found} {verb} gone; `--update-baseline` forgets what is gone"));
    }
}

/// Notes the repositories whose tracked files are unknown: findings in them may matter less than they seem to.
fn tell_unanswered(session: &mut Session, git: &Tracked) {
    for (top, reason) in git.unanswered() {
        session.note(&format!(
            "git does not say which files of {} it tracks ({}), so all of them count as tracked",
            escape_path(&top),
            escape(&reason)
        ));
    }
}

/// Code scanning and annotations expect paths from the top of the repository, whatever the current folder is.
fn name_from_repository(checked: &mut [CheckedFile]) {
    let Some(top) = Base::repository() else { return };
    for file in checked.iter_mut().filter(|file| !is_stdin(Path::new(&file.path))) {
        let name = top.name(Path::new(&file.path));
        if !name.starts_with("../") {
            file.path = name;
        }
    }
}

fn show(session: &mut Session, format: Format, checked: &[CheckedFile], fail_on: Severity, notes: &[String]) {
    notes.iter().for_each(|note| session.inform(note));
    let text = match format {
        Format::Human if checked.is_empty() => return,
        Format::Human if session.options.quiet && checked.iter().all(|file| file.findings.is_empty()) => {
            return;
        }
        Format::Human => findings::human(checked),
        Format::Json => findings::json(checked),
        Format::Sarif => findings::sarif(checked),
        Format::Github => findings::github(checked),
        Format::Gitlab => findings::gitlab(checked),
        Format::Junit => findings::junit(checked, fail_on),
    };
    if !text.is_empty() {
        session.terminal.line(&text);
    }
}

fn explain(rules: &[&'static Rule], format: Format, session: &mut Session) -> Outcome {
    if let [rule] = rules
        && format != Format::Json
    {
        session.terminal.line(&findings::explain(rule, session.terminal.painter()));
        return Ok(ExitCode::Success);
    }
    list(&rules.iter().map(|rule| (*rule, rule.severity)).collect::<Vec<_>>(), format, session)
}

fn list(rules: &[(&'static Rule, Severity)], format: Format, session: &mut Session) -> Outcome {
    let text = if format == Format::Json {
        findings::rules_json(rules)
    } else {
        findings::rules_table(rules, session.terminal.painter(), session.terminal.width())
    };
    session.terminal.line(&text);
    Ok(ExitCode::Success)
}
