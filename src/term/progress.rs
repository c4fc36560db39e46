use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// How long something may take before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A progress bar on standard error, if that is a terminal and the work takes longer than a second.
#[derive(Debug)]
pub struct Progress {
    total: u64,
    done: AtomicU64,
    started: Instant,
    bar: Option<OnceLock<ProgressBar>>,
}

impl Progress {
    /// The progress of `total` steps; silent if `quiet`.
    #[must_use]
    pub fn new(total: usize, quiet: bool) -> Self {
        let bar = (!quiet && io::stderr().is_terminal()).then(OnceLock::new);
        Self { total: total as u64, done: AtomicU64::new(0), started: Instant::now(), bar }
    }

    /// One more step is done.
    pub fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(bar) = &self.bar
            && self.started.elapsed() > PATIENCE
        {
            bar.get_or_init(|| ProgressBar::new(self.total)).set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.as_ref().and_then(OnceLock::get) {
            bar.finish_and_clear();
        }
    }
}
