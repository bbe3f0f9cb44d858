//! What an answer costs, as ratios to a hello-world built in the same run:
//! `cargo bench --bench cost`, and after `--` one of
//! `--check` (hold the program to `budgets.yaml`, without seconds; fails where it is over),
//! `--static` (the program without the dynamic loader), `--growth` (more and more records),
//! `--others` (what a reader would use instead). `--check` goes with the next two.
//!
//! Needs valgrind for instructions, and GNU time (`/usr/bin/time`) for memory and page faults.

#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod budgets;
mod builds;
mod measure;
mod others;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use budgets::{Budget, Budgets, Growth};
use builds::Grown;
use measure::{Memory, Run};

/// A command that is measured, and what its answer says in each of [`LANGUAGES`].
struct Ask {
    words: &'static [&'static str],
    says: [&'static str; 2],
}

const LANGUAGES: [&str; 2] = ["en", "zh-Hans"];

const ASKS: [Ask; 9] = [
    ask(&["--version"], ["edition", "知识版本"]),
    ask(&["--help"], ["renew", "renew"]),
    ask(&["types"], ["prepaid", "预付费"]),
    ask(&KONBINI, ["Lawson", "便利店"]),
    ask(&RENEW, ["povo2.0", "加购包"]),
    ask(&["tips"], ["cautions", "条提醒"]),
    ask(&SEARCH, ["povo2.0", "povo2.0"]),
    ask(
        &["expiry", "softbank-prepaid", "--topped-up", "2026-11-01"],
        ["2026-12-30", "2026-12-30"],
    ),
    ask(&["page"], ["</html>", "</html>"]),
];

const KONBINI: [&str; 5] = ["renew", "--type", "prepaid", "--channel", "konbini"];
const RENEW: [&str; 3] = ["renew", "--plan", "povo2"];
const SEARCH: [&str; 2] = ["search", "povo"];

const fn ask(words: &'static [&'static str], says: [&'static str; 2]) -> Ask {
    Ask { words, says }
}

/// A command in one language, measured.
struct Row {
    name: String,
    language: &'static str,
    run: Run,
    bytes: u64,
    instructions: u64,
    memory: Option<Memory>,
    seconds: Option<f64>,
}

impl Row {
    fn measured(name: String, language: &'static str, run: Run, bytes: u64) -> Result<Row> {
        Ok(Row {
            name,
            language,
            bytes,
            instructions: run.instructions()?,
            memory: run.memory()?,
            seconds: None,
            run,
        })
    }
}

fn main() -> Result<ExitCode> {
    let flags: Vec<String> = std::env::args()
        .skip(1)
        .filter(|flag| flag != "--bench")
        .collect();
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    let known = ["--check", "--static", "--growth", "--others"];
    if let Some(flag) = flags.iter().find(|flag| !known.contains(&flag.as_str())) {
        bail!("there is no `{flag}`; there are {}", known.join(", "));
    }
    fs::create_dir_all(builds::folder())?;
    let budgets = Budgets::read()?;
    let program = if has("--static") {
        builds::linked_statically()?
    } else {
        builds::release()?
    };
    let over = if has("--growth") {
        growth(&program, &budgets.growth)?
    } else if has("--others") {
        others::compare(&program, &KONBINI)?;
        Vec::new()
    } else if has("--static") {
        let budget = &budgets.linked_statically;
        table(&program, budget, budget, !has("--check"))?
    } else {
        table(
            &program,
            &budgets.checked,
            &budgets.targets,
            !has("--check"),
        )?
    };
    if over.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("\nOver budget:\n\n| what | is | at most |\n|---|---:|---:|");
    for line in over {
        println!("{line}");
    }
    Ok(ExitCode::from(u8::from(has("--check"))))
}

/// Measures every command, prints the table, and gives the lines of what is over.
fn table(program: &Path, checked: &Budget, targets: &Budget, timed: bool) -> Result<Vec<String>> {
    let hello = builds::hello()?;
    let mut hello = Row::measured("hello-world".into(), "", Run::of(&hello, &[]), 14)?;
    let mut rows = Vec::new();
    let mut over = Vec::new();
    for ask in &ASKS {
        for (language, says) in LANGUAGES.iter().zip(ask.says) {
            let run = told(program, ask.words, language);
            let name = ask.words.join(" ");
            match right(&run, says) {
                Ok(bytes) => rows.push(Row::measured(name, language, run, bytes)?),
                Err(why) => over.push(format!("| `{name}` {language} | {why} | a right answer |")),
            }
        }
    }
    let judged = timed && time(&mut hello, &mut rows)?;
    print(&hello, &rows, checked, targets, judged);
    let (small, size) = (size(&hello.run.program)?, size(program)?);
    let times = ratio(of(size, small));
    println!("\nThe program has {size} bytes, {times} times hello-world's {small}.");
    if let Some(most) = checked.size.filter(|most| size > *most) {
        over.push(format!("| size in bytes | {size} | {most} |"));
    }
    if let Some(target) = targets.size {
        println!("The target is {target}.");
    }
    for row in &rows {
        over.extend(checked.excess(row, &hello));
    }
    Ok(over)
}

/// The command in a language; English is what a machine without variables speaks.
fn told(program: &Path, words: &[&str], language: &str) -> Run {
    let mut words = words.to_vec();
    if language != "en" {
        words.extend(["--lang", language]);
    }
    Run::of(program, &words)
}

/// How many bytes the answer has, if it is one: a program that panics merely looks fast.
fn right(run: &Run, says: &str) -> Result<u64> {
    let output = run.output()?;
    let text = String::from_utf8(output.stdout)?;
    if !output.status.success() {
        bail!("ends with {}", output.status);
    }
    if !output.stderr.is_empty() {
        bail!("speaks to stderr");
    }
    if !text.contains(says) {
        bail!("does not say `{says}`");
    }
    Ok(u64::try_from(text.len())?)
}

/// Takes the seconds of all rows; whether the machine was quiet enough to believe them, which it
/// was if hello-world, listed twice, took the same time twice.
fn time(hello: &mut Row, rows: &mut [Row]) -> Result<bool> {
    let mut runs = vec![hello.run.clone(), hello.run.clone()];
    runs.extend(rows.iter().map(|row| row.run.clone()));
    let mut quiet = false;
    for _ in 0..3 {
        let seconds = measure::seconds(&runs, 200)?;
        hello.seconds = Some(seconds[0]);
        for (row, seconds) in rows.iter_mut().zip(&seconds[2..]) {
            row.seconds = Some(*seconds);
        }
        quiet = (0.97..=1.03).contains(&(seconds[1] / seconds[0]));
        if quiet {
            break;
        }
    }
    Ok(quiet)
}

fn print(hello: &Row, rows: &[Row], checked: &Budget, targets: &Budget, judged: bool) {
    let memory = |row: &Row| row.memory.map_or(0, |memory| memory.kilobytes);
    let faults = |row: &Row| row.memory.map_or(0, |memory| memory.faults);
    println!(
        "hello-world = 1: {} instructions, {} KB resident, {} page faults{}",
        hello.instructions,
        memory(hello),
        faults(hello),
        match hello.seconds {
            Some(seconds) if judged => format!(", {:.2} ms", seconds * 1000.0),
            Some(_) => ", no time: the machine was too busy for a judgement".to_owned(),
            None => String::new(),
        }
    );
    println!(
        "\n| command | language | bytes | instructions | budget | target | time | memory | page \
         faults |\n|---|---|---:|---:|---:|---:|---:|---:|---:|"
    );
    for row in rows {
        println!(
            "| `{}` | {} | {} | {:.2} | {} | {} | {} | {} | {} |",
            row.name,
            row.language,
            row.bytes,
            count(row.instructions) / count(hello.instructions),
            ratio(checked.instructions(row, hello)),
            ratio(targets.instructions(row, hello)),
            ratio(
                judged
                    .then(|| Some(row.seconds? / hello.seconds?))
                    .flatten()
            ),
            ratio(of(memory(row), memory(hello))),
            ratio(of(faults(row), faults(hello))),
        );
    }
}

/// Prints what two commands cost with more and more records; the lines of what grows too much.
fn growth(program: &Path, budget: &Growth) -> Result<Vec<String>> {
    println!(
        "| records | carriers added | command | bytes | instructions | × | time (ms) | memory (KB) | program (MB) |\n\
         |---:|---:|---|---:|---:|---:|---:|---:|---:|"
    );
    let mut over = Vec::new();
    let mut firsts: Vec<(Vec<u8>, u64)> = Vec::new();
    for times in [1, 10, 100, 1000] {
        let grown = match times {
            1 => Grown {
                program: program.to_owned(),
                added: "none".to_owned(),
            },
            more => builds::grown(more, SEARCH[1])?,
        };
        let size = count(size(&grown.program)?) / 1e6;
        for (at, words) in [&RENEW[..], &SEARCH[..]].iter().enumerate() {
            let run = Run::of(&grown.program, words);
            right(&run, "povo2.0")?;
            let (answer, instructions) = (run.output()?.stdout, run.instructions()?);
            if times == 1 {
                firsts.push((answer.clone(), instructions));
            }
            let same = answer == firsts[at].0;
            let growth = count(instructions) / count(firsts[at].1);
            println!(
                "| {times} | {} | `{}` | {}{} | {instructions} | {growth:.3} | {:.2} | {} | {size:.1} |",
                grown.added,
                words.join(" "),
                answer.len(),
                if same { "" } else { " (another answer)" },
                measure::seconds(std::slice::from_ref(&run), 100)?[0] * 1000.0,
                run.memory()?.map_or(0, |memory| memory.kilobytes),
            );
            let most = [budget.renew, budget.search][at];
            if times == budget.times && growth > most {
                over.push(format!(
                    "| `{}` at {times} times the records | {growth:.2} | {most:.2} |",
                    words.join(" ")
                ));
            }
        }
    }
    builds::forget_grown()?;
    Ok(over)
}

fn size(program: &Path) -> Result<u64> {
    Ok(fs::metadata(program)?.len())
}

fn of(is: u64, one: u64) -> Option<f64> {
    (one > 0 && is > 0).then(|| count(is) / count(one))
}

fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "ratios are shown with two digits"
)]
fn count(number: u64) -> f64 {
    number as f64
}
