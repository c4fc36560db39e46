use super::{ALL, Check, Rule, Severity};

/// Which rules are used, and their severities.
#[derive(Clone, Debug)]
pub struct Selection {
    levels: Vec<(&'static Rule, Option<Severity>)>,
    /// The ids of the rules whose severity was set explicitly.
    set: Vec<&'static str>,
}

/// A pattern that names neither a rule nor a group of rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no rule `{given}`; {}`envtool validate --explain GROUP` lists those of {}",
    .nearest.map(|nearest| format!("did you mean `{nearest}`? ")).unwrap_or_default(),
    groups()
)]
pub struct UnknownRule {
    /// The pattern.
    pub given: String,
    /// The rule that may be meant.
    pub nearest: Option<&'static str>,
}

impl Default for Selection {
    fn default() -> Self {
        Self { levels: ALL.iter().map(|rule| (*rule, Some(rule.severity))).collect(), set: Vec::new() }
    }
}

impl Selection {
    /// Uses only the rules that `patterns` name by their id or by the letters of their group. The rules about
    /// unreadable files always stay; otherwise such a file would pass.
    ///
    /// # Errors
    /// [`UnknownRule`] if a pattern names no rule.
    pub fn select(&mut self, patterns: &[String]) -> Result<(), UnknownRule> {
        if patterns.is_empty() {
            return Ok(());
        }
        check(patterns)?;
        for (rule, level) in &mut self.levels {
            let is_named = || patterns.iter().any(|pattern| names(pattern, rule));
            *level = level.filter(|_| matches!(rule.check, Check::Reading) || is_named());
        }
        Ok(())
    }

    /// Leaves out the rules that `patterns` name.
    ///
    /// # Errors
    /// [`UnknownRule`] if a pattern names no rule.
    pub fn ignore(&mut self, patterns: &[String]) -> Result<(), UnknownRule> {
        check(patterns)?;
        for (rule, level) in &mut self.levels {
            *level = level.filter(|_| !patterns.iter().any(|pattern| names(pattern, rule)));
        }
        Ok(())
    }

    /// Sets the severity of the rules that `pattern` names.
    ///
    /// # Errors
    /// [`UnknownRule`] if the pattern names no rule.
    pub fn set_severity(&mut self, pattern: &str, severity: Severity) -> Result<(), UnknownRule> {
        check(&[pattern.to_owned()])?;
        for (rule, level) in &mut self.levels {
            if level.is_some() && names(pattern, rule) {
                *level = Some(severity);
                self.set.push(rule.id);
            }
        }
        Ok(())
    }

    /// Whether the severity of `rule` was [set](Self::set_severity).
    #[must_use]
    pub fn is_set(&self, rule: &Rule) -> bool {
        self.set.contains(&rule.id)
    }

    /// The rules that are used, with their severities.
    pub fn rules(&self) -> impl Iterator<Item = (&'static Rule, Severity)> {
        self.levels.iter().filter_map(|(rule, level)| Some((*rule, (*level)?)))
    }

    /// The severity of `rule`; none if it is not used.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> Option<Severity> {
        self.levels.iter().find(|(other, _)| other.id == rule.id).and_then(|(_, level)| *level)
    }
}

impl Rule {
    /// The rules that `pattern` names: one by its id, or those of a group.
    ///
    /// # Errors
    /// [`UnknownRule`] if it names none.
    pub fn named(pattern: &str) -> Result<Vec<&'static Self>, UnknownRule> {
        let named: Vec<_> = ALL.iter().copied().filter(|rule| names(pattern, rule)).collect();
        if named.is_empty() { Err(unknown(pattern)) } else { Ok(named) }
    }
}

fn check(patterns: &[String]) -> Result<(), UnknownRule> {
    patterns.iter().try_for_each(|pattern| Rule::named(pattern).map(|_| ()))
}

fn unknown(given: &str) -> UnknownRule {
    let upper = given.to_ascii_uppercase();
    let near = ALL.iter().map(|rule| (strsim::osa_distance(rule.id, &upper), rule.id)).min();
    let nearest = near.filter(|(distance, _)| *distance <= 2).map(|(_, id)| id);
    UnknownRule { given: given.to_owned(), nearest }
}

fn names(pattern: &str, rule: &Rule) -> bool {
    pattern.eq_ignore_ascii_case(rule.id) || pattern.eq_ignore_ascii_case(group(rule))
}

/// The letters at the start of the id of `rule`, which name its group.
fn group(rule: &Rule) -> &'static str {
    rule.id.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn groups() -> String {
    let mut groups: Vec<_> = ALL.iter().map(|rule| group(rule)).collect();
    groups.dedup();
    groups.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_chosen_by_id_and_by_group() {
        let mut selection = Selection::default();
        selection.select(&["env".into(), "DOC002".into()]).expect("known");
        selection.ignore(&["ENV004".into()]).expect("known");
        selection.set_severity("DOC", Severity::Info).expect("known");
        let ids: Vec<_> = selection.rules().map(|(rule, _)| rule.id).collect();
        assert!(ids.contains(&"ENV001") && ids.contains(&"DOC002"));
        assert!(!ids.contains(&"ENV004") && !ids.contains(&"DOC003"));
        // Otherwise an unreadable file would pass.
        assert!(ids.contains(&"DOC001"));
        assert!(selection.rules().all(|(rule, level)| rule.id != "DOC002" || level == Severity::Info));
    }

    #[test]
    fn an_unknown_rule_is_refused_with_a_suggestion() {
        let error = Selection::default().ignore(&["EMV001".into()]).expect_err("unknown");
        assert!(error.to_string().contains("did you mean `ENV001`"), "{error}");
    }
}
