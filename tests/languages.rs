//! Nobody is shown a sentence in a language that is not theirs, and where theirs is not written
//! yet they are told so once.

mod support;

use simguide::args::GROUPS;
use simguide::knowledge::Knowledge;
use simguide::knowledge::carrier::Plan;
use simguide::knowledge::channel::Payment;
use simguide::knowledge::compile::{CarrierHead, ChainOf};
use simguide::knowledge::phrase::{Phrase, Term};
use simguide::lang::{Lang, WRITTEN};
use simguide::run::run_in;
use simguide::view::screens::nearest_language;
use smol_str::SmolStr;
use support::{LANGS, QUESTIONS, REFUSED, machine, process, typed};

/// So many English words in a row are a sentence.
const SENTENCE: usize = 4;

/// Names and readings in Latin letters that are the same for every reader, longest first.
fn names() -> Vec<SmolStr> {
    let mut names: Vec<SmolStr> = Vec::new();
    for lang in WRITTEN {
        let knowledge = Knowledge::compiled(lang);
        names.extend(knowledge.plans().into_iter().map(|plan: Plan| plan.name.0));
        let carriers: Vec<CarrierHead> = knowledge.all("carrier.all");
        names.extend(carriers.into_iter().map(|head| head.name.0));
        let chains: Vec<ChainOf> = knowledge.all("chain.all");
        names.extend(chains.into_iter().map(|of| of.chain.name.0));
        let payments: Vec<Payment> = knowledge.all("payment.all");
        names.extend(payments.into_iter().map(|payment| payment.name.0));
        let phrases: Vec<Phrase> = knowledge.all("phrase.all");
        names.extend(phrases.into_iter().map(|phrase| phrase.romaji));
        let terms: Vec<Term> = knowledge.all("term.all");
        names.extend(terms.into_iter().map(|term| term.romaji));
    }
    let sources = support::run("sources --format json").stdout;
    let sources: serde_json::Value = serde_json::from_str(&sources).expect("JSON");
    for source in sources["results"].as_array().expect("a list") {
        for key in ["publisher", "title"] {
            names.extend(source[key].as_str().map(SmolStr::new));
        }
    }
    names.retain(|name| name.contains(' '));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}

/// The first English sentence of a screen, if there is one.
///
/// Names, addresses, commands, what stands on buttons in 「」 and the lines that list sources are
/// not sentences.
fn english(seen: &str, names: &[SmolStr]) -> Option<String> {
    let sentence = |line: &str| {
        let rest = without_labels(line);
        let run = longest_run(&rest);
        is_sentence(&run).then(|| run.join(" "))
    };
    let lines = seen.lines().filter(|line| !is_source(line));
    lines
        .filter(|line| sentence(line).is_some())
        .find_map(|line| {
            let mut rest = line.to_owned();
            for name in names {
                rest = rest.replace(name.as_str(), "\u{3001}");
            }
            sentence(&rest).map(|run| format!("{run} in: {line}"))
        })
}

/// Whether words in a row are a sentence: those of a name mostly begin with a capital.
fn is_sentence(run: &[&str]) -> bool {
    let small = run
        .iter()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    run.len() >= SENTENCE && 2 * small.count() >= run.len()
}

/// `[3] KDDI  official  2024-12-16`, or an address or title below it.
fn is_source(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("http") || line.starts_with('[') && line.contains(']')
}

/// The line without what stands in `「」`.
fn without_labels(line: &str) -> String {
    let mut label = false;
    let mut rest = String::new();
    for c in line.chars() {
        match c {
            '\u{300c}' => label = true,
            '\u{300d}' => label = false,
            c if !label => rest.push(c),
            _ => {}
        }
    }
    rest
}

/// The longest run of words of ASCII letters between single blanks, no part of a command.
fn longest_run(line: &str) -> Vec<&str> {
    let mut longest: Vec<&str> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut command = false;
    for word in line.split(' ') {
        if word.starts_with("simguide") {
            command = true;
        }
        // Two blanks end a column, and with it a command.
        if word.is_empty() || !word.is_ascii() {
            command = false;
        }
        let letters = word.trim_matches(['.', ',', ';', ':', '?', '!', '(', ')']);
        let is_word = !letters.is_empty() && letters.chars().all(|c| c.is_ascii_alphabetic());
        let ends = word.ends_with(['.', ';', '?', '!']);
        if is_word && !command {
            run.push(word);
        }
        if !is_word || command || ends {
            if run.len() > longest.len() {
                longest.clone_from(&run);
            }
            run.clear();
        }
    }
    if run.len() > longest.len() {
        run
    } else {
        longest
    }
}

/// Everything a reader may be shown, as wide as can be so that names stay whole.
fn nothing_english(locale: &str) {
    let mut around = machine();
    around.locale = Some(locale.to_owned());
    around.columns = Some(400);
    let names = names();
    let mut wrong = Vec::new();
    let help = GROUPS.iter().flat_map(|(_, commands)| *commands);
    let help = help.flat_map(|command| [format!("{command} -h"), format!("{command} --help")]);
    let plans = Knowledge::compiled(Lang::En).plans();
    let plans = plans.iter().flat_map(|plan: &Plan| {
        let day = "--topped-up 2026-11-20 --bill-due 2026-11-20";
        [
            format!("renew --plan {}", plan.id),
            format!("plans {}", plan.id),
            format!("restore {}", plan.id),
            format!("expiry {} {day}", plan.id),
        ]
    });
    let lines = QUESTIONS
        .iter()
        .map(|(line, _)| (*line).to_owned())
        .chain(REFUSED.map(str::to_owned))
        .chain(help)
        .chain(plans)
        .chain(
            [
                "-h",
                "--help",
                "--version",
                "check data",
                "man",
                "man renew",
            ]
            .map(str::to_owned),
        );
    for line in lines {
        let outcome = run_in(&typed(&line), &around);
        let seen = format!("{}{}", outcome.stdout, outcome.stderr);
        wrong.extend(english(&seen, &names).map(|found| format!("simguide {line}: {found}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tests_look_at_every_written_language() {
    let written = WRITTEN.map(Lang::tag);
    assert_eq!(LANGS[..], written[..], "`LANGS` of tests/support/mod.rs");
}

#[test]
fn a_chinese_reader_sees_no_english_sentence() {
    nothing_english("zh_CN.UTF-8");
}

#[test]
fn a_japanese_reader_sees_no_english_sentence() {
    nothing_english("ja_JP.UTF-8");
}

#[test]
fn an_english_sentence_would_be_found() {
    let names = names();
    let quiet = |seen: &str| assert_eq!(english(seen, &names), None);
    let loud = |seen: &str| assert!(english(seen, &names).is_some(), "{seen}");
    loud("Pay the bill at once.");
    loud("  - \u{5c0f}\u{5fc3} the line is stopped now [1]");
    loud("simguide renew  everything for one SIM");
    quiet("simguide renew --type prepaid --channel konbini");
    quiet("  [1]  Some page with a long title  \u{5b98}\u{65b9}");
    quiet("  https://example.com/pay the bill at once");
    quiet("\u{300c}Enter the recharge code here\u{300d}");
    quiet("Visa\u{3001}American Express\u{3001}Diners Club");
    quiet("\u{5305}\u{88c5}\u{4e0a}\u{5199} OCN mobile ONE Prepaid SIM for VISITOR\u{3002}");
    quiet("prepaid, 3000, yen, cash, 5000");
    let screen = simguide::run::run_in(&typed("renew"), &machine()).stdout;
    loud(&screen);
}

/// What is seen with these variables and nothing else.
fn with(line: &str, variables: &[(&str, &str)]) -> String {
    let mut command = process(line);
    command.envs(variables.iter().copied());
    let output = command.output().expect("the program ends in time");
    let seen = [output.stdout, output.stderr].concat();
    String::from_utf8(seen).expect("UTF-8")
}

#[test]
fn the_variables_count_in_their_order() {
    let en = with("types", &[]);
    let zh = with("types --lang zh-Hans", &[]);
    let ja = with("types --lang ja", &[]);
    assert!(en != zh && zh != ja && ja != en);
    for (variables, seen) in [
        (&[("LANG", "zh_CN.UTF-8")][..], &zh),
        (&[("LANG", "ja_JP.UTF-8")], &ja),
        (&[("LANG", "fr_FR.UTF-8")], &en),
        (&[("LANG", "C.UTF-8"), ("LANGUAGE", "ja")], &en),
        (&[("LC_ALL", "POSIX"), ("LANGUAGE", "ja")], &en),
        (&[("LANG", "ja_JP.UTF-8"), ("LC_MESSAGES", "zh_CN")], &zh),
        (&[("LC_MESSAGES", "zh_CN"), ("LC_ALL", "ja_JP.UTF-8")], &ja),
        (
            &[("LC_ALL", "ja_JP.UTF-8"), ("LANGUAGE", "fr:zh_CN:ja")],
            &zh,
        ),
        (&[("LC_ALL", "ja_JP.UTF-8"), ("LANGUAGE", "")], &ja),
        (
            &[
                ("LANGUAGE", "zh_CN"),
                ("LANG", "en_US.UTF-8"),
                ("SIMGUIDE_LANG", "ja"),
            ],
            &ja,
        ),
        (
            &[("SIMGUIDE_LANG", "nonsense"), ("LANG", "zh_CN.UTF-8")],
            &zh,
        ),
        (&[("SIMGUIDE_LANG", ""), ("LANG", "zh_CN.UTF-8")], &zh),
    ] {
        assert_eq!(&with("types", variables), seen, "{variables:?}");
    }
    let both = [("SIMGUIDE_LANG", "zh"), ("LC_ALL", "zh_CN.UTF-8")];
    assert_eq!(with("types --lang ja", &both), ja);
}

#[test]
fn a_reader_whose_language_is_not_written_is_told_so_once() {
    for (locale, lang, written) in [
        ("zh_TW.UTF-8", Lang::ZhHant, "zh-Hans"),
        ("zh_HK.UTF-8", Lang::ZhHant, "zh-Hans"),
        ("ko_KR.UTF-8", Lang::Ko, "en"),
        ("vi_VN.UTF-8", Lang::Vi, "en"),
    ] {
        let note = nearest_language(lang);
        let mut around = machine();
        around.locale = Some(locale.to_owned());
        around.columns = Some(120);
        // A screen so low that the verdict is repeated at its end.
        around.height = Some(10);
        let mut told = around.clone();
        told.locale = None;
        for line in [
            "",
            "renew",
            "restore au",
            "types",
            "search zzzz",
            "renew -h",
            "--help",
            "renwe",
        ] {
            let seen = run_in(&typed(line), &around);
            let seen = format!("{}{}", seen.stdout, seen.stderr);
            assert_eq!(seen.matches(&note).count(), 1, "{locale}: {line}\n{seen}");
            let plain = run_in(&typed(&format!("{line} --lang {written}")), &told);
            let plain = format!("{}{}", plain.stdout, plain.stderr);
            assert!(!plain.contains(&note), "{line}");
            let first = |text: &str| text.lines().next().map(str::to_owned);
            if line != "renwe" {
                assert_eq!(first(&seen), first(&plain), "{locale}: {line}");
            }
        }
    }
}

#[test]
fn phrases_show_their_own_meaning_where_they_have_one() {
    let phrases: Vec<Phrase> = Knowledge::compiled(Lang::En).all("phrase.all");
    for (lang, own) in [
        (
            Lang::ZhHant,
            (|phrase: &Phrase| phrase.zh_hant.clone()) as fn(&Phrase) -> _,
        ),
        (Lang::Ko, |phrase: &Phrase| phrase.ko.clone()),
        (Lang::Vi, |phrase: &Phrase| phrase.vi.clone()),
    ] {
        let all = phrases
            .iter()
            .filter_map(|phrase| Some((phrase, own(phrase)?)));
        let all: Vec<(&Phrase, SmolStr)> = all.collect();
        assert!(all.len() >= 25, "{lang}: {}", all.len());
        for (phrase, meaning) in all {
            let line = format!("phrases {} --lang {lang} --width 400", phrase.id);
            let seen = support::run(&line).stdout;
            assert!(seen.contains(meaning.as_str()), "{line}: {meaning}\n{seen}");
            let json = support::run(&format!("{line} --format json")).stdout;
            assert!(json.contains(meaning.as_str()), "{line}: {meaning}");
        }
    }
}
