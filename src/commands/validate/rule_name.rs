use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::lint::ALL;

/// Reads the name of a rule or of a group of rules. Any text passes here; it is there so that shells complete the names.
#[derive(Clone, Debug)]
pub(super) struct RuleName;

impl TypedValueParser for RuleName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        option: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, option, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ALL.iter().map(|rule| PossibleValue::new(rule.id))))
    }
}
