//! The program itself, the time, and the way to Box.

use std::path::{Path, PathBuf};

use crate::commands::Session;
use crate::disk::{self, Journal};
use crate::net::{Endpoint, Route};
use crate::oauth::DEFAULT_TOKEN_URL;
use crate::process;
use crate::report::{Check, moment};

/// 2020-01-01: a clock that shows an earlier time is wrong.
const EARLIEST: i64 = 1_577_836_800_000;

/// How far in the future, in milliseconds, a recorded change may lie although the clock is right: other machines may
/// share the state folder.
const LEEWAY: i64 = 24 * 60 * 60 * 1000;

/// Which envtool this is.
pub(super) fn program() -> Check {
    let own = std::env::current_exe().ok();
    judge_program(own.as_deref(), process::find("envtool").as_deref())
}

fn judge_program(own: Option<&Path>, on_path: Option<&Path>) -> Check {
    let version = concat!("envtool ", env!("CARGO_PKG_VERSION"));
    let Some(own) = own else { return Check::ok("program", version) };
    let this = format!("{version}, {}", own.display());
    match on_path {
        None => Check::ok("program", format!("{this}, which is not on the PATH")),
        Some(other) if disk::is_same_file(own, other) => Check::ok("program", this),
        Some(other) => {
            let other = other.display();
            let message = format!("{this}; but `envtool` alone is {other}, which git and scripts call");
            Check::warning("program", message, format!("remove {other}, or put this one first on the PATH"))
        }
    }
}

/// Whether the time can be right.
pub(super) fn clock(session: &Session, journal: &Journal) -> Check {
    let is_fixed = std::env::var_os("ENVTOOL_NOW").is_some_and(|now| !now.is_empty());
    judge_clock(session.now, is_fixed, journal.last_time())
}

fn judge_clock(now: i64, is_fixed: bool, last: Option<i64>) -> Check {
    let time = moment(now);
    if is_fixed {
        let message = format!("ENVTOOL_NOW stops the clock at {time}, and tokens are judged by it");
        return Check::warning("clock", message, "unset ENVTOOL_NOW");
    }
    let later = last.filter(|last| last.saturating_sub(LEEWAY) > now);
    match later {
        Some(last) => {
            let message = format!("it is {time}, but envtool has changed a file at {}", moment(last));
            Check::warning("clock", message, "set the clock: tokens are judged by it")
        }
        None if now < EARLIEST => {
            Check::warning("clock", format!("it cannot be {time}"), "set the clock: tokens are judged by it")
        }
        None => Check::ok("clock", time),
    }
}

/// How requests reach Box, and which certificates they trust.
pub(super) fn network() -> Vec<Check> {
    let route = DEFAULT_TOKEN_URL.parse::<Endpoint>().map(|endpoint| Route::to(&endpoint));
    let mut checks = vec![judge_route(route.unwrap_or(Route::Direct))];
    let named = ["SSL_CERT_FILE", "SSL_CERT_DIR"].map(|name| (name, std::env::var_os(name)));
    // Other systems have a certificate store of their own.
    if cfg!(target_os = "linux") {
        let folders = |value| std::env::split_paths(&value).collect::<Vec<PathBuf>>();
        let named = named.into_iter().filter_map(|(name, value)| Some((name, folders(value?))));
        let missing = named.map(|(name, paths)| (name, paths.into_iter().find(|path| !path.exists())));
        checks.extend(missing.filter_map(|(name, path)| path.map(|path| judge_certificates(name, &path))));
    }
    checks
}

fn judge_route(route: Route) -> Check {
    match route {
        Route::Direct => Check::ok("network", "requests go straight to Box; certificates are the system's"),
        Route::Proxy { host, variables } => {
            Check::ok("network", format!("requests go through the proxy {host} ({})", variables.join(", ")))
        }
        Route::Unusable(variables) => {
            let variables = variables.join(", ");
            let message = format!("{variables} does not name an HTTP proxy, so nothing is sent");
            Check::problem(
                "network",
                message,
                format!("set {variables} to an address like http://proxy:8080, or unset it"),
            )
        }
    }
}

fn judge_certificates(variable: &str, missing: &Path) -> Check {
    let message = format!(
        "{variable} names {}, which does not exist, so Box's certificate is not trusted",
        missing.display()
    );
    Check::problem("network", message, format!("correct or unset {variable}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_behind_envtools_last_change_is_wrong() {
        let now = 1_795_174_200_000;
        for (time, last, is_wrong) in [
            (now, None, false),
            (now, Some(now - 1), false),
            (now, Some(now + LEEWAY), false),
            (now, Some(now + LEEWAY + 1), true),
            (0, None, true),
            (EARLIEST, Some(i64::MIN), false),
        ] {
            assert_eq!(judge_clock(time, false, last).is_wrong(), is_wrong, "{time} {last:?}");
        }
        assert!(judge_clock(now, true, None).is_wrong());
    }

    #[test]
    fn another_program_of_that_name_is_reported() {
        let [own, other] = ["/a/envtool", "/b/envtool"].map(Path::new);
        assert!(!judge_program(Some(own), Some(own)).is_wrong());
        assert!(!judge_program(Some(own), None).is_wrong());
        assert!(judge_program(Some(own), Some(other)).is_wrong());
    }

    #[test]
    fn an_invalid_proxy_is_a_problem() {
        let variables = vec!["HTTPS_PROXY"];
        let host = "proxy:8080".to_owned();
        assert_eq!(
            judge_route(Route::Proxy { host, variables: variables.clone() }),
            Check::ok("network", "requests go through the proxy proxy:8080 (HTTPS_PROXY)")
        );
        assert!(judge_route(Route::Unusable(variables)).is_wrong());
        assert!(!judge_route(Route::Direct).is_wrong());
    }
}
