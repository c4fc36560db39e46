//! Helpers that tests share: fixtures, documents, and disks that misbehave.

pub(crate) mod box_server;
pub(crate) mod patch;
pub(crate) mod program;
pub(crate) mod repository;
pub(crate) mod schema;

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use envtool::disk::{Changed, DiskError, Entry, Journal, Operations, Save, Undo};
use envtool::model::{Scope, Variable};
use envtool::syntax::{Document, Syntax};
use envtool::text::Source;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};

/// Settings that generate the same documents in each run, unless `PROPTEST_RNG_SEED` asks for others.
pub(crate) fn reproducible() -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match config.rng_seed {
        RngSeed::Random => ProptestConfig { rng_seed: RngSeed::Fixed(1), ..config },
        RngSeed::Fixed(_) => config,
    }
}

/// How long to wait for something that is certain to happen, however busy the machine is, before the test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(600);

/// Waits until `look` finds something, and fails if it never does.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Reports that the current test is skipped because it needs `what`, which is missing. Fails instead if
/// `ENVTOOL_TEST_REQUIRES`, a list separated by blanks, names it.
pub(crate) fn skipped(what: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let required = std::env::var("ENVTOOL_TEST_REQUIRES").unwrap_or_default();
    assert!(!required.split_whitespace().any(|name| name == what), "{test} needs {what}");
    // `eprintln!` would be captured, and not shown for a test that passes.
    let _ = writeln!(io::stderr(), "skipped {test}: it needs {what}");
}

/// The folders of fixtures that contain environments and globals.
pub(crate) const SCOPES: [&str; 4] = ["box", "postman", "odd", "v3"];

/// Finds the newest change of a file and undoes it.
pub(crate) trait TakeBack {
    /// In this file only.
    fn undo(&self, path: &Path, journal: &Journal) -> Result<Entry, DiskError>;

    /// In every file that it changed.
    fn undo_together(&self, path: &Path, journal: &Journal) -> Result<Vec<Entry>, DiskError>;
}

impl TakeBack for Save<'_> {
    fn undo(&self, path: &Path, journal: &Journal) -> Result<Entry, DiskError> {
        let undo = Undo::of(path, journal)?;
        self.take_back(std::slice::from_ref(&undo), journal)?;
        Ok(undo.entry)
    }

    fn undo_together(&self, path: &Path, journal: &Journal) -> Result<Vec<Entry>, DiskError> {
        let undos = Undo::together(path, journal)?;
        self.take_back(&undos, journal)?;
        Ok(undos.into_iter().map(|undo| undo.entry).collect())
    }
}

/// Every file below `folder`, sorted.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Copies a file, or a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    for entry in fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        copy(&from.join(&name), &to.join(&name));
    }
}

/// The folder of this package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The paths and contents of the files in these folders of fixtures.
pub(crate) fn fixtures(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    let root = root().join("fixtures");
    let files = names.iter().flat_map(|name| files_in(&root.join(name)));
    files.map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect()
}

/// Parses the content of a file called `name`.
pub(crate) fn document(name: &str, bytes: &[u8]) -> Document {
    let source = Source::decode(bytes.to_vec()).unwrap();
    let syntax = Syntax::of(name, source.text());
    Document::parse(source, syntax).map_err(|(error, _)| error).unwrap()
}

/// The path of `name` among the files shared outside the repository. Reports the test as skipped if it is missing.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(name);
    if !path.exists() {
        skipped(&format!("../shared/{name}"));
    }
    path.exists().then_some(path)
}

/// The real file of Box in `folder` whose name starts with `start`. Reports the test as skipped if it is missing.
pub(crate) fn from_corpus(folder: &str, start: &str) -> Option<Document> {
    let files = files_in(&shared(&format!("corpus/box/{folder}"))?);
    let found = files.iter().find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(start) && name.ends_with(".json")
    });
    if found.is_none() {
        skipped(&format!("{start}… in {folder}"));
    }
    found.map(|path| document(&path.display().to_string(), &fs::read(path).unwrap()))
}

/// Sets every variable of `bytes` in turn and checks that nothing but its value changes. Returns the number of
/// variables.
pub(crate) fn assert_one_span_changes(name: &str, bytes: &[u8]) -> usize {
    use envtool::edit::{Assignment, SetOptions, set};
    use envtool::syntax::Value;

    let before = document(name, bytes);
    let scope = Scope::of(&before).unwrap();
    for variable in scope.variables() {
        let (key, new) = (variable.key(), Value::string("new \"value\"\n"));
        if envtool::syntax::is_path(key) {
            continue;
        }
        let wish = Assignment { key: key.to_owned(), value: new.clone() };
        let plan = set(&scope, &[wish], &SetOptions::default()).unwrap();
        let [edit] = plan.edits.edits() else { panic!("{name}: {key}: {} edits", plan.edits.edits().len()) };
        let target = scope.target(key).unwrap();
        let place = target.value().map_or(target.node().span(), |value| value.span());
        assert!(
            place.start <= edit.span.start && edit.span.end <= place.end,
            "{name}: {key}: an edit outside of it"
        );
        let after = before.edited(&plan.edits).unwrap();
        let (old, new_text) = (before.source().text(), after.source().text());
        let tail = old.len() - edit.span.end as usize;
        assert_eq!(old[..edit.span.start as usize], new_text[..edit.span.start as usize], "{name}: {key}");
        assert_eq!(old[old.len() - tail..], new_text[new_text.len() - tail..], "{name}: {key}");
        assert_eq!(
            document(name, &after.to_bytes()).source().text(),
            new_text,
            "{name}: {key}: the encoding"
        );
        let scope_after = Scope::of(&after).unwrap();
        assert_eq!(scope_after.target(key).unwrap().value().map(Value::of), Some(new), "{name}: {key}");
        let raw = |scope: &Scope<'_>, skip: &Variable<'_>| {
            let others = scope.variables().iter().filter(|other| other.node().id() != skip.node().id());
            others.map(|other| other.node().raw().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(raw(&scope, target), raw(&scope_after, scope_after.target(key).unwrap()), "{name}: {key}");
    }
    scope.variables().len()
}

/// The real disk without waiting for the medium, with at most one fault.
#[derive(Default)]
pub(crate) struct TestDisk {
    /// The operation at which something goes wrong, counted from 0, and what does.
    pub(crate) fault: Option<(usize, Fault)>,
    /// The number of operations so far.
    pub(crate) count: Cell<usize>,
    pub(crate) changed: Changed,
}

/// What goes wrong at an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// The operation fails, a write after half of its bytes.
    Fails,
    /// The process ends: a write stops after half of its bytes, and later operations have no effect.
    Killed,
}

impl TestDisk {
    /// Changes files on this disk.
    pub(crate) fn save<'s>(&'s self, journal: Option<&'s Journal>) -> Save<'s> {
        let (patience, changed) = (Duration::from_secs(600), &self.changed);
        Save { disk: self, journal, command: "test", now: 0, patience, changed }
    }

    /// Whether the fault has happened.
    pub(crate) fn has_failed(&self) -> bool {
        self.fault.is_some_and(|(at, _)| self.count.get() > at)
    }
}

impl Operations for TestDisk {
    fn before(&self) -> io::Result<()> {
        let number = self.count.replace(self.count.get() + 1);
        match self.fault {
            Some((at, fault)) if number == at || (number > at && fault == Fault::Killed) => {
                Err(io::Error::other("a fault of the test"))
            }
            _ => Ok(()),
        }
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let is_first = !self.has_failed();
        let before = self.before();
        if before.is_err() && is_first {
            file.write_all(&bytes[..bytes.len() / 2])?;
        }
        before.and_then(|()| file.write_all(bytes))
    }

    fn flush(&self, _file: &File) -> io::Result<()> {
        self.before()
    }

    fn flush_folder(&self, _folder: &Path) -> io::Result<()> {
        self.before()
    }
}
