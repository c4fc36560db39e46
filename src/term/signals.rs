//! Signals to stop, while they must not end or halt the program just like that. They are blocked in the thread that works and in
//! those that it starts; one thread takes them in. Where that cannot be started they end the program as ever.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use nix::sys::signal::{SigSet, SigmaskHow, Signal, raise};

/// What ends a program that people or systems want to end, or halts it until it is to go on.
const SIGNALS: [Signal; 5] =
    [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGTSTP];

/// What is done about a signal.
type Reaction = Box<dyn FnMut(Signal) + Send>;

static REACTION: Mutex<Option<Reaction>> = Mutex::new(None);

fn reaction() -> MutexGuard<'static, Option<Reaction>> {
    REACTION.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As long as this lives, something else is done about signals to stop.
pub(super) struct Caught(Option<SigSet>);

impl Caught {
    /// From now on `react` is called for each of them, first after `prepare` is done. There is never more than one of these.
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
    /// Waits while something is done about one: what ends the program is not overtaken.
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

/// Does what `signal` does of itself: it ends the program, or halts it until it goes on, when this returns.
pub(super) fn obey(signal: Signal) {
    let only: SigSet = [signal].into_iter().collect();
    let _ = only.thread_unblock();
    let _ = raise(signal);
    let _ = only.thread_block();
}

/// Those of [`SIGNALS`] that this program was not started to ignore: Linux keeps such a signal while it is blocked.
fn caught_signals() -> SigSet {
    static IGNORED: OnceLock<u64> = OnceLock::new();
    let ignored = *IGNORED
        .get_or_init(|| ignored_in(&std::fs::read_to_string("/proc/self/status").unwrap_or_default()));
    SIGNALS.into_iter().filter(|&signal| ignored >> (signal as u32 - 1) & 1 == 0).collect()
}

/// The signals that are ignored, going by what Linux says of a process: a bit each, the first for signal 1.
fn ignored_in(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_read_from_the_mask() {
        let status = "SigBlk:\tffffffffffffffff\nSigIgn:\t0000000000001003\nSigCgt:\t0000000000000000\n";
        assert_eq!(ignored_in(status), 1 << 12 | 1 << 1 | 1);
        assert_eq!(ignored_in(""), 0);
    }
}
