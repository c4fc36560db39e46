#!/usr/bin/env bash
# How long envtool takes to compare and merge two large collections, next to other programs: see README.md here.
#
#   compare.sh [ROUNDS [OLD NEW]]      10 rounds by default; OLD and NEW replace the generated collections
set -euo pipefail
. "$(dirname "$0")/lib.sh"

rounds=${1:-10}
build_envtool
peers race jq18 jaq jsondiffpatch

old=${2:-$in/old.postman_collection.json}
new=${3:-$in/new.postman_collection.json}
if [ $# -lt 3 ]; then
    make_collection "$old" 150
fi
edited=$in/edited.postman_collection.json
reordered=$in/reordered.postman_collection.json
# A few edits here and there, with the layout unchanged.
awk '/"description": "/ && ++n % 20 == 0 { sub(/"description": "/, "&Edited: ") } { print }' "$old" >"$edited"
"$bin/jq18" --tab 'walk(if type == "object" then to_entries | reverse | from_entries else . end)' "$old" >"$reordered"
if [ $# -lt 3 ]; then
    # In the next release every item has a new id, the folders are in another order, and every tenth text is revised.
    sed 's/"id": "/&2/; s/"_postman_id": "/&2/' "$old" |
        awk '/"description": "/ && ++n % 10 == 0 { sub(/"description": "/, "&Revised: ") } { print }' |
        "$bin/jq18" --tab '.item |= reverse' >"$new"
fi

# differ TITLE OLD NEW
differ() {
    local lines
    lines=$(diff "$2" "$3" | grep -c '^[<>]' || true)
    enter "envtool diff" envtool diff "$2" "$3"
    enter "diff -u" diff -u "$2" "$3"
    enter "git diff" git --no-pager diff --no-index "$2" "$3"
    have jaq && enter "jaq -S, then diff" bash -c "diff <('$bin/jaq' -S . '$2') <('$bin/jaq' -S . '$3')"
    have jq18 && enter "jq 1.8 -S, then diff" bash -c "diff <('$bin/jq18' -S . '$2') <('$bin/jq18' -S . '$3')"
    enter "jsondiffpatch" jsondiffpatch --format=json "$2" "$3"
    race "$1: $lines lines differ" "$rounds"
}

differ "compare a collection of $(size "$old") with an edited copy" "$old" "$edited"
differ "compare it with itself, the members of every object in another order" "$old" "$reordered"
differ "compare it with another release" "$old" "$new"

export ENVTOOL_STATE_DIR=$work/state
enter "envtool merge" envtool merge "$old" "$edited" "$new" --no-backup --output "$work/merged-{}.json"
enter "git merge-file" git merge-file -p "$edited" "$old" "$new"
enter "diff3 -m" diff3 -m "$edited" "$old" "$new"
race "merge the other release into the edited copy" "$rounds"
rm -f "$work"/merged-*.json
