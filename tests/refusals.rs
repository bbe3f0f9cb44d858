//! Questions that cannot be understood: what is said, and that nothing typed does harm.

mod support;

use std::ffi::OsString;
use std::time::{Duration, Instant};

use simguide::run::{Outcome, run_in};
use support::{LANGS, REFUSED, machine, run, typed};

/// The commands that a message offers to be copied.
fn offered(outcome: &Outcome) -> Vec<&str> {
    let lines = outcome.stderr.lines();
    lines
        .filter_map(|line| line.strip_prefix("  simguide "))
        .collect()
}

/// The line in a language, if it does not choose one itself.
fn in_language(line: &str, lang: &str) -> String {
    if line.starts_with("--lang") || line.starts_with("-lang") {
        line.to_owned()
    } else {
        format!("{line} --lang {lang}")
    }
}

fn refused(outcome: &Outcome, line: &str) {
    assert_eq!(outcome.code, 2, "{line}: {outcome:?}");
    assert_eq!(outcome.stdout, "", "{line}");
    assert!(outcome.stderr.starts_with("simguide: "), "{line}");
}

#[test]
fn every_command_offered_can_be_run() {
    for line in REFUSED {
        for lang in LANGS {
            let outcome = run(&in_language(line, lang));
            for offer in offered(&outcome) {
                let offer = offer.split(" > ").next().unwrap_or_default();
                let mut then = run(offer);
                // The right plan may still need a date, and then a pack; each message says which.
                for _ in 0..2 {
                    if let Some(better) = offered(&then).first() {
                        then = run(better);
                    }
                }
                assert!(then.code < 2, "{line}: {offer}: {}", then.stderr);
            }
        }
    }
}

#[test]
fn nearly_every_message_offers_a_command() {
    let none: Vec<&str> = REFUSED
        .into_iter()
        .filter(|line| offered(&run(line)).is_empty())
        .collect();
    // Nothing is like a lone letter or a folder that is not there.
    assert_eq!(none, ["-x", "check no-such-folder"]);
}

#[test]
fn the_bad_word_is_named_and_what_was_meant_offered() {
    for (line, bad, offer) in [
        ("renwe", "`renwe`", "renew"),
        ("renew --paln povo2", "`--paln`", "renew --plan povo2"),
        ("renew --paln=povo2", "`--paln`", "renew --plan=povo2"),
        (
            "renew \u{2014}type prepaid",
            "`\u{2014}type`",
            "renew --type prepaid",
        ),
        (
            "renew \u{ff0d}\u{ff0d}\u{ff54}\u{ff59}\u{ff50}\u{ff45} prepaid",
            "`\u{ff0d}\u{ff0d}",
            "renew --type prepaid",
        ),
        ("-lang ja", "`-lang`", "--lang ja"),
        ("--format json renew", "`--format`", "renew --format json"),
        ("tips --pay cash", "`--pay`", "renew --pay cash"),
        ("renew povo2", "`povo2`", "renew --plan povo2"),
        ("renew -- povo2", "`povo2`", "renew --plan povo2"),
        ("renew lawson", "`lawson`", "renew --channel lawson"),
        ("types prepaid esim", "`esim`", "types prepaid"),
        ("renew --no-internet=yes", "`yes`", "renew --no-internet"),
        ("renew --type=prepade", "`prepade`", "renew --type=prepaid"),
        ("renew --type", "--type", "renew --type prepaid"),
        (
            "expiry povo2 --topped-up 2026-02-30",
            "`2026-02-30`",
            "expiry povo2 --topped-up 2026-02-28",
        ),
        (
            "expiry povo2 --bill-due 24.11.2026",
            "`24.11.2026`",
            "expiry povo2 --bill-due 2026-11-24",
        ),
        (
            "renew --today 20261124",
            "`20261124`",
            "renew --today 2026-11-24",
        ),
        ("renew --width 80cols", "`80cols`", "renew --width 80"),
        ("completions bsh", "`bsh`", "completions bash"),
    ] {
        let outcome = run(line);
        refused(&outcome, line);
        assert!(outcome.stderr.contains(bad), "{line}: {}", outcome.stderr);
        assert_eq!(offered(&outcome).first(), Some(&offer), "{line}");
    }
}

#[test]
fn a_word_is_quoted_where_a_shell_would_split_it() {
    let words = ["simguide", "renew", "--plan", "povo 2", "--typ", "it's"];
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let outcome = run_in(&words, &machine());
    assert_eq!(
        offered(&outcome),
        [r"renew --plan 'povo 2' --type 'it'\''s'"]
    );
}

/// Runs words of which one is hostile; it must end soon, and what is shown must be harmless.
fn hostile(words: &[OsString]) -> Outcome {
    let start = Instant::now();
    let outcome = run_in(words, &machine());
    let first = words.iter().take(4).map(|word| word.to_string_lossy());
    let first: Vec<String> = first.map(|word| word.chars().take(20).collect()).collect();
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{first:?}: {:?}",
        start.elapsed()
    );
    let seen = format!("{}{}", outcome.stdout, outcome.stderr);
    assert!(seen.len() < 100_000, "{first:?}: {} bytes", seen.len());
    for c in seen.chars() {
        let harmless = c == '\n' || !c.is_control();
        let visible = !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(harmless && visible, "{first:?}: {c:?}");
    }
    outcome
}

/// Every place where a word can stand.
const PLACES: [&str; 28] = [
    "",
    "renew",
    "renew --plan",
    "renew --type",
    "renew --channel",
    "renew --carrier",
    "renew --pay",
    "renew --format",
    "expiry",
    "expiry povo2 --topped-up",
    "expiry povo2 --pack",
    "restore",
    "types",
    "channels",
    "plans --code",
    "plans --iccid",
    "plans --network",
    "plans --status",
    "tips --topic",
    "phrases",
    "sources --older-than",
    "sources --kind",
    "check",
    "completions",
    "man",
    "--lang",
    "--today",
    "--data",
];

fn at(place: &str, word: OsString) -> Vec<OsString> {
    let mut words = typed(place);
    words.push(word);
    words
}

#[test]
fn a_word_of_131000_characters_is_cut() {
    let all = PLACES.iter().map(|place| (*place, "x"));
    let some = ["\u{5bcc}", "-", "9"].into_iter();
    let some = some
        .flat_map(|letter| ["", "renew", "renew --plan", "--today"].map(|place| (place, letter)));
    for (place, letter) in all.chain(some) {
        let outcome = hostile(&at(place, letter.repeat(131_000).into()));
        refused(&outcome, place);
        assert!(outcome.stderr.len() < 4_000, "{place}: {}", outcome.stderr);
    }
    for place in ["search", "terms", "phrases --search"] {
        let outcome = hostile(&at(place, "x".repeat(131_000).into()));
        assert_eq!(outcome.code, 1, "{place}");
        assert!(outcome.stdout.len() < 4_000, "{place}");
    }
}

#[test]
fn control_and_bidi_characters_do_not_reach_the_terminal() {
    let word = "a\u{1b}[31mb\u{7}\u{202e}c\u{200b}\u{9b}d\u{2066}\nz";
    for place in PLACES {
        refused(&hostile(&at(place, word.into())), place);
    }
    for place in ["search", "terms", "phrases --search"] {
        assert_eq!(hostile(&at(place, word.into())).code, 1, "{place}");
        for format in ["json", "yaml", "markdown"] {
            let mut words = at(place, word.into());
            words.extend(["--format", format].map(OsString::from));
            assert_eq!(hostile(&words).code, 1, "{place} {format}");
        }
    }
    let place = "phrases renew";
    refused(&hostile(&at(place, "\u{200b}コンビニ".into())), place);
}

#[test]
fn thousands_of_words_are_no_trouble() {
    let many = |word: &str| std::iter::repeat_n(word.to_owned(), 5_000);
    let numbered = (0..20_000).map(|n| n.to_string());
    let run = |first: &str, rest: Vec<String>| {
        let mut words = typed(first);
        words.extend(rest.into_iter().map(OsString::from));
        hostile(&words)
    };
    assert_eq!(run("search", numbered.clone().collect()).code, 1);
    assert_eq!(run("search", many("WeChat").collect()).code, 0);
    assert_eq!(run("renew", numbered.clone().collect()).code, 2);
    assert_eq!(run("", numbered.collect()).code, 2);
    let plans = many("--plan").flat_map(|flag| [flag, "povo2".to_owned()]);
    assert_eq!(run("renew", plans.collect()).code, 0);
    let plans = many("--plan").flat_map(|flag| [flag, "foo".to_owned()]);
    assert_eq!(run("renew", plans.collect()).code, 2);
}

#[test]
#[cfg(unix)]
fn a_word_that_is_not_utf_8_is_named() {
    use std::os::unix::ffi::OsStringExt;
    let word = || OsString::from_vec(b"caf\xe9".to_vec());
    for place in PLACES {
        let outcome = hostile(&at(place, word()));
        refused(&outcome, place);
        assert!(
            outcome.stderr.contains("caf\u{fffd}"),
            "{place}: {}",
            outcome.stderr
        );
    }
}

#[test]
fn help_is_given_whatever_else_is_typed() {
    for line in [
        "expiry --help",
        "-h nonsense",
        "renew --type nonsense --help",
        "help",
        "help renew",
    ] {
        let outcome = run(line);
        assert_eq!(outcome.code, 0, "{line}: {}", outcome.stderr);
        assert!(outcome.stdout.contains("simguide "), "{line}");
    }
    assert_eq!(run("help renew"), run("renew --help"));
    assert_ne!(run("search -- --help"), run("search --help"));
}
