//! The current folder: which file would be used, and how files are checked.

use std::path::Path;

use crate::commands::input::Input;
use crate::commands::locate;
use crate::config::{self, Config, ConfigError};
use crate::disk::{self, Exclude, Lock, Tree};
use crate::report::{Check, listed, shell_word};

/// Which file is used, `named` or not, and whether it can be read and written.
pub(super) fn files(named: Option<&Path>) -> Vec<Check> {
    if let Some(file) = named {
        return file_checks(file, "the file that was named");
    }
    if let Some(file) = locate::file_of_environment() {
        return file_checks(&file, "the file that ENVTOOL_FILE names");
    }
    match disk::environments_in(Path::new(".")) {
        Err(error) => vec![Check::problem("file", error.to_string(), "go to another folder")],
        Ok(found) => match &found[..] {
            [] => vec![Check::ok(
                "file",
                "no environment in this folder: a file has to be named, or ENVTOOL_FILE set",
            )],
            [file] => file_checks(file, "the only environment in this folder"),
            several => {
                let names: Vec<_> = several.iter().map(|path| path.display().to_string()).collect();
                let names = listed(&names);
                let message = format!("several environments in this folder, one has to be named: {names}");
                std::iter::once(Check::ok("file", message))
                    .chain(several.iter().filter_map(|file| lock(file)))
                    .collect()
            }
        },
    }
}

/// Whether `file`, described by `what`, can be used and changed.
fn file_checks(file: &Path, what: &str) -> Vec<Check> {
    let name = file.display();
    let readable = Input::read(file).and_then(|input| input.scope().map(|_| ()));
    let writable = disk::expect_replaceable(file).and_then(|()| disk::expect_room(file));
    let check = match (readable, writable) {
        (Err(error), _) if file.is_file() => {
            let next = format!("envtool validate {}", shell_word(&name.to_string()));
            Check::problem("file", format!("{what} cannot be used: {error}"), next)
        }
        (Err(error), _) => Check::problem("file", format!("{what} cannot be used: {error}"), "name another"),
        (_, Err(error)) => {
            Check::warning("file", format!("{what} cannot be changed: {error}"), "`-o` writes elsewhere")
        }
        _ => Check::ok("file", format!("{name}, {what}")),
    };
    if check.is_wrong() { vec![check] } else { std::iter::once(check).chain(lock(file)).collect() }
}

/// Whether another envtool is changing `file`.
fn lock(file: &Path) -> Option<Check> {
    let target = disk::resolve_any(file).ok()?;
    let message = format!("another envtool is changing {}", file.display());
    Lock::is_taken(&target)
        .then(|| Check::warning("lock", message, "wait until it is done, or end it; the lock goes with it"))
}

/// Whether envtool understands `.envtool.toml`.
pub(super) fn config() -> Vec<Check> {
    let config =
        match Config::find(Path::new("."), &Tree::Work).and_then(|config| usable(&config).map(|()| config)) {
            Ok(config) => config,
            Err(error) => {
                let next = format!("correct {}", config::NAME);
                return vec![Check::problem("config", error.to_string(), next)];
            }
        };
    let Some(path) = config.path() else {
        return vec![Check::ok("config", format!("no {} at or above this folder", config::NAME))];
    };
    let name = path.display();
    let missing = config.paths.iter().filter(|path| !path.exists() && !disk::is_pattern(path));
    let missing: Vec<_> = missing.map(|path| path.display().to_string()).collect();
    if missing.is_empty() {
        return vec![Check::ok("config", format!("`validate` uses {name}"))];
    }
    let message = format!("`paths` in {name} names what does not exist: {}", listed(&missing));
    vec![Check::warning("config", message, format!("correct {name}"))]
}

fn usable(config: &Config) -> Result<(), ConfigError> {
    config.selection()?;
    config.files().try_for_each(|(key, path)| config.check_file(key, path, &Tree::Work))?;
    Exclude::new(&config.exclude).map(|_| ()).map_err(|error| config.invalid(error.to_string()))
}
