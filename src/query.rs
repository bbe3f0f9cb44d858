//! The question with every default decided; the only place that looks at clock, environment and
//! terminal.

pub mod misread;
pub mod names;
pub mod surroundings;

use std::path::PathBuf;

use schemars::JsonSchema;
use smol_str::SmolStr;

use crate::args::{self, Args, Color, Command, Format, Global, LayoutWord};
use crate::fact::{Day, Time};
use crate::knowledge::Knowledge;
use crate::knowledge::card::CardType;
use crate::knowledge::carrier::{Network, Status, Topic};
use crate::knowledge::channel::Channel;
use crate::lang::Lang;
use crate::words::Word;

pub use names::Refusal;
pub use surroundings::Surroundings;

/// How the reader sees: decided before any record is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language asked for.
    pub lang: Lang,
    /// Display columns.
    pub width: usize,
    /// Lines of the terminal, where there is one.
    pub height: Option<usize>,
    pub colour: bool,
    pub ascii: bool,
    pub layout: LayoutWord,
    /// Today in Japan, or the day the reader gave.
    pub today: Day,
    pub data: Option<PathBuf>,
}

/// The narrowest page.
pub const NARROWEST: usize = 20;
/// The widest page.
pub const WIDEST: usize = 400;

impl Settings {
    /// Decides what flags, environment and terminal leave open.
    ///
    /// # Errors
    /// A flag with a word that means nothing.
    pub fn decide(global: &Global, around: &Surroundings) -> Result<Settings, Refusal> {
        let lang = match &global.lang {
            Some(tag) => tag.parse().map_err(|_| Refusal::lang(tag))?,
            None => around.lang(),
        };
        let today = match &global.today {
            Some(text) => names::day(text, "--today")?,
            None => around.today,
        };
        let width = match &global.width {
            Some(text) => names::number(text, "--width")?,
            None => around.width(),
        };
        let colour = match global.color {
            Some(Color::Always) => true,
            Some(Color::Never) => false,
            Some(Color::Auto) | None => around.colour(),
        };
        Ok(Settings {
            lang,
            width: width.clamp(NARROWEST, WIDEST),
            height: around.height,
            colour,
            ascii: global.ascii,
            layout: global.layout.unwrap_or(LayoutWord::Auto),
            today,
            data: global.data.clone(),
        })
    }
}

/// A question, understood.
#[derive(Clone, Debug)]
pub struct Query {
    pub lang: Lang,
    pub today: Day,
    pub format: Format,
    pub ask: Ask,
}

impl Query {
    /// Whether the answer is read by a program: then no field is left out.
    #[must_use]
    pub fn is_for_programs(&self) -> bool {
        match self.format {
            Format::Json | Format::Yaml | Format::Csv => true,
            Format::Table | Format::Markdown | Format::Ics => false,
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Guide,
    Types(Option<CardType>),
    Channels(Channels),
    Plans(Plans),
    Plan(SmolStr),
    Renew(Renew),
    Restore(Option<SmolStr>),
    Expiry(Expiry),
    Tips(Tips),
    Phrases(Phrases),
    Terms(Option<String>),
    Search(Vec<String>),
    Sources(Sources),
}

/// What `renew` is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Renew {
    /// The types of card.
    #[serde(rename = "type")]
    pub types: Vec<CardType>,
    /// The channels, those of the chains included.
    #[serde(rename = "channel")]
    pub channels: Vec<Channel>,
    /// The ids of chains.
    #[serde(rename = "chain")]
    pub chains: Vec<SmolStr>,
    /// The ids of carriers.
    #[serde(rename = "carrier")]
    pub carriers: Vec<SmolStr>,
    /// The ids of plans, those of the carriers included.
    #[serde(rename = "plan")]
    pub plans: Vec<SmolStr>,
    /// The ids of payments.
    pub pay: Vec<SmolStr>,
    /// Whether it must work without internet.
    pub no_internet: bool,
    /// Whether it must work without Japanese.
    pub no_japanese: bool,
    /// Whether a plan was named, so that its ways are told in full.
    #[serde(skip)]
    pub names_plan: bool,
}

impl Renew {
    /// Whether nothing narrows it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.types.is_empty()
            && self.channels.is_empty()
            && self.chains.is_empty()
            && self.plans.is_empty()
            && !self.filters_ways()
    }

    /// Whether it asks for more than plans and places.
    #[must_use]
    pub fn filters_ways(&self) -> bool {
        !self.pay.is_empty() || self.no_internet || self.no_japanese
    }
}

/// What `channels` is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Channels {
    /// The channel; null where all are asked for.
    pub channel: Option<Channel>,
    /// The id of the chain; null where none was named.
    pub chain: Option<SmolStr>,
    /// Whether only what is used over the internet is asked for.
    pub online: bool,
    /// Whether only what is used without the internet is asked for.
    pub offline: bool,
}

/// What `plans` is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Plans {
    /// The ids of the plans of the carriers named.
    #[serde(rename = "plan")]
    pub plans: Vec<SmolStr>,
    /// The networks.
    #[serde(rename = "network")]
    pub networks: Vec<Network>,
    /// The types of card.
    #[serde(rename = "type")]
    pub types: Vec<CardType>,
    /// The statuses.
    pub status: Vec<StatusAsked>,
    /// The network code; null where none was given.
    pub code: Option<SmolStr>,
    /// The digits of the serial number; null where none were given.
    pub iccid: Option<SmolStr>,
}

/// A status asked for: one that is known, or `unknown`, that nobody confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusAsked {
    Is(Status),
    Unknown,
}

impl StatusAsked {
    /// The word as it is typed.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            StatusAsked::Is(status) => status.id(),
            StatusAsked::Unknown => "unknown",
        }
    }

    /// All words, in the order of the list.
    #[must_use]
    pub fn all() -> Vec<StatusAsked> {
        let known = Status::ALL.iter().map(|status| StatusAsked::Is(*status));
        known.chain([StatusAsked::Unknown]).collect()
    }
}

impl serde::Serialize for StatusAsked {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// What `tips` is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Tips {
    /// The topics.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
    /// The types of card.
    #[serde(rename = "type")]
    pub types: Vec<CardType>,
    /// The channels.
    #[serde(rename = "channel")]
    pub channels: Vec<Channel>,
    /// The ids of plans.
    #[serde(rename = "plan")]
    pub plans: Vec<SmolStr>,
}

/// What `phrases` is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Phrases {
    /// The id of a phrase; null where none was named.
    pub id: Option<SmolStr>,
    /// The channels.
    #[serde(rename = "channel")]
    pub channels: Vec<Channel>,
    /// The words looked for; null where none were given.
    pub search: Option<String>,
}

/// What `sources` is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Sources {
    /// The ids of plans.
    #[serde(rename = "plan")]
    pub plans: Vec<SmolStr>,
    /// Days before today; null where no age was asked for.
    pub older_than: Option<i64>,
    /// Who stands behind the pages.
    #[serde(rename = "kind")]
    pub kinds: Vec<crate::fact::SourceKind>,
}

/// The dates of one plan that `expiry` counts from; Japan time.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct Expiry {
    /// The id of the plan.
    pub plan: SmolStr,
    /// When it was topped up: a day, or a day and a time `2026-11-24T21:30`; null where not told.
    #[serde(serialize_with = "day_and_time")]
    #[schemars(with = "Option<String>")]
    pub topped_up: Option<(Day, Option<Time>)>,
    /// When it was activated; null where not told.
    pub activated: Option<Day>,
    /// The end of what is running; null where not told.
    pub expires: Option<Day>,
    /// When the bill is due; null where not told.
    pub bill_due: Option<Day>,
    /// The id of the pack bought; null where not told.
    pub pack: Option<SmolStr>,
    /// The day from which days are counted.
    pub today: Day,
}

/// A day with its time as it is typed.
#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields on like this"
)]
fn day_and_time<S: serde::Serializer>(
    moment: &Option<(Day, Option<Time>)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match moment {
        None => serializer.serialize_none(),
        Some((day, None)) => serializer.collect_str(day),
        Some((day, Some(time))) => serializer.collect_str(&format_args!("{day}T{time}")),
    }
}

impl Expiry {
    /// The command that asks this.
    #[must_use]
    pub fn command(&self) -> String {
        let mut command = format!("simguide expiry {}", self.plan);
        let mut add = |flag: &str, value: Option<String>| {
            if let Some(value) = value {
                command.push_str(&format!(" {flag} {value}"));
            }
        };
        let topped_up = self.topped_up.map(|(day, time)| match time {
            Some(time) => format!("{day}T{time}"),
            None => day.to_string(),
        });
        add("--topped-up", topped_up);
        add("--activated", self.activated.map(|day| day.to_string()));
        add("--expires", self.expires.map(|day| day.to_string()));
        add("--bill-due", self.bill_due.map(|day| day.to_string()));
        add("--pack", self.pack.as_ref().map(SmolStr::to_string));
        command
    }
}

/// What the program is to do.
#[derive(Clone, Debug)]
pub enum Task {
    Answer(Query),
    Page {
        plan: Option<SmolStr>,
        output: Option<PathBuf>,
        force: bool,
        /// In all written languages, the reader's first.
        every_language: bool,
    },
    Check(PathBuf),
    Completions(String),
    Man(Option<String>),
    Schema(Option<String>),
    Version,
}

impl Task {
    /// Understands what was typed.
    ///
    /// # Errors
    /// A word that names nothing, with the nearest that does.
    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    pub fn new(typed: Args, settings: &Settings, knowledge: &Knowledge) -> Result<Task, Refusal> {
        let answer = |ask: Ask, format: Option<Format>| {
            Task::Answer(Query {
                lang: settings.lang,
                today: settings.today,
                format: format.unwrap_or_default(),
                ask,
            })
        };
        if typed.version {
            return Ok(Task::Version);
        }
        let Some(command) = typed.command else {
            return Ok(answer(Ask::Guide, None));
        };
        let find = names::Finder { knowledge };
        Ok(match command {
            Command::Renew(args::RenewArgs {
                types,
                channels,
                carriers,
                plans,
                pay,
                no_internet,
                no_japanese,
                format,
            }) => {
                let types = find.types(&types)?;
                let (channels, chains) = find.channels(&channels)?;
                let names_plan = !plans.is_empty() || !carriers.is_empty();
                let plans = find.plans_or_carriers(&plans, &carriers, &types)?;
                let renew = Renew {
                    types,
                    channels,
                    chains,
                    carriers: find.carriers(&carriers),
                    plans,
                    pay: find.payments(&pay)?,
                    no_internet,
                    no_japanese,
                    names_plan,
                };
                answer(Ask::Renew(renew), format.format)
            }
            Command::Expiry(args::ExpiryArgs {
                plan,
                topped_up,
                activated,
                expires,
                bill_due,
                pack,
                format,
            }) => {
                let plan = find.plan(&plan)?;
                let day = |text: &Option<String>, flag: &str| {
                    text.as_ref().map(|text| names::day(text, flag)).transpose()
                };
                let pack = pack.map(|word| find.pack(&plan, &word)).transpose()?;
                let expiry = Expiry {
                    topped_up: topped_up
                        .map(|text| names::day_and_time(&text, "--topped-up"))
                        .transpose()?,
                    activated: day(&activated, "--activated")?,
                    expires: day(&expires, "--expires")?,
                    bill_due: day(&bill_due, "--bill-due")?,
                    pack,
                    today: settings.today,
                    plan,
                };
                answer(Ask::Expiry(expiry), format.format)
            }
            Command::Restore(args::RestoreArgs { plan, format }) => {
                let plan = plan.map(|word| find.plan(&word)).transpose()?;
                answer(Ask::Restore(plan), format.format)
            }
            Command::Types(args::TypesArgs { card, format }) => {
                let card = card.map(|word| find.card(&word)).transpose()?;
                answer(Ask::Types(card), format.format)
            }
            Command::Channels(args::ChannelsArgs {
                channel,
                online,
                offline,
                format,
            }) => {
                let (mut channels, mut chains) = match &channel {
                    Some(word) => find.channels(std::slice::from_ref(word))?,
                    None => (Vec::new(), Vec::new()),
                };
                let asked = Channels {
                    online: online
                        || channel
                            .as_deref()
                            .is_some_and(|word| names::is_group(word, true)),
                    offline: offline
                        || channel
                            .as_deref()
                            .is_some_and(|word| names::is_group(word, false)),
                    channel: if channels.len() == 1 {
                        channels.pop()
                    } else {
                        None
                    },
                    chain: chains.pop(),
                };
                answer(Ask::Channels(asked), format.format)
            }
            Command::Plans(args::PlansArgs {
                plan,
                carriers,
                networks,
                types,
                status,
                code,
                iccid,
                format,
            }) => {
                if let Some(word) = plan {
                    answer(Ask::Plan(find.plan(&word)?), format.format)
                } else {
                    let types = find.types(&types)?;
                    let asked = Plans {
                        plans: find.plans_or_carriers(&[], &carriers, &types)?,
                        networks: names::words(
                            &networks,
                            Network::ALL,
                            Network::id,
                            "network",
                            Word::WHAT_NETWORK,
                            Word::LIST_NETWORKS,
                        )?,
                        types,
                        status: names::status(&status)?,
                        code: code.map(|text| names::code(&text)).transpose()?,
                        iccid: iccid.map(|text| names::iccid(&text)).transpose()?,
                    };
                    answer(Ask::Plans(asked), format.format)
                }
            }
            Command::Tips(args::TipsArgs {
                topics,
                types,
                channels,
                plans,
                format,
            }) => {
                let tips = Tips {
                    topics: names::words(
                        &topics,
                        Topic::ALL,
                        Topic::id,
                        "topic",
                        Word::WHAT_TOPIC,
                        Word::LIST_TOPICS,
                    )?,
                    types: find.types(&types)?,
                    channels: find.channels(&channels)?.0,
                    plans: find.plans_or_carriers(&plans, &[], &[])?,
                };
                answer(Ask::Tips(tips), format.format)
            }
            Command::Phrases(args::PhrasesArgs {
                id,
                channels,
                search,
                format,
            }) => {
                let phrases = Phrases {
                    id: id.map(|word| find.phrase(&word)).transpose()?,
                    channels: find.channels(&channels)?.0,
                    search: search.as_deref().map(names::looked_for),
                };
                answer(Ask::Phrases(phrases), format.format)
            }
            Command::Terms(args::TermsArgs { word, format }) => {
                let word = word.as_deref().map(names::looked_for);
                answer(Ask::Terms(word), format.format)
            }
            Command::Search(args::SearchArgs { words, format }) => {
                let words = words.iter().map(|word| names::looked_for(word));
                answer(Ask::Search(words.collect()), format.format)
            }
            Command::Sources(args::SourcesArgs {
                plans,
                older_than,
                kinds,
                format,
            }) => {
                let sources = Sources {
                    plans: find.plans_or_carriers(&plans, &[], &[])?,
                    older_than: older_than
                        .map(|text| names::number(&text, "--older-than"))
                        .transpose()?
                        .map(|days| i64::try_from(days).unwrap_or(i64::MAX)),
                    kinds: names::words(
                        &kinds,
                        crate::fact::SourceKind::ALL,
                        crate::fact::SourceKind::id,
                        "kind",
                        Word::WHAT_KIND,
                        Word::LIST_KINDS,
                    )?,
                };
                answer(Ask::Sources(sources), format.format)
            }
            Command::Page(args::PageArgs {
                plan,
                output,
                force,
                every_language,
            }) => Task::Page {
                plan: plan.map(|word| find.plan(&word)).transpose()?,
                output,
                force,
                every_language,
            },
            Command::Check(args::CheckArgs { folder }) => Task::Check(folder),
            Command::Completions(args::CompletionsArgs { shell }) => {
                Task::Completions(names::shell(shell.as_deref())?)
            }
            Command::Man(args::ManArgs { command }) => {
                Task::Man(command.map(|word| names::command(&word)).transpose()?)
            }
            Command::Schema(args::SchemaArgs { command }) => {
                Task::Schema(command.map(|word| names::answering(&word)).transpose()?)
            }
        })
    }
}
