//! Answers `simguide channels`: where one can pay, or one place in full.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::renew::ClockTold;
use super::way::Teller;
use super::{Cited, Desk, Named, Said, Told, Verdict};
use crate::fact::Known;
use crate::knowledge::carrier::Way;
use crate::knowledge::channel::{Channel, ChannelRecord, Counter};
use crate::knowledge::clock::Clock;
use crate::query::Channels;

/// What `channels` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChannelsAnswer {
    /// One object a channel.
    pub results: Vec<ChannelTold>,
    #[serde(skip)]
    pub one: bool,
    /// The chain asked for.
    #[serde(skip)]
    pub chain: Option<Named>,
}

/// A channel.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChannelTold {
    /// The id of the channel.
    #[schemars(with = "Channel")]
    pub id: &'static str,
    /// In the reader's language.
    pub name: SmolStr,
    /// Whether it is used over the internet.
    pub online: bool,
    /// What it is.
    pub about: Told,
    /// Its chains of shops, banks or machines; empty where it has none.
    pub chains: Vec<Named>,
    /// How many plans have a way here that works, or works in some places.
    pub plans: usize,
    /// Their ids.
    pub plan_ids: Vec<SmolStr>,
    /// Of those, how many take cash here.
    pub cash: usize,
    /// Generic steps, by type of card.
    pub guides: Vec<GuideTold>,
    /// How instruments are handled there, whoever the carrier is.
    pub counters: Vec<CounterTold>,
    /// What to mind there.
    pub cautions: Vec<Told>,
    #[serde(skip)]
    pub clocks: Vec<ClockTold>,
}

/// Generic steps for one type of card.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GuideTold {
    /// The type of card.
    #[schemars(with = "crate::knowledge::card::CardType")]
    pub r#type: &'static str,
    /// Whether and how it can be done.
    pub answer: Told,
    /// What to do, in order.
    pub steps: Vec<Told>,
    /// What to show or say.
    pub say: Vec<Said>,
}

/// How instruments are handled at a till or machine.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CounterTold {
    /// What is handed over or typed.
    #[schemars(with = "Vec<crate::knowledge::carrier::Instrument>")]
    pub by: Vec<&'static str>,
    /// The chains it holds for; empty means all.
    pub chains: Vec<Named>,
    /// Payments that are taken.
    pub taken: Vec<Named>,
    /// Payments that are taken in some places, or sometimes.
    pub sometimes: Vec<Named>,
    /// Payments that are refused.
    pub refused: Vec<Named>,
    /// The smallest and largest sums taken; empty where nobody publishes them.
    pub amounts: Vec<super::way::AmountTold>,
    /// Languages of the screens; null where nobody says.
    pub screens: Option<Vec<SmolStr>>,
    /// What to do, in order.
    pub steps: Vec<SmolStr>,
    /// What to show or say.
    pub say: Vec<Said>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// Tells one channel in full, or all in a line each.
#[must_use]
pub fn answer(desk: &Desk, asked: &Channels) -> ChannelsAnswer {
    let one = asked.channel.is_some();
    let chain = asked.chain.as_ref().map(|id| desk.chain(id));
    let results = Channel::ALL
        .iter()
        .filter(|channel| asked.channel.is_none_or(|only| only == **channel))
        .filter_map(|channel| desk.knowledge.channel(*channel))
        .filter(|record| asked.online == asked.offline || record.online == asked.online)
        .map(|record| told(desk, &record, one || desk.whole, asked.chain.as_deref()))
        .collect();
    ChannelsAnswer {
        results,
        one,
        chain,
    }
}

fn told(desk: &Desk, record: &ChannelRecord, full: bool, chain: Option<&str>) -> ChannelTold {
    let (plan_ids, cash) = plans(desk, record.id, chain);
    let mut told = ChannelTold {
        id: record.id.id(),
        name: record.name.0.clone(),
        online: record.online,
        about: desk.told(&record.about, &record.about_sources),
        chains: record
            .chains
            .iter()
            .map(|chain| Named {
                id: chain.id.clone(),
                name: chain.name.0.clone(),
            })
            .collect(),
        plans: plan_ids.len(),
        plan_ids,
        cash,
        guides: Vec::new(),
        counters: Vec::new(),
        cautions: Vec::new(),
        clocks: Vec::new(),
    };
    if full {
        let guides = desk.knowledge.guides(record.id);
        told.guides = guides.iter().map(|guide| of_guide(desk, guide)).collect();
        let counters = desk.knowledge.counters(record.id);
        told.counters = counters
            .iter()
            .filter(|counter| chain.is_none_or(|chain| in_chain(&counter.chains, chain)))
            .map(|counter| of_counter(desk, counter))
            .collect();
        told.cautions = desk
            .knowledge
            .channel_notes(record.id)
            .iter()
            .filter(|note| chain.is_none_or(|chain| in_chain(&note.about.chains, chain)))
            .map(|note| desk.told(&note.text, &note.sources))
            .collect();
        let clocks: Vec<Clock> = desk
            .knowledge
            .all(&format!("clock.channel/{}", record.id.id()));
        told.clocks = clocks
            .into_iter()
            .filter(|clock| chain.is_none_or(|chain| in_chain(&clock.about.chains, chain)))
            .map(|clock| ClockTold {
                sources: desk.cite(&clock.sources),
                clock,
            })
            .collect();
    }
    told
}

/// Whether something that holds for these chains, or for all where none is named, holds for one.
fn in_chain(chains: &[SmolStr], chain: &str) -> bool {
    chains.is_empty() || chains.iter().any(|own| own == chain)
}

/// The plans with a working way at a channel, and how many of them take cash there.
fn plans(desk: &Desk, channel: Channel, chain: Option<&str>) -> (Vec<SmolStr>, usize) {
    let ways: Vec<Way> = desk.knowledge.all(&format!("way.channel/{}", channel.id()));
    let mut teller = Teller::new(desk);
    teller.give_overview(&[]);
    let mut ids: Vec<SmolStr> = Vec::new();
    let mut cash: Vec<SmolStr> = Vec::new();
    for way in ways {
        let here = match (&way.chains, chain) {
            (_, None) => true,
            (Some(Known::Is(chains)), Some(chain)) => chains.iter().any(|own| own == chain),
            (Some(Known::Unknown) | None, Some(_)) => false,
        };
        if !here || way.works == Known::Unknown {
            continue;
        }
        for id in &way.plans {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
            if cash.contains(id) {
                continue;
            }
            let takes = desk.knowledge.plan_head(id).is_some_and(|plan| {
                let told = teller.way(&plan, &way, &[]);
                matches!(told.payment("cash"), Verdict::Yes | Verdict::Partly)
            });
            if takes {
                cash.push(id.clone());
            }
        }
    }
    (ids, cash.len())
}

fn of_guide(desk: &Desk, guide: &crate::knowledge::channel::Guide) -> GuideTold {
    GuideTold {
        r#type: guide.r#type.id(),
        answer: desk.told(&guide.answer, &guide.sources),
        steps: guide
            .steps
            .iter()
            .map(|step| desk.told(&step.text, &step.sources))
            .collect(),
        say: desk.said(&guide.say),
    }
}

fn of_counter(desk: &Desk, counter: &Counter) -> CounterTold {
    let teller = Teller::new(desk);
    let named = |list: &[SmolStr]| list.iter().map(|id| desk.payment(id)).collect();
    CounterTold {
        by: counter.by.iter().map(|by| by.id()).collect(),
        chains: counter.chains.iter().map(|id| desk.chain(id)).collect(),
        taken: named(&counter.payments.taken),
        sometimes: named(&counter.payments.sometimes),
        refused: named(&counter.payments.refused),
        amounts: counter
            .amounts
            .iter()
            .map(|amount| teller.amount("", amount))
            .collect(),
        screens: match &counter.screens {
            Some(Known::Is(screens)) => Some(screens.clone()),
            Some(Known::Unknown) | None => None,
        },
        steps: counter.steps.iter().map(|text| text.0.clone()).collect(),
        say: desk.said(&counter.say),
        sources: desk.cite(&counter.sources),
    }
}
