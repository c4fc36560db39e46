# A collection of $folders folders with ten requests each, about 19 KB a folder, and always the same.

def pair($key; $value): {key: $key, value: $value};

def id($n): "\($n + 10000000)-0000-4000-8000-\($n + 100000000000)";

def description($n):
  "Retrieves the details of item \($n).\n\nThe caller needs read access to it, and to every folder above it. "
  + "Only the fields that are named in `fields` are part of the answer; \"mini\" objects are not expanded.";

def body($n):
  {type: "file", id: "\($n)", entries: [range(12) | {id: "\($n * 100 + .)", name: "Contract \(.).pdf"}]}
  | tojson | gsub(","; ",\n  ");

def request($n):
  {
    id: id($n),
    name: "Get item \($n)",
    request: {
      method: "GET",
      header: [pair("Accept"; "application/json"), pair("Authorization"; "Bearer {{access_token}}")],
      url: {
        raw: "{{base_url}}/items/\($n)?fields=id,name",
        host: ["{{base_url}}"],
        path: ["items", "\($n)"],
        query: [pair("fields"; "id,name")]
      },
      description: description($n)
    },
    response: [
      {
        id: id($n),
        name: "Returns the item",
        code: 200,
        header: [pair("Content-Type"; "application/json")],
        body: body($n)
      }
    ]
  };

{
  info: {
    _postman_id: id(0),
    name: "Bench",
    schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
  },
  item: [range($folders) as $f | {name: "Folder \($f + 1)", item: [range(1; 11) | request($f * 10 + .)]}],
  variable: [pair("base_url"; "https://api.box.com/2.0")]
}
