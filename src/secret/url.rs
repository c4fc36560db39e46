//! Secrets in URLs.

use super::is_made_of_references;
use super::reference::is_evidently_filled_in;

/// The password of each `https://user:password@host` in `text`.
pub(super) fn passwords(text: &str) -> impl Iterator<Item = &str> {
    text.split("://").skip(1).filter_map(|rest| {
        let (user_info, _) = rest.split(['/', '?', '#', ' ', '"', '\'', '\n']).next()?.rsplit_once('@')?;
        user_info.split_once(':').map(|(_, password)| password)
    })
}

/// The last part of each Slack or Discord webhook URL in `text`: anyone who has it can post.
pub(super) fn webhook_keys(text: &str) -> impl Iterator<Item = &str> {
    slack_keys(text).chain(discord_keys(text))
}

/// The longest path of a Slack webhook that is looked at, in bytes.
const LONGEST: usize = 256;

fn slack_keys(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("s/T").filter_map(|(at, _)| {
        if !["service", "workflow", "trigger"].iter().any(|kind| text[..at].ends_with(kind)) {
            return None;
        }
        let rest = &text[at + 2..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'/';
        let length = rest.bytes().take(LONGEST).take_while(is_part).count();
        let path = &rest[..length];
        let mut parts = path.split('/');
        let mut is_id = || parts.next().is_some_and(|id| id.len() >= 8 && !id.contains(char::is_lowercase));
        // The ids of a workspace and of an app or a workflow.
        (is_id() && is_id()).then(|| parts.next_back()).flatten().filter(|key| !key.is_empty())
    })
}

fn discord_keys(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("/webhooks/").filter_map(|(at, before)| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        let (id, rest) = text[at + before.len()..].split_once('/')?;
        let is_id = id.len() >= 17 && id.bytes().all(|byte| byte.is_ascii_digit());
        rest.split(|c| !is_part(c)).next().filter(|key| is_id && !key.is_empty())
    })
}

/// Whether `value` is a URL with a password before its host, or one that gives access by itself.
pub(super) fn has_url_secret(value: &str) -> bool {
    // Most values are not URLs, and the searches take time.
    value.contains('/') && (has_url_password(value) || webhook_keys(value).next().is_some())
}

fn has_url_password(value: &str) -> bool {
    if !value.contains('@') {
        return false;
    }
    let authority =
        value.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let user_info =
        authority.and_then(|authority| authority.rsplit_once('@')).map(|(user_info, _)| user_info);
    user_info.and_then(|user_info| user_info.split_once(':')).is_some_and(|(_, password)| {
        let is_reference = is_made_of_references(password) || is_evidently_filled_in(password);
        !password.is_empty() && !is_reference
    })
}
