//! What a person types and then sees: one picture each, to be read by eye.

mod support;

use simguide::args::GROUPS;
use simguide::lang::WRITTEN;
use simguide::view::help::examples;
use support::{LANGS, check, run};

/// A picture in each language.
fn in_each_language(lines: &[&str]) {
    for line in lines {
        for lang in LANGS {
            check(format!("{line} --lang {lang}").trim_start());
        }
    }
}

#[test]
fn the_short_guide_the_help_and_the_version() {
    in_each_language(&["", "-h", "--help", "renew -h", "renew --help", "--version"]);
}

#[test]
fn renew() {
    in_each_language(&[
        "renew",
        "renew --type prepaid --channel konbini",
        "renew --plan povo2",
        "renew --plan au --channel konbini",
    ]);
}

#[test]
fn renew_where_the_answer_is_no() {
    in_each_language(&[
        "renew --plan povo2 --channel carrier-shop",
        "renew --plan povo2 --pay octopus",
        "renew --type esim --no-internet",
    ]);
}

#[test]
fn expiry() {
    in_each_language(&[
        "expiry softbank-prepaid --topped-up 2026-11-24",
        "expiry au --bill-due 2026-11-30",
        "expiry povo2",
    ]);
}

#[test]
fn restore() {
    in_each_language(&["restore", "restore au"]);
}

#[test]
fn types() {
    in_each_language(&["types", "types esim"]);
}

#[test]
fn channels() {
    in_each_language(&["channels", "channels konbini", "channels lawson"]);
}

#[test]
fn plans() {
    in_each_language(&["plans", "plans --code 440-20", "plans povo2"]);
}

#[test]
fn tips() {
    in_each_language(&["tips --topic scam", "tips --channel konbini"]);
}

#[test]
fn phrases_and_terms() {
    in_each_language(&[
        "phrases --channel konbini",
        "phrases till-pay-this-slip",
        "terms haraikomi",
        "terms zzzz",
    ]);
}

#[test]
fn search_and_sources() {
    in_each_language(&["search WeChat", "search zzzz", "sources --plan povo2"]);
}

#[test]
fn check_of_our_own_records() {
    in_each_language(&["check data"]);
}

#[test]
fn what_systems_and_programs_expect() {
    in_each_language(&["man expiry"]);
    check("schema types");
}

#[test]
fn narrow_and_wide() {
    for line in [
        "renew --type prepaid --channel konbini",
        "renew --plan povo2",
        "restore au",
        "expiry softbank-prepaid --topped-up 2026-11-24",
        "types",
    ] {
        for width in [40, 120] {
            in_each_language(&[&format!("{line} --width {width}")]);
        }
    }
}

#[test]
fn every_format() {
    for format in ["json", "yaml", "csv", "markdown"] {
        check(&format!("renew --plan povo2 --format {format}"));
    }
    check("expiry softbank-prepaid --topped-up 2026-11-24 --format ics");
}

#[test]
fn refusals() {
    in_each_language(&[
        "renwe",
        "renew --paln povo2",
        "renew --plan",
        "renew povo2",
        "renew --type prepade",
        "renew --channel 7-12",
        "renew --format xml",
        "plans softbnk",
        "expiry docomo",
        "expiry povo2 --topped-up 2026-02-30",
    ]);
}

#[test]
fn every_example_of_the_help_has_an_answer() {
    let commands = GROUPS.iter().flat_map(|(_, names)| *names).copied();
    for command in commands.chain(["simguide"]) {
        for lang in WRITTEN {
            for (typed, what) in examples(command, lang) {
                assert!(!what.is_empty(), "{typed}");
                let line = typed.strip_prefix("simguide").expect("our name");
                // What a shell does with the answer is not ours, and no test writes a file.
                let line = line.split('>').next().unwrap_or_default();
                if !line.contains("--output") {
                    let outcome = run(line);
                    assert_eq!(outcome.code, 0, "{typed}: {}", outcome.stderr);
                }
            }
        }
    }
}
