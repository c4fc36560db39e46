use std::io;
use std::process::Command;

/// What `program` with `arguments` prints on standard output.
///
/// # Errors
/// It could not be started, or it failed: then with what it printed on standard error.
pub fn capture(program: &str, arguments: &[&str]) -> io::Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
