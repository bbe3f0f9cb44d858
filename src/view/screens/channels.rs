//! The screens of `channels`.

use smol_str::SmolStr;

use crate::answer::channels::{ChannelTold, ChannelsAnswer, CounterTold};
use crate::view::builder::{Builder, column, field, phrase, steps};
use crate::view::page::{Block, ColumnKind, Rich, Row, Table};
use crate::view::words::list;
use crate::words::Word;

/// Builds the page.
pub(super) fn build(b: &mut Builder, channels: &ChannelsAnswer) {
    if channels.one {
        for told in &channels.results {
            one(b, told, channels);
        }
        return;
    }
    b.say(Rich::plain(b.w(Word::CHANNELS_LEAD)));
    let mut rows = Vec::new();
    for told in &channels.results {
        let about = b.told(&told.about);
        rows.push(Row::Cells(vec![
            Rich::plain(told.id),
            Rich::plain(told.plans.to_string()),
            Rich::plain(told.cash.to_string()),
            about,
        ]));
    }
    let head = vec![
        column(b.w(Word::COL_CHANNEL), ColumnKind::Name),
        column(b.w(Word::COL_PLANS), ColumnKind::Number),
        column(b.w(Word::COL_CASH), ColumnKind::Number),
        column(b.w(Word::COL_WHAT), ColumnKind::Prose),
    ];
    b.part(None, vec![Block::Table(Table { head, rows })]);
    b.next("simguide channels konbini");
    b.next("simguide renew --type prepaid --channel konbini");
}

fn one(b: &mut Builder, told: &ChannelTold, channels: &ChannelsAnswer) {
    let about = b.told(&told.about);
    b.say(about);
    let mut fields = Vec::new();
    match &channels.chain {
        Some(chain) => fields.push(field(
            b.w(Word::LABEL_CHAINS),
            vec![Rich::plain(format!("{} ({})", chain.name, chain.id))],
        )),
        None if !told.chains.is_empty() => {
            let names: Vec<SmolStr> = told.chains.iter().map(|chain| chain.id.clone()).collect();
            fields.push(field(
                b.w(Word::LABEL_CHAINS),
                vec![Rich::plain(list(b.lang, &names))],
            ));
        }
        None => {}
    }
    if !told.plan_ids.is_empty() {
        fields.push(field(
            b.w(Word::HEAD_PLANS),
            vec![Rich::plain(told.plan_ids.join("  "))],
        ));
    }
    b.part(None, vec![Block::Fields(fields)]);
    for guide in &told.guides {
        let mut blocks = vec![Block::Lines(vec![b.told(&guide.answer)])];
        blocks.push(Block::Steps(b.all(&guide.steps)));
        let heading = b.of("card", guide.r#type).to_owned();
        b.named_part(Some(heading.into()), blocks);
    }
    let counters = told
        .counters
        .iter()
        .map(|counter| of_counter(b, counter))
        .collect();
    b.part(Some(Word::HEAD_HERE), counters);
    let fields = b.clock_fields(&told.clocks);
    b.part(Some(Word::HEAD_CLOCKS), vec![Block::Fields(fields)]);
    b.careful(&told.cautions);
    b.next(format!("simguide renew --channel {}", told.id));
    b.next(format!("simguide phrases --channel {}", told.id));
}

pub(in crate::view) fn of_counter(b: &mut Builder, counter: &CounterTold) -> Block {
    let by: Vec<String> = counter
        .by
        .iter()
        .map(|by| b.of("by", by).to_owned())
        .collect();
    let mut title = list(b.lang, &by);
    if !counter.chains.is_empty() {
        let names: Vec<SmolStr> = counter
            .chains
            .iter()
            .map(|chain| chain.name.clone())
            .collect();
        let names = list(b.lang, &names);
        title = b.fill(Word::FEE_WHEN, &[("fee", &names), ("when", &title)]);
    }
    let title = b.rich(&title, &counter.sources);
    let mut fields = Vec::new();
    let names = |named: &[crate::answer::Named]| {
        let names: Vec<SmolStr> = named.iter().map(|named| named.name.clone()).collect();
        list(b.lang, &names)
    };
    let mut pay = Vec::new();
    if !counter.taken.is_empty() {
        pay.push(Rich::plain(names(&counter.taken)));
    }
    if !counter.sometimes.is_empty() {
        pay.push(Rich::plain(b.fill(
            Word::PAY_SOMETIMES,
            &[("name", &names(&counter.sometimes))],
        )));
    }
    if !pay.is_empty() {
        fields.push(field(b.w(Word::LABEL_PAY), pay));
    }
    if !counter.refused.is_empty() {
        fields.push(field(
            b.w(Word::LABEL_REFUSED),
            vec![Rich::plain(names(&counter.refused))],
        ));
    }
    if !counter.amounts.is_empty() {
        let amounts: Vec<String> = counter
            .amounts
            .iter()
            .map(|amount| b.amount(amount))
            .collect();
        fields.push(field(
            b.w(Word::LABEL_AMOUNTS),
            vec![Rich::plain(list(b.lang, &amounts))],
        ));
    }
    if let Some(screens) = &counter.screens
        && !screens.is_empty()
    {
        fields.push(field(
            b.w(Word::LABEL_SCREENS),
            vec![Rich::plain(b.languages(screens))],
        ));
    }
    if !counter.steps.is_empty() {
        let lines = counter.steps.iter().cloned().map(Rich::plain).collect();
        fields.push(steps(b.w(Word::LABEL_STEPS), lines));
    }
    let mut blocks = vec![Block::Fields(fields)];
    blocks.extend(counter.say.iter().map(phrase));
    Block::Under { title, blocks }
}
