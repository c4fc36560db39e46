//! Paths in the journal. JSON holds only Unicode, which not every file name is.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de, ser};

/// A path as text; if it is not Unicode, as the units of the system's names: bytes, on Windows 16-bit numbers.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
enum Stored {
    Text(String),
    Units(Vec<u16>),
}

pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
    store(path).map_err(ser::Error::custom)?.serialize(to)
}

pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<PathBuf, D::Error> {
    restore(Stored::deserialize(from)?).map_err(de::Error::custom)
}

/// Several paths.
pub(super) mod list {
    use super::{Deserializer, PathBuf, Serializer, Stored, de, restore, ser, store};
    use serde::{Deserialize as _, Serialize as _};

    pub(in super::super) fn serialize<S: Serializer>(paths: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
        let stored: Result<Vec<_>, _> = paths.iter().map(|path| store(path)).collect();
        stored.map_err(ser::Error::custom)?.serialize(to)
    }

    pub(in super::super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
        let stored = Vec::<Stored>::deserialize(from)?;
        stored.into_iter().map(restore).collect::<Result<_, _>>().map_err(de::Error::custom)
    }
}

const NO_NAME: &str = "a path that this system cannot have";

fn store(path: &Path) -> Result<Stored, &'static str> {
    match path.to_str() {
        Some(text) => Ok(Stored::Text(text.to_owned())),
        None => units(path).map(Stored::Units).ok_or(NO_NAME),
    }
}

fn restore(stored: Stored) -> Result<PathBuf, &'static str> {
    match stored {
        Stored::Text(text) => Ok(text.into()),
        Stored::Units(units) => of_units(&units).map(PathBuf::from).ok_or(NO_NAME),
    }
}

#[cfg(unix)]
fn units(path: &Path) -> Option<Vec<u16>> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(path.as_os_str().as_bytes().iter().map(|&byte| byte.into()).collect())
}

#[cfg(unix)]
fn of_units(units: &[u16]) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    let bytes: Option<Vec<u8>> = units.iter().map(|&unit| unit.try_into().ok()).collect();
    bytes.map(OsString::from_vec)
}

#[cfg(windows)]
fn units(path: &Path) -> Option<Vec<u16>> {
    Some(std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str()).collect())
}

#[cfg(windows)]
fn of_units(units: &[u16]) -> Option<OsString> {
    Some(std::os::windows::ffi::OsStringExt::from_wide(units))
}

#[cfg(not(any(unix, windows)))]
fn units(_path: &Path) -> Option<Vec<u16>> {
    None
}

#[cfg(not(any(unix, windows)))]
fn of_units(_units: &[u16]) -> Option<OsString> {
    None
}
