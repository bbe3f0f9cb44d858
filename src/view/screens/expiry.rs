//! The screen of `expiry`: a timeline, then what has no date.

use super::renew::status;
use crate::answer::expiry::{Dated, ExpiryAnswer, Undated};
use crate::answer::renew::ClockTold;
use crate::answer::unofficial;
use crate::knowledge::clock::ClockKind;
use crate::knowledge::reckon::Missing;
use crate::query::names::flag_of;
use crate::view::builder::{Builder, column};
use crate::view::page::{Block, ColumnKind, Rich, Row, Table};
use crate::view::words::list;
use crate::words::Word;

/// Builds the page.
pub(super) fn build(b: &mut Builder, expiry: &ExpiryAnswer) {
    let Some(head) = &expiry.head else { return };
    verdict(b, expiry);
    status(b, head);
    let rows = expiry.results.iter().map(|dated| row(b, dated)).collect();
    let table = Table {
        head: vec![
            column(b.w(Word::COL_DATE), ColumnKind::Name),
            column(b.w(Word::COL_DAYS), ColumnKind::Number),
            column(b.w(Word::COL_THEN), ColumnKind::Prose),
        ],
        rows,
    };
    b.part(Some(Word::HEAD_TIMELINE), vec![Block::Table(table)]);
    undated(b, expiry);
    careful(b, expiry);
    b.next(format!("simguide renew --plan {}", head.id));
    if let (Some(typed), false) = (&expiry.typed, expiry.results.is_empty()) {
        b.next(format!("{} --format ics", typed.command()));
    }
}

/// Why there is no date.
pub(in crate::view) fn no_date(b: &Builder, expiry: &ExpiryAnswer) -> String {
    if expiry.undated.is_empty() {
        let plan = expiry.head.as_ref().map_or("", |head| head.name.as_str());
        b.fill(Word::EXPIRY_NONE, &[("plan", plan)])
    } else {
        b.w(Word::EXPIRY_WORDS).to_owned()
    }
}

/// The first date that is not over, or the last that is.
fn verdict(b: &mut Builder, expiry: &ExpiryAnswer) {
    let first = expiry
        .results
        .iter()
        .find(|dated| dated.days_left >= 0)
        .or(expiry.results.last());
    let Some(dated) = first else {
        let line = no_date(b, expiry);
        return b.say(Rich::plain(line));
    };
    let what = b.clock_name(dated.kind);
    let day = when(b, dated);
    let days = dated.days_left.abs().to_string();
    let blanks = [("what", what), ("day", day.as_str()), ("n", days.as_str())];
    let line = match dated.days_left {
        0 => b.fill(Word::EXPIRY_TODAY, &blanks),
        1 => b.fill(Word::EXPIRY_LEFT_ONE, &blanks),
        n if n < 0 => b.fill(Word::EXPIRY_OVER, &blanks),
        _ => b.fill(Word::EXPIRY_LEFT, &blanks),
    };
    let line = b.rich(&line, &dated.sources);
    b.say(line);
    if let Some(case) = &dated.when {
        b.say(Rich::plain(b.fill(Word::EXPIRY_CASE, &[("when", case)])));
    }
    if expiry
        .results
        .iter()
        .all(|dated| unofficial(&dated.sources))
    {
        b.say(Rich::plain(b.w(Word::EXPIRY_UNOFFICIAL)));
    }
}

/// Words with the case in which they hold behind them.
fn in_case(b: &Builder, dated: &Dated, text: &str) -> String {
    match &dated.when {
        Some(case) => b.fill(Word::TITLED, &[("title", text), ("verdict", case)]),
        None => text.to_owned(),
    }
}

/// The date as it is printed: "about" behind it, a time behind it.
pub(in crate::view) fn when(b: &Builder, dated: &Dated) -> String {
    let day = dated.date.to_string();
    if let Some(time) = dated.time {
        return b.fill(
            Word::DAY_TIME,
            &[("day", &day), ("time", &time.to_string())],
        );
    }
    if dated.about {
        return b.fill(Word::DAY_ABOUT, &[("day", &day)]);
    }
    day
}

fn row(b: &mut Builder, dated: &Dated) -> Row {
    let left = match dated.days_left {
        0 => b.w(Word::TODAY).to_owned(),
        n => n.to_string(),
    };
    let text = told(b, dated);
    let text = b.rich(&text, &dated.sources);
    Row::Cells(vec![Rich::plain(when(b, dated)), Rich::plain(left), text])
}

/// What a date means and what happens then.
pub(in crate::view) fn told(b: &Builder, dated: &Dated) -> String {
    let name = in_case(b, dated, b.clock_name(dated.kind));
    let then = dated.then.trim_end_matches(['.', '\u{3002}']);
    let mut text = match dated.kind {
        ClockKind::SuspendedFrom | ClockKind::BackBy => in_case(b, dated, then),
        ClockKind::UseBy
        | ClockKind::EnterBy
        | ClockKind::TopUpBy
        | ClockKind::PayBy
        | ClockKind::AskBy
        | ClockKind::NumberUntil => b.fill(Word::AFTER_IT, &[("name", &name), ("then", then)]),
    };
    let mut add = |more: String| {
        text = b.fill(Word::JOINED, &[("a", &text), ("b", &more)]);
    };
    if let Some(until) = dated.until {
        add(b.fill(Word::DAY_RANGE, &[("day", &until.to_string())]));
    }
    if let Some(opens) = dated.opens {
        add(b.fill(Word::DAY_OPENS, &[("day", &opens.to_string())]));
    }
    if let Some(or) = dated.or {
        add(b.fill(Word::OR_LATER, &[("day", &or.to_string())]));
    }
    if dated.disputed {
        add(b.w(Word::DISPUTED).to_owned());
    }
    text
}

/// Clocks without a date: in words, with the flag that would date them.
fn undated(b: &mut Builder, expiry: &ExpiryAnswer) {
    let all: Vec<ClockTold> = expiry
        .undated
        .iter()
        .map(|undated| undated.told.clone())
        .collect();
    let lines = expiry
        .undated
        .iter()
        .map(|undated| {
            let rule = b.clock(&undated.told.clock, &all);
            let name = b.clock_name(undated.told.clock.clock);
            let mut text = b.fill(Word::FEE_WHEN, &[("fee", name), ("when", &rule)]);
            if let Some(more) = wanted(b, undated) {
                text = b.fill(Word::JOINED, &[("a", &text), ("b", &more)]);
            }
            b.rich(&text, &undated.told.sources)
        })
        .collect();
    b.part(Some(Word::HEAD_WORDS), vec![Block::Bullets(lines)]);
}

fn wanted(b: &Builder, undated: &Undated) -> Option<String> {
    match undated.missing? {
        Missing::Event(event) => {
            flag_of(event).map(|flag| b.fill(Word::EXPIRY_FLAG, &[("flag", flag)]))
        }
        Missing::Pack if !undated.packs.is_empty() => {
            let packs = list(b.lang, &undated.packs);
            Some(b.fill(Word::EXPIRY_PACK, &[("packs", &packs)]))
        }
        Missing::Pack | Missing::Clock(_) | Missing::Rule | Missing::Beyond => None,
    }
}

fn careful(b: &mut Builder, expiry: &ExpiryAnswer) {
    let mut lines = vec![Rich::plain(b.w(Word::EXPIRY_JAPAN))];
    if expiry.rest_untold {
        lines.push(Rich::plain(b.w(Word::EXPIRY_NO_LEFT)));
    }
    if expiry.results.iter().any(|dated| dated.or.is_some()) {
        lines.push(Rich::plain(b.w(Word::FIRST_DAY_UNSURE)));
    }
    if expiry.results.iter().any(|dated| dated.about) {
        lines.push(Rich::plain(b.w(Word::EXPIRY_ABOUT)));
    }
    for told in &expiry.cautions {
        let line = b.told(told);
        lines.push(line);
    }
    let cited: Vec<crate::answer::Cited> = expiry
        .results
        .iter()
        .flat_map(|dated| dated.sources.clone())
        .collect();
    if let Some(age) = b.age_line(&cited) {
        lines.push(Rich::plain(age));
    }
    b.part(Some(Word::HEAD_CAREFUL), vec![Block::Bullets(lines)]);
}
