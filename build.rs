//! How a release build for Linux is linked: at a fixed address, with the unwinder in it.
//!
//! A position-independent program has every pointer in its tables corrected at each start. That costs an eighth of what
//! `inspect` takes (docs/performance.md), and buys little where all code is safe Rust: the stack, the heap and the
//! libraries stay at random places.
//!
//! The unwinder, which only a panic calls, is a library of its own otherwise. Loading it costs another tenth.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    println!("cargo:rerun-if-changed=build.rs");
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from);
        if std::env::var("HOST") == std::env::var("TARGET")
            && let Some((unwinder, out)) = static_unwinder().zip(out)
            && put_in_place_of_shared(&unwinder, &out).is_ok()
        {
            println!("cargo:rustc-link-search=native={}", out.display());
        }
    }
}

/// The unwinder as a static library, where the C compiler has one.
fn static_unwinder() -> Option<PathBuf> {
    let answer = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output().ok()?;
    let path = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    path.is_absolute().then_some(path)
}

/// Makes the linker, which looks for the shared one in `folder` first, find `unwinder` instead.
fn put_in_place_of_shared(unwinder: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::write(folder.join("libgcc_s.so"), format!("INPUT({})\n", unwinder.display()))
}
