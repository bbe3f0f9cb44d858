//! The guide as one HTML file that opens offline: no script, nothing loaded, every word escaped.

#![expect(
    clippy::format_collect,
    reason = "markup made of items reads as what it prints"
)]

mod blocks;
mod cards;
mod clocks;
mod dead;
mod fold;
mod places;
mod plan;
mod ruby;
mod spell;
mod verdict;

use std::collections::BTreeMap;

use anyhow::Result;
use askama::Template;
use base64::Engine as _;
use sha2::{Digest, Sha256};

use crate::answer::book::Book;
use crate::answer::{Cited, Verdict};
use crate::lang::{Lang, WRITTEN};
use crate::view::View;
use crate::view::builder::Builder;
use crate::view::screens::nearest_language;
use crate::words::Word;
use cards::{Place, TermView};
use fold::Fold;
use plan::PlanView;
use spell::{Html, Press};
use verdict::Chip;

/// The whole style; its hash stands in the page, so that nothing else is let in.
const STYLE: &str = include_str!("templates/page.css");

/// What one language of the page holds.
pub struct Leaf {
    pub view: View,
    pub book: Book,
}

/// The page: in one language, or in several with a switch that needs no script.
///
/// # Errors
/// Only if a template cannot be filled, which no record causes.
pub fn page(leaves: &[Leaf]) -> Result<String> {
    let several = leaves.len() > 1;
    let parts: Vec<Part> = leaves
        .iter()
        .map(|leaf| {
            let prefix = if several {
                format!("{}-", leaf.view.lang.written().tag().to_lowercase())
            } else {
                String::new()
            };
            Part::new(leaf, &prefix)
        })
        .collect();
    let page = PageTemplate {
        style: Html(STYLE.to_owned()),
        hash: base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE)),
        parts,
    };
    Ok(page.render()?)
}

/// The file.
#[derive(Template)]
#[template(path = "page.html", config = "src/view/templates/askama.toml")]
struct PageTemplate {
    style: Html,
    hash: String,
    parts: Vec<Part>,
}

/// Folds one after the other.
#[derive(Template)]
#[template(path = "folds.html", config = "src/view/templates/askama.toml")]
struct FoldsTemplate<'a> {
    folds: &'a [Fold],
}

/// Folds as markup.
fn folds(folds: &[Fold]) -> Html {
    let html = FoldsTemplate { folds }.render();
    Html(html.unwrap_or_default())
}

/// One language of the page.
struct Part {
    lang: Lang,
    /// The language in its own words, for the switch.
    own_name: &'static str,
    prefix: String,
    title: String,
    edition: String,
    /// That the language asked for is not written, where it is not.
    nearest: Option<String>,
    /// The plan asked for, where one was.
    one: Option<PlanView>,
    hold: Html,
    /// What to show a clerk who may know the card.
    unsure: Html,
    happened: Html,
    payments: Html,
    letters: Vec<Letter>,
    places: Html,
    cards: Vec<Place>,
    terms: Vec<TermView>,
    tips: Html,
    sources: Vec<SourceView>,
    press: Press,
}

/// The plans of carriers that begin with a letter.
struct Letter {
    letter: char,
    plans: Vec<PlanView>,
}

/// A source with its address.
struct SourceView {
    number: usize,
    publisher: Html,
    kind: Html,
    dated: Html,
    title: Html,
    url: String,
    /// Whether the address may be a link.
    link: bool,
}

impl Part {
    fn new(leaf: &Leaf, prefix: &str) -> Part {
        let Leaf { view, book } = leaf;
        let readings: BTreeMap<String, String> = book
            .terms
            .iter()
            .map(|term| (term.ja.to_string(), term.kana.to_string()))
            .collect();
        let mut press = Press::new(Builder::new(view), prefix, readings);
        let lang = press.lang;
        let whole = !book.places.is_empty();
        let hold = dead::hold(&mut press, book);
        let happened = if whole {
            dead::happened(&mut press, book)
        } else {
            Vec::new()
        };
        let payments = dead::payments(&mut press, book);
        let mut plans: Vec<(char, PlanView)> = book
            .plans
            .iter()
            .map(|plan| (letter(&plan.row.carrier), PlanView::new(&mut press, plan)))
            .collect();
        let one = if whole {
            None
        } else {
            plans.pop().map(|(_, plan)| plan)
        };
        let places = places::places(&mut press, book);
        let tips = cards::tips(&mut press, book);
        Part {
            lang,
            own_name: own_name(lang),
            title: title(lang, book),
            edition: view.edition.to_string(),
            nearest: (view.lang != lang).then(|| nearest_language(view.lang)),
            one,
            hold: folds(&hold),
            unsure: press.say(&book.unsure),
            happened: folds(&happened),
            payments: folds(&payments),
            letters: by_letter(plans),
            places: folds(&places),
            cards: cards::cards(&press, book),
            terms: cards::terms(&press, book),
            tips: folds(&tips),
            sources: sources(&press),
            prefix: prefix.to_owned(),
            press,
        }
    }

    /// A word of the program.
    fn w(&self, word: Word) -> Html {
        self.press.w(word)
    }

    /// A word with a number in it.
    fn n(&self, word: Word, n: usize) -> Html {
        let text = self.press.b.fill(word, &[("n", &n.to_string())]);
        self.press.text(&text)
    }

    fn brand(&self) -> Html {
        let text = self
            .press
            .b
            .fill(Word::PAGE_BRAND, &[("day", &self.edition)]);
        self.press.text(&text)
    }

    fn plans(&self) -> usize {
        self.letters.iter().map(|letter| letter.plans.len()).sum()
    }

    fn no(&self) -> Chip {
        Chip::of(self.lang, Verdict::No)
    }

    fn unsaid(&self) -> Chip {
        Chip::of(self.lang, Verdict::Unknown)
    }

    /// The verdicts with what each means.
    fn legend(&self) -> [(Chip, Html); 4] {
        [
            (Verdict::Yes, Word::PAGE_MEANS_YES),
            (Verdict::Partly, Word::PAGE_MEANS_PARTLY),
            (Verdict::No, Word::PAGE_MEANS_NO),
            (Verdict::Unknown, Word::PAGE_MEANS_UNKNOWN),
        ]
        .map(|(verdict, word)| (Chip::of(self.lang, verdict), self.w(word)))
    }
}

fn own_name(lang: Lang) -> &'static str {
    let key = lang.tag().to_lowercase();
    Word::of("own-name", &key).map_or(lang.tag(), |word| word.text(lang))
}

fn title(lang: Lang, book: &Book) -> String {
    match (&book.plans[..], book.places.is_empty()) {
        ([plan], true) => plan.row.name.to_string(),
        _ => Word::PAGE_TITLE.text(lang).to_owned(),
    }
}

/// The letter under which a carrier is found; a figure is found under `#`.
fn letter(carrier: &str) -> char {
    match carrier.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase(),
        Some(_) | None => '#',
    }
}

fn by_letter(plans: Vec<(char, PlanView)>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for (letter, plan) in plans {
        match letters.iter_mut().find(|known| known.letter == letter) {
            Some(known) => known.plans.push(plan),
            None => letters.push(Letter {
                letter,
                plans: vec![plan],
            }),
        }
    }
    letters.sort_by_key(|letter| letter.letter);
    letters
}

fn sources(press: &Press) -> Vec<SourceView> {
    let view = |(at, cited): (usize, &Cited)| {
        let source = &cited.source;
        let line = press.b.source_line(source);
        SourceView {
            number: at + 1,
            publisher: press.text(&line.publisher),
            kind: press.text(&line.kind),
            dated: press.text(&line.dated),
            title: press.text(&source.title),
            url: spell::address(&source.url),
            link: source.url.starts_with("https://"),
        }
    };
    press.b.cited().iter().enumerate().map(view).collect()
}

/// The languages of a page that holds all of them: the reader's first.
#[must_use]
pub fn all_languages(first: Lang) -> Vec<Lang> {
    let first = first.written();
    let others = WRITTEN.into_iter().filter(|lang| *lang != first);
    std::iter::once(first).chain(others).collect()
}
