use std::process::{Child, Command, Stdio};

/// A browser that was asked to open an address. Whether it has done so is never certain, so the address has to be shown
/// as well.
#[derive(Debug)]
pub struct Browser(Option<Child>);

impl Browser {
    /// Opens `address` in the user's browser, or in the program that `BROWSER` names.
    #[must_use]
    pub fn open(address: &str) -> Self {
        let own = std::env::var_os("BROWSER").filter(|program| !program.is_empty());
        let mut command = match own {
            Some(program) => Command::new(program),
            None if cfg!(windows) => {
                let mut command = Command::new("rundll32");
                command.arg("url.dll,FileProtocolHandler");
                command
            }
            None => Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" }),
        };
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().ok())
    }

    /// Whether it is known by now that none has opened: there is no such program, or it has reported a failure.
    pub fn has_failed(&mut self) -> bool {
        let ended = self.0.as_mut().map(Child::try_wait);
        ended.is_none_or(|ended| matches!(ended, Ok(Some(status)) if !status.success()))
    }
}
