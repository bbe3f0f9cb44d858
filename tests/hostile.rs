//! The machine, the words and the records at their worst, for every command: the program answers
//! or refuses, and what it prints drives nothing.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use clap::CommandFactory as _;
use serde_json::Value;
use simguide::args::{Args, GROUPS};
use simguide::knowledge::Knowledge;
use simguide::knowledge::door::Page;
use simguide::knowledge::load::Folder;
use simguide::lang::Lang;
use simguide::run::{Outcome, run_in};
use tempfile::TempDir;

#[path = "support/hana.rs"]
mod hana;
mod support;

use hana::{CARRIER, FILE, HOSTS, TIPS};
use support::{LANGS, TODAY, machine, typed};

/// A line for each command and each kind of answer, and its exit code; `HANA` is a good folder.
const LINES: [(&str, u8); 26] = [
    ("", 0),
    ("-h", 0),
    ("--help", 0),
    ("--version", 0),
    ("renew --type prepaid --channel konbini", 0),
    ("renew --plan povo2 --pay octopus", 1),
    ("expiry softbank-prepaid --topped-up 2026-11-24", 0),
    ("expiry au --bill-due 2026-11-30 --format ics", 0),
    ("restore au", 0),
    ("types", 0),
    ("channels konbini --format yaml", 0),
    ("plans --format csv", 0),
    ("tips --topic scam --format markdown", 0),
    ("phrases --channel konbini", 0),
    ("terms --format json", 0),
    ("search WeChat", 0),
    ("search zzzz", 1),
    ("sources --plan povo2", 0),
    ("page --plan povo2", 0),
    ("check HANA", 0),
    ("plans --data HANA", 0),
    ("completions bash", 0),
    ("man renew", 0),
    ("schema types", 0),
    ("renwe", 2),
    ("check no-such-folder", 2),
];

#[test]
fn every_command_has_a_line() {
    let lines: BTreeSet<&str> = LINES
        .iter()
        .filter_map(|(line, _)| line.split(' ').next())
        .collect();
    for command in GROUPS.iter().flat_map(|(_, names)| *names) {
        assert!(lines.contains(command), "{command}");
    }
}

/// Writes files below a folder of its own.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn good() -> TempDir {
    folder(&[
        (FILE, CARRIER),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", TIPS),
    ])
}

/// The words of a line, with the good folder in its place.
fn words(line: &str, hana: &Path) -> Vec<OsString> {
    let word = |word: &str| match word {
        "HANA" => hana.as_os_str().to_owned(),
        word => OsString::from(word),
    };
    line.split_whitespace().map(word).collect()
}

/// The program with no variables.
fn simguide() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simguide"));
    command.env_clear();
    command
}

/// The program behind a word of the shell that changes the machine below it.
fn behind(shell: &str) -> Command {
    let mut command = Command::new("sh");
    command.env_clear().args(["-c", shell]);
    command.arg(env!("CARGO_BIN_EXE_simguide"));
    command
}

/// Runs every line on a machine made by `make`, which may tell another exit code for it.
fn every_line(make: impl Fn() -> Command, code: impl Fn(u8) -> u8) {
    let hana = good();
    for (line, expected) in LINES {
        let mut command = make();
        command.args(words(line, hana.path()));
        let output = command.output().expect("the program runs");
        ended(&output, line, code(expected));
    }
}

/// That a run ended by itself with this exit code, and printed nothing that drives a terminal.
#[track_caller]
fn ended(output: &Output, line: &str, code: u8) {
    let stdout = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let stderr = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert_eq!(
        output.status.code(),
        Some(i32::from(code)),
        "{line}: {} {stderr}",
        output.status
    );
    assert!(!stderr.contains("panicked"), "{line}: {stderr}");
    assert!(code < 2 || stdout.is_empty(), "{line}: {stdout}");
    assert_eq!(driving(&stdout), None, "{line}");
    assert_eq!(driving(&stderr), None, "{line}");
}

/// The first character that could drive a terminal, or turn or hide what is read there.
fn driving(text: &str) -> Option<char> {
    let lines = text.replace("\r\n", "\n");
    lines.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(
                c,
                '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            )
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    })
}

#[test]
fn a_character_that_drives_is_found() {
    assert_eq!(driving("a\r\nb\u{e9}\u{3042}\n"), None);
    for c in ['\u{1b}', '\r', '\u{9b}', '\u{202e}', '\u{2066}', '\u{7f}'] {
        assert_eq!(driving(&format!("a{c}b")), Some(c));
    }
}

// The machine.

/// Every variable that is read, and some that others read.
const VARIABLES: [&str; 15] = [
    "COLUMNS",
    "LINES",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "SIMGUIDE_LANG",
    "SIMGUIDE_DATA",
    "SIMGUIDE_TODAY",
    "TERM",
    "TZ",
    "HOME",
    "PATH",
    "RUST_BACKTRACE",
    "CLAP_STYLING",
];

#[test]
fn no_variable_breaks_an_answer() {
    let values: [&[u8]; 8] = [
        b"",
        b"0",
        b"1",
        b"99999",
        b"99999999999999999999",
        b"-1",
        b"\x1b[31m\xe2\x80\xae:/../\n",
        b"\xff\xfe",
    ];
    for value in values {
        let make = || {
            let mut command = simguide();
            let value = OsStr::new(&OsString::from_vec(value.to_vec())).to_owned();
            command.envs(VARIABLES.map(|name| (name, value.clone())));
            command
        };
        every_line(make, |code| code);
    }
}

#[test]
fn the_folder_one_stands_in_may_be_gone() {
    let gone = || {
        let mut command = behind("cd \"$1\" && rmdir \"$1\" && shift && exec \"$0\" \"$@\"");
        command.arg(tempfile::tempdir().expect("a folder").keep());
        command
    };
    every_line(gone, |code| code);
    let mut page = gone();
    let output = page.args(["page", "--output", "guide.html"]).output();
    ended(&output.expect("the program runs"), "page --output", 2);
    let mut check = gone();
    let output = check.args(["check", "."]).output();
    ended(&output.expect("the program runs"), "check .", 2);
}

#[test]
fn a_reader_who_has_gone_is_no_fault() {
    let gone = || {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        Stdio::from(writer)
    };
    let hana = good();
    for (line, code) in LINES {
        let mut command = simguide();
        command.args(words(line, hana.path())).stdout(gone());
        let output = command.stderr(Stdio::piped()).spawn();
        let output = output.and_then(std::process::Child::wait_with_output);
        let output = output.expect("the program runs");
        ended(&output, line, code);
        assert_eq!(output.stderr.is_empty(), code < 2, "{line}");

        let mut command = simguide();
        command.args(words(line, hana.path())).stderr(gone());
        let status = command.stdout(Stdio::null()).status();
        let status = status.expect("the program runs");
        assert_eq!(status.code(), Some(i32::from(code)), "{line}: {status}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_is_exit_2() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").expect("it"));
    let hana = good();
    for (line, code) in LINES {
        let mut command = simguide();
        command.args(words(line, hana.path())).stdout(full());
        let output = command.stderr(Stdio::piped()).spawn();
        let output = output.and_then(std::process::Child::wait_with_output);
        let output = output.expect("the program runs");
        ended(&output, line, 2);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            told.contains("the disk is full"),
            code < 2,
            "{line}: {told}"
        );

        let mut command = simguide();
        command.args(words(line, hana.path())).stderr(full());
        let status = command.stdout(full()).status().expect("the program runs");
        assert_eq!(status.code(), Some(2), "{line}: {status}");
    }
}

#[test]
fn an_output_may_be_closed() {
    for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        every_line(
            || behind(&format!("exec \"$0\" \"$@\" {closed}")),
            |code| code,
        );
    }
}

// Words.

/// Words that nobody means well with.
fn hostile_words() -> Vec<OsString> {
    let texts = [
        "a\u{1b}]0;x\u{7}\u{1b}[31mb\u{9b}31mc\u{202e}d\u{200b}e\u{2066}\r\nf\u{2028}g\u{7f}",
        "=cmd|' /C x'!A0",
        "<script>x</script>",
        "",
        "-",
        "--",
        "'\"`$(x);&|\\",
        "../../../etc/passwd",
        "-1",
        "99999999999999999999999999",
        "\u{ff19}\u{ff19}\u{ff0d}\u{ff11}",
        "\u{3000}\u{a0}",
    ];
    let mut words: Vec<OsString> = texts.iter().map(OsString::from).collect();
    words.push(format!("e{}", "\u{301}".repeat(5_000)).into());
    words.push(OsString::from_vec(b"\xff\xfe\x1b[31m\xc3".to_vec()));
    words
}

/// Every place of every command where a word can stand, behind what must stand before it.
///
/// A file is written for `--output`: that has a test of its own.
fn places() -> Vec<Vec<String>> {
    let root = Args::command();
    let own = root.get_subcommands().map(|command| {
        let name = command.get_name().to_owned();
        (vec![name], command)
    });
    let mut places = Vec::new();
    for (before, command) in std::iter::once((vec![], &root)).chain(own) {
        places.push(before.clone());
        let flags = command.get_opts().filter_map(|arg| arg.get_long());
        for flag in flags.filter(|flag| *flag != "output") {
            let mut place = before.clone();
            if command.get_name() == "expiry" {
                place.push("povo2".to_owned());
            }
            place.push(format!("--{flag}"));
            places.push(place);
        }
    }
    places.extend([vec!["renew".to_owned(), "--no-internet".to_owned()]]);
    assert!(places.len() > 50, "{} places", places.len());
    places
}

/// That an outcome drives nothing, and is no half of an answer.
#[track_caller]
fn harmless(outcome: &Outcome, line: &str) {
    assert!(outcome.code <= 2, "{line}");
    assert!(outcome.code < 2 || outcome.stdout.is_empty(), "{line}");
    assert!(outcome.code == 2 || outcome.stderr.is_empty(), "{line}");
    // The page keeps its words together with joiners of its own.
    let shown = if outcome.stdout.starts_with("<!doctype html>") {
        outcome.stdout.replace('\u{2060}', "")
    } else {
        outcome.stdout.clone()
    };
    assert_eq!(driving(&shown), None, "{line}");
    assert_eq!(driving(&outcome.stderr), None, "{line}");
}

#[test]
fn no_word_in_any_place_drives_a_terminal() {
    let mut answered = 0;
    for place in places() {
        for word in hostile_words() {
            let mut words = typed(&place.join(" "));
            words.push(word);
            let outcome = run_in(&words, &machine());
            let line = format!("{:?}", &words[1..]);
            harmless(&outcome, &line);
            if outcome.code == 2 || place.first().is_none_or(|first| first == "page") {
                continue;
            }
            // What is answered may be echoed: in each format by its own rules.
            for format in ["json", "yaml", "csv", "markdown"] {
                let mut words = words.clone();
                words.splice(2..2, ["--format", format].map(OsString::from));
                harmless(&run_in(&words, &machine()), &format!("{line} as {format}"));
                answered += 1;
            }
        }
    }
    assert!(answered > 100, "{answered}");
}

#[test]
fn a_file_of_any_name_is_written_or_refused() {
    for word in hostile_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("a/b/c/d");
        fs::create_dir_all(&inside).expect("a folder");
        let mut command = simguide();
        command.current_dir(&inside);
        command.args(["page", "--plan", "povo2", "--output"]);
        let output = command.arg(&word).output().expect("the program runs");
        let written = fs::read_dir(&inside).expect("the folder").count();
        let code = if written == 1 { 0 } else { 2 };
        ended(&output, &format!("{word:?}"), code);
    }
}

// Records.

/// What is put before every English text: words that a terminal, a spreadsheet, a browser, a
/// calendar, a manual page or a shell would obey.
const EVIL: &str = r#"=x \\ ` $(x-evil) > \" onclick=\"x-evil\" | [x-evil](javascript:x) &amp;\nX-EVIL:x\nBEGIN:VEVENT\n.x-evil\n# <x-evil "#;
/// What is put before every Chinese and Japanese one, whose own marks are checked.
const EVIL_CJK: &str = "\u{ff1d}<x-evil|";

/// A record with hostile words before every sentence and every name.
fn evil(record: &str) -> String {
    let mut text = record.to_owned();
    for (key, before) in [("en", EVIL), ("zh-Hans", EVIL_CJK), ("ja", EVIL_CJK)] {
        text = text.replace(&format!("{key}: \""), &format!("{key}: \"{before}"));
    }
    // Labels stand word by word in a sentence.
    text = text.replace(&format!("{{ ja: \"{EVIL_CJK}\u{6b21}"), "{ ja: \"\u{6b21}");
    // Shown, but no link.
    text = text.replace("https://hana.example/charge", "http://old.example/charge");
    for key in ["title: How", "publisher: Hana"] {
        let (key, value) = key.split_once(' ').expect("two words");
        text = text.replace(&format!("{key} {value}"), &format!("{key} \"{EVIL}\" #"));
    }
    text
}

fn evil_folder() -> TempDir {
    folder(&[
        (FILE, &evil(CARRIER)),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", &evil(TIPS)),
    ])
}

/// Questions whose answers show those records.
const EVIL_LINES: [&str; 13] = [
    "renew --plan hana-30",
    "renew --plan hana-old",
    "renew --type prepaid --channel konbini",
    "expiry hana-30 --topped-up 2026-11-24 --pack hana-pack",
    "restore hana-30",
    "plans hana-30",
    "plans --carrier hana-mobile",
    "channels lawson",
    "tips --plan hana-30",
    "terms",
    "search hana",
    "search x-evil",
    "sources --plan hana-30",
];

/// One language for each of the two kinds of hostile words.
const EVIL_LANGS: [&str; 2] = ["en", "ja"];

/// What these words print with this folder in this language.
fn printed(folder: &Path, line: &str, lang: &str) -> String {
    let mut words = typed(line);
    words.extend(["--lang", lang, "--today", TODAY, "--data"].map(OsString::from));
    words.push(folder.into());
    let outcome = run_in(&words, &machine());
    assert_eq!(outcome.code, 0, "{line}: {}", outcome.stderr);
    harmless(&outcome, line);
    outcome.stdout
}

/// Hands on each answer in a format, and in which line; nearly all of them show the words.
fn each_evil(format: &str, look: impl Fn(&str, &str)) {
    let folder = evil_folder();
    let mut shown = 0;
    for line in EVIL_LINES {
        for lang in EVIL_LANGS {
            let line = format!("{line} --format {format}");
            let answer = printed(folder.path(), &line, lang);
            shown += usize::from(answer.contains("x-evil"));
            look(&answer, &format!("{line} --lang {lang}"));
        }
    }
    assert!(shown > 15, "{format}: {shown}");
}

#[test]
fn no_record_drives_a_terminal() {
    each_evil("table", |_, _| {});
}

#[test]
fn no_record_runs_in_a_spreadsheet() {
    each_evil("csv", |answer, line| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(answer.as_bytes());
        for row in reader.records() {
            for cell in &row.expect("a row") {
                let runs = cell.starts_with([
                    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}',
                    '\u{ff20}',
                ]);
                assert!(!runs, "{line}: {cell}");
            }
        }
    });
}

#[test]
fn a_record_is_the_same_value_as_json_and_yaml() {
    let folder = evil_folder();
    for line in EVIL_LINES {
        for lang in EVIL_LANGS {
            let json = printed(folder.path(), &format!("{line} --format json"), lang);
            let yaml = printed(folder.path(), &format!("{line} --format yaml"), lang);
            let json: Value = serde_json::from_str(&json).expect("JSON");
            let yaml: Value = serde_yaml::from_str(&yaml).expect("YAML");
            assert_eq!(json, yaml, "{line} --lang {lang}");
        }
    }
}

#[test]
fn no_record_is_obeyed_in_markdown() {
    each_evil("markdown", |answer, line| {
        for at in answer.lines() {
            let no_markup = at.replace("<br>", "").replace("<https:", "https:");
            assert!(!no_markup.contains('<'), "{line}: {at}");
            assert!(!at.contains("[x-evil]("), "{line}: {at}");
            assert!(!at.starts_with("# x-evil"), "{line}: {at}");
        }
    });
}

#[test]
fn no_record_adds_a_line_to_a_calendar() {
    let folder = evil_folder();
    for lang in LANGS {
        let line = "expiry hana-30 --topped-up 2026-11-24 --format ics";
        let file = printed(folder.path(), line, lang);
        assert!(file.contains("x-evil"), "{file}");
        let dates = printed(folder.path(), &line.replace("ics", "json"), lang);
        let dates: Value = serde_json::from_str(&dates).expect("JSON");
        let dates = dates["results"].as_array().expect("dates").len();
        let whole = file.replace("\r\n ", "");
        let count = |start: &str| whole.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(count("BEGIN:VEVENT"), dates, "{file}");
        assert_eq!(count("X-EVIL"), 0, "{file}");
        for line in whole.lines() {
            let key = line.split([':', ';']).next().unwrap_or_default();
            let plain = |c: char| c.is_ascii_uppercase() || c == '-';
            assert!(!key.is_empty() && key.chars().all(plain), "{line}");
        }
    }
}

#[test]
fn no_record_becomes_markup_in_the_page() {
    let (evil, good) = (evil_folder(), good());
    for (line, lang) in [
        ("page", "ja"),
        ("page", "en"),
        ("page --plan hana-30", "all"),
    ] {
        let page = printed(evil.path(), line, lang);
        assert!(page.contains("x-evil"), "{line} --lang {lang}");
        assert_eq!(
            names(&page),
            names(&printed(good.path(), line, lang)),
            "{line} --lang {lang}"
        );
        for href in page.split("href=\"").skip(1) {
            let href = href.split('"').next().unwrap_or_default();
            let inside = href.starts_with('#') || href.starts_with("https://");
            assert!(inside && !href.contains("evil"), "{href}");
        }
        assert!(page.contains("http://old.example"), "{line} --lang {lang}");
    }
}

/// The names of the tags and attributes of a page, each once.
fn names(page: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let mut outside = String::new();
        for (at, piece) in tag.split('"').enumerate() {
            if at % 2 == 0 {
                outside.push_str(piece);
                outside.push(' ');
            }
        }
        names.extend(outside.split_whitespace().map(str::to_owned));
    }
    names
}

#[test]
fn no_record_gets_into_a_script_or_a_manual_page() {
    let folder = evil_folder();
    for line in [
        "completions bash",
        "completions zsh",
        "completions fish",
        "completions powershell",
        "man",
        "man renew",
        "-h",
        "renew --help",
        "schema renew",
    ] {
        for lang in LANGS {
            let text = printed(folder.path(), line, lang);
            assert!(!text.contains("evil"), "{line}: {text}");
        }
    }
}

#[test]
fn a_hostile_file_is_told_of_harmlessly() {
    let evil = "\u{1b}[31m\u{202e}\u{9b}m";
    let text = CARRIER.replace("network: docomo", &format!("network: \"{evil}\""));
    let key = CARRIER.replace("network: docomo", &format!("{evil}: docomo"));
    let name = format!("carriers/{evil}.yaml");
    let below = format!("{evil}/a.yaml");
    for (path, text) in [
        (FILE, text.as_str()),
        (FILE, &key),
        (&name, CARRIER),
        (&below, CARRIER),
    ] {
        let folder = folder(&[(path, text), ("hosts.yaml", HOSTS)]);
        for lang in LANGS {
            for line in ["check", "types --data"] {
                let mut words = typed(&format!("--lang {lang} {line}"));
                words.push(folder.path().into());
                let outcome = run_in(&words, &machine());
                assert_eq!(outcome.code, 2, "{line}: {path:?}: {}", outcome.stdout);
                harmless(&outcome, line);
            }
        }
    }
}

// One fault at a time.

/// What is written in the place of a value.
const VALUES: [&str; 7] = [
    "",
    "~",
    "[]",
    "0",
    "99999999999999999999",
    "\"",
    "2026-02-30",
];

/// The carrier with one value changed, or one line gone or twice there or the last.
fn faulty() -> Vec<String> {
    let mut made = Vec::new();
    for (at, _) in CARRIER.match_indices(": ") {
        let (head, rest) = CARRIER.split_at(at + 2);
        let end = value_length(rest);
        for value in VALUES {
            made.push(format!("{head}{value}{}", &rest[end..]));
        }
    }
    let lines: Vec<&str> = CARRIER.lines().collect();
    for at in 0..lines.len() {
        let (before, from) = lines.split_at(at);
        let join = |parts: &[&[&str]]| parts.concat().join("\n") + "\n";
        made.push(join(&[before]));
        made.push(join(&[before, &from[1..]]));
        made.push(join(&[before, &from[..1], from]));
    }
    made
}

/// How long the value is that a text begins with.
fn value_length(text: &str) -> usize {
    let (mut depth, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '\n' => return at,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '{' => depth += 1,
            ']' | '}' | ',' if depth == 0 => return at,
            ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn one_fault_in_a_good_record_is_told_or_harmless() {
    let base = Knowledge::compiled(Lang::En).base_records();
    let page = |path: &str, text: &str| Page {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let (mut told, mut passed) = (0, Vec::new());
    for text in faulty() {
        let pages = vec![
            page(FILE, &text),
            page("hosts.yaml", HOSTS),
            page("tips/hana.yaml", TIPS),
        ];
        let found = Folder::parse(pages).and_then(|folder| folder.records(Lang::En, &base));
        match found {
            Ok(_) => passed.push(text),
            Err(faults) => {
                assert!(!faults.is_empty(), "{text}");
                told += 1;
            }
        }
    }
    passed.sort();
    passed.dedup();
    assert!(told > 1_000, "{told}");
    assert!(passed.len() > 50, "{}", passed.len());
    // What the rules let through has answers.
    let folder = good();
    for text in passed {
        fs::write(folder.path().join(FILE), &text).expect("a file");
        let mut words = typed("page --plan hana-30 --data");
        words.push(folder.path().into());
        harmless(&run_in(&words, &machine()), &text);
    }
}
