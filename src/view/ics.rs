//! The dates of `expiry` as a calendar file: one all-day entry a date, with an alarm before it.

use anyhow::{Result, anyhow};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Trigger};

use crate::answer::expiry::{Dated, ExpiryAnswer};
use crate::answer::renew::ClockTold;
use crate::answer::unofficial;
use crate::fact::Day;
use crate::knowledge::clock::{Clock, ClockKind};
use crate::view::View;
use crate::view::builder::Builder;
use crate::view::screens::expiry::{no_date, told, when};
use crate::words::Word;

/// The longest line in octets, without its end.
const LONGEST: usize = 75;

/// Japan's time: a calendar must hold something, and one without dates holds no entry.
const JAPAN: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\n\
    DTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nTZNAME:JST\r\n\
    END:STANDARD\r\nEND:VTIMEZONE\r\n";

const END: &str = "END:VCALENDAR\r\n";

/// The calendar file; the same answer gives the same bytes.
///
/// # Errors
/// Only if an alarm cannot be written, which no answer causes.
pub fn calendar(view: &View, expiry: &ExpiryAnswer) -> Result<String> {
    let b = Builder::new(view);
    let mut calendar = Calendar::empty();
    let product = format!("-//simguide//simguide {}//EN", env!("CARGO_PKG_VERSION"));
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", product.as_str()))
        .append_property(("CALSCALE", "GREGORIAN"));
    if expiry.results.is_empty() {
        calendar.append_property(("DESCRIPTION", no_date(&b, expiry).as_str()));
        let text = calendar.to_string();
        let body = text.strip_suffix(END).unwrap_or(&text);
        return Ok(fold(&format!("{body}{JAPAN}{END}")));
    }
    let mut uids: Vec<String> = Vec::new();
    for dated in &expiry.results {
        let uid = uid(expiry, dated, &uids);
        calendar.push(entry(&b, view.edition, expiry, dated, &uid)?);
        uids.push(uid);
    }
    Ok(fold(&calendar.to_string()))
}

/// The same for the same input, and no other entry's.
fn uid(expiry: &ExpiryAnswer, dated: &Dated, taken: &[String]) -> String {
    let plan = expiry.head.as_ref().map_or("", |head| head.id.as_str());
    let name = format!("{plan}-{}-{}", dated.clock, dated.date);
    let made = |number: usize| match number {
        1 => format!("{name}@simguide"),
        n => format!("{name}-{n}@simguide"),
    };
    let mut number = 1;
    while taken.contains(&made(number)) {
        number += 1;
    }
    made(number)
}

fn entry(
    b: &Builder,
    edition: Day,
    expiry: &ExpiryAnswer,
    dated: &Dated,
    uid: &str,
) -> Result<Event> {
    let stamp = format!("{}T000000Z", basic(edition));
    let summary = summary(b, expiry, dated);
    let mut event = Event::new();
    event
        .uid(uid)
        .add_property("DTSTAMP", &stamp)
        .append_property(all_day("DTSTART", dated.date))
        .summary(&summary)
        .description(&description(b, edition, expiry, dated))
        .add_property("TRANSP", "TRANSPARENT");
    // The end is the first day that no longer belongs to the entry.
    if let Some(next) = dated.date.plus_days(1) {
        event.append_property(all_day("DTEND", next));
    }
    if let Some(days) = days_before(dated) {
        // The library reads no length before an event and would write it in seconds.
        let now = Trigger::try_from(&Property::new("TRIGGER", "PT0S"));
        let now = now.map_err(|()| anyhow!("no alarm for {uid}"))?;
        let mut alarm = Alarm::display(&summary, now);
        alarm
            .add_property("TRIGGER", trigger(days))
            .uid(&format!("alarm-{uid}"))
            .add_property("DTSTAMP", &stamp);
        event.alarm(alarm);
    }
    Ok(event)
}

/// A whole day, as `20261124`.
fn all_day(key: &str, day: Day) -> Property {
    Property::new(key, basic(day))
        .add_parameter("VALUE", "DATE")
        .done()
}

fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// How many days before the date the alarm rings; none for what is over.
///
/// What cannot be undone is told a week ahead. Where fewer days are left it rings on a day that is
/// still to come, and on the day itself at the latest.
fn days_before(dated: &Dated) -> Option<i64> {
    let wanted = match dated.kind {
        ClockKind::UseBy
        | ClockKind::EnterBy
        | ClockKind::TopUpBy
        | ClockKind::PayBy
        | ClockKind::AskBy
        | ClockKind::SuspendedFrom => 3,
        ClockKind::NumberUntil => 7,
        ClockKind::BackBy => 0,
    };
    (dated.days_left >= 0).then(|| wanted.min(dated.days_left - 1).max(0))
}

/// Nine in the morning so many days before; an entry of a whole day starts at midnight.
fn trigger(days: i64) -> String {
    match days {
        0 => "PT9H".to_owned(),
        1 => "-PT15H".to_owned(),
        days => format!("-P{}DT15H", days - 1),
    }
}

/// What stands in the calendar: what it is, and for which plan.
fn summary(b: &Builder, expiry: &ExpiryAnswer, dated: &Dated) -> String {
    let plan = expiry.head.as_ref().map_or("", |head| head.name.as_str());
    let mut what = match dated.kind {
        ClockKind::SuspendedFrom | ClockKind::BackBy => b.of("then", dated.clock).to_owned(),
        ClockKind::UseBy
        | ClockKind::EnterBy
        | ClockKind::TopUpBy
        | ClockKind::PayBy
        | ClockKind::AskBy
        | ClockKind::NumberUntil => b.clock_name(dated.kind).to_owned(),
    };
    if let Some(time) = dated.time {
        let time = time.to_string();
        what = b.fill(Word::DAY_TIME, &[("day", &what), ("time", &time)]);
    }
    if dated.about {
        what = b.fill(Word::ICS_ABOUT, &[("name", &what)]);
    }
    b.fill(Word::FEE_WHEN, &[("fee", plan), ("when", &what)])
}

/// What cannot be looked up any more when the alarm rings: the rule, its pages and their dates.
fn description(b: &Builder, edition: Day, expiry: &ExpiryAnswer, dated: &Dated) -> String {
    let mut meaning = told(b, dated);
    if unofficial(&dated.sources) {
        meaning = b.call_unofficial(&meaning);
    }
    let day = when(b, dated);
    let mut lines = vec![
        b.fill(Word::FEE_WHEN, &[("fee", &day), ("when", &meaning)]),
        b.w(Word::EXPIRY_JAPAN).to_owned(),
        b.fill(Word::ICS_RULE, &[("rule", &rule(b, expiry, dated))]),
    ];
    if dated.or.is_some() {
        lines.push(b.w(Word::FIRST_DAY_UNSURE).to_owned());
    }
    if dated.about {
        lines.push(b.w(Word::EXPIRY_ABOUT).to_owned());
    }
    for cited in &dated.sources {
        let line = b.source_line(&cited.source);
        let blanks = [
            ("publisher", line.publisher.as_str()),
            ("kind", &line.kind),
            ("dated", &line.dated),
        ];
        lines.push(b.fill(Word::ICS_SOURCE, &blanks));
        lines.push(line.url.into());
    }
    if let Some(typed) = &expiry.typed {
        let edition = edition.to_string();
        let command = typed.command();
        let blanks = [("day", edition.as_str()), ("command", &command)];
        lines.push(b.fill(Word::ICS_AGAIN, &blanks));
    }
    lines.join("\n")
}

/// The rule in words, without what the first line says already.
fn rule(b: &Builder, expiry: &ExpiryAnswer, dated: &Dated) -> String {
    let all: Vec<ClockTold> = expiry
        .results
        .iter()
        .map(|dated| &dated.rule)
        .chain(expiry.undated.iter().map(|undated| &undated.told))
        .cloned()
        .collect();
    let bare = Clock {
        when: None,
        then: None,
        disputed: false,
        ..dated.rule.clock.clone()
    };
    b.clock(&bare, &all)
}

/// Lines of at most 75 octets.
///
/// The library folds too, but forgets the blank at the start of the last piece of a line.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 64);
    for line in text.split_terminator("\r\n") {
        let mut rest = line;
        let mut room = LONGEST;
        while rest.len() > room {
            let cut = (0..=room).rev().find(|at| rest.is_char_boundary(*at));
            let (piece, behind) = rest.split_at(cut.unwrap_or_default());
            folded.push_str(piece);
            folded.push_str("\r\n ");
            rest = behind;
            room = LONGEST - 1;
        }
        folded.push_str(rest);
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_and_nothing_is_lost() {
        for length in 60..320 {
            for letter in ["x", "\u{65e5}", "\u{1f4f1}"] {
                let line = letter.repeat(length / letter.len());
                let folded = fold(&format!("{line}\r\n"));
                assert!(folded.split("\r\n").all(|line| line.len() <= LONGEST));
                assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
            }
        }
    }

    #[test]
    fn the_alarm_rings_at_nine() {
        assert_eq!(trigger(0), "PT9H");
        assert_eq!(trigger(1), "-PT15H");
        assert_eq!(trigger(3), "-P2DT15H");
    }
}
