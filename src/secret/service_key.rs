//! Keys that reveal by their prefix which service they belong to.

use super::value::is_base62;

/// The prefix of a service's keys, and a check of the rest.
type ServiceKey = (&'static str, fn(&str) -> bool);

/// The services are Postman, GitHub, GitLab, Grafana, Stripe, Slack, Google, AWS, npm, PyPI, RubyGems, Docker,
/// SendGrid, Brevo, Twilio, OneSignal, OpenAI and Anthropic and others with `sk-`, Groq, Perplexity, Hugging Face,
/// Heroku, DigitalOcean, Shopify, Square, Atlassian, Linear, Figma, Vault, New Relic, Sentry and Mapbox. If a name may
/// have the same prefix, the rest is checked, too.
const SERVICE_KEYS: [ServiceKey; 72] = [
    ("PMAK-", any),
    ("PMAT-", |rest| rest.len() == 26 && rest.starts_with('0') && is_base62(rest)),
    ("github_pat_", any),
    ("ghp_", any),
    ("gho_", any),
    ("ghu_", any),
    ("ghs_", any),
    ("ghr_", any),
    ("glpat-", any),
    ("glptt-", long),
    ("gldt-", long),
    ("glrt-", long),
    ("glcbt-", long),
    ("glsoat-", long),
    ("glft-", long),
    ("glffct-", long),
    ("glimt-", long),
    ("glagent-", long),
    ("gloas-", long),
    ("glsa_", long),
    ("glc_", long),
    ("sk_live_", any),
    ("sk_test_", any),
    ("rk_live_", any),
    ("rk_test_", any),
    ("whsec_", long),
    ("xoxa-", any),
    ("xoxb-", any),
    ("xoxc-", any),
    ("xoxd-", any),
    ("xoxe-", any),
    ("xoxe.", any),
    ("xoxp-", any),
    ("xoxr-", any),
    ("xoxs-", any),
    ("xapp-1-", any),
    ("GOCSPX-", any),
    ("AIza", |rest| rest.len() == 35 && is_word(rest)),
    ("ya29.", long),
    ("AKIA", |rest| rest.len() == 16 && is_base62(rest)),
    ("npm_", |rest| rest.len() == 36 && is_base62(rest)),
    ("pypi-AgE", long),
    ("rubygems_", |rest| rest.len() == 48 && is_hex(rest)),
    ("dckr_pat_", long),
    ("SG.", |rest| rest.len() == 66 && rest.as_bytes()[22] == b'.' && is_word(&rest.replacen('.', "", 1))),
    ("xkeysib-", long),
    ("SK", |rest| rest.len() == 32 && is_hex(rest)),
    ("os_v2_app_", long),
    ("sk-", |rest| rest.len() >= 32 && is_word(rest) && rest.bytes().any(|byte| byte.is_ascii_digit())),
    ("gsk_", long),
    ("pplx-", long),
    ("hf_", |rest| rest.len() == 34 && is_base62(rest)),
    ("HRKU-", |rest| rest.len() >= 36 && is_word(rest)),
    ("dop_v1_", |rest| rest.len() == 64 && is_hex(rest)),
    ("doo_v1_", |rest| rest.len() == 64 && is_hex(rest)),
    ("dor_v1_", |rest| rest.len() == 64 && is_hex(rest)),
    ("shpat_", |rest| rest.len() == 32 && is_hex(rest)),
    ("shpca_", |rest| rest.len() == 32 && is_hex(rest)),
    ("shppa_", |rest| rest.len() == 32 && is_hex(rest)),
    ("shpss_", |rest| rest.len() == 32 && is_hex(rest)),
    ("sq0atp-", long),
    ("sq0csp-", long),
    ("ATATT3", long),
    ("ATCTT3", long),
    ("lin_api_", long),
    ("figd_", long),
    ("hvs.", long),
    ("hvb.", long),
    ("NRAK-", long),
    ("sntrys_", long),
    ("sntryu_", long),
    ("sk.eyJ", long),
];

/// The prefix of `value`, if it is the key of a service.
pub(super) fn service_key(value: &str) -> Option<&'static str> {
    let first = value.as_bytes().first()?;
    let is_key = |(prefix, is_rest): &&ServiceKey| {
        prefix.as_bytes().first() == Some(first) && value.strip_prefix(prefix).is_some_and(is_rest)
    };
    SERVICE_KEYS.iter().find(is_key).map(|(prefix, _)| *prefix)
}

/// Whether `text` is the prefix of a service's keys.
pub(super) fn is_prefix(text: &str) -> bool {
    SERVICE_KEYS.iter().any(|(prefix, _)| *prefix == text)
}

fn any(rest: &str) -> bool {
    !rest.is_empty()
}

/// Whether `rest` is too long to be part of a name.
fn long(rest: &str) -> bool {
    rest.len() >= 20 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.=+/".contains(&byte))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A made-up key of each service.
    pub(in crate::secret) fn examples() -> Vec<String> {
        let rest = |prefix: &str| match prefix {
            "PMAT-" => "0A".repeat(13),
            "AIza" => "a0-Z_".repeat(7),
            "AKIA" => "A0".repeat(8),
            "npm_" => "a0Z".repeat(12),
            "SG." => format!("{}.{}", "a0".repeat(11), "Z".repeat(43)),
            "SK" | "shpat_" | "shpca_" | "shppa_" | "shpss_" => "a0".repeat(16),
            "dop_v1_" | "doo_v1_" | "dor_v1_" => "a0".repeat(32),
            "rubygems_" => "a0".repeat(24),
            "hf_" => "aZ".repeat(17),
            "sk-" => format!("proj-{}", "a0_Z".repeat(8)),
            "HRKU-" => "a0-Z".repeat(9),
            prefix if service_key(&format!("{prefix}1")).is_none() => "a0-Z_".repeat(4),
            _ => "1".to_owned(),
        };
        SERVICE_KEYS.iter().map(|(prefix, _)| format!("{prefix}{}", rest(prefix))).collect()
    }

    #[test]
    fn keys_are_told_apart_from_names_with_the_same_prefix() {
        for ((prefix, _), key) in SERVICE_KEYS.iter().zip(examples()) {
            assert_eq!(service_key(&key), Some(*prefix), "{key}");
        }
        for name in [
            "npm_config_registry",
            "SG.region",
            "SKU-2047",
            "AIzawl",
            "hf_transfer_enabled",
            "figd_width",
            "lin_api_version",
            "glc_mode",
            "hvs.name",
            "sk-toggleable-content-label-arrow-icon",
            "AKIA",
        ] {
            assert_eq!(service_key(name), None, "{name}");
        }
    }
}
