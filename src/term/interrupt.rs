//! Ctrl-C at a prompt: the terminal as it was, and the exit code that says so.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use dialoguer::console::Term;

/// The exit code of a program that was interrupted, as shells count.
const INTERRUPTED: i32 = 130;

/// Held while the terminal's mode is changed, and for good by who ends the program: the terminal stays as the last
/// one left it.
static TURN: Mutex<()> = Mutex::new(());

pub(super) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A terminal that keeps what is typed for the prompt: it neither shows it nor makes a signal of Ctrl-C, which the
/// prompt reads like any key. It begins before the question is there to be answered: a Ctrl-C at once would else end
/// the program just while the prompt changes the terminal, and leave it changed.
pub(super) struct Quiet(Mode);

impl Quiet {
    /// Until this is dropped. From the first time on a signal to stop puts the terminal back and ends the program;
    /// commands that ask nothing pay nothing.
    pub(super) fn begin() -> Self {
        let _turn = turn();
        let mode = Mode::now();
        handle(&mode);
        mode.quiet();
        Self(mode)
    }
}

/// From the first time on a signal to stop waits for its turn, puts the terminal back to `mode` and ends the program.
fn handle(mode: &Mode) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mode = mode.clone();
        // Without a handler the signal still ends the program, if less tidily.
        let _ = ctrlc::set_handler(move || {
            let _turn = turn();
            mode.restore();
            leave_question();
            std::process::exit(INTERRUPTED);
        });
    });
}

/// Sees to it that a signal to stop waits for its turn.
#[cfg(not(unix))]
pub(super) fn handle_in_turn() {
    handle(&Mode::now());
}

impl Drop for Quiet {
    fn drop(&mut self) {
        self.0.restore();
    }
}

/// Leaves the line of a question that was not answered. Lists hide the cursor.
pub(super) fn leave_question() {
    let _ = Term::stderr().show_cursor();
    let _ = Term::stderr().write_line("");
}

/// How the terminal treats what is typed.
#[cfg(unix)]
#[derive(Clone)]
struct Mode(Option<nix::sys::termios::Termios>);

#[cfg(unix)]
impl Mode {
    fn now() -> Self {
        Self(nix::sys::termios::tcgetattr(std::io::stdin()).ok())
    }

    fn quiet(&self) {
        use nix::sys::termios::LocalFlags;

        let Some(mut mode) = self.0.clone() else { return };
        mode.local_flags.remove(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG);
        Self(Some(mode)).restore();
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
#[derive(Clone)]
struct Mode;

#[cfg(not(unix))]
impl Mode {
    fn now() -> Self {
        Self
    }

    fn quiet(&self) {}

    fn restore(&self) {}
}
