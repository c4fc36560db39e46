/// Names by which a shell, a loader, a runtime or a library is told what to run, or whom to trust with what it sends.
const NAMES: [&str; 41] = [
    // Where programs are looked for, as Windows spells it too, and where their settings are.
    "PATH",
    "Path",
    "PATHEXT",
    "COMSPEC",
    "HOME",
    "ZDOTDIR",
    // What a shell reads when it starts, how it reads, and what it runs between two commands.
    "BASH_ENV",
    "ENV",
    "IFS",
    "SHELLOPTS",
    "BASHOPTS",
    "PROMPT_COMMAND",
    "PS4",
    "CDPATH",
    // What other programs call.
    "SHELL",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "BROWSER",
    // What a runtime loads.
    "CLASSPATH",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS",
    "NODE_OPTIONS",
    "NODE_PATH",
    "PHPRC",
    "PHP_INI_SCAN_DIR",
    "GCONV_PATH",
    "PSModulePath",
    "RUSTC_WRAPPER",
    // Through whom requests go, and whose certificates are believed.
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "NODE_TLS_REJECT_UNAUTHORIZED",
];

/// How others start: each of these is read for a whole family of such names.
const STARTS: [&str; 14] = [
    "LD_",
    "DYLD_",
    "GIT_",
    "XDG_",
    "BASH_FUNC_",
    "PYTHON",
    "PERL5",
    "RUBY",
    "GEM_",
    "npm_config_",
    "NPM_CONFIG_",
    "DOTNET_",
    "CORECLR_",
    "REQUESTS_CA_",
];

/// Whether a variable of the environment called `name` tells programs what to run or whom to trust, so that no shared
/// file should set it unasked.
#[must_use]
pub fn is_risky(name: &str) -> bool {
    // Windows knows no case here.
    let same =
        |one: &str, other: &str| if cfg!(windows) { one.eq_ignore_ascii_case(other) } else { one == other };
    NAMES.iter().any(|other| same(name, other))
        || STARTS.iter().any(|start| name.get(..start.len()).is_some_and(|own| same(own, start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_obey_is_told_from_what_they_do_not() {
        for name in
            ["PATH", "Path", "_JAVA_OPTIONS", "PYTHONHOME", "PERL5DB", "npm_config_registry", "LD_PRELOAD"]
        {
            assert!(is_risky(name), "{name}");
        }
        for name in ["base_url", "NODE_ENV", "HOMEPAGE", "path_to_file", "LD", "proxy"] {
            assert!(!is_risky(name), "{name}");
        }
    }
}
