//! The compiled form: tables of bytes that are searched and read where they lie.
//!
//! Five tables hold everything: keys (sorted), posts (for each key the numbers of its blocks),
//! blocks (postcard, one table a language), ids of sources (sorted) and sources (postcard, in
//! the order of their ids); all but the blocks are the same in all languages.
//! A query decodes only the blocks it prints.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Byte strings by number: their count, where each ends, then the bytes; numbers little-endian.
#[derive(Clone)]
pub struct Table(Cow<'static, [u8]>);

impl Table {
    /// A table that was compiled in.
    #[must_use]
    pub const fn embedded(bytes: &'static [u8]) -> Table {
        Table(Cow::Borrowed(bytes))
    }

    /// A table made of these entries.
    #[must_use]
    pub fn of<T: AsRef<[u8]>>(entries: &[T]) -> Table {
        let mut bytes = number(entries.len());
        let mut end = 0;
        for entry in entries {
            end += entry.as_ref().len();
            bytes.extend(number(end));
        }
        for entry in entries {
            bytes.extend(entry.as_ref());
        }
        Table(Cow::Owned(bytes))
    }

    /// The bytes, to be written by the build.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.number(0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of a number; empty beyond the end.
    #[must_use]
    pub fn get(&self, at: usize) -> &[u8] {
        let count = self.len();
        if at >= count {
            return &[];
        }
        let start = if at == 0 { 0 } else { self.number(at) };
        let end = self.number(at + 1);
        let body = 4 * (count + 1);
        self.0.get(body + start..body + end).unwrap_or_default()
    }

    /// The number of an entry of a sorted table.
    #[must_use]
    pub fn find(&self, entry: &[u8]) -> Option<usize> {
        let at = self.first(entry);
        (at < self.len() && self.get(at) == entry).then_some(at)
    }

    /// The number of the first entry that is not before this one, in a sorted table.
    #[must_use]
    pub fn first(&self, entry: &[u8]) -> usize {
        // The bytes are taken apart once: this is the step that every question takes most often.
        let count = self.len();
        let Some((ends, body)) = self.0.split_at_checked(4 * (count + 1)) else {
            return count;
        };
        let end = |at: usize| ends.get(4 * at..).map_or(0, number_at);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            let start = if middle == 0 { 0 } else { end(middle) };
            if body.get(start..end(middle + 1)).unwrap_or_default() < entry {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn number(&self, at: usize) -> usize {
        self.0.get(4 * at..).map_or(0, number_at)
    }
}

/// The number that bytes begin with; 0 where they are too few.
fn number_at(bytes: &[u8]) -> usize {
    bytes
        .first_chunk()
        .map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
}

fn number(n: usize) -> Vec<u8> {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes().to_vec()
}

/// Compiled records in one language.
#[derive(Clone)]
pub struct Store {
    pub keys: Table,
    pub posts: Table,
    pub blocks: Table,
    pub source_ids: Table,
    pub sources: Table,
}

impl Store {
    /// The numbers of the blocks that stand under a key, in the order they were written.
    pub fn posts(&self, key: &str) -> impl Iterator<Item = usize> + '_ {
        let at = self.keys.find(key.as_bytes());
        at.map_or(&[][..], |at| self.posts.get(at))
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    /// The keys that start with these words, without them.
    pub fn keys_under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let start = self.keys.first(prefix.as_bytes());
        (start..self.keys.len())
            .map_while(move |at| self.keys.get(at).strip_prefix(prefix.as_bytes()))
            .filter_map(|rest| std::str::from_utf8(rest).ok())
    }

    /// A block, read as what its key says it is; `None` for damaged bytes.
    #[must_use]
    pub fn block<T: DeserializeOwned>(&self, number: usize) -> Option<T> {
        postcard::from_bytes(self.blocks.get(number)).ok()
    }

    /// A source by its id.
    #[must_use]
    pub fn source<T: DeserializeOwned>(&self, id: &str) -> Option<T> {
        let number = self.source_ids.find(id.as_bytes())?;
        postcard::from_bytes(self.sources.get(number)).ok()
    }

    /// The ids of the sources, sorted.
    pub fn source_ids(&self) -> impl Iterator<Item = &str> {
        (0..self.source_ids.len())
            .filter_map(|at| std::str::from_utf8(self.source_ids.get(at)).ok())
    }
}

/// Collects blocks and the keys they are found under.
#[derive(Default)]
pub struct Writer {
    keys: BTreeMap<String, Vec<u32>>,
    blocks: Vec<Vec<u8>>,
    sources: BTreeMap<String, Vec<u8>>,
}

impl Writer {
    /// Adds a block under these keys and gives its number.
    ///
    /// # Panics
    /// If a record cannot be encoded, which no record type allows.
    pub fn block<T: Serialize>(&mut self, block: &T, keys: &[String]) -> u32 {
        let number = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        self.blocks
            .push(postcard::to_allocvec(block).expect("records encode"));
        for key in keys {
            self.key(key.clone(), number);
        }
        number
    }

    /// Adds a source under its id.
    ///
    /// # Panics
    /// If a source cannot be encoded, which its type does not allow.
    pub fn source<T: Serialize>(&mut self, id: &str, source: &T) {
        let bytes = postcard::to_allocvec(source).expect("sources encode");
        self.sources.insert(id.to_owned(), bytes);
    }

    /// Puts a block under one more key.
    pub fn key(&mut self, key: String, number: u32) {
        let posts = self.keys.entry(key).or_default();
        if posts.last() != Some(&number) {
            posts.push(number);
        }
    }

    /// The tables.
    #[must_use]
    pub fn finish(self) -> Store {
        let posts: Vec<Vec<u8>> = self
            .keys
            .values()
            .map(|posts| posts.iter().flat_map(|post| post.to_le_bytes()).collect())
            .collect();
        let keys: Vec<String> = self.keys.into_keys().collect();
        Store {
            keys: Table::of(&keys),
            posts: Table::of(&posts),
            blocks: Table::of(&self.blocks),
            source_ids: Table::of(&self.sources.keys().collect::<Vec<_>>()),
            sources: Table::of(&self.sources.values().collect::<Vec<_>>()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_went_in() {
        let table = Table::of(&["alpha", "", "gamma"]);
        assert_eq!(table.len(), 3);
        assert_eq!(table.get(0), b"alpha");
        assert_eq!(table.get(1), b"");
        assert_eq!(table.get(2), b"gamma");
        assert_eq!(table.get(3), b"");
        assert_eq!(Table::embedded(&[]).len(), 0);
    }

    #[test]
    fn keys_are_found_and_listed_by_their_start() {
        let mut writer = Writer::default();
        writer.block(&1u8, &["way.plan/a".into(), "way.all".into()]);
        writer.block(&2u8, &["way.plan/b".into(), "way.all".into()]);
        let store = writer.finish();
        assert_eq!(store.posts("way.all").collect::<Vec<_>>(), [0, 1]);
        assert_eq!(store.posts("way.plan/b").collect::<Vec<_>>(), [1]);
        assert_eq!(store.posts("way.plan/c").count(), 0);
        assert_eq!(
            store.keys_under("way.plan/").collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert_eq!(store.block::<u8>(1), Some(2));
    }
}
