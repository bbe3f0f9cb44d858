//! What is shown or read: cards for the clerk, words on screens and bills, tips.

use super::fold::Fold;
use super::spell::{self, Html, Press};
use crate::answer::book::Book;
use crate::answer::phrases::PhraseTold;
use crate::answer::terms::TermTold;
use crate::answer::tips::TipTold;
use crate::lang::Lang;
use crate::words::Word;

/// The cards of one place.
pub(super) struct Place {
    pub name: Html,
    pub cards: Vec<Card>,
}

/// A sentence to hold up, with what may be answered.
pub(super) struct Card {
    pub id: String,
    /// What the list shows: the meaning first, for a Japanese reader the sentence.
    pub title: Html,
    pub small: Html,
    pub say: Html,
    pub romaji: String,
    pub meaning: Html,
    pub when: Html,
    pub replies: Vec<(Html, Html)>,
}

/// A word on a screen, bill or receipt.
pub(super) struct TermView {
    pub ja: Html,
    pub romaji: String,
    pub meaning: Html,
    pub seen: Html,
}

/// The cards by place, in the order of the records.
pub(super) fn cards(press: &Press, book: &Book) -> Vec<Place> {
    let mut places: Vec<(&str, Place)> = Vec::new();
    for phrase in &book.phrases {
        let card = card(press, phrase);
        let id = phrase.channel.id.as_str();
        match places.iter_mut().find(|(known, _)| *known == id) {
            Some((_, place)) => place.cards.push(card),
            None => places.push((
                id,
                Place {
                    name: press.heading(&phrase.channel.name),
                    cards: vec![card],
                },
            )),
        }
    }
    places.into_iter().map(|(_, place)| place).collect()
}

fn card(press: &Press, phrase: &PhraseTold) -> Card {
    let meaning = phrase.meaning.as_ref().map(|meaning| press.text(meaning));
    let ja = press.ja(&phrase.ja);
    let when = press.text(&phrase.when);
    let (title, small) = match &meaning {
        Some(meaning) => (meaning.clone(), ja),
        None => (ja, when.clone()),
    };
    Card {
        id: phrase.id.to_string(),
        title,
        small,
        say: spell::sentence(&phrase.ja, kana(press, &phrase.kana)),
        romaji: phrase.romaji.to_string(),
        meaning: meaning.unwrap_or_default(),
        when,
        replies: phrase
            .replies
            .iter()
            .map(|reply| {
                let meaning = reply.meaning.as_ref().map(|meaning| press.text(meaning));
                (
                    spell::sentence(
                        &reply.ja,
                        kana(press, reply.kana.as_deref().unwrap_or_default()),
                    ),
                    meaning.unwrap_or_default(),
                )
            })
            .collect(),
    }
}

/// The reading, where the reader needs it.
fn kana<'t>(press: &Press, kana: &'t str) -> Option<&'t str> {
    (press.lang != Lang::Ja && !kana.is_empty()).then_some(kana)
}

/// The words, in the order of the records.
pub(super) fn terms(press: &Press, book: &Book) -> Vec<TermView> {
    book.terms.iter().map(|term| of_term(press, term)).collect()
}

fn of_term(press: &Press, term: &TermTold) -> TermView {
    TermView {
        ja: spell::reading(&term.ja, &term.kana),
        romaji: term.romaji.to_string(),
        meaning: term
            .meaning
            .as_ref()
            .map(|meaning| press.text(meaning))
            .unwrap_or_default(),
        seen: press.text(&term.seen),
    }
}

/// The tips by topic.
pub(super) fn tips(press: &mut Press, book: &Book) -> Vec<Fold> {
    let mut topics: Vec<&str> = Vec::new();
    for tip in &book.tips {
        if !topics.contains(&tip.topic) {
            topics.push(tip.topic);
        }
    }
    topics
        .into_iter()
        .map(|topic| {
            let tips: Vec<&TipTold> = book.tips.iter().filter(|tip| tip.topic == topic).collect();
            let items: String = tips.iter().map(|tip| of_tip(press, tip)).collect();
            let count = tips.len().to_string();
            let small = press.b.fill(Word::PAGE_TIPS_COUNT, &[("n", &count)]);
            let small = press.text(&small);
            let title = press.heading(press.b.of("topic", topic));
            let body = Html(format!("<ul class=\"rows tips\">{items}</ul>"));
            Fold::new(title, body).with_small(small)
        })
        .collect()
}

fn of_tip(press: &mut Press, tip: &TipTold) -> String {
    if let Some(text) = &tip.text {
        let title = press.text(&tip.title);
        let text = press.b.rich(text.clone(), &tip.sources);
        return format!("<li><b>{title}</b> {}</li>", press.rich(&text));
    }
    let title = press.b.rich(tip.title.clone(), &tip.sources);
    format!("<li><b>{}</b></li>", press.rich(&title))
}
