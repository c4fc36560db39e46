//! Matches saved examples that were renamed.

use std::borrow::Cow;

use super::content::{Content, Part, content};
use super::shape::{Include, Shape};

/// Gives examples in `lists` that were renamed since the first list the name that they have there. They are recognized
/// by their ids, then by their content, then by their place together with the status of the response.
pub(super) fn rename(lists: &mut [&mut Vec<Part<'_>>], shape: Shape) {
    let Some((first, others)) = lists.split_first_mut() else { return };
    if !matches!(shape, Shape::Responses | Shape::Examples) {
        return;
    }
    let lacks = |list: &[Part<'_>], part: &Part<'_>| list.iter().all(|own| own.name.text != part.name.text);
    for other in others {
        let mut gone: Vec<_> = (0..first.len()).filter(|at| lacks(other, &first[*at])).collect();
        let mut new: Vec<_> = (0..other.len()).filter(|at| lacks(first, &other[*at])).collect();
        let same_answer = |was: usize, at: usize| {
            was == at && status(&first[was]).is_some_and(|it| status(&other[at]) == Some(it))
        };
        let is_same: [&dyn Fn(usize, usize) -> bool; 3] = [
            &|was, at| id(&first[was]).is_some_and(|it| id(&other[at]) == Some(it)),
            &|was, at| is_alike(&first[was], &other[at]),
            &same_answer,
        ];
        let mut found = Vec::new();
        for is_same in is_same {
            gone.retain(|&was| {
                let twin = new.iter().position(|&at| is_same(was, at)).map(|twin| new.remove(twin));
                found.extend(twin.map(|twin| (was, twin)));
                twin.is_none()
            });
        }
        for (was, twin) in found {
            other[twin].name = first[was].name.clone();
        }
    }
}

fn id<'d>(example: &Part<'d>) -> Option<Cow<'d, str>> {
    example.view.get("id")?.as_str()
}

fn status(example: &Part<'_>) -> Option<String> {
    let answer = example.view.get("response").and_then(|response| response.get("statusCode"));
    example.view.get("code").or(answer).map(|status| status.shown())
}

/// Whether two examples are the same apart from their names.
fn is_alike(one: &Part<'_>, other: &Part<'_>) -> bool {
    unnamed(one).means(&unnamed(other), Include::default())
}

fn unnamed<'d>(example: &Part<'d>) -> Content<'d> {
    let mut content = content(&example.view, example.shape, Include::default());
    if let Content::Parts(parts) = &mut content {
        parts.retain(|part| part.name.text != "name");
    }
    content
}
