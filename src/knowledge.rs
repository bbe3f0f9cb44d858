//! What we know: the records compiled in, or read through the same checks from a folder.

pub mod card;
pub mod carrier;
pub mod channel;
pub mod clock;
pub mod compile;
pub mod door;
pub mod fault;
pub mod find;
pub mod fold;
pub mod folder;
pub mod links;
pub mod load;
pub mod once;
pub mod phrase;
pub mod plain;
pub mod reckon;
pub mod rules;
pub mod scope;
pub mod store;
pub mod wording;

pub use phrase::Label;
pub use scope::Scope;

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use card::{CardFacts, CardHead, CardRecord, CardType};
use carrier::{
    Apn, Check, Closed, Contact, Instrument, Note, Pack, Plan, PlanHead, Restore, Sign, Way,
};
use channel::{Channel, ChannelRecord, Counter, Guide, Payment, Tip};
use clock::Clock;
use compile::{CarrierHead, ChainOf};
use phrase::{Host, Phrase, Term};
use store::{Store, Table};

use crate::fact::{Day, Source};
use crate::lang::Lang;

include!(concat!(env!("OUT_DIR"), "/records.rs"));

/// Everything that is known, in the language of one reader.
pub struct Knowledge {
    base: Store,
    /// Records of `--data`, before those compiled in.
    over: Option<Store>,
    /// Blocks of the base that `--data` replaces.
    hidden: BTreeSet<usize>,
    /// What stands before the source keys of files that `--data` replaces.
    hidden_shelves: BTreeSet<String>,
    search: Table,
    search_over: Option<Table>,
    /// The date of the whole knowledge base.
    pub edition: Day,
}

impl Knowledge {
    /// The records compiled in.
    ///
    /// # Panics
    /// Never: the build wrote the edition it checked.
    #[must_use]
    pub fn compiled(lang: Lang) -> Knowledge {
        Knowledge {
            base: Store {
                keys: Table::embedded(KEYS),
                posts: Table::embedded(POSTS),
                blocks: Table::embedded(BLOCKS[lang.shelf()]),
                source_ids: Table::embedded(SOURCE_IDS),
                sources: Table::embedded(SOURCES),
            },
            over: None,
            hidden: BTreeSet::new(),
            hidden_shelves: BTreeSet::new(),
            search: Table::embedded(SEARCH),
            search_over: None,
            edition: EDITION.parse().expect("the build checked the edition"),
        }
    }

    /// All blocks under a key, those of `--data` first.
    #[must_use]
    pub fn all<T: DeserializeOwned>(&self, key: &str) -> Vec<T> {
        self.find(key)
            .filter_map(|block| self.read(block))
            .collect()
    }

    /// The first block under a key.
    #[must_use]
    pub fn one<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.find(key).find_map(|block| self.read(block))
    }

    /// The blocks under a key, unread.
    pub fn find<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Block> + 'a {
        let over = self
            .over
            .iter()
            .flat_map(|store| store.posts(key))
            .map(Block::Over);
        let base = self
            .base
            .posts(key)
            .filter(|number| !self.hidden.contains(number))
            .map(Block::Base);
        over.chain(base)
    }

    /// Reads a block as what its key says it is.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self, block: Block) -> Option<T> {
        match block {
            Block::Base(number) => self.base.block(number),
            Block::Over(number) => self.over.as_ref()?.block(number),
        }
    }

    /// The words that follow a start among the keys; sorted, each once.
    #[must_use]
    pub fn keys_under(&self, prefix: &str) -> BTreeSet<String> {
        let over = self.over.iter().flat_map(|store| store.keys_under(prefix));
        self.base
            .keys_under(prefix)
            .filter(|rest| self.shows(prefix, rest))
            .chain(over)
            .map(str::to_owned)
            .collect()
    }

    /// Whether anything under a key of the base is left to show.
    fn shows(&self, prefix: &str, rest: &str) -> bool {
        if self.hidden.is_empty() {
            return true;
        }
        let mut posts = self.base.posts(&format!("{prefix}{rest}"));
        posts.any(|number| !self.hidden.contains(&number))
    }

    /// Whether the file of a source of the base was replaced.
    fn replaces_source(&self, id: &str) -> bool {
        !self.hidden_shelves.is_empty()
            && id
                .rsplit_once('/')
                .is_some_and(|(shelf, _)| self.hidden_shelves.contains(shelf))
    }

    /// What can be searched and passes a look at its bytes, with the place of its block.
    pub fn entries<'a>(
        &'a self,
        look: impl Fn(&[u8]) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = (Block, find::Entry<'a>)> + 'a {
        let of = move |table: &'a Table| {
            (0..table.len())
                .map(|at| table.get(at))
                .filter(move |bytes| look(bytes))
                .filter_map(find::Entry::read)
        };
        let over = self.search_over.iter().flat_map(of);
        let base = of(&self.search).filter(|entry| !self.hidden.contains(&entry.block));
        over.map(|entry| (Block::Over(entry.block), entry))
            .chain(base.map(|entry| (Block::Base(entry.block), entry)))
    }

    /// The source of an id: the file, a slash, its key in the file.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<Source> {
        let own = self.over.as_ref().and_then(|store| store.source(id));
        if own.is_some() || self.replaces_source(id) {
            return own;
        }
        self.base.source(id)
    }

    /// How many sources there are.
    #[must_use]
    pub fn sources(&self) -> usize {
        if self.over.is_none() {
            return self.base.sources.len();
        }
        self.source_ids().len()
    }

    /// The ids of the sources; sorted, each once.
    #[must_use]
    pub fn source_ids(&self) -> BTreeSet<String> {
        let over = self.over.iter().flat_map(Store::source_ids);
        self.base
            .source_ids()
            .filter(|id| !self.replaces_source(id))
            .chain(over)
            .map(str::to_owned)
            .collect()
    }

    /// The plan of an id.
    #[must_use]
    pub fn plan(&self, id: &str) -> Option<Plan> {
        self.one(&format!("plan/{id}"))
    }

    /// What the plan of an id is called, and what it is.
    #[must_use]
    pub fn plan_head(&self, id: &str) -> Option<PlanHead> {
        self.one(&format!("plan.head/{id}"))
    }

    /// All plans.
    #[must_use]
    pub fn plans(&self) -> Vec<Plan> {
        self.all("plan.all")
    }

    /// The carrier of an id.
    #[must_use]
    pub fn carrier(&self, id: &str) -> Option<CarrierHead> {
        self.one(&format!("carrier/{id}"))
    }

    /// The ways of a plan.
    #[must_use]
    pub fn ways(&self, plan: &str) -> Vec<Way> {
        self.all(&format!("way.plan/{plan}"))
    }

    /// The recorded impossibilities of a plan.
    #[must_use]
    pub fn closed(&self, plan: &str) -> Vec<Closed> {
        self.all(&format!("closed.plan/{plan}"))
    }

    /// The clocks of a plan.
    #[must_use]
    pub fn clocks(&self, plan: &str) -> Vec<Clock> {
        self.all(&format!("clock.plan/{plan}"))
    }

    /// The packs sold for a plan.
    #[must_use]
    pub fn packs(&self, plan: &str) -> Vec<Pack> {
        self.all(&format!("pack.plan/{plan}"))
    }

    /// A pack of a carrier.
    #[must_use]
    pub fn pack(&self, carrier: &str, id: &str) -> Option<Pack> {
        self.one(&format!("pack/{carrier}/{id}"))
    }

    /// How a stopped line of a plan comes back.
    #[must_use]
    pub fn restores(&self, plan: &str) -> Vec<Restore> {
        self.all(&format!("restore.plan/{plan}"))
    }

    /// The phone lines and chats of a plan.
    #[must_use]
    pub fn contacts(&self, plan: &str) -> Vec<Contact> {
        self.all(&format!("contact.plan/{plan}"))
    }

    /// The caveats of a plan.
    #[must_use]
    pub fn notes(&self, plan: &str) -> Vec<Note> {
        self.all(&format!("note.plan/{plan}"))
    }

    /// The caveats of a channel.
    #[must_use]
    pub fn channel_notes(&self, channel: Channel) -> Vec<Note> {
        self.all(&format!("note.channel/{}", channel.id()))
    }

    /// How a plan is recognised.
    #[must_use]
    pub fn signs(&self, plan: &str) -> Vec<Sign> {
        self.all(&format!("sign.plan/{plan}"))
    }

    /// How to see what is left of a plan.
    #[must_use]
    pub fn checks(&self, plan: &str) -> Vec<Check> {
        self.all(&format!("check.plan/{plan}"))
    }

    /// Access point settings of a plan.
    #[must_use]
    pub fn apns(&self, plan: &str) -> Vec<Apn> {
        self.all(&format!("apn.plan/{plan}"))
    }

    /// What a channel is.
    #[must_use]
    pub fn channel(&self, channel: Channel) -> Option<ChannelRecord> {
        self.one(&format!("channel/{}", channel.id()))
    }

    /// The generic steps of a channel, one guide a card type.
    #[must_use]
    pub fn guides(&self, channel: Channel) -> Vec<Guide> {
        self.all(&format!("guide.channel/{}", channel.id()))
    }

    /// The generic steps of a channel for a card type.
    #[must_use]
    pub fn guide(&self, channel: Channel, card: CardType) -> Option<Guide> {
        self.one(&format!("guide/{}/{}", channel.id(), card.id()))
    }

    /// How instruments are handled at a channel.
    #[must_use]
    pub fn counters(&self, channel: Channel) -> Vec<Counter> {
        self.all(&format!("counter.channel/{}", channel.id()))
    }

    /// How one instrument is handled at a channel.
    #[must_use]
    pub fn counters_by(&self, channel: Channel, by: Instrument) -> Vec<Counter> {
        self.all(&format!("counter/{}/{}", channel.id(), by.id()))
    }

    /// A chain by id.
    #[must_use]
    pub fn chain(&self, id: &str) -> Option<ChainOf> {
        self.one(&format!("chain/{id}"))
    }

    /// What one pays with, by id.
    #[must_use]
    pub fn payment(&self, id: &str) -> Option<Payment> {
        self.one(&format!("payment/{id}"))
    }

    /// What a card type is called.
    #[must_use]
    pub fn card(&self, card: CardType) -> Option<CardHead> {
        self.one(&format!("type/{}", card.id()))
    }

    /// The short facts of a card type.
    #[must_use]
    pub fn card_facts(&self, card: CardType) -> Option<CardFacts> {
        self.one(&format!("type.facts/{}", card.id()))
    }

    /// A card type with all its sentences.
    #[must_use]
    pub fn whole_card(&self, card: CardType) -> Option<CardRecord> {
        self.one(&format!("type.whole/{}", card.id()))
    }

    /// All tips.
    #[must_use]
    pub fn tips(&self) -> Vec<Tip> {
        self.all("tip.all")
    }

    /// The replies to expect to a phrase.
    #[must_use]
    pub fn replies(&self, phrase: &str) -> Vec<Label> {
        self.one(&format!("replies/{phrase}")).unwrap_or_default()
    }

    /// A phrase by id, without its replies.
    #[must_use]
    pub fn phrase(&self, id: &str) -> Option<Phrase> {
        self.one(&format!("phrase/{id}"))
    }

    /// A term by id.
    #[must_use]
    pub fn term(&self, id: &str) -> Option<Term> {
        self.one(&format!("term/{id}"))
    }

    /// The hosts that may be linked to.
    #[must_use]
    pub fn hosts(&self) -> Vec<Host> {
        self.all("host.all")
    }
}

/// The place of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    Base(usize),
    Over(usize),
}
