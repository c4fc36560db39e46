//! What two or three files have in common and what not, by meaning: differences, merges and patches. Pure.

mod absence;
mod by_name;
mod diff;
mod difference;
mod identity;
mod label;
mod merge;
mod namesakes;
mod outline;
mod patch;
mod shape;
mod spelling;
mod table;
mod view;

pub use diff::{DifferentKinds, diff};
pub use difference::{Change, Diff, Entry, Presence, Subject, What};
pub use merge::{
    Conflict, Decision, Merge, MergeError, News, Side, Standing, TokenChoice, Why, merge, standings,
};
pub use outline::{Line, outline};
pub use patch::{Op, Operation, patch};
pub use shape::Include;
pub use table::{Row, rows};
pub use view::View;
