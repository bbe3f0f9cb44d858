//! What a reader would use instead, on the same records and for the same answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::builds;
use crate::measure::{self, Run, installed};

/// A command line, and what it reads; the words in capitals are files.
const OTHERS: [(&str, &str); 7] = [
    ("cat TEXT", "the answer, written before"),
    ("tldr --render PAGE", "the answer, written before"),
    ("jq .results[]|{plan_name,title,steps} JSON", "all answers"),
    ("bat --paging=never --color=always CARRIER", "one carrier"),
    ("grep -rA30 channel:.konbini CARRIERS", "all carriers"),
    ("rg -A30 channel:.konbini CARRIERS", "all carriers"),
    ("python3 SCRIPT CARRIERS", "all carriers, with PyYAML"),
];

/// Times each program that is installed, against this one's answer to these words.
pub(crate) fn compare(program: &Path, words: &[&str]) -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = [
        ("TEXT", answer(program, words, "table", "answer.txt")?),
        ("PAGE", answer(program, words, "markdown", "answer.md")?),
        ("JSON", answer(program, &words[..1], "json", "all.json")?),
        ("CARRIER", here.join("data/carriers/softbank.yaml")),
        ("CARRIERS", here.join("data/carriers")),
        ("SCRIPT", here.join("tests/bench/others.py")),
    ];
    let file = |word: &str| {
        let found = files.iter().find(|(name, _)| *name == word);
        found.map_or_else(|| word.into(), |(_, path)| path.clone().into_os_string())
    };
    let mut own = Command::new(program);
    own.args(words);
    let own = time(own, 50)?;
    println!("| command | reads | time (ms) | × |\n|---|---|---:|---:|");
    println!("| simguide | what it knows | {:.2} | 1.0 |", own * 1000.0);
    for (line, reads) in OTHERS {
        let shown = line.replace('|', "\\|");
        let mut words = line.split(' ');
        let Some(mut command) = words.next().and_then(command) else {
            println!("| `{shown}` | {reads} | not installed | |");
            continue;
        };
        command.args(words.map(file));
        let output = command.output()?;
        if !output.status.success() || output.stdout.is_empty() {
            println!("| `{shown}` | {reads} | fails | |");
            continue;
        }
        let seconds = time(command, 10)?;
        let (milliseconds, times) = (seconds * 1000.0, seconds / own);
        println!("| `{shown}` | {reads} | {milliseconds:.2} | {times:.1} |");
    }
    Ok(())
}

fn answer(program: &Path, words: &[&str], format: &str, file: &str) -> Result<PathBuf> {
    let file = builds::folder().join(file);
    let words = [words, &["--format", format]].concat();
    fs::write(&file, Run::of(program, &words).output()?.stdout)?;
    Ok(file)
}

fn time(command: Command, rounds: usize) -> Result<f64> {
    Ok(measure::medians(vec![command], rounds)?[0])
}

/// The program of this name, if it is installed.
fn command(name: &str) -> Option<Command> {
    let path = match name {
        // Debian has another `bat`.
        "bat" => installed("batcat").or_else(|| installed("bat")),
        "python3" => python(),
        _ => installed(name),
    };
    path.map(Command::new)
}

/// The interpreter itself, not a script that looks for one; only with `PyYAML`.
fn python() -> Option<PathBuf> {
    let asked = Command::new(installed("python3")?)
        .args(["-c", "import sys, yaml; print(sys.executable)"])
        .output()
        .ok()?;
    let path = String::from_utf8(asked.stdout).ok()?;
    (!path.is_empty()).then(|| PathBuf::from(path.trim()))
}
