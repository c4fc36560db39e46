//! Where the children of a container in YAML start, which JSON tells by its brackets.

use super::yaml::skip_blank;
use super::{Kind, Node};

impl Node<'_> {
    /// Whether it is an array or object in brackets: always in JSON, and in YAML what is not in lines of its own.
    #[must_use]
    pub fn is_flow(&self) -> bool {
        self.raw().starts_with(['{', '['])
    }

    /// Where the members or items of a block collection of YAML start: at their name or their dash.
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
