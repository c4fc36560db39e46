//! A change keeps the owner of a file and its permissions, and gives nobody new rights.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::process::Command;

use super::{NEW, OLD, SavedFile};
use crate::support::{TakeBack as _, TestDisk, skipped};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn mode_and_owner_stay() {
    for bits in [0o600, 0o640, 0o664, 0o755] {
        let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
        let journal = saved.journal();
        fs::set_permissions(saved.file(), fs::Permissions::from_mode(bits)).unwrap();
        // Only the superuser can give files away. For others the owner is the user anyway.
        let given = chown(saved.file(), Some(4321), Some(4322)).is_ok();
        let is_kept = || {
            assert_eq!(mode(&saved.file()), bits);
            let owner = fs::metadata(saved.file()).unwrap();
            assert!(!given || (owner.uid(), owner.gid()) == (4321, 4322));
        };
        disk.save(Some(&journal)).replace(&saved.file(), OLD, NEW).unwrap();
        is_kept();
        disk.save(Some(&journal)).delete(&saved.file(), NEW).unwrap();
        disk.save(None).undo(&saved.file(), &journal).unwrap();
        is_kept();
    }
}

#[cfg(target_os = "linux")]
mod attributes {
    use super::*;

    const ACCESS: &str = "system.posix_acl_access";
    const DEFAULT: &str = "system.posix_acl_default";
    const NOTE: &str = "user.note";

    /// An access control list as Linux keeps it: the owner and user 4321 may read and write, the group may read.
    fn list() -> Vec<u8> {
        let nobody = u32::MAX;
        let entries = [(1, 6, nobody), (2, 6, 4321), (4, 4, nobody), (16, 6, nobody), (32, 0, nobody)];
        let bytes = |(tag, rights, id): (u16, u16, u32)| {
            [&tag.to_le_bytes()[..], &rights.to_le_bytes(), &id.to_le_bytes()].concat()
        };
        [2u32.to_le_bytes().to_vec(), entries.into_iter().flat_map(bytes).collect()].concat()
    }

    /// Gives the file at `path` an attribute. Returns false, with the test reported as skipped, if it cannot have one.
    fn give(path: &Path, name: &str, value: &[u8]) -> bool {
        let given = xattr::set(path, name, value);
        if let Err(error) = &given {
            skipped(&format!("{name}, which {} cannot have: {error}", path.display()));
        }
        given.is_ok()
    }

    #[test]
    fn an_access_list_stays_and_so_do_other_attributes() {
        let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
        let (journal, file) = (saved.journal(), saved.file());
        if !give(&file, NOTE, b"mine") || !give(&file, ACCESS, &list()) {
            return;
        }
        // With a list, the group's bits are the most that anyone in it may do. The group itself may only read.
        let kept = || {
            assert_eq!(mode(&file), 0o660);
            assert_eq!(xattr::get(&file, ACCESS).unwrap(), Some(list()));
            assert_eq!(xattr::get(&file, NOTE).unwrap().as_deref(), Some(&b"mine"[..]));
        };
        kept();
        disk.save(Some(&journal)).replace(&file, OLD, NEW).unwrap();
        kept();
        disk.save(Some(&journal)).delete(&file, NEW).unwrap();
        disk.save(None).undo(&file, &journal).unwrap();
        kept();
    }

    #[test]
    fn a_file_without_a_list_gets_none_from_its_folder() {
        let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
        let file = saved.file();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).unwrap();
        if !give(file.parent().unwrap(), DEFAULT, &list()) {
            return;
        }
        disk.save(None).replace(&file, OLD, NEW).unwrap();
        assert_eq!((mode(&file), xattr::get(&file, ACCESS).unwrap()), (0o660, None));
    }
}

/// The user may write in the folder through its group, and does not own the file.
#[test]
fn a_user_who_cannot_give_files_away_becomes_the_owner() {
    const USER: u32 = 4321;
    const GROUP: u32 = 4322;
    let saved = SavedFile::with(br#"{"name":"N","values":[{"key":"a","value":"b"}]}"#);
    let (root, file) = (saved.folder.path(), saved.file());
    let envtool = |words: &[&str]| {
        let user = [format!("--reuid={USER}"), format!("--regid={GROUP}"), "--clear-groups".to_owned()];
        let mut command = Command::new("setpriv");
        command.args(user).arg(env!("CARGO_BIN_EXE_envtool")).args(words).arg(&file).arg("--no-backup");
        command.env("ENVTOOL_STATE_DIR", root.join("state")).current_dir("/").output()
    };
    let set_up = |path: &Path, mode: u32| {
        chown(path, Some(0), Some(GROUP))
            .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(mode)))
    };
    let folder = file.parent().unwrap();
    let shared = set_up(root, 0o755).and(set_up(folder, 0o2775)).and(set_up(&file, 0o664));
    let able = shared.is_ok() && envtool(&["inspect"]).is_ok_and(|output| output.status.success());
    if !able {
        skipped("the superuser, `setpriv` and a program that everyone can run");
        return;
    }
    let output = envtool(&["set", "a=c", "-e"]).unwrap();
    assert!(output.status.success(), "{output:?}");
    let after = fs::metadata(&file).unwrap();
    assert_eq!((after.uid(), after.gid(), mode(&file)), (USER, GROUP, 0o664));
    // If only its owner may replace the file, the error says so, and so does `doctor`.
    set_up(&file, 0o664).and(set_up(folder, 0o3775)).unwrap();
    for words in [&["set", "a=d", "-e"][..], &["doctor"][..]] {
        let output = envtool(words).unwrap();
        let text = format!("{output:?}");
        assert!(text.contains("lets nobody but the owner replace a file"), "{text}");
    }
}
