//! Every command the README shows is run and must print what the README shows.
//!
//! `UPDATE_README=1 cargo test --test readme` writes the real output into the README.

mod support;

use std::fs;
use support::run;

/// What a command of the README prints; `None` for one that is not simguide's.
fn output(command: &str) -> Option<String> {
    let words = command
        .strip_prefix("simguide")
        .or_else(|| command.strip_prefix("cargo run --release --"))?;
    let outcome = run(words);
    Some(outcome.stdout + &outcome.stderr)
}

/// The lines of a console block with the output put right: all of it, or as many lines as stand
/// before a last `...`.
fn corrected(block: &[&str]) -> Vec<String> {
    let mut made = Vec::new();
    let mut at = 0;
    while at < block.len() {
        let line = block[at];
        at += 1;
        made.push(line.to_owned());
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let shown: Vec<&str> = block[at..]
            .iter()
            .take_while(|line| !line.starts_with("$ "))
            .copied()
            .collect();
        at += shown.len();
        let Some(real) = output(command) else {
            made.extend(shown.iter().map(|line| (*line).to_owned()));
            continue;
        };
        if shown.is_empty() {
            assert!(!real.is_empty(), "`{command}` prints nothing");
            continue;
        }
        let cut = shown.last() == Some(&"...");
        let lines: Vec<&str> = real.lines().collect();
        let most = if cut { shown.len() - 1 } else { lines.len() };
        made.extend(lines.iter().take(most).map(|line| (*line).to_owned()));
        if cut {
            made.push("...".to_owned());
        }
    }
    made
}

#[test]
fn every_command_prints_what_the_readme_shows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let text = fs::read_to_string(path).expect("the README");
    let mut made: Vec<String> = Vec::new();
    let mut lines = text.lines();
    let mut commands = 0;
    while let Some(line) = lines.next() {
        made.push(line.to_owned());
        if line.trim() != "```console" {
            continue;
        }
        let block: Vec<&str> = lines
            .by_ref()
            .take_while(|line| line.trim() != "```")
            .collect();
        commands += block.iter().filter(|line| line.starts_with("$ ")).count();
        made.extend(corrected(&block));
        made.push("```".to_owned());
    }
    assert!(
        commands > 5,
        "the README shows its commands in console blocks"
    );
    let made = made.join("\n") + "\n";
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, made).expect("the README can be written");
    } else {
        let mut pairs = text.lines().zip(made.lines());
        if let Some((shown, real)) = pairs.find(|(shown, real)| shown != real) {
            panic!(
                "the README shows\n  {shown}\nbut it is now\n  {real}\n\
                 run `UPDATE_README=1 cargo test --test readme`"
            );
        }
        assert_eq!(text.lines().count(), made.lines().count(), "lines");
    }
}

#[test]
fn the_commands_of_the_readme_are_answered() {
    let text =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    for piece in text
        .split('`')
        .filter(|piece| piece.starts_with("simguide ") && !piece.contains('\n'))
    {
        if piece.contains(['<', '>', '|', '[']) || piece.contains("ID") || piece.contains("PLAN") {
            continue;
        }
        if piece.contains("--data") || piece.contains("check ") || piece.contains("--output") {
            continue;
        }
        let printed = output(piece).unwrap_or_default();
        assert!(!printed.starts_with("simguide: "), "`{piece}`: {printed}");
        assert!(!printed.is_empty(), "`{piece}` prints nothing");
    }
}
