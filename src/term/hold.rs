//! Protects what must not be interrupted: a request whose answer comes only once.

/// The message on the first signal to stop.
#[cfg(unix)]
const WAITING: &str = "waiting for the answer, so that nothing is lost; Ctrl-C once more stops at once";

#[cfg(not(unix))]
pub use elsewhere::{Hold, end_if_interrupted, is_interrupted};
#[cfg(unix)]
pub use unix::{Hold, end_if_interrupted, is_interrupted};

#[cfg(unix)]
mod unix {
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use nix::sys::signal::{Signal, raise};

    use super::WAITING;
    use crate::term::output::tell;
    use crate::term::signals::{Caught, obey};

    /// The first signal that was held back.
    static NOTED: Mutex<Option<Signal>> = Mutex::new(None);

    fn noted() -> MutexGuard<'static, Option<Signal>> {
        NOTED.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// While this lives, a signal to stop is only noted: [`is_interrupted`] reports it, and [`end_if_interrupted`] acts
    /// on it later. A second signal ends the program, and so does SIGQUIT.
    pub struct Hold(#[allow(dead_code, reason = "it is there to be dropped")] Caught);

    impl Hold {
        /// Starts holding signals back. A second one prints `warning`.
        #[must_use]
        pub fn begin(warning: &str) -> Self {
            let warning = warning.to_owned();
            let react = move |signal| {
                let mut noted = noted();
                match *noted {
                    // A program that is suspended continues later.
                    _ if signal == Signal::SIGTSTP => obey(signal),
                    None if signal != Signal::SIGQUIT => {
                        *noted = Some(signal);
                        tell(WAITING);
                    }
                    // A terminal that is closed may send it more than once.
                    _ if signal == Signal::SIGHUP => {}
                    _ => {
                        tell(&warning);
                        obey(signal);
                    }
                }
            };
            Self(Caught::begin(react, || ()))
        }
    }

    /// Whether a signal to stop was held back.
    #[must_use]
    pub fn is_interrupted() -> bool {
        noted().is_some()
    }

    /// Ends the program by the signal that was held back, if there was one.
    pub fn end_if_interrupted() {
        let signal = noted().take();
        if let Some(signal) = signal {
            let _ = raise(signal);
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::sync::MutexGuard;

    use crate::term::interrupt::{handle, turn};

    /// While this lives, Ctrl-C has to wait.
    pub struct Hold(#[allow(dead_code, reason = "it is there to be dropped")] MutexGuard<'static, ()>);

    impl Hold {
        /// Starts holding Ctrl-C back.
        #[must_use]
        pub fn begin(_warning: &str) -> Self {
            handle();
            Self(turn())
        }
    }

    /// Always false: a Ctrl-C that had to wait ends the program by itself.
    #[must_use]
    pub fn is_interrupted() -> bool {
        false
    }

    /// Does nothing: a Ctrl-C that had to wait ends the program by itself.
    pub fn end_if_interrupted() {}
}
