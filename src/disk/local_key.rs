use std::fs;
use std::io::Error;
use std::path::Path;

use ring::rand::{SecureRandom as _, SystemRandom};

use super::operations::private_folder;
use super::{DiskError, Operations, Readers, RealDisk, state_folder};

/// Random bytes that only this user of this machine has, made when they are first asked for.
///
/// # Errors
/// They cannot be kept in the state folder.
pub fn local_key() -> Result<[u8; 32], DiskError> {
    let folder = state_folder()?;
    let file = folder.join("key");
    if let Some(key) = read(&file) {
        return Ok(key);
    }
    private_folder(&folder).map_err(DiskError::io("create", &folder))?;
    let mut key = [0; 32];
    let failed = |_| Error::other("the system gives no randomness");
    SystemRandom::new().fill(&mut key).map_err(failed).map_err(DiskError::io("make", &file))?;
    // Of several that make one at the same time all use the one that is there first.
    let draft = folder.join(format!("key.{}", std::process::id()));
    let written =
        RealDisk.create(&draft, Readers::Owner).and_then(|mut opened| RealDisk.write(&mut opened, &key));
    let published = written.and_then(|()| RealDisk.publish(&draft, &file));
    if published.is_err() {
        let _ = RealDisk.remove(&draft);
    }
    match published {
        Ok(()) => Ok(key),
        Err(error) => read(&file).ok_or_else(|| DiskError::io("write", file)(error)),
    }
}

fn read(file: &Path) -> Option<[u8; 32]> {
    fs::read(file).ok()?.try_into().ok()
}
