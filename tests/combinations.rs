//! `renew` for every type, channel and payment, in every language and format.

mod support;

use clap::ValueEnum as _;
use serde_json::Value;
use simguide::answer::{Answer, Exit};
use simguide::args::{Format, LayoutWord};
use simguide::knowledge::Knowledge;
use simguide::knowledge::card::CardType;
use simguide::knowledge::channel::{Channel, Payment};
use simguide::lang::Lang;
use simguide::query::{Ask, Query, Renew};
use simguide::view::View;
use simguide::view::data::Asked;
use support::TODAY;

/// The questions of one language: how many there were, and what was wrong with which.
fn all_in(lang: Lang) -> (usize, Vec<String>) {
    let knowledge = Knowledge::compiled(lang);
    let payments: Vec<Payment> = knowledge.all("payment.all");
    let (mut count, mut wrong) = (0, Vec::new());
    for card in CardType::ALL {
        for channel in Channel::ALL {
            for payment in &payments {
                let renew = Renew {
                    types: vec![*card],
                    channels: vec![*channel],
                    pay: vec![payment.id.clone()],
                    ..Renew::default()
                };
                let faults = faults_of(&renew, &knowledge, lang);
                let line = format!(
                    "renew --type {} --channel {} --pay {} --lang {lang}",
                    card.id(),
                    channel.id(),
                    payment.id
                );
                wrong.extend(faults.iter().map(|fault| format!("{line}: {fault}")));
                count += 1;
            }
        }
    }
    (count, wrong)
}

/// What is wrong with one answer in any of its formats.
fn faults_of(renew: &Renew, knowledge: &Knowledge, lang: Lang) -> Vec<String> {
    let mut query = Query {
        lang,
        today: TODAY.parse().expect("a day"),
        format: Format::Table,
        ask: Ask::Renew(renew.clone()),
    };
    let answer = Answer::to(&query, knowledge);
    let mut faults = Vec::new();
    let formats = Format::value_variants().iter().copied();
    for format in formats.filter(|format| *format != Format::Ics) {
        query.format = format;
        let view = View {
            lang,
            width: 80,
            height: None,
            colour: false,
            ascii: false,
            layout: LayoutWord::Auto,
            format,
            edition: knowledge.edition,
            today: query.today,
        };
        let shown = view.show(&answer, &|| Asked::of(&query)).expect("no fault");
        if shown.trim().is_empty() || !shown.ends_with('\n') {
            faults.push(format!("{format:?} is empty or has no newline at its end"));
        }
        if format == Format::Json {
            faults.extend(json_fault(&shown, answer.exit()));
        }
    }
    faults
}

/// What is wrong with an answer as JSON.
fn json_fault(shown: &str, exit: Exit) -> Option<String> {
    let value: Value = match serde_json::from_str(shown) {
        Ok(value) => value,
        Err(error) => return Some(format!("no JSON: {error}")),
    };
    let results = value["results"].as_array()?;

    if exit == Exit::Answered {
        None
    } else if !results.is_empty() {
        Some("results with exit code 1".to_owned())
    } else if value["nearest"].is_array() {
        None
    } else {
        Some("no `nearest` with exit code 1".to_owned())
    }
}

fn none_wrong(lang: Lang) {
    let (count, wrong) = all_in(lang);
    assert!(count > 1_000, "only {count} questions");
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_combination_in_english() {
    none_wrong(Lang::En);
}

#[test]
fn every_combination_in_chinese() {
    none_wrong(Lang::ZhHans);
}

#[test]
fn every_combination_in_japanese() {
    none_wrong(Lang::Ja);
}
