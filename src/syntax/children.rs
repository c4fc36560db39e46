//! Where the children of a YAML block collection start. It has no brackets to tell by.

use super::yaml::skip_blank;
use super::{Kind, Node};

impl Node<'_> {
    /// Whether it is an array or object in brackets, as every one is in JSON and a flow collection in YAML.
    #[must_use]
    pub fn is_flow(&self) -> bool {
        self.raw().starts_with(['{', '['])
    }

    /// Where the members or items of a YAML block collection start: at their names or dashes.
    #[must_use]
    pub fn child_starts(&self) -> Vec<usize> {
        if self.kind() == Kind::Object {
            return self.members().map(|member| member.name.span().start as usize).collect();
        }
        let text = self.document().source().text();
        let mut from = self.span().start as usize;
        let dash = |item: Node<'_>| {
            let dash = skip_blank(text, from);
            from = item.span().end as usize;
            dash
        };
        self.items().map(dash).collect()
    }
}
