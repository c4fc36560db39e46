#!/usr/bin/env python3
"""Makes the files that validate.sh checks, the same bytes every time.

    validate_inputs.py FOLDER

10,000 environments of 1 to 4 KB, 1,000 collections of 100 to 205 KB, one collection of 1.1 MB, and a schema for the
environments. Nearly all files are valid, as in a project that checks them.
"""

import json
import os
import random
import sys

FOLDER = sys.argv[1]
SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
rng = random.Random(7)


def write(path, value):
    path = os.path.join(FOLDER, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(value, file, indent="\t", ensure_ascii=False)


def word():
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(4, 12)))


def words(count):
    return " ".join(word() for _ in range(count))


def identifier():
    return "-".join("".join(rng.choice("0123456789abcdef") for _ in range(n)) for n in (8, 4, 4, 4, 12))


def pair(key, value):
    return {"key": key, "value": value}


def request():
    path = [word() for _ in range(3)]
    name = f"Größe von {word()}" if rng.random() < 0.1 else words(3).capitalize()
    body = json.dumps({"id": identifier(), "entries": [{"type": "file", "name": words(2)} for _ in range(8)]}, indent=2)
    script = [f'pm.test("{words(3)}", function () {{', "    pm.response.to.have.status(200);", "});"]
    sent = {
        "method": "POST",
        "header": [pair("Accept", "application/json"), pair("Authorization", "Bearer {{access_token}}")],
        "url": {
            "raw": "https://{{host}}/" + "/".join(path) + "?fields=id,name",
            "protocol": "https",
            "host": ["{{host}}"],
            "path": path,
            "query": [pair("fields", "id,name")],
        },
        "body": {"mode": "raw", "raw": json.dumps({"name": words(2), "parent": {"id": "{{folder_id}}"}}, indent=2)},
        "description": f"{words(20)}.\n\n{words(30)}.",
    }
    answer = {"id": identifier(), "name": word(), "status": "OK", "code": 200, "body": body}
    answer["header"] = [pair("Content-Type", "application/json")]
    return {
        "id": identifier(),
        "name": name,
        "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": script}}],
        "request": sent,
        "response": [answer],
    }


def collection(requests):
    info = {"_postman_id": identifier(), "name": words(2), "schema": SCHEMA}
    folders = [
        {"id": identifier(), "name": word(), "item": [request() for _ in range(min(10, requests - at))]}
        for at in range(0, requests, 10)
    ]
    return {"info": info, "item": folders, "variable": [pair("host", "api.example.com"), pair("folder_id", "0")]}


def variable(number):
    kind = rng.random()
    row = {"key": f"{word()}_{number}", "value": words(rng.randint(1, 3)), "type": "default", "enabled": True}
    if kind < 0.1:
        row.update(key=f"{word()}_token", value="", type="secret")
    elif kind < 0.3:
        row["value"] = f"https://{word()}.example.com/{word()}/ü"
    elif kind < 0.4:
        row["value"] = json.dumps({word(): words(2)})
    return row


def environment(number):
    return {
        "id": identifier(),
        "name": f"{word()} {number}",
        "values": [variable(at) for at in range(rng.randint(8, 30))],
        "_postman_variable_scope": "environment",
        "_postman_exported_at": "2026-01-01T10:00:00.000Z",
        "_postman_exported_using": "Postman/11.20.0",
    }


def environment_schema():
    text, flag = {"type": "string"}, {"type": "boolean"}
    row = {"key": text, "value": {"type": ["string", "number", "boolean", "null"]}, "enabled": flag}
    row["type"] = {"enum": ["default", "secret", "any", "text"]}
    rows = {"type": "object", "required": ["key", "value"], "properties": row, "additionalProperties": False}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "required": ["name", "values"],
        "properties": {"id": text, "name": text, "values": {"type": "array", "items": rows}},
    }


if not os.path.exists(os.path.join(FOLDER, "done")):
    for number in range(10_000):
        write(f"envs/{number // 100:03}/{number:05}.postman_environment.json", environment(number))
    for number in range(1_000):
        write(f"cols/{number // 100:02}/{number:04}.postman_collection.json", collection(rng.randint(38, 75)))
    write("large.postman_collection.json", collection(410))
    write("environment.schema.json", environment_schema())
    open(os.path.join(FOLDER, "done"), "w").close()
