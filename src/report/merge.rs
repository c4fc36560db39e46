use serde::Serialize;
use serde_json::value::RawValue;

use super::Mask;
use super::comparison::hunk_lines;
use super::json::spelled;
use super::shortened::shortened_with_length;
use super::visible::visible;
use crate::compare::{Conflict, Decision, Merge, News, Settled, Side, Why};
use crate::syntax::Value;
use crate::term::{Painter, Role, escape, escape_except};

/// The most characters of a value to show.
const SHORT: usize = 100;

/// The most lines of differences between two texts to show.
const FOLDED: usize = 12;

/// Describes a merge: texts that were merged line by line (if `whole`, everything taken from theirs), decisions,
/// conflicts, and a summary.
#[must_use]
pub fn merge_lines(merge: &Merge, mask: Mask, painter: Painter, whole: bool) -> Vec<String> {
    let mut out = Vec::new();
    for taken in merge.taken.iter().filter(|taken| whole || taken.what == News::Merged) {
        let (role, why) = match taken.what {
            News::Merged => (Role::Warning, ": both changed it, in different places"),
            _ => (Role::Good, ""),
        };
        out.push(format!("{} {}{why}", painter.paint(role, word(taken.what)), place(&taken.path, mask)));
    }
    if let Some((choice, why)) = merge.tokens.as_ref().and_then(|choice| Some((choice, reason(choice.why)?)))
    {
        let decided = painter.paint(Role::Warning, "decided");
        out.push(format!("{decided} {}: {} kept, {why}", choice.keys.join(", "), name(choice.side)));
    }
    for Settled { conflict, stands } in &merge.decided {
        let decided = painter.paint(Role::Warning, "decided");
        out.push(format!("{decided} {}: {} kept", place(&conflict.path, mask), name(*stands)));
        side_values(conflict, mask, painter, &mut out);
    }
    out.extend(merge_conflict_lines(merge, mask, painter));
    out.push(summary(merge));
    out
}

/// Describes every conflict of a merge, with the values of both sides.
#[must_use]
pub fn merge_conflict_lines(merge: &Merge, mask: Mask, painter: Painter) -> Vec<String> {
    let mut out = Vec::new();
    for conflict in &merge.conflicts {
        out.push(format!("{} {}", painter.paint(Role::Bad, "conflict"), place(&conflict.path, mask)));
        side_values(conflict, mask, painter, &mut out);
    }
    out
}

pub(super) fn place(path: &[String], mask: Mask) -> String {
    escape(&mask.of_names(path).join(" > ")).into_owned()
}

fn word(news: News) -> &'static str {
    match news {
        News::Added => "added",
        News::Removed => "removed",
        News::Changed => "changed",
        News::Merged => "merged",
        News::Moved => "moved",
        News::Commented => "commented",
    }
}

pub(super) fn name(side: Side) -> &'static str {
    match side {
        Side::Ours => "ours",
        Side::Theirs => "theirs",
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::OnlyChange => "only-change",
        Why::ClientChanged => "client-changed",
        Why::LastsLonger => "lasts-longer",
        Why::Undecided => "undecided",
    }
}

/// The same in words; none if it needs no mention.
fn reason(why: Why) -> Option<&'static str> {
    match why {
        Why::OnlyChange | Why::Undecided => None,
        Why::ClientChanged => {
            Some("the only side that changed client_id: tokens work only with the app they were issued to")
        }
        Why::LastsLonger => Some("the side whose token lasts longer"),
    }
}

/// Adds the values of both sides to `out`.
pub(super) fn side_values(conflict: &Conflict, mask: Mask, painter: Painter, out: &mut Vec<String>) {
    if let (Some(Value::String(ours)), Some(Value::String(theirs))) = (&conflict.ours, &conflict.theirs)
        && (ours.contains('\n') || theirs.contains('\n'))
    {
        let lines = hunk_lines(ours, theirs, &conflict.key, conflict.secret, mask);
        out.push("    ours (-) and theirs (+):".to_owned());
        for (sign, line) in lines.iter().take(FOLDED) {
            let line = shortened_with_length(&escape_except(line, &['\t']), SHORT);
            out.push(match sign {
                '+' => format!("    {}", painter.paint(Role::Added, &format!("+{line}"))),
                '-' => format!("    {}", painter.paint(Role::Removed, &format!("-{line}"))),
                '@' => format!("    {}", painter.paint(Role::Dim, &line)),
                _ => format!("     {line}"),
            });
        }
        if lines.len() > FOLDED {
            out.push(painter.paint(Role::Dim, &format!("    … {} more lines", lines.len() - FOLDED)));
        }
        return;
    }
    let is_text = |value: &Value| matches!(value, Value::String(_));
    // `5` and `"5"` are different values.
    let quoted = conflict.ours.as_ref().zip(conflict.theirs.as_ref());
    let quoted = quoted.is_some_and(|(ours, theirs)| is_text(ours) != is_text(theirs));
    let shown = |value| shown(value, &conflict.key, conflict.secret, mask, quoted);
    let (ours, theirs) = (shown(&conflict.ours), shown(&conflict.theirs));
    // Where they differ is masked or left out.
    let unseen = if ours == theirs { " (different)" } else { "" };
    out.extend([format!("    ours: {ours}"), format!("    theirs: {theirs}{unseen}")]);
}

/// A value on one line, masked if need be; strings in quotes if `quoted`.
pub(super) fn shown(value: &Option<Value>, key: &str, secret: bool, mask: Mask, quoted: bool) -> String {
    let shown = match value.clone().map(|value| mask.of_value(value, key, secret)) {
        None => "(missing)".to_owned(),
        Some(Value::String(text)) if !quoted => visible(&text).into_owned(),
        Some(other) => escape(&other.to_json()).into_owned(),
    };
    shortened_with_length(&shown, SHORT)
}

fn summary(merge: &Merge) -> String {
    let count = |what: News| merge.taken.iter().filter(|taken| taken.what == what).count();
    let all = [News::Added, News::Removed, News::Changed, News::Merged, News::Moved, News::Commented];
    let parts: Vec<_> = all
        .into_iter()
        .filter(|&what| count(what) > 0)
        .map(|what| format!("{} {}", count(what), word(what)))
        .collect();
    let taken = match parts.is_empty() {
        false => parts.join(", "),
        true if merge.edits.is_empty() || !merge.decided.is_empty() => "nothing to take".to_owned(),
        true => "only ids and details of the export".to_owned(),
    };
    let conflicts = match merge.conflicts.len() {
        0 => String::new(),
        1 => "; 1 conflict, ours kept".to_owned(),
        count => format!("; {count} conflicts, ours kept"),
    };
    let decided = match merge.decided.len() {
        0 => String::new(),
        count => format!("; {count} decided"),
    };
    format!("from theirs: {taken}{decided}{conflicts}")
}

/// A merge, in `--json` output.
#[derive(Debug, Serialize)]
pub struct MergeReport {
    version: u32,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    changed: bool,
    taken: Vec<DecisionReport>,
    kept: Vec<DecisionReport>,
    tokens: Option<TokenReport>,
    decided: Vec<ConflictReport>,
    conflicts: Vec<ConflictReport>,
}

#[derive(Debug, Serialize)]
struct DecisionReport {
    path: Vec<String>,
    change: &'static str,
    stands: &'static str,
}

#[derive(Debug, Serialize)]
struct TokenReport {
    keys: Vec<&'static str>,
    stands: &'static str,
    why: &'static str,
}

#[derive(Debug, Serialize)]
struct ConflictReport {
    path: Vec<String>,
    ours: Option<Box<RawValue>>,
    theirs: Option<Box<RawValue>>,
    stands: &'static str,
}

impl MergeReport {
    /// The report of a merge into the file `path`, whose result went to `output` if that is another file. Secrets are
    /// masked as `mask` says.
    #[must_use]
    pub fn of(merge: &Merge, path: String, output: Option<String>, mask: Mask) -> Self {
        let decision = |decision: &Decision, stands| DecisionReport {
            path: mask.of_names(&decision.path),
            change: word(decision.what),
            stands: if decision.what == News::Merged { "both" } else { stands },
        };
        let conflict = |conflict: &Conflict, stands: Side| {
            let value = |value: &Option<Value>| {
                value.clone().map(|value| spelled(&mask.of_value(value, &conflict.key, conflict.secret)))
            };
            ConflictReport {
                path: mask.of_names(&conflict.path),
                ours: value(&conflict.ours),
                theirs: value(&conflict.theirs),
                stands: name(stands),
            }
        };
        Self {
            version: 1,
            path,
            output,
            changed: !merge.is_empty(),
            taken: merge.taken.iter().map(|taken| decision(taken, "theirs")).collect(),
            kept: merge.kept.iter().map(|kept| decision(kept, "ours")).collect(),
            tokens: merge.tokens.as_ref().map(|choice| TokenReport {
                keys: choice.keys.clone(),
                stands: name(choice.side),
                why: why(choice.why),
            }),
            decided: merge.decided.iter().map(|it| conflict(&it.conflict, it.stands)).collect(),
            conflicts: merge.conflicts.iter().map(|it| conflict(it, Side::Ours)).collect(),
        }
    }
}
