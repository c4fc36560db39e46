use super::shape::{Part, Shape};

/// What is known of a value from above when it comes to secrets.
#[derive(Clone, Copy, Default)]
pub(super) struct Label<'k> {
    pub(super) key: &'k str,
    pub(super) secret: bool,
}

impl<'k> Label<'k> {
    /// The label of `part`, of a value of `shape`, on one side or both.
    pub(super) fn below<'p: 'k>(
        self,
        shape: Shape,
        part: &'p Part<'_>,
        one: Option<&Part<'_>>,
        other: Option<&Part<'_>>,
    ) -> Self {
        let typed = |part: Option<&Part<'_>>| part.is_some_and(|part| part.view.is_typed_secret());
        match shape {
            // A row's key tells whether the value in it is a secret.
            Shape::Row => self,
            _ => Self { key: &part.name.text, secret: self.secret || typed(one) || typed(other) },
        }
    }
}
