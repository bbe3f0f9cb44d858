//! Makes a record plain: one language, figures and labels filled in, groups and ids resolved.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};
use smol_str::SmolStr;

use crate::knowledge::card::{Form, Kind};
use crate::knowledge::carrier::Instrument;
use crate::knowledge::channel::Channel;
use crate::knowledge::fault::Fault;
use crate::knowledge::phrase::Label;
use crate::lang::{CHOSEN, KNOWN, Lang};

/// Every id that a record may refer to, over all files.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    pub plans: BTreeSet<SmolStr>,
    pub chains: BTreeSet<SmolStr>,
    pub payments: BTreeSet<SmolStr>,
    pub phrases: BTreeSet<SmolStr>,
    /// The meaning of Japanese words, by the words: what `terms.yaml` holds.
    pub terms: BTreeMap<SmolStr, Label>,
}

/// One file being made plain.
pub struct Plain<'a> {
    pub lang: Lang,
    pub file: &'a str,
    /// What stands before the key of a source of this file: the id of the carrier, or folder and id.
    pub shelf: &'a str,
    pub ids: &'a Ids,
    pub groups: BTreeMap<String, Vec<SmolStr>>,
    pub labels: BTreeMap<SmolStr, Label>,
    /// Clocks and packs of the file by id.
    pub parts: BTreeMap<String, Mapping>,
    pub faults: Vec<Fault>,
}

/// Whether a map is a sentence in several languages.
#[must_use]
pub fn is_text(map: &Mapping) -> bool {
    !map.is_empty()
        && map.keys().all(|key| {
            key.as_str()
                .is_some_and(|key| KNOWN.iter().any(|lang| lang.tag() == key))
        })
}

/// The words between Japanese brackets, in the order they stand.
pub fn labels_in(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split('\u{300c}')
        .skip(1)
        .filter_map(|rest| rest.split_once('\u{300d}').map(|(label, _)| label))
}

impl Plain<'_> {
    /// The record with nothing left to look up.
    pub fn make(&mut self, record: &Value) -> Value {
        self.value(record, "", &mut Vec::new())
    }

    fn fault(&mut self, path: &str, message: String) {
        self.faults.push(Fault::new(self.file, path, message));
    }

    fn value<'v>(&mut self, value: &'v Value, path: &str, around: &mut Vec<&'v Mapping>) -> Value {
        match value {
            Value::Mapping(map) if is_text(map) => self.text(map, path, around),
            Value::Mapping(map) => {
                around.push(map);
                let made = map
                    .iter()
                    .map(|(key, inner)| {
                        let name = key.as_str().unwrap_or_default();
                        let below = if path.is_empty() {
                            name.to_owned()
                        } else {
                            format!("{path}.{name}")
                        };
                        (key.clone(), self.field(name, inner, &below, around))
                    })
                    .collect();
                around.pop();
                Value::Mapping(with_all_names(map, made))
            }
            Value::Sequence(list) => Value::Sequence(
                list.iter()
                    .enumerate()
                    .map(|(at, inner)| self.value(inner, &format!("{path}[{at}]"), around))
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    fn field<'v>(
        &mut self,
        name: &str,
        value: &'v Value,
        path: &str,
        around: &mut Vec<&'v Mapping>,
    ) -> Value {
        match (name, value) {
            ("groups" | "labels" | "replies", _) if around.len() == 1 => value.clone(),
            ("plans", Value::Sequence(list)) if around.len() > 1 => self.plans(list),
            ("about", Value::Sequence(list)) => self.scope(list, path),
            ("sources" | "about_sources", Value::Sequence(list)) => Value::Sequence(
                list.iter()
                    .map(|key| match key.as_str() {
                        Some(key) => Value::String(format!("{}/{key}", self.shelf)),
                        None => key.clone(),
                    })
                    .collect(),
            ),
            _ => self.value(value, path, around),
        }
    }

    /// Plans, with groups spelled out; the rules say which words are neither.
    fn plans(&self, list: &[Value]) -> Value {
        let mut plans = Vec::new();
        for word in list.iter().filter_map(Value::as_str) {
            match self.groups.get(word) {
                Some(group) => plans.extend(group.iter().cloned()),
                None => plans.push(SmolStr::new(word)),
            }
        }
        plans.dedup();
        Value::Sequence(
            plans
                .into_iter()
                .map(|plan| Value::String(plan.into()))
                .collect(),
        )
    }

    fn scope(&mut self, list: &[Value], path: &str) -> Value {
        let mut found: BTreeMap<&str, Vec<String>> = [
            "plans", "channels", "chains", "by", "payments", "kinds", "forms", "parts",
        ]
        .into_iter()
        .map(|kind| (kind, Vec::new()))
        .collect();
        let mut push = |kind: &'static str, word: &str| {
            if let Some(words) = found.get_mut(kind) {
                words.push(word.to_owned());
            }
        };
        for word in list.iter().filter_map(Value::as_str) {
            if let Some(group) = self.groups.get(word) {
                for plan in group {
                    push("plans", plan);
                }
            } else if self.ids.plans.contains(word) {
                push("plans", word);
            } else if word.parse::<Channel>().is_ok() {
                push("channels", word);
            } else if self.ids.chains.contains(word) {
                push("chains", word);
            } else if word.parse::<Instrument>().is_ok() {
                push("by", word);
            } else if self.ids.payments.contains(word) {
                push("payments", word);
            } else if word.parse::<Kind>().is_ok() {
                push("kinds", word);
            } else if word.parse::<Form>().is_ok() {
                push("forms", word);
            } else if self.parts.contains_key(word) {
                push("parts", word);
            } else {
                self.fault(
                    path,
                    format!(
                        "`{word}` is no plan, group, channel, chain, instrument, payment, \
                         prepaid, postpaid, sim, esim, clock or pack"
                    ),
                );
            }
        }
        Value::Mapping(
            found
                .into_iter()
                .map(|(kind, words)| {
                    let words = words.into_iter().map(Value::String).collect();
                    (Value::String(kind.to_owned()), Value::Sequence(words))
                })
                .collect(),
        )
    }

    fn text(&mut self, map: &Mapping, path: &str, around: &[&Mapping]) -> Value {
        let sentence = map
            .get(self.lang.tag())
            .or_else(|| map.get("en"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let sentence = self.figures(sentence, path, around);
        let sentence = self.meanings(&sentence, path);
        let mut made = Mapping::new();
        made.insert(CHOSEN.into(), Value::String(sentence));
        Value::Mapping(made)
    }

    /// Puts the figures of fields where a sentence names them: `{days}`, `{keep.days}`.
    fn figures(&mut self, sentence: &str, path: &str, around: &[&Mapping]) -> String {
        let mut made = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            made.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                self.fault(path, format!("`{{{after}` has no closing brace"));
                return made;
            };
            let (found, place) = match name.split_once('.') {
                Some((part, field)) => (
                    self.parts.get(part).and_then(|map| scalar(map, field)),
                    format!("the block with the id `{part}`"),
                ),
                None => (
                    around.iter().rev().find_map(|map| scalar(map, name)),
                    "this block".to_owned(),
                ),
            };
            match found {
                Some(figure) => made.push_str(&figure),
                None => self.fault(path, format!("`{{{name}}}` names no field of {place}")),
            }
            rest = behind;
        }
        made.push_str(rest);
        made
    }

    /// Puts the meaning behind each Japanese label, once a sentence.
    fn meanings(&mut self, sentence: &str, path: &str) -> String {
        let mut made = String::with_capacity(sentence.len());
        let mut told = BTreeSet::new();
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('\u{300c}') {
            made.push_str(before);
            let Some((label, behind)) = after.split_once('\u{300d}') else {
                self.fault(path, "a `\u{300c}` is not closed by `\u{300d}`".into());
                return made;
            };
            made.push('\u{300c}');
            made.push_str(label);
            made.push('\u{300d}');
            let known = self.labels.get(label).or_else(|| self.ids.terms.get(label));
            match known {
                Some(known) if told.insert(label) => match (self.lang, known.meaning(self.lang)) {
                    (Lang::ZhHans | Lang::ZhHant, Some(meaning)) => {
                        made.push_str(&format!("\u{ff08}{meaning}\u{ff09}"));
                    }
                    (_, Some(meaning)) => {
                        made.push_str(&format!(" ({meaning})"));
                        if behind.starts_with(|c: char| c.is_alphanumeric()) {
                            made.push(' ');
                        }
                    }
                    (_, None) => {}
                },
                Some(_) => {}
                None => self.fault(
                    path,
                    format!("`{label}` stands in \u{300c}\u{300d} but has no meaning in `labels` or terms.yaml"),
                ),
            }
            rest = behind;
        }
        made.push_str(rest);
        made
    }
}

/// Adds the name in every language to the aliases, so that each is understood in each.
fn with_all_names(map: &Mapping, mut made: Mapping) -> Mapping {
    let Some(Value::Mapping(name)) = map.get("name") else {
        return made;
    };
    if !is_text(name) || map.get("id").is_none() {
        return made;
    }
    let mut aliases = match made.get("aliases") {
        Some(Value::Sequence(list)) => list.clone(),
        _ => Vec::new(),
    };
    aliases.extend(name.values().cloned());
    made.insert("aliases".into(), Value::Sequence(aliases));
    made
}

/// A number, word or time of a field, written as sentences write it: `3,000`.
fn scalar(map: &Mapping, field: &str) -> Option<String> {
    match map.get(field)? {
        Value::Number(number) => Some(thousands(number.as_u64()?)),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// A number with a comma after each three digits, from 1,000 on.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut made = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            made.push(',');
        }
        made.push(digit);
    }
    made
}
