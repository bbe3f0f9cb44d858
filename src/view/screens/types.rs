//! The screens of `types`.

use crate::answer::Told;
use crate::answer::types::{TypeTold, TypesAnswer};
use crate::view::builder::{Builder, column};
use crate::view::page::{Block, ColumnKind, Rich, Row, Table};
use crate::words::Word;

/// Builds the page.
pub(super) fn build(b: &mut Builder, types: &TypesAnswer) {
    if types.one {
        for told in &types.results {
            one(b, told);
        }
    } else {
        all(b, types);
    }
    b.careful(&types.cautions);
    for told in &types.results {
        if !types.one {
            b.next(format!("simguide types {}", told.id));
        }
    }
    b.next("simguide renew --type prepaid --channel konbini");
}

type Fact = fn(&TypeTold) -> &Option<Told>;

const ROWS: [(Word, Fact); 7] = [
    (Word::ROW_WHAT, |told| &told.what),
    (Word::ROW_SUITS, |told| &told.suits),
    (Word::ROW_PAPERS, |told| &told.papers),
    (Word::ROW_RENEW, |told| &told.renew),
    (Word::ROW_OFFLINE, |told| &told.offline),
    (Word::ROW_CASH, |told| &told.cash),
    (Word::ROW_STOPPED, |told| &told.stopped),
];

/// The types side by side: one row a fact.
fn all(b: &mut Builder, types: &TypesAnswer) {
    b.say(Rich::plain(b.w(Word::TYPES_LEAD)));
    let mut head = vec![column("", ColumnKind::Name)];
    for told in &types.results {
        let name = if told.id == told.name {
            told.id.to_owned()
        } else {
            format!("{} {}", told.id, told.name)
        };
        head.push(column(&name, ColumnKind::Short));
    }
    let mut rows = Vec::new();
    for (word, fact) in ROWS {
        let mut cells = vec![Rich::plain(b.w(word))];
        for told in &types.results {
            cells.push(sentence(b, fact(told).as_ref()));
        }
        rows.push(Row::Cells(cells));
    }
    let mut cells = vec![Rich::plain(b.w(Word::ROW_PLANS))];
    for told in &types.results {
        cells.push(Rich::plain(
            b.fill(Word::COUNT_PLANS, &[("n", &told.plans.to_string())]),
        ));
    }
    rows.push(Row::Cells(cells));
    b.part(None, vec![Block::Table(Table { head, rows })]);
}

fn sentence(b: &mut Builder, told: Option<&Told>) -> Rich {
    match told {
        Some(told) => b.told(told),
        None => b.unknown(),
    }
}

fn one(b: &mut Builder, told: &TypeTold) {
    let what = sentence(b, told.what.as_ref());
    let head = b.fill(Word::FEE_WHEN, &[("fee", &told.name), ("when", &what.text)]);
    b.say(Rich {
        text: head.into(),
        marks: what.marks,
    });
    let fields = ROWS[1..]
        .iter()
        .map(|(word, fact)| {
            crate::view::builder::field(b.w(*word), vec![sentence(b, fact(told).as_ref())])
        })
        .collect();
    b.part(None, vec![Block::Fields(fields)]);
    for (heading, list, numbered) in [
        (Word::HEAD_STEPS, &told.steps, true),
        (Word::HEAD_GOOD, &told.good, false),
        (Word::HEAD_LIMITS, &told.limits, false),
        (Word::HEAD_NEEDS, &told.needs, false),
    ] {
        let lines = b.all(list);
        let block = if numbered {
            Block::Steps(lines)
        } else {
            Block::Bullets(lines)
        };
        b.part(Some(heading), vec![block]);
    }
    if !told.plan_ids.is_empty() {
        let line = told.plan_ids.join("  ");
        b.part(
            Some(Word::HEAD_PLANS),
            vec![Block::Lines(vec![Rich::plain(line)])],
        );
    }
    b.next(format!("simguide renew --type {}", told.id));
}
