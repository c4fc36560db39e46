//! How `edit` goes through the variables of a file.

use std::fs;

use expectrl::Expect as _;
use expectrl::session::OsSession;

use super::{A, ENVIRONMENT, ESCAPE, Terminal as _, choose, end, place};

/// Adds `!` to the value of `host`, the first variable.
fn append_to_host(session: &mut OsSession) {
    // done, add, host
    choose(session, "Which variable", 2);
    choose(session, "What about host", 0);
    session.expect("Value of host").unwrap();
    session.send("!\r").unwrap();
}

#[test]
fn edit_walks_through_the_variables() {
    let place = place(&[A]);
    fs::hard_link(place.file(A), place.file("other")).unwrap();
    let mut session = place.envtool(&["edit"]);
    append_to_host(&mut session);
    // A name that is taken is reported, and `edit` goes on.
    choose(&mut session, "Which variable", 2);
    choose(&mut session, "What about host", 2);
    session.expect("New name").unwrap();
    session.send("name\r").unwrap();
    session.expect("there is a variable `hostname` already").unwrap();
    choose(&mut session, "Which variable", 0);
    session.expect(format!("Write {A}?")).unwrap();
    // Enter keeps what was typed.
    session.send("\r").unwrap();
    session.expect(format!("{A}: written")).unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.read(A), ENVIRONMENT.replace("here", "here!"));
    assert!(!text.contains("swordfish"), "{text}");
    assert!(
        text.contains("the file has another name too (a hard link), which keeps the old content"),
        "{text}"
    );
}

/// The person's changes are not lost if the file changes, or cannot be written, while the question waits.
#[test]
fn edit_applies_its_changes_to_a_file_that_changed_meanwhile() {
    let place = place(&[A]);
    let mut session = place.envtool(&["edit"]);
    append_to_host(&mut session);
    choose(&mut session, "Which variable", 0);
    session.expect(format!("Write {A}?")).unwrap();
    fs::write(place.file(A), "{").unwrap();
    session.send("y\r").unwrap();
    session.expect("not written").unwrap();
    session.expect(format!("Write {A}?")).unwrap();
    fs::write(place.file(A), ENVIRONMENT.replace("box", "crate")).unwrap();
    session.send("y\r").unwrap();
    session.expect("changed by another program in the meantime; your changes on top of that").unwrap();
    session.expect(format!("Write {A}?")).unwrap();
    assert!(place.read(A).contains("here\""), "nothing is written before the answer");
    session.send("y\r").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.read(A), ENVIRONMENT.replace("box", "crate").replace("here", "here!"));
}

#[test]
fn edit_changes_one_value_of_yaml() {
    let place = place(&[]);
    let (name, before) = (
        "Dev.environment.yaml",
        "name: Dev   # mine\nvalues:\n  - key: host\n    value: 'here'\n    enabled: true\n",
    );
    fs::write(place.file(name), before).unwrap();
    let mut session = place.envtool(&["edit"]);
    append_to_host(&mut session);
    choose(&mut session, "Which variable", 0);
    session.expect(format!("Write {name}?")).unwrap();
    session.send("y\r").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.read(name), before.replace("here", "here!"));
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let place = place(&[A]);
    let mut session = place.envtool(&["edit"]);
    // done, add, host, password: Enter keeps a secret as it is.
    choose(&mut session, "Which variable", 3);
    choose(&mut session, "What about password", 0);
    session.expect("Enter keeps it").unwrap();
    session.send("\r").unwrap();
    choose(&mut session, "Which variable", 0);
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("nothing to change"), "{text}");
    assert_eq!(place.read(A), ENVIRONMENT);
}

/// Escape goes back from a variable, and discards changes only after a question.
#[test]
fn escape_throws_no_change_away_silently() {
    let place = place(&[A]);
    let mut session = place.envtool(&["edit"]);
    append_to_host(&mut session);
    choose(&mut session, "Which variable", 2);
    session.expect("What about host").unwrap();
    session.send(ESCAPE).unwrap();
    for answer in ["n\r", "y\r"] {
        session.expect("Which variable").unwrap();
        session.send(ESCAPE).unwrap();
        session.expect("Discard the changes? [y/N]").unwrap();
        session.send(answer).unwrap();
    }
    let (text, code) = end(session);
    assert_eq!((code, text.contains("nothing was changed")), (1, true), "{text}");
    assert_eq!(place.read(A), ENVIRONMENT);
}

#[test]
fn edit_adds_no_variable_of_a_name_that_is_taken() {
    let place = place(&[A]);
    let mut session = place.envtool(&["edit"]);
    choose(&mut session, "Which variable", 1);
    session.expect("Name").unwrap();
    session.send("host\r").unwrap();
    session.expect("there is a variable `host` already").unwrap();
    session.expect("Which variable").unwrap();
    session.send(ESCAPE).unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("nothing to change")), (0, true), "{text}");
}
