//! What the journal keeps about a file, and for how long.

use std::fs;

use envtool::disk::{DiskError, Undo};

use super::{NEW, OLD, SavedFile, THIRD};
use crate::support::{TakeBack as _, TestDisk, files_in};

/// More bytes than the journal keeps whole.
const LARGE: usize = 70_000;

#[test]
fn the_journal_keeps_a_bounded_number_of_changes() {
    let (saved, disk) = (SavedFile::with(b"0"), TestDisk::default());
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    for number in 1..=50 {
        let (before, after) = ((number - 1).to_string(), number.to_string());
        save.replace(&saved.file(), before.as_bytes(), after.as_bytes()).unwrap();
    }
    assert_eq!(journal.entries(&saved.file()).len(), 20);
    while save.undo(&saved.file(), &journal).is_ok() {}
    assert_eq!(saved.content().unwrap(), b"30");
}

#[test]
fn a_damaged_journal_is_left_alone_and_reported() {
    for size in [0, LARGE] {
        let [old, new] = [OLD, NEW].map(|content| [content, &vec![b' '; size]].concat());
        let (saved, disk) = (SavedFile::with(&old), TestDisk::default());
        let journal = saved.journal();
        let save = disk.save(Some(&journal));
        save.replace(&saved.file(), &old, &new).unwrap();
        let entry = files_in(&saved.folder.path().join("state")).remove(0);
        let whole = fs::read(&entry).unwrap();
        let text = String::from_utf8_lossy(&whole);
        let mut damages = vec![
            text[..60].to_owned(),
            text.replace("\"version\":1", "\"version\":2"),
            text[..text.len() - 1].to_owned(),
            String::new(),
        ];
        if size > 0 {
            damages.push(text.replace("\"at\":", "\"at\":9"));
            damages.push(text.replace("\"taken\":", "\"taken\":18446744073709551"));
        }
        for damage in damages {
            fs::write(&entry, &damage).unwrap();
            let error = save.undo(&saved.file(), &journal).unwrap_err();
            let is_told =
                matches!(error, DiskError::UnreadableJournal { .. } | DiskError::DamagedJournal { .. });
            assert!(is_told, "{error}: {damage}");
            assert_eq!(saved.content().unwrap(), new);
        }
        // Even the superuser cannot read a folder as a file.
        fs::remove_file(&entry).unwrap();
        fs::create_dir(&entry).unwrap();
        let error = save.undo(&saved.file(), &journal).unwrap_err();
        assert!(error.to_string().contains(&entry.display().to_string()), "{error}");
        fs::remove_dir(&entry).unwrap();
        fs::write(&entry, whole).unwrap();
        save.undo(&saved.file(), &journal).unwrap();
        assert_eq!(saved.content().unwrap(), old);
    }
}

/// If nothing can be lost that way.
#[test]
fn earlier_content_can_be_restored_whatever_became_of_the_file() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let (journal, file) = (saved.journal(), saved.file());
    let save = disk.save(Some(&journal));
    save.replace(&file, OLD, NEW).unwrap();
    fs::write(&file, THIRD).unwrap();
    assert_eq!(Undo::regardless(&file, &journal).unwrap().restored.unwrap(), OLD);
    fs::remove_file(&file).unwrap();
    save.undo(&file, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), OLD);
    save.delete(&file, OLD).unwrap();
    fs::remove_dir(file.parent().unwrap()).unwrap();
    assert_eq!(Undo::regardless(&file, &journal).unwrap().restored.unwrap(), OLD);
    let error = save.undo(&file, &journal).unwrap_err();
    assert!(matches!(error, DiskError::NoFolder(..)), "{error}");
    fs::create_dir(file.parent().unwrap()).unwrap();
    save.undo(&file, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), OLD);
}

#[test]
fn the_journal_keeps_only_the_change_of_a_large_file() {
    let [old, new] = [OLD, NEW].map(|content| [content, &[b' '; LARGE]].concat());
    let (saved, disk) = (SavedFile::with(&old), TestDisk::default());
    let (journal, file) = (saved.journal(), saved.file());
    let save = disk.save(Some(&journal));
    save.replace(&file, &old, &new).unwrap();
    let entry = files_in(&saved.folder.path().join("state")).remove(0);
    assert!(fs::metadata(entry).unwrap().len() < 2048);
    fs::write(&file, THIRD).unwrap();
    assert!(matches!(Undo::regardless(&file, &journal), Err(DiskError::KeptInPart(_))));
    fs::remove_file(&file).unwrap();
    assert!(matches!(save.undo(&file, &journal), Err(DiskError::KeptInPart(_))));
    fs::write(&file, &new).unwrap();
    save.undo(&file, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), old);
}

#[test]
fn the_contents_around_a_change_are_known_while_the_file_matches() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    save.replace(&saved.file(), OLD, NEW).unwrap();
    save.replace(&saved.file(), NEW, THIRD).unwrap();
    let known = || {
        let changes = Undo::changes(&saved.file(), &journal).unwrap();
        changes.into_iter().map(|change| change.contents.map(|it| (it.before, it.after))).collect::<Vec<_>>()
    };
    let step = |before: &[u8], after: &[u8]| Some((Some(before.to_vec()), Some(after.to_vec())));
    assert_eq!(known(), [step(NEW, THIRD), step(OLD, NEW)]);
    // Another program has put back what was there before the last change.
    fs::write(saved.file(), NEW).unwrap();
    assert_eq!(known(), [step(OLD, NEW)]);
    fs::write(saved.file(), "other").unwrap();
    assert_eq!(known(), [None, None]);
}
