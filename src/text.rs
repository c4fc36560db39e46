//! Bytes and places: text as it was read, spans in it and edits to it; and names listed in a sentence. Knows no format
//! and does no I/O.

mod edit;
mod lines;
mod named;
mod outermost;
mod quoted;
mod source;
mod span;

pub use bytes::Bytes;
pub use edit::{Edit, EditSet, Overlap};
pub use lines::{column, line_end, line_start};
pub use named::named;
pub use outermost::keep_outermost;
pub use quoted::Unclosed;
pub use source::{DecodeError, Empty, Encoding, MAX_BYTES, Position, Source};
pub use span::Span;
