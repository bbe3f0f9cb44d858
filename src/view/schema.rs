//! The JSON Schema of every answer, made from the types that are written out.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::data::{PlanAsked, RestoreAsked, SCHEMA, SearchAsked, TermsAsked, TypeAsked};
use crate::answer::channels::ChannelsAnswer;
use crate::answer::expiry::ExpiryAnswer;
use crate::answer::phrases::PhrasesAnswer;
use crate::answer::plans::{PlanAnswer, PlansAnswer};
use crate::answer::renew::RenewAnswer;
use crate::answer::restore::RestoreAnswer;
use crate::answer::search::SearchAnswer;
use crate::answer::shape::Written;
use crate::answer::sources::SourcesAnswer;
use crate::answer::terms::TermsAnswer;
use crate::answer::tips::TipsAnswer;
use crate::answer::types::TypesAnswer;
use crate::answer::way::WayTold;
use crate::args::answering;
use crate::fact::Day;
use crate::query::{Channels, Expiry, Phrases, Plans, Renew, Sources, Tips};

/// The schema of what a command writes with `--format json`, or of all; with a newline at its end.
#[must_use]
pub fn schema(command: Option<&str>) -> String {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let commands = answering();
    let wanted = commands
        .iter()
        .filter(|known| command.is_none_or(|only| only == *known));
    let mut answers: Vec<Schema> = wanted
        .flat_map(|command| envelopes(&mut generator, command))
        .collect();
    let mut document = Schema::default();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    put("$schema", json!(generator.settings().meta_schema));
    put("title", json!(title(command)));
    if answers.len() == 1
        && let Some(Value::Object(only)) = answers.pop().map(Schema::to_value)
    {
        for (name, value) in only {
            put(&name, value);
        }
    } else {
        put("anyOf", json!(answers));
    }
    put("$defs", Value::Object(generator.take_definitions(true)));
    RecursiveTransform(close).transform(&mut document);
    format!("{:#}\n", document.as_value())
}

fn title(command: Option<&str>) -> String {
    format!("simguide {} --format json", command.unwrap_or("COMMAND"))
}

/// The fields of the results of a command, in their order.
#[must_use]
pub fn fields(command: &str) -> Vec<String> {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator();
    let envelopes = envelopes(&mut generator, command);
    envelopes
        .first()
        .and_then(|envelope| envelope.pointer("/properties/results/items/properties"))
        .and_then(Value::as_object)
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default()
}

/// What a command may answer: `plans` tells many in a row each, or one in full.
fn envelopes(generator: &mut SchemaGenerator, command: &str) -> Vec<Schema> {
    let words = generator.subschema_for::<Vec<String>>();
    let none = with(words.clone(), "Always empty; there where nothing matches.");
    let g = generator;
    match command {
        "renew" => {
            let near = "What is open in its place, the nearest first; there where a filter shut \
                        the last way, or the place asked for is not known to work.";
            let near = with(g.subschema_for::<Vec<WayTold>>(), near);
            vec![envelope::<Renew, RenewAnswer>(g, command, near)]
        }
        "search" => {
            let near = with(words, "Names like the words; there where nothing matches.");
            vec![envelope::<SearchAsked, SearchAnswer>(g, command, near)]
        }
        "expiry" => vec![envelope::<Expiry, ExpiryAnswer>(g, command, none)],
        "restore" => vec![envelope::<RestoreAsked, RestoreAnswer>(g, command, none)],
        "types" => vec![envelope::<TypeAsked, TypesAnswer>(g, command, none)],
        "channels" => vec![envelope::<Channels, ChannelsAnswer>(g, command, none)],
        "plans" => vec![
            envelope::<Plans, PlansAnswer>(g, command, none.clone()),
            envelope::<PlanAsked, PlanAnswer>(g, command, none),
        ],
        "tips" => vec![envelope::<Tips, TipsAnswer>(g, command, none)],
        "phrases" => vec![envelope::<Phrases, PhrasesAnswer>(g, command, none)],
        "terms" => vec![envelope::<TermsAsked, TermsAnswer>(g, command, none)],
        "sources" => vec![envelope::<Sources, SourcesAnswer>(g, command, none)],
        _ => Vec::new(),
    }
}

/// The object around an answer, with the fields of the answer in it.
fn envelope<Q: JsonSchema, A: JsonSchema>(
    generator: &mut SchemaGenerator,
    command: &str,
    nearest: Schema,
) -> Schema {
    let mut properties = Map::new();
    let mut put = |name: &str, schema: Schema| {
        properties.insert(name.to_owned(), schema.to_value());
    };
    let schema = constant(
        json!(SCHEMA),
        "Raised when a field goes or changes its meaning.",
    );
    put("schema", schema);
    let edition = generator.subschema_for::<Day>();
    put(
        "edition",
        with(edition, "The date of the whole knowledge base."),
    );
    put("lang", generator.subschema_for::<Written>());
    put("command", constant(json!(command), "What was asked."));
    let query = generator.subschema_for::<Q>();
    let what = "What was understood, after aliases and defaults.";
    put("query", with(query, what));
    let mut required: Vec<Value> = properties.keys().map(|name| json!(name)).collect();
    let mut answer = A::json_schema(generator);
    if let Some(Value::Object(own)) = answer.remove("properties") {
        properties.extend(own);
    }
    if let Some(Value::Array(own)) = answer.remove("required") {
        required.extend(own);
    }
    properties.insert("nearest".to_owned(), nearest.to_value());
    answer.insert("properties".to_owned(), Value::Object(properties));
    answer.insert("required".to_owned(), Value::Array(required));
    answer
}

/// A value that is always the same.
fn constant(value: Value, description: &str) -> Schema {
    let mut schema = Schema::default();
    schema.insert("const".to_owned(), value);
    with(schema, description)
}

fn with(mut schema: Schema, description: &str) -> Schema {
    schema.insert("description".to_owned(), json!(description));
    schema
}

/// An object has the fields that are written down here, and no others.
fn close(schema: &mut Schema) {
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
}
