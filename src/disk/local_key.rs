use std::fs;
use std::io::Error;
use std::path::Path;

use ring::rand::{SecureRandom as _, SystemRandom};

use super::{DiskError, Operations, Readers, RealDisk, state_folder};

/// Random bytes that only this user on this machine has. They are made on first use, and again if their file is
/// damaged.
///
/// # Errors
/// They cannot be kept in the state folder.
pub fn local_key() -> Result<[u8; 32], DiskError> {
    key_in(&state_folder()?, &RealDisk)
}

fn key_in(folder: &Path, disk: &dyn Operations) -> Result<[u8; 32], DiskError> {
    let file = folder.join("key");
    if let Some(key) = read(&file) {
        return Ok(key);
    }
    disk.create_folder(folder).map_err(DiskError::io("create", folder))?;
    let mut key = [0; 32];
    let failed = |_| Error::other("the system gives no randomness");
    SystemRandom::new().fill(&mut key).map_err(failed).map_err(DiskError::io("make", &file))?;
    let draft = folder.join(format!("key.{}", std::process::id()));
    // Left by a killed process that had the same number.
    let _ = disk.remove(&draft);
    let written = disk.create(&draft, Readers::Owner).and_then(|mut opened| {
        disk.write(&mut opened, &key)?;
        disk.flush(&opened)
    });
    let is_damaged = file.symlink_metadata().is_ok() && read(&file).is_none();
    let placed = written.and_then(|()| match is_damaged {
        true => disk.rename(&draft, &file),
        false => disk.publish(&draft, &file),
    });
    if placed.is_err() {
        let _ = disk.remove(&draft);
    }
    let _ = disk.flush_folder(folder);
    // When several processes make a key at the same time, all use the one that ends up in the file.
    match read(&file) {
        Some(key) => Ok(key),
        None => {
            Err(DiskError::io("write", file)(placed.err().unwrap_or_else(|| Error::other("it is damaged"))))
        }
    }
}

fn read(file: &Path) -> Option<[u8; 32]> {
    fs::read(file).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_but_a_damaged_one_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("state");
        let key = key_in(&folder, &RealDisk).expect("a key");
        assert_eq!(key_in(&folder, &RealDisk).expect("the same"), key);
        fs::write(folder.join("key"), &key[..5]).expect("written");
        fs::write(folder.join(format!("key.{}", std::process::id())), "left").expect("written");
        let other = key_in(&folder, &RealDisk).expect("another");
        assert_ne!(other, key);
        assert_eq!(fs::read(folder.join("key")).expect("read"), other);
        assert_eq!(fs::read_dir(&folder).expect("read").count(), 1);
    }
}
