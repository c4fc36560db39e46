/// Names that decide which code a program runs, as `PATH` does.
const NAMES: [&str; 11] = [
    "PATH",
    "BASH_ENV",
    "ENV",
    "JAVA_TOOL_OPTIONS",
    "NODE_OPTIONS",
    "PERL5LIB",
    "PERL5OPT",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "RUBYLIB",
    "RUBYOPT",
];

/// How others start.
const STARTS: [&str; 3] = ["LD_", "DYLD_", "GIT_"];

/// Whether a variable of the environment called `name` decides which code runs, so that no shared file should set it
/// unasked.
#[must_use]
pub fn is_risky(name: &str) -> bool {
    // Windows knows no case here.
    let is = |other: &&str| if cfg!(windows) { name.eq_ignore_ascii_case(other) } else { name == *other };
    NAMES.iter().any(is)
        || STARTS.iter().any(|start| name.get(..start.len()).is_some_and(|own| own == *start))
}
