use std::process::{Command, Stdio};

/// Opens `address` in the user's browser, or in the program that `BROWSER` names. Whether that worked is not certain,
/// so the address has to be shown as well.
#[must_use]
pub fn open_browser(address: &str) -> bool {
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
    command.spawn().is_ok()
}
