//! The program `envtool`; everything is in the library of the same name.

fn main() -> std::process::ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    envtool::run(&words).into()
}
