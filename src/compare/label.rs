use super::content::Part;
use super::shape::Shape;
use crate::model::value_name;

/// What the context of a value says about whether it is a secret.
#[derive(Clone, Copy, Default)]
pub(super) struct Label<'k> {
    pub(super) key: &'k str,
    pub(super) secret: bool,
}

impl<'k> Label<'k> {
    /// The label of `part` in a value of `shape`; it may be typed as a secret on any of `sides`.
    pub(super) fn below<'p: 'k>(self, shape: Shape, part: &'p Part<'_>, sides: &[Option<&Part<'_>>]) -> Self {
        match shape {
            // A row's key and type apply to its value, not to its description.
            Shape::Row if part.name.text == "value" => self,
            // Credentials are named after their authorization.
            Shape::Credentials if part.name.text == "credentials" => self,
            Shape::Row => Self { key: &part.name.text, secret: false },
            Shape::Rows | Shape::Pairs => {
                Self { key: value_name(self.key, &part.name.text), ..self.typed(sides) }
            }
            _ => Self { key: &part.name.text, ..self.typed(sides) },
        }
    }

    /// The same, but secret if the type says so on any side.
    fn typed(self, sides: &[Option<&Part<'_>>]) -> Self {
        let typed = sides.iter().flatten().any(|part| part.view.is_typed_secret());
        Self { secret: self.secret || typed, ..self }
    }
}
