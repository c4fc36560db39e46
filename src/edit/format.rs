use std::collections::HashMap;

use super::{Action, Change, Draft, EditError, Plan};
use crate::model::{Scope, ScopeKind, member_order};
use crate::syntax::{Kind, Node, NodeId, Syntax};
use crate::text::{Edit, Span};

/// What to do besides the layout.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormatOptions {
    /// Sort the variables by key.
    pub sort_keys: bool,
    /// Remove who exported the file and when.
    pub strip_export_meta: bool,
}

/// The members that say who exported a file and when, and so differ between two exports of the same thing.
const EXPORT_META: [&str; 6] = [
    "_postman_exported_at",
    "_postman_exported_using",
    "postman_exported_at",
    "postman_exported_using",
    "_exporter_id",
    "_collection_link",
];

/// Gives a file the layout that Postman writes: tabs, line feeds, no final line break, and the members of an
/// environment or globals in the order of current exports. Values keep their spelling; in a collection only white space
/// changes.
///
/// # Errors
/// [`EditError::OnlyJson`] for any other syntax.
pub fn format(scope: &Scope<'_>, options: FormatOptions) -> Result<Plan, EditError> {
    let root = scope.owner().document().root();
    let source = root.document().source();
    if root.document().syntax() != Syntax::Json {
        return Err(EditError::OnlyJson);
    }
    let keys = scope.variables().iter().map(|variable| (variable.node().id(), variable.key())).collect();
    let mut layout = Layout { scope, options, keys, removed: Vec::new(), sorted: false, out: String::new() };
    layout.value(root, 0);
    let Layout { removed, sorted, out, .. } = layout;
    if out == source.text() {
        return Ok(Plan::default());
    }
    let mut draft = Draft::default();
    removed.into_iter().for_each(|name| draft.change([], Change::removed(name)));
    if sorted {
        draft.change([], Change::new("variables", Action::Sorted));
    }
    let whole = Span::new(0, source.text().len());
    draft.change([Edit::replace(whole, out)], Change::new("layout", Action::Formatted));
    draft.finish()
}

struct Layout<'s, 'd> {
    scope: &'s Scope<'d>,
    options: FormatOptions,
    /// The keys of the variables, by their nodes.
    keys: HashMap<NodeId, &'s str>,
    removed: Vec<String>,
    /// Whether the variables are in a new order.
    sorted: bool,
    out: String,
}

impl<'d> Layout<'_, 'd> {
    fn value(&mut self, node: Node<'d>, depth: usize) {
        let brackets = match node.kind() {
            Kind::Object => ['{', '}'],
            Kind::Array => ['[', ']'],
            _ => return self.out.push_str(node.raw()),
        };
        let children = self.children(node);
        self.out.push(brackets[0]);
        for (at, (name, value)) in children.iter().enumerate() {
            self.out.push_str(if at == 0 { "\n" } else { ",\n" });
            self.indent(depth + 1);
            if let Some(name) = name {
                self.out.push_str(name.raw());
                self.out.push_str(": ");
            }
            self.value(*value, depth + 1);
        }
        if !children.is_empty() {
            self.out.push('\n');
            self.indent(depth);
        }
        self.out.push(brackets[1]);
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n('\t', depth));
    }

    /// The members or items of `node` in their new order. Duplicates keep theirs.
    fn children(&mut self, node: Node<'d>) -> Vec<(Option<Node<'d>>, Node<'d>)> {
        let members = node.members().map(|member| (Some(member.name), member.value));
        let mut children: Vec<_> = members.chain(node.items().map(|item| (None, item))).collect();
        let owner = self.scope.owner();
        let ordered = self.scope.kind() != ScopeKind::Collection;
        if self.options.strip_export_meta && self.has_export_meta(node) {
            children.retain(|(name, _)| {
                let noise = name.and_then(|name| name.as_str()).filter(|name| EXPORT_META.contains(&&**name));
                self.removed.extend(noise.as_deref().map(str::to_owned));
                noise.is_none()
            });
        }
        if node == owner && ordered {
            children.sort_by_key(|(name, _)| rank(*name, member_order::first(self.scope.kind())));
        } else if ordered && self.keys.contains_key(&node.id()) {
            children.sort_by_key(|(name, _)| rank(*name, &member_order::VARIABLE));
        }
        if self.options.sort_keys && self.scope.list() == Some(node) {
            let key = |(_, row): &(_, Node<'d>)| {
                let key = self.keys.get(&row.id());
                (key.is_none(), key)
            };
            self.sorted |= !children.is_sorted_by_key(key);
            children.sort_by_key(key);
        }
        children
    }

    fn has_export_meta(&self, node: Node<'d>) -> bool {
        let owner = self.scope.owner();
        node == owner || owner.get("info") == Some(node) || owner.get("_") == Some(node)
    }
}

fn rank(name: Option<Node<'_>>, first: &[&str]) -> usize {
    member_order::rank(&name.and_then(|name| name.as_str()).unwrap_or_default(), first, member_order::LAST)
}
