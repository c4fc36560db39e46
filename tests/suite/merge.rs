//! Properties of every merge, whatever the files, and how merges behave.

mod comments;
mod identity;
mod laws;
mod native;
mod releases;
mod spelling;

use std::panic::Location;

use envtool::compare::{self, Decision, Include, News, Preference, Side, Version};
use envtool::model::{Collection, Scope};
use envtool::syntax::{Document, Syntax, Value};
use envtool::text::Source;
use envtool::v3::join_alone;

use crate::support::patch::applied;
use crate::support::root;

const EVERYTHING: Include = Include { ids: true, order: false, export_meta: true };

/// Merges the files of these variables.
fn merge<'d>(
    base: Option<&Scope<'d>>,
    ours: &Scope<'d>,
    theirs: &Scope<'d>,
    prefer: Option<Side>,
) -> compare::Merge {
    let version = |scope: &Scope<'d>| Version::of(scope.owner().document()).unwrap();
    compare::merge(base.map(version).as_ref(), &version(ours), &version(theirs), &prefer.into()).unwrap()
}

/// `ours` with `theirs` merged into it, and the number of conflicts.
fn merged(base: &str, ours: &str, theirs: &str, prefer: Option<Side>) -> (String, usize) {
    let (text, conflicts) = merged_with(base, ours, theirs, &prefer.into());
    (text, conflicts.len())
}

/// The same, with the paths of the conflicts.
fn merged_with(base: &str, ours: &str, theirs: &str, prefer: &Preference) -> (String, Vec<Vec<String>>) {
    let documents = [base, ours, theirs].map(document);
    let [base, ours, theirs] = documents.each_ref().map(|document| Version::of(document).unwrap());
    let merge = compare::merge(Some(&base), &ours, &theirs, prefer).unwrap();
    let after = documents[1].edited(&merge.edits).unwrap();
    (after.source().text().to_owned(), merge.conflicts.into_iter().map(|conflict| conflict.path).collect())
}

/// Parses JSON or YAML.
fn document(text: &str) -> Document {
    let source = Source::decode(text.as_bytes().to_vec()).unwrap();
    Document::parse(source, Syntax::of("", text)).map_err(|(error, _)| error).unwrap()
}

/// The same, with a single file of a git-native collection as a collection of its own.
fn collection_of(text: &str) -> Document {
    let document = document(text);
    let joined = join_alone("", &document);
    joined.map_or(document, |joined| Document::json(&joined.collection.to_json()).unwrap())
}

fn differences(one: &str, other: &str) -> String {
    let documents = [one, other].map(collection_of);
    let [one, other] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let entries = compare::diff(&one, &other, EVERYTHING).unwrap().entries;
    let brief = |entry: &compare::Entry<'_>| {
        let places: Vec<_> = entry.changes.iter().map(|change| change.place.join(".")).collect();
        format!("{:?} {:?} {:?} {places:?}", entry.presence, entry.path, entry.moved_from)
    };
    entries.iter().map(brief).collect::<Vec<_>>().join("; ")
}

/// Checks that the patch from one document to another turns the first value into the second.
fn assert_patched(one: &str, other: &str) {
    let [one, other] = [one, other].map(document);
    let value = |document: &Document| serde_json::from_str(&Value::of(document.root()).to_json()).unwrap();
    assert_eq!(applied(value(&one), &compare::patch(&one, &other)), value(&other));
}

#[test]
fn additions_keep_their_position_in_theirs() {
    let json = |rows: &str| format!("{{\"name\":\"E\",\"values\":[{rows}]}}");
    let row = |key: &str| format!("{{\"key\":\"{key}\",\"value\":\"1\"}}");
    let rows =
        |keys: &str| json(&keys.chars().map(|key| row(&key.to_string())).collect::<Vec<_>>().join(","));
    let headers = |open: &str, keys: &str, close: &str| {
        let rows: Vec<_> = keys.chars().map(|key| format!("{key}: v")).collect();
        let rows = if open.is_empty() { "\n  ".to_owned() + &rows.join("\n  ") } else { rows.join(", ") };
        format!("$kind: http-request\nheaders: {open}{rows}{close}\norder: 1\n")
    };
    for (base, ours, theirs, expected) in [
        ("ab", "ab", "xab", "xab"),
        ("ab", "ab", "xzab", "xzab"),
        ("ab", "mab", "xab", "xmab"),
        ("ab", "b", "xab", "xb"),
        ("ab", "ab", "xb", "xb"),
        ("ab", "abm", "axb", "axbm"),
    ] {
        let texts = [base, ours, theirs];
        let check = |spelled: &dyn Fn(&str) -> String| {
            let [base, ours, theirs] = texts.map(spelled);
            assert_eq!(merged(&base, &ours, &theirs, None), (spelled(expected), 0), "{texts:?}");
        };
        check(&rows);
        check(&|keys| headers("", keys, ""));
        check(&|keys| headers("{ ", keys, " }"));
    }
    let members = |first: &str| format!("{{{first}\"name\":\"E\",\"values\":[],\"last\":1}}");
    let new = members("\"first\":true,");
    assert_eq!(merged(&members(""), &members(""), &new, None), (new, 0));
}

#[test]
fn a_color_comes_from_the_side_that_changed_it_and_never_conflicts() {
    let json = |color: &str| match color {
        "" => "{\"name\":\"E\",\"values\":[]}".to_owned(),
        color => format!("{{\"name\":\"E\",\"values\":[],\"color\":{color}}}"),
    };
    let yaml = |color: &str| match color {
        "" => "name: E\nvalues: []\n".to_owned(),
        color => format!("name: E\nvalues: []\ncolor: {color}\n"),
    };
    for (base, ours, theirs, expected) in [
        ("null", "null", "120", "120"),
        ("120", "120", "null", "null"),
        ("0", "0", "120", "120"),
        ("", "", "120", "120"),
        ("", "", "null", ""),
        ("120", "120", "", "120"),
        ("120", "0", "120", "0"),
        ("null", "0", "120", "0"),
        ("60", "null", "120", "null"),
        ("60", "0", "null", "0"),
        ("60", "", "120", ""),
        ("", "0", "120", "0"),
    ] {
        for spelled in [json, yaml] {
            let after = merged(&spelled(base), &spelled(ours), &spelled(theirs), None);
            assert_eq!(after, (spelled(expected), 0), "{base:?} {ours:?} {theirs:?}");
        }
    }
}

/// Checks all laws.
#[track_caller]
fn assert_laws(base: &str, ours: &str, theirs: &str) {
    assert_nothing_is_lost(base, ours, theirs);
    assert_sides_agree(base, ours, theirs);
}

/// Describes a broken law: which one, where it was checked, and for which files.
#[track_caller]
fn breach<'t>([base, ours, theirs]: [&'t str; 3]) -> impl Fn(&str) -> String + 't {
    let place = Location::caller();
    move |law| format!("{law}, at {place}\nbase:\n{base}\nours:\n{ours}\ntheirs:\n{theirs}")
}

#[track_caller]
fn assert_nothing_is_lost(base: &str, ours: &str, theirs: &str) {
    let broken = breach([base, ours, theirs]);
    let unchanged = (ours.to_owned(), 0);
    assert_eq!(
        merged(base, ours, base, None),
        unchanged,
        "{}",
        broken("theirs without changes changes nothing")
    );
    assert_eq!(
        merged(base, ours, ours, None),
        unchanged,
        "{}",
        broken("theirs equal to ours changes nothing")
    );
    let (taken, conflicts) = merged(base, base, theirs, None);
    assert_eq!(
        (&*differences(&taken, theirs), conflicts),
        ("", 0),
        "{}",
        broken("all changes of theirs are taken")
    );
}

/// The names of all requests in `text`, which are also their ids.
fn requests(text: &str) -> Vec<String> {
    let document = document(text);
    let collection = Collection::of(&document).unwrap();
    let requests = collection.items().iter().filter(|item| !item.is_folder());
    requests.filter_map(|item| Some(item.name()?.into_owned())).collect()
}

/// Checks that every request that both sides have, or one side added, is in the result once, however conflicts are
/// decided.
#[track_caller]
fn assert_additions_are_there(base: &str, ours: &str, theirs: &str) {
    let broken = breach([base, ours, theirs]);
    let [was, here, there] = [base, ours, theirs].map(requests);
    let conflicts = merged_with(base, ours, theirs, &Preference::default()).1.into_iter();
    let single =
        conflicts.map(|path| Preference { everywhere: None, places: vec![(path.join(" > "), Side::Theirs)] });
    let sides = [None, Some(Side::Ours), Some(Side::Theirs)].map(Preference::from);
    for prefer in sides.into_iter().chain(single) {
        let (text, _) = merged_with(base, ours, theirs, &prefer);
        let after = requests(&text);
        for name in here.iter().chain(&there) {
            if !was.contains(name) || (here.contains(name) && there.contains(name)) {
                let count = after.iter().filter(|it| it == &name).count();
                assert_eq!(count, 1, "{}", broken(&format!("{name} is there once, with {prefer:?}")));
            }
        }
    }
}

/// The decisions to take changes from theirs, and those to keep changes of ours. Merged lines are neither, and tokens
/// are reported elsewhere.
fn decisions(base: &str, ours: &str, theirs: &str) -> [Vec<String>; 2] {
    let documents = [base, ours, theirs].map(document);
    let [base, ours, theirs] = documents.each_ref().map(|document| Version::of(document).unwrap());
    let merge = compare::merge(Some(&base), &ours, &theirs, &None.into()).unwrap();
    let tokens = merge.tokens.map(|choice| choice.keys).unwrap_or_default();
    let alone = |list: &[Decision]| {
        let alone = list.iter().filter(|decision| {
            decision.what != News::Merged && !tokens.iter().any(|key| decision.path[0].starts_with(key))
        });
        let mut alone: Vec<_> = alone.map(|it| format!("{:?}", it.what)).collect();
        alone.sort();
        alone
    };
    [alone(&merge.taken), alone(&merge.kept)]
}

#[track_caller]
fn assert_sides_agree(base: &str, ours: &str, theirs: &str) {
    let broken = breach([base, ours, theirs]);
    let swapped = [merged(base, ours, theirs, None).1, merged(base, theirs, ours, None).1];
    assert_eq!(swapped[0], swapped[1], "{}", broken("conflicts are the same from both sides"));
    if swapped[0] == 0 {
        let ([taken, kept], [news, own]) = (decisions(base, ours, theirs), decisions(base, theirs, ours));
        assert_eq!((taken, kept), (own, news), "{}", broken("what one side takes the other keeps"));
    }
    let (one, other) =
        (merged(base, ours, theirs, Some(Side::Ours)), merged(base, theirs, ours, Some(Side::Theirs)));
    assert_eq!((one.1, other.1), (0, 0), "{}", broken("a preference leaves no conflict"));
    assert_eq!(differences(&one.0, &other.0), "", "{}", broken("the preferred side wins from both sides"));
}

/// Checks that merging theirs into the result again changes and decides nothing. This holds unless a list has namesakes,
/// or folders are recognized only by what was in them.
#[track_caller]
fn assert_again_changes_nothing(base: &str, ours: &str, theirs: &str) {
    let (once, conflicts) = merged(base, ours, theirs, None);
    let broken = breach([base, &once, theirs]);
    let (again, left) = merged(base, &once, theirs, None);
    assert_eq!(again, once, "{}", broken("merging again changes nothing"));
    assert!(left >= conflicts, "{}", broken("merging again decides nothing"));
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(root().join("fixtures/compare").join(name)).unwrap()
}

#[test]
fn the_laws_hold_for_a_release_and_own_changes() {
    assert_laws(&fixture("parcels-1.json"), &fixture("parcels-mine.json"), &fixture("parcels-2.json"));
    let environment = |name: &str| fixture(&format!("{name}.postman_environment.json"));
    assert_laws(&environment("team"), &environment("staging"), &environment("production"));
    assert_laws(&environment("box-base"), &environment("box-ours"), &environment("box-theirs"));
}

#[test]
fn token_pairs_of_the_same_age_are_one_conflict() {
    let base = fixture("box-base.postman_environment.json");
    let (ours, theirs) = (base.replace("Aa09", "Bb09"), base.replace("Aa09", "Cc09"));
    assert!(ours != base && theirs != base);
    assert_eq!(merged(&base, &ours, &theirs, None), (ours.clone(), 1));
    assert_eq!(merged(&base, &ours, &theirs, Some(Side::Ours)), (ours.clone(), 0));
    assert_eq!(merged(&base, &ours, &theirs, Some(Side::Theirs)), (theirs.clone(), 0));
    assert_laws(&base, &ours, &theirs);
    // The other members of their rows merge anyway.
    let typed = ours.replacen("\"type\": \"default\"", "\"type\": \"secret\"", 3);
    let noted =
        theirs.replace("\"key\": \"access_token\",", "\"key\": \"access_token\", \"description\": \"d\",");
    let (both, conflicts) = merged(&base, &typed, &noted, Some(Side::Theirs));
    assert_eq!((both.matches("secret\",").count() > 2, both.contains("\"description\"")), (true, true));
    assert!(both.contains("Cc09") && !both.contains("Bb09") && conflicts == 0, "{both}");
}

#[test]
fn a_conflict_is_secret_if_one_side_says_so() {
    let row = |value: &str, kind: &str| {
        format!(r#"{{"name": "E", "values": [{{"key": "a", "value": "{value}", "type": "{kind}"}}]}}"#)
    };
    let sides = [row("x", "secret"), row("y", "default"), r#"{"name": "E", "values": []}"#.to_owned()];
    let documents = sides.each_ref().map(|text| document(text));
    let [base, ours, theirs] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let merge = merge(Some(&base), &ours, &theirs, None);
    assert_eq!(merge.conflicts.iter().map(|conflict| conflict.secret).collect::<Vec<_>>(), [true]);
}

#[test]
fn a_value_that_was_empty_is_changed_and_not_new_from_both_sides() {
    let row = |value: &str| format!(r#"{{"name": "E", "values": [{{"key": "a", "value": "{value}"}}]}}"#);
    for (base, ours) in [("", "x"), ("x", "")] {
        assert_eq!(decisions(&row(base), &row(ours), &row(base)), [vec![], vec!["Changed".to_owned()]]);
        assert_laws(&row(base), &row(ours), &row(base));
    }
}
