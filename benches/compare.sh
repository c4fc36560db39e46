#!/usr/bin/env bash
# How long envtool takes to compare and merge two large collections, next to other programs: see benches/README.md.
#
#   compare.sh [ROUNDS] [OLD NEW]      10 rounds; two releases of a collection instead of the made ones

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
# A few edits here and there, the layout as it was.
awk '/"description": "/ && ++n % 20 == 0 { sub(/"description": "/, "&Edited: ") } { print }' "$old" >"$edited"
if [ $# -lt 3 ]; then
    # Another release: every item has another id.
    sed 's/"id": "/"id": "2/; s/"_postman_id": "/"_postman_id": "2/' "$edited" >"$new"
fi

# enter_differs OLD NEW
enter_differs() {
    enter "envtool diff" envtool diff "$1" "$2"
    enter "diff -u" diff -u "$1" "$2"
    enter "git diff" git diff --no-index --stat "$1" "$2"
    enter "jaq -S, then diff" bash -c "diff <('$bin/jaq' -S . $1) <('$bin/jaq' -S . $2)"
    enter "jq 1.8 -S, then diff" bash -c "diff <('$bin/jq18' -S . $1) <('$bin/jq18' -S . $2)"
    enter "jsondiffpatch" jsondiffpatch --format=json "$1" "$2"
}

enter_differs "$old" "$edited"
race "compare a collection of $(size "$old") with an edited copy" "$rounds"

enter_differs "$old" "$new"
race "compare it with the next release" "$rounds"

export ENVTOOL_STATE_DIR=$work/state
enter "envtool merge" envtool merge "$old" "$edited" "$new" --no-backup --output "$work/merged-{}.json"
enter "git merge-file" git merge-file -p "$edited" "$old" "$new"
enter "diff3 -m" diff3 -m "$edited" "$old" "$new"
race "merge the next release into the edited copy" "$rounds"
rm -f "$work"/merged-*.json
