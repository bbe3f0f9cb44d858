//! Answers `simguide terms`: the words on Japanese screens, bills and receipts.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::Desk;
use crate::knowledge::fold::{fold, fold_text};
use crate::knowledge::phrase::Term;

/// What `terms` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermsAnswer {
    /// One object a term.
    pub results: Vec<TermTold>,
    /// The word asked for.
    #[serde(skip)]
    pub word: Option<SmolStr>,
}

/// A term.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermTold {
    /// The id of the term.
    pub id: SmolStr,
    /// The word.
    pub ja: SmolStr,
    /// How it is read, in kana.
    pub kana: SmolStr,
    /// How it is read, in Latin letters.
    pub romaji: SmolStr,
    /// In the reader's language, or the nearest; null for a Japanese reader.
    pub meaning: Option<SmolStr>,
    /// Where it is seen.
    pub seen: SmolStr,
}

/// Finds the terms that hold a word in any language; those that are the word first.
#[must_use]
pub fn answer(desk: &Desk, word: Option<&str>) -> TermsAnswer {
    let all: Vec<Term> = desk.knowledge.all("term.all");
    let results = match word {
        None => all.iter().map(|term| told(desk, term)).collect(),
        Some(word) => {
            let (folded, in_text) = (fold(word), fold_text(word));
            let mut found: Vec<(usize, &Term)> = all
                .iter()
                .filter_map(|term| Some((rank(term, &folded, &in_text)?, term)))
                .collect();
            found.sort_by_key(|(rank, _)| *rank);
            found
                .into_iter()
                .map(|(_, term)| told(desk, term))
                .collect()
        }
    };
    TermsAnswer {
        results,
        word: word.map(SmolStr::new),
    }
}

/// How well a term answers a word: 0 is the word itself, 1 begins with it, 2 holds it.
fn rank(term: &Term, folded: &str, in_text: &str) -> Option<usize> {
    if folded.is_empty() {
        return None;
    }
    let mut names = vec![
        term.id.clone(),
        term.ja.clone(),
        term.kana.clone(),
        term.romaji.clone(),
        term.en.clone(),
        term.zh_hans.clone(),
    ];
    names.extend(term.aliases.iter().cloned());
    let names: Vec<String> = names.iter().map(|name| fold(name)).collect();
    if names.iter().any(|name| name == folded) {
        return Some(0);
    }
    if names.iter().any(|name| name.starts_with(folded)) {
        return Some(1);
    }
    if names.iter().any(|name| name.contains(folded)) || fold_text(&term.seen.0).contains(in_text) {
        return Some(2);
    }
    // A longer word that holds the term: what stands on a whole button.
    names
        .iter()
        .take(1 + 1)
        .any(|name| name.chars().count() >= 2 && folded.contains(name))
        .then_some(3)
}

fn told(desk: &Desk, term: &Term) -> TermTold {
    TermTold {
        id: term.id.clone(),
        ja: term.ja.clone(),
        kana: term.kana.clone(),
        romaji: term.romaji.clone(),
        meaning: term.meaning(desk.lang).map(SmolStr::new),
        seen: term.seen.0.clone(),
    }
}
