//! What Postman knows in the environments and globals that it keeps as YAML in a repository: less than it ever exported.

/// The members of a file, in Postman's order.
pub const FILE_MEMBERS: [&str; 7] = [
    "id",
    "name",
    "values",
    "color",
    "_postman_variable_scope",
    "_postman_exported_at",
    "_postman_exported_using",
];

/// The members of a variable, in Postman's order.
pub const VARIABLE_MEMBERS: [&str; 9] =
    ["id", "key", "value", "enabled", "disabled", "type", "description", "secret", "source"];
