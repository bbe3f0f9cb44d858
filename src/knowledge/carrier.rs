//! What a carrier sells, how it is topped up or paid, and what can go wrong: `data/carriers/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fact::{Known, Source, Time, vocabulary};
use crate::knowledge::card::{CardType, Form, Kind};
use crate::knowledge::channel::Channel;
use crate::knowledge::clock::Clock;
use crate::knowledge::{Label, Scope};
use crate::lang::Text;

/// One file of `data/carriers/`: whoever takes the money.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    pub id: String,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub network: Network,
    pub site: Known<String>,
    /// A short name for several plans, used wherever a plan is.
    #[serde(default)]
    pub groups: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub labels: Vec<Label>,
    pub plans: Vec<Plan>,
    #[serde(default)]
    pub packs: Vec<Pack>,
    #[serde(default)]
    pub ways: Vec<Way>,
    #[serde(default)]
    pub closed: Vec<Closed>,
    #[serde(default)]
    pub clocks: Vec<Clock>,
    #[serde(default)]
    pub restore: Vec<Restore>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub notes: Vec<Note>,
    #[serde(default)]
    pub signs: Vec<Sign>,
    #[serde(default)]
    pub checks: Vec<Check>,
    #[serde(default)]
    pub apns: Vec<Apn>,
    #[serde(default)]
    pub sources: BTreeMap<String, Source>,
}

impl Carrier {
    /// A carrier of which only this much is known.
    #[must_use]
    pub fn empty(id: String, name: Text, network: Network) -> Carrier {
        Carrier {
            id,
            name,
            aliases: Vec::new(),
            network,
            site: Known::Unknown,
            groups: BTreeMap::new(),
            labels: Vec::new(),
            plans: Vec::new(),
            packs: Vec::new(),
            ways: Vec::new(),
            closed: Vec::new(),
            clocks: Vec::new(),
            restore: Vec::new(),
            contacts: Vec::new(),
            notes: Vec::new(),
            signs: Vec::new(),
            checks: Vec::new(),
            apns: Vec::new(),
            sources: BTreeMap::new(),
        }
    }
}

vocabulary! {
    /// The radio network a SIM uses in Japan.
    Network { Docomo, Au, Softbank, Rakuten, Several, Abroad }
}

vocabulary! {
    /// Whom a plan is sold to.
    Customer { Tourist, Resident }
}

vocabulary! {
    /// Whether a plan can still be bought.
    Status { OnSale, ExistingUsersOnly, Ended }
}

vocabulary! {
    /// Text messages of a plan.
    Sms { Full, ReceiveOnly, None }
}

vocabulary! {
    /// What is handed over or typed.
    Instrument {
        Slip, Number, Barcode, Code,
        /// The carrier's own card.
        Card,
        Machine,
        /// Logged in.
        Account,
        /// A page open to all.
        Page,
        /// Looked up for you.
        PhoneNumber,
    }
}

vocabulary! {
    /// What a payment is for.
    Pays { TopUp, Bill, Overdue }
}

vocabulary! {
    /// How surely a way works, or a line comes back.
    Works { Always, Sometimes }
}

vocabulary! {
    /// How surely a stopped line comes back.
    Possible { Always, Sometimes, Never }
}

vocabulary! {
    /// Whether a way needs the internet, and when. In the order a person without it should try.
    Internet {
        None,
        /// The page opens over the SIM itself.
        OwnSim,
        /// Buy offline, then enter the code over another network.
        After,
        /// Fetch something, then go offline.
        Before,
        During,
    }
}

vocabulary! {
    /// Why a line does not work.
    Stopped { Unpaid, Expired, Unused, DataUsedUp, Lost, EsimDeleted, PaidNotBack }
}

vocabulary! {
    /// What a caveat is about.
    Topic {
        Amount, Fee, Payment, ForeignCard, Validity, Deadline, Refund, Receipt, Identity, Esim,
        Language, Trap, Scam, Status, Data, GettingOnline, Law, Other,
    }
}

vocabulary! {
    /// The days of the week on which hours hold.
    Weekly { Daily, Weekdays }
}

/// What a person holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Never changes.
    pub id: String,
    /// The carrier whose file it stands in; filled in by the loader.
    #[serde(default)]
    pub carrier: String,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: Kind,
    pub form: Vec<Form>,
    pub r#for: Vec<Customer>,
    pub status: Known<Status>,
    /// The year, month or day it ended.
    #[serde(default)]
    pub ended: Option<Known<String>>,
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// Whether it makes calls.
    pub calls: Known<bool>,
    pub sms: Known<Sms>,
    /// The speed in kbit/s when the data is gone; 0 = it stops.
    pub kbps_after_data: Known<u32>,
    /// Can it be renewed, how and with what: holds if nothing else is read.
    pub lead: Text,
    pub sources: Vec<String>,
}

impl Plan {
    /// Whether it is a card of these types: kinds widen each other, and so do forms; the two narrow.
    #[must_use]
    pub fn is_any_of(&self, types: &[CardType]) -> bool {
        let mut kinds = types
            .iter()
            .filter(|card| **card != CardType::Esim)
            .peekable();
        let esim = types.contains(&CardType::Esim);
        (kinds.peek().is_none() || kinds.any(|card| card.fits(self.kind, &self.form)))
            && (!esim || CardType::Esim.fits(self.kind, &self.form))
    }
}

/// What can be bought for a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub id: String,
    pub plans: Vec<String>,
    #[serde(default)]
    pub jpy: Option<Known<u32>>,
    #[serde(default)]
    pub hkd: Option<String>,
    #[serde(default)]
    pub usd: Option<String>,
    #[serde(default)]
    pub cny: Option<String>,
    #[serde(default)]
    pub eur: Option<String>,
    #[serde(default)]
    pub data_mb: Option<Known<u32>>,
    #[serde(default)]
    pub unlimited: bool,
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub hours: Option<u32>,
    pub sources: Vec<String>,
}

/// One way to top up plans, or pay their bill, through one channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub plans: Vec<String>,
    pub channel: Channel,
    pub by: Instrument,
    /// Where it works; required for channels that have chains.
    #[serde(default)]
    pub chains: Option<Known<Vec<String>>>,
    /// What a person would call it.
    pub title: Text,
    pub pays: Vec<Pays>,
    pub works: Known<Works>,
    pub internet: Known<Internet>,
    /// Languages of the screens the reader must work; none = a phrase is enough.
    pub screens: Known<Vec<String>>,
    pub payments: Payments,
    #[serde(default)]
    pub card_brands: Vec<String>,
    /// What can be paid or bought; for a bill the smallest and largest taken.
    pub amounts: Known<Vec<Amount>>,
    /// None = free.
    pub fees: Known<Vec<Fee>>,
    pub needs: Known<Vec<String>>,
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Only what is special to this carrier; the counter adds the rest.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// Phrases in the order of use.
    #[serde(default)]
    pub say: Vec<String>,
    /// Where a part rests on other sources than the whole.
    #[serde(default)]
    pub from: Vec<From>,
    pub sources: Vec<String>,
}

/// The sources of one part of a way.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    /// Names of fields, or payments.
    pub of: Vec<String>,
    pub sources: Vec<String>,
}

/// Payments by verdict; one that is not listed is not published.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    #[serde(default)]
    pub taken: Vec<String>,
    #[serde(default)]
    pub sometimes: Vec<String>,
    #[serde(default)]
    pub refused: Vec<String>,
}

/// An amount that can be paid: a sum of money, or a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    #[serde(default)]
    pub jpy: Option<u32>,
    #[serde(default)]
    pub hkd: Option<String>,
    #[serde(default)]
    pub usd: Option<String>,
    #[serde(default)]
    pub cny: Option<String>,
    #[serde(default)]
    pub eur: Option<String>,
    #[serde(default)]
    pub pack: Option<String>,
    #[serde(default)]
    pub up_to: Option<Sum>,
    #[serde(default)]
    pub step: Option<Sum>,
}

/// A sum in the currency of its entry, written bare for yen and quoted for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum(pub String);

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return String::deserialize(deserializer).map(Sum);
        }
        deserializer.deserialize_any(SumVisitor)
    }
}

struct SumVisitor;

impl serde::de::Visitor<'_> for SumVisitor {
    type Value = Sum;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("yen as 3000, another currency as \"4.50\"")
    }

    fn visit_u64<E: serde::de::Error>(self, sum: u64) -> Result<Sum, E> {
        Ok(Sum(sum.to_string()))
    }

    fn visit_str<E: serde::de::Error>(self, sum: &str) -> Result<Sum, E> {
        Ok(Sum(sum.to_owned()))
    }
}

/// What paying costs on top.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    #[serde(default)]
    pub jpy: Option<u32>,
    #[serde(default)]
    pub hkd: Option<String>,
    #[serde(default)]
    pub usd: Option<String>,
    #[serde(default)]
    pub percent: Option<String>,
    #[serde(default)]
    pub when: Option<Text>,
}

/// Opening hours, Japan time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub from: Time,
    pub to: Time,
    pub days: Weekly,
}

/// A way that does not work, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    pub plans: Vec<String>,
    pub channel: Channel,
    #[serde(default)]
    pub by: Option<Instrument>,
    /// Narrows a way whose chains are unknown.
    #[serde(default)]
    pub chains: Vec<String>,
    pub why: Text,
    pub sources: Vec<String>,
}

/// How a stopped line comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    pub plans: Vec<String>,
    pub stopped: Stopped,
    /// Can it come back, and what to do now: holds if nothing else is read.
    pub answer: Text,
    pub possible: Known<Possible>,
    pub internet: Known<Internet>,
    #[serde(default)]
    pub steps: Vec<Text>,
    #[serde(default)]
    pub say: Vec<String>,
    pub sources: Vec<String>,
}

/// A phone line or chat.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    #[serde(default)]
    pub about: Scope,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub chat: Option<String>,
    pub languages: Known<Vec<String>>,
    pub free: Known<bool>,
    /// Whether a stopped line reaches it.
    pub from_stopped: Known<bool>,
    pub hours: Known<Hours>,
    /// Who may call, which key to press.
    #[serde(default)]
    pub how: Option<Text>,
    pub sources: Vec<String>,
}

/// One caveat in prose.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub topic: Topic,
    pub about: Scope,
    pub text: Text,
    pub sources: Vec<String>,
}

/// How a person recognises what they hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    pub plans: Vec<String>,
    /// The network code of the SIM, `440-20`.
    #[serde(default)]
    pub code: Option<String>,
    /// The first digits of the serial number.
    #[serde(default)]
    pub iccid: Option<String>,
    #[serde(default)]
    pub text: Option<Text>,
    pub sources: Vec<String>,
}

/// How to see what is left and until when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub plans: Vec<String>,
    pub title: Text,
    pub internet: Known<Internet>,
    pub screens: Known<Vec<String>>,
    #[serde(default)]
    pub steps: Vec<Text>,
    pub sources: Vec<String>,
}

/// Access point settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apn {
    pub plans: Vec<String>,
    pub apn: String,
    pub username: Known<String>,
    pub password: Known<String>,
    pub auth: Known<String>,
    #[serde(default)]
    pub text: Option<Text>,
    pub sources: Vec<String>,
}
