//! The network: one request at a time over verified TLS, and the listener that a browser comes back to.
//! Commands that do not need it never touch it.

mod callback;
mod endpoint;
mod http;
mod lookup;
mod route;

pub use callback::{Callback, CallbackListener, Page};
pub use endpoint::{Endpoint, EndpointError};
pub use http::{NetError, get, post};
pub use route::Route;
