#!/usr/bin/env bash
# How fast `validate` is, all rules on, next to programs that only parse the same files or check them by a schema that
# says less. See README.md here.
#
#   benches/validate.sh [ROUNDS]
set -euo pipefail
. "$(dirname "$0")/lib.sh"

rounds=${1:-5}
build_envtool
peers race jq18 gojq jaq jsonschema-cli ajv check-jsonschema

python3 - "$in" <<'PYTHON'
import json, os, random, sys

folder = sys.argv[1] + "/validate"
random.seed(7)


def write(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", newline="\n") as file:
        json.dump(value, file, indent="\t")


def word():
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(4, 12)))


def request():
    path = [word() for _ in range(3)]
    url = {"raw": "https://{{host}}/" + "/".join(path), "protocol": "https", "host": ["{{host}}"], "path": path}
    script = {"type": "text/javascript", "exec": [f"pm.test('{word()}', () => {{}});"] * 8}
    body = "\n".join(f"{word()} {word()}" for _ in range(20))
    return {
        "name": word(),
        "event": [{"listen": "test", "script": script}],
        "request": {"method": "GET", "header": [{"key": "Accept", "value": "application/json"}], "url": url},
        "response": [{"name": word(), "status": "OK", "code": 200, "body": body}],
    }


def collection(requests):
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    items = [request() for _ in range(requests)]
    return {"info": {"name": word(), "schema": schema}, "item": items, "variable": [{"key": "host", "value": "x.example"}]}


def environment(n):
    values = [
        {"key": f"{word()}_{at}", "value": word() * random.randint(1, 6), "type": "default", "enabled": True}
        for at in range(random.randint(8, 26))
    ]
    return {"id": f"{n:08}", "name": word(), "values": values, "_postman_variable_scope": "environment"}


if not os.path.exists(folder + "/done"):
    for n in range(10_000):
        write(f"{folder}/envs/{n // 100:03}/{n:05}.postman_environment.json", environment(n))
    for n in range(1_000):
        write(f"{folder}/cols/{n // 100:02}/{n:04}.postman_collection.json", collection(random.randint(60, 110)))
    write(f"{folder}/large.postman_collection.json", collection(650))
    strings = {"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}, "value": {"type": "string"}}}
    write(f"{folder}/envs.schema.json", {"type": "object", "required": ["name", "values"], "properties": {
        "name": {"type": "string"}, "values": {"type": "array", "items": strings}}})
    item = {"type": "object", "required": ["name", "request"], "properties": {"request": {"type": "object"}}}
    write(f"{folder}/cols.schema.json", {"type": "object", "required": ["info", "item"], "properties": {
        "info": {"type": "object", "required": ["name", "schema"]}, "item": {"type": "array", "items": item}}})
    open(folder + "/done", "w").close()
PYTHON

# enter_bulk KIND: every program on all files of that kind.
enter_bulk() {
    local folder=$in/validate/$1 schema=$in/validate/$1.schema.json
    local files="find '$folder' -name '*.json' -print0"
    enter "envtool validate" envtool validate "$folder"
    enter "tar" sh -c "tar cf - '$folder' 2>/dev/null | cat >/dev/null"
    local name
    for name in jaq jq18 gojq; do
        have "$name" && enter "$name empty, xargs -P2" sh -c "$files | xargs -0 -P2 -n 500 '$bin/$name' empty"
    done
    have jsonschema-cli && enter "jsonschema-cli, xargs -P2" sh -c \
        "find '$folder' -name '*.json' -printf '-i\\0%p\\0' | xargs -0 -P2 -n 1000 '$bin/jsonschema-cli' '$schema'"
    have ajv && enter "ajv-cli" ajv validate --strict=false -s "$schema" -d "$folder/**/*.json"
    have check-jsonschema && enter "check-jsonschema, xargs -P2" sh -c \
        "$files | xargs -0 -P2 -n 500 '$bin/check-jsonschema' --schemafile '$schema'"
}

large=$in/validate/large.postman_collection.json
enter "envtool validate" envtool validate "$large"
enter "cat" cat "$large"
enter "jaq empty" jaq empty "$large"
enter "jq 1.8 empty" jq18 empty "$large"
enter "jsonschema-cli" jsonschema-cli "$in/validate/cols.schema.json" -i "$large"
enter "ajv-cli" ajv validate --strict=false -s "$in/validate/cols.schema.json" -d "$large"
race "validate a collection of $(size "$large")" $((rounds * 4))

enter_bulk envs
race "validate 10,000 environments" "$rounds"

enter_bulk cols
race "validate 1,000 collections" "$rounds"
