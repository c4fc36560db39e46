use std::fmt;

use super::{Manifest, Part, Role};
use crate::syntax::{Document, Kind, Node, Syntax};

/// The kind of a file, judged by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The variables of an environment.
    Environment(Format),
    /// The variables of a workspace.
    Globals(Format),
    /// Requests in folders.
    Collection(CollectionVersion),
    /// One file of a git-native collection, such as a request or an example.
    CollectionPart,
    /// `.postman/resources.yaml`, which maps the files of a repository to Postman's cloud.
    Manifest,
    /// `Backup.postman_dump.json`, a data export in one file.
    Dump,
    /// `archive.json`, the index of a data export.
    DumpIndex,
    /// The app-settings file of a Box application.
    BoxConfig,
    /// Valid, but none of the above.
    Other(Kind),
}

/// The format of a file with variables. A changed file keeps its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An export of any version of the Postman app; also a member of a data export.
    PostmanJson,
    /// An export of newman, without `enabled` and with the type `any` throughout.
    NewmanExport,
    /// An answer of Postman's API: wrapped in `{"environment": …}`.
    Api,
    /// Postman 12's git-native YAML.
    V3Yaml,
    /// The bare array of variables that Postman exported as globals up to 4.4.
    BareArray,
}

/// The version of a collection's schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionVersion {
    /// 1.0.0: flat lists, with the order beside them.
    V1,
    /// 2.0.0.
    V2_0,
    /// 2.1.0, or version 2 without a more precise statement.
    V2_1,
    /// 3.0.0: the definition file of a collection or folder, beside the YAML files of its items.
    V3,
}

impl Format {
    /// Its name in `--json` output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PostmanJson => "postman-json",
            Self::NewmanExport => "newman-export",
            Self::Api => "api",
            Self::V3Yaml => "v3-yaml",
            Self::BareArray => "bare-array",
        }
    }
}

impl fmt::Display for CollectionVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1 => "v1.0.0",
            Self::V2_0 => "v2.0.0",
            Self::V2_1 => "v2.1.0",
            Self::V3 => "v3.0.0",
        })
    }
}

impl FileKind {
    /// Its name in `--json` output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment(_) => "environment",
            Self::Globals(_) => "globals",
            Self::Collection(_) => "collection",
            Self::CollectionPart => "collection-part",
            Self::Manifest => "manifest",
            Self::Dump => "dump",
            Self::DumpIndex => "dump-index",
            Self::BoxConfig => "box-config",
            Self::Other(_) => "other",
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(_) => f.write_str("an environment"),
            Self::Globals(_) => f.write_str("a globals file"),
            Self::Collection(version) => write!(f, "a collection ({version})"),
            Self::CollectionPart => f.write_str("one file of a git-native collection"),
            Self::Manifest => f.write_str("the manifest of a workspace"),
            Self::Dump => f.write_str("a Postman data dump"),
            Self::DumpIndex => f.write_str("the index of a Postman data export"),
            Self::BoxConfig => f.write_str("a Box app-settings file"),
            Self::Other(Kind::Object) => f.write_str("an object of another kind"),
            Self::Other(Kind::Array) => f.write_str("an array of another kind"),
            Self::Other(kind) => write!(f, "{}", kind.name()),
        }
    }
}

/// Recognizes the kind of `document` by its content alone. The order of the tests is that of `docs/formats.md`.
#[must_use]
pub fn identify(document: &Document) -> FileKind {
    let root = document.root();
    let has = |name: &str, kind: Kind| root.get(name).is_some_and(|node| node.kind() == kind);
    match root.kind() {
        Kind::Array if is_variable_list(root) => return FileKind::Globals(Format::BareArray),
        Kind::Object => {}
        kind => return FileKind::Other(kind),
    }
    if let Some(part) = Part::of(document) {
        match part.role() {
            Role::Definition => FileKind::Collection(CollectionVersion::V3),
            _ => FileKind::CollectionPart,
        }
    } else if Manifest::of(document).is_some() {
        FileKind::Manifest
    } else if has("info", Kind::Object) && has("item", Kind::Array) {
        FileKind::Collection(collection_version(root))
    } else if let Some(wrapped) = root.get("collection").filter(|node| node.get("info").is_some()) {
        FileKind::Collection(collection_version(wrapped))
    } else if has("name", Kind::String) && has("order", Kind::Array) && has("requests", Kind::Array) {
        FileKind::Collection(CollectionVersion::V1)
    } else if has("collections", Kind::Array) && has("environments", Kind::Array) {
        FileKind::Dump
    } else if is_index(root) {
        FileKind::DumpIndex
    } else if has("boxAppSettings", Kind::Object) {
        FileKind::BoxConfig
    } else if root.get("values").is_none() && has("environment", Kind::Object) {
        FileKind::Environment(Format::Api)
    } else if root.get("values").is_none() && has("globals", Kind::Object) {
        FileKind::Globals(Format::Api)
    } else {
        variable_scope(root)
    }
}

fn variable_scope(root: Node<'_>) -> FileKind {
    let under = root.get("_");
    let stated = root.get("_postman_variable_scope").or_else(|| under?.get("postman_variable_scope"));
    let by_newman = root.get_str("_postman_exported_using");
    let by_newman = under.is_some() || by_newman.is_some_and(|using| using.starts_with("Newman/"));
    let format = match root.document().syntax() {
        Syntax::Yaml => Format::V3Yaml,
        Syntax::Json if by_newman => Format::NewmanExport,
        Syntax::Json => Format::PostmanJson,
    };
    match stated.and_then(|scope| scope.as_str()).as_deref() {
        Some("globals" | "global") => FileKind::Globals(format),
        Some("environment") => FileKind::Environment(format),
        _ if format == Format::V3Yaml && are_globals(root) => FileKind::Globals(format),
        _ if root.get("values").is_some() => FileKind::Environment(format),
        // A YAML environment without variables may lack the list.
        _ if format == Format::V3Yaml && has_only_a_name(root) => FileKind::Environment(format),
        _ => FileKind::Other(Kind::Object),
    }
}

/// Whether a YAML file says that it contains globals. Postman writes no `$kind`, but calls all of them `Globals`.
fn are_globals(root: Node<'_>) -> bool {
    let says = |name: &str, text: &str| root.get(name).is_some_and(|node| node.is_str(text));
    says("$kind", "globals") || says("name", "Globals")
}

fn has_only_a_name(root: Node<'_>) -> bool {
    let is_known = |name: Node<'_>| ["$kind", "id", "name", "color"].iter().any(|known| name.is_str(known));
    let named = root.get("name").or_else(|| root.get("$kind"));
    named.is_some_and(|name| name.kind() == Kind::String)
        && root.members().all(|member| is_known(member.name))
}

fn collection_version(collection: Node<'_>) -> CollectionVersion {
    let schema = collection.get("info").and_then(|info| info.get_str("schema")).unwrap_or_default();
    if schema.contains("v2.0") { CollectionVersion::V2_0 } else { CollectionVersion::V2_1 }
}

fn is_variable_list(root: Node<'_>) -> bool {
    let mut items = root.items().peekable();
    items.peek().is_some() && items.all(|item| item.get("key").is_some())
}

fn is_index(root: Node<'_>) -> bool {
    let maps_ids = |name: &str| {
        root.get(name)
            .is_none_or(|map| map.members().next().is_some() && map.values().all(|on| on.is_bool(true)))
    };
    let any = root.get("collection").or_else(|| root.get("environment")).is_some();
    any && maps_ids("collection") && maps_ids("environment")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_native_files_are_recognized_by_their_kind_or_members() {
        for (text, kind) in [
            ("$kind: collection\n", FileKind::Collection(CollectionVersion::V3)),
            ("$kind: http-request\nurl: x\n", FileKind::CollectionPart),
            ("type: http\nurl: x\nmethod: GET\n", FileKind::CollectionPart),
            ("$kind: environment\nvalues: []\n", FileKind::Environment(Format::V3Yaml)),
            ("$kind: globals\nname: G\nvalues: []\n", FileKind::Globals(Format::V3Yaml)),
            ("name: Empty\n", FileKind::Environment(Format::V3Yaml)),
            ("name: Globals\nvalues: []\n", FileKind::Globals(Format::V3Yaml)),
            ("workspace:\n  id: a\n", FileKind::Manifest),
            ("name: CI\non: push\n", FileKind::Other(Kind::Object)),
            ("", FileKind::Other(Kind::Null)),
        ] {
            assert_eq!(identify(&Document::yaml(text).expect(text)), kind, "{text}");
        }
    }

    #[test]
    fn json_files_are_recognized_by_their_members() {
        for (text, kind) in [
            (r#"{"info":{"schema":"…/v2.0.0/…"},"item":[]}"#, FileKind::Collection(CollectionVersion::V2_0)),
            (r#"{"collection":{"info":{},"item":[]}}"#, FileKind::Collection(CollectionVersion::V2_1)),
            (r#"{"name":"x","order":[],"requests":[]}"#, FileKind::Collection(CollectionVersion::V1)),
            (r#"{"version":1,"collections":[],"environments":[]}"#, FileKind::Dump),
            (r#"{"collection":{"1a":true},"environment":{"2b":true}}"#, FileKind::DumpIndex),
            (r#"{"boxAppSettings":{}}"#, FileKind::BoxConfig),
            (r#"{"environment":{"values":[]}}"#, FileKind::Environment(Format::Api)),
            (r#"{"id":"x","values":[]}"#, FileKind::Environment(Format::PostmanJson)),
            (
                r#"{"_":{"postman_variable_scope":"globals"},"values":[]}"#,
                FileKind::Globals(Format::NewmanExport),
            ),
            (
                r#"{"name":"collection","_postman_variable_scope":"collection","info":{},"item":[]}"#,
                FileKind::Collection(CollectionVersion::V2_1),
            ),
            (r#"[{"key":"a","value":""}]"#, FileKind::Globals(Format::BareArray)),
            ("[]", FileKind::Other(Kind::Array)),
            ("{}", FileKind::Other(Kind::Object)),
            ("3", FileKind::Other(Kind::Number)),
        ] {
            assert_eq!(identify(&Document::json(text).expect(text)), kind, "{text}");
        }
    }
}
