//! The calendar file of `expiry`: what RFC 5545 asks for, and what a reader needs months later.

mod support;

use std::collections::BTreeSet;

use icalendar::{Calendar, CalendarComponent, Component, Event};
use serde_json::Value;
use simguide::fact::Day;
use support::{LANGS, run};

/// Questions with at least one date.
const DATED: [&str; 7] = [
    "expiry softbank-prepaid --topped-up 2026-11-24",
    "expiry softbank-prepaid --topped-up 2026-11-24T21:30 --expires 2026-12-04",
    "expiry povo2 --expires 2026-08-01",
    "expiry softbank --bill-due 2026-11-26",
    "expiry au --bill-due 2026-11-25",
    "expiry povo2 --topped-up 2026-11-24T21:30 --pack topping-24h",
    "expiry rakuten-mobile --bill-due 2026-11-27",
];

fn file(line: &str) -> String {
    let outcome = run(&format!("{line} --format ics"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    outcome.stdout
}

fn dates(line: &str) -> Vec<Value> {
    let text = run(&format!("{line} --format json")).stdout;
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    answer["results"].as_array().expect("results").clone()
}

fn read(text: &str) -> Calendar {
    text.parse().expect("a calendar")
}

fn value(event: &Event, key: &str) -> String {
    event.property_value(key).expect(key).to_owned()
}

fn day(basic: &str) -> Day {
    format!("{}-{}-{}", &basic[..4], &basic[4..6], &basic[6..])
        .parse()
        .expect("a day")
}

/// Every question in every language.
fn each(mut check: impl FnMut(&str, &str)) {
    for line in DATED {
        for lang in LANGS {
            let line = format!("{line} --lang {lang}");
            check(&line, &file(&line));
        }
    }
}

#[test]
fn lines_end_with_crlf_and_have_at_most_75_octets() {
    each(|line, text| {
        assert!(text.ends_with("END:VCALENDAR\r\n"), "{line}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        for physical in text.split("\r\n") {
            assert!(physical.len() <= 75, "{line}: {physical}");
            assert!(!physical.contains(['\r', '\n', '\u{1b}']), "{line}");
        }
    });
}

#[test]
fn each_date_is_one_whole_day_with_an_end_that_is_not_part_of_it() {
    each(|line, text| {
        let calendar = read(text);
        let dates = dates(line);
        assert!(!dates.is_empty(), "{line}");
        assert_eq!(calendar.events().count(), dates.len(), "{line}");
        for (event, dated) in calendar.events().zip(&dates) {
            for key in ["DTSTART", "DTEND"] {
                let params = event.properties()[key].params();
                assert_eq!(params["VALUE"].value(), "DATE", "{line}");
            }
            let first = day(&value(event, "DTSTART"));
            assert_eq!(first.to_string(), dated["date"], "{line}");
            let next = day(&value(event, "DTEND"));
            assert_eq!(first.days_until(next), 1, "{line}");
            assert_eq!(value(event, "DTSTAMP"), "20261124T000000Z", "{line}");
        }
    });
}

#[test]
fn ids_are_unique_and_the_same_in_every_language() {
    for line in DATED {
        let ids = |lang: &str| -> Vec<String> {
            let calendar = read(&file(&format!("{line} --lang {lang}")));
            let events = calendar.events().map(|event| value(event, "UID"));
            events.collect()
        };
        let [en, zh, ja] = LANGS.map(ids);
        assert_eq!(en.iter().collect::<BTreeSet<_>>().len(), en.len(), "{line}");
        assert_eq!((&en, &en), (&zh, &ja), "{line}");
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    each(|line, text| assert_eq!(file(line), text, "{line}"));
}

#[test]
fn the_rule_its_pages_and_their_dates_stand_in_the_entry() {
    each(|line, text| {
        let calendar = read(text);
        for (event, dated) in calendar.events().zip(dates(line)) {
            let told = event.get_description().expect("a description");
            for source in dated["sources"].as_array().expect("sources") {
                for field in ["url", "publisher", "dated"] {
                    if let Some(fact) = source[field].as_str() {
                        assert!(told.contains(fact), "{line}: {fact}");
                    }
                }
            }
            assert!(told.contains("2026-11-24"), "{line}: the edition");
            assert!(told.contains("simguide expiry "), "{line}: asking again");
            assert!(told.lines().count() >= 5, "{line}: {told}");
        }
    });
}

/// The alarm of an entry: when it rings.
fn trigger(event: &Event) -> Option<String> {
    let alarm = event.components().first()?;
    assert_eq!(alarm.component_kind(), "VALARM");
    for key in ["ACTION", "DESCRIPTION", "UID", "DTSTAMP"] {
        assert!(alarm.property_value(key).is_some(), "{key}");
    }
    alarm.property_value("TRIGGER").map(str::to_owned)
}

#[test]
fn an_alarm_rings_before_each_date_that_is_to_come() {
    each(|line, text| {
        let calendar = read(text);
        for (event, dated) in calendar.events().zip(dates(line)) {
            let left = dated["days_left"].as_i64().expect("days");
            let wanted = match dated["clock"].as_str() {
                Some("number-until") => 7,
                Some("back-by") => 0,
                _ => 3,
            };
            let rings = match (left, wanted.min(left - 1)) {
                (..0, _) => None,
                (_, ..=0) => Some("PT9H".to_owned()),
                (_, 1) => Some("-PT15H".to_owned()),
                (_, days) => Some(format!("-P{}DT15H", days - 1)),
            };
            assert_eq!(trigger(event), rings, "{line}: {dated}");
        }
    });
}

#[test]
fn over_and_today_and_tomorrow_have_the_alarm_that_is_left() {
    let line = "expiry softbank-prepaid --topped-up 2026-11-24 --today";
    for (today, rings) in [
        ("2027-01-18", Some("-P2DT15H")),
        ("2027-01-20", Some("-PT15H")),
        ("2027-01-21", Some("PT9H")),
        ("2027-01-22", Some("PT9H")),
        ("2027-01-23", None),
    ] {
        let calendar = read(&file(&format!("{line} {today}")));
        let first = calendar.events().next().expect("an entry");
        assert_eq!(value(first, "DTSTART"), "20270122");
        assert_eq!(trigger(first).as_deref(), rings, "{today}");
    }
}

#[test]
fn no_date_is_an_empty_calendar_and_exit_1() {
    for lang in LANGS {
        let outcome = run(&format!(
            "expiry konbini-880-sim --format ics --lang {lang}"
        ));
        assert_eq!((outcome.code, outcome.stderr.as_str()), (1, ""));
        let calendar = read(&outcome.stdout);
        assert_eq!(calendar.events().count(), 0);
        // The standard asks for at least one component.
        assert_eq!(calendar.components.len(), 1);
        assert!(
            calendar
                .components
                .iter()
                .all(|part| matches!(part, CalendarComponent::Other(_)))
        );
        assert!(outcome.stdout.contains("\r\nDESCRIPTION:"));
        assert!(outcome.stdout.split("\r\n").all(|line| line.len() <= 75));
    }
}

#[test]
fn only_expiry_writes_a_calendar() {
    for line in ["renew", "plans povo2", "terms", "restore au"] {
        let outcome = run(&format!("{line} --format ics"));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{line}");
    }
}
