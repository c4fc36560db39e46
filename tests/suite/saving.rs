//! Nothing is lost: whatever fails, and whenever envtool is killed, a file is the old one or the new one, and the next
//! run works.

mod together;

use std::fs;
use std::path::{Path, PathBuf};

use envtool::disk::{DiskError, Journal, Lock, Readers, Save, Saved, Undo};
use envtool::error::{Error, ExitCode};

use crate::support::{Fault, TestDisk};

const OLD: &[u8] = b"{\"values\": [{\"key\": \"a\", \"value\": \"old\"}]}";
const NEW: &[u8] = b"{\"values\": [{\"key\": \"a\", \"value\": \"new and longer\"}]}";
const THIRD: &[u8] = b"{\"values\": []}";

/// A file in a folder of its own, and a journal beside that.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("work")).unwrap();
        Self { folder }
    }

    fn with(content: &[u8]) -> Self {
        let place = Self::new();
        fs::write(place.file(), content).unwrap();
        place
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("work").join("Box.postman_environment.json")
    }

    fn journal(&self) -> Journal {
        Journal::at(self.folder.path().join("state/undo"))
    }

    fn content(&self) -> Option<Vec<u8>> {
        fs::read(self.file()).ok()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("work")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

type Done = Result<(), DiskError>;

/// A change, what makes the file ready for it, and what is there before and after.
struct Scenario {
    name: &'static str,
    prepare: fn(&Place, &Save<'_>),
    act: fn(&Place, &Save<'_>, &Journal) -> Done,
    before: Option<&'static [u8]>,
    after: Option<&'static [u8]>,
}

fn done(saved: Result<Saved, DiskError>) -> Done {
    saved.map(|_| ())
}

const SCENARIOS: [Scenario; 6] = [
    Scenario {
        name: "replace",
        prepare: |place, _| fs::write(place.file(), OLD).unwrap(),
        act: |place, save, _| done(save.replace(&place.file(), OLD, NEW)),
        before: Some(OLD),
        after: Some(NEW),
    },
    Scenario {
        name: "create",
        prepare: |_, _| (),
        act: |place, save, _| done(save.create(&place.file(), NEW, Readers::Owner)),
        before: None,
        after: Some(NEW),
    },
    Scenario {
        name: "delete",
        prepare: |place, _| fs::write(place.file(), OLD).unwrap(),
        act: |place, save, _| done(save.delete(&place.file(), OLD)),
        before: Some(OLD),
        after: None,
    },
    Scenario {
        name: "undo of replace",
        prepare: |place, save| {
            fs::write(place.file(), OLD).unwrap();
            save.replace(&place.file(), OLD, NEW).unwrap();
        },
        act: |place, save, journal| save.undo(&place.file(), journal).map(|_| ()),
        before: Some(NEW),
        after: Some(OLD),
    },
    Scenario {
        name: "undo of create",
        prepare: |place, save| drop(save.create(&place.file(), NEW, Readers::Owner).unwrap()),
        act: |place, save, journal| save.undo(&place.file(), journal).map(|_| ()),
        before: Some(NEW),
        after: None,
    },
    Scenario {
        name: "undo of delete",
        prepare: |place, save| {
            fs::write(place.file(), OLD).unwrap();
            save.delete(&place.file(), OLD).unwrap();
        },
        act: |place, save, journal| save.undo(&place.file(), journal).map(|_| ()),
        before: None,
        after: Some(OLD),
    },
];

#[test]
fn whatever_fails_the_file_is_the_old_or_the_new_one() {
    for fault in [Fault::Fails, Fault::Killed] {
        for scenario in &SCENARIOS {
            let mut at = 0;
            while fails_at(scenario, at, fault, true) {
                at += 1;
            }
            assert!(at > 0, "{}: no operation at all", scenario.name);
        }
    }
}

#[test]
fn without_a_journal_too() {
    for fault in [Fault::Fails, Fault::Killed] {
        for scenario in &SCENARIOS[..3] {
            let mut at = 0;
            while fails_at(scenario, at, fault, false) {
                at += 1;
            }
        }
    }
}

/// Runs `scenario` with a fault before operation `at`; false when it has fewer.
fn fails_at(scenario: &Scenario, at: usize, fault: Fault, with_journal: bool) -> bool {
    let (place, sound) = (Place::new(), TestDisk::default());
    let journal = place.journal();
    (scenario.prepare)(&place, &sound.save(Some(&journal)));

    let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
    let outcome = (scenario.act)(&place, &faulty.save(with_journal.then_some(&journal)), &journal);

    let what = format!("{}, {fault:?} at {at}: {outcome:?}", scenario.name);
    let (before, after) = (scenario.before.map(<[u8]>::to_vec), scenario.after.map(<[u8]>::to_vec));
    let now = place.content();
    match (&outcome, fault) {
        (Ok(()), _) => assert_eq!(now, after, "{what}"),
        (Err(_), Fault::Fails) => {
            assert_eq!(now, before, "{what}");
            assert!(place.names().len() <= 1, "{what}: {:?}", place.names());
        }
        (Err(_), Fault::Killed) => assert!(now == before || now == after, "{what}"),
    }
    assert_next_run_works(&place, &journal, &what);
    faulty.has_failed()
}

/// Another change can be made and taken back, and nothing is left lying about.
fn assert_next_run_works(place: &Place, journal: &Journal, what: &str) {
    let sound = TestDisk::default();
    let save = sound.save(Some(journal));
    let now = place.content();
    match &now {
        Some(bytes) => done(save.replace(&place.file(), bytes, THIRD)).expect(what),
        None => done(save.create(&place.file(), THIRD, Readers::Owner)).expect(what),
    }
    assert_eq!(place.names(), ["Box.postman_environment.json"], "{what}");
    save.undo(&place.file(), journal).expect(what);
    assert_eq!(place.content(), now, "{what}");
    // Down to the beginning: each step leads to something that was there.
    loop {
        let listed = Undo::changes(&place.file(), journal).expect(what).len();
        let undone = save.undo(&place.file(), journal);
        assert_eq!(undone.is_ok(), listed > 0, "{what}: what is listed can be taken back");
        if undone.is_err() {
            break;
        }
        let content = place.content();
        assert!(content.is_none_or(|bytes| bytes == OLD || bytes == NEW), "{what}");
    }
}

/// A folder of several files, as a git-native collection is.
fn tree() -> Vec<(String, String)> {
    let file = |path: &str, content: &str| (path.to_owned(), content.to_owned());
    vec![
        file(".resources/definition.yaml", "name: A\n"),
        file("One.request.yaml", "url: one\n"),
        file("Folder/.resources/definition.yaml", "name: Folder\n"),
    ]
}

fn whole(folder: &Path) -> bool {
    tree().iter().all(|(path, content)| fs::read_to_string(folder.join(path)).is_ok_and(|it| it == *content))
}

#[test]
fn whatever_fails_a_new_folder_is_there_whole_or_not_at_all() {
    for fault in [Fault::Fails, Fault::Killed] {
        let mut at = 0;
        loop {
            let (place, sound) = (Place::new(), TestDisk::default());
            let (journal, folder) = (place.journal(), place.folder.path().join("work/Collection"));
            let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
            let outcome = faulty.save(Some(&journal)).create_folder(&folder, &tree());
            let what = format!("{fault:?} at {at}: {outcome:?}");
            assert!(whole(&folder) || !folder.exists(), "{what}");
            if fault == Fault::Fails {
                assert_eq!(outcome.is_ok(), folder.exists(), "{what}");
                assert_eq!(place.names().len(), usize::from(outcome.is_ok()), "{what}");
            }
            if !folder.exists() {
                sound.save(Some(&journal)).create_folder(&folder, &tree()).expect(&what);
            }
            assert_eq!(place.names(), ["Collection"], "{what}");
            sound.save(None).undo(&folder, &journal).expect(&what);
            assert_eq!(place.names(), [""; 0], "{what}");
            if !faulty.has_failed() {
                break;
            }
            at += 1;
        }
        assert!(at > 10, "{at} operations");
    }
}

#[test]
fn whatever_fails_a_folder_that_is_taken_back_is_there_whole_or_not_at_all() {
    for fault in [Fault::Fails, Fault::Killed] {
        for at in 0.. {
            let (place, sound) = (Place::new(), TestDisk::default());
            let (journal, folder) = (place.journal(), place.folder.path().join("work/Collection"));
            sound.save(Some(&journal)).create_folder(&folder, &tree()).unwrap();
            let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
            let outcome = faulty.save(None).undo(&folder, &journal);
            assert!(whole(&folder) || !folder.exists(), "{fault:?} at {at}: {outcome:?}");
            if !faulty.has_failed() {
                break;
            }
        }
    }
}

#[test]
fn undo_leaves_a_folder_in_which_something_is_new() {
    let (place, disk) = (Place::new(), TestDisk::default());
    let (journal, folder) = (place.journal(), place.folder.path().join("work/Collection"));
    let save = disk.save(Some(&journal));
    save.create_folder(&folder, &tree()).unwrap();
    let error = save.create_folder(&folder, &tree()).unwrap_err();
    assert!(matches!(error, DiskError::Exists(_)), "{error}");
    fs::create_dir(folder.join(".git")).unwrap();
    let error = save.undo(&folder, &journal).unwrap_err();
    assert!(matches!(error, DiskError::ChangedSince(_)), "{error}");
    assert!(whole(&folder));
}

#[test]
fn a_change_underneath_is_a_conflict() {
    let (place, disk) = (Place::with(NEW), TestDisk::default());
    let journal = place.journal();
    for refused in [
        disk.save(Some(&journal)).replace(&place.file(), OLD, THIRD),
        disk.save(None).delete(&place.file(), OLD),
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, DiskError::Changed(_)), "{error}");
        assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
    }
    assert_eq!(place.content().unwrap(), NEW);
    assert!(journal.entries(&place.file()).is_empty());
    let error = disk.save(None).create(&place.file(), OLD, Readers::Owner).unwrap_err();
    assert!(matches!(error, DiskError::Exists(_)), "{error}");
}

#[test]
fn undo_refuses_what_would_lose_newer_content() {
    let (place, disk) = (Place::with(OLD), TestDisk::default());
    let journal = place.journal();
    let save = disk.save(Some(&journal));
    save.replace(&place.file(), OLD, NEW).unwrap();
    fs::write(place.file(), THIRD).unwrap();
    let error = save.undo(&place.file(), &journal).unwrap_err();
    assert!(matches!(error, DiskError::ChangedSince(_)), "{error}");
    assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
    assert_eq!(place.content().unwrap(), THIRD);
}

#[test]
fn a_lock_that_is_held_is_a_conflict() {
    let (place, disk) = (Place::with(OLD), TestDisk::default());
    let held = Lock::acquire(&place.file(), std::time::Duration::ZERO).unwrap();
    let impatient = Save { patience: std::time::Duration::ZERO, ..disk.save(None) };
    let error = impatient.replace(&place.file(), OLD, NEW).unwrap_err();
    assert!(matches!(error, DiskError::Locked(_)), "{error}");
    assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
    drop(held);
    disk.save(None).replace(&place.file(), OLD, NEW).unwrap();
}

#[test]
fn the_journal_keeps_a_bounded_number_of_changes() {
    let (place, disk) = (Place::with(b"0"), TestDisk::default());
    let journal = place.journal();
    let save = disk.save(Some(&journal));
    for number in 1..=50 {
        let (before, after) = ((number - 1).to_string(), number.to_string());
        save.replace(&place.file(), before.as_bytes(), after.as_bytes()).unwrap();
    }
    assert_eq!(journal.entries(&place.file()).len(), 20);
    while save.undo(&place.file(), &journal).is_ok() {}
    assert_eq!(place.content().unwrap(), b"30");
}

#[test]
fn a_damaged_journal_is_left_alone() {
    let (place, disk) = (Place::with(OLD), TestDisk::default());
    let journal = place.journal();
    let save = disk.save(Some(&journal));
    save.replace(&place.file(), OLD, NEW).unwrap();
    let entry = crate::support::files_in(place.folder.path().join("state").as_path()).remove(0);
    let whole = fs::read(&entry).unwrap();
    let text = String::from_utf8_lossy(&whole);
    for damage in [
        text[..text.len() / 3].to_owned(),
        text.replace("\"at\":", "\"at\":9"),
        text.replace("\"taken\":", "\"taken\":18446744073709551"),
        text.replace("\"version\":1", "\"version\":2"),
        text.trim_end_matches('d').to_owned(),
        String::new(),
    ] {
        fs::write(&entry, damage).unwrap();
        assert!(save.undo(&place.file(), &journal).is_err());
        assert_eq!(place.content().unwrap(), NEW);
    }
    fs::write(&entry, whole).unwrap();
    save.undo(&place.file(), &journal).unwrap();
    assert_eq!(place.content().unwrap(), OLD);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
    use std::path::Path;
    use std::time::Duration;

    use envtool::disk::{Held, RealDisk, Replacement};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn links_stay_links() {
        let (place, disk) = (Place::with(OLD), TestDisk::default());
        let journal = place.journal();
        let (link, chain) = (place.folder.path().join("link.json"), place.folder.path().join("chain.json"));
        symlink("work/Box.postman_environment.json", &link).unwrap();
        symlink(&link, &chain).unwrap();
        disk.save(Some(&journal)).replace(&chain, OLD, NEW).unwrap();
        assert_eq!(place.content().unwrap(), NEW);
        assert!(link.is_symlink() && chain.is_symlink() && !place.file().is_symlink());
        let error = disk.save(Some(&journal)).delete(&link, NEW).unwrap_err();
        assert!(matches!(error, DiskError::Link(_)), "{error}");
        disk.save(None).undo(&link, &journal).unwrap();
        assert_eq!(place.content().unwrap(), OLD);
        symlink("nowhere.json", place.folder.path().join("dangling.json")).unwrap();
        let dangling = place.folder.path().join("dangling.json");
        assert!(disk.save(None).replace(&dangling, OLD, NEW).is_err());
        assert!(disk.save(None).create(&dangling, NEW, Readers::Owner).is_err());
    }

    #[test]
    fn a_change_of_a_file_is_undone_whatever_its_name() {
        use std::os::unix::ffi::OsStrExt as _;
        let (place, disk) = (Place::new(), TestDisk::default());
        let file = place.folder.path().join("work").join(std::ffi::OsStr::from_bytes(b"n\xe9.json"));
        // Some systems have no such names.
        if fs::write(&file, OLD).is_err() {
            return;
        }
        let journal = place.journal();
        disk.save(Some(&journal)).replace(&file, OLD, NEW).unwrap();
        disk.save(Some(&journal)).delete(&file, NEW).unwrap();
        for content in [NEW, OLD] {
            disk.save(None).undo(&file, &journal).unwrap();
            assert_eq!(fs::read(&file).unwrap(), content);
        }
        let held = Held::take(&file, Duration::ZERO).unwrap();
        disk.save(Some(&journal)).replace_all(&[Replacement { held: &held, after: NEW.into() }]).unwrap();
        drop(held);
        disk.save(None).undo_together(&file, &journal).unwrap();
        assert_eq!(fs::read(&file).unwrap(), OLD);
    }

    #[test]
    fn mode_and_owner_stay() {
        for bits in [0o600, 0o640, 0o664, 0o755] {
            let (place, disk) = (Place::with(OLD), TestDisk::default());
            let journal = place.journal();
            fs::set_permissions(place.file(), fs::Permissions::from_mode(bits)).unwrap();
            // Only the superuser can give files away; for others the owner stays what it is.
            let given = chown(place.file(), Some(4321), Some(4322)).is_ok();
            disk.save(Some(&journal)).replace(&place.file(), OLD, NEW).unwrap();
            assert_eq!(mode(&place.file()), bits);
            let owner = fs::metadata(place.file()).unwrap();
            assert!(!given || (owner.uid(), owner.gid()) == (4321, 4322));
            disk.save(Some(&journal)).delete(&place.file(), NEW).unwrap();
            disk.save(None).undo(&place.file(), &journal).unwrap();
            assert_eq!(mode(&place.file()), bits);
        }
    }

    #[test]
    fn new_files_and_the_journal_are_for_their_owner_only() {
        let (place, disk) = (Place::new(), TestDisk::default());
        let journal = place.journal();
        disk.save(Some(&journal)).create(&place.file(), NEW, Readers::Owner).unwrap();
        assert_eq!(mode(&place.file()), 0o600);
        let [usual, shared] = ["usual", "shared"].map(|name| place.folder.path().join("work").join(name));
        fs::write(&usual, "").unwrap();
        disk.save(Some(&journal)).create(&shared, NEW, Readers::AsUsual).unwrap();
        assert_eq!(mode(&shared), mode(&usual));
        let state = place.folder.path().join("state");
        assert_eq!((mode(&state), mode(&state.join("undo"))), (0o700, 0o700));
        for entry in crate::support::files_in(&state) {
            assert_eq!((mode(&entry), mode(entry.parent().unwrap())), (0o600, 0o700));
        }
    }

    #[test]
    fn what_cannot_be_written_is_refused_before_anything_is_prepared() {
        let (place, disk) = (Place::with(OLD), TestDisk::default());
        let journal = place.journal();
        fs::set_permissions(place.file(), fs::Permissions::from_mode(0o444)).unwrap();
        for refused in [
            disk.save(Some(&journal)).replace(&place.file(), OLD, NEW),
            disk.save(Some(&journal)).delete(&place.file(), OLD),
        ] {
            assert!(matches!(refused, Err(DiskError::ReadOnly(_))), "{refused:?}");
        }
        assert_eq!((place.content().unwrap(), disk.count.get()), (OLD.to_vec(), 0));
        let device = disk.save(None).replace(Path::new("/dev/null"), b"", NEW);
        assert!(matches!(device, Err(DiskError::NotAFile(..))), "{device:?}");
        let folder = disk.save(None).replace(place.folder.path(), b"", NEW);
        assert!(matches!(folder, Err(DiskError::NotAFile(..))), "{folder:?}");
    }

    #[test]
    fn a_file_that_appears_while_another_is_created_is_not_replaced() {
        let place = Place::with(OLD);
        let draft = place.folder.path().join("work/draft");
        fs::write(&draft, NEW).unwrap();
        let refused = envtool::disk::Operations::publish(&RealDisk, &draft, &place.file());
        assert_eq!(refused.unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
        assert_eq!(place.content().unwrap(), OLD);
    }
}

#[test]
fn what_changes_made_of_a_file_is_known_while_it_is_as_they_left_it() {
    let (place, disk) = (Place::with(OLD), TestDisk::default());
    let journal = place.journal();
    let save = disk.save(Some(&journal));
    save.replace(&place.file(), OLD, NEW).unwrap();
    save.replace(&place.file(), NEW, THIRD).unwrap();
    let known = || {
        let changes = Undo::changes(&place.file(), &journal).unwrap();
        changes.into_iter().map(|change| change.contents.map(|it| (it.before, it.after))).collect::<Vec<_>>()
    };
    let step = |before: &[u8], after: &[u8]| Some((Some(before.to_vec()), Some(after.to_vec())));
    assert_eq!(known(), [step(NEW, THIRD), step(OLD, NEW)]);
    // Another program has put back what was there before the last change.
    fs::write(place.file(), NEW).unwrap();
    assert_eq!(known(), [step(OLD, NEW)]);
    fs::write(place.file(), "other").unwrap();
    assert_eq!(known(), [None, None]);
}
