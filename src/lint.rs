//! Checks files: rules, the facts they use, and their findings. Pure.
//!
//! Each file below `rules/` contains one [`Rule`]; [`ALL`] lists them. Rules declare what they check ([`Check`]), so
//! that a document is walked once for all of them.

mod baseline;
mod check;
mod facts;
mod finding;
mod fix;
mod location;
mod reading;
mod rule;
mod rules;
mod schema;
mod selection;

pub use baseline::Baseline;
pub use check::Checker;
pub use facts::{Facts, Profile, Surroundings, Template};
pub use finding::{Finding, Findings, Help};
pub use fix::{Fix, Fixes, Safety, fix};
pub use location::{Folder, Location};
pub use reading::{empty, unparsable, unreadable};
pub use rule::{Check, Rule, Severity};
pub use rules::ALL;
pub use selection::{Selection, UnknownRule};
