//! The screens of `restore`.

use super::plans::of_restore;
use super::renew::{status, titled, way_blocks};
use crate::answer::restore::{PlanRestore, RestoreAnswer};
use crate::knowledge::clock::ClockKind;
use crate::view::builder::{Builder, column};
use crate::view::page::{Block, ColumnKind, Rich, Row, Table};
use crate::words::Word;

/// Builds the page.
pub(super) fn build(b: &mut Builder, restore: &RestoreAnswer) {
    if restore.one {
        for plan in &restore.results {
            one(b, plan);
        }
        return;
    }
    b.say(Rich::plain(b.w(Word::RESTORE_LEAD)));
    let general = b.all(&restore.general);
    b.part(Some(Word::RESTORE_GENERAL), vec![Block::Bullets(general)]);
    let mut rows = Vec::new();
    for plan in &restore.results {
        match plan.restore.first() {
            None => rows.push(Row::Cells(vec![
                Rich::plain(plan.plan.clone()),
                Rich::default(),
                b.unknown(),
            ])),
            Some(first) => {
                let answer = b.rich(first.answer.clone(), &first.sources);
                rows.push(Row::Cells(vec![
                    Rich::plain(plan.plan.clone()),
                    Rich::plain(b.of("stopped", first.stopped)),
                    answer,
                ]));
            }
        }
    }
    let head = vec![
        column(b.w(Word::COL_PLAN), ColumnKind::Name),
        column(b.w(Word::COL_STOPPED), ColumnKind::Short),
        column(b.w(Word::COL_ANSWER), ColumnKind::Prose),
    ];
    b.part(None, vec![Block::Table(Table { head, rows })]);
    b.next(format!("simguide restore {}", b.w(Word::EXAMPLE_STOPPED)));
    b.next("simguide plans");
}

fn one(b: &mut Builder, plan: &PlanRestore) {
    if let Some(first) = plan.restore.first() {
        let line = b.rich(first.answer.clone(), &first.sources);
        b.say(line);
    } else {
        let line = b.fill(Word::RESTORE_NONE, &[("plan", &plan.plan_name)]);
        b.say(Rich::plain(line));
    }
    status(b, &plan.head);
    let cited: Vec<crate::answer::Cited> = plan
        .restore
        .iter()
        .flat_map(|restore| &restore.sources[..])
        .chain(plan.ways.iter().flat_map(|way| &way.sources[..]))
        .cloned()
        .collect();
    if let Some(line) = b.age_line(&cited) {
        b.say(Rich::plain(line));
    }
    let blocks = plan
        .restore
        .iter()
        .enumerate()
        .map(|(at, restore)| of_restore(b, restore, at == 0))
        .collect();
    b.part(Some(Word::HEAD_STEPS), blocks);
    ways(b, plan);
    let back: Vec<_> = plan
        .clocks
        .iter()
        .filter(|told| told.clock.clock == ClockKind::BackBy)
        .cloned()
        .collect();
    if back.is_empty() {
        b.part(
            Some(Word::HEAD_BACK),
            vec![Block::Lines(vec![Rich::plain(b.w(Word::BACK_UNKNOWN))])],
        );
    } else {
        let fields = b.clock_fields(&back);
        b.part(Some(Word::HEAD_BACK), vec![Block::Fields(fields)]);
    }
    let until: Vec<_> = plan
        .clocks
        .iter()
        .filter(|told| told.clock.clock != ClockKind::BackBy)
        .cloned()
        .collect();
    let fields = b.clock_fields(&until);
    b.part(Some(Word::HEAD_CLOCKS), vec![Block::Fields(fields)]);
    let contacts = plan
        .contacts
        .iter()
        .map(|contact| b.contact(contact))
        .collect();
    b.part(Some(Word::HEAD_CALL), vec![Block::Bullets(contacts)]);
    b.careful(&plan.cautions);
    if !plan.clocks.is_empty() {
        b.next(format!("simguide expiry {}", plan.plan));
    }
    b.next(format!("simguide renew --plan {}", plan.plan));
    b.next(format!("simguide phrases {}", b.w(Word::EXAMPLE_RESUME)));
}

fn ways(b: &mut Builder, plan: &PlanRestore) {
    if plan.ways.is_empty() {
        b.part(
            Some(Word::HEAD_HOW_PAY),
            vec![Block::Lines(vec![Rich::plain(b.w(Word::NO_WAYS))])],
        );
        return;
    }
    let mut blocks = Vec::new();
    for (at, way) in plan.ways.iter().enumerate() {
        let title = titled(b, way);
        let title = b.rich(format!("{}  {title}", at + 1), way.own_sources());
        let inner = way_blocks(b, way);
        blocks.push(Block::Under {
            title,
            blocks: inner,
        });
    }
    b.part(Some(Word::HEAD_HOW_PAY), blocks);
}
