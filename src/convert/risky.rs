/// Names that tell a shell, a loader, a runtime or a library what to run, or whom to trust.
const NAMES: [&str; 41] = [
    // Where to find programs (Windows' spelling included) and their settings.
    "PATH",
    "Path",
    "PATHEXT",
    "COMSPEC",
    "HOME",
    "ZDOTDIR",
    // What a shell reads at start, how it splits words, and what it runs between commands.
    "BASH_ENV",
    "ENV",
    "IFS",
    "SHELLOPTS",
    "BASHOPTS",
    "PROMPT_COMMAND",
    "PS4",
    "CDPATH",
    // What other programs run.
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
    // Which proxies and certificates to trust.
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

/// Prefixes of whole families of such names.
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

/// Whether the environment variable `name` tells programs what to run or whom to trust, so that a shared file should
/// not set it unasked.
#[must_use]
pub fn is_risky(name: &str) -> bool {
    // Windows ignores case here.
    let same =
        |one: &str, other: &str| if cfg!(windows) { one.eq_ignore_ascii_case(other) } else { one == other };
    NAMES.iter().any(|other| same(name, other))
        || STARTS.iter().any(|start| name.get(..start.len()).is_some_and(|own| same(own, start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risky_names_are_distinguished_from_harmless_ones() {
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
