//! Text to one lossless tree of spans, and edits of the tree back to text. [`model`](crate::model) knows what a file
//! *means*.

mod block;
mod children;
mod chunk;
mod comments;
mod document;
mod error;
mod json;
mod likeness;
mod marks;
mod member;
mod name;
mod navigation;
mod node;
mod number;
mod obstacle;
mod path;
mod plain;
mod query;
mod spelling;
mod string;
mod tree;
mod value;
pub mod write;
mod yaml;

pub use document::{Document, Syntax};
pub use error::SyntaxError;
pub use member::Member;
pub use name::Name;
pub use node::{Node, NodeId};
pub use number::same_number;
pub use obstacle::{NotEdited, Obstacle};
pub use path::{Path, Step, is_path};
pub use query::{QueryError, select};
pub use spelling::Spelling;
pub use tree::{Kind, MAX_DEPTH};
pub use value::Value;
