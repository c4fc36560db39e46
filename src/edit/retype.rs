use super::{Draft, EditError, Plan, assign, target};
use crate::model::Scope;
use crate::syntax::is_path;

/// Gives the variable called `key`, or those that the JSONPath `key` selects, the type `name` and leaves the values as
/// they are. Of duplicates, changes the one that the Postman app reads.
///
/// # Errors
/// A name or path that matches no variable, or only an entry of a map, which has no type.
pub fn retype(scope: &Scope<'_>, key: &str, name: &str) -> Result<Plan, EditError> {
    let variables = match scope.target(key).filter(|_| !is_path(key)) {
        Some(variable) => vec![variable],
        None => target::variables(scope, key)?,
    };
    let mut draft = Draft::default();
    for variable in variables {
        if variable.is_entry() {
            return Err(EditError::MapEntry(variable.key().to_owned()));
        }
        draft.extend(assign::assign_type(scope, variable, name));
    }
    draft.finish()
}
