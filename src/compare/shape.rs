//! The roles of values in Postman's files.

/// The role of a value in a Postman file, which determines how its parts are identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The head of a collection: everything but its items.
    Collection,
    /// `info` of a collection.
    Info,
    /// A folder or a request, without the items inside.
    Item,
    /// The request of an item.
    Request,
    /// The address of a request.
    Url,
    /// The host of an address, as one string or in labels.
    Host,
    /// The path of an address, as one string or in segments.
    Path,
    /// The body of a request.
    Body,
    /// An authorization.
    Auth,
    /// Scripts by the event that runs them.
    Events,
    /// One event.
    Event,
    /// The script of an event.
    Script,
    /// Saved examples.
    Responses,
    /// One example.
    Response,
    /// Rows with a key: variables, headers, parameters.
    Rows,
    /// One row.
    Row,
    /// The head of an environment: everything but its variables.
    Environment,
    /// One file of a git-native collection; in an example, also the request and the response.
    File,
    /// An authorization in such a file, or a list of several.
    Credentials,
    /// The body in such a file.
    Payload,
    /// Rows in such a file, as a list or as a map of names and values; or the text of a body.
    Pairs,
    /// Scripts in such a file, by the moment that runs them.
    Scripts,
    /// One script.
    Code,
    /// Saved examples in the file of their request, as in the older dialect.
    Examples,
    /// The place of such a file among its neighbors, as a number.
    Order,
    /// The color of an environment in the app.
    Color,
    /// Text that users write, compared and merged by lines; also spelled as a list of lines or as `{content, type}`.
    Text,
    /// The value of a row: a text, also merged by lines, or any other JSON value.
    Value,
    /// An id, which tools regenerate.
    Id,
    /// Details of the export.
    Meta,
    /// Any JSON value.
    Json,
}

impl Shape {
    /// Whether the items of an array of this shape are compared one by one.
    pub(super) fn is_list(self) -> bool {
        use Shape::{Credentials, Events, Examples, Pairs, Responses, Rows, Scripts};
        matches!(self, Rows | Events | Responses | Pairs | Scripts | Examples | Credentials)
    }
}

/// The noise to include in comparisons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Ids, which tools regenerate.
    pub ids: bool,
    /// The order of items, variables and rows.
    pub order: bool,
    /// Details of the export: when, by which program, by whom.
    pub export_meta: bool,
}
