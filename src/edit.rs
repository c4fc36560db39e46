//! The editing verbs: each turns a view and a request into a [`Plan`]. Pure: nothing is written here.

mod absorb;
mod assign;
mod auto_refresh;
mod credential;
mod draft;
mod error;
mod format;
mod manifest;
mod new_environment;
mod plan;
mod redact;
mod rename;
mod reset;
mod retype;
mod set;
mod store_tokens;
mod target;
mod toggle;
mod unset;

pub use absorb::{Absorption, absorb};
pub use auto_refresh::{AutoRefresh, auto_refresh, is_on};
pub use error::EditError;
pub use format::{FormatOptions, format};
pub use manifest::unlist;
pub use new_environment::NewEnvironment;
pub use plan::{Action, Change, Plan};
pub use redact::{Redaction, redact};
pub use rename::{rename, rename_with_uses};
pub use reset::{Reset, reset, reset_part};
pub use retype::retype;
pub use set::{Assignment, SetOptions, set};
pub use store_tokens::store_tokens;
pub use toggle::{disable, enable};
pub use unset::unset;

use draft::Draft;
