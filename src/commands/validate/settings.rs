//! Combines the command line with `.envtool.toml`.

use std::path::PathBuf;

use super::Args;
use crate::commands::Session;
use crate::commands::input::{self, Input};
use crate::commands::locate;
use crate::config::Config;
use crate::disk::{self, Exclude, Found, Staged, Tree};
use crate::error::Error;
use crate::lint::{Selection, Surroundings, Template};
use crate::model::Variable;

impl Args {
    /// The options of the command line, completed by `config`, whose files are in `tree`. Those that select rules and
    /// files are combined elsewhere.
    pub(super) fn or(self, config: &Config, tree: &Tree) -> Result<Self, Error> {
        let is_said = |key: &str| match key {
            "baseline" => self.baseline.is_some() || self.update_baseline,
            "against" => self.against.is_some(),
            "environment" => !self.environment.is_empty(),
            "globals" => !self.globals.is_empty(),
            _ => !self.data.is_empty(),
        };
        config
            .files()
            .filter(|(key, _)| !is_said(key))
            .try_for_each(|(key, path)| config.check_file(key, path, tree))?;
        let list = |own: Vec<PathBuf>, other: &[PathBuf]| if own.is_empty() { other.to_vec() } else { own };
        let args = Self {
            fail_on: self.fail_on.or(config.fail_on),
            against: self.against.or_else(|| config.against.clone()),
            environment: list(self.environment, &config.environment),
            globals: list(self.globals, &config.globals),
            data: list(self.data, &config.data),
            profile: self.profile.or(config.profile),
            baseline: self.baseline.or_else(|| config.baseline.clone()),
            ..self
        };
        if args.update_baseline && args.baseline.is_none() {
            let needed = "`--update-baseline` needs `--baseline FILE`, or `baseline` in .envtool.toml";
            return Err(Error::Usage(needed.to_owned()));
        }
        Ok(args)
    }
}

/// The rules to use, with their severities.
pub(super) fn selection(args: &Args, config: &Config) -> Result<Selection, Error> {
    let mut selection = if args.select.is_empty() {
        config.selection()?
    } else {
        // The command line wins over `ignore` in the file.
        let mut selection = Selection::default();
        selection.select(&args.select)?;
        config.weigh(&mut selection)?;
        selection
    };
    selection.ignore(&args.ignore)?;
    Ok(selection)
}

/// What surrounds the files in `tree`: the template, the scopes and the data that they are checked with.
pub(super) fn surroundings(args: &Args, tree: &Tree, session: &Session) -> Result<Surroundings, Error> {
    let keys = |path: &PathBuf| -> Result<Vec<String>, Error> {
        let input = Input::read_beside(tree, path)?;
        input.expect_collection(false)?;
        Ok(input.scope()?.variables().iter().map(Variable::key).map(str::to_owned).collect())
    };
    let others: Vec<_> = args.environment.iter().chain(&args.globals).collect();
    let all = others.iter().copied().chain(&args.data).chain(&args.against).chain(&args.paths);
    locate::refuse_several_standard_inputs(all)?;
    let mut defined = input::data_names(tree, &args.data)?;
    for path in &others {
        defined.extend(keys(path)?);
    }
    let template = match &args.against {
        Some(path) => Some(Template { name: path.display().to_string(), keys: keys(path)? }),
        None => None,
    };
    let defined = (!others.is_empty() || !args.data.is_empty()).then_some(defined);
    Ok(Surroundings { now: session.now, defined, template, profile: args.profile.unwrap_or_default() })
}

/// The files to check, in the work tree or as git has `staged` them.
pub(super) fn files(args: &Args, config: &Config, staged: Option<&Staged>) -> Result<Vec<Found>, Error> {
    let here = [PathBuf::from(".")];
    let words = match (args.paths.is_empty(), config.paths.is_empty()) {
        (false, _) => &args.paths[..],
        (true, false) => &config.paths,
        (true, true) => &here,
    };
    let is_value = |word: &&PathBuf| ["safe", "all"].iter().any(|value| word.as_os_str() == *value);
    if let Some(word) = words.iter().find(|word| args.fix.is_some() && is_value(word) && !word.exists()) {
        let word = word.display();
        return Err(Error::Usage(format!(
            "there is no file `{word}`; to choose the fixes, write `--fix={word}`"
        )));
    }
    let exclude = Exclude::new(&config.exclude).map_err(|error| config.invalid(error.to_string()))?;
    let nothing = |word: &PathBuf| match word.is_dir() {
        true => format!("no JSON file and no git-native one in {}", word.display()),
        false => format!("no file matches {}", word.display()),
    };
    if let Some(staged) = staged {
        let is_unknown = |word: &&PathBuf| !disk::is_pattern(word) && !word.exists() && !staged.has(word);
        if let Some(word) = args.paths.iter().find(is_unknown) {
            return Err(Error::NothingToCheck(nothing(word)));
        }
        return Ok(staged.files(words, &exclude)?);
    }
    let files = disk::walk(words, &exclude)?;
    if files.is_empty() {
        let mut nothing = words.iter().map(nothing).collect::<Vec<_>>().join("; ");
        if !exclude.is_empty() {
            nothing.push_str(", but for what `exclude` in .envtool.toml leaves out");
        }
        return Err(Error::NothingToCheck(nothing));
    }
    Ok(files)
}
