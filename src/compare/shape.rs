//! What values are in Postman's files.

/// What a value is in a file of Postman's, and so how its parts are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The head of a collection: everything but its items.
    Collection,
    /// `info` of a collection.
    Info,
    /// A folder or a request with what belongs to it, without the items inside.
    Item,
    /// What is sent.
    Request,
    /// Where it is sent.
    Url,
    /// The name of a machine, in one piece or in labels.
    Host,
    /// The path on it, in one piece or in segments.
    Path,
    /// A request's body.
    Body,
    /// The way to authenticate.
    Auth,
    /// Scripts by the event that runs them.
    Events,
    /// One of them.
    Event,
    /// Its text.
    Script,
    /// Saved examples.
    Responses,
    /// One of them.
    Response,
    /// Rows with a key: variables, headers, parameters.
    Rows,
    /// One of them.
    Row,
    /// The head of an environment: everything but its variables.
    Environment,
    /// One file of a git-native collection; in an example also what was sent, and the answer.
    File,
    /// The way to authenticate, in such a file, or a list of several.
    Credentials,
    /// A body there.
    Payload,
    /// Rows there, as a list or as a map of names and values; or the text of a body.
    Pairs,
    /// Scripts there, by the moment that runs them.
    Scripts,
    /// One of them.
    Code,
    /// Saved examples in the file of their request, as the older dialect has them.
    Examples,
    /// The place of such a file among its neighbours, as a number.
    Order,
    /// What an environment looks like in the app.
    Color,
    /// Text that people write, compared and merged by lines; a list of lines and `{content, type}` mean the same.
    Text,
    /// An id. Made anew by tools.
    Id,
    /// What an export says about itself.
    Meta,
    /// Any JSON value.
    Json,
}

impl Shape {
    /// Whether each item of an array of this shape is a thing of its own.
    pub(super) fn is_list(self) -> bool {
        use Shape::{Credentials, Events, Examples, Pairs, Responses, Rows, Scripts};
        matches!(self, Rows | Events | Responses | Pairs | Scripts | Examples | Credentials)
    }
}

/// What is noise unless asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Ids, which tools regenerate.
    pub ids: bool,
    /// The order of items, variables and rows.
    pub order: bool,
    /// What an export says about itself: when, by what, by whom.
    pub export_meta: bool,
}
