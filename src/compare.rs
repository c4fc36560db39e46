//! Compares two or more files by meaning: differences, tables, merges and patches. Pure.

mod absence;
mod by_name;
mod changes;
mod content;
mod diff;
mod difference;
mod identity;
mod items;
mod kinds;
mod label;
mod members;
mod merge;
mod namesakes;
mod notation;
mod outline;
mod patch;
mod renamed;
mod shape;
mod spelling;
mod table;
mod version;
mod view;

pub use diff::{diff, diff_alone, diff_parts};
pub use difference::{Change, Diff, Entry, Presence, Subject, What};
pub use kinds::DifferentKinds;
pub use merge::{
    Conflict, Decision, Merge, MergeError, News, Preference, Settled, Side, Standing, TokenChoice, Why,
    lost_comments, merge, standings, take_comments,
};
pub use outline::{Line, outline};
pub use patch::{Op, Operation, patch};
pub use shape::Include;
pub use table::{ItemRow, ItemState, Table, VariableRow, table};
pub use version::Version;
pub use view::View;
