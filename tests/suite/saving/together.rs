//! Changes of several files as one.

use std::fs;
use std::path::PathBuf;

use envtool::disk::{DiskError, Held, Replacement, Save, Undo};
use envtool::error::{Error, ExitCode};

use super::{NEW, OLD, SavedFile, THIRD};
use crate::support::{Fault, TakeBack as _, TestDisk};

impl SavedFile {
    /// A second file beside it.
    fn other(&self) -> PathBuf {
        self.folder.path().join("work/Shop.postman_collection.json")
    }

    /// The contents of both files.
    fn contents(&self) -> [Vec<u8>; 2] {
        [self.file(), self.other()].map(|file| fs::read(file).unwrap())
    }

    fn hold_both(&self, save: &Save<'_>) -> Vec<Held> {
        Held::take_all(&[self.file(), self.other()], save.patience).unwrap()
    }

    /// Changes both files to [`NEW`].
    fn replace_both(&self, save: &Save<'_>) -> Result<(), DiskError> {
        replace_all(save, &self.hold_both(save))
    }
}

/// Changes all held files to [`NEW`].
fn replace_all(save: &Save<'_>, held: &[Held]) -> Result<(), DiskError> {
    let replacements: Vec<_> = held.iter().map(|held| Replacement { held, after: NEW.into() }).collect();
    save.replace_all(&replacements)
}

#[test]
fn several_files_change_together_or_not_at_all() {
    for (undoing, fault) in
        [(false, Fault::Fails), (false, Fault::Killed), (true, Fault::Fails), (true, Fault::Killed)]
    {
        let mut at = 0;
        while fails_together_at(undoing, at, fault) {
            at += 1;
        }
        assert!(at > 4, "{undoing} {fault:?}: {at} operations");
    }
}

/// Changes two files, or undoes that, with a fault before operation `at`. Returns false if there are fewer operations.
fn fails_together_at(undoing: bool, at: usize, fault: Fault) -> bool {
    let (saved, sound) = (SavedFile::with(OLD), TestDisk::default());
    fs::write(saved.other(), OLD).unwrap();
    let journal = saved.journal();
    let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
    let (outcome, before, after) = if undoing {
        saved.replace_both(&sound.save(Some(&journal))).unwrap();
        (faulty.save(None).undo_together(&saved.file(), &journal).map(|_| ()), NEW, OLD)
    } else {
        (saved.replace_both(&faulty.save(Some(&journal))), OLD, NEW)
    };
    let (what, now) = (format!("{undoing}, {fault:?} at {at}: {outcome:?}"), saved.contents());
    match (&outcome, fault) {
        (Ok(()), _) => assert_eq!(now, [after, after], "{what}"),
        (Err(_), Fault::Fails) => {
            assert_eq!((now, saved.names().len()), ([before.to_vec(), before.to_vec()], 2), "{what}");
        }
        (Err(_), Fault::Killed) => {
            assert!(now.iter().all(|content| content == before || content == after), "{what}");
        }
    }
    // A change that was begun can be undone from either file.
    for file in [saved.file(), saved.other()] {
        let _ = sound.save(None).undo_together(&file, &journal);
    }
    assert_eq!(saved.contents(), [OLD, OLD], "{what}");
    faulty.has_failed()
}

#[test]
fn a_change_of_several_files_is_undone_as_one_or_not_at_all() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    fs::write(saved.other(), OLD).unwrap();
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    saved.replace_both(&save).unwrap();
    assert_eq!(save.undo_together(&saved.other(), &journal).unwrap().len(), 2);
    assert_eq!(saved.contents(), [OLD, OLD]);

    // A change that another process made after the lookup stays.
    saved.replace_both(&save).unwrap();
    let seen = Undo::together(&saved.file(), &journal).unwrap();
    save.undo(&saved.other(), &journal).unwrap();
    let error = save.take_back(&seen, &journal).unwrap_err();
    assert!(matches!(error, DiskError::Changed(_)), "{error}");
    assert_eq!(saved.contents(), [NEW, OLD]);
    save.undo(&saved.file(), &journal).unwrap();

    // The other file is changed by another program, then by envtool, then undone on its own.
    for change in [Some(false), Some(true), None] {
        saved.replace_both(&save).unwrap();
        match change {
            Some(false) => fs::write(saved.other(), THIRD).unwrap(),
            Some(true) => drop(save.replace(&saved.other(), NEW, THIRD).unwrap()),
            None => drop(save.undo(&saved.other(), &journal).unwrap()),
        }
        let other = saved.contents()[1].clone();
        if change.is_some() {
            let error = save.undo_together(&saved.file(), &journal).unwrap_err();
            assert!(matches!(error, DiskError::OtherChangedSince { .. }), "{error}");
            assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
            assert_eq!(saved.contents(), [NEW.to_vec(), other.clone()]);
            save.undo(&saved.file(), &journal).unwrap();
        } else {
            assert_eq!(save.undo_together(&saved.file(), &journal).unwrap().len(), 1);
        }
        assert_eq!(saved.contents(), [OLD.to_vec(), other]);
        journal.clear(None).unwrap();
        fs::write(saved.other(), OLD).unwrap();
    }
}

#[test]
fn one_file_that_changed_underneath_prevents_the_whole_change() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    fs::write(saved.other(), OLD).unwrap();
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    let held = saved.hold_both(&save);
    // Other programs ignore the lock.
    fs::write(saved.other(), THIRD).unwrap();
    let error = replace_all(&save, &held).unwrap_err();
    assert!(matches!(error, DiskError::Changed(_)), "{error}");
    assert_eq!(saved.contents(), [OLD, THIRD]);
    assert!(journal.entries(&saved.file()).is_empty());
}

/// The process is killed before each operation of a change of both files, and of its undoing, in turn.
#[test]
fn an_unfinished_change_is_known_until_it_is_undone() {
    let mut half = 0;
    for undoing in [false, true] {
        for at in 0.. {
            let (saved, sound) = (SavedFile::with(OLD), TestDisk::default());
            fs::write(saved.other(), OLD).unwrap();
            let journal = saved.journal();
            let faulty = TestDisk { fault: Some((at, Fault::Killed)), ..TestDisk::default() };
            if undoing {
                saved.replace_both(&sound.save(Some(&journal))).unwrap();
                let _ = faulty.save(None).undo_together(&saved.file(), &journal);
            } else {
                let _ = saved.replace_both(&faulty.save(Some(&journal)));
            }
            let [one, other] = saved.contents();
            let found = journal.unfinished();
            if one == other {
                assert_eq!(found, [], "{undoing} {at}");
            } else {
                half += 1;
                let (made, missing) = if undoing { (1, 0) } else { (0, 1) };
                let files = [saved.file(), saved.other()];
                assert_eq!(
                    (&found[0].made, &found[0].missing),
                    (&vec![files[made].clone()], &vec![files[missing].clone()])
                );
                assert_eq!((&*found[0].command, found.len()), ("test", 1));
                sound.save(None).undo_together(&files[made], &journal).unwrap();
                assert_eq!(saved.contents(), [OLD, OLD]);
                assert_eq!(journal.unfinished(), []);
            }
            // The next change of several files removes the remains.
            fs::write(saved.file(), OLD).unwrap();
            fs::write(saved.other(), OLD).unwrap();
            saved.replace_both(&sound.save(Some(&journal))).unwrap();
            assert_eq!(fs::read_dir(saved.folder.path().join("state/undo/unfinished")).unwrap().count(), 0);
            if !faulty.has_failed() {
                break;
            }
        }
    }
    assert!(half > 1, "{half}");
}

#[test]
fn a_failed_change_is_not_mistaken_for_an_unfinished_one() {
    for at in 0.. {
        let saved = SavedFile::with(OLD);
        fs::write(saved.other(), OLD).unwrap();
        let journal = saved.journal();
        let faulty = TestDisk { fault: Some((at, Fault::Fails)), ..TestDisk::default() };
        let outcome = saved.replace_both(&faulty.save(Some(&journal)));
        assert_eq!(journal.unfinished(), [], "{at}");
        assert!(outcome.is_ok() || journal.entries(&saved.file()).is_empty(), "{at}");
        if !faulty.has_failed() {
            break;
        }
    }
}
