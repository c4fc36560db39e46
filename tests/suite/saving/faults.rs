//! A fault at every step of every kind of change.

use std::fs;

use envtool::disk::{DiskError, Journal, Readers, Save, Saved, Undo};

use super::{NEW, OLD, SavedFile, THIRD};
use crate::support::{Fault, TakeBack as _, TestDisk};

type Done = Result<(), DiskError>;

/// A change, how to prepare for it, and the content before and after.
struct Scenario {
    name: &'static str,
    prepare: fn(&SavedFile, &Save<'_>),
    act: fn(&SavedFile, &Save<'_>, &Journal) -> Done,
    before: Option<&'static [u8]>,
    after: Option<&'static [u8]>,
}

fn done(saved: Result<Saved, DiskError>) -> Done {
    saved.map(|_| ())
}

const SCENARIOS: [Scenario; 6] = [
    Scenario {
        name: "replace",
        prepare: |saved, _| fs::write(saved.file(), OLD).unwrap(),
        act: |saved, save, _| done(save.replace(&saved.file(), OLD, NEW)),
        before: Some(OLD),
        after: Some(NEW),
    },
    Scenario {
        name: "create",
        prepare: |_, _| (),
        act: |saved, save, _| done(save.create(&saved.file(), NEW, Readers::Owner)),
        before: None,
        after: Some(NEW),
    },
    Scenario {
        name: "delete",
        prepare: |saved, _| fs::write(saved.file(), OLD).unwrap(),
        act: |saved, save, _| done(save.delete(&saved.file(), OLD)),
        before: Some(OLD),
        after: None,
    },
    Scenario {
        name: "undo of replace",
        prepare: |saved, save| {
            fs::write(saved.file(), OLD).unwrap();
            save.replace(&saved.file(), OLD, NEW).unwrap();
        },
        act: |saved, save, journal| save.undo(&saved.file(), journal).map(|_| ()),
        before: Some(NEW),
        after: Some(OLD),
    },
    Scenario {
        name: "undo of create",
        prepare: |saved, save| drop(save.create(&saved.file(), NEW, Readers::Owner).unwrap()),
        act: |saved, save, journal| save.undo(&saved.file(), journal).map(|_| ()),
        before: Some(NEW),
        after: None,
    },
    Scenario {
        name: "undo of delete",
        prepare: |saved, save| {
            fs::write(saved.file(), OLD).unwrap();
            save.delete(&saved.file(), OLD).unwrap();
        },
        act: |saved, save, journal| save.undo(&saved.file(), journal).map(|_| ()),
        before: None,
        after: Some(OLD),
    },
];

#[test]
fn a_fault_at_any_operation_leaves_the_old_or_the_new_file() {
    assert_faults_are_survived(&SCENARIOS, true);
}

#[test]
fn a_fault_without_a_journal_leaves_the_old_or_the_new_file() {
    assert_faults_are_survived(&SCENARIOS[..3], false);
}

/// Runs each of `scenarios` with a fault before each of its operations in turn.
fn assert_faults_are_survived(scenarios: &[Scenario], with_journal: bool) {
    for fault in [Fault::Fails, Fault::Killed] {
        for scenario in scenarios {
            let count = (0..).take_while(|at| fails_at(scenario, *at, fault, with_journal)).count();
            assert!(count > 0, "{}: no operation at all", scenario.name);
        }
    }
}

/// Runs `scenario` with a fault before operation `at`. Returns false if it has fewer operations.
fn fails_at(scenario: &Scenario, at: usize, fault: Fault, with_journal: bool) -> bool {
    let (saved, sound) = (SavedFile::new(), TestDisk::default());
    let journal = saved.journal();
    (scenario.prepare)(&saved, &sound.save(Some(&journal)));

    let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
    let outcome = (scenario.act)(&saved, &faulty.save(with_journal.then_some(&journal)), &journal);

    let what = format!("{}, {fault:?} at {at}: {outcome:?}", scenario.name);
    let (before, after) = (scenario.before.map(<[u8]>::to_vec), scenario.after.map(<[u8]>::to_vec));
    let now = saved.content();
    match (&outcome, fault) {
        (Ok(()), _) => assert_eq!(now, after, "{what}"),
        (Err(_), Fault::Fails) => {
            assert_eq!(now, before, "{what}");
            assert!(saved.names().len() <= 1, "{what}: {:?}", saved.names());
        }
        (Err(_), Fault::Killed) => assert!(now == before || now == after, "{what}"),
    }
    assert_next_run_works(&saved, &journal, &what);
    faulty.has_failed()
}

/// Checks that another change can be made and undone, and that nothing is left behind.
fn assert_next_run_works(saved: &SavedFile, journal: &Journal, what: &str) {
    let sound = TestDisk::default();
    let save = sound.save(Some(journal));
    let now = saved.content();
    match &now {
        Some(bytes) => done(save.replace(&saved.file(), bytes, THIRD)).expect(what),
        None => done(save.create(&saved.file(), THIRD, Readers::Owner)).expect(what),
    }
    assert_eq!(saved.names(), ["Box.postman_environment.json"], "{what}");
    save.undo(&saved.file(), journal).expect(what);
    assert_eq!(saved.content(), now, "{what}");
    // Back to the beginning: each step leads to content that the file has had.
    loop {
        let listed = Undo::changes(&saved.file(), journal).expect(what).len();
        let undone = save.undo(&saved.file(), journal);
        assert_eq!(undone.is_ok(), listed > 0, "{what}: what is listed can be undone");
        if undone.is_err() {
            break;
        }
        let content = saved.content();
        assert!(content.is_none_or(|bytes| bytes == OLD || bytes == NEW), "{what}");
    }
}
