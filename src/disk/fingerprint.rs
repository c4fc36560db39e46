use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// Identifies a content without holding it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    length: usize,
    pub(super) hash: String,
}

impl Fingerprint {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len(), hash: format!("{:032x}", xxh3_128(bytes)) }
    }
}
