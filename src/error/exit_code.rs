/// Declares the codes in one list, whose doc comments are also the text of the help.
macro_rules! exit_codes {
    ($(#[doc = $meaning:literal] $name:ident = $code:literal,)*) => {
        /// The exit codes, the same for every command.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum ExitCode {
            $(#[doc = $meaning] $name = $code,)*
        }

        impl ExitCode {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What it tells a script.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)*
                }
                .trim_start()
            }
        }
    };
}

exit_codes! {
    /// done; no difference; no finding
    Success = 0,
    /// the negative answer: findings, differences, key absent, token not usable, question declined
    Negative = 1,
    /// bad usage, an input that cannot be read or parsed, or standard output that cannot be written
    Usage = 2,
    /// nothing to check: no input matched
    NothingToCheck = 3,
    /// re-authentication needed: credentials refused, refresh token spent or expired
    Reauthenticate = 4,
    /// network or provider failure; the file is untouched
    Network = 5,
    /// conflict: the file changed underneath, a lock is held, a merge conflict
    Conflict = 6,
    /// `exec` only: the program cannot be run
    NotExecutable = 126,
    /// `exec` only: there is no such program
    NoProgram = 127,
    /// interrupted, or a prompt declined by Ctrl-C
    Interrupted = 130,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}
