//! How fast a JSON file becomes a tree of spans, next to serde_json reading it and keeping nothing.
//!
//! `cargo bench --bench scan -- FILE...`; `benches/lib.sh` makes large collections.

use std::io::{Write as _, stdout};
use std::time::{Duration, Instant};

use envtool::syntax::{Document, Syntax};
use envtool::text::{Encoding, Source};

const ROUNDS: usize = 100;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1).filter(|word| !word.starts_with("--")) {
        let text = std::fs::read_to_string(&path)?;
        let megabytes = text.len() as f64 / 1e6;
        let mut fastest = [Duration::MAX; 2];
        for _ in 0..ROUNDS {
            let source = Source::with(text.clone(), Encoding::Utf8);
            let start = Instant::now();
            let document = Document::parse(source, Syntax::Json);
            fastest[0] = fastest[0].min(start.elapsed());
            drop(document.map_err(|(error, _)| error)?);

            let start = Instant::now();
            serde_json::from_str::<serde::de::IgnoredAny>(&text)?;
            fastest[1] = fastest[1].min(start.elapsed());
        }
        let [tree, nothing] = fastest.map(|time| megabytes / time.as_secs_f64());
        writeln!(stdout(), "{path}: {megabytes:.1} MB, tree {tree:.0} MB/s, serde_json {nothing:.0} MB/s")?;
    }
    Ok(())
}
