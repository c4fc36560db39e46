//! The pages that the user sees in the browser after coming back from Box.

use crate::net::Page;

pub(super) const DONE: Page<'static> = Page {
    status: "200 OK",
    title: "You are logged in",
    text: "envtool has put the new tokens into your environment file. You can close this page and return to the terminal.",
};

pub(super) const FAILED: Page<'static> = Page {
    status: "200 OK",
    title: "The login did not work",
    text: "Box sent you back, but your file has no new tokens. Return to the terminal: it says why and what to do.",
};

pub(super) const NOT_GRANTED: Page<'static> = Page {
    status: "200 OK",
    title: "Access was not granted",
    text: "Nothing was changed. You can close this page and return to the terminal.",
};

pub(super) const STRANGER: Page<'static> = Page {
    status: "400 Bad Request",
    title: "This belongs to another login",
    text: "Use the address that the terminal shows now.",
};
