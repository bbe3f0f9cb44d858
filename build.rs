//! Reads `data/`, checks it, and writes the compiled records; nothing else.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::pedantic,
    reason = "the program uses more of these files than the build"
)]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

#[path = "src/knowledge/card.rs"]
mod card;
#[path = "src/knowledge/carrier.rs"]
mod carrier;
#[path = "src/knowledge/channel.rs"]
mod channel;
#[path = "src/knowledge/clock.rs"]
mod clock;
#[path = "src/knowledge/compile.rs"]
mod compile;
#[path = "src/knowledge/door.rs"]
mod door;
#[path = "src/fact.rs"]
mod fact;
#[path = "src/knowledge/fault.rs"]
mod fault;
#[path = "src/knowledge/find.rs"]
mod find;
#[path = "src/knowledge/fold.rs"]
mod fold;
#[path = "src/lang.rs"]
mod lang;
#[path = "src/knowledge/links.rs"]
mod links;
#[path = "src/knowledge/load.rs"]
mod load;
#[path = "src/knowledge/once.rs"]
mod once;
#[path = "src/knowledge/phrase.rs"]
mod phrase;
#[path = "src/knowledge/plain.rs"]
mod plain;
#[path = "src/pool.rs"]
mod pool;
#[path = "src/knowledge/rules.rs"]
mod rules;
#[path = "src/knowledge/scope.rs"]
mod scope;
#[path = "src/knowledge/store.rs"]
mod store;
#[path = "src/knowledge/wording.rs"]
mod wording;

/// What the program embeds; nothing yet.
mod embedded {
    pub(crate) static POOL: &str = "";
}

/// The rooms as the program has them, for the files that are shared with it.
mod knowledge {
    pub(crate) use crate::phrase::Label;
    pub(crate) use crate::scope::Scope;
    pub(crate) use crate::{
        card, carrier, channel, clock, compile, door, fault, find, fold, links, load, once, phrase,
        plain, rules, scope, store, wording,
    };
}

use fault::Fault;
use lang::{Lang, WRITTEN};
use load::{Folder, MOST_FAULTS, Records};

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/fact.rs");
    println!("cargo:rerun-if-changed=src/lang.rs");
    println!("cargo:rerun-if-changed=src/pool.rs");
    println!("cargo:rerun-if-changed=src/knowledge");
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for fault in faults.iter().take(MOST_FAULTS) {
                let folder = if fault.file.is_empty() { "" } else { "data/" };
                println!("cargo:error={folder}{fault}");
            }
            if faults.len() > MOST_FAULTS {
                println!("cargo:error=and {} more", faults.len() - MOST_FAULTS);
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Vec<Fault>> {
    let folder = Folder::read(Path::new("data"))?;
    let records = folder.in_all_languages(|_| Records::default())?;
    let ((stores, docs), pool): ((Vec<_>, Vec<_>), _) =
        pool::collect(|| records.iter().map(compile::compile).unzip());
    let first = &stores[0];
    if stores
        .iter()
        .any(|store| store.keys.bytes() != first.keys.bytes())
    {
        return Err(vec![Fault::new(
            "",
            "",
            "the languages differ in their keys",
        )]);
    }
    let mut code = String::new();
    write("pool.txt", pool.as_bytes())?;
    write("keys.bin", first.keys.bytes())?;
    write("posts.bin", first.posts.bytes())?;
    write("source_ids.bin", first.source_ids.bytes())?;
    write("sources.bin", first.sources.bytes())?;
    write("search.bin", find::table(&docs).bytes())?;
    for (lang, store) in WRITTEN.iter().zip(&stores) {
        write(&format!("blocks.{lang}.bin"), store.blocks.bytes())?;
    }
    let edition = records[0]
        .edition
        .map(|day| day.to_string())
        .unwrap_or_default();
    let _ = writeln!(
        code,
        "/// The date of the records.\npub const EDITION: &str = \"{edition}\";"
    );
    for name in ["keys", "posts", "source_ids", "sources", "search"] {
        let _ = writeln!(
            code,
            "static {}: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.bin\"));",
            name.to_uppercase()
        );
    }
    let _ = writeln!(code, "static BLOCKS: [&[u8]; {}] = [", WRITTEN.len());
    for lang in WRITTEN {
        let _ = writeln!(
            code,
            "    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/blocks.{lang}.bin\")),"
        );
    }
    code.push_str("];\n");
    write("records.rs", code.as_bytes())?;
    write("words.rs", words(&records[0]).as_bytes())
}

/// The words as one text a language, with where each ends, and a constant for each key.
fn words(records: &Records) -> String {
    let count = records.words.len();
    let mut code = String::from("impl Word {\n");
    for (at, (key, texts)) in records.words.iter().enumerate() {
        let name = key.replace('-', "_").to_uppercase();
        let _ = writeln!(
            code,
            "    /// `{}`\n    pub const {name}: Word = Word({at});",
            texts[0].replace(['\n', '`'], " ")
        );
    }
    code.push_str("}\n");
    let put = |name: &str, texts: Vec<&str>| {
        let mut end = 0;
        let mut ends = String::new();
        for text in &texts {
            end += text.len();
            let _ = write!(ends, "{end},");
        }
        (name.to_owned(), texts.concat(), ends)
    };
    let (_, names, name_ends) = put("", records.words.keys().map(String::as_str).collect());
    let _ = writeln!(code, "static NAMES: &str = {names:?};");
    let _ = writeln!(code, "static NAMES_ENDS: [u32; {count}] = [{name_ends}];");
    let mut all_texts = String::new();
    let mut all_ends = String::new();
    for lang in 0..WRITTEN.len() {
        let texts = records
            .words
            .values()
            .map(|texts| texts[lang].as_str())
            .collect();
        let (_, text, ends) = put("", texts);
        let _ = write!(all_texts, "{text:?},");
        let _ = write!(all_ends, "[{ends}],");
    }
    let languages = WRITTEN.len();
    let _ = writeln!(code, "static TEXTS: [&str; {languages}] = [{all_texts}];");
    let _ = writeln!(
        code,
        "static ENDS: [[u32; {count}]; {languages}] = [{all_ends}];"
    );
    code
}

fn write(name: &str, bytes: &[u8]) -> Result<(), Vec<Fault>> {
    let out = env::var("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join(name), bytes)
        .map_err(|error| vec![Fault::new(name, "", format!("cannot be written: {error}"))])
}
