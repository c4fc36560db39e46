//! Requests to Box that a dry run shows instead of sending.

use std::collections::BTreeMap;

use serde::Serialize;

use super::input::Input;
use super::{Outcome, Session};
use crate::error::ExitCode;
use crate::net::Endpoint;
use crate::oauth::Form;
use crate::report::{self, Mask};
use crate::secret::MASK;

/// A request that would be sent for a file.
#[derive(Serialize)]
pub(super) struct Unsent {
    path: String,
    method: &'static str,
    url: String,
    fields: BTreeMap<&'static str, String>,
    /// The same for people.
    #[serde(skip)]
    text: String,
}

#[derive(Serialize)]
struct Report<'r> {
    version: u32,
    dry_run: bool,
    requests: &'r [Unsent],
}

impl Unsent {
    /// A POST of `form` to `url`, shown through `mask`.
    pub(super) fn post(input: &Input, url: &Endpoint, form: &Form, mask: Mask) -> Self {
        let form = match mask {
            Mask::Secrets => form.masked(),
            Mask::Nothing => form.clone(),
        };
        let fields = form.fields().map(|(name, value)| (name, value.to_owned()));
        Self {
            path: input.label(),
            method: "POST",
            url: url.to_string(),
            fields: fields.collect(),
            text: format!("{}: POST {url}\n{}", input.name, form.describe()),
        }
    }

    /// A GET of `url` with an access token.
    pub(super) fn get(input: &Input, url: &Endpoint) -> Self {
        let text = format!("{}: GET {url}\n  Authorization: Bearer {MASK}", input.name);
        Self { path: input.label(), method: "GET", url: url.to_string(), fields: BTreeMap::new(), text }
    }

    /// `address`, to be opened in a browser.
    pub(super) fn open(input: &Input, address: String) -> Self {
        let text = format!("{}: would open {address}", input.name);
        Self { path: input.label(), method: "GET", url: address, fields: BTreeMap::new(), text }
    }
}

/// Shows `requests`, if any.
pub(super) fn show(session: &mut Session, requests: &[Unsent]) -> Outcome {
    if session.options.json {
        session.terminal.line(&report::to_json(&Report { version: 1, dry_run: true, requests }));
    } else if requests.is_empty() {
        session.terminal.line("nothing would be sent");
    } else {
        requests.iter().for_each(|request| session.terminal.line(&request.text));
    }
    Ok(ExitCode::Success)
}
