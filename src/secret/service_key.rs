//! Keys whose look says whose they are.

use super::value::is_base62;

/// How the keys of a service start, and whether what follows makes one.
type ServiceKey = (&'static str, fn(&str) -> bool);

/// The services are Postman, GitHub, GitLab, Stripe, Slack, Google, AWS, npm, SendGrid, Twilio, and `sk-` is OpenAI's,
/// Anthropic's and others'. What starts like a name goes by what follows, too.
const SERVICE_KEYS: [ServiceKey; 28] = [
    ("PMAK-", any),
    ("github_pat_", any),
    ("ghp_", any),
    ("gho_", any),
    ("ghu_", any),
    ("ghs_", any),
    ("ghr_", any),
    ("glpat-", any),
    ("sk_live_", any),
    ("sk_test_", any),
    ("rk_live_", any),
    ("rk_test_", any),
    ("xoxa-", any),
    ("xoxb-", any),
    ("xoxe-", any),
    ("xoxe.", any),
    ("xoxp-", any),
    ("xoxr-", any),
    ("xoxs-", any),
    ("xapp-1-", any),
    ("GOCSPX-", any),
    ("AIza", |rest| rest.len() == 35 && is_word(rest)),
    ("AKIA", |rest| rest.len() == 16 && is_base62(rest)),
    ("npm_", |rest| rest.len() == 36 && is_base62(rest)),
    ("SG.", |rest| rest.len() == 66 && rest.as_bytes()[22] == b'.' && is_word(&rest.replacen('.', "", 1))),
    ("SK", |rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit())),
    ("sk-", |rest| rest.len() >= 32 && is_word(rest) && rest.bytes().any(|byte| byte.is_ascii_digit())),
    ("HRKU-", |rest| rest.len() >= 36 && is_word(rest)),
];

/// How `value` starts if it is the key of a service.
pub(super) fn service_key(value: &str) -> Option<&'static str> {
    let is_key = |(start, is_rest): &&ServiceKey| value.strip_prefix(*start).is_some_and(is_rest);
    SERVICE_KEYS.iter().find(is_key).map(|(start, _)| *start)
}

/// Whether the keys of a service start with `text` and nothing else.
pub(super) fn is_start(text: &str) -> bool {
    SERVICE_KEYS.iter().any(|(start, _)| *start == text)
}

fn any(rest: &str) -> bool {
    !rest.is_empty()
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A key of each service, made up.
    pub(in crate::secret) fn examples() -> Vec<String> {
        let rest = |start: &str| match start {
            "AIza" => "a0-Z_".repeat(7),
            "AKIA" => "A0".repeat(8),
            "npm_" => "a0Z".repeat(12),
            "SG." => format!("{}.{}", "a0".repeat(11), "Z".repeat(43)),
            "SK" => "a0".repeat(16),
            "sk-" => format!("proj-{}", "a0_Z".repeat(8)),
            "HRKU-" => "a0-Z".repeat(9),
            _ => "1".to_owned(),
        };
        SERVICE_KEYS.iter().map(|(start, _)| format!("{start}{}", rest(start))).collect()
    }

    #[test]
    fn keys_are_told_from_names_that_start_alike() {
        for ((start, _), key) in SERVICE_KEYS.iter().zip(examples()) {
            assert_eq!(service_key(&key), Some(*start), "{key}");
        }
        for name in [
            "npm_config_registry",
            "SG.region",
            "SKU-2047",
            "AIzawl",
            "sk-toggleable-content-label-arrow-icon",
            "AKIA",
        ] {
            assert_eq!(service_key(name), None, "{name}");
        }
    }
}
