//! What the tests of the whole program share: questions, a machine to pretend, and `check`.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::ffi::OsString;
use std::time::Duration;

use simguide::query::Surroundings;
use simguide::run::{Outcome, run_in};

/// The day that is today in every test.
pub(crate) const TODAY: &str = "2026-11-24";
/// The languages that are written, as `--lang` takes them.
pub(crate) const LANGS: [&str; 3] = ["en", "zh-Hans", "ja"];

/// One question for each kind of screen of each command, and the exit code of its answer.
pub(crate) const QUESTIONS: [(&str, u8); 44] = [
    ("", 0),
    ("renew", 0),
    ("renew --type prepaid --channel konbini", 0),
    ("renew --type postpaid --channel bank", 0),
    ("renew --channel lawson", 0),
    ("renew --plan povo2", 0),
    ("renew --plan au --channel konbini", 0),
    ("renew --plan povo2 --channel carrier-shop", 0),
    ("renew --plan povo2 --pay octopus", 1),
    ("renew --pay cash --pay paypay", 0),
    ("renew --no-internet", 0),
    ("renew --no-japanese --type esim", 0),
    ("expiry softbank-prepaid --topped-up 2026-11-24", 0),
    ("expiry au --bill-due 2026-11-30", 0),
    ("expiry povo2 --topped-up 2026-11-24 --pack topping-3gb", 0),
    ("restore", 0),
    ("restore au", 0),
    ("restore povo2", 0),
    ("types", 0),
    ("types prepaid", 0),
    ("types esim", 0),
    ("channels", 0),
    ("channels konbini", 0),
    ("channels --online", 0),
    ("channels lawson", 0),
    ("plans", 0),
    ("plans povo2", 0),
    ("plans softbank-prepaid", 0),
    ("plans --type prepaid --status on-sale", 0),
    ("plans --code 440-20", 0),
    ("plans --iccid 8981", 0),
    ("tips", 0),
    ("tips --topic scam", 0),
    ("phrases", 0),
    ("phrases --channel konbini", 0),
    ("phrases till-pay-this-slip", 0),
    ("phrases --search zzzz", 1),
    ("terms", 0),
    ("terms haraikomi", 0),
    ("terms zzzz", 1),
    ("search WeChat", 0),
    ("search zzzz", 1),
    ("sources --plan povo2", 0),
    ("sources --kind press", 0),
];

/// Questions that are refused, one of each kind.
pub(crate) const REFUSED: [&str; 41] = [
    "renwe",
    "RENEW",
    "renew --paln povo2",
    "renew \u{2014}type prepaid",
    "-lang ja",
    "-x",
    "--format json renew",
    "tips --pay cash",
    "renew --plan",
    "renew --type prepaid --type",
    "renew --no-internet=yes",
    "renew --format xml",
    "types --format ics",
    "renew --color sometimes",
    "renew povo2",
    "types prepaid esim",
    "expiry",
    "search",
    "check",
    "completions",
    "completions tcsh",
    "man renwe",
    "--lang fr",
    "renew --type prepade",
    "renew --channel 7-12",
    "renew --pay bitcoin",
    "renew --carrier nobody",
    "plans softbnk",
    "expiry docomo",
    "expiry softbank-prepaid",
    "expiry povo2 --pack zz",
    "expiry povo2 --topped-up 2026-02-30",
    "expiry povo2 --bill-due tomorrow",
    "plans --code 4",
    "plans --iccid x",
    "plans --status foo",
    "plans --network foo",
    "tips --topic foo",
    "sources --older-than 3weeks",
    "phrases foo",
    "check no-such-folder",
];

/// The words of a line as a shell would hand them on; no quotes.
pub(crate) fn typed(line: &str) -> Vec<OsString> {
    std::iter::once("simguide")
        .chain(line.split_whitespace())
        .map(OsString::from)
        .collect()
}

/// A machine with no variables, whose output is no terminal.
pub(crate) fn machine() -> Surroundings {
    Surroundings::bare(TODAY.parse().expect("a day"))
}

/// Runs a line in this process on the machine of the tests.
pub(crate) fn run(line: &str) -> Outcome {
    run_in(&typed(line), &machine())
}

/// The command itself with no variables and a time limit.
pub(crate) fn process(line: &str) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("simguide").expect("the program is built");
    command
        .env_clear()
        .args(line.split_whitespace())
        .timeout(Duration::from_secs(60));
    command
}

/// Compares what is typed and seen with its picture under `tests/snapshots`.
///
/// The day is fixed and there are no variables. A picture shows the exit code where it is not 0,
/// and what stands on stderr below the answer.
pub(crate) fn check(line: &str) {
    let output = process(line)
        .args(["--today", TODAY])
        .output()
        .expect("the program ends in time");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let mut seen = format!("$ simguide {line}\n{stdout}");
    if output.status.code() != Some(0) {
        seen.push_str(&format!("[exit {}]\n", output.status));
    }
    if !stderr.is_empty() {
        seen.push_str(&format!("[stderr]\n{stderr}"));
    }
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name_of(line), seen);
    });
}

/// The file name of a picture: what was typed, with dashes for blanks.
fn name_of(line: &str) -> String {
    let mut name = String::new();
    for c in line.chars() {
        if c.is_ascii_alphanumeric() || c == '.' || c == '_' {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    if name.is_empty() {
        "guide".to_owned()
    } else {
        name.trim_end_matches('-').to_owned()
    }
}
