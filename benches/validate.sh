#!/usr/bin/env bash
# How fast `validate` is, with all rules, next to programs that only parse the same files or check them with a schema:
# Postman's own for collections, and a short one for environments, which have none. See README.md here.
#
#   validate.sh [ROUNDS [COLLECTION]]
#
# COLLECTION replaces the large generated collection.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

rounds=${1:-5}
build_envtool
peers race jq18 gojq jaq jsonschema-cli ajv check-jsonschema

# The official schema of version 2.1.0, compiled into one file by the program that comes with it.
schemas=$work/schemas
collection_schema=$in/collection.schema.json
if [ ! -e "$collection_schema" ]; then
    [ -d "$schemas" ] || git clone --quiet --depth 1 https://github.com/postmanlabs/schemas "$schemas"
    official=$schemas/schemas/draft-07/v2.1.0
    (cd "$schemas" && npm install --omit=dev --no-audit --no-fund --silent &&
        node bin/compile.js --schema "$official/collection.json" --schema-dir "$official" --output "$collection_schema")
fi

python3 "$repository/benches/validate_inputs.py" "$in/validate"

large=${2:-$in/validate/large.postman_collection.json}
enter "envtool validate" envtool validate "$large"
enter "cat" cat "$large"
enter "jaq empty" jaq empty "$large"
enter "jq 1.8 empty" jq18 empty "$large"
enter "jsonschema-cli" jsonschema-cli validate "$collection_schema" -i "$large"
enter "ajv-cli" ajv validate --spec=draft7 --strict=false -s "$collection_schema" -d "$large"
enter "check-jsonschema" check-jsonschema --schemafile "$collection_schema" "$large"
race "validate a collection of $(size "$large")" $((rounds * 4))

# enter_bulk FOLDER SCHEMA: adds every program that is not too slow, on all files of FOLDER.
enter_bulk() {
    local folder=$1 schema=$2 name
    local files="find '$folder' -name '*.json' -print0"
    enter "envtool validate" envtool validate "$folder"
    enter "tar" sh -c "tar cf - '$folder' 2>/dev/null | cat >/dev/null"
    for name in jaq jq18 gojq; do
        have "$name" && enter "$name empty, xargs -P2" sh -c "$files | xargs -0 -P2 -n 500 '$bin/$name' empty"
    done
    have jsonschema-cli && enter "jsonschema-cli, xargs -P2" sh -c \
        "find '$folder' -name '*.json' -printf '-i\\0%p\\0' | xargs -0 -P2 -n 1000 '$bin/jsonschema-cli' validate '$schema'"
    enter "ajv-cli" ajv validate --spec=draft7 --strict=false -s "$schema" -d "$folder/**/*.json"
}

# enter_slow FOLDER SCHEMA: adds the program that takes a minute, next to envtool.
enter_slow() {
    enter "envtool validate" envtool validate "$1"
    have check-jsonschema && enter "check-jsonschema, xargs -P2" sh -c \
        "find '$1' -name '*.json' -print0 | xargs -0 -P2 -n 500 '$bin/check-jsonschema' --schemafile '$2'"
}

enter_bulk "$in/validate/envs" "$in/validate/environment.schema.json"
race "validate 10,000 environments" "$rounds"
enter_bulk "$in/validate/cols" "$collection_schema"
race "validate 1,000 collections" "$rounds"

enter_slow "$in/validate/envs" "$in/validate/environment.schema.json"
race "validate 10,000 environments, the slow one" 1
enter_slow "$in/validate/cols" "$collection_schema"
race "validate 1,000 collections, the slow one" 1
