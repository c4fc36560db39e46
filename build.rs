//! Links a release build for Linux at a fixed address, and with the unwinder inside.
//!
//! The tables of a position-independent program contain pointers that must be relocated at each start. That takes an
//! eighth of the time of `inspect` (docs/performance.md), and gains little if all code is safe Rust: the stack, the heap
//! and the libraries stay at random addresses anyway.
//!
//! The unwinder, which only a panic calls, would otherwise be a shared library. Loading it takes another tenth.

#![allow(clippy::print_stdout, reason = "a build script talks to cargo on standard output")]

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

/// The path of the unwinder as a static library, if the C compiler has one.
fn static_unwinder() -> Option<PathBuf> {
    let answer = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output().ok()?;
    let path = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    path.is_absolute().then_some(path)
}

/// Makes the linker find `unwinder` in `folder`, where it looks first, instead of the shared library.
fn put_in_place_of_shared(unwinder: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::write(folder.join("libgcc_s.so"), format!("INPUT({})\n", unwinder.display()))
}
