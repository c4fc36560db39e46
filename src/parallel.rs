//! Work that several threads share, without a thread outliving it.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};

/// What `one` and `other` come to, each in a thread of its own.
pub fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let started = thread::Builder::new().spawn_scoped(scope, &other);
        let one = one();
        match started {
            Ok(thread) => (one, thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
            // The system starts no more of them.
            Err(_) => (one, other()),
        }
    })
}

/// What `work` makes of each of `items`, in their order, by as many threads as there are processors. Each takes
/// `chunk` of them at a time.
pub fn map<T: Sync, R: Send>(items: &[T], chunk: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let chunks = items.len().div_ceil(chunk);
    // Asking for the processors takes longer than checking a small file.
    let threads = if chunks < 2 { 1 } else { processors().min(chunks) };
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let work_on_chunks = || {
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(chunk, Ordering::Relaxed);
            let Some(chunk) = items.get(start..items.len().min(start + chunk)).filter(|it| !it.is_empty())
            else {
                return done;
            };
            done.extend(chunk.iter().enumerate().map(|(at, item)| (start + at, work(item))));
        }
    };
    let mut done = thread::scope(|scope| {
        // This thread does what others would, where the system starts no more of them.
        let start = |_| thread::Builder::new().spawn_scoped(scope, work_on_chunks).ok();
        let others: Vec<_> = (1..threads).map_while(start).collect();
        let mut done = work_on_chunks();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn processors() -> usize {
    available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_results_are_there() {
        assert_eq!(both(|| 1, || 2), (1, 2));
    }

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 2, 5, 100] {
            let items: Vec<usize> = (0..count).collect();
            for chunk in [1, 3, 16] {
                assert_eq!(map(&items, chunk, |item| *item), items);
            }
        }
    }
}
