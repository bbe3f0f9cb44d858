//! What is searched: one entry a block, folded when the program is built, in all languages.

use crate::fact::vocabulary;
use crate::knowledge::fold::{fold, fold_text};
use crate::knowledge::store::Table;

vocabulary! {
    /// What a hit is.
    Found { Plan, Channel, Chain, Payment, Type, Term, Phrase, Way, Restore, Tip, Closed, Check, Contact, Note }
}

/// What can be found of one block, in one language.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    pub kind: Option<Found>,
    pub block: u32,
    /// Names, ids and aliases.
    pub names: Vec<String>,
    pub title: String,
    pub text: String,
}

/// Between the parts of an entry.
const PART: char = '\u{1}';

/// The entries of blocks, their texts in each of the languages given; all lists in one order.
#[must_use]
pub fn table(languages: &[Vec<Doc>]) -> Table {
    let Some(first) = languages.first() else {
        return Table::of::<&str>(&[]);
    };
    let mut entries = Vec::with_capacity(first.len());
    for (at, doc) in first.iter().enumerate() {
        let same: Vec<&Doc> = languages.iter().filter_map(|docs| docs.get(at)).collect();
        let mut names: Vec<String> = same
            .iter()
            .flat_map(|doc| &doc.names)
            .flat_map(|name| [fold_text(name), fold(name)])
            .collect();
        names.sort();
        names.dedup();
        let join = |part: fn(&Doc) -> &str| {
            let texts: Vec<String> = same.iter().map(|doc| fold_text(part(doc))).collect();
            texts.join("\n")
        };
        let kind = doc
            .kind
            .and_then(|kind| Found::ALL.iter().position(|known| *known == kind));
        entries.push(format!(
            "{}{PART}{}{PART}{}{PART}{}{PART}{}",
            kind.unwrap_or_default(),
            doc.block,
            names.join("\n"),
            join(|doc| &doc.title),
            join(|doc| &doc.text)
        ));
    }
    Table::of(&entries)
}

/// One entry, taken apart; its texts as bytes, for they are only searched.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub kind: Found,
    pub block: usize,
    pub names: &'a [u8],
    pub title: &'a [u8],
    pub text: &'a [u8],
}

impl<'a> Entry<'a> {
    /// Reads an entry of the table.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Entry<'a>> {
        let mut parts = bytes.splitn(5, |byte| *byte == PART as u8);
        let number = |part: &[u8]| std::str::from_utf8(part).ok()?.parse::<usize>().ok();
        Some(Entry {
            kind: *Found::ALL.get(number(parts.next()?)?)?,
            block: number(parts.next()?)?,
            names: parts.next()?,
            title: parts.next()?,
            text: parts.next()?,
        })
    }
}
