//! How a release build for Linux is linked: at a fixed address.
//!
//! A position-independent program has every pointer in its tables corrected at each start. That costs an eighth of what
//! `inspect` takes (docs/performance.md), and buys little where all code is safe Rust: the stack, the heap and the
//! libraries stay at random places.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    println!("cargo:rerun-if-changed=build.rs");
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
