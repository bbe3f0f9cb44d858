//! The three questions of a person whose line is dead: what do I hold, what happened, what can I
//! pay with.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::fold::Fold;
use super::spell::{Html, Press};
use super::verdict::Chip;
use crate::answer::book::Book;
use crate::answer::plans::PlanTold;
use crate::answer::types::TypeTold;
use crate::answer::way::WayTold;
use crate::answer::{Cited, Named, Told, Verdict};
use crate::knowledge::carrier::Stopped;
use crate::view::builder::field;
use crate::view::page::{Field, Rich};
use crate::words::Word;

/// What do I hold: the types of card, then what the settings of the phone show.
pub(super) fn hold(press: &mut Press, book: &Book) -> Vec<Fold> {
    let mut folds: Vec<Fold> = book
        .types
        .iter()
        .map(|told| card(press, book, told))
        .collect();
    let codes = codes(press, book);
    if !codes.is_empty() {
        let body = format!("<p>{}</p>{codes}", press.w(Word::READ_WHERE));
        let small = press.w(Word::PAGE_CODES_MORE);
        folds.push(Fold::new(press.w(Word::PAGE_CODES), Html(body)).with_small(small));
    }
    folds
}

fn card(press: &mut Press, book: &Book, told: &TypeTold) -> Fold {
    let rows = [
        (Word::ROW_WHAT, &told.what),
        (Word::ROW_SUITS, &told.suits),
        (Word::ROW_PAPERS, &told.papers),
        (Word::ROW_RENEW, &told.renew),
        (Word::ROW_OFFLINE, &told.offline),
        (Word::ROW_CASH, &told.cash),
        (Word::ROW_STOPPED, &told.stopped),
    ];
    let fields: Vec<Field> = rows
        .into_iter()
        .map(|(word, told)| {
            let value = sentence(press, told.as_ref());
            field(press.b.w(word), vec![value])
        })
        .collect();
    let mut body = press.fields(&fields).0;
    for (word, list, class) in [
        (Word::HEAD_STEPS, &told.steps, "seq"),
        (Word::HEAD_LIMITS, &told.limits, "bul"),
        (Word::HEAD_NEEDS, &told.needs, "bul"),
        (Word::HEAD_GOOD, &told.good, "bul"),
    ] {
        let lines = press.b.all(list);
        let tag = if class == "seq" { "ol" } else { "ul" };
        let lines = press.list(tag, class, &lines);
        if !lines.is_empty() {
            body.push_str(&format!("<h4>{}</h4>{lines}", press.w(word)));
        }
    }
    let names = book
        .plans
        .iter()
        .filter(|plan| told.plan_ids.contains(&plan.row.id));
    let links = press.plan_links(names.map(|plan| (plan.row.id.as_str(), plan.row.name.as_str())));
    body.push_str(&format!("<h4>{}</h4>{links}", press.w(Word::HEAD_PLANS)));
    let count = press
        .b
        .fill(Word::COUNT_PLANS, &[("n", &told.plans.to_string())]);
    let small = press.text(&count);
    Fold::new(press.heading(&told.name), Html(body)).with_small(small)
}

fn sentence(press: &mut Press, told: Option<&Told>) -> Rich {
    match told {
        Some(told) => press.b.told(told),
        None => press.b.unknown(),
    }
}

/// Network codes with the plans that show them.
fn codes(press: &mut Press, book: &Book) -> Html {
    let mut codes: BTreeMap<&str, (Vec<&PlanTold>, Vec<Cited>)> = BTreeMap::new();
    for plan in &book.plans {
        for sign in &plan.recognise {
            if let Some(code) = &sign.code {
                let (plans, sources) = codes.entry(code).or_default();
                if plans.iter().all(|other| other.row.id != plan.row.id) {
                    plans.push(plan);
                }
                sources.extend(sign.sources.iter().cloned());
            }
        }
    }
    let rows: String = codes
        .into_iter()
        .map(|(code, (plans, sources))| {
            let code = press.b.sure(code, &sources);
            let code = press.rich(&code);
            let links = press.plan_links(names(&plans));
            format!("<dt>{code}</dt><dd>{links}</dd>")
        })
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    Html(format!("<dl class=\"facts codes\">{rows}</dl>"))
}

fn names<'a>(plans: &[&'a PlanTold]) -> Vec<(&'a str, &'a str)> {
    plans
        .iter()
        .map(|plan| (plan.row.id.as_str(), plan.row.name.as_str()))
        .collect()
}

/// What happened: the answer of each plan, by the reason.
pub(super) fn happened(press: &mut Press, book: &Book) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Stopped::ALL
        .iter()
        .filter_map(|stopped| stopped_by(press, book, stopped.id()))
        .collect();
    let silent: Vec<&PlanTold> = book
        .plans
        .iter()
        .filter(|plan| plan.restore.is_empty())
        .collect();
    if !silent.is_empty() {
        let links = press.plan_links(names(&silent));
        let title = press.w(Word::PAGE_STOPPED_SILENT);
        let small = count(press, silent.len());
        folds.push(Fold::new(title, links).with_small(small));
    }
    folds
}

fn count(press: &Press, n: usize) -> Html {
    let count = press.b.fill(Word::COUNT_PLANS, &[("n", &n.to_string())]);
    press.text(&count)
}

fn stopped_by(press: &mut Press, book: &Book, stopped: &str) -> Option<Fold> {
    let mut answers: Vec<(Rich, Vec<&PlanTold>)> = Vec::new();
    for plan in &book.plans {
        for told in plan.restore.iter().filter(|told| told.stopped == stopped) {
            let answer = press.b.rich(told.answer.clone(), &told.sources);
            match answers.iter_mut().find(|(other, _)| *other == answer) {
                Some((_, plans)) => plans.push(plan),
                None => answers.push((answer, vec![plan])),
            }
        }
    }
    if answers.is_empty() {
        return None;
    }
    let plans: usize = answers.iter().map(|(_, plans)| plans.len()).sum();
    let items: String = answers
        .iter()
        .map(|(answer, plans)| {
            let links = press.plan_links(names(plans));
            format!("<li>{links}<p>{}</p></li>", press.rich(answer))
        })
        .collect();
    let title = press.heading(press.b.of("stopped", stopped));
    let body = Html(format!("<ul class=\"rows\">{items}</ul>"));
    let small = count(press, plans);
    Some(Fold::new(title, body).with_small(small))
}

/// The payments that people bring along; the others stand together behind them.
const BROUGHT: [&str; 8] = [
    "cash",
    "foreign-card",
    "credit-card",
    "paypay",
    "alipay",
    "wechat-pay",
    "unionpay",
    "apple-pay",
];

/// What can I pay with: who takes each payment, and where.
pub(super) fn payments(press: &mut Press, book: &Book) -> Vec<Fold> {
    let place = |id: &str| BROUGHT.iter().position(|brought| *brought == id);
    let (mut brought, others): (Vec<&Named>, Vec<&Named>) = book
        .payments
        .iter()
        .partition(|payment| place(&payment.id).is_some());
    brought.sort_by_key(|payment| place(&payment.id));
    let mut spread = |payments: &[&Named]| -> Vec<Fold> {
        payments
            .iter()
            .filter_map(|payment| payment_fold(press, book, payment))
            .collect()
    };
    let mut folds = spread(&brought);
    let others = spread(&others);
    if !others.is_empty() {
        let count = others.len().to_string();
        let small = press.b.fill(Word::PAGE_PAY_COUNT, &[("n", &count)]);
        let small = press.text(&small);
        let title = press.w(Word::PAGE_PAY_OTHERS);
        folds.push(Fold::new(title, super::folds(&others)).with_small(small));
    }
    folds
}

/// The payments of which also the plans are named that say nothing.
const ALWAYS_NAMED: [&str; 2] = ["cash", "foreign-card"];

fn payment_fold(press: &mut Press, book: &Book, payment: &Named) -> Option<Fold> {
    let mut body = String::new();
    let mut counts: Vec<String> = Vec::new();
    for verdict in [Verdict::Yes, Verdict::Partly, Verdict::No] {
        let (items, plans) = takers(press, book, &payment.id, verdict);
        if plans > 0 {
            let chip = Chip::of(press.lang, verdict);
            body.push_str(&format!(
                "<p class=\"under\">{chip}</p><ul class=\"rows\">{items}</ul>"
            ));
            counts.push(press.b.fill(
                Word::FEE_WHEN,
                &[
                    ("fee", press.b.verdict_word(verdict)),
                    ("when", &plans.to_string()),
                ],
            ));
        }
    }
    if body.is_empty() {
        return None;
    }
    if ALWAYS_NAMED.contains(&payment.id.as_str()) {
        let silent: Vec<&PlanTold> = book
            .plans
            .iter()
            .filter(|plan| best(plan, &payment.id) == Verdict::Unknown)
            .collect();
        let chip = Chip::of(press.lang, Verdict::Unknown);
        let links = press.plan_links(names(&silent));
        body.push_str(&format!("<p class=\"under\">{chip}</p>{links}"));
    }
    let small = press.text(&crate::view::words::list(press.lang, &counts));
    Some(Fold::new(press.text(&payment.name), Html(body)).with_small(small))
}

/// The plans with a verdict on a payment, and through which ways; those that agree together.
fn takers(press: &mut Press, book: &Book, payment: &str, verdict: Verdict) -> (String, usize) {
    let mut groups: Vec<(Rich, Vec<&PlanTold>)> = Vec::new();
    let mut count = 0;
    for plan in book
        .plans
        .iter()
        .filter(|plan| best(plan, payment) == verdict)
    {
        count += 1;
        let ways: Vec<&WayTold> = plan
            .ways
            .iter()
            .filter(|way| through(way, payment) == verdict)
            .collect();
        let titles: Vec<SmolStr> = ways.iter().map(|way| way.title.clone()).collect();
        let sources: Vec<Cited> = ways
            .iter()
            .flat_map(|way| way.payment_sources(payment).to_vec())
            .collect();
        let text = crate::view::words::list(press.lang, &titles);
        let line = press.b.rich(&text, &sources);
        match groups.iter_mut().find(|(other, _)| *other == line) {
            Some((_, plans)) => plans.push(plan),
            None => groups.push((line, vec![plan])),
        }
    }
    let items = groups
        .iter()
        .map(|(line, plans)| {
            let links = press.plan_links(names(plans));
            format!("<li>{links}<p>{}</p></li>", press.rich(line))
        })
        .collect();
    (items, count)
}

/// The verdict on a payment through one way: no surer than the way itself.
fn through(way: &WayTold, payment: &str) -> Verdict {
    match (way.verdict, way.payment(payment)) {
        (_, Verdict::No) => Verdict::No,
        (Verdict::Unknown | Verdict::No, _) => Verdict::Unknown,
        (way, payment) => way.max(payment),
    }
}

/// The best verdict on a payment for a plan; no only where all ways refuse it.
fn best(plan: &PlanTold, payment: &str) -> Verdict {
    let verdicts = plan.ways.iter().map(|way| through(way, payment));
    verdicts.min().unwrap_or(Verdict::Unknown)
}
