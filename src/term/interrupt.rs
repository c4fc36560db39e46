//! Leaves the terminal as it was when a signal ends or suspends the program at a question.

use dialoguer::console::Term;

#[cfg(not(unix))]
pub(super) use elsewhere::{Quiet, handle, turn};
#[cfg(unix)]
pub(super) use unix::Quiet;

/// Moves on from a question that was not answered, and shows the cursor, which lists hide.
pub(super) fn leave_question() {
    let _ = Term::stderr().show_cursor();
    let _ = Term::stderr().write_line("");
}

#[cfg(unix)]
mod unix {
    use std::time::Duration;

    use dialoguer::console::Term;
    use nix::sys::termios::{LocalFlags, SetArg, SpecialCharacterIndices, Termios, tcgetattr, tcsetattr};

    use super::leave_question;
    use crate::term::signals::{Caught, obey};

    /// How often the terminal is restored before a signal takes effect, and the pause in between.
    const RESTORES: u32 = 5;
    const PAUSE: Duration = Duration::from_millis(4);

    /// A terminal that neither echoes what is typed nor turns Ctrl-C into a signal: the prompt reads it like any other
    /// key. This begins before the question is shown. Otherwise an early Ctrl-C could end the program just while the
    /// prompt is changing the mode of the terminal, and leave it changed.
    pub(in crate::term) struct Quiet {
        mode: Mode,
        signals: Option<Caught>,
    }

    impl Quiet {
        /// Lasts until this is dropped. A signal to stop restores the terminal before it ends or suspends the program;
        /// when that continues, it shows `question` again, since the shell has printed below it in the meantime.
        pub(in crate::term) fn begin(question: &str) -> Self {
            let mode = Mode(tcgetattr(std::io::stdin()).ok());
            let (before, question) = (mode.clone(), question.to_owned());
            let react = move |signal| {
                // The thread that asks changes the mode for each key and may be about to do so.
                for _ in 0..RESTORES {
                    before.restore();
                    std::thread::sleep(PAUSE);
                }
                before.restore();
                leave_question();
                obey(signal);
                before.quiet();
                let _ = Term::stderr().write_str(&format!("{question} "));
            };
            let signals = Some(Caught::begin(react, || mode.quiet()));
            Self { mode, signals }
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            self.mode.restore();
            // Waits for a signal that is just being dealt with, which changes the mode too.
            drop(self.signals.take());
            self.mode.restore();
        }
    }

    /// How the terminal treats what is typed.
    #[derive(Clone)]
    struct Mode(Option<Termios>);

    impl Mode {
        fn quiet(&self) {
            let Some(mut mode) = self.0.clone() else { return };
            mode.local_flags
                .remove(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG | LocalFlags::IEXTEN);
            mode.control_chars[SpecialCharacterIndices::VMIN as usize] = 1;
            mode.control_chars[SpecialCharacterIndices::VTIME as usize] = 0;
            Self(Some(mode)).restore();
        }

        fn restore(&self) {
            if let Some(mode) = &self.0 {
                let _ = tcsetattr(std::io::stdin(), SetArg::TCSANOW, mode);
            }
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::sync::{Mutex, MutexGuard, Once, PoisonError};

    use super::leave_question;

    /// The exit code that shells give a program that was interrupted.
    const INTERRUPTED: i32 = 130;

    /// Held by what must not be interrupted.
    static TURN: Mutex<()> = Mutex::new(());

    pub(in crate::term) fn turn() -> MutexGuard<'static, ()> {
        TURN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Here the mode belongs to the program, not to the terminal, and ends with it.
    pub(in crate::term) struct Quiet(());

    impl Quiet {
        /// From the first call on, Ctrl-C moves on from the question before it ends the program.
        pub(in crate::term) fn begin(_question: &str) -> Self {
            handle();
            Self(())
        }
    }

    /// From the first call on, Ctrl-C waits for its turn.
    pub(in crate::term) fn handle() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // Without a handler it still ends the program, only less tidily.
            let _ = ctrlc::set_handler(|| {
                let _turn = turn();
                leave_question();
                std::process::exit(INTERRUPTED);
            });
        });
    }
}
