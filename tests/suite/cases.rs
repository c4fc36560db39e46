//! Whole runs of the program: the command line, all of its output, the exit code, and the files afterwards.
//!
//! `tests/cases/<topic>/*.trycmd` contain commands as typed. They run in the package's folder, so fixtures are at
//! `fixtures/…`. A case with an `.in` and an `.out` folder beside it runs in a copy of the first and must end with the
//! second. A `*.toml` case is one command, with standard input if it needs any. `TRYCMD=overwrite cargo test --test
//! suite cases` writes the current output into the cases; read the changes before you commit them.

use crate::support::program::NOW;

#[test]
fn cases() {
    let state = tempfile::tempdir().unwrap();
    let cases = trycmd::TestCases::new();
    cases
        .env("ENVTOOL_STATE_DIR", state.path().display().to_string())
        .env("ENVTOOL_NOW", NOW.to_string())
        .env("NO_COLOR", "")
        .env("CLICOLOR_FORCE", "")
        .env("COLUMNS", "100")
        .case("tests/cases/*/*.trycmd")
        .case("tests/cases/*/*.toml");
    if cfg!(windows) {
        // trycmd replaces the `.exe` in `script.exec` there, as if it ended the name of a program.
        for name in ["redact/collections", "refs/data", "refs/scripts", "set/secrets"] {
            cases.skip(format!("tests/cases/{name}.trycmd"));
        }
    }
    cases.run();
}
