//! Feeds what a coverage-guided fuzzer makes up to the entry named by `SIMGUIDE_ENTRY`.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[path = "../support/entries.rs"]
mod entries;

static ENTRY: OnceLock<entries::Entry> = OnceLock::new();

fn entry() -> entries::Entry {
    let name = std::env::var("SIMGUIDE_ENTRY").unwrap_or_default();
    let found = entries::ENTRIES.iter().find(|(known, _)| *known == name);
    found.expect("SIMGUIDE_ENTRY names an entry").1
}

fuzz_target!(|bytes: &[u8]| ENTRY.get_or_init(entry)(bytes));
