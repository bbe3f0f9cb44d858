//! Where money changes hands, and what is taken there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::fact::{Known, Source, vocabulary};
use crate::knowledge::card::{CardType, Sourced};
use crate::knowledge::carrier::{Amount, Contact, Instrument, Note, Payments};
use crate::knowledge::clock::Clock;
use crate::knowledge::{Label, Scope};
use crate::lang::Text;

vocabulary! {
    /// Where one tops up or pays.
    Channel {
        Konbini,
        VendingMachine,
        CarrierShop,
        Retailer,
        Bank,
        Atm,
        Web,
        App,
        BarcodePay,
        AutoPay,
    }
}

impl Channel {
    /// Whether a way through this channel must say which chains it means.
    #[must_use]
    pub fn has_chains(self) -> bool {
        match self {
            Channel::Konbini | Channel::Atm | Channel::Bank => true,
            Channel::VendingMachine
            | Channel::CarrierShop
            | Channel::Retailer
            | Channel::Web
            | Channel::App
            | Channel::BarcodePay
            | Channel::AutoPay => false,
        }
    }
}

/// One file of `data/channels/`: what the place is and how things are handled there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelRecord {
    pub id: Channel,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
    /// Whether it is used over the internet.
    pub online: bool,
    /// What the place is, in two sentences.
    pub about: Text,
    pub about_sources: Vec<SmolStr>,
    #[serde(default)]
    pub chains: Vec<Chain>,
    #[serde(default)]
    pub guides: Vec<Guide>,
    #[serde(default)]
    pub counters: Vec<Counter>,
    #[serde(default)]
    pub clocks: Vec<Clock>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub notes: Vec<Note>,
    #[serde(default)]
    pub labels: Vec<Label>,
    #[serde(default)]
    pub sources: BTreeMap<String, Source>,
}

/// A chain of shops, banks or machines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    pub id: SmolStr,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
}

/// The generic steps of a channel for one type of card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    pub r#type: CardType,
    /// One sentence that follows the verdict.
    pub answer: Text,
    pub steps: Vec<Sourced>,
    #[serde(default)]
    pub say: Vec<SmolStr>,
    pub sources: Vec<SmolStr>,
}

/// How an instrument is handled at a till or machine, whoever the carrier is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    pub by: Vec<Instrument>,
    /// The chains it holds for; empty means all.
    #[serde(default)]
    pub chains: Vec<SmolStr>,
    pub payments: Payments,
    #[serde(default)]
    pub amounts: Vec<Amount>,
    #[serde(default)]
    pub screens: Option<Known<Vec<SmolStr>>>,
    #[serde(default)]
    pub steps: Vec<Text>,
    #[serde(default)]
    pub say: Vec<SmolStr>,
    pub sources: Vec<SmolStr>,
}

/// What one pays with; one entry of `data/payments.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    pub id: SmolStr,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
    /// The payment it is a case of: refused where the whole is refused.
    #[serde(default)]
    pub part_of: Option<SmolStr>,
}

/// One file of `data/tips/`: caveats that hold for more than one carrier.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TipFile {
    #[serde(default)]
    pub notes: Vec<Tip>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub labels: Vec<Label>,
    #[serde(default)]
    pub sources: BTreeMap<String, Source>,
}

/// A caveat for the reader: one line that stands alone, then its detail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tip {
    pub id: SmolStr,
    pub topic: crate::knowledge::carrier::Topic,
    /// What it applies to; empty means everybody.
    pub about: Scope,
    pub title: Text,
    #[serde(default)]
    pub text: Option<Text>,
    pub sources: Vec<SmolStr>,
}
