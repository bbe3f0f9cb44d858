//! The texts of the records as they lie in the program: each once, and only pointed at.
//!
//! A compiled block holds the place of a text in the pool and not the text: reading it copies
//! and checks nothing. Records read from a folder carry their texts themselves.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;

use crate::embedded::POOL;

/// Texts being collected: each once, with where it starts.
#[derive(Default)]
struct Pool {
    texts: String,
    places: HashMap<String, usize>,
}

impl Pool {
    fn place(&mut self, text: &str) -> usize {
        if let Some(at) = self.places.get(text) {
            return *at;
        }
        let at = self.texts.len();
        self.texts.push_str(text);
        self.places.insert(text.to_owned(), at);
        at
    }
}

thread_local! {
    /// The pool that texts go to when blocks are written; none outside of [`collect`].
    static COLLECTING: RefCell<Option<Pool>> = const { RefCell::new(None) };
}

/// Writes blocks whose texts go into a pool, and gives the pool.
pub fn collect<T>(write: impl FnOnce() -> T) -> (T, String) {
    COLLECTING.set(Some(Pool::default()));
    let written = write();
    let pool = COLLECTING.take().unwrap_or_default();
    (written, pool.texts)
}

/// Writes a text: as itself where people read it, in a block as its place in the pool.
///
/// # Errors
/// Those of the format.
pub fn serialize<S: Serializer>(text: &SmolStr, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        return text.serialize(serializer);
    }
    let place = COLLECTING.with_borrow_mut(|pool| Some(pool.as_mut()?.place(text)));
    match place {
        Some(at) => (at + 1, text.len()).serialize(serializer),
        None => (0_usize, text.as_str()).serialize(serializer),
    }
}

/// Reads what [`serialize`] wrote.
///
/// # Errors
/// Those of the format, and a place that is not in the pool.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SmolStr, D::Error> {
    if deserializer.is_human_readable() {
        SmolStr::deserialize(deserializer)
    } else {
        deserializer.deserialize_tuple(2, Placed)
    }
}

struct Placed;

impl<'de> Visitor<'de> for Placed {
    type Value = SmolStr;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<SmolStr, A::Error> {
        let missing = || A::Error::custom("a text that is cut off");
        match pair
            .next_element::<usize>()?
            .ok_or_else(missing)?
            .checked_sub(1)
        {
            Some(start) => {
                let length: usize = pair.next_element()?.ok_or_else(missing)?;
                let text = start
                    .checked_add(length)
                    .and_then(|end| POOL.get(start..end));
                text.map(SmolStr::new_static).ok_or_else(missing)
            }
            None => pair.next_element()?.ok_or_else(missing),
        }
    }
}

/// The same for a text that may be absent.
pub mod option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use smol_str::SmolStr;

    /// A text that is written by its place.
    #[derive(Serialize, Deserialize)]
    struct Placed(#[serde(with = "super")] SmolStr);

    /// Writes a text or its absence.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer>(
        text: &Option<SmolStr>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        text.clone().map(Placed).serialize(serializer)
    }

    /// Reads a text or its absence.
    ///
    /// # Errors
    /// Those of the format.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SmolStr>, D::Error> {
        let placed = Option::<Placed>::deserialize(deserializer)?;
        Ok(placed.map(|Placed(text)| text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Record(
        #[serde(with = "super")] SmolStr,
        #[serde(with = "super::option")] Option<SmolStr>,
    );

    fn bytes(text: &str, other: Option<&str>) -> Vec<u8> {
        let record = Record(text.into(), other.map(SmolStr::new));
        postcard::to_allocvec(&record).expect("bytes")
    }

    #[test]
    fn a_text_stands_in_the_pool_once_and_in_a_block_as_its_place() {
        let (blocks, pool) = collect(|| [bytes("once", Some("twice")), bytes("twice", None)]);
        assert_eq!(pool, "oncetwice");
        assert_eq!(blocks[0], [1, 4, 1, 5, 5]);
        assert_eq!(blocks[1], [5, 5, 0]);
    }

    #[test]
    fn a_text_outside_of_a_pool_is_written_itself() {
        let block = bytes("itself", Some(""));
        let read: Record = postcard::from_bytes(&block).expect("a record");
        assert_eq!(read, Record("itself".into(), Some(SmolStr::default())));
    }

    #[test]
    fn a_place_is_read_from_the_pool_of_the_program_and_nowhere_else() {
        let first = POOL.chars().next().expect("a text").to_string();
        let block = [1, u8::try_from(first.len()).expect("a letter"), 0];
        let read: Record = postcard::from_bytes(&block).expect("a record");
        assert_eq!(read, Record(first.into(), None));
        let far = postcard::to_allocvec(&(POOL.len() + 1, 1_usize, 0_u8)).expect("bytes");
        assert!(postcard::from_bytes::<Record>(&far).is_err());
        let endless = postcard::to_allocvec(&(2_usize, usize::MAX, 0_u8)).expect("bytes");
        assert!(postcard::from_bytes::<Record>(&endless).is_err());
    }
}
