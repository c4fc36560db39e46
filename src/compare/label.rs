use super::content::Part;
use super::shape::Shape;
use crate::model::value_name;

/// What is known of a value from above when it comes to secrets.
#[derive(Clone, Copy, Default)]
pub(super) struct Label<'k> {
    pub(super) key: &'k str,
    pub(super) secret: bool,
}

impl<'k> Label<'k> {
    /// The label of `part`, of a value of `shape`, which is what it is on one of `sides`.
    pub(super) fn below<'p: 'k>(self, shape: Shape, part: &'p Part<'_>, sides: &[Option<&Part<'_>>]) -> Self {
        match shape {
            // A row's key and type tell whether the value in it is a secret, and nothing about its description.
            Shape::Row if part.name.text == "value" => self,
            // Credentials are called after their authorization.
            Shape::Credentials if part.name.text == "credentials" => self,
            Shape::Row => Self { key: &part.name.text, secret: false },
            Shape::Rows | Shape::Pairs => {
                Self { key: value_name(self.key, &part.name.text), ..self.typed(sides) }
            }
            _ => Self { key: &part.name.text, ..self.typed(sides) },
        }
    }

    /// The same, a secret also when a side says so by its type.
    fn typed(self, sides: &[Option<&Part<'_>>]) -> Self {
        let typed = sides.iter().flatten().any(|part| part.view.is_typed_secret());
        Self { secret: self.secret || typed, ..self }
    }
}
