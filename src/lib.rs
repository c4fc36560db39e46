//! envtool reads, checks and changes the files that Postman exports, and never damages a byte it was not asked to
//! change.
//!
//! The layers, each using only those above it:
//!
//! * [`text`]: bytes, places and edits; [`parallel`]: work shared by threads;
//! * [`syntax`]: a lossless tree of spans over a text, and the spelling of new values;
//! * [`model`]: what the values mean to Postman and to Box, with [`secret`] for what must not be shown;
//! * [`edit`]: what the verbs mean, as plans of edits;
//! * [`compare`]: what files have in common, and how they merge;
//! * [`convert`] and [`v3`]: variables in other notations, collections as folders of YAML files;
//! * [`oauth`]: what to send to Box and what its answers mean;
//! * [`lint`]: what is wrong with a file, as rules;
//! * [`report`]: what results look like;
//! * [`disk`], [`net`], [`term`] and [`process`]: the outside world, with [`config`] for `.envtool.toml`;
//! * [`cli`] and [`commands`]: the words of the command line, and what each does.
//!
//! `docs/design.md` has the whole map.

pub mod cli;
pub mod commands;
pub mod compare;
pub mod config;
pub mod convert;
pub mod disk;
pub mod edit;
pub mod error;
pub mod lint;
pub mod model;
pub mod net;
pub mod oauth;
pub mod parallel;
pub mod process;
pub mod report;
mod run;
pub mod secret;
pub mod syntax;
pub mod term;
pub mod text;
pub mod v3;

pub use run::run;
