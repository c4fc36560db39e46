//! Keys of services are found by their shape, wherever they are and whatever their name, and never shown.
//!
//! They are made up, with the lengths and letters that the services publish, and assembled at run time, so that
//! scanners for leaked keys find none in this repository.

use std::fs;

use serde_json::{Value, json};

use crate::support::program::Place;

/// The letters that keys are made of.
const ALL: &str = "aZ7kQ0x";
const DASHED: &str = "aZ7-k_Q0";
const HEX: &str = "a7f03c9e";
const CAPITALS: &str = "0KQ7ZT4";
const DIGITS: &str = "4711085";

/// How a key starts, and what follows: runs of these letters with their lengths.
type Key = (&'static [&'static str], &'static [(&'static str, usize)]);

const KEYS: [Key; 42] = [
    (&["PMAK", "-"], &[(HEX, 24), ("-", 1), (HEX, 34)]),
    (&["PMAT", "-"], &[(CAPITALS, 26)]),
    (&["github", "_pat_"], &[(ALL, 82)]),
    (&["gh", "p_"], &[(ALL, 36)]),
    (&["gh", "o_"], &[(ALL, 36)]),
    (&["gh", "s_"], &[(ALL, 36)]),
    (&["gl", "pat-"], &[(DASHED, 20)]),
    (&["gl", "dt-"], &[(DASHED, 20)]),
    (&["gl", "sa_"], &[(ALL, 32), ("_", 1), (HEX, 8)]),
    (&["sk", "_live_"], &[(ALL, 24)]),
    (&["rk", "_test_"], &[(ALL, 24)]),
    (&["wh", "sec_"], &[(ALL, 32)]),
    (&["xo", "xb-"], &[(DIGITS, 12), ("-", 1), (ALL, 24)]),
    (&["xo", "xp-"], &[(DIGITS, 12), ("-", 1), (ALL, 32)]),
    (&["xa", "pp-1-"], &[(CAPITALS, 11), ("-", 1), (DIGITS, 13), ("-", 1), (HEX, 64)]),
    (&["GOC", "SPX-"], &[(DASHED, 28)]),
    (&["AI", "za"], &[(DASHED, 35)]),
    (&["ya", "29."], &[(DASHED, 100)]),
    (&["AK", "IA"], &[(CAPITALS, 16)]),
    (&["np", "m_"], &[(ALL, 36)]),
    (&["py", "pi-AgEIcHlwaS5vcmc"], &[(DASHED, 60)]),
    (&["ruby", "gems_"], &[(HEX, 48)]),
    (&["dckr", "_pat_"], &[(DASHED, 27)]),
    (&["S", "G."], &[(DASHED, 22), (".", 1), (DASHED, 43)]),
    (&["xkey", "sib-"], &[(HEX, 64), ("-", 1), (ALL, 16)]),
    (&["S", "K"], &[(HEX, 32)]),
    (&["os_v2", "_app_"], &[(ALL, 100)]),
    (&["sk", "-ant-api03-"], &[(DASHED, 93)]),
    (&["gs", "k_"], &[(ALL, 52)]),
    (&["h", "f_"], &[("aZkQx", 34)]),
    (&["HR", "KU-"], &[(DASHED, 60)]),
    (&["dop", "_v1_"], &[(HEX, 64)]),
    (&["shp", "at_"], &[(HEX, 32)]),
    (&["sq0", "csp-"], &[(DASHED, 43)]),
    (&["ATA", "TT3xFfGF0"], &[(DASHED, 180)]),
    (&["lin", "_api_"], &[(ALL, 40)]),
    (&["hv", "s."], &[(DASHED, 92)]),
    (&["NR", "AK-"], &[(CAPITALS, 27)]),
    (&["sk.", "eyJ"], &[(ALL, 60), (".", 1), (DASHED, 22)]),
    // Of Azure.
    (&["aZ7", "8Q~"], &[(DASHED, 34)]),
    (&["ey", "J"], &[(ALL, 30), (".", 1), (ALL, 60), (".", 1), (DASHED, 43)]),
    // An access token of Box.
    (&["", ""], &[(ALL, 32)]),
];

fn keys() -> Vec<String> {
    let letters = |(letters, count): &(&str, usize)| letters.chars().cycle().take(*count).collect::<String>();
    KEYS.iter().map(|(start, rest)| start.concat() + &rest.iter().map(letters).collect::<String>()).collect()
}

/// The rules and paths of the findings of `validate` in `file`.
fn found(place: &Place, file: &str) -> Vec<(String, String)> {
    let run = place.run(&format!("validate --select SEC --json {file}"));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["files"][0]["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    findings.map(|finding| (text(&finding["rule"]), text(&finding["path"]))).collect()
}

fn assert_no_key_shown(place: &Place, words: &str) {
    let run = place.run(words);
    for key in keys() {
        assert!(!run.out.contains(&key) && !run.err.contains(&key), "`{words}` shows {key}");
    }
}

#[test]
fn service_keys_in_an_environment_are_found_and_masked() {
    let row = |(at, key): (usize, String)| json!({"key": format!("v{at}"), "value": key, "enabled": true});
    let rows: Vec<_> = keys().into_iter().enumerate().map(row).collect();
    let place = Place::with(&[]);
    fs::write(place.file("e.json"), json!({"name": "Keys", "values": rows}).to_string()).unwrap();
    let expected = (0..KEYS.len()).map(|at| ("SEC001".to_owned(), format!("$.values[{at}].value")));
    assert_eq!(found(&place, "e.json"), expected.collect::<Vec<_>>());
    for words in
        ["inspect e.json", "inspect --json e.json", "validate e.json", "redact e.json", "textconv e.json"]
    {
        assert_no_key_shown(&place, words);
    }
}

#[test]
fn service_keys_in_a_collection_are_found_and_masked() {
    let item = |key: String| {
        json!({
            "name": "Ask",
            "event": [{"listen": "test", "script": {"exec": [format!("const v = '{key}'")]}}],
            "request": {
                "description": format!("Ask with {key}."),
                "header": [{"key": "X-Trace", "value": key}],
                "url": format!("https://parcels.example/list?v={key}"),
                "body": {"mode": "raw", "raw": format!("{{\n\t\"v\": \"{key}\"\n}}")},
            },
            "response": [{"name": "Answer", "body": format!("<v>{key}</v>")}],
        })
    };
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let items: Vec<_> = keys().into_iter().map(item).collect();
    let place = Place::with(&[]);
    let collection = json!({"info": {"name": "Keys", "schema": schema}, "item": items});
    fs::write(place.file("c.json"), collection.to_string()).unwrap();
    let found = found(&place, "c.json");
    for (at, key) in keys().iter().enumerate() {
        let mut rules: Vec<_> = found
            .iter()
            .filter(|(_, path)| path.starts_with(&format!("$.item[{at}].")))
            .map(|(rule, _)| rule.as_str())
            .collect();
        rules.sort_unstable();
        assert_eq!(rules, ["SEC005", "SEC006", "SEC006", "SEC007", "SEC008", "SEC010"], "{key}");
    }
    for words in ["inspect c.json", "validate c.json", "redact c.json", "refs c.json", "textconv c.json"] {
        assert_no_key_shown(&place, words);
    }
}
