//! The only place that reads and writes users' files. A file is replaced whole or not at all, under a lock, and the
//! change can be taken back.

mod base;
mod drafts;
mod error;
mod folder;
mod git;
mod held;
mod journal;
mod load;
mod local_key;
mod locate;
mod lock;
mod operations;
mod recovery;
mod save;
mod staged;
mod state;
mod stored_path;
mod together;
mod tree;
mod undo;
mod unfinished;
mod walk;

pub use base::{Base, without_dots};
pub use drafts::left_drafts;
pub use error::DiskError;
pub use folder::{create_folder, files_below, files_near, folders_in};
pub use git::GitIndex;
pub use held::Held;
pub use journal::{Entry, Journal};
pub use load::{load, read, read_standard_input};
pub use local_key::local_key;
pub use locate::{environments_in, is_environment_name};
pub use lock::Lock;
pub use operations::{Operations, Readers, RealDisk};
pub use recovery::{Recovery, Remains, Reserved};
pub use save::{Save, Saved, expect_replaceable, is_executable, is_same_file, resolve_any, resolve_existing};
pub use staged::Staged;
pub use state::{expect_state_folder, is_exposed, state_folder};
pub use together::Replacement;
pub use tree::Tree;
pub use undo::{Change, Contents, Undo};
pub use unfinished::Unfinished;
pub use walk::{Exclude, Found, is_export_name, is_pattern, walk};
