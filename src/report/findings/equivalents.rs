use std::fmt::Write as _;

/// The ids of the Postman CLI's linter, version 1.62, what they find according to experiments, and the rules that find
/// the same here.
const EQUIVALENTS: [(&str, &str, &str); 20] = [
    (
        "ENV001, GBL001",
        "YAML or JSON is broken, a mapping repeats a name, or there are several documents",
        "DOC002, DOC004, GIT007",
    ),
    ("ENV002, GBL002", "the file is not a mapping, is empty, or is UTF-16", "DOC002, DOC003, DOC006"),
    (
        "ENV003, GBL003",
        "no `name` (globals need none), an item without `key`, a `value` that is null, a null item",
        "ENV002, ENV003, ENV007",
    ),
    ("ENV004, GBL004", "a member is of the wrong type", "ENV001, ENV002, ENV003, ENV007, ENV008"),
    ("ENV005, GBL005", "an empty `name` or `key`", "ENV002, ENV004"),
    ("ENV006, GBL006", "two variables with the same name, enabled or not", "ENV006, RUN002"),
    ("ENV007, GBL007", "an unknown member", "ENV010"),
    ("ENV008", "not reproduced", ""),
    ("ENV009", "a file in the environments folder whose name does not fit", "GIT008"),
    ("file-read-error", "the file cannot be read", "DOC001"),
    ("FMT007", "names in a collection that differ only in case", "GIT004"),
    ("FMT014", "an unknown `$kind`", "GIT001"),
    ("FMT015", "a part of a collection that violates its schema", "GIT002"),
    ("FMT018", "broken YAML in a collection", "DOC002, DOC004, GIT007"),
    ("FMT206, FMT208", "a member that a request or a definition does not have", "GIT003"),
    ("FMT209", "the URL and `queryParams` disagree", "GIT006"),
    ("WSP003", "broken YAML in the manifest of the workspace", "DOC002, DOC004, GIT007"),
    (
        "WSP005, WSP006, WSP007, WSP009, WSP010, WSP012, WSP018",
        "the manifest has no `workspace.id`, a part of the wrong type, or a repeated id",
        "GIT010",
    ),
    ("WSP008, WSP011, WSP015", "a member that the manifest does not have", "GIT011"),
    ("WSP013, WSP014", "a path in the manifest that leads to no file", "GIT009"),
];

/// The section of `docs/rules.md` that compares the rules with those of Postman's own linter.
#[must_use]
pub(super) fn equivalents_markdown() -> String {
    let mut out = String::from(
        "\n## Postman's own linter\n\n\
         What `postman environment lint`, `globals lint` and `workspace lint` report about git-native files, and the rules\n\
         that find the same here. An error there is an error here.\n\n\
         | there | finds | here |\n| --- | --- | --- |\n",
    );
    for (there, finds, here) in EQUIVALENTS {
        let _ = writeln!(out, "| {there} | {finds} | {here} |");
    }
    out
}
