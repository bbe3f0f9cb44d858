//! What a clock, a contact or a caveat is about.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as Derive, Serialize};
use smol_str::SmolStr;

use crate::knowledge::card::{Form, Kind};
use crate::knowledge::carrier::Instrument;
use crate::knowledge::channel::Channel;

/// What a block applies to: words of one kind mean *or*, kinds mean *and*; empty means everything.
///
/// In a record it is a list of words, `[hana-30, app]`; the loader sorts them by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    pub plans: Vec<SmolStr>,
    pub channels: Vec<Channel>,
    pub chains: Vec<SmolStr>,
    pub by: Vec<Instrument>,
    pub payments: Vec<SmolStr>,
    pub kinds: Vec<Kind>,
    pub forms: Vec<Form>,
    /// Ids of clocks and packs of the same file.
    pub parts: Vec<SmolStr>,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct Sorted {
    plans: Vec<SmolStr>,
    channels: Vec<Channel>,
    chains: Vec<SmolStr>,
    by: Vec<Instrument>,
    payments: Vec<SmolStr>,
    kinds: Vec<Kind>,
    forms: Vec<Form>,
    parts: Vec<SmolStr>,
}

impl From<Sorted> for Scope {
    fn from(sorted: Sorted) -> Scope {
        Scope {
            plans: sorted.plans,
            channels: sorted.channels,
            chains: sorted.chains,
            by: sorted.by,
            payments: sorted.payments,
            kinds: sorted.kinds,
            forms: sorted.forms,
            parts: sorted.parts,
        }
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ScopeVisitor)
        } else {
            <Sorted as Deserialize>::deserialize(deserializer).map(Scope::from)
        }
    }
}

struct ScopeVisitor;

impl<'de> Visitor<'de> for ScopeVisitor {
    type Value = Scope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of ids, such as [hana-30, app]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scope, A::Error> {
        // The words are sorted by kind once all ids are known; here only their shape is read.
        while seq.next_element::<String>()?.is_some() {}
        Ok(Scope::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scope, A::Error> {
        <Sorted as Deserialize>::deserialize(MapAccessDeserializer::new(map)).map(Scope::from)
    }
}
