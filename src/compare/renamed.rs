//! Which saved example under a new name is which of another file.

use super::shape::{Include, Part, Shape, same};
use super::view::View;

/// Gives the examples in `lists` that the first list has under another name the name that they have there: those with its id, else those
/// that are the same but for their names, else those at the same place that answer with the same status.
pub(super) fn rename(lists: &mut [&mut Vec<Part<'_>>], shape: Shape, include: Include) {
    let Some((first, others)) = lists.split_first_mut() else { return };
    if !matches!(shape, Shape::Responses | Shape::Examples) {
        return;
    }
    for other in others {
        let is_in = |list: &[Part<'_>], part: &Part<'_>| list.iter().any(|own| own.name.text == part.name.text);
        let mut gone: Vec<_> = (0..first.len()).filter(|at| !is_in(other, &first[*at])).collect();
        let mut new: Vec<_> = (0..other.len()).filter(|at| !is_in(first, &other[*at])).collect();
        for is_same in [has_id, is_alike, answers_alike] {
            gone.retain(|&was| {
                let one = (was, &first[was].view);
                let found = new.iter().position(|&at| is_same(one, (at, &other[at].view), include));
                let found = found.map(|found| new.remove(found));
                found.map(|at| other[at].name = first[was].name.clone()).is_none()
            });
        }
    }
}

/// An example and its place in the list.
type Placed<'p, 'd> = (usize, &'p View<'d>);

fn has_id(one: Placed<'_, '_>, other: Placed<'_, '_>, _: Include) -> bool {
    let id = |(_, example): Placed<'_, '_>| example.get("id").and_then(|id| id.text().map(|id| id.into_owned()));
    id(one).is_some_and(|own| Some(own) == id(other))
}

fn is_alike(one: Placed<'_, '_>, other: Placed<'_, '_>, include: Include) -> bool {
    let unnamed = |(_, example): Placed<'_, '_>| {
        let members = example.members().into_iter().filter(|(name, _)| !matches!(&**name, "name" | "id"));
        View::of_members(members)
    };
    same(&unnamed(one), &unnamed(other), Shape::Response, include)
}

fn answers_alike(one: Placed<'_, '_>, other: Placed<'_, '_>, _: Include) -> bool {
    let status = |(_, example): Placed<'_, '_>| example.get("code").map(|code| code.to_value());
    one.0 == other.0 && status(one).is_some_and(|own| Some(own) == status(other))
}
