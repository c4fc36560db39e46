//! Options that several commands share, with their help. What the commands do is in [`commands`](crate::commands).

mod echo;
mod file;
mod files;
mod global;
mod keys;
mod min_ttl;
mod scopes;
mod suggestions;
mod token_request;

pub use echo::without_secrets;
pub use file::File;
pub use files::Files;
pub use global::{Global, color_in};
pub use keys::Keys;
pub use min_ttl::MinTtl;
pub use scopes::Scopes;
pub use suggestions::{json_for_format, likeliest_first};
pub use token_request::{Timeout, TokenRequest};
