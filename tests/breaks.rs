//! Nothing breaks it: made-up input at every door, and every input that once did harm.
//!
//! What must hold stands in `support/entries.rs`; `tests/fuzz/run` looks for more of it.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::{Index, select};

#[path = "support/entries.rs"]
mod entries;

use entries::{ENTRIES, days, load, loader, loads, names, phone, typed, wrapping, writers};

fn below(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a name").path()).collect();
    paths.sort();
    paths
}

/// No file may take longer, however slow the machine.
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn what_once_did_harm_does_none() {
    let mut harmed = Vec::new();
    for (name, entry) in ENTRIES {
        let files = below(&format!("tests/corpus/{name}"));
        assert!(!files.is_empty(), "{name}");
        for file in files {
            let bytes = fs::read(&file).expect("a file");
            let start = Instant::now();
            let held = catch_unwind(|| entry(&bytes)).is_ok();
            if !held || start.elapsed() > PATIENCE {
                harmed.push(format!("{}: {:?}", file.display(), start.elapsed()));
            }
        }
    }
    assert!(harmed.is_empty(), "\n{}\n", harmed.join("\n"));
}

#[test]
fn of_the_records_only_good_ones_are_loaded() {
    let mut wrong = Vec::new();
    for file in below("tests/corpus/loader") {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let bytes = fs::read(&file).expect("a file");
        if loads(&bytes) != name.starts_with("good-") {
            wrong.push(name.into_owned());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_of_the_corpus_has_an_entry_and_a_name_and_is_small() {
    let known: BTreeSet<&str> = ENTRIES.iter().map(|(name, _)| *name).collect();
    let mut bytes = 0;
    for folder in below("tests/corpus") {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        assert!(known.contains(&*name), "{name}");
        for file in below(&format!("tests/corpus/{name}")) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let named = name.contains('-') && !name.starts_with("crash");
            assert!(named, "{name}: say what it is");
            bytes += fs::metadata(&file).expect("a file").len();
        }
    }
    assert!(bytes < 200_000, "{bytes} bytes");
}

/// Pieces that some reader or writer obeys, joined with any letters.
fn pieces(own: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    const EVERYWHERE: [&str; 24] = [
        "\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "\u{0}",
        "\u{1b}[31m",
        "\u{85}",
        "\u{9b}",
        "\u{a0}",
        "\u{200b}",
        "\u{200d}",
        "\u{202e}",
        "\u{2028}",
        "\u{3000}",
        "\u{feff}",
        "\u{301}",
        "\u{1f469}\u{200d}\u{1f467}",
        "\u{130}",
        "プリペイド",
        "ﾌﾟﾘﾍﾟ",
        "「次へ」",
        "現金。",
        "3,000 yen",
    ];
    let piece = prop_oneof![
        4 => select(own).prop_map(str::to_owned),
        2 => select(&EVERYWHERE[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let text = prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat().into_bytes());
    let bytes = prop::collection::vec(any::<u8>(), 0..80);
    prop_oneof![4 => text, 1 => bytes]
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const YAML: &[&str] = &[
    "# tips/hana.yaml\n",
    "# hosts.yaml\n",
    "# phrases.yaml\n",
    "- ",
    ": ",
    "{ ",
    " }",
    "[",
    "]",
    ", ",
    "\"",
    "'",
    ">-\n",
    "|\n",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "---\n",
    "# ",
    "id: ",
    "host: hana.example",
    "en: \"x\"",
    "{days}",
    "「",
    "：",
    "notes:\n",
    "2026-11-24",
    "\"\\x1b\\u202e\"",
];

const DATES: &[&str] = &[
    "2026",
    "-",
    "/",
    "11",
    "24",
    "02-29",
    "02-30",
    "２０２６",
    "－",
    "T",
    "ｔ",
    "21:30",
    "24:00",
    ":",
    "\n",
    "\n-1",
    "\n99999999999",
    "0",
    "9",
    "2028-02-29",
    "2100-12-31",
    "2000-01-01",
];

const NAMES: &[&str] = &[
    "7-Eleven",
    "７－１１",
    "コンビニ",
    "ｺﾝﾋﾞﾆ",
    "ヴ",
    "ヷ",
    "゛",
    "ー",
    "povo2.0",
    "Y!mobile",
    "-",
    ".",
    "440-20",
    "8981",
    "F",
    "ß",
    "Σ",
    "ᄀ",
    "ᅡ",
    "H\u{331}",
    "\u{345}",
    "Ⅷ",
    "㍿",
    "80",
];

const WORDS: &[&str] = &[
    "0\n",
    "1\n",
    "2\n",
    "5\n",
    "24\n",
    "80\n",
    "[1]",
    "[12][13]",
    "（非官方）",
    "「申込券」",
    "3-D Secure",
    "30 days",
    "1234567890",
    "20:00",
    "7-Eleven",
    "https://a.example/b?c=d&e=f",
    "://",
    "、",
    "。",
    "softbank-prepaid",
    "한국어 요금",
    "です",
    "(",
    ")",
];

const MARKUP: &[&str] = &[
    "=1+1",
    "+81",
    "-",
    "@",
    "＝",
    "'",
    "\"",
    ",",
    ";",
    "<b>",
    "</td>",
    "&amp;",
    "<script>",
    "`",
    "```",
    "|",
    "\\",
    "# ",
    "1. ",
    "- ",
    "javascript:",
    "https://a.example/?b=<c>",
    "verdict: yes",
    "verdict: no\n",
    ": ",
    "END:VEVENT\n",
    "BEGIN:VALARM",
    "null",
    "~",
    "yes",
    "---",
    "...",
    "|-",
];

const TYPED: &[&str] = &[
    "renew\n",
    "expiry\n",
    "plans\n",
    "tips\n",
    "terms\n",
    "search\n",
    "phrases\n",
    "--search\n",
    "sources\n",
    "help\n",
    "man\n",
    "schema\n",
    "completions\n",
    "bash\n",
    "--plan\n",
    "povo2\n",
    "--type\n",
    "prepaid\n",
    "--channel\n",
    "コンビニ\n",
    "--pay\n",
    "cash\n",
    "--format\n",
    "json\n",
    "yaml\n",
    "csv\n",
    "ics\n",
    "--lang\n",
    "zh\n",
    "--width\n",
    "3\n",
    "--today\n",
    "2026-11-24\n",
    "--topped-up\n",
    "--older-than\n",
    "99999999999999999999\n",
    "-h\n",
    "--\n",
    "--plan=",
    "''",
];

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_loader_reads_or_refuses_it(bytes in pieces(YAML)) {
        loader(&bytes);
    }

    #[test]
    fn a_command_line_is_answered_or_refused(bytes in pieces(TYPED)) {
        typed(&bytes);
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_day_is_read_as_it_is_printed(bytes in pieces(DATES)) {
        days(&bytes);
    }

    #[test]
    fn a_name_is_folded_once_and_for_all(bytes in pieces(NAMES)) {
        names(&bytes);
    }

    #[test]
    fn lines_hold_the_text_and_fit(bytes in pieces(WORDS)) {
        wrapping(&bytes);
    }
}

proptest! {
    #![proptest_config(cases(50))]

    #[test]
    fn each_format_holds_the_text_and_obeys_none_of_it(bytes in pieces(MARKUP)) {
        writers(&bytes);
    }

    #[test]
    fn the_page_for_a_phone_obeys_none_of_it(bytes in pieces(MARKUP)) {
        phone(&bytes);
    }
}

/// The real records but those that replace every other, by their path below `data/`.
fn records() -> Vec<(String, String)> {
    let mut records = Vec::new();
    for folder in ["", "carriers", "channels", "types", "tips"] {
        for file in below(&format!("data/{folder}")) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let skipped = name.starts_with('_') || matches!(&*name, "edition.yaml" | "words.yaml");
            if file.extension().is_some_and(|end| end == "yaml") && !skipped {
                let path = format!("{folder}/{name}")
                    .trim_start_matches('/')
                    .to_owned();
                records.push((path, fs::read_to_string(&file).expect("a record")));
            }
        }
    }
    assert!(records.len() > 50);
    records
}

/// One thing done to a record.
#[derive(Clone, Debug)]
enum Slip {
    Lose,
    Double,
    Swap,
    Indent,
    End,
    Put(String),
    Value(String),
}

fn slip() -> impl Strategy<Value = Slip> {
    let piece = || select(YAML).prop_map(str::to_owned);
    prop_oneof![
        Just(Slip::Lose),
        Just(Slip::Double),
        Just(Slip::Swap),
        Just(Slip::Indent),
        Just(Slip::End),
        piece().prop_map(Slip::Put),
        any::<char>().prop_map(|c| Slip::Put(c.into())),
        piece().prop_map(Slip::Value),
        select(
            &[
                "unknown",
                "-1",
                "99999999999",
                "[]",
                "{}",
                "~",
                "\"\"",
                "2026-02-30"
            ][..]
        )
        .prop_map(|value| Slip::Value(value.to_owned())),
    ]
}

/// A text with one slip on one of its lines.
fn slipped(text: &str, place: Index, slip: &Slip) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = place.index(lines.len());
    match slip {
        Slip::Lose => drop(lines.remove(at)),
        Slip::Double => lines.insert(at, lines[at].clone()),
        Slip::Swap => lines.swap(at, (at + 1) % text.lines().count()),
        Slip::Indent => lines[at].insert(0, ' '),
        Slip::End => {
            let half: Vec<char> = lines[at].chars().collect();
            lines[at] = half[..half.len() / 2].iter().collect();
            lines.truncate(at + 1);
        }
        Slip::Put(piece) => {
            let places: Vec<usize> = lines[at].char_indices().map(|(at, _)| at).collect();
            let inside = places.get(places.len() / 2).copied().unwrap_or(0);
            lines[at].insert_str(inside, piece);
        }
        Slip::Value(value) => {
            let key = lines[at].find(": ").map_or(0, |colon| colon + 2);
            lines[at].truncate(key);
            lines[at].push_str(value);
        }
    }
    lines.join("\n") + "\n"
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_real_record_with_one_slip_is_read_or_refused(
        (record, line) in any::<(Index, Index)>(),
        slip in slip(),
    ) {
        let records = records();
        let (path, text) = record.get(&records);
        load(path, &slipped(text, line, &slip));
    }
}
