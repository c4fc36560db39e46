//! The only place that prints. What comes from files is made harmless here before a terminal sees it.

mod escape;
mod output;
mod prompt;
mod snippet;
mod style;
mod table;

pub use escape::{escape, escape_except};
pub use output::{ColorChoice, Terminal};
pub use prompt::{PromptError, Prompter, read_line};
pub use snippet::{Snippet, render};
pub use style::{Painter, Role};
pub use table::{Cell, table};
