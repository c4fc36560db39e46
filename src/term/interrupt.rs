//! Ctrl-C at a prompt: the terminal as it was, and the exit code that says so.

use std::sync::Once;

use dialoguer::console::Term;

/// The exit code of a program that was interrupted, as shells count.
const INTERRUPTED: i32 = 130;

/// From now on Ctrl-C puts the terminal back as it is now and ends the program. Called before each prompt, so that
/// commands which ask nothing pay nothing.
pub(super) fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mode = Mode::now();
        // Without a handler Ctrl-C still ends the program, if less tidily.
        let _ = ctrlc::set_handler(move || {
            mode.restore();
            show_cursor();
            let _ = Term::stderr().write_line("");
            std::process::exit(INTERRUPTED);
        });
    });
}

/// Lists hide the cursor.
pub(super) fn show_cursor() {
    let _ = Term::stderr().show_cursor();
}

/// How the terminal treats what is typed: a prompt for a secret turns its echo off.
#[cfg(unix)]
struct Mode(Option<nix::sys::termios::Termios>);

#[cfg(unix)]
impl Mode {
    fn now() -> Self {
        Self(nix::sys::termios::tcgetattr(std::io::stdin()).ok())
    }

    fn restore(&self) {
        use nix::sys::termios::{SetArg, tcsetattr};

        if let Some(mode) = &self.0 {
            let _ = tcsetattr(std::io::stdin(), SetArg::TCSANOW, mode);
        }
    }
}

/// Elsewhere the mode is not the terminal's but the program's, and ends with it.
#[cfg(not(unix))]
struct Mode;

#[cfg(not(unix))]
impl Mode {
    fn now() -> Self {
        Self
    }

    fn restore(&self) {}
}
