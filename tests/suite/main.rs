//! All integration tests, in one program.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod browser;
mod cases;
mod compare;
mod completions;
mod convert;
mod corpus;
mod docs;
mod doctor;
mod dry_run;
mod git;
mod layers;
mod login;
mod meantime;
mod merge;
mod notations;
mod peers;
mod pipes;
mod prediction;
mod processes;
mod prompts;
mod properties;
mod recovery;
mod refresh;
mod rules;
mod saving;
mod secrets;
mod service_keys;
mod support;
mod token_endpoint;
mod unmerged;
mod v3;
mod validate;
mod yaml;
