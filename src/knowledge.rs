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
use std::path::Path;

use serde::de::DeserializeOwned;

use card::{CardRecord, CardType};
use carrier::{Apn, Check, Closed, Contact, Instrument, Note, Pack, Plan, Restore, Sign, Way};
use channel::{Channel, ChannelRecord, Counter, Guide, Payment, Tip};
use clock::Clock;
use compile::{CarrierHead, ChainOf};
use fault::Fault;
use load::{Folder, Records};
use phrase::{Host, Phrase, Term};
use store::{Store, Table};

use crate::fact::{Day, Source};
use crate::lang::Lang;
use crate::words;

include!(concat!(env!("OUT_DIR"), "/records.rs"));

/// Everything that is known, in the language of one reader.
pub struct Knowledge {
    base: Store,
    /// Records of `--data`, before those compiled in.
    over: Option<Store>,
    /// Blocks of the base that `--data` replaces.
    hidden: BTreeSet<usize>,
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
                sources: Table::embedded(SOURCES),
            },
            over: None,
            hidden: BTreeSet::new(),
            search: Table::embedded(SEARCH),
            search_over: None,
            edition: EDITION.parse().expect("the build checked the edition"),
        }
    }

    /// The records compiled in, with those of a folder added to them or in their place.
    ///
    /// # Errors
    /// Every fault of the folder.
    pub fn with_folder(lang: Lang, folder: &Path) -> Result<Knowledge, Vec<Fault>> {
        let mut knowledge = Knowledge::compiled(lang);
        let folder = Folder::read(folder)?;
        let base = if folder.is_whole() {
            Records::default()
        } else {
            knowledge.base_records()
        };
        let records = folder.records(lang.written(), &base)?;
        if let Some(edition) = records.edition {
            knowledge.edition = edition;
        }
        let mut own = records;
        if folder.is_whole() {
            let (store, docs) = compile::compile(&own);
            knowledge.base = store;
            knowledge.search = find::table(&[docs]);
            return Ok(knowledge);
        }
        for file in folder.shelves() {
            knowledge
                .hidden
                .extend(knowledge.base.posts(&format!("file/{file}")));
        }
        own.keep_only(&folder.shelves());
        let (store, docs) = compile::compile(&own);
        knowledge.over = Some(store);
        knowledge.search_over = Some(find::table(&[docs]));
        Ok(knowledge)
    }

    /// What the rules of records must know of the records compiled in: ids, names, hosts.
    #[must_use]
    pub fn base_records(&self) -> Records {
        let mut records = Records {
            edition: Some(self.edition),
            channels: self.all("channel.all"),
            payments: self.all("payment.all"),
            types: self.all("type.all"),
            phrases: self.all("phrase.all"),
            terms: self.all("term.all"),
            hosts: self.all("host.all"),
            words: words::all(),
            ..Records::default()
        };
        for head in self.all::<CarrierHead>("carrier.all") {
            records.carriers.push(carrier::Carrier {
                plans: self.all(&format!("plan.carrier/{}", head.id)),
                ..carrier::Carrier::empty(head.id, head.name, head.network)
            });
        }
        records
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
            .chain(over)
            .map(str::to_owned)
            .collect()
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

    /// The source of an id such as `au/pay-request`.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<Source> {
        let key = format!("source/{id}");
        let from = |store: &Store| store.posts(&key).find_map(|number| store.source(number));
        self.over
            .as_ref()
            .and_then(from)
            .or_else(|| from(&self.base))
    }

    /// How many sources there are.
    #[must_use]
    pub fn sources(&self) -> usize {
        let over = self.over.as_ref().map_or(0, |store| store.sources.len());
        self.base.sources.len() + over
    }

    /// The plan of an id.
    #[must_use]
    pub fn plan(&self, id: &str) -> Option<Plan> {
        self.one(&format!("plan/{id}"))
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

    /// A card type.
    #[must_use]
    pub fn card(&self, card: CardType) -> Option<CardRecord> {
        self.one(&format!("type/{}", card.id()))
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

/// What a folder without faults holds, and lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub files: usize,
    pub plans: usize,
    pub sources: usize,
    pub sentences: usize,
    /// How many of the sentences exist in each known language.
    pub languages: Vec<(&'static str, usize)>,
    /// Plans with neither a way nor a recorded "no".
    pub gaps: Vec<String>,
    /// Carriers whose newest source is older than a year before the edition, or undated.
    pub old: Vec<String>,
}

/// Validates a folder: a whole knowledge base, or one that adds to what is compiled in.
///
/// # Errors
/// Every fault, in every written language.
pub fn check(folder: &Path) -> Result<Report, Vec<Fault>> {
    let folder = Folder::read(folder)?;
    let mut report = Report::default();
    for lang in crate::lang::WRITTEN {
        let base = if folder.is_whole() {
            Records::default()
        } else {
            Knowledge::compiled(lang).base_records()
        };
        let mut records = folder.records(lang, &base)?;
        records.keep_only(&folder.shelves());
        report = report_on(&folder, &records);
    }
    Ok(report)
}

fn report_on(folder: &Folder, records: &Records) -> Report {
    let (sentences, languages) = folder.sentences();
    let edition: Day = EDITION
        .parse()
        .unwrap_or(Day(jiff::civil::date(2026, 1, 1)));
    let maps = records
        .carriers
        .iter()
        .map(|carrier| &carrier.sources)
        .chain(records.channels.iter().map(|channel| &channel.sources))
        .chain(records.types.iter().map(|card| &card.sources))
        .chain(records.tips.values().map(|tips| &tips.sources));
    let mut report = Report {
        files: folder.shelves().len(),
        plans: records
            .carriers
            .iter()
            .map(|carrier| carrier.plans.len())
            .sum(),
        sources: maps.map(std::collections::BTreeMap::len).sum(),
        sentences,
        languages,
        ..Report::default()
    };
    for carrier in &records.carriers {
        for plan in &carrier.plans {
            let told = carrier.ways.iter().any(|way| way.plans.contains(&plan.id))
                || carrier
                    .closed
                    .iter()
                    .any(|closed| closed.plans.contains(&plan.id));
            if !told {
                report.gaps.push(plan.id.clone());
            }
        }
        let newest = carrier.sources.values().filter_map(Source::newest).max();
        if newest.is_none_or(|day| day.days_until(edition) > 365) {
            report.old.push(carrier.id.clone());
        }
    }
    report
}
