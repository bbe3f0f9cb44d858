//! The headings, labels and messages of the program, in every written language.
//!
//! They stand in `data/words.yaml`. The build turns each key into a constant of [`Word`], so a
//! word that does not exist is a compile error.

use std::collections::BTreeMap;

use crate::lang::{Lang, WRITTEN};

/// One word or sentence of `data/words.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word(usize);

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Word {
    /// The word in a language.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        let ends = &ENDS[lang.shelf()];
        let start = if self.0 == 0 { 0 } else { ends[self.0 - 1] };
        &TEXTS[lang.shelf()][start as usize..ends[self.0] as usize]
    }

    /// The word with blanks such as `{plan}` filled in.
    #[must_use]
    pub fn with(self, lang: Lang, blanks: &[(&str, &str)]) -> String {
        fill(self.text(lang), blanks)
    }

    /// The word of a list by the id of the member: `need`, `login`.
    #[must_use]
    pub fn of(list: &str, id: &str) -> Option<Word> {
        Word::find(&format!("{list}-{id}"))
    }

    /// The word of a key.
    #[must_use]
    pub fn find(key: &str) -> Option<Word> {
        let (mut low, mut high) = (0, NAMES_ENDS.len());
        while low < high {
            let middle = low.midpoint(high);
            match name(middle).cmp(key) {
                std::cmp::Ordering::Equal => return Some(Word(middle)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

fn name(at: usize) -> &'static str {
    let start = if at == 0 { 0 } else { NAMES_ENDS[at - 1] };
    &NAMES[start as usize..NAMES_ENDS[at] as usize]
}

/// Puts values where a sentence names them in braces; a name without a value stays as it is.
#[must_use]
pub fn fill(sentence: &str, blanks: &[(&str, &str)]) -> String {
    let mut made = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        made.push_str(before);
        let Some((blank, behind)) = after.split_once('}') else {
            made.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = blanks.iter().find(|(name, _)| *name == blank) {
            made.push_str(value);
        } else {
            made.push('{');
            made.push_str(blank);
            made.push('}');
        }
        rest = behind;
    }
    made.push_str(rest);
    made
}

/// All words by key, in the order of [`WRITTEN`].
#[must_use]
pub fn all() -> BTreeMap<String, Vec<String>> {
    (0..NAMES_ENDS.len())
        .map(|at| {
            let texts = WRITTEN
                .iter()
                .map(|lang| Word(at).text(*lang).to_owned())
                .collect();
            (name(at).to_owned(), texts)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_by_its_name() {
        for (key, texts) in all() {
            let word = Word::find(&key).expect("a word that is listed");
            assert_eq!(word.text(Lang::Ja), texts[2]);
        }
        assert_eq!(Word::find("no-such-word"), None);
    }

    #[test]
    fn blanks_are_filled_and_unknown_ones_kept() {
        assert_eq!(fill("a {b} {c", &[("b", "x")]), "a x {c");
        assert_eq!(fill("{b}{d}", &[("b", "{d}")]), "{d}{d}");
    }
}
