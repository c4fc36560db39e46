/// What Postman's runtime (7.39.1) sends for a reference whose name every object of JavaScript has: it looks among its own
/// variables first, where it finds the object's own functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// This text.
    Text(&'static str),
    /// Nothing: the run ends.
    Throws,
}

impl Inherited {
    /// What becomes of a reference called `name`; none when it is looked up as any other.
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
