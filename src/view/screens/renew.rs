//! The screens of `renew`: one line a channel, a table of plans, or one plan in full.

use smol_str::SmolStr;

use crate::answer::renew::{ClockTold, PlanLine, RenewAnswer, Screen, Shape};
use crate::answer::way::{PaymentTold, WayTold};
use crate::answer::{Cited, Named, Said, Told, Verdict};
use crate::view::builder::{Builder, column, field, phrase, steps};
use crate::view::page::{Block, ColumnKind, Field, Rich, Row, Table};
use crate::view::words::list;
use crate::words::Word;

/// The most caveats of one plan that are shown beside its ways.
const MOST_CAUTIONS: usize = 8;
/// The most where the answer is about something else.
const FEW_CAUTIONS: usize = 3;
/// The most marks behind a sentence that sums up.
const MOST_MARKS: usize = 3;
/// The most plans that are named where nothing is published.
const MOST_NAMED: usize = 8;

/// Builds the page.
pub(super) fn build(b: &mut Builder, renew: &RenewAnswer) {
    if renew.shut.is_some() {
        return shut(b, renew);
    }
    match renew.screen.shape {
        Shape::Channels => channels(b, renew),
        Shape::Plans => plans(b, renew),
        Shape::One => one(b, renew),
    }
}

/// One line a channel, least internet first.
fn channels(b: &mut Builder, renew: &RenewAnswer) {
    b.say(Rich::plain(b.w(Word::VERDICT_CHANNELS)));
    let mut rows = Vec::new();
    for channel in &renew.screen.silent {
        let here: Vec<&WayTold> = renew
            .results
            .iter()
            .filter(|way| {
                way.channel.id == channel.id
                    && matches!(way.verdict, Verdict::Yes | Verdict::Partly)
            })
            .collect();
        let plans = distinct(&here);
        let with = |id: &str| {
            let taking: Vec<&WayTold> = here
                .iter()
                .copied()
                .filter(|way| matches!(way.payment(id), Verdict::Yes | Verdict::Partly))
                .collect();
            distinct(&taking).to_string()
        };
        let offline: Vec<&WayTold> = here
            .iter()
            .copied()
            .filter(|way| way.offline() == Some(true))
            .collect();
        rows.push(Row::Cells(vec![
            Rich::plain(channel.id.clone()),
            Rich::plain(plans.to_string()),
            Rich::plain(distinct(&offline).to_string()),
            Rich::plain(with("cash")),
            Rich::plain(with("foreign-card")),
            Rich::plain(channel.name.clone()),
        ]));
    }
    let head = vec![
        column(b.w(Word::COL_CHANNEL), ColumnKind::Name),
        column(b.w(Word::COL_PLANS), ColumnKind::Number),
        column(b.w(Word::COL_OFFLINE), ColumnKind::Number),
        column(b.w(Word::COL_CASH), ColumnKind::Number),
        column(b.w(Word::COL_FOREIGN), ColumnKind::Number),
        column(b.w(Word::COL_WHAT), ColumnKind::Short),
    ];
    b.part(None, vec![Block::Table(Table { head, rows })]);
    b.next("simguide renew --type prepaid --channel konbini");
    b.next(format!("simguide renew --plan {}", b.w(Word::EXAMPLE_PLAN)));
    b.next("simguide plans");
}

fn distinct(ways: &[&WayTold]) -> usize {
    let mut plans: Vec<&str> = ways.iter().map(|way| way.plan.as_str()).collect();
    plans.sort_unstable();
    plans.dedup();
    plans.len()
}

/// A table of plans by verdict, after the generic steps.
fn plans(b: &mut Builder, renew: &RenewAnswer) {
    let screen = &renew.screen;
    let verdict = counted(b, renew);
    b.say(Rich::plain(verdict));
    if let Some(answer) = &screen.answer {
        let answer = b.told(answer);
        b.say(answer);
    }
    if screen.pay.is_empty()
        && let Some(line) = foreign_cards(b, renew)
    {
        b.say(line);
    }
    let lines = b.all(&screen.steps);
    b.part(Some(Word::HEAD_STEPS), vec![Block::Steps(lines)]);
    let (open, no): (Vec<&WayTold>, Vec<&WayTold>) = renew
        .results
        .iter()
        .partition(|way| way.verdict != Verdict::No);
    let table = table(b, &open, screen);
    let mut blocks = vec![Block::Table(table)];
    if screen.channel.is_some() && !screen.steps.is_empty() {
        blocks.push(Block::Lines(vec![Rich::plain(b.w(Word::NOT_LISTED))]));
    }
    b.part(None, blocks);
    let fields = impossible(b, &no);
    b.part(Some(Word::HEAD_NO), vec![Block::Fields(fields)]);
    if !screen.unsaid.is_empty() {
        unsaid(b, &screen.unsaid, &renew.results);
    }
    say_block(b, &screen.say);
    b.careful(&screen.cautions);
    if let Some(first) = renew.results.first() {
        b.next(format!("simguide renew --plan {}", first.plan));
    }
    if let Some(said) = screen.say.first() {
        b.next(format!("simguide phrases {}", said.id));
    }
}

/// The verdict of a table in one sentence.
fn counted(b: &Builder, renew: &RenewAnswer) -> String {
    let count = |verdict: Verdict| {
        let ways: Vec<&WayTold> = renew
            .results
            .iter()
            .filter(|way| way.verdict == verdict)
            .collect();
        distinct(&ways)
    };
    let pick = |n: usize, many: Word, one: Word| {
        if n == 1 {
            b.w(one).to_owned()
        } else {
            b.fill(many, &[("n", &n.to_string())])
        }
    };
    if renew.results.is_empty() {
        return b.w(Word::VERDICT_NONE).to_owned();
    }
    match renew.verdict {
        Verdict::Yes => pick(
            count(Verdict::Yes),
            Word::VERDICT_PLANS_YES,
            Word::VERDICT_PLAN_YES,
        ),
        Verdict::Partly => pick(
            count(Verdict::Partly),
            Word::VERDICT_PLANS_PARTLY,
            Word::VERDICT_PLAN_PARTLY,
        ),
        Verdict::Unknown => b.w(Word::VERDICT_PLANS_UNKNOWN).to_owned(),
        Verdict::No => b.w(Word::VERDICT_PLANS_NO).to_owned(),
    }
}

/// The rows of ways under their verdicts.
fn table(b: &mut Builder, ways: &[&WayTold], screen: &Screen) -> Table {
    let mut rows = Vec::new();
    let mut group: Option<Word> = None;
    for way in ways {
        let own = heading(way);
        if group != Some(own) {
            group = Some(own);
            rows.push(Row::Group(SmolStr::new_static(b.w(own))));
        }
        rows.push(Row::Cells(cells(b, way, screen)));
    }
    let head = vec![
        column(b.w(Word::COL_PLAN), ColumnKind::Name),
        column(b.w(Word::COL_WAY), ColumnKind::Short),
        column(b.w(Word::COL_PAY), ColumnKind::Short),
        column(b.w(Word::COL_AMOUNTS), ColumnKind::Short),
        column(b.w(Word::COL_SOURCE), ColumnKind::Marks),
    ];
    Table { head, rows }
}

fn cells(b: &mut Builder, way: &WayTold, screen: &Screen) -> Vec<Rich> {
    let title = if screen.channel.is_none() {
        b.fill(
            Word::TITLED,
            &[("title", &way.title), ("verdict", &way.channel.id)],
        )
    } else {
        way.title.to_string()
    };
    let title = if crate::answer::unofficial(way.own_sources()) {
        b.call_unofficial(&title)
    } else {
        title
    };
    let pay = short_payments(b, way, &screen.pay);
    let amounts = b
        .amounts_short(way)
        .unwrap_or_else(|| b.w(Word::UNKNOWN).to_owned());
    vec![
        Rich::plain(way.plan.clone()),
        Rich::plain(title),
        Rich::plain(pay),
        Rich::plain(amounts),
        b.sure("", way.own_sources()),
    ]
}

/// The recorded "no" of plans, those with one reason together.
fn impossible(b: &mut Builder, no: &[&WayTold]) -> Vec<Field> {
    let mut fields: Vec<(Vec<SmolStr>, &WayTold)> = Vec::new();
    for way in no {
        match fields.iter_mut().find(|(_, other)| other.why == way.why) {
            Some((plans, _)) => plans.push(way.plan.clone()),
            None => fields.push((vec![way.plan.clone()], way)),
        }
    }
    fields
        .into_iter()
        .map(|(plans, way)| {
            let why = b.rich(way.why.as_deref().unwrap_or_default(), way.own_sources());
            field(plans.join(" "), vec![why])
        })
        .collect()
}

/// Whether cards from abroad are taken, in one line over all ways that work.
fn foreign_cards(b: &mut Builder, renew: &RenewAnswer) -> Option<Rich> {
    let open: Vec<&WayTold> = renew
        .results
        .iter()
        .filter(|way| matches!(way.verdict, Verdict::Yes | Verdict::Partly))
        .collect();
    if open.is_empty() {
        return None;
    }
    let taking: Vec<&WayTold> = open
        .iter()
        .copied()
        .filter(|way| takes(way, "foreign-card"))
        .collect();
    let refused = open
        .iter()
        .all(|way| way.payment("foreign-card") == Verdict::No);
    let telling = if taking.is_empty() { &open } else { &taking };
    let mut sources: Vec<Cited> = Vec::new();
    for cited in telling
        .iter()
        .flat_map(|way| way.payment_sources("foreign-card"))
    {
        if sources.len() < MOST_MARKS && !sources.contains(cited) {
            sources.push(cited.clone());
        }
    }
    if !taking.is_empty() {
        let mut plans: Vec<SmolStr> = taking.iter().map(|way| way.plan.clone()).collect();
        plans.sort();
        plans.dedup();
        let line = b.fill(Word::FOREIGN_YES, &[("plans", &list(b.lang, &plans))]);
        return Some(b.sure(line, &sources));
    }
    if refused {
        let general = open.iter().all(|way| is_general(way, "foreign-card"));
        let word = if general {
            Word::FOREIGN_NO_GENERAL
        } else {
            Word::FOREIGN_NO
        };
        return Some(b.sure(b.w(word), &sources));
    }
    Some(Rich::plain(b.w(Word::FOREIGN_NONE)))
}

/// Whether the verdict on a payment is the general rule of the place.
fn is_general(way: &WayTold, payment: &str) -> bool {
    way.payments
        .iter()
        .any(|told| told.payment == payment && told.general)
}

fn takes(way: &WayTold, payment: &str) -> bool {
    matches!(way.payment(payment), Verdict::Yes | Verdict::Partly)
}

/// What is taken, in few words, cash first.
fn short_payments(b: &Builder, way: &WayTold, asked: &[Named]) -> String {
    let is_asked = |told: &&PaymentTold| asked.iter().any(|named| named.id == told.payment);
    let taken = |verdict: Verdict| {
        way.payments
            .iter()
            .filter(move |told| told.verdict == verdict)
    };
    let mut told: Vec<&PaymentTold> = [Verdict::Yes, Verdict::Partly]
        .into_iter()
        .flat_map(taken)
        .filter(|told| !told.general || is_asked(told))
        .collect();
    // What was asked for must not be among those that are cut.
    told.sort_by_key(|told| !is_asked(told));
    let mut names: Vec<String> = Vec::new();
    for told in told {
        let part = crate::answer::unofficial(&told.sources)
            && !crate::answer::unofficial(way.own_sources());
        names.push(if part {
            b.call_unofficial(&told.name)
        } else {
            told.name.to_string()
        });
    }
    if names.is_empty()
        && let Some(cash) = way
            .payments
            .iter()
            .find(|told| told.payment == "cash" && told.verdict == Verdict::Yes)
    {
        names.push(b.fill(Word::GENERAL_RULE, &[("name", &cash.name)]));
    }
    if names.is_empty() {
        return b.w(Word::UNKNOWN).to_owned();
    }
    if names.len() > 3 {
        names.truncate(3);
        names.push("+".to_owned());
    }
    list(b.lang, &names)
        .replace(", +", " +")
        .replace("\u{3001}+", " +")
}

/// The heading over a way: its verdict, and what it asks of the internet.
fn heading(way: &WayTold) -> Word {
    match way.verdict {
        Verdict::Yes => match way.internet {
            Some("none") => Word::GROUP_YES_NONE,
            Some("own-sim") => Word::GROUP_YES_OWN_SIM,
            Some("after") => Word::GROUP_YES_AFTER,
            Some("before") => Word::GROUP_YES_BEFORE,
            Some(_) => Word::GROUP_YES_DURING,
            None => Word::GROUP_YES_UNKNOWN,
        },
        Verdict::Partly => Word::GROUP_PARTLY,
        Verdict::Unknown => Word::GROUP_UNKNOWN,
        Verdict::No => Word::GROUP_NO,
    }
}

/// The plans of which nobody says whether they take what was asked for; many are only counted.
fn unsaid(b: &mut Builder, ways: &[WayTold], shown: &[WayTold]) {
    let mut names: Vec<SmolStr> = ways
        .iter()
        .map(|way| way.plan.clone())
        .filter(|plan| shown.iter().all(|way| way.plan != *plan))
        .collect();
    names.sort();
    names.dedup();
    if names.is_empty() {
        return;
    }
    if names.len() > MOST_NAMED {
        let line = b.fill(Word::UNSAID_COUNT, &[("n", &names.len().to_string())]);
        b.part(None, vec![Block::Lines(vec![Rich::plain(line)])]);
        return;
    }
    let line = list(b.lang, &names);
    b.part(
        Some(Word::HEAD_UNSAID),
        vec![Block::Lines(vec![Rich::plain(line)])],
    );
}

fn say_block(b: &mut Builder, said: &[Said]) {
    let blocks = said.iter().map(phrase).collect();
    b.part(Some(Word::HEAD_SAY), blocks);
}

/// One plan: its ways in full, or the recorded no with what works instead.
fn one(b: &mut Builder, renew: &RenewAnswer) {
    let screen = &renew.screen;
    let Some(plan) = &screen.plan else { return };
    verdict_of_one(b, renew, plan);
    age_of_plan(b, renew);
    let open: Vec<&WayTold> = renew
        .results
        .iter()
        .filter(|way| way.verdict != Verdict::No)
        .collect();
    let ways = open
        .iter()
        .enumerate()
        .map(|(at, way)| numbered(b, at + 1, open.len(), way))
        .collect();
    b.part(None, ways);
    if !renew.nearest.is_empty() {
        let table = doors(b, &renew.nearest, &renew.screen.pay);
        b.part(Some(Word::HEAD_INSTEAD), vec![Block::Table(table)]);
    }
    not_these(b, renew, &open);
    let elsewhere = !renew.nearest.is_empty();
    if !elsewhere {
        let fields = b.clock_fields(&relevant(&screen.clocks, screen));
        b.part(Some(Word::HEAD_CLOCKS), vec![Block::Fields(fields)]);
    }
    let most = if elsewhere {
        FEW_CAUTIONS
    } else {
        MOST_CAUTIONS
    };
    let cautions: Vec<Told> = screen.cautions.iter().take(most).cloned().collect();
    b.careful(&cautions);
    next_of_one(b, renew, plan);
}

fn relevant(clocks: &[ClockTold], screen: &Screen) -> Vec<ClockTold> {
    let channel = screen.channel.as_ref().map(|channel| channel.id.as_str());
    clocks
        .iter()
        .filter(|told| {
            let channels = &told.clock.about.channels;
            channels.is_empty()
                || channel.is_none_or(|id| channels.iter().any(|own| own.id() == id))
        })
        .cloned()
        .collect()
}

fn verdict_of_one(b: &mut Builder, renew: &RenewAnswer, plan: &PlanLine) {
    let screen = &renew.screen;
    let best = renew.results.first();
    match (&screen.channel, best) {
        (Some(_), Some(way)) if way.verdict == Verdict::No => {
            let why = way.why.clone().unwrap_or_default();
            let line = b.fill(Word::CLOSED_PLAN, &[("why", &why)]);
            let line = b.rich(&line, way.own_sources());
            b.say(line);
        }
        (channel, None) => {
            let name = channel.as_ref().map_or("", |channel| channel.name.as_str());
            let line = b.fill(
                Word::SILENT_PLAN,
                &[("plan", &plan.name), ("channel", name)],
            );
            b.say(Rich::plain(line));
            lead(b, plan);
        }
        _ => lead(b, plan),
    }
    status(b, plan);
}

/// The sentence that holds if nothing else is read.
pub(super) fn lead(b: &mut Builder, plan: &PlanLine) {
    let line = b.told(&plan.lead);
    b.say(line);
}

/// That a plan ended, and what replaced it.
pub(super) fn status(b: &mut Builder, plan: &PlanLine) {
    if plan.status == Some("ended") {
        let line = match &plan.ended {
            Some(day) => b.fill(Word::ENDED_SINCE, &[("day", day)]),
            None => b.w(Word::ENDED_UNKNOWN).to_owned(),
        };
        b.say(Rich::plain(line));
    }
    if let Some(next) = &plan.replaced_by {
        let line = b.fill(
            Word::INSTEAD_PLAN,
            &[("plan", &format!("{} ({})", next.name, next.id))],
        );
        b.say(Rich::plain(line));
        b.next(format!("simguide plans {}", next.id));
    }
}

fn age_of_plan(b: &mut Builder, renew: &RenewAnswer) {
    let mut all: Vec<crate::answer::Cited> = Vec::new();
    for way in &renew.results {
        all.extend(way.sources.iter().cloned());
    }
    if let Some(line) = b.age_line(&all) {
        b.say(Rich::plain(line));
    }
}

/// A way with its number, in full.
fn numbered(b: &mut Builder, at: usize, of: usize, way: &WayTold) -> Block {
    let title = titled(b, way);
    let title = if of > 1 {
        format!("{at}  {title}")
    } else {
        title
    };
    let title = b.rich(&title, way.own_sources());
    Block::Under {
        title,
        blocks: way_blocks(b, way),
    }
}

/// The title of a way, with its verdict where that is not a plain yes.
pub(super) fn titled(b: &Builder, way: &WayTold) -> String {
    match way.verdict {
        Verdict::Yes => way.title.to_string(),
        Verdict::Partly | Verdict::Unknown | Verdict::No => {
            let verdict = b.verdict_word(way.verdict);
            b.fill(Word::TITLED, &[("title", &way.title), ("verdict", verdict)])
        }
    }
}

/// Everything about a way: rows, then what to say.
pub(super) fn way_blocks(b: &mut Builder, way: &WayTold) -> Vec<Block> {
    let fields = way_fields(b, way);
    let mut blocks = vec![Block::Fields(fields)];
    blocks.extend(way.say.iter().map(phrase));
    blocks
}

pub(in crate::view) fn way_fields(b: &mut Builder, way: &WayTold) -> Vec<Field> {
    let mut fields = vec![field(
        b.w(Word::COL_CHANNEL),
        vec![Rich::plain(format!(
            "{} ({})",
            way.channel.name, way.channel.id
        ))],
    )];
    match &way.chains {
        None => {
            let unknown = b.unknown();
            fields.push(field(b.w(Word::LABEL_WHERE), vec![unknown]));
        }
        Some(chains) if !chains.is_empty() => {
            let names: Vec<SmolStr> = chains.iter().map(|chain| chain.name.clone()).collect();
            let names = list(b.lang, &names);
            let sources = way.sources_of("chains").to_vec();
            let line = b.rich(names, &sources);
            fields.push(field(b.w(Word::LABEL_WHERE), vec![line]));
        }
        Some(_) => {}
    }
    let internet = match way.internet {
        Some(word) => b.of("internet", word).to_owned(),
        None => b.w(Word::UNKNOWN).to_owned(),
    };
    fields.push(field(
        b.w(Word::LABEL_INTERNET),
        vec![Rich::plain(internet)],
    ));
    let payments = b.payments(way);
    fields.push(field(b.w(Word::LABEL_PAY), payments));
    fields.push(amounts_field(b, way));
    let fees = match &way.fees {
        None => vec![b.unknown()],
        Some(fees) if fees.is_empty() => vec![Rich::plain(b.w(Word::FEE_FREE))],
        Some(fees) => {
            let sources = way.sources_of("fees").to_vec();
            fees.iter()
                .map(|fee| {
                    let text = b.fee(fee);
                    b.rich(text, &sources)
                })
                .collect()
        }
    };
    fields.push(field(b.w(Word::LABEL_FEES), fees));
    match &way.needs {
        None => {}
        Some(needs) if needs.is_empty() => {}
        Some(needs) => {
            let text = b.needs(needs);
            let sources = way.sources_of("needs").to_vec();
            let line = if way
                .from
                .iter()
                .any(|from| from.of.iter().any(|of| of == "needs"))
            {
                b.rich(text, &sources)
            } else {
                Rich::plain(text)
            };
            fields.push(field(b.w(Word::LABEL_NEEDS), vec![line]));
        }
    }
    if let Some(hours) = &way.hours {
        fields.push(field(
            b.w(Word::LABEL_HOURS),
            vec![Rich::plain(b.hours(hours))],
        ));
    }
    if let Some(screens) = &way.screens
        && !screens.is_empty()
    {
        fields.push(field(
            b.w(Word::LABEL_SCREENS),
            vec![Rich::plain(b.languages(screens))],
        ));
    }
    if !way.steps.is_empty() {
        let from = way.sources_of("steps").to_vec();
        let own = way
            .from
            .iter()
            .any(|from| from.of.iter().any(|of| of == "steps"));
        let lines = way
            .steps
            .iter()
            .enumerate()
            .map(|(at, step)| match (own, at) {
                (true, 0) => b.rich(step.clone(), &from),
                _ => Rich::plain(step.clone()),
            })
            .collect();
        fields.push(steps(b.w(Word::LABEL_STEPS), lines));
    }
    if let Some(age) = b.age_short(way.own_sources()) {
        fields.push(field(b.w(Word::LABEL_AGE), vec![Rich::plain(age)]));
    }
    fields
}

fn amounts_field(b: &mut Builder, way: &WayTold) -> Field {
    let label = b.w(Word::LABEL_AMOUNTS);
    let Some(amounts) = &way.amounts else {
        let unknown = b.unknown();
        return field(label, vec![unknown]);
    };
    let plain: Vec<String> = amounts
        .iter()
        .filter(|amount| amount.pack.is_none())
        .map(|amount| b.amount(amount))
        .collect();
    let mut lines = Vec::new();
    if !plain.is_empty() {
        let text = list(b.lang, &plain);
        let sources = way.sources_of("amounts").to_vec();
        let own = way
            .from
            .iter()
            .any(|from| from.of.iter().any(|of| of == "amounts"));
        lines.push(if own {
            b.rich(text, &sources)
        } else {
            Rich::plain(text)
        });
    }
    for amount in amounts.iter().filter(|amount| amount.pack.is_some()) {
        let text = b.amount(amount);
        let sources = amount
            .pack
            .as_ref()
            .map(|pack| pack.sources.clone())
            .unwrap_or_default();
        lines.push(b.rich(text, &sources));
    }
    field(label, lines)
}

/// The recorded "no" of other channels, and the channels of which nothing is published.
fn not_these(b: &mut Builder, renew: &RenewAnswer, open: &[&WayTold]) {
    let mut fields = Vec::new();
    let shown_as_verdict = open.is_empty() && renew.screen.channel.is_some();
    let no: Vec<&WayTold> = renew
        .results
        .iter()
        .filter(|way| way.verdict == Verdict::No)
        .collect();
    if !shown_as_verdict && !no.is_empty() {
        let lines = no
            .iter()
            .map(|way| {
                let why = way.why.clone().unwrap_or_default();
                let text = b.fill(
                    Word::FEE_WHEN,
                    &[("fee", &way.channel.name), ("when", &why)],
                );
                b.rich(&text, way.own_sources())
            })
            .collect();
        fields.push(field(b.w(Word::LABEL_NO), lines));
    }
    if !renew.screen.silent.is_empty() && renew.screen.channel.is_none() {
        let names: Vec<SmolStr> = renew
            .screen
            .silent
            .iter()
            .map(|channel| channel.name.clone())
            .collect();
        fields.push(field(
            b.w(Word::LABEL_SILENT),
            vec![Rich::plain(list(b.lang, &names))],
        ));
    }
    b.part(None, vec![Block::Fields(fields)]);
}

/// Ways in a table of doors: what it is, what is paid with, what it asks of the internet.
fn doors(b: &mut Builder, ways: &[WayTold], asked: &[Named]) -> Table {
    let several = ways.iter().any(|way| way.plan != ways[0].plan);
    let mut rows = Vec::new();
    for way in ways {
        let title = if several {
            format!("{}: {}", way.plan, way.title)
        } else {
            way.title.to_string()
        };
        let title = if way.verdict == Verdict::Unknown {
            b.fill(
                Word::FEE_WHEN,
                &[("fee", &title), ("when", b.w(Word::UNKNOWN))],
            )
        } else {
            title
        };
        let internet = way
            .internet
            .map_or(b.w(Word::UNKNOWN), |word| b.of("internet", word));
        rows.push(Row::Cells(vec![
            Rich::plain(title),
            Rich::plain(way.channel.id.clone()),
            Rich::plain(short_payments(b, way, asked)),
            Rich::plain(internet),
            b.sure("", way.own_sources()),
        ]));
    }
    Table {
        head: vec![
            column(b.w(Word::COL_WAY), ColumnKind::Short),
            column(b.w(Word::COL_CHANNEL), ColumnKind::Name),
            column(b.w(Word::COL_PAY), ColumnKind::Short),
            column(b.w(Word::COL_INTERNET), ColumnKind::Short),
            column(b.w(Word::COL_SOURCE), ColumnKind::Marks),
        ],
        rows,
    }
}

fn next_of_one(b: &mut Builder, renew: &RenewAnswer, plan: &PlanLine) {
    if renew.screen.channel.is_some() {
        b.next(format!("simguide renew --plan {}", plan.id));
    }
    if !renew.screen.clocks.is_empty() {
        b.next(format!("simguide expiry {}", plan.id));
    }
    b.next(format!("simguide restore {}", plan.id));
    if let Some(said) = renew.results.iter().flat_map(|way| &way.say).next() {
        b.next(format!("simguide phrases {}", said.id));
    }
}

/// A filter shut the last door: which, and the nearest that are open.
fn shut(b: &mut Builder, renew: &RenewAnswer) {
    let Some(shut) = &renew.shut else { return };
    let plan = renew.screen.plan.as_ref().map_or_else(
        || b.w(Word::ALL_PLANS).to_owned(),
        |plan| plan.name.to_string(),
    );
    let names = |named: &[Named]| {
        let names: Vec<SmolStr> = named.iter().map(|named| named.name.clone()).collect();
        list(b.lang, &names)
    };
    let value = names(&shut.value);
    let line = match (shut.filter, shut.verdict) {
        ("pay", Verdict::No) => b.fill(Word::SHUT_PAY_NO, &[("value", &value), ("plan", &plan)]),
        ("pay", _) => b.fill(
            Word::SHUT_PAY_UNKNOWN,
            &[("value", &value), ("plan", &plan)],
        ),
        ("channel", _) => b.fill(Word::SHUT_CHAIN, &[("value", &value)]),
        ("no-internet", _) => b.w(Word::SHUT_NO_INTERNET).to_owned(),
        _ => b.w(Word::SHUT_NO_JAPANESE).to_owned(),
    };
    let line = b.rich(&line, &shut.sources);
    b.say(line);
    if let Some(plan) = &renew.screen.plan {
        lead(b, plan);
        status(b, plan);
    }
    let table = doors(b, &renew.nearest, &renew.screen.pay);
    b.part(Some(Word::HEAD_NEAREST), vec![Block::Table(table)]);
    let cautions: Vec<Told> = renew.screen.cautions.iter().take(4).cloned().collect();
    b.careful(&cautions);
    if let Some(way) = renew.nearest.first() {
        b.next(format!(
            "simguide renew --plan {} --channel {}",
            way.plan, way.channel.id
        ));
    }
    if let Some(plan) = &renew.screen.plan {
        b.next(format!("simguide restore {}", plan.id));
    }
}
