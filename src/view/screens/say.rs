//! The screens of `phrases` and `terms`.

use crate::answer::phrases::{PhraseTold, PhrasesAnswer};
use crate::answer::terms::TermsAnswer;
use crate::view::builder::{Builder, column, field};
use crate::view::page::{Block, ColumnKind, PhraseBlock, Rich, Row, Table};
use crate::words::Word;

/// Builds the page of phrases: one large and alone, or all by place.
pub(super) fn phrases(b: &mut Builder, phrases: &PhrasesAnswer) {
    if let (true, Some(phrase)) = (phrases.one, phrases.results.first()) {
        return one(b, phrase);
    }
    if phrases.results.is_empty() {
        b.say(Rich::plain(b.w(Word::PHRASES_NONE)));
        b.next("simguide phrases");
        return;
    }
    let count = phrases.results.len().to_string();
    b.say(Rich::plain(b.fill(Word::PHRASES_LEAD, &[("n", &count)])));
    let mut places: Vec<&str> = Vec::new();
    for phrase in &phrases.results {
        if !places.contains(&phrase.channel.id.as_str()) {
            places.push(&phrase.channel.id);
        }
    }
    for place in places {
        let here: Vec<&PhraseTold> = phrases
            .results
            .iter()
            .filter(|phrase| phrase.channel.id == place)
            .collect();
        let heading = here.first().map(|phrase| phrase.channel.name.clone());
        let blocks = here
            .iter()
            .map(|phrase| Block::Under {
                title: Rich::plain(phrase.id.clone()),
                blocks: vec![Block::Phrase(PhraseBlock {
                    ja: phrase.ja.clone(),
                    kana: None,
                    romaji: None,
                    meaning: phrase.meaning.clone(),
                })],
            })
            .collect();
        b.named_part(heading, blocks);
    }
    b.next(format!("simguide phrases {}", b.w(Word::EXAMPLE_PHRASE)));
    b.next("simguide terms");
}

/// One phrase, large enough to hold up to a clerk.
fn one(b: &mut Builder, phrase: &PhraseTold) {
    b.part(None, vec![Block::Large(phrase.ja.clone())]);
    let mut fields = Vec::new();
    if let Some(meaning) = &phrase.meaning {
        fields.push(field(
            b.w(Word::LABEL_MEANING),
            vec![Rich::plain(meaning.clone())],
        ));
    }
    fields.push(field(
        b.w(Word::LABEL_WHEN),
        vec![Rich::plain(phrase.when.clone())],
    ));
    fields.push(field(
        b.w(Word::LABEL_WHOLE),
        vec![Rich::plain(phrase.ja.clone())],
    ));
    fields.push(field(
        b.w(Word::LABEL_KANA),
        vec![Rich::plain(phrase.kana.clone())],
    ));
    fields.push(field(
        b.w(Word::LABEL_ROMAJI),
        vec![Rich::plain(phrase.romaji.clone())],
    ));
    b.part(None, vec![Block::Fields(fields)]);
    let replies = phrase
        .replies
        .iter()
        .map(|reply| {
            Block::Phrase(PhraseBlock {
                ja: reply.ja.clone(),
                kana: reply.kana.clone().filter(|kana| *kana != reply.ja),
                romaji: None,
                meaning: reply.meaning.clone(),
            })
        })
        .collect();
    b.part(Some(Word::HEAD_REPLIES), replies);
    b.part(
        None,
        vec![Block::Lines(vec![Rich::plain(b.w(Word::PHRASE_OWN))])],
    );
    b.next(format!("simguide phrases --channel {}", phrase.channel.id));
}

/// Builds the page of terms.
pub(super) fn terms(b: &mut Builder, terms: &TermsAnswer) {
    if terms.results.is_empty() {
        let word = crate::view::refusal::safe(terms.word.as_deref().unwrap_or_default());
        b.say(Rich::plain(b.fill(Word::TERMS_NONE, &[("word", &word)])));
        b.next("simguide terms");
        return;
    }
    let count = terms.results.len().to_string();
    b.say(Rich::plain(b.fill(Word::TERMS_LEAD, &[("n", &count)])));
    let rows = terms
        .results
        .iter()
        .map(|term| {
            let mut cells = vec![Rich::plain(term.ja.clone()), Rich::plain(term.kana.clone())];
            if let Some(meaning) = &term.meaning {
                cells.push(Rich::plain(meaning.clone()));
            }
            cells.push(Rich::plain(term.seen.clone()));
            Row::Cells(cells)
        })
        .collect();
    let mut head = vec![
        column(b.w(Word::COL_WORD), ColumnKind::Name),
        column(b.w(Word::COL_READING), ColumnKind::Short),
    ];
    if terms.results.iter().any(|term| term.meaning.is_some()) {
        head.push(column(b.w(Word::COL_MEANING), ColumnKind::Short));
    }
    head.push(column(b.w(Word::COL_SEEN), ColumnKind::Short));
    b.part(None, vec![Block::Table(Table { head, rows })]);
    b.next("simguide phrases");
}
