use crate::model::NotAScope;

/// Why a text cannot be converted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// An invalid line in a dotenv file.
    #[error("line {line}: {problem}")]
    Dotenv {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it. It may contain a secret, so it is not quoted.
        problem: &'static str,
    },
    /// Not a JSON object.
    #[error("not a JSON object of keys and values; `--from` names another format")]
    NotAMap,
    /// The document cannot contain variables.
    #[error(transparent)]
    NotAScope(#[from] NotAScope),
    /// Nothing to do.
    #[error("this is already Postman's JSON")]
    AlreadyJson,
    /// Nothing to do.
    #[error("this is already Postman's YAML")]
    AlreadyYaml,
    /// A definition without its folder.
    #[error("this is one file of a git-native collection; name its folder")]
    OneOfAFolder,
    /// A collection of version 1.
    #[error("this is a collection v1.0.0; import it into Postman and export it as v2.1 first")]
    OldCollection,
    /// A collection's own variables, for which `enabled` means nothing.
    #[error("`newman-safe` is for environments and globals, and this is a collection")]
    NotForNewman,
    /// YAML for newman.
    #[error("newman does not read YAML; convert it `--to json` first, and the result `--to newman-safe`")]
    YamlForNewman,
}
