use super::{Kept, Received};
use crate::commands::renewal::Source;
use crate::model::NewTokens;

/// Tokens that replace others.
pub(in crate::commands::renewal) struct Follower {
    /// When they were received, in milliseconds since 1970.
    pub(in crate::commands::renewal) time: i64,
    pub(in crate::commands::renewal) tokens: NewTokens,
    /// Where they are kept, if they are.
    pub(in crate::commands::renewal) kept: Option<Kept>,
    pub(in crate::commands::renewal) source: Source,
}

impl Follower {
    /// The tokens in `kept`, if any were received.
    pub(in crate::commands::renewal) fn of(kept: Kept) -> Option<Self> {
        let Received { time, tokens } = kept.received.clone()?;
        Some(Self { time, tokens, kept: Some(kept), source: Source::Recovered })
    }
}
