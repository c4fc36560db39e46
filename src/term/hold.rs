//! What must not be cut off: a request whose answer comes once.

use std::sync::MutexGuard;

use super::interrupt::turn;

/// Said of the first signal to stop.
#[cfg(unix)]
const WAITING: &str = "waiting for the answer, so that nothing is lost; Ctrl-C once more stops at once";

/// As long as this lives, a signal to stop is only noted: [`is_interrupted`] tells of it, and
/// [`end_if_interrupted`] makes up for it. A second one ends the program.
pub struct Hold {
    _turn: MutexGuard<'static, ()>,
    #[cfg(unix)]
    _signals: unix::Blocked,
}

impl Hold {
    /// From now on. `warning` is what a second signal leaves the person with.
    #[must_use]
    pub fn begin(warning: &str) -> Self {
        #[cfg(not(unix))]
        super::interrupt::handle_in_turn();
        let turn = turn();
        #[cfg(unix)]
        let signals = unix::Blocked::begin(warning);
        #[cfg(not(unix))]
        let _ = warning;
        Self {
            _turn: turn,
            #[cfg(unix)]
            _signals: signals,
        }
    }
}

#[cfg(unix)]
pub use unix::{end_if_interrupted, is_interrupted};

/// Elsewhere a signal that has waited ends the program by itself.
#[cfg(not(unix))]
#[must_use]
pub fn is_interrupted() -> bool {
    false
}

/// Elsewhere a signal that has waited ends the program by itself.
#[cfg(not(unix))]
pub fn end_if_interrupted() {}

#[cfg(unix)]
mod unix {
    use std::sync::{Mutex, MutexGuard, Once, PoisonError};

    use dialoguer::console::Term;
    use nix::sys::signal::{SigSet, SigmaskHow, Signal, raise};

    use super::WAITING;

    /// What ends a program that people or systems want to end.
    const SIGNALS: [Signal; 3] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP];

    struct State {
        /// What a second signal says; none when signals are not held.
        warning: Option<String>,
        /// The first signal.
        noted: Option<Signal>,
    }

    static STATE: Mutex<State> = Mutex::new(State { warning: None, noted: None });

    fn state() -> MutexGuard<'static, State> {
        STATE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The signals are blocked in this thread and those that it starts, where one takes them in.
    pub(super) struct Blocked(Option<SigSet>);

    impl Blocked {
        pub(super) fn begin(warning: &str) -> Self {
            static ONCE: Once = Once::new();
            state().warning = Some(warning.to_owned());
            let before = set().thread_swap_mask(SigmaskHow::SIG_BLOCK).ok();
            ONCE.call_once(|| drop(std::thread::spawn(take_in)));
            Self(before)
        }
    }

    impl Drop for Blocked {
        fn drop(&mut self) {
            state().warning = None;
            if let Some(before) = &self.0 {
                let _ = before.thread_set_mask();
            }
        }
    }

    fn set() -> SigSet {
        SIGNALS.into_iter().collect()
    }

    fn take_in() {
        while let Ok(signal) = set().wait() {
            let mut state = state();
            match (&state.warning, state.noted) {
                (Some(_), None) => {
                    state.noted = Some(signal);
                    let _ = Term::stderr().write_line(WAITING);
                }
                // A terminal that goes away says so more than once.
                (Some(_), Some(_)) if signal == Signal::SIGHUP => {}
                (Some(warning), Some(_)) => {
                    let _ = Term::stderr().write_line(warning);
                    end(signal);
                }
                (None, _) => end(signal),
            }
        }
    }

    /// Ends the program as `signal` does, unless it is one that this program was started to ignore.
    fn end(signal: Signal) {
        let only: SigSet = [signal].into_iter().collect();
        let _ = only.thread_unblock();
        let _ = raise(signal);
        let _ = only.thread_block();
    }

    /// Whether a signal to stop has been held back.
    #[must_use]
    pub fn is_interrupted() -> bool {
        state().noted.is_some()
    }

    /// Ends the program by the signal that has been held back, if there was one.
    pub fn end_if_interrupted() {
        let noted = state().noted.take();
        if let Some(signal) = noted {
            let _ = raise(signal);
        }
    }
}
