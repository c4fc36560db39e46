//! A folder of several files is created and undone as one.

use std::fs;
use std::path::Path;

use envtool::disk::DiskError;

use super::SavedFile;
use crate::support::{Fault, TakeBack as _, TestDisk};

/// The files of a folder, like those of a git-native collection.
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
fn a_fault_while_creating_leaves_a_whole_folder_or_none() {
    for fault in [Fault::Fails, Fault::Killed] {
        let mut at = 0;
        loop {
            let (saved, sound) = (SavedFile::new(), TestDisk::default());
            let (journal, folder) = (saved.journal(), saved.folder.path().join("work/Collection"));
            let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
            let outcome = faulty.save(Some(&journal)).create_tree(&folder, &tree());
            let what = format!("{fault:?} at {at}: {outcome:?}");
            assert!(whole(&folder) || !folder.exists(), "{what}");
            if fault == Fault::Fails {
                assert_eq!(outcome.is_ok(), folder.exists(), "{what}");
                assert_eq!(saved.names().len(), usize::from(outcome.is_ok()), "{what}");
            }
            if !folder.exists() {
                sound.save(Some(&journal)).create_tree(&folder, &tree()).expect(&what);
            }
            assert_eq!(saved.names(), ["Collection"], "{what}");
            sound.save(None).undo(&folder, &journal).expect(&what);
            assert_eq!(saved.names(), [""; 0], "{what}");
            if !faulty.has_failed() {
                break;
            }
            at += 1;
        }
        assert!(at > 10, "{at} operations");
    }
}

#[test]
fn a_fault_while_undoing_leaves_a_whole_folder_or_none() {
    for fault in [Fault::Fails, Fault::Killed] {
        for at in 0.. {
            let (saved, sound) = (SavedFile::new(), TestDisk::default());
            let (journal, folder) = (saved.journal(), saved.folder.path().join("work/Collection"));
            sound.save(Some(&journal)).create_tree(&folder, &tree()).unwrap();
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
fn undo_leaves_a_folder_with_new_content_alone() {
    let (saved, disk) = (SavedFile::new(), TestDisk::default());
    let (journal, folder) = (saved.journal(), saved.folder.path().join("work/Collection"));
    let save = disk.save(Some(&journal));
    save.create_tree(&folder, &tree()).unwrap();
    let error = save.create_tree(&folder, &tree()).unwrap_err();
    assert!(matches!(error, DiskError::Exists(_)), "{error}");
    fs::create_dir(folder.join(".git")).unwrap();
    let error = save.undo(&folder, &journal).unwrap_err();
    assert!(matches!(error, DiskError::ChangedSince(_)), "{error}");
    assert!(whole(&folder));
}
