//! Handles signals to stop while they must not end or suspend the program right away. They are blocked in the working
//! thread and in those that it starts, and one other thread receives them. If that cannot be started, they end the
//! program as usual.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use nix::sys::signal::{SigSet, SigmaskHow, Signal, raise};

/// The signals by which people and systems end a program, or suspend it.
const SIGNALS: [Signal; 5] =
    [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGTSTP];

/// What to do on a signal.
type Reaction = Box<dyn FnMut(Signal) + Send>;

static REACTION: Mutex<Option<Reaction>> = Mutex::new(None);

fn reaction() -> MutexGuard<'static, Option<Reaction>> {
    REACTION.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While this lives, signals to stop are handled in another way.
pub(super) struct Caught(Option<SigSet>);

impl Caught {
    /// Calls `react` for each of them from now on, but not before `prepare` is done. Only one of these exists at a
    /// time.
    pub(super) fn begin(react: impl FnMut(Signal) + Send + 'static, prepare: impl FnOnce()) -> Self {
        static IS_HEARD: OnceLock<bool> = OnceLock::new();
        let mut reaction = reaction();
        *reaction = Some(Box::new(react));
        let caught = Self(caught_signals().thread_swap_mask(SigmaskHow::SIG_BLOCK).ok());
        if !IS_HEARD.get_or_init(|| thread::Builder::new().spawn(take_in).is_ok()) {
            caught.let_through();
        }
        prepare();
        caught
    }

    fn let_through(&self) {
        if let Some(before) = &self.0 {
            let _ = before.thread_set_mask();
        }
    }
}

impl Drop for Caught {
    /// Waits for a reaction that is under way, which may be about to end the program.
    fn drop(&mut self) {
        *reaction() = None;
        self.let_through();
    }
}

fn take_in() {
    while let Ok(signal) = caught_signals().wait() {
        match reaction().as_mut() {
            Some(react) => react(signal),
            None => obey(signal),
        }
    }
}

/// Does what `signal` does by default: ends the program, or suspends it, in which case this returns when it continues.
pub(super) fn obey(signal: Signal) {
    let only: SigSet = [signal].into_iter().collect();
    let _ = only.thread_unblock();
    let _ = raise(signal);
    let _ = only.thread_block();
}

/// Those of [`SIGNALS`] that the program does not ignore from its start: Linux would deliver even an ignored signal
/// once it is blocked.
fn caught_signals() -> SigSet {
    static IGNORED: OnceLock<u64> = OnceLock::new();
    let ignored = *IGNORED
        .get_or_init(|| ignored_in(&std::fs::read_to_string("/proc/self/status").unwrap_or_default()));
    SIGNALS.into_iter().filter(|&signal| ignored >> (signal as u32 - 1) & 1 == 0).collect()
}

/// The mask of ignored signals in `/proc/self/status`: one bit each, the lowest for signal 1.
fn ignored_in(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_read_from_the_mask() {
        let status = "SigBlk:\tffffffffffffffff\nSigIgn:\t0000000000001003\nSigCgt:\t0000000000000000\n";
        assert_eq!(ignored_in(status), 1 << 12 | 1 << 1 | 1);
        assert_eq!(ignored_in(""), 0);
    }
}
