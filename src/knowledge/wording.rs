//! The rules of sentences: complete in every language, in its own script, with the same figures.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::knowledge::door;
use crate::knowledge::fault::Fault;
use crate::knowledge::links;
use crate::knowledge::plain::{is_text, labels_in};
use crate::lang::{Lang, WRITTEN};

/// Looks at every sentence and label of a record.
pub fn check(file: &str, record: &Value, faults: &mut Vec<Fault>) {
    walk(record, "", &mut |path, words| {
        let messages = match words {
            // A blank of words.yaml may be filled with Chinese, one of a record is a figure.
            Words::Sentence(map) if file == "words.yaml" => sentence(path, map),
            Words::Sentence(map) => [sentence(path, map), beside_figures(map)].concat(),
            Words::Label(map) => label(map),
        };
        for message in messages {
            faults.push(Fault::new(file, path, message));
        }
    });
    strings(file, record, "", faults);
    idle(file, record, faults);
}

/// Words in several languages.
#[derive(Clone, Copy)]
pub enum Words<'a> {
    /// A sentence or name.
    Sentence(&'a Mapping),
    /// Something Japanese, with its meaning in the other languages.
    Label(&'a Mapping),
}

impl<'a> Words<'a> {
    /// The words by language.
    #[must_use]
    pub fn map(self) -> &'a Mapping {
        match self {
            Words::Sentence(map) | Words::Label(map) => map,
        }
    }
}

/// Calls `see` with the path of all words in several languages.
pub fn walk(value: &Value, path: &str, see: &mut dyn FnMut(&str, Words)) {
    match value {
        Value::Mapping(map) if matches!(field(path), "labels" | "replies") => {
            see(path, Words::Label(map));
        }
        Value::Mapping(map) if is_text(map) => see(path, Words::Sentence(map)),
        Value::Mapping(map) => {
            if map.contains_key("ja") && map.contains_key("kana") {
                see(path, Words::Label(map));
            }
            for (key, inner) in map {
                walk(inner, &below(path, key), see);
            }
        }
        Value::Sequence(list) => {
            for (at, inner) in list.iter().enumerate() {
                walk(inner, &format!("{path}[{at}]"), see);
            }
        }
        _ => {}
    }
}

fn below(path: &str, key: &Value) -> String {
    let key = key.as_str().unwrap_or_default();
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// Looks at every string: for blanks of the template that nobody filled in, and for characters
/// that stand in no record, however they were written.
fn strings(file: &str, value: &Value, path: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::String(text) => {
            if let Some((_, rest)) = text.split_once('<')
                && rest.contains('>')
            {
                faults.push(Fault::new(
                    file,
                    path,
                    format!(
                        "`{text}` is a blank of the template; fill it in, or take the field out"
                    ),
                ));
            }
            if let Some(c) = text.chars().find(|c| door::refused(*c)) {
                let code = c as u32;
                faults.push(Fault::new(
                    file,
                    path,
                    format!("the character U+{code:04X} is not allowed; take it out"),
                ));
            }
        }
        Value::Mapping(map) => {
            for (key, inner) in map {
                strings(file, key, path, faults);
                strings(file, inner, &below(path, key), faults);
            }
        }
        Value::Sequence(list) => {
            for (at, inner) in list.iter().enumerate() {
                strings(file, inner, &format!("{path}[{at}]"), faults);
            }
        }
        _ => {}
    }
}

/// Finds labels and groups that nothing in the file uses.
fn idle(file: &str, record: &Value, faults: &mut Vec<Fault>) {
    let mut labels = BTreeSet::new();
    walk(record, "", &mut |_, words| {
        if let Words::Sentence(map) = words {
            let texts = map.values().filter_map(Value::as_str);
            labels.extend(texts.flat_map(labels_in).map(str::to_owned));
        }
    });
    let listed = record.get("labels").and_then(Value::as_sequence);
    for (at, own) in listed.into_iter().flatten().enumerate() {
        if let Some(own) = own.get("ja").and_then(Value::as_str)
            && !labels.contains(own)
        {
            faults.push(Fault::new(
                file,
                format!("labels[{at}]"),
                format!("`{own}` stands in no sentence of this file; take it out"),
            ));
        }
    }
    let groups = record.get("groups").and_then(Value::as_mapping);
    let names = groups.into_iter().flat_map(Mapping::keys);
    for group in names.filter_map(Value::as_str) {
        if !is_named(record, group) {
            faults.push(Fault::new(
                file,
                format!("groups.{group}"),
                "nothing in this file names the group; take it out",
            ));
        }
    }
}

/// Whether a list of the record holds the word.
fn is_named(value: &Value, word: &str) -> bool {
    match value {
        Value::Mapping(map) => map.values().any(|inner| is_named(inner, word)),
        Value::Sequence(list) => list
            .iter()
            .any(|inner| inner.as_str() == Some(word) || is_named(inner, word)),
        _ => false,
    }
}

/// The field a path ends in, without its place in a list.
fn field(path: &str) -> &str {
    let last = path.rsplit('.').next().unwrap_or_default();
    last.split('[').next().unwrap_or_default()
}

fn sentence(path: &str, map: &Mapping) -> Vec<String> {
    let mut messages = Vec::new();
    let get = |lang: Lang| map.get(lang.tag()).and_then(Value::as_str);
    for lang in WRITTEN {
        match get(lang) {
            None => messages.push(format!("`{lang}` is missing; write the sentence in it")),
            Some(text) if text.trim().is_empty() => {
                messages.push(format!("`{lang}` is empty; write the sentence"));
            }
            Some(_) => {}
        }
    }
    for (key, text) in map {
        let lang = key.as_str().and_then(|tag| tag.parse::<Lang>().ok());
        if let (Some(lang), Some(text)) = (lang, text.as_str()) {
            messages.extend(
                spelling(lang, text, field(path))
                    .into_iter()
                    .map(|message| format!("`{lang}`: {message}")),
            );
        }
    }
    let Some(en) = get(Lang::En) else {
        return messages;
    };
    let name = matches!(field(path), "name" | "title") || is_name_key(field(path));
    for lang in WRITTEN.into_iter().filter(|lang| *lang != Lang::En) {
        let Some(text) = get(lang) else { continue };
        if text == en
            && !name
            && without_labels(en)
                .chars()
                .filter(|c| c.is_alphabetic())
                .count()
                > 12
        {
            messages.push(format!("`{lang}` is a copy of the English; translate it"));
        }
        if name {
            continue;
        }
        let (here, there) = (figures(en), figures(text));
        if (&here - &there)
            .union(&(&there - &here))
            .any(|figure| figure != "1")
        {
            messages.push(format!(
                "the figures differ: en has {}, {lang} has {}; write the same ones",
                listed(&here),
                listed(&there)
            ));
        }
    }
    messages
}

/// Figures as a message shows them.
fn listed(figures: &BTreeSet<String>) -> String {
    let figures: Vec<String> = figures.iter().map(|figure| format!("`{figure}`")).collect();
    if figures.is_empty() {
        "none".to_owned()
    } else {
        figures.join(" ")
    }
}

/// What is wrong with something Japanese and its meanings.
fn label(map: &Mapping) -> Vec<String> {
    let mut messages = Vec::new();
    let get = |key: &str| map.get(key).and_then(Value::as_str);
    let mut say = |key: &str, message: &str| messages.push(format!("`{key}`: {message}"));
    for (key, text) in map {
        if let (Some(key), Some(text)) = (key.as_str(), text.as_str()) {
            if text.trim().is_empty() {
                say(key, "empty; write it");
            } else if text.trim() != text || text.contains("  ") {
                say(key, "blanks at an end, or two in a row; take them out");
            }
        }
    }
    // A Japanese reader needs no meaning; without the other two it could not be read at all.
    for lang in WRITTEN {
        let told = matches!(lang, Lang::En | Lang::ZhHans | Lang::Ja);
        if !told && get(lang.tag()).is_none() {
            say(lang.tag(), "missing; write what it means");
        }
    }
    let own = |c: char| is_han(c) || is_kana(c);
    for key in ["en", "romaji"] {
        if get(key).is_some_and(|text| without_labels(text).chars().any(own)) {
            say(
                key,
                "Japanese or Chinese letters; write it in Latin letters",
            );
        }
    }
    let zh = Lang::ZhHans.tag();
    if get(zh).is_some_and(|text| without_labels(text).chars().any(is_kana)) {
        say(zh, "kana outside \u{300c}\u{300d}; translate it");
    }
    if get("kana").is_some_and(|text| text.chars().any(is_han)) {
        say("kana", "kanji; write the reading in kana");
    }
    messages
}

/// The figures and placeholders of a sentence.
///
/// Those of labels in brackets and of names such as 7-Eleven do not count, and a lone 1 may as
/// well be a word: "a month" is counted in Japanese.
fn figures(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut figure = String::new();
    let mut label = false;
    let mut brace: Option<String> = None;
    let mut chars = text.chars().chain([' ']).peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{300c}' => label = true,
            '\u{300d}' => label = false,
            '{' => brace = Some(String::new()),
            '}' => {
                if let Some(name) = brace.take() {
                    found.insert(format!("{{{name}}}"));
                }
                continue;
            }
            _ => {}
        }
        if let Some(name) = &mut brace {
            if c != '{' {
                name.push(c);
            }
            continue;
        }
        let inside = matches!(c, ',' | '.') && !figure.is_empty();
        if !label && (c.is_ascii_digit() || inside) {
            figure.push(c);
        } else if !figure.is_empty() {
            let name = c == '-' && chars.peek().is_some_and(char::is_ascii_uppercase);
            if !name {
                found.insert(figure.trim_end_matches([',', '.']).replace(',', ""));
            }
            figure.clear();
        }
    }
    found
}

/// A Han character.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{3005}')
}

/// A kana, half-width ones included.
#[must_use]
pub fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{ff66}'..='\u{ff9d}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Words that are names, the same in every language.
fn is_name_key(key: &str) -> bool {
    ["brand-", "own-name-", "example-"]
        .iter()
        .any(|start| key.starts_with(start))
}

/// The text without labels in Japanese brackets, and without what stands in braces.
fn without_labels(text: &str) -> String {
    let mut made = String::new();
    let mut label = false;
    for c in text.chars() {
        match c {
            '\u{300c}' | '{' => label = true,
            '\u{300d}' | '}' => label = false,
            c if !label => made.push(c),
            _ => {}
        }
    }
    made
}

const FULL_WIDTH: &str =
    "\u{3002}\u{ff0c}\u{3001}\u{ff1a}\u{ff1b}\u{ff01}\u{ff1f}\u{ff08}\u{ff09}\u{300c}\u{300d}";

/// What is wrong with the spelling of one sentence.
#[must_use]
pub fn spelling(lang: Lang, text: &str, field: &str) -> Vec<String> {
    let mut messages = Vec::new();
    let bare = without_labels(text);
    let name = matches!(field, "name" | "title") || is_name_key(field);
    if text.trim() != text || text.contains("  ") {
        messages.push("blanks at an end, or two in a row; take them out".to_owned());
    }
    if let Some(c) = text.chars().find(|c| {
        matches!(
            c,
            '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2026}' | '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{24ff}'
                | '\u{fe0f}' | '\u{200d}' | '\u{20e3}' | '\u{1f300}'..='\u{1faff}'
        )
    }) {
        messages.push(format!(
            "`{c}` is of uncertain width in a terminal; write it in words"
        ));
    }
    if let Some(link) = links::never_in(text) {
        messages.push(format!(
            "`{link}`: shortened addresses and messenger links are never shown; take it out"
        ));
    }
    if text.contains("://") {
        messages.push("an address stands in `sources`; name the page in the sentence".to_owned());
    }
    let sentence = matches!(field, "why" | "lead" | "answer" | "steps" | "about");
    match lang {
        Lang::En => {
            if !name && bare.chars().any(|c| is_han(c) || is_kana(c)) {
                messages.push("Japanese or Chinese letters outside \u{300c}\u{300d}; put words of a screen into them, translate the rest".to_owned());
            }
            if sentence && text.len() > 60 && !text.ends_with(['.', '!', '?', ')', '\u{300d}']) {
                messages.push("a sentence ends with a full stop; write it".to_owned());
            }
        }
        Lang::ZhHans | Lang::Ja => {
            if lang == Lang::ZhHans && !name && bare.chars().any(is_kana) {
                messages.push("kana outside \u{300c}\u{300d}; put words of a screen into them, translate the rest".to_owned());
            }
            let long = bare.chars().filter(|c| c.is_alphabetic()).count() > 10;
            if long && !name && !bare.chars().any(|c| is_han(c) || is_kana(c)) && field != "when" {
                messages.push("not in its own script; translate it".to_owned());
            }
            if sentence
                && text.chars().count() > 24
                && !text.ends_with(['\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{ff09}', '\u{300d}'])
            {
                messages.push("a sentence ends with \u{3002}; write it".to_owned());
            }
            messages.extend(cjk_spacing(lang, text, field));
        }
        Lang::Ko => {
            if !name && text.chars().count() > 12 && !bare.chars().any(is_hangul) {
                messages.push("not in its own script; translate it".to_owned());
            }
        }
        Lang::ZhHant | Lang::Vi => {}
    }
    messages
}

fn cjk_spacing(lang: Lang, text: &str, field: &str) -> Vec<String> {
    let mut messages = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut label = false;
    for pair in chars.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if a == '\u{300c}' {
            label = true;
        } else if a == '\u{300d}' {
            label = false;
        }
        if label {
            continue;
        }
        let cjk = |c: char| is_han(c) || is_kana(c);
        let latin = |c: char| c.is_ascii_alphanumeric();
        let near: String = [a, b].iter().collect();
        if (a == ' ' && FULL_WIDTH.contains(b)) || (FULL_WIDTH.contains(a) && b == ' ') {
            messages.push(format!(
                "a blank beside full-width punctuation in `{near}`; take it out"
            ));
        } else if (cjk(a) && matches!(b, ',' | ';' | ':' | '?' | '!' | '(' | ')'))
            || (matches!(a, ',' | ';' | ':' | ')') && cjk(b))
        {
            messages.push(format!("`{near}`: use full-width punctuation"));
        } else if lang == Lang::ZhHans && ((is_han(a) && latin(b)) || (latin(a) && is_han(b))) {
            messages.push(format!("put a blank between `{a}` and `{b}`"));
        } else if lang == Lang::Ja && field != "name" && (cjk(a) && b == ' ' || a == ' ' && cjk(b))
        {
            messages.push(format!(
                "a blank beside Japanese letters in `{near}`; take it out"
            ));
        }
    }
    messages
}

/// Whether a blank stands between Chinese and each figure of a field.
fn beside_figures(map: &Mapping) -> Vec<String> {
    let zh = Lang::ZhHans;
    let text = map.get(zh.tag()).and_then(Value::as_str);
    let chars: Vec<char> = text.unwrap_or_default().chars().collect();
    let close =
        |pair: &&[char]| is_han(pair[0]) && pair[1] == '{' || pair[0] == '}' && is_han(pair[1]);
    let pairs = chars.windows(2).filter(close);
    pairs
        .map(|pair| {
            format!(
                "`{zh}`: put a blank between `{}` and `{}`",
                pair[0], pair[1]
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_compared_without_their_commas() {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(figures("3,000 yen in 60 days."), set(&["3000", "60"]));
        assert_eq!(figures("{days} of \u{300c}3G\u{300d}"), set(&["{days}"]));
        assert_eq!(
            figures("2026-11-24 at 7-Eleven"),
            set(&["11", "2026", "24"])
        );
    }
}
