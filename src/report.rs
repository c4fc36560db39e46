//! What results look like: pure functions from values to text.

mod change;
mod diff;
mod inspect;
mod json;
mod masked;
mod status;
mod time;

pub use change::{ChangeReport, change_line};
pub use diff::masked_diff;
pub use inspect::{InspectReport, InspectView};
pub use json::to_json;
pub use masked::{Mask, Masked};
pub use status::{Status, StatusReport};
pub use time::{duration, moment};
