//! Every screen at every width: nothing too wide, nothing where it must not stand.

mod support;

use simguide::args::GROUPS;
use simguide::knowledge::Knowledge;
use simguide::lang::Lang;
use simguide::run::Outcome;
use support::{LANGS, QUESTIONS, REFUSED, run};
use unicode_width::UnicodeWidthStr;

const WIDTHS: [usize; 7] = [24, 30, 40, 60, 80, 120, 200];
/// What no line may begin with.
const NO_START: [char; 14] = [
    '\u{3002}', '\u{3001}', '\u{ff0c}', '\u{300d}', '\u{ff09}', '\u{ff01}', '\u{ff1f}', '\u{ff1a}',
    '\u{ff1b}', '\u{30fc}', ',', ']', ')', '\u{300f}',
];
/// What no line may end with.
const NO_END: [char; 5] = ['\u{300c}', '\u{ff08}', '\u{300e}', '(', '['];

/// What is wrong with a screen.
fn faults(seen: &str, width: usize) -> Vec<String> {
    let mut faults = Vec::new();
    if !seen.ends_with('\n') || seen.ends_with("\n\n") {
        faults.push("does not end with one newline".to_owned());
    }
    if seen.contains('\u{1b}') {
        faults.push("holds an escape byte".to_owned());
    }
    for line in seen.lines() {
        let words = line.trim_start();
        if line.width() > width {
            faults.push(format!("{} columns: {line}", line.width()));
        }
        if words.starts_with(NO_START) {
            faults.push(format!("a forbidden start: {line}"));
        }
        if words.ends_with(NO_END) {
            faults.push(format!("a forbidden end: {line}"));
        }
        if line.ends_with(' ') {
            faults.push(format!("blanks at the end: {line}"));
        }
    }
    faults
}

/// Looks at one screen and says which one it was where something is wrong.
fn look(line: &str, width: usize, code: u8, part: fn(&Outcome) -> &str, wrong: &mut Vec<String>) {
    let outcome = run(line);
    let mut found = faults(part(&outcome), width);
    if outcome.code != code {
        found.push(format!("exit code {}, not {code}", outcome.code));
    }
    found.truncate(3);
    wrong.extend(found.iter().map(|fault| format!("{line}: {fault}")));
}

fn stdout(outcome: &Outcome) -> &str {
    &outcome.stdout
}

fn none_wrong(wrong: &[String]) {
    let first: Vec<&str> = wrong.iter().take(40).map(String::as_str).collect();
    assert!(
        wrong.is_empty(),
        "{} faults, the first:\n{}",
        wrong.len(),
        first.join("\n")
    );
}

fn every_answer_in(lang: &str) {
    let mut wrong = Vec::new();
    for (question, code) in QUESTIONS {
        for width in WIDTHS {
            let line = format!("{question} --lang {lang} --width {width}");
            look(&line, width, code, stdout, &mut wrong);
        }
    }
    none_wrong(&wrong);
}

#[test]
fn english_answers_fit() {
    every_answer_in("en");
}

#[test]
fn chinese_answers_fit() {
    every_answer_in("zh-Hans");
}

#[test]
fn japanese_answers_fit() {
    every_answer_in("ja");
}

#[test]
fn everything_about_each_plan_fits() {
    let mut wrong = Vec::new();
    for plan in Knowledge::compiled(Lang::En).plans() {
        for lang in LANGS {
            for width in [24, 40, 80] {
                for command in ["plans", "renew --plan", "restore"] {
                    let line = format!("{command} {} --lang {lang} --width {width}", plan.id);
                    look(&line, width, 0, stdout, &mut wrong);
                }
            }
        }
    }
    none_wrong(&wrong);
}

#[test]
fn tables_and_lists_fit_where_they_are_asked_for() {
    let mut wrong = Vec::new();
    for lang in LANGS {
        for layout in ["list", "table"] {
            for width in [40, 80] {
                for question in ["types", "plans", "renew --type prepaid --channel konbini"] {
                    let line = format!(
                        "{question} --lang {lang} --width {width} --layout {layout} --ascii"
                    );
                    look(&line, width, 0, stdout, &mut wrong);
                }
            }
        }
    }
    none_wrong(&wrong);
}

#[test]
fn help_fits() {
    let mut wrong = Vec::new();
    let commands = GROUPS.iter().flat_map(|(_, names)| *names).copied();
    for command in commands.chain([""]) {
        for lang in LANGS {
            for asked in ["-h", "--help"] {
                for width in WIDTHS {
                    let line = format!("{command} {asked} --lang {lang} --width {width}");
                    look(&line, width, 0, stdout, &mut wrong);
                }
            }
        }
    }
    none_wrong(&wrong);
}

#[test]
fn refusals_say_why_on_stderr_and_nothing_on_stdout() {
    let mut wrong = Vec::new();
    for line in REFUSED {
        for lang in LANGS {
            for width in WIDTHS {
                // The lines that can be copied stay whole.
                let line = if line.starts_with("--lang") {
                    format!("--width {width} {line}")
                } else {
                    format!("--lang {lang} --width {width} {line}")
                };
                let outcome = run(&line);
                let mut seen = outcome.stderr.clone();
                for command in outcome.stderr.lines().filter(|line| is_command(line)) {
                    seen = seen.replacen(command, "  simguide", 1);
                }
                let mut found = faults(&seen, width);
                if outcome.code != 2 || !outcome.stdout.is_empty() {
                    found.push(format!("exit code {}: {}", outcome.code, outcome.stdout));
                }
                if !outcome.stderr.starts_with("simguide: ") {
                    found.push(format!("begins otherwise: {}", outcome.stderr));
                }
                wrong.extend(found.iter().map(|fault| format!("{line}: {fault}")));
            }
        }
    }
    none_wrong(&wrong);
}

fn is_command(line: &str) -> bool {
    line.starts_with("  simguide ")
}

#[test]
fn the_faults_are_found() {
    assert_eq!(faults("a\n", 1), Vec::<String>::new());
    for (seen, fault) in [
        ("a", "newline"),
        ("a\n\n", "newline"),
        ("\u{1b}[1ma\n", "escape"),
        ("aaa\n", "3 columns"),
        ("\u{3042}\u{3042}\n", "4 columns"),
        ("  \u{3002}\n", "start"),
        ("\u{300c}\n", "end"),
        ("a \n", "blanks"),
    ] {
        let found = faults(seen, 2).join("; ");
        assert!(found.contains(fault), "{seen:?}: {found}");
    }
}
