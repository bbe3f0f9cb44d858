//! The walls of the house: who may use whom, and what does not stand in `src/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, and which others each may use. What is known moves down this list, never up.
const ROOMS: [(&str, &[&str]); 12] = [
    // What the build wrote into the program.
    ("embedded", &[]),
    // The texts of the records, each once.
    ("pool", &["embedded"]),
    // The languages there are; everybody may use them.
    ("lang", &["pool"]),
    // Headings and messages in those languages.
    ("words", &["lang"]),
    // What a fact is made of.
    ("fact", &["pool", "lang"]),
    // What we know; never what was asked. Its rules must know which words there are.
    ("knowledge", &["pool", "lang", "words", "fact"]),
    // What was typed; looks nothing up but the words of records.
    ("args", &["lang", "knowledge"]),
    // What was meant.
    ("query", &["lang", "words", "fact", "knowledge", "args"]),
    // What is true; knows nothing of screens, and of words only which one refuses a question.
    ("answer", &["lang", "words", "fact", "knowledge", "query"]),
    // What is seen; asks `query` only what was asked, `knowledge` only for its shapes.
    (
        "view",
        &[
            "lang",
            "words",
            "fact",
            "knowledge",
            "args",
            "query",
            "answer",
        ],
    ),
    // The way through; it joins the rooms.
    (
        "run",
        &[
            "lang",
            "words",
            "fact",
            "knowledge",
            "args",
            "query",
            "answer",
            "view",
        ],
    ),
    // Stdin, stdout, stderr, exit code.
    ("main", &["run"]),
];

/// What few may use, and who.
const FEW: [(&str, &[&str]); 6] = [
    (
        "serde_yaml",
        &[
            "knowledge/load.rs",
            // The parts of the loader that see a record before it has a type.
            "knowledge/once.rs",
            "knowledge/plain.rs",
            "knowledge/wording.rs",
            "view/data.rs",
        ],
    ),
    ("comfy_table", &["view/table.rs"]),
    ("env::", &["query.rs", "query/", "main.rs"]),
    (
        "std::fs",
        &["knowledge/door.rs", "run.rs", "run/", "query/"],
    ),
    ("SystemTime", &["query.rs", "query/"]),
    ("std::net", &[]),
];

/// A file below `src/`, without comments, and without its tests.
struct File {
    path: String,
    text: String,
    code: Vec<(usize, String)>,
}

impl File {
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

/// Every file below `src/`.
fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files: Vec<File> = below(&src, "rs")
        .into_iter()
        .map(|path| read(&src, &path))
        .collect();
    assert!(files.len() > 30, "{} files", files.len());
    files
}

fn read(src: &Path, path: &Path) -> File {
    let text = fs::read_to_string(path).expect("a file");
    let relative = path.strip_prefix(src).expect("below src");
    let lines = text.lines().enumerate();
    let code = lines
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line.to_owned()))
        .collect();
    File {
        path: relative.to_string_lossy().replace('\\', "/"),
        text,
        code,
    }
}

fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(below(&path, ending));
        } else if path.extension().is_some_and(|end| end == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The rooms named behind `crate::` in a text, `crate::{…}` included.
fn named(text: &str) -> Vec<(usize, String)> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let inside = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        let rest = &text[at + "crate::".len()..];
        let word = |text: &str| -> String {
            let letters = text.trim_start().chars();
            letters
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        };
        if inside {
            continue;
        }
        let list = match rest.strip_prefix('{') {
            None => vec![word(rest)],
            Some(list) => top_of(list).split(',').map(word).collect(),
        };
        let line = 1 + text[..at].matches('\n').count();
        rooms.extend(
            list.into_iter()
                .filter(|room| !room.is_empty())
                .map(|room| (line, room)),
        );
    }
    rooms
}

/// What stands in a list up to its closing brace, without the lists within it.
fn top_of(list: &str) -> String {
    let mut depth = 1;
    let mut top = String::new();
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 1 => top.push(c),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    top
}

fn none(offenders: &[String]) {
    assert!(offenders.is_empty(), "\n{}\n", offenders.join("\n"));
}

#[test]
fn a_room_uses_only_the_rooms_before_it() {
    let mut broken = Vec::new();
    for file in files() {
        let room = file.room().to_owned();
        if room == "lib" {
            continue;
        }
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            broken.push(format!("src/{}: no room is called `{room}`", file.path));
            continue;
        };
        let lines = file.text.lines();
        let code: Vec<&str> = lines
            .map(|line| {
                if line.trim_start().starts_with("//") {
                    ""
                } else {
                    line
                }
            })
            .collect();
        for (line, used) in named(&code.join("\n")) {
            if used != room && !may.contains(&used.as_str()) {
                broken.push(format!(
                    "src/{}:{line}: `{room}` may not use `{used}`",
                    file.path
                ));
            }
        }
    }
    none(&broken);
}

#[test]
fn rooms_are_named_from_the_front_door() {
    let mut broken = Vec::new();
    for file in files() {
        for (line, code) in &file.code {
            let at_top = !file.path.contains('/') && code.contains("super::");
            if at_top || code.contains("super::super::") {
                broken.push(format!(
                    "src/{}:{line}: write `crate::` and the room",
                    file.path
                ));
            }
            if code.contains("simguide::") && file.path != "main.rs" {
                broken.push(format!(
                    "src/{}:{line}: `simguide::` is for main",
                    file.path
                ));
            }
        }
    }
    none(&broken);
}

#[test]
fn what_few_may_use_is_used_by_them_alone() {
    let mut broken = Vec::new();
    for file in files() {
        for (what, who) in FEW {
            let allowed = who
                .iter()
                .any(|who| file.path == *who || who.ends_with('/') && file.path.starts_with(who));
            let used = file.code.iter().filter(|(_, code)| code.contains(what));
            if !allowed {
                broken.extend(used.map(|(line, _)| format!("src/{}:{line}: {what}", file.path)));
            }
        }
    }
    none(&broken);
}

#[test]
fn main_is_short_and_lib_is_a_list() {
    for file in files() {
        let lines = file.text.lines().count();
        match file.path.as_str() {
            "main.rs" => assert!(lines < 40, "main.rs has {lines} lines"),
            "lib.rs" => {
                let other = file.code.iter().find(|(_, code)| {
                    !(code.is_empty() || code.starts_with("pub mod ") && code.ends_with(';'))
                });
                assert_eq!(other, None, "lib.rs lists the rooms");
            }
            _ => {}
        }
    }
}

#[test]
fn no_sentence_of_chinese_japanese_or_korean_stands_in_the_code() {
    let own = |c: char| {
        matches!(c,
            '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}')
    };
    let mut broken = Vec::new();
    for file in files() {
        for (at, line) in file.text.lines().enumerate() {
            if let Some(c) = line.chars().find(|c| own(*c)) {
                let code = c as u32;
                broken.push(format!(
                    "src/{}:{}: `{c}`; write it as \\u{{{code:x}}}, or into data/words.yaml",
                    file.path,
                    at + 1
                ));
            }
        }
    }
    none(&broken);
}

#[test]
fn no_carrier_and_no_plan_is_named_in_the_code() {
    // Tests beside the code may: they hold pictures of what is printed.
    let names = names();
    let mut broken = Vec::new();
    for file in files() {
        let shown = file.text.lines().enumerate();
        let shown = shown.take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
        for (at, line) in shown {
            // The radio networks are words of the records, though carriers are called alike.
            if file.path == "knowledge/carrier.rs" && line.contains("Network {") {
                continue;
            }
            let lower = line.to_lowercase();
            for name in &names {
                if has_word(&lower, name) {
                    broken.push(format!("src/{}:{}: `{name}`", file.path, at + 1));
                }
            }
        }
    }
    none(&broken);
}

/// The ids and names of carriers and plans, in small letters.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/carriers");
    for path in below(&data, "yaml") {
        let text = fs::read_to_string(&path).expect("a record");
        let record: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        let plans = record["plans"].as_sequence().cloned().unwrap_or_default();
        for named in std::iter::once(&record).chain(&plans) {
            let id = named["id"].as_str();
            let translated = named["name"]
                .as_mapping()
                .into_iter()
                .flat_map(|map| map.values());
            let all = id
                .into_iter()
                .chain(translated.filter_map(|name| name.as_str()));
            names.extend(all.map(str::to_lowercase));
        }
    }
    names.retain(|name| !name.contains('<'));
    assert!(names.len() > 100, "{} names", names.len());
    names
}

/// Whether a text holds these words, and not as a part of others.
fn has_word(text: &str, words: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(words)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + words.len()..].starts_with(part))
}

#[test]
fn nothing_is_unwrapped_or_printed_outside_of_tests() {
    let mut broken = Vec::new();
    for file in files() {
        for (line, code) in &file.code {
            for what in [
                ".unwrap()",
                "println!",
                "eprintln!",
                "dbg!",
                "todo!",
                "unsafe ",
                "panic!",
            ] {
                if code.contains(what) {
                    broken.push(format!("src/{}:{line}: {what}", file.path));
                }
            }
        }
    }
    none(&broken);
}

#[test]
fn every_file_says_what_lives_in_it() {
    let mut broken = Vec::new();
    for file in files() {
        if !file.text.starts_with("//! ") {
            broken.push(format!("src/{}: begin with one sentence: //! …", file.path));
        }
    }
    none(&broken);
}
