use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Scope, is_part, usages};
use crate::syntax::Document;

/// What the place of a file says about it.
#[derive(Clone, Debug, Default)]
pub struct Location {
    /// Its path, with forward slashes.
    pub path: String,
    /// Its path within the folder of the git-native collection that it is part of.
    pub inside: Option<String>,
    /// A file or folder whose name differs only in case from its own, or from that of a folder whose first file it is.
    pub twin: Option<String>,
    /// The paths without a file, if it is the manifest of a workspace.
    pub absent: BTreeSet<String>,
    /// The names defined by the git-native collection that it is part of.
    pub defined: Option<Arc<BTreeSet<String>>>,
}

impl Location {
    /// Whether its name says that it is part of a git-native collection.
    #[must_use]
    pub fn is_part(&self) -> bool {
        is_part(&self.path)
    }

    /// Whether it is the definition of a folder in a git-native collection, not of the collection itself.
    #[must_use]
    pub fn is_folder_definition(&self) -> bool {
        self.inside.as_ref().is_some_and(|inside| inside.contains("/.resources/definition."))
    }

    /// Whether its name says that it is the manifest of a workspace.
    #[must_use]
    pub fn is_manifest(&self) -> bool {
        self.path.ends_with("/.postman/resources.yaml") || self.path.ends_with("/.postman/resources.yml")
    }

    /// Whether its name says that it contains the globals of a workspace.
    #[must_use]
    pub fn is_globals(&self) -> bool {
        [".globals.yaml", ".globals.yml", ".globals.json"].iter().any(|ending| self.path.ends_with(ending))
    }
}

/// What the rules for one file of a git-native collection know about the whole folder.
#[derive(Debug, Default)]
pub struct Folder {
    twins: HashMap<String, String>,
    defined: Arc<BTreeSet<String>>,
}

impl Folder {
    /// The folder with the sorted `paths` of its files, and the `documents` that could be read.
    ///
    /// Only the variables of the collection's own definition count: Postman does not read those of folders.
    #[must_use]
    pub fn of(paths: &[String], documents: &[(String, Document)]) -> Self {
        let mut defined = BTreeSet::new();
        for (path, document) in documents {
            let at_the_top = path.starts_with(".resources/");
            if let Some(scope) = Scope::of(document).ok().filter(|_| at_the_top) {
                defined.extend(scope.variables().iter().map(|variable| variable.key().to_owned()));
            }
            let set = usages(document).into_iter().filter(|usage| usage.kind.defines());
            defined.extend(set.map(|usage| usage.name.into_owned()));
        }
        Self { twins: twins(paths), defined: Arc::new(defined) }
    }

    /// The file or folder that differs only in case from the one at `path`.
    #[must_use]
    pub fn twin(&self, path: &str) -> Option<&str> {
        self.twins.get(path).map(String::as_str)
    }

    /// The names defined by its definition and its scripts.
    #[must_use]
    pub fn defined(&self) -> Arc<BTreeSet<String>> {
        Arc::clone(&self.defined)
    }
}

/// Maps each file whose name differs only in case from one before it to that file; the same for folders, by their first
/// file.
fn twins(paths: &[String]) -> HashMap<String, String> {
    let (mut seen, mut told, mut twins) = (HashMap::new(), HashSet::new(), HashMap::new());
    for path in paths {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        let mut start = 0;
        for end in ends {
            let (parent, name) = (&path[..start], &path[start..end]);
            let is_file = end == path.len();
            let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).filter(|_| is_file);
            let key = (parent, stem.unwrap_or(name).to_lowercase(), is_file);
            let spelled = &path[..end];
            let first = *seen.entry(key).or_insert(spelled);
            // A folder is reported at its first file only.
            if first != spelled && told.insert(spelled) {
                twins.entry(path.clone()).or_insert_with(|| first.to_owned());
            }
            start = (end + 1).min(path.len());
        }
    }
    twins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_only_in_case_are_twins() {
        let paths = [
            "A/x.request.yaml",
            "a/X.request.yaml",
            "a/y.request.yaml",
            "b.request.yaml",
            "b/b.request.yaml",
        ];
        let paths: Vec<_> = paths.map(str::to_owned).into();
        let folder = Folder::of(&paths, &[]);
        let found: Vec<_> = paths.iter().map(|path| folder.twin(path)).collect();
        assert_eq!(found, [None, Some("A"), None, None, None]);
        let paths: Vec<_> = ["x.request.yaml", "x.request.yml", "X.request.yaml"].map(str::to_owned).into();
        let folder = Folder::of(&paths, &[]);
        assert_eq!(folder.twin("x.request.yml"), Some("x.request.yaml"));
        assert_eq!(folder.twin("X.request.yaml"), Some("x.request.yaml"));
    }

    #[test]
    fn a_collection_defines_its_variables_and_what_its_scripts_set() {
        let documents = [
            (".resources/definition.yaml", "$kind: collection\nvariables:\n  host: x\n"),
            ("F/.resources/definition.yaml", "$kind: collection\nvariables:\n  unread: x\n"),
            (
                "a.request.yaml",
                "$kind: http-request\nscripts:\n  - type: afterResponse\n    code: |-\n      pm.environment.set('id', 1)\n",
            ),
        ];
        let documents = documents.map(|(path, text)| (path.to_owned(), Document::yaml(text).expect(text)));
        let defined = Folder::of(&[], &documents).defined();
        assert_eq!(defined.iter().collect::<Vec<_>>(), ["host", "id"]);
    }
}
