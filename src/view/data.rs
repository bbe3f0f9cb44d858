//! The answer as JSON, YAML and CSV, from one serde value; ids are never translated.

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, to_value};
use smol_str::SmolStr;

use super::schema;
use crate::answer::way::WayTold;
use crate::answer::{Answer, Exit};
use crate::fact::Day;
use crate::knowledge::card::CardType;
use crate::query::{Ask, Query};
use crate::view::View;

/// Raised when a field goes or changes its meaning.
pub const SCHEMA: u32 = 1;

/// What was understood: the command and its question after aliases and defaults.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    pub command: &'static str,
    pub query: Value,
}

/// What `types` was asked.
#[derive(Serialize, JsonSchema)]
pub(super) struct TypeAsked {
    /// The type of card; null where all are asked for.
    r#type: Option<CardType>,
}

/// What `plans PLAN` was asked.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlanAsked<'a> {
    /// The id of the plan.
    plan: &'a str,
}

/// What `restore` was asked.
#[derive(Serialize, JsonSchema)]
pub(super) struct RestoreAsked<'a> {
    /// The id of the plan; null where all are asked for.
    plan: Option<&'a str>,
}

/// What `terms` was asked.
#[derive(Serialize, JsonSchema)]
pub(super) struct TermsAsked<'a> {
    /// The word; null where all are asked for.
    word: Option<&'a str>,
}

/// What `search` was asked.
#[derive(Serialize, JsonSchema)]
pub(super) struct SearchAsked<'a> {
    /// The words, as typed.
    words: &'a [String],
}

impl Asked {
    /// The command and question of a query.
    #[must_use]
    pub fn of(query: &Query) -> Asked {
        let (command, value) = match &query.ask {
            Ask::Guide => ("guide", Ok(Value::Object(Map::new()))),
            Ask::Types(card) => ("types", to_value(TypeAsked { r#type: *card })),
            Ask::Channels(asked) => ("channels", to_value(asked)),
            Ask::Plans(asked) => ("plans", to_value(asked)),
            Ask::Plan(plan) => ("plans", to_value(PlanAsked { plan })),
            Ask::Renew(asked) => ("renew", to_value(asked)),
            Ask::Restore(plan) => {
                let plan = plan.as_deref();
                ("restore", to_value(RestoreAsked { plan }))
            }
            Ask::Expiry(asked) => ("expiry", to_value(asked)),
            Ask::Tips(asked) => ("tips", to_value(asked)),
            Ask::Phrases(asked) => ("phrases", to_value(asked)),
            Ask::Terms(word) => {
                let word = word.as_deref();
                ("terms", to_value(TermsAsked { word }))
            }
            Ask::Search(words) => ("search", to_value(SearchAsked { words })),
            Ask::Sources(asked) => ("sources", to_value(asked)),
        };
        let query = value.unwrap_or(Value::Null);
        Asked { command, query }
    }
}

/// One answer; [`super::schema`] says the same in JSON Schema.
#[derive(Serialize)]
struct Envelope<'a> {
    schema: u32,
    edition: Day,
    lang: &'static str,
    command: &'static str,
    query: &'a Value,
    #[serde(flatten)]
    answer: &'a Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<Nearest<'a>>,
}

/// What comes nearest where nothing matches.
#[derive(Serialize)]
#[serde(untagged)]
enum Nearest<'a> {
    Ways(&'a [WayTold]),
    Words(&'a [SmolStr]),
}

fn envelope<'a>(view: &View, answer: &'a Answer, asked: &'a Asked) -> Envelope<'a> {
    Envelope {
        schema: SCHEMA,
        edition: view.edition,
        lang: view.lang.written().tag(),
        command: asked.command,
        query: &asked.query,
        answer,
        nearest: nearest(answer),
    }
}

/// Always there where nothing matches, so that a program need not ask whether it is.
fn nearest(answer: &Answer) -> Option<Nearest<'_>> {
    let nothing = match answer.exit() {
        Exit::Nothing => true,
        Exit::Answered => false,
    };
    match answer {
        Answer::Renew(renew) if nothing || !renew.nearest.is_empty() => {
            Some(Nearest::Ways(&renew.nearest))
        }
        Answer::Search(search) if nothing => Some(Nearest::Words(&search.nearest)),
        _ => nothing.then_some(Nearest::Words(&[])),
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
    let text = serde_yaml::to_string(&envelope(view, answer, asked))?;
    Ok(quote_verdicts(&text))
}

/// Many programs still read a bare `yes` or `no` as true or false.
///
/// Lines of a text that is written as a block stay as they are.
fn quote_verdicts(yaml: &str) -> String {
    let mut quoted = String::with_capacity(yaml.len() + 256);
    let mut text_column: Option<usize> = None;
    for line in yaml.lines() {
        let column = line.len() - line.trim_start_matches(' ').len();
        let is_text = text_column.is_some_and(|least| line.is_empty() || column >= least);
        if !is_text {
            text_column = block_column(line);
        }
        match line.rsplit_once("verdict: ") {
            Some((before, word @ ("yes" | "no"))) if !is_text => {
                quoted.push_str(&format!("{before}verdict: '{word}'"));
            }
            _ => quoted.push_str(line),
        }
        quoted.push('\n');
    }
    quoted
}

/// The column from which on lines belong to the block that a line opens.
fn block_column(line: &str) -> Option<usize> {
    let opener = line.rsplit(' ').next()?;
    if !opener.starts_with('|') {
        return None;
    }
    let content = line.trim_start_matches([' ', '-']);
    let column = line.len() - content.len();
    // Behind a dash the text stands below its opener, behind a key to the right of the key.
    Some(if content == opener {
        column
    } else {
        column + 1
    })
}

/// The results as CSV: one row a result, one column a field, the fields of JSON in their order.
///
/// A list is joined with `; `. A cell that a spreadsheet would run as a formula is quoted with `'`.
///
/// # Errors
/// Only if a value cannot be written, which no answer causes.
pub fn csv(answer: &Answer, asked: &Asked) -> Result<String> {
    let value = to_value(answer)?;
    let results: Vec<&Map<String, Value>> = value
        .get("results")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let head: Vec<String> = match results.first() {
        Some(first) => first.keys().cloned().collect(),
        None => schema::fields(asked.command),
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(&head)?;
    for result in results {
        let row: Vec<String> = head
            .iter()
            .map(|key| harmless(&cell(result.get(key).unwrap_or(&Value::Null))))
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
            '=' | '+'
                | '-'
                | '@'
                | '\t'
                | '\r'
                | '\n'
                | '\u{ff1d}'
                | '\u{ff0b}'
                | '\u{ff0d}'
                | '\u{ff20}'
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
        assert_eq!(harmless("\n=1"), "'\n=1");
        assert_eq!(harmless("151"), "151");
    }

    #[test]
    fn a_verdict_is_quoted_but_not_in_a_text() {
        let text = "so:\nverdict: yes";
        let value = serde_json::json!([{ "text": text, "verdict": "no" }, { "verdict": "yes" }]);
        let yaml = quote_verdicts(&serde_yaml::to_string(&value).expect("YAML"));
        assert_eq!(yaml.matches("verdict: '").count(), 2, "{yaml}");
        let read: Value = serde_yaml::from_str(&yaml).expect("YAML");
        assert_eq!(read, value);
    }
}
