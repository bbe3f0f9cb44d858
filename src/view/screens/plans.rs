//! The screens of `plans`: the list, and everything about one plan.

use smol_str::SmolStr;

use super::renew::{lead, status, titled, way_blocks};
use crate::answer::Told;
use crate::answer::plans::{
    ApnTold, CheckTold, PlanAnswer, PlanRow, PlanTold, PlansAnswer, RestoreTold, SignTold,
};
use crate::view::builder::{Builder, column, field, phrase, steps};
use crate::view::page::{Block, ColumnKind, Field, Rich, Row, Table};
use crate::view::words::list as joined;
use crate::words::Word;

fn list_lead(b: &mut Builder, plans: &PlansAnswer) {
    if let Some(read) = &plans.read_off {
        let line = if plans.results.is_empty() {
            b.w(Word::READ_NONE).to_owned()
        } else if let Some(digits) = &read.iccid {
            b.fill(Word::READ_ICCID, &[("digits", digits)])
        } else {
            b.fill(
                Word::READ_CODE,
                &[("code", read.code.as_deref().unwrap_or_default())],
            )
        };
        b.say(Rich::plain(line));
        b.say(Rich::plain(b.w(Word::READ_WHERE)));
        return;
    }
    let line = if plans.results.is_empty() {
        b.w(Word::PLANS_NONE).to_owned()
    } else {
        b.fill(Word::PLANS_LEAD, &[("n", &plans.results.len().to_string())])
    };
    b.say(Rich::plain(line));
}

fn list_rows(b: &mut Builder, plans: &PlansAnswer) -> Table {
    let read = plans.read_off.is_some();
    let mut rows: Vec<Row> = Vec::new();
    for plan in &plans.results {
        rows.push(Row::Cells(cells(b, plan, read)));
    }
    let mut head = vec![
        column(b.w(Word::COL_PLAN), ColumnKind::Name),
        column(b.w(Word::COL_NAME), ColumnKind::Short),
        column(b.w(Word::COL_TYPE), ColumnKind::Short),
        column(b.w(Word::COL_STATUS), ColumnKind::Short),
    ];
    if read {
        head.push(column(b.w(Word::COL_SIGN), ColumnKind::Short));
    }
    Table { head, rows }
}

fn cells(b: &mut Builder, plan: &PlanRow, read: bool) -> Vec<Rich> {
    let state = match (plan.status, &plan.ended) {
        (Some("ended"), Some(day)) => format!("{} {day}", b.w(Word::STATUS_ENDED)),
        (Some(word), _) => b.of("status", word).to_owned(),
        (None, _) => b.w(Word::UNKNOWN).to_owned(),
    };
    let mut kind = vec![b.of("card", plan.kind).to_owned()];
    kind.extend(plan.form.iter().map(|form| b.of("form", form).to_owned()));
    let mut cells = vec![
        Rich::plain(plan.id.clone()),
        Rich::plain(plan.name.clone()),
        Rich::plain(joined(b.lang, &kind)),
        Rich::plain(state),
    ];
    if read {
        let signs: Vec<SmolStr> = plan
            .signs
            .iter()
            .filter_map(|sign| sign.iccid.clone().or(sign.code.clone()))
            .collect();
        let sources: Vec<crate::answer::Cited> = plan
            .signs
            .iter()
            .flat_map(|sign| sign.sources.clone())
            .collect();
        cells.push(b.rich(joined(b.lang, &signs), &sources));
    }
    cells
}

fn list_next(b: &mut Builder, plans: &PlansAnswer) {
    match plans.results.first() {
        Some(plan) => b.next(format!("simguide plans {}", plan.id)),
        None => b.next("simguide plans"),
    }
    b.next(format!("simguide plans --code {}", b.w(Word::EXAMPLE_CODE)));
}

/// Everything about one plan on one page.
pub(super) fn one(b: &mut Builder, answer: &PlanAnswer) {
    for plan in &answer.results {
        told(b, plan);
    }
}

fn told(b: &mut Builder, plan: &PlanTold) {
    lead(b, &plan.head);
    status(b, &plan.head);
    if let Some(line) = b.age_line(&plan.all_sources) {
        b.say(Rich::plain(line));
    }
    let fields = facts(b, plan);
    b.part(None, vec![Block::Fields(fields)]);
    ways(b, plan);
    let fields = b.clock_fields(&plan.clocks);
    b.part(Some(Word::HEAD_CLOCKS), vec![Block::Fields(fields)]);
    let restore = plan
        .restore
        .iter()
        .map(|restore| of_restore(b, restore, false))
        .collect();
    b.part(Some(Word::HEAD_RESTORE), restore);
    let contacts = plan
        .contacts
        .iter()
        .map(|contact| b.contact(contact))
        .collect();
    b.part(Some(Word::HEAD_CONTACTS), vec![Block::Bullets(contacts)]);
    let signs = plan.recognise.iter().map(|sign| of_sign(b, sign)).collect();
    b.part(Some(Word::HEAD_RECOGNISE), vec![Block::Bullets(signs)]);
    let checks = plan.checks.iter().map(|check| of_check(b, check)).collect();
    b.part(Some(Word::HEAD_CHECKS), checks);
    let apns = plan.apns.iter().map(|apn| of_apn(b, apn)).collect();
    b.part(Some(Word::HEAD_APNS), apns);
    let notes: Vec<Told> = plan
        .notes
        .iter()
        .map(|note| Told {
            text: note.text.clone(),
            sources: note.sources.clone(),
        })
        .collect();
    b.careful(&notes);
    b.next(format!("simguide renew --plan {}", plan.row.id));
    if !plan.clocks.is_empty() {
        b.next(format!("simguide expiry {}", plan.row.id));
    }
    b.next(format!("simguide restore {}", plan.row.id));
}

pub(in crate::view) fn facts(b: &mut Builder, plan: &PlanTold) -> Vec<Field> {
    let row = &plan.row;
    let plain = |b: &Builder, text: Option<&str>| match text {
        Some(text) => Rich::plain(text),
        None => b.unknown(),
    };
    let forms: Vec<String> = row
        .form
        .iter()
        .map(|form| b.of("form", form).to_owned())
        .collect();
    let kind = format!(
        "{}{}{}",
        b.of("card", row.kind),
        if b.lang == crate::lang::Lang::En {
            ", "
        } else {
            "\u{3001}"
        },
        joined(b.lang, &forms)
    );
    let customers: Vec<String> = row
        .r#for
        .iter()
        .map(|customer| b.of("customer", customer).to_owned())
        .collect();
    let state = row.status.map(|word| b.of("status", word));
    let sms = plan.sms.map(|word| b.of("sms", word));
    let calls = plan.calls.map(|calls| {
        if calls {
            b.w(Word::CALLS_TRUE)
        } else {
            b.w(Word::CALLS_FALSE)
        }
    });
    let slow = match plan.kbps_after_data {
        None => b.unknown(),
        Some(0) => Rich::plain(b.w(Word::AFTER_DATA_STOP)),
        Some(kbps) => Rich::plain(b.fill(Word::AFTER_DATA_SLOW, &[("n", &kbps.to_string())])),
    };
    let name = b.sure(format!("{} ({})", row.name, row.id), &row.sources);
    let mut fields = vec![
        field(b.w(Word::COL_PLAN), vec![name]),
        field(
            b.w(Word::LABEL_CARRIER),
            vec![Rich::plain(row.carrier_name.clone())],
        ),
        field(b.w(Word::LABEL_KIND), vec![Rich::plain(kind)]),
        field(
            b.w(Word::LABEL_NETWORK),
            vec![Rich::plain(b.of("network", row.network))],
        ),
        field(b.w(Word::LABEL_STATUS), vec![plain(b, state)]),
        field(
            b.w(Word::LABEL_FOR),
            vec![Rich::plain(joined(b.lang, &customers))],
        ),
        field(b.w(Word::LABEL_CALLS), vec![plain(b, calls)]),
        field(b.w(Word::LABEL_SMS), vec![plain(b, sms)]),
        field(b.w(Word::LABEL_AFTER_DATA), vec![slow]),
    ];
    if !plan.packs.is_empty() {
        let lines = plan
            .packs
            .iter()
            .map(|pack| {
                let text = b.amount(pack);
                let sources = pack
                    .pack
                    .as_ref()
                    .map(|pack| pack.sources.clone())
                    .unwrap_or_default();
                b.rich(text, &sources)
            })
            .collect();
        fields.push(field(b.w(Word::HEAD_PACKS), lines));
    }
    fields
}

fn ways(b: &mut Builder, plan: &PlanTold) {
    let mut blocks = Vec::new();
    for way in &plan.ways {
        let title = titled(b, way);
        let title = b.rich(&title, way.own_sources());
        let blocks_of_way = way_blocks(b, way);
        blocks.push(Block::Under {
            title,
            blocks: blocks_of_way,
        });
    }
    let mut fields = Vec::new();
    if !plan.closed.is_empty() {
        let lines = plan
            .closed
            .iter()
            .map(|closed| {
                let why = closed.why.clone().unwrap_or_default();
                let text = b.fill(
                    Word::FEE_WHEN,
                    &[("fee", &closed.channel.name), ("when", &why)],
                );
                b.rich(&text, &closed.sources)
            })
            .collect();
        fields.push(field(b.w(Word::LABEL_NO), lines));
    }
    if !plan.silent.is_empty() {
        let names: Vec<SmolStr> = plan
            .silent
            .iter()
            .map(|channel| channel.name.clone())
            .collect();
        fields.push(field(
            b.w(Word::LABEL_SILENT),
            vec![Rich::plain(joined(b.lang, &names))],
        ));
    }
    blocks.push(Block::Fields(fields));
    b.part(Some(Word::HEAD_WAYS), blocks);
}

/// How a stopped line comes back, with its steps; `said` where the verdict told the answer.
pub(super) fn of_restore(b: &mut Builder, restore: &RestoreTold, said: bool) -> Block {
    let case = b.of("stopped", restore.stopped);
    let title = if said {
        Rich::plain(case)
    } else {
        let title = b.fill(Word::FEE_WHEN, &[("fee", case), ("when", &restore.answer)]);
        b.rich(&title, &restore.sources)
    };
    let mut blocks = vec![Block::Steps(
        restore.steps.iter().cloned().map(Rich::plain).collect(),
    )];
    blocks.extend(restore.say.iter().map(phrase));
    let blocks: Vec<Block> = blocks
        .into_iter()
        .filter(|block| !matches!(block, Block::Steps(lines) if lines.is_empty()))
        .collect();
    if blocks.is_empty() {
        return Block::Lines(vec![title]);
    }
    Block::Under { title, blocks }
}

pub(in crate::view) fn of_sign(b: &mut Builder, sign: &SignTold) -> Rich {
    let mut parts = Vec::new();
    if let Some(code) = &sign.code {
        parts.push(b.fill(
            Word::FEE_WHEN,
            &[("fee", b.w(Word::LABEL_CODE)), ("when", code)],
        ));
    }
    if let Some(iccid) = &sign.iccid {
        parts.push(b.fill(
            Word::FEE_WHEN,
            &[("fee", b.w(Word::LABEL_ICCID)), ("when", iccid)],
        ));
    }
    parts.extend(sign.text.iter().map(SmolStr::to_string));
    let mut text = parts.first().cloned().unwrap_or_default();
    for more in &parts[1..] {
        text = b.fill(Word::JOINED, &[("a", &text), ("b", more)]);
    }
    b.rich(&text, &sign.sources)
}

pub(in crate::view) fn of_check(b: &mut Builder, check: &CheckTold) -> Block {
    let title = b.rich(check.title.clone(), &check.sources);
    let internet = match check.internet {
        Some(word) => b.of("internet", word).to_owned(),
        None => b.w(Word::UNKNOWN).to_owned(),
    };
    let mut fields = vec![field(
        b.w(Word::LABEL_INTERNET),
        vec![Rich::plain(internet)],
    )];
    if let Some(screens) = &check.screens
        && !screens.is_empty()
    {
        fields.push(field(
            b.w(Word::LABEL_SCREENS),
            vec![Rich::plain(b.languages(screens))],
        ));
    }
    if !check.steps.is_empty() {
        fields.push(steps(
            b.w(Word::LABEL_STEPS),
            check.steps.iter().cloned().map(Rich::plain).collect(),
        ));
    }
    Block::Under {
        title,
        blocks: vec![Block::Fields(fields)],
    }
}

pub(in crate::view) fn of_apn(b: &mut Builder, apn: &ApnTold) -> Block {
    let title = b.rich(format!("APN {}", apn.apn), &apn.sources);
    let value = |b: &Builder, value: &Option<SmolStr>| match value {
        None => b.unknown(),
        Some(value) if value.is_empty() => Rich::plain(b.w(Word::EMPTY_FIELD)),
        Some(value) => Rich::plain(value.clone()),
    };
    let mut fields = vec![
        field(b.w(Word::LABEL_USER), vec![value(b, &apn.username)]),
        field(b.w(Word::LABEL_PASSWORD), vec![value(b, &apn.password)]),
        field(b.w(Word::LABEL_AUTH), vec![value(b, &apn.auth)]),
    ];
    if let Some(text) = &apn.text {
        fields.push(field(
            b.w(Word::TOPIC_OTHER),
            vec![Rich::plain(text.clone())],
        ));
    }
    Block::Under {
        title,
        blocks: vec![Block::Fields(fields)],
    }
}

/// Builds the page of the list.
pub(super) fn list(b: &mut Builder, plans: &PlansAnswer) {
    list_lead(b, plans);
    let table = list_rows(b, plans);
    b.part(None, vec![Block::Table(table)]);
    list_next(b, plans);
}
