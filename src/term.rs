//! The only place that prints. Text from files is made harmless here before a terminal sees it.

mod escape;
mod hold;
mod interrupt;
mod output;
mod progress;
mod prompt;
#[cfg(unix)]
mod signals;
mod snippet;
mod style;
mod table;
mod wrap;

pub use escape::{escape, escape_except, escape_path};
pub use hold::{Hold, end_if_interrupted, is_interrupted};
pub use output::{ColorChoice, Terminal, tell};
pub use progress::Progress;
pub use prompt::{PromptError, Prompter};
pub use snippet::{Level, Snippet, excerpt_span, render};
pub use style::{Painter, Role};
pub use table::{Cell, Column, table};
pub use wrap::{hanging, wrap};
