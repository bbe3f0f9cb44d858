//! The answer as JSON, YAML and CSV, from one serde value; ids are never translated.

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::query::Query;
use crate::view::View;

/// Raised when a field goes or changes its meaning.
pub const SCHEMA: u32 = 1;

/// What was understood: the command and its question after aliases and defaults.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    pub command: &'static str,
    pub query: Value,
}

impl Asked {
    /// The command and question of a query.
    #[must_use]
    pub fn of(query: &Query) -> Asked {
        use crate::query::Ask;
        let value = |value: Result<Value, serde_json::Error>| value.unwrap_or(Value::Null);
        let one = |name: &str, word: Option<&str>| {
            let mut map = Map::new();
            map.insert(name.to_owned(), word.map_or(Value::Null, Value::from));
            Value::Object(map)
        };
        let (command, query) = match &query.ask {
            Ask::Guide => ("guide", Value::Object(Map::new())),
            Ask::Types(card) => (
                "types",
                one(
                    "type",
                    card.map(super::super::knowledge::card::CardType::id),
                ),
            ),
            Ask::Channels(asked) => ("channels", value(serde_json::to_value(asked))),
            Ask::Plans(asked) => ("plans", value(serde_json::to_value(asked))),
            Ask::Plan(plan) => ("plans", one("plan", Some(plan))),
            Ask::Renew(asked) => ("renew", value(serde_json::to_value(asked))),
            Ask::Restore(plan) => ("restore", one("plan", plan.as_deref())),
            Ask::Expiry(asked) => ("expiry", value(serde_json::to_value(asked))),
            Ask::Tips(asked) => ("tips", value(serde_json::to_value(asked))),
            Ask::Phrases(asked) => ("phrases", value(serde_json::to_value(asked))),
            Ask::Terms(word) => ("terms", one("word", word.as_deref())),
            Ask::Search(words) => ("search", one("words", Some(&words.join(" ")))),
            Ask::Sources(asked) => ("sources", value(serde_json::to_value(asked))),
        };
        Asked { command, query }
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    schema: u32,
    edition: String,
    lang: &'static str,
    command: &'static str,
    query: &'a Value,
    #[serde(flatten)]
    answer: &'a Answer,
}

fn envelope<'a>(view: &View, answer: &'a Answer, asked: &'a Asked) -> Envelope<'a> {
    Envelope {
        schema: SCHEMA,
        edition: view.edition.to_string(),
        lang: view.lang.written().tag(),
        command: asked.command,
        query: &asked.query,
        answer,
    }
}

/// One JSON object, with a newline at its end.
///
/// # Errors
/// Only if a value cannot be written, which no answer causes.
pub fn json(view: &View, answer: &Answer, asked: &Asked) -> Result<String> {
    let mut text = serde_json::to_string_pretty(&envelope(view, answer, asked))?;
    text.push('\n');
    Ok(text)
}

/// The same object as YAML.
///
/// # Errors
/// Only if a value cannot be written, which no answer causes.
pub fn yaml(view: &View, answer: &Answer, asked: &Asked) -> Result<String> {
    Ok(serde_yaml::to_string(&envelope(view, answer, asked))?)
}

/// The results as CSV: one row a result, one column a field, the fields of JSON.
///
/// A list is joined with `; `. A cell that a spreadsheet would run as a formula is quoted with `'`.
///
/// # Errors
/// Only if a value cannot be written, which no answer causes.
pub fn csv(answer: &Answer) -> Result<String> {
    let value = serde_json::to_value(answer)?;
    let results: Vec<&Map<String, Value>> = value
        .get("results")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let mut head: Vec<&str> = Vec::new();
    for result in &results {
        for key in result.keys() {
            if !head.contains(&key.as_str()) {
                head.push(key);
            }
        }
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    if !head.is_empty() {
        writer.write_record(&head)?;
    }
    for result in results {
        let row: Vec<String> = head
            .iter()
            .map(|key| harmless(&cell(result.get(*key).unwrap_or(&Value::Null))))
            .collect();
        writer.write_record(&row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A value in one cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(map) => object_cell(map),
    }
}

/// An object in one cell: what names it.
fn object_cell(map: &Map<String, Value>) -> String {
    if let (Some(Value::String(payment)), Some(Value::String(verdict))) =
        (map.get("payment"), map.get("verdict"))
    {
        return format!("{payment}={verdict}");
    }
    for key in ["url", "ja", "text", "id", "title"] {
        if let Some(Value::String(text)) = map.get(key) {
            return text.clone();
        }
    }
    map.iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| format!("{key}={}", cell(value)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A cell that no spreadsheet runs.
fn harmless(text: &str) -> String {
    let starts = text.chars().next().is_some_and(|c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
        )
    });
    if starts {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_starts_a_formula() {
        assert_eq!(harmless("+81-3"), "'+81-3");
        assert_eq!(harmless("=1"), "'=1");
        assert_eq!(harmless("\u{ff1d}1"), "'\u{ff1d}1");
        assert_eq!(harmless("151"), "151");
    }
}
