//! `delete` asks before it deletes anything.

use std::fs;

use expectrl::{ControlCode, Eof, Expect as _};

use super::{A, B, ENVIRONMENT, Terminal as _, end, place};

#[test]
fn delete_asks_first() {
    let place = place(&[A]);
    for (answer, code) in [("n\r", 1), ("\r", 1), ("y\r", 0)] {
        let mut session = place.envtool(&["delete"]);
        session.expect(format!("Delete {A}?")).unwrap();
        session.send(answer).unwrap();
        let (text, ended) = end(session);
        assert_eq!(ended, code, "{answer:?}: {text}");
        assert_eq!(place.file(A).exists(), code != 0, "{answer:?}: {text}");
    }
    let (text, code) = end(place.envtool(&["undo"]));
    assert_eq!((code, place.read(A).as_str()), (0, ENVIRONMENT), "{text}");
}

#[test]
fn delete_reports_what_it_deleted_before_it_failed() {
    let place = place(&[A, B]);
    let mut session = place.envtool(&["delete", "--json", A, B]);
    session.expect(format!("Delete {A}, {B}?")).unwrap();
    fs::remove_file(place.file(B)).unwrap();
    session.send("y\r").unwrap();
    let (text, code) = end(session);
    assert_eq!((code, place.file(A).exists()), (2, false), "{text}");
    assert!(text.contains(&format!("\"path\": \"{A}\"")) && text.contains("there is no such file"), "{text}");
}

/// No word that merely contains a `y` deletes anything.
#[test]
fn an_answer_that_is_neither_yes_nor_no_is_asked_for_again() {
    let place = place(&[A]);
    let mut session = place.envtool(&["delete"]);
    session.expect(format!("Delete {A}? [y/N]")).unwrap();
    session.send("maybe\r").unwrap();
    session.expect("answer `y` or `n`").unwrap();
    assert!(place.file(A).exists());
    session.expect(format!("Delete {A}? [y/N]")).unwrap();
    session.send("no\r").unwrap();
    let (text, code) = end(session);
    assert_eq!((code, place.file(A).exists()), (1, true), "{text}");
}

/// Leaving the second question takes back the answer to the first.
#[test]
fn delete_asks_about_the_manifest_before_it_deletes_anything() {
    let place = place(&[A]);
    let manifest = format!("localResources:\n  environments:\n    - ../{A}\n");
    fs::create_dir(place.file(".postman")).unwrap();
    fs::write(place.file(".postman/resources.yaml"), &manifest).unwrap();
    let second = || {
        let mut session = place.envtool(&["delete"]);
        session.expect(format!("Delete {A}?")).unwrap();
        session.send("y\r").unwrap();
        session.expect(format!(".postman/resources.yaml lists {A}. Remove the line?")).unwrap();
        session
    };
    let mut session = second();
    session.send(ControlCode::EndOfText).unwrap();
    session.expect(Eof).unwrap();
    assert!(place.file(A).exists());
    for (answer, is_listed) in [("n\r", true), ("y\r", false)] {
        let mut session = second();
        session.send(answer).unwrap();
        let (text, ended) = end(session);
        assert_eq!((ended, place.file(A).exists()), (0, false), "{answer:?}: {text}");
        let listed = place.read(".postman/resources.yaml").contains(A);
        assert_eq!(
            (listed, text.contains("still lists")),
            (is_listed, answer == "n\r"),
            "{answer:?}: {text}"
        );
        fs::write(place.file(A), ENVIRONMENT).unwrap();
    }
}
