//! Finds the files that a command works on, and refuses those that it cannot.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::Session;
use crate::cli::File;
use crate::disk;
use crate::error::Error;
use crate::term::escape_path;

/// Each file once, under the first of its names.
pub(super) fn distinct(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        paths.retain(|path| seen.insert(disk::resolve_any(path).unwrap_or_else(|_| path.clone())));
    }
    paths
}

/// `path` as people would write it: relative to the current folder if it is below that.
pub(super) fn from_here(path: &Path) -> &Path {
    let here = disk::resolve_any(Path::new("."));
    here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}

/// The file that `ENVTOOL_FILE` names.
pub(super) fn file_of_environment() -> Option<PathBuf> {
    std::env::var_os("ENVTOOL_FILE").filter(|file| !file.is_empty()).map(PathBuf::from)
}

/// Refuses `-` for several of `files`: standard input can be read only once.
pub(super) fn refuse_several_standard_inputs<'p>(
    files: impl IntoIterator<Item = &'p PathBuf>,
) -> Result<(), Error> {
    if files.into_iter().filter(|path| path.as_os_str() == "-").count() < 2 {
        return Ok(());
    }
    Err(Error::Usage("`-`, standard input, can stand for one file only; name the others".to_owned()))
}

impl Session {
    /// The files to work on: the `named` ones, or else the default one.
    pub(super) fn locate(&self, named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        if named.is_empty() { Ok(vec![self.meant()?]) } else { Ok(distinct(named.to_vec())) }
    }

    /// The file to work on: the one that `file` names, or else the default one.
    pub(super) fn locate_one(&self, file: &File) -> Result<PathBuf, Error> {
        file.named().map_or_else(|| self.meant(), |path| Ok(path.to_owned()))
    }

    /// The default file: `ENVTOOL_FILE`, else the only environment in this folder, else the one that the user at the
    /// terminal chooses.
    fn meant(&self) -> Result<PathBuf, Error> {
        match file_of_environment() {
            Some(file) => Ok(file),
            None => self.choose(disk::environments_in(Path::new("."))?),
        }
    }

    /// The only one of `candidates`, or the one that the user at the terminal chooses.
    pub(super) fn choose(&self, mut candidates: Vec<PathBuf>) -> Result<PathBuf, Error> {
        match (candidates.len(), self.prompter()) {
            (0, _) => Err(Error::NoFile),
            (1, _) => Ok(candidates.remove(0)),
            (_, None) => Err(Error::SeveralFiles(candidates)),
            (_, Some(prompter)) => {
                let names: Vec<_> = candidates.iter().map(|path| escape_path(path)).collect();
                let chosen = prompter.select("Which environment", &names)?;
                let chosen = chosen.ok_or(Error::Declined)?;
                Ok(candidates.swap_remove(chosen))
            }
        }
    }

    /// Refuses standard input and pipes for commands that need a file.
    pub(super) fn refuse_standard_input(&self, path: &Path) -> Result<(), Error> {
        match path.as_os_str() == "-" {
            true => Err(Error::Usage(format!("`{}` needs a file, not standard input", self.command))),
            false => Ok(disk::refuse_pipe(path)?),
        }
    }

    /// Refuses standard input and `--output` for commands whose result must be in the file itself.
    pub(super) fn refuse_streams(&self, path: &Path) -> Result<(), Error> {
        let command = self.command;
        self.refuse_standard_input(path)?;
        if self.options.output.is_some() {
            return Err(Error::Usage(format!(
                "`{command}` writes to the file itself: `--output` would leave it with tokens that are spent"
            )));
        }
        Ok(())
    }

    /// The one file that the command works on.
    pub(super) fn one_file(&self, file: &File) -> Result<PathBuf, Error> {
        let path = self.locate_one(file)?;
        self.refuse_streams(&path)?;
        Ok(path)
    }
}
