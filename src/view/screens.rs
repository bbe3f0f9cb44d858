//! The page of each answer; one file a command.

pub(in crate::view) mod channels;
pub(super) mod expiry;
pub(in crate::view) mod plans;
pub(in crate::view) mod renew;
mod restore;
mod say;
mod search;
mod tips;
mod types;

use crate::answer::{Answer, Guide};
use crate::lang::Lang;
use crate::view::View;
use crate::view::builder::Builder;
use crate::view::page::{Block, Page, Rich};
use crate::words::Word;

/// Builds the page of an answer.
#[must_use]
pub fn page(view: &View, answer: &Answer) -> Page {
    let mut builder = Builder::new(view);
    match answer {
        Answer::Guide(guide) => short_guide(&mut builder, guide),
        Answer::Types(types) => types::build(&mut builder, types),
        Answer::Channels(channels) => channels::build(&mut builder, channels),
        Answer::Plans(plans) => plans::list(&mut builder, plans),
        Answer::Plan(plan) => plans::one(&mut builder, plan),
        Answer::Renew(renew) => renew::build(&mut builder, renew),
        Answer::Restore(restore) => restore::build(&mut builder, restore),
        Answer::Expiry(expiry) => expiry::build(&mut builder, expiry),
        Answer::Tips(tips) => tips::build(&mut builder, tips),
        Answer::Phrases(phrases) => say::phrases(&mut builder, phrases),
        Answer::Terms(terms) => say::terms(&mut builder, terms),
        Answer::Search(search) => search::hits(&mut builder, search),
        Answer::Sources(sources) => search::sources(&mut builder, sources),
    }
    if view.lang != view.lang.written() {
        // Behind the answer, which comes first whatever the language.
        let note = Rich::plain(nearest_language(view.lang));
        builder.part(None, vec![Block::Lines(vec![note])]);
    }
    builder.finish()
}

/// Tells that the language asked for is not written and which is shown.
#[must_use]
pub fn nearest_language(lang: Lang) -> String {
    let name = |lang: Lang| {
        Word::of("own-name", &lang.tag().to_lowercase()).map_or(lang.tag(), |word| word.text(lang))
    };
    Word::LANG_NEAREST.with(
        lang.written(),
        &[("lang", name(lang)), ("written", name(lang.written()))],
    )
}

/// What is shown when nothing was asked: situations before commands.
fn short_guide(b: &mut Builder, guide: &Guide) {
    b.say(Rich::plain(b.w(Word::GUIDE_LEAD)));
    let line = |word: Word, command: &str| (command.to_owned(), b.w(word).to_owned());
    let commands = vec![
        line(Word::GUIDE_RESTORE, "simguide restore"),
        line(Word::GUIDE_RENEW, "simguide renew"),
        line(Word::GUIDE_PLANS, "simguide plans"),
        line(Word::GUIDE_PHRASES, "simguide phrases"),
    ];
    b.part(None, vec![Block::Commands(commands)]);
    let plan = b.w(Word::EXAMPLE_PLAN);
    let examples = [
        format!("simguide renew --plan {plan}"),
        "simguide renew --type prepaid --channel konbini".to_owned(),
        format!("simguide expiry {plan} --expires {}", guide.edition),
        format!("simguide search {}", b.w(Word::EXAMPLE_SEARCH)),
        "simguide tips".to_owned(),
    ];
    let examples = examples
        .into_iter()
        .map(|command| (command, String::new()))
        .collect();
    b.part(Some(Word::GUIDE_NAMES), vec![Block::Commands(examples)]);
    let page = vec![("simguide page > guide.html".to_owned(), String::new())];
    b.part(Some(Word::GUIDE_PAGE), vec![Block::Commands(page)]);
    b.careful(&guide.careful);
    let edition = b.fill(
        Word::GUIDE_EDITION,
        &[
            ("day", &guide.edition.to_string()),
            ("plans", &guide.plans.to_string()),
            ("sources", &guide.sources.to_string()),
        ],
    );
    let others: Vec<(String, String)> = crate::lang::WRITTEN
        .iter()
        .filter(|lang| **lang != b.lang)
        .map(|lang| {
            let name = Word::of("own-name", &lang.tag().to_lowercase())
                .map_or("", |word| word.text(*lang));
            (format!("simguide --lang {lang}"), name.to_owned())
        })
        .collect();
    let mut more = vec![(
        "simguide --help".to_owned(),
        b.w(Word::GUIDE_ALL).to_owned(),
    )];
    more.extend(others);
    b.part(None, vec![Block::Commands(more)]);
    b.part(None, vec![Block::Lines(vec![Rich::plain(edition)])]);
}
