//! What programs read: every answer in JSON keeps to `simguide schema`, and YAML and CSV say the same.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use simguide::args::answering;
use simguide::run::Outcome;
use support::{LANGS, run};

/// Questions of every command, those with an empty answer included.
const QUESTIONS: [&str; 47] = [
    "renew",
    "renew --type prepaid --channel konbini",
    "renew --type esim --type prepaid --channel lawson",
    "renew --plan povo2",
    "renew --plan povo2 --channel carrier-shop",
    "renew --carrier softbank --pay cash",
    "renew --plan povo2 --pay alipay",
    "renew --plan povo2 --channel seicomart",
    "renew --plan mineo-prepaid-pack --no-internet",
    "renew --pay foreign-card --no-japanese",
    "expiry softbank-prepaid --topped-up 2026-11-24",
    "expiry softbank-prepaid --topped-up 2026-11-24T21:30 --expires 2026-12-01",
    "expiry povo2 --expires 2026-08-01",
    "expiry au --bill-due 2026-11-30",
    "expiry iijmio-prepaid-pack --topped-up 2026-11-24",
    "expiry airalo --activated 2026-11-24",
    "expiry jp-smart-sim --topped-up 2026-11-24",
    "restore",
    "restore au",
    "restore povo2",
    "restore konbini-880-sim",
    "types",
    "types esim",
    "channels",
    "channels konbini",
    "channels lawson",
    "channels --online",
    "plans",
    "plans softbank-prepaid",
    "plans docomo-max",
    "plans --carrier povo --type esim",
    "plans --network au --status ended --status unknown",
    "plans --code 440-20",
    "plans --iccid 8981100",
    "plans --iccid 99999999",
    "tips",
    "tips --topic scam --type prepaid",
    "tips --plan povo2 --channel app",
    "tips --topic law --plan povo2",
    "phrases",
    "phrases till-pay-this-slip",
    "phrases --search zzzzz",
    "terms",
    "terms nosuchword",
    "search konbini cash",
    "search povoo",
    "sources --plan povo2 --older-than 365 --kind official",
];

/// The answer to a question that was understood.
fn answered(line: &str) -> Outcome {
    let outcome = run(line);
    assert!(outcome.code < 2, "{line}: {}", outcome.stderr);
    assert_eq!(outcome.stderr, "", "{line}");
    outcome
}

/// The answers in English, each worked out once.
static ANSWERS: LazyLock<BTreeMap<&str, Value>> =
    LazyLock::new(|| QUESTIONS.map(|line| (line, fresh(line))).into());

fn json(line: &str) -> Value {
    ANSWERS.get(line).cloned().unwrap_or_else(|| fresh(line))
}

fn fresh(line: &str) -> Value {
    let text = answered(&format!("{line} --format json")).stdout;
    serde_json::from_str(&text).expect("JSON")
}

fn schema(command: &str) -> Value {
    serde_json::from_str(&answered(&format!("schema {command}")).stdout).expect("JSON")
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("a schema")
}

fn command_of(line: &str) -> &str {
    line.split_whitespace().next().expect("a command")
}

#[test]
fn every_command_that_answers_has_a_schema_and_questions() {
    let asked: BTreeSet<&str> = QUESTIONS.iter().map(|line| command_of(line)).collect();
    let known = answering();
    assert_eq!(asked, known.iter().map(String::as_str).collect());
    for command in known {
        let schema = schema(&command);
        assert!(jsonschema::meta::is_valid(&schema), "{command}");
    }
}

#[test]
fn every_answer_keeps_to_its_schema_in_every_language() {
    let whole = validator(&schema(""));
    for command in answering() {
        let own = validator(&schema(&command));
        for line in QUESTIONS.iter().filter(|line| command_of(line) == command) {
            for lang in LANGS {
                let answer = json(&format!("{line} --lang {lang}"));
                let faults: Vec<String> = own
                    .iter_errors(&answer)
                    .map(|error| format!("{}: {error:.300}", error.instance_path()))
                    .collect();
                assert!(faults.is_empty(), "{line} --lang {lang}: {faults:#?}");
            }
            assert!(whole.is_valid(&json(line)), "{line}");
        }
    }
}

#[test]
fn a_field_more_or_less_breaks_the_schema() {
    let own = validator(&schema("terms"));
    let mut answer = json("terms");
    assert!(own.is_valid(&answer));
    answer["results"][0]["more"] = Value::Null;
    assert!(!own.is_valid(&answer));
    let mut answer = json("terms");
    answer["results"][0]["kana"] = Value::Null;
    assert!(!own.is_valid(&answer));
    let mut answer = json("terms");
    answer["edition"] = Value::from("2026-02-30");
    assert!(!own.is_valid(&answer));
}

/// Every object of a schema, with its path.
fn objects<'a>(at: &str, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("properties") {
                found.push((at.to_owned(), value));
            }
            for (key, value) in map {
                objects(&format!("{at}/{key}"), value, found);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                objects(&format!("{at}/{place}"), value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_is_explained_and_no_other_is_allowed() {
    let schema = schema("");
    let mut found = Vec::new();
    objects("", &schema, &mut found);
    let mut silent = Vec::new();
    for (at, object) in found {
        assert_eq!(object["additionalProperties"], false, "{at}");
        for (name, property) in object["properties"].as_object().expect("fields") {
            let refers = property.get("$ref").and_then(Value::as_str);
            let meant = match refers {
                Some(path) => schema.pointer(&path[1..]).expect("a definition"),
                None => property,
            };
            let told = property.get("description").or(meant.get("description"));
            if told.and_then(Value::as_str).is_none_or(str::is_empty) {
                silent.push(format!("{at}: {name}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// The fields that are promised for good.
#[test]
fn the_promised_fields_are_there() {
    for line in QUESTIONS {
        let answer = json(line);
        for field in ["schema", "edition", "lang", "command", "query", "results"] {
            assert!(answer.get(field).is_some(), "{line}: {field}");
        }
        assert_eq!(answer["schema"], 1);
        assert_eq!(answer["command"], command_of(line));
        let exit = answered(&format!("{line} --format json")).code;
        if exit == 1 {
            assert_eq!(answer["results"], Value::Array(Vec::new()), "{line}");
            assert!(answer["nearest"].is_array(), "{line}");
        }
        let promised: &[&str] = match command_of(line) {
            "renew" => &[
                "plan",
                "carrier",
                "channel",
                "by",
                "verdict",
                "payments",
                "amounts_jpy",
                "fee_jpy",
                "fees",
                "internet",
                "needs",
                "steps",
                "say",
                "cautions",
                "sources",
            ],
            "plans" => &["id", "carrier", "kind", "form", "status"],
            "expiry" => &["clock", "date", "time", "days_left", "then", "sources"],
            "phrases" | "terms" => &["id", "ja", "kana", "romaji"],
            "sources" => &["url", "publisher", "kind", "dated"],
            _ => &[],
        };
        for result in answer["results"].as_array().expect("results") {
            for field in promised {
                assert!(result.get(field).is_some(), "{line}: {field}");
            }
        }
    }
}

#[test]
fn promised_fields_say_what_they_promise() {
    let renew = json("renew --plan softbank-prepaid");
    let way = &renew["results"][0];
    assert!(way["channel"].is_string() && way["channel_name"].is_string());
    let verdicts = ["yes", "partly", "no", "unknown"];
    for way in json("renew")["results"].as_array().expect("ways") {
        assert!(verdicts.contains(&way["verdict"].as_str().expect("a verdict")));
        for payment in way["payments"].as_array().expect("payments") {
            assert!(verdicts.contains(&payment["verdict"].as_str().expect("a verdict")));
        }
        assert!(way["cautions"].is_array());
    }
    let cautions = renew["results"]
        .as_array()
        .expect("ways")
        .iter()
        .flat_map(|way| way["cautions"].as_array().expect("cautions"))
        .count();
    assert!(cautions > 0, "the caveats of a plan reach its ways");
    for line in QUESTIONS.iter().filter(|line| line.starts_with("expiry")) {
        for dated in json(line)["results"].as_array().expect("dates") {
            let then = dated["then"].as_str().expect("a sentence");
            assert!(!then.is_empty(), "{line}");
        }
    }
}

#[test]
fn yaml_is_the_same_object() {
    for line in QUESTIONS {
        let yaml = answered(&format!("{line} --format yaml")).stdout;
        for bare in [": yes", ": no", "- yes", "- no", ": on", ": off"] {
            let mut lines = yaml.lines();
            assert!(!lines.any(|text| text.ends_with(bare)), "{line}: {bare}");
        }
        let yaml: Value = serde_yaml::from_str(&yaml).expect("YAML");
        assert!(yaml == json(line), "{line}");
    }
}

#[test]
fn csv_has_the_same_fields_and_one_row_a_result() {
    for line in QUESTIONS {
        let text = answered(&format!("{line} --format csv")).stdout;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader
            .headers()
            .expect("a heading")
            .iter()
            .map(str::to_owned)
            .collect();
        assert!(head.len() > 3, "{line}: {head:?}");
        let answer = json(line);
        let results = answer["results"].as_array().expect("results");
        for result in results {
            let fields: Vec<&String> = result.as_object().expect("an object").keys().collect();
            assert_eq!(head.iter().collect::<Vec<_>>(), fields, "{line}");
        }
        assert_eq!(reader.records().count(), results.len(), "{line}");
    }
}

#[test]
fn an_empty_csv_has_the_columns_of_a_full_one() {
    for (full, empty) in [
        ("renew --plan povo2", "renew --plan povo2 --pay alipay"),
        ("plans", "plans --iccid 99999999"),
        ("terms", "terms nosuchword"),
        ("search konbini", "search povoo"),
    ] {
        let head = |line: &str| {
            let text = answered(&format!("{line} --format csv")).stdout;
            text.lines().next().map(str::to_owned)
        };
        assert_eq!(head(full), head(empty), "{empty}");
    }
}

#[test]
fn ids_and_fields_are_the_same_in_every_language() {
    fn skeleton(value: &Value) -> Value {
        match value {
            Value::String(_) => Value::Null,
            Value::Array(list) => list.iter().map(skeleton).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| {
                    let kept = matches!(
                        key.as_str(),
                        "id" | "plan" | "carrier" | "channel" | "by" | "verdict" | "url"
                    );
                    let value = if kept { value.clone() } else { skeleton(value) };
                    (key.clone(), value)
                })
                .collect(),
            value => value.clone(),
        }
    }
    // What can be done without Japanese depends on the reader's language.
    for line in QUESTIONS
        .iter()
        .filter(|line| !line.contains("--no-japanese"))
    {
        let [en, zh, ja] = LANGS.map(|lang| json(&format!("{line} --lang {lang}")));
        assert!(skeleton(&en) == skeleton(&zh), "{line}");
        // A Japanese reader needs no meaning, so only its absence may differ.
        let results = |answer: &Value| answer["results"].as_array().map(Vec::len);
        assert_eq!(results(&en), results(&ja), "{line}");
    }
}

#[test]
fn a_command_without_json_has_no_schema() {
    for line in ["schema page", "schema nonsense"] {
        let outcome = run(line);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{line}");
        assert!(outcome.stderr.contains("renew"), "{}", outcome.stderr);
    }
}
