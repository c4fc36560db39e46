//! A question that a signal ends or halts: the terminal is left as it was.

use dialoguer::console::Term;

#[cfg(not(unix))]
pub(super) use elsewhere::{Quiet, handle, turn};
#[cfg(unix)]
pub(super) use unix::Quiet;

/// Leaves the line of a question that was not answered. Lists hide the cursor.
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

    /// How often a signal puts the terminal back before it does its work, and how long it waits in between.
    const RESTORES: u32 = 5;
    const PAUSE: Duration = Duration::from_millis(4);

    /// A terminal that keeps what is typed for the prompt: it neither shows it nor makes a signal of Ctrl-C, which the
    /// prompt reads like any key. It begins before the question is there to be answered: a Ctrl-C at once would else
    /// end the program just while the prompt changes the terminal, and leave it changed.
    pub(in crate::term) struct Quiet {
        mode: Mode,
        signals: Option<Caught>,
    }

    impl Quiet {
        /// Until this is dropped. A signal to stop puts the terminal back before it ends the program or halts it; one
        /// that goes on asks `question` again, since other things stand below it by then.
        pub(in crate::term) fn begin(question: &str) -> Self {
            let mode = Mode(tcgetattr(std::io::stdin()).ok());
            let (before, question) = (mode.clone(), question.to_owned());
            let react = move |signal| {
                // The thread that asks changes the mode for each key, and may just be doing so.
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
            // One that is just being halted goes on first, and then asks again.
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

    /// The exit code of a program that was interrupted, as shells count.
    const INTERRUPTED: i32 = 130;

    /// Held by what must not be cut off.
    static TURN: Mutex<()> = Mutex::new(());

    pub(in crate::term) fn turn() -> MutexGuard<'static, ()> {
        TURN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The mode is not the terminal's but the program's, and ends with it.
    pub(in crate::term) struct Quiet(());

    impl Quiet {
        /// From the first time on Ctrl-C leaves the question before it ends the program.
        pub(in crate::term) fn begin(_question: &str) -> Self {
            handle();
            Self(())
        }
    }

    /// From the first time on Ctrl-C waits for its turn.
    pub(in crate::term) fn handle() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // Without a handler it still ends the program, if less tidily.
            let _ = ctrlc::set_handler(|| {
                let _turn = turn();
                leave_question();
                std::process::exit(INTERRUPTED);
            });
        });
    }
}
