//! `.envtool.toml`: how a project wants `validate` to check it. Looked for in the current folder and those above it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::disk::{DiskError, Tree};
use crate::lint::{Profile, Selection, Severity, UnknownRule};

/// The name of the file.
pub const NAME: &str = ".envtool.toml";

/// The content of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Rules or groups to use; all without any.
    #[serde(default)]
    pub select: Vec<String>,
    /// Rules or groups to leave out.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The severities of rules or groups.
    #[serde(default)]
    pub severity: BTreeMap<String, Severity>,
    /// The lowest severity that makes a run fail.
    pub fail_on: Option<Severity>,
    /// What to check if nothing is named, relative to the file's folder.
    #[serde(default)]
    pub paths: Vec<PathBuf>,
    /// Patterns of files and folders to leave out: names, or paths relative to the file's folder.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// The baseline of known findings, relative to the file's folder.
    pub baseline: Option<PathBuf>,
    /// The environment whose keys all others must have, relative to the file's folder.
    pub against: Option<PathBuf>,
    /// Environments that collections run with, relative to the file's folder.
    #[serde(default)]
    pub environment: Vec<PathBuf>,
    /// Globals that collections run with, relative to the file's folder.
    #[serde(default)]
    pub globals: Vec<PathBuf>,
    /// Data files that collections run with, relative to the file's folder.
    #[serde(default)]
    pub data: Vec<PathBuf>,
    /// Which environments are judged by Box's rules.
    pub profile: Option<Profile>,
    /// Where it is.
    #[serde(skip)]
    path: PathBuf,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// It says something that envtool does not understand.
    #[error("{path}: {problem}")]
    Invalid {
        /// Where it is.
        path: String,
        /// What is wrong, with the place.
        problem: String,
    },
}

impl Config {
    /// The nearest `.envtool.toml` in `tree` at or above `folder`; the defaults if there is none.
    ///
    /// # Errors
    /// It cannot be read, or says something unknown.
    pub fn find(folder: &Path, tree: &Tree) -> Result<Self, ConfigError> {
        let start = std::path::absolute(folder).map_err(DiskError::io("find", folder))?;
        let Some((depth, home)) =
            start.ancestors().enumerate().find(|(_, folder)| tree.has_beside(&folder.join(NAME)))
        else {
            return Ok(Self::default());
        };
        // Relative to the current folder, so that paths in findings are short.
        let up: PathBuf = std::iter::repeat_n("..", depth).collect();
        let path = up.join(NAME);
        let text = tree.read_text_beside(&home.join(NAME))?;
        Self::parse(text.text(), &path, &up)
    }

    /// Where it is; none if there is no such file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        Some(&*self.path).filter(|path| !path.as_os_str().is_empty())
    }

    /// The rules that it selects.
    ///
    /// # Errors
    /// It names a rule that does not exist.
    pub fn selection(&self) -> Result<Selection, ConfigError> {
        let invalid = |error: UnknownRule| self.invalid(error.to_string());
        let mut selection = Selection::default();
        selection.select(&self.select).map_err(invalid)?;
        selection.ignore(&self.ignore).map_err(invalid)?;
        self.weigh(&mut selection)?;
        Ok(selection)
    }

    /// Gives the rules of `selection` the severities that it sets.
    ///
    /// # Errors
    /// It names a rule that does not exist.
    pub fn weigh(&self, selection: &mut Selection) -> Result<(), ConfigError> {
        let mut severities = self.severity.iter();
        let weighed =
            severities.try_for_each(|(pattern, severity)| selection.set_severity(pattern, *severity));
        weighed.map_err(|error| self.invalid(error.to_string()))
    }

    /// The files that it has `validate` read, with the keys that name them.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let named = |key| move |path| (key, PathBuf::as_path(path));
        let single =
            self.baseline.iter().map(named("baseline")).chain(self.against.iter().map(named("against")));
        let lists = self.environment.iter().map(named("environment"));
        let lists = lists.chain(self.globals.iter().map(named("globals")));
        single.chain(lists).chain(self.data.iter().map(named("data")))
    }

    /// Refuses when the file at `path`, which its `key` names, is not in `tree`.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn check_file(&self, key: &str, path: &Path, tree: &Tree) -> Result<(), ConfigError> {
        let problem = || format!("`{key}` names {}, and there is no such file", path.display());
        if tree.has_beside(path) { Ok(()) } else { Err(self.invalid(problem())) }
    }

    /// The error for something in it that cannot be used.
    #[must_use]
    pub fn invalid(&self, problem: String) -> ConfigError {
        ConfigError::Invalid { path: self.path.display().to_string(), problem }
    }

    fn parse(text: &str, path: &Path, folder: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| ConfigError::Invalid {
            path: path.display().to_string(),
            problem: error.to_string().trim_end().to_owned(),
        })?;
        path.clone_into(&mut config.path);
        let lists = [&mut config.paths, &mut config.environment, &mut config.globals, &mut config.data];
        let single = [&mut config.baseline, &mut config.against];
        for path in lists.into_iter().flatten().chain(single.into_iter().flatten()) {
            *path = folder.join(&*path);
        }
        let inside = |pattern: &String| {
            // As in a .gitignore.
            let is_name = !pattern.trim_end_matches('/').contains('/');
            let below = if is_name { folder.join("**") } else { folder.to_owned() };
            below.join(pattern.trim_start_matches('/')).display().to_string().replace('\\', "/")
        };
        config.exclude = config.exclude.iter().map(inside).collect();
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, Path::new("../.envtool.toml"), Path::new(".."))
    }

    #[test]
    fn paths_are_relative_to_the_folder_of_the_file() {
        let config = parse(
            "ignore = [\"ENV014\"]\nfail-on = \"warning\"\npaths = [\"fixtures\"]\nexclude = [\"fixtures/bad/**\"]\n\
             baseline = \"known.json\"\nagainst = \"a.json\"\nenvironment = [\"e.json\"]\nglobals = [\"g.json\"]\n\
             data = [\"d.csv\"]\nprofile = \"none\"\n[severity]\nSEC002 = \"error\"\n",
        )
        .expect("valid");
        assert_eq!(config.paths, [Path::new("../fixtures")]);
        assert_eq!(config.exclude, ["../fixtures/bad/**"]);
        let known = [config.baseline, config.against].map(Option::unwrap_or_default);
        assert_eq!(known, ["../known.json", "../a.json"].map(PathBuf::from));
        assert_eq!(config.environment, [Path::new("../e.json")]);
        assert_eq!(config.globals, [Path::new("../g.json")]);
        assert_eq!(config.data, [Path::new("../d.csv")]);
        assert_eq!(config.profile, Some(Profile::None));
        assert_eq!(config.severity["SEC002"], Severity::Error);
        assert_eq!(config.fail_on, Some(Severity::Warning));
    }

    #[test]
    fn an_unknown_setting_is_an_error_with_its_position() {
        let error = parse("ignored = []\n").expect_err("unknown").to_string();
        assert!(error.starts_with("../.envtool.toml: ") && error.contains("ignored"), "{error}");
    }
}
