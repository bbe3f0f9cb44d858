//! What is true for the reader: values that hold facts and their sources.

pub mod book;
pub mod channels;
pub mod expiry;
pub mod phrases;
pub mod plans;
pub mod renew;
pub mod restore;
pub mod search;
pub mod shape;
pub mod sources;
pub mod terms;
pub mod tips;
pub mod types;
pub mod way;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use foldhash::fast::FixedState;
use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use crate::fact::{Day, Source, SourceKind};
use crate::knowledge::Knowledge;
use crate::knowledge::phrase::{Label, Phrase};
use crate::lang::Lang;
use crate::query::{Ask, Query};

/// How sure a yes or no is; in the order in which a reader should try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Yes,
    Partly,
    Unknown,
    No,
}

impl Verdict {
    /// The word in JSON and in `words.yaml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Partly => "partly",
            Verdict::Unknown => "unknown",
            Verdict::No => "no",
        }
    }
}

/// A source with the id by which records name it; shared by all that rests on it.
#[derive(Clone, Debug, JsonSchema)]
pub struct Cited(Rc<Page>);

/// What a [`Cited`] is: its fields are read through it.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(
    rename = "Cited",
    description = "A source with the id by which records name it."
)]
pub struct Page {
    /// The id by which records name it.
    pub id: SmolStr,
    #[serde(flatten)]
    pub source: Source,
}

impl Deref for Cited {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.0
    }
}

impl PartialEq for Cited {
    fn eq(&self, other: &Cited) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.id == other.0.id
    }
}

impl Eq for Cited {}

impl Serialize for Cited {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The pages some facts rest on, read once for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
pub struct Pages(Rc<Vec<Cited>>);

impl Deref for Pages {
    type Target = [Cited];

    fn deref(&self) -> &[Cited] {
        &self.0
    }
}

impl Serialize for Pages {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// An id with its name in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Never translated.
    pub id: SmolStr,
    /// In the reader's language.
    pub name: SmolStr,
}

/// A channel as a field of something else: its id under `channel`, its name beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The id of the channel.
    #[serde(rename = "channel")]
    #[schemars(with = "crate::knowledge::channel::Channel")]
    pub id: SmolStr,
    /// The channel in the reader's language.
    #[serde(rename = "channel_name")]
    pub name: SmolStr,
}

impl From<Named> for Place {
    fn from(named: Named) -> Place {
        Place {
            id: named.id,
            name: named.name,
        }
    }
}

/// A sentence with the pages it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Told {
    /// The sentence, in the reader's language.
    pub text: SmolStr,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// A Japanese sentence to say, with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
pub struct Said(Rc<Sentence>);

/// What a [`Said`] is: its fields are read through it.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(
    rename = "Said",
    description = "A Japanese sentence to say, with its meaning."
)]
pub struct Sentence {
    /// The id of the phrase: `simguide phrases ID` shows it large.
    pub id: SmolStr,
    /// The sentence.
    pub ja: SmolStr,
    /// How it is read, in kana.
    pub kana: SmolStr,
    /// How it is read, in Latin letters.
    pub romaji: SmolStr,
    /// In the reader's language, or the nearest; null for a Japanese reader, who needs none.
    pub meaning: Option<SmolStr>,
}

/// What the other side may say, with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reply {
    /// The sentence.
    pub ja: SmolStr,
    /// How it is read, in kana; null where it is not recorded.
    pub kana: Option<SmolStr>,
    /// How it is read, in Latin letters; null where it is not recorded.
    pub romaji: Option<SmolStr>,
    /// In the reader's language, or the nearest; null for a Japanese reader, who needs none.
    pub meaning: Option<SmolStr>,
}

impl Deref for Said {
    type Target = Sentence;

    fn deref(&self) -> &Sentence {
        &self.0
    }
}

impl Serialize for Said {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Whether all of these pages are unofficial: then the fact is not confirmed by the operator.
#[must_use]
pub fn unofficial(sources: &[Cited]) -> bool {
    !sources.is_empty()
        && sources
            .iter()
            .all(|cited| cited.source.kind == SourceKind::Community)
}

/// How old a set of sources is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// A page of the last year stands behind it.
    Fresh,
    /// The newest dated page is older than a year.
    Old,
    /// No page gives a date.
    Undated,
}

/// The age of the newest source.
#[must_use]
pub fn age(sources: &[Cited], today: Day) -> Age {
    match sources
        .iter()
        .filter_map(|cited| cited.source.newest())
        .max()
    {
        None => Age::Undated,
        Some(day) if day.days_until(today) > 365 => Age::Old,
        Some(_) => Age::Fresh,
    }
}

/// What answers look up: the knowledge, for one reader.
pub struct Desk<'a> {
    pub knowledge: &'a Knowledge,
    /// The language the reader asked for; meanings of phrases may exist in it.
    pub lang: Lang,
    pub today: Day,
    /// Whether every field is filled, as programs want it; a screen shows an overview.
    pub whole: bool,
    /// Sources read already.
    read: RefCell<HashMap<SmolStr, Cited, FixedState>>,
    /// Phrases read already.
    spoken: RefCell<HashMap<SmolStr, Said, FixedState>>,
}

/// Room for the sources of most answers.
const SOURCES: usize = 100;

impl<'a> Desk<'a> {
    /// A desk for one answer.
    #[must_use]
    pub fn new(knowledge: &'a Knowledge, lang: Lang, today: Day) -> Desk<'a> {
        Desk {
            knowledge,
            lang,
            today,
            whole: false,
            read: RefCell::new(HashMap::with_capacity_and_hasher(
                SOURCES,
                FixedState::default(),
            )),
            spoken: RefCell::default(),
        }
    }

    /// The sources of these ids; one that is missing is left out.
    #[must_use]
    pub fn cite(&self, ids: &[SmolStr]) -> Vec<Cited> {
        ids.iter().filter_map(|id| self.cite_one(id)).collect()
    }

    /// The same, to be shared.
    #[must_use]
    pub fn pages(&self, ids: &[SmolStr]) -> Pages {
        Pages(Rc::new(self.cite(ids)))
    }

    /// Those of several lists, each once.
    pub fn pages_of<'i>(&self, ids: impl Iterator<Item = &'i SmolStr>) -> Pages {
        let mut pages: Vec<Cited> = Vec::new();
        for cited in ids.filter_map(|id| self.cite_one(id)) {
            if !pages.contains(&cited) {
                pages.push(cited);
            }
        }
        Pages(Rc::new(pages))
    }

    fn cite_one(&self, id: &str) -> Option<Cited> {
        if let Some(cited) = self.read.borrow().get(id) {
            return Some(cited.clone());
        }
        let source = self.knowledge.source(id)?;
        let id = SmolStr::new(id);
        let cited = Cited(Rc::new(Page {
            id: id.clone(),
            source,
        }));
        self.read.borrow_mut().insert(id, cited.clone());
        Some(cited)
    }

    /// A sentence with its sources.
    #[must_use]
    pub fn told(&self, text: &crate::lang::Text, sources: &[SmolStr]) -> Told {
        Told {
            text: text.0.clone(),
            sources: self.cite(sources),
        }
    }

    /// The phrases of these ids, each once.
    #[must_use]
    pub fn said(&self, ids: &[SmolStr]) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        for id in ids {
            if said.iter().all(|other| other.id != *id)
                && let Some(phrase) = self.say_one(id)
            {
                said.push(phrase);
            }
        }
        said
    }

    fn say_one(&self, id: &str) -> Option<Said> {
        if let Some(said) = self.spoken.borrow().get(id) {
            return Some(said.clone());
        }
        let said = self.say(&self.knowledge.phrase(id)?);
        self.spoken
            .borrow_mut()
            .insert(SmolStr::new(id), said.clone());
        Some(said)
    }

    fn say(&self, phrase: &Phrase) -> Said {
        Said(Rc::new(Sentence {
            id: phrase.id.clone(),
            ja: phrase.ja.clone(),
            kana: phrase.kana.clone(),
            romaji: phrase.romaji.clone(),
            meaning: phrase.meaning(self.lang).map(SmolStr::new),
        }))
    }

    /// A reply with its meaning.
    #[must_use]
    pub fn reply(&self, label: &Label) -> Reply {
        Reply {
            ja: label.ja.clone(),
            kana: label.kana.clone(),
            romaji: label.romaji.clone(),
            meaning: label.meaning(self.lang).map(SmolStr::new),
        }
    }

    /// The name of a payment.
    #[must_use]
    pub fn payment(&self, id: &str) -> Named {
        let name = self
            .knowledge
            .payment(id)
            .map_or_else(|| SmolStr::new(id), |payment| payment.name.0);
        Named {
            id: SmolStr::new(id),
            name,
        }
    }

    /// The name of a chain.
    #[must_use]
    pub fn chain(&self, id: &str) -> Named {
        let name = self
            .knowledge
            .chain(id)
            .map_or_else(|| SmolStr::new(id), |found| found.chain.name.0);
        Named {
            id: SmolStr::new(id),
            name,
        }
    }

    /// The name of a channel.
    #[must_use]
    pub fn channel(&self, channel: crate::knowledge::channel::Channel) -> Named {
        let name = self
            .knowledge
            .channel(channel)
            .map_or_else(|| SmolStr::new_static(channel.id()), |found| found.name.0);
        Named {
            id: SmolStr::new_static(channel.id()),
            name,
        }
    }
}

/// The answer to a query.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Guide(Guide),
    Types(Box<types::TypesAnswer>),
    Channels(Box<channels::ChannelsAnswer>),
    Plans(plans::PlansAnswer),
    Plan(Box<plans::PlanAnswer>),
    Renew(Box<renew::RenewAnswer>),
    Restore(restore::RestoreAnswer),
    Expiry(Box<expiry::ExpiryAnswer>),
    Tips(tips::TipsAnswer),
    Phrases(phrases::PhrasesAnswer),
    Terms(terms::TermsAnswer),
    Search(search::SearchAnswer),
    Sources(sources::SourcesAnswer),
}

/// The short guide that is shown when nothing was asked.
#[derive(Clone, Debug, Serialize)]
pub struct Guide {
    pub edition: Day,
    pub plans: usize,
    pub sources: usize,
    pub careful: Vec<Told>,
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Answered, a recorded no and "not published" included.
    Answered,
    /// Nothing matches, or a filter shut the last door.
    Nothing,
}

impl Answer {
    /// Answers a query from what we know.
    #[must_use]
    pub fn to(query: &Query, knowledge: &Knowledge) -> Answer {
        let desk = Desk {
            whole: query.is_for_programs(),
            ..Desk::new(knowledge, query.lang, query.today)
        };
        match &query.ask {
            Ask::Guide => Answer::Guide(Guide::new(&desk)),
            Ask::Types(card) => Answer::Types(Box::new(types::answer(&desk, *card))),
            Ask::Channels(channels) => {
                Answer::Channels(Box::new(channels::answer(&desk, channels)))
            }
            Ask::Plans(plans) => Answer::Plans(plans::list(&desk, plans)),
            Ask::Plan(plan) => Answer::Plan(Box::new(plans::one(&desk, plan))),
            Ask::Renew(renew) => Answer::Renew(Box::new(renew::answer(&desk, renew))),
            Ask::Restore(plan) => Answer::Restore(restore::answer(&desk, plan.as_deref())),
            Ask::Expiry(expiry) => Answer::Expiry(Box::new(expiry::answer(&desk, expiry))),
            Ask::Tips(tips) => Answer::Tips(tips::answer(&desk, tips)),
            Ask::Phrases(phrases) => Answer::Phrases(phrases::answer(&desk, phrases)),
            Ask::Terms(terms) => Answer::Terms(terms::answer(&desk, terms.as_deref())),
            Ask::Search(words) => Answer::Search(search::answer(&desk, words)),
            Ask::Sources(sources) => Answer::Sources(sources::answer(&desk, sources)),
        }
    }

    /// How the program ends after this answer.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let nothing = match self {
            Answer::Renew(renew) => renew.shut.is_some(),
            Answer::Expiry(expiry) => expiry.results.is_empty(),
            Answer::Plans(plans) => plans.results.is_empty(),
            Answer::Tips(tips) => tips.results.is_empty(),
            Answer::Phrases(phrases) => phrases.results.is_empty(),
            Answer::Terms(terms) => terms.results.is_empty(),
            Answer::Search(search) => search.results.is_empty(),
            Answer::Sources(sources) => sources.results.is_empty(),
            Answer::Guide(_)
            | Answer::Types(_)
            | Answer::Channels(_)
            | Answer::Plan(_)
            | Answer::Restore(_) => false,
        };
        if nothing {
            Exit::Nothing
        } else {
            Exit::Answered
        }
    }
}

impl Guide {
    fn new(desk: &Desk) -> Guide {
        let careful = desk
            .knowledge
            .one::<crate::knowledge::channel::Tip>("tip/carry-yen")
            .map(|tip| desk.told(&tip.title, &tip.sources));
        Guide {
            edition: desk.knowledge.edition,
            plans: desk.knowledge.find("plan.all").count(),
            sources: desk.knowledge.sources(),
            careful: careful.into_iter().collect(),
        }
    }
}
