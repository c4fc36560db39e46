use std::ffi::OsStr;
use std::io;
use std::process::Command;

/// What `program` with `arguments` prints on standard output, as text.
///
/// # Errors
/// It could not be started, or it failed: then with what it printed on standard error.
pub fn capture(program: &str, arguments: &[&str]) -> io::Result<String> {
    let output = output(program, arguments)?;
    Ok(String::from_utf8_lossy(&output).into_owned())
}

/// What `program` with `arguments` prints on standard output, byte for byte.
///
/// # Errors
/// Those of [`capture`].
pub fn output<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> io::Result<Vec<u8>> {
    let output = Command::new(program).args(arguments).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
