/// What Postman's runtime (7.39.1) makes of a reference whose name every JavaScript object inherits. The runtime looks
/// the name up in a plain object and finds the inherited member there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// It sends this text.
    Text(&'static str),
    /// It throws, and the run ends.
    Throws,
}

impl Inherited {
    /// The outcome for a reference to `name`; none if it is looked up like any other.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "constructor" | "__proto__" => Self::Text("[object Object]"),
            "toString" => Self::Text("[object Undefined]"),
            "isPrototypeOf" => Self::Text("false"),
            "hasOwnProperty"
            | "propertyIsEnumerable"
            | "toLocaleString"
            | "valueOf"
            | "__defineGetter__"
            | "__defineSetter__"
            | "__lookupGetter__"
            | "__lookupSetter__" => Self::Throws,
            _ => return None,
        })
    }
}
