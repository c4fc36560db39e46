//! The output of commands: pure functions from values to text.

mod change;
mod checkup;
mod collection;
pub mod comparison;
mod conflicts;
mod count;
mod diff;
pub mod findings;
mod hint;
mod inspect;
mod json;
mod kept;
mod masked;
mod merge;
mod outline;
mod refs;
mod resolve;
mod shortened;
mod status;
mod time;
mod visible;

pub use change::{ChangeReport, change_line};
pub use checkup::{Check, CheckupReport, Health, checkup};
pub use conflicts::{
    Commit, ConflictsReport, FileConflicts, FileState, NoFile, Operation, Sides, Unmergeable, conflict_lines,
};
pub use count::{counted, listed};
pub use diff::masked_diff;
pub use hint::{on_file, shell_word};
pub use inspect::{InspectReport, InspectView};
pub use json::to_json;
pub use kept::{KeptState, KeptTokens};
pub use masked::{Mask, Masked, secrets_in};
pub use merge::{MergeReport, merge_conflict_lines, merge_lines};
pub use outline::{marked_document, marked_text, outline};
pub use refs::{NameReport, Place, RefsReport, Searched, Unused};
pub use resolve::ResolveReport;
pub use shortened::shortened;
pub use status::{Status, StatusReport};
pub use time::{duration, moment, validity};
pub use visible::visible;
