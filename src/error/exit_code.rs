/// The exit codes, the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done; no difference; no finding.
    Success = 0,
    /// The negative answer: findings, differences, key absent, token not usable.
    Negative = 1,
    /// Bad usage, or an input that cannot be read or parsed.
    Usage = 2,
    /// Nothing to check: no input matched.
    NothingToCheck = 3,
    /// Re-authentication needed: credentials refused, refresh token spent or expired.
    Reauthenticate = 4,
    /// Network or provider failure; the file is untouched.
    Network = 5,
    /// Conflict: the file changed underneath, a lock is held, a merge conflict.
    Conflict = 6,
    /// A program that was to be started is there, but cannot be.
    NotExecutable = 126,
    /// There is no such program to start.
    NoProgram = 127,
    /// Interrupted, or a prompt declined by Ctrl-C.
    Interrupted = 130,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}
