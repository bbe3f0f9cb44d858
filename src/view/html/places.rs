//! Where money changes hands: each place with its chains, steps and cautions.

use smol_str::SmolStr;

use super::fold::Fold;
use super::spell::{Html, Press};
use super::verdict::Chip;
use crate::answer::book::Book;
use crate::answer::channels::{ChannelTold, CounterTold};
use crate::answer::{Cited, Named, Verdict};
use crate::view::page::{Block, Rich};
use crate::view::screens::channels;
use crate::view::words::list;
use crate::words::Word;

/// The places, each a fold with folds in it.
pub(super) fn places(press: &mut Press, book: &Book) -> Vec<Fold> {
    book.places
        .iter()
        .map(|told| place(press, book, told))
        .collect()
}

fn place(press: &mut Press, book: &Book, told: &ChannelTold) -> Fold {
    let about = press.b.told(&told.about);
    let mut body = format!("<p>{}</p>", press.rich(&about));
    body.push_str(&chain_table(press, told).0);
    let mut folds = guides(press, book, told);
    folds.extend(counters(press, told));
    let clocks = press.clocks(&told.clocks);
    let cautions = press.b.all(&told.cautions);
    let names = book
        .plans
        .iter()
        .filter(|plan| told.plan_ids.contains(&plan.row.id))
        .map(|plan| (plan.row.id.as_str(), plan.row.name.as_str()));
    let more = [
        (Word::HEAD_CLOCKS, clocks),
        (Word::HEAD_CAREFUL, press.list("ul", "bul", &cautions)),
        (Word::HEAD_PLANS, press.plan_links(names)),
    ];
    for (word, content) in more {
        if !content.is_empty() && (word != Word::HEAD_PLANS || !told.plan_ids.is_empty()) {
            folds.push(Fold::new(press.w(word), content));
        }
    }
    body.push_str(&super::folds(&folds).0);
    let counts = [
        press
            .b
            .fill(Word::COUNT_PLANS, &[("n", &told.plans.to_string())]),
        press.b.fill(
            Word::FEE_WHEN,
            &[
                ("fee", press.b.w(Word::COL_CASH)),
                ("when", &told.cash.to_string()),
            ],
        ),
    ];
    let small = press.text(&list(press.lang, &counts));
    let mut fold = Fold::new(press.heading(&told.name), Html(body)).with_small(small);
    fold.id = format!("{}c-{}", press.prefix, told.id);
    fold
}

fn guides(press: &mut Press, book: &Book, told: &ChannelTold) -> Vec<Fold> {
    told.guides
        .iter()
        .map(|guide| {
            let answer = press.b.told(&guide.answer);
            let steps = press.b.all(&guide.steps);
            let body = format!(
                "<p>{}</p>{}{}",
                press.rich(&answer),
                press.steps(&steps),
                press.say(&guide.say)
            );
            let card = book.types.iter().find(|card| card.id == guide.r#type);
            let card = card.map_or(guide.r#type, |card| card.name.as_str());
            let title = press.b.fill(Word::PAGE_WITH_CARD, &[("card", card)]);
            Fold::new(press.text(&title), Html(body))
        })
        .collect()
}

/// How things are handled there: one fold a chain, and one for what holds everywhere.
fn counters(press: &mut Press, told: &ChannelTold) -> Vec<Fold> {
    let mut folds = Vec::new();
    for chain in &told.chains {
        let own: Vec<&CounterTold> = told
            .counters
            .iter()
            .filter(|counter| counter.chains.contains(chain))
            .collect();
        if !own.is_empty() {
            let body = handled(press, &own);
            folds.push(Fold::new(press.text(&chain.name), body));
        }
    }
    let general: Vec<&CounterTold> = told
        .counters
        .iter()
        .filter(|counter| counter.chains.is_empty())
        .collect();
    if !general.is_empty() {
        let word = if folds.is_empty() {
            Word::HEAD_HERE
        } else {
            Word::PAGE_EVERY_CHAIN
        };
        let body = handled(press, &general);
        folds.push(Fold::new(press.w(word), body));
    }
    folds
}

fn handled(press: &mut Press, counters: &[&CounterTold]) -> Html {
    let mut html = String::new();
    for counter in counters {
        let by: Vec<String> = counter
            .by
            .iter()
            .map(|by| press.b.of("by", by).to_owned())
            .collect();
        let title = press.b.rich(list(press.lang, &by), &counter.sources);
        html.push_str(&format!("<h4>{}</h4>", press.rich(&title)));
        if let Block::Under { blocks, .. } = channels::of_counter(&mut press.b, counter) {
            for block in &blocks {
                if let Block::Fields(fields) = block {
                    html.push_str(&press.steps_first(fields).0);
                }
            }
        }
        html.push_str(&press.say(&counter.say).0);
    }
    Html(html)
}

/// What the tills of each chain take for a bill with its slip.
fn chain_table(press: &mut Press, told: &ChannelTold) -> Html {
    let slips: Vec<&CounterTold> = told
        .counters
        .iter()
        .filter(|counter| counter.by.contains(&"slip"))
        .collect();
    let chains: Vec<&Named> = told
        .chains
        .iter()
        .filter(|chain| slips.iter().any(|counter| counter.chains.contains(chain)))
        .collect();
    if chains.len() < 2 {
        return Html::default();
    }
    let rows: String = chains
        .iter()
        .map(|chain| chain_row(press, &slips, chain))
        .collect();
    let head = [Word::PAGE_COL_CHAIN, Word::COL_CASH, Word::PAGE_COL_CARD]
        .map(|word| format!("<th scope=\"col\">{}</th>", press.w(word)))
        .concat();
    Html(format!(
        "<table><caption>{}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>",
        press.w(Word::PAGE_SLIP_TABLE)
    ))
}

fn chain_row(press: &mut Press, slips: &[&CounterTold], chain: &Named) -> String {
    let (mut told, general): (Vec<&CounterTold>, Vec<&CounterTold>) = slips
        .iter()
        .copied()
        .filter(|counter| counter.chains.is_empty() || counter.chains.contains(chain))
        .partition(|counter| !counter.chains.is_empty());
    let besides: Vec<SmolStr> = told
        .iter()
        .flat_map(|counter| &counter.sometimes)
        .map(|payment| payment.name.clone())
        .collect();
    told.extend(general);
    let text = if besides.is_empty() {
        String::new()
    } else {
        let names = list(press.lang, &besides);
        press.b.fill(Word::PAGE_BESIDES, &[("names", &names)])
    };
    let sources: Vec<Cited> = told
        .iter()
        .filter(|counter| names_any(counter))
        .flat_map(|counter| counter.sources.clone())
        .collect();
    let marks = press.b.marks(&sources);
    let cash = Chip::of(press.lang, taken(&told, "cash"));
    let card = Chip::of(press.lang, taken(&told, "credit-card"));
    format!(
        "<tr><th scope=\"row\">{}<small>{}</small></th><td>{cash}</td><td>{card}</td></tr>",
        press.text(&chain.name),
        press.rich(&Rich::marked(text, marks))
    )
}

/// Whether a counter says anything of payments.
fn names_any(counter: &CounterTold) -> bool {
    !counter.taken.is_empty() || !counter.sometimes.is_empty() || !counter.refused.is_empty()
}

/// The verdict of the first counter that names a payment.
fn taken(counters: &[&CounterTold], payment: &str) -> Verdict {
    let named = |list: &[Named]| list.iter().any(|named| named.id == payment);
    counters
        .iter()
        .find_map(|counter| {
            if named(&counter.taken) {
                Some(Verdict::Yes)
            } else if named(&counter.sometimes) {
                Some(Verdict::Partly)
            } else if named(&counter.refused) {
                Some(Verdict::No)
            } else {
                None
            }
        })
        .unwrap_or(Verdict::Unknown)
}
