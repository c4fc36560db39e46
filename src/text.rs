//! Bytes and places: text as it was read, spans in it, and edits to it. Knows no format and does no I/O.

mod edit;
mod lines;
mod source;
mod span;

pub use bytes::Bytes;
pub use edit::{Edit, EditSet, Overlap};
pub use source::{DecodeError, Encoding, MAX_BYTES, Position, Source};
pub use span::Span;
