// What the pre-request scripts of Box's collections do with an environment, according to JavaScript itself.
//
// Written from a table of what those scripts do, with JavaScript's own conversions and comparisons, so that envtool's
// imitation of them can be compared with it. Reads {"now": …, "environments": [{"values": […]}, …]} from standard input
// and writes, for each environment, [the result in the Postman app, the result in newman]: "none", "refresh", or the
// message that is thrown.

"use strict";

const CONVERSIONS = { string: String, number: Number, boolean: Boolean };

/** How a script reads variables: the last of the rows that `runtime` uses. */
function reader(values, runtime) {
  return (key) => {
    const used = values.filter(
      (row) => row.key === key && row.disabled !== true && !(runtime === "app" && row.enabled === false),
    );
    const row = used.at(-1);
    if (row === undefined || row.value === undefined) return undefined;
    const convert = CONVERSIONS[row.type];
    return convert ? convert(row.value) : row.value;
  };
}

function classic(get, now) {
  if (!(now > Number(get("expires_at")))) return "none";
  const length = (key) => String(get(key)).length;
  const switchedOn = String(get("enable_auto_refresh_access_token")) === "true";
  const complete = length("client_id") === 32 && length("client_secret") === 32 && length("refresh_token") === 64;
  if (switchedOn && complete) return "refresh";
  return 'Access token expired. Please use the "Authorization => Refresh access token" API to request a new token.';
}

/** The Advanced script's names of the variables that it cannot work with. */
function unusable(get, type) {
  const wanted = type === "BEARER" ? [["access_token", "Access Token"]] : [
    ["client_id", "Client_id"],
    ["client_secret", "Client secret"],
  ];
  if (type === "OAUTH") wanted.push(["refresh_token", "Refresh token"]);
  if (type === "CCG" || type === "JWT") {
    wanted.push(["box_subject_type", "Box subject type"], ["box_subject_id", "Box subject id"]);
  }
  if (type === "JWT") {
    wanted.push(["key_id", "Key id"], ["private_key_encrypted", "Private key"], ["private_key_passphrase", "Passphrase"]);
  }
  return wanted.flatMap(([key, name]) => {
    const value = get(key);
    if (!value) return [name];
    const known = key !== "box_subject_type" || value === "enterprise" || value === "user";
    return known ? [] : [`${name} (enterprise or user)`];
  });
}

function advanced(get, now) {
  const type = get("box_env_type");
  if (!type) return "Unable to identify environment type. Please select a supported environment";
  const names = unusable(get, type);
  // Misspelled as Box does.
  if (names.length > 0) return `Invalid enviroment variables: ${names.join(", ")}`;
  const isOver = (key) => now > Number(get(key) || 0);
  if (type === "BEARER" || !isOver("expires_at")) return "none";
  switch (type) {
    case "OAUTH":
      return isOver("refresh_token_expires_at") ? "Refresh token has expired" : "refresh";
    case "CCG":
    case "JWT":
      return "refresh";
    default:
      return "Unrecognized environment. Please select one of the supported Box environments";
  }
}

const { now, environments } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = environments.map(({ values }) => {
  // A row of this name, whatever its value, makes an environment one of the Advanced collection. Without it and without
  // the classic collection's switch, variables that only the Advanced one reads do.
  const has = (key) => values.some((row) => row.key === key);
  const looksAdvanced = has("box_subject_type") || has("refresh_token_expires_at");
  const isAdvanced = has("box_env_type") || (!has("enable_auto_refresh_access_token") && looksAdvanced);
  const script = isAdvanced ? advanced : classic;
  return ["app", "newman"].map((runtime) => script(reader(values, runtime), now));
});
process.stdout.write(JSON.stringify(answers));
