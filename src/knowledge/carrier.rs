//! What a carrier sells, how it is topped up or paid, and what can go wrong: `data/carriers/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::fact::{Known, Source, Time, vocabulary};
use crate::knowledge::card::{Form, Kind};
use crate::knowledge::channel::Channel;
use crate::knowledge::clock::Clock;
use crate::knowledge::{Label, Scope};
use crate::lang::Text;

/// One file of `data/carriers/`: whoever takes the money.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    pub id: SmolStr,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
    pub network: Network,
    pub site: Known<SmolStr>,
    /// A short name for several plans, used wherever a plan is.
    #[serde(default)]
    pub groups: BTreeMap<String, Vec<SmolStr>>,
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
    pub fn empty(id: SmolStr, name: Text, network: Network) -> Carrier {
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
    pub id: SmolStr,
    /// The carrier whose file it stands in; filled in by the loader.
    #[serde(default)]
    pub carrier: SmolStr,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
    pub kind: Kind,
    pub form: Vec<Form>,
    pub r#for: Vec<Customer>,
    pub status: Known<Status>,
    /// The year, month or day it ended.
    #[serde(default)]
    pub ended: Option<Known<SmolStr>>,
    #[serde(default)]
    pub replaced_by: Option<SmolStr>,
    /// Whether it makes calls.
    pub calls: Known<bool>,
    pub sms: Known<Sms>,
    /// The speed in kbit/s when the data is gone; 0 = it stops.
    pub kbps_after_data: Known<u32>,
    /// Can it be renewed, how and with what: holds if nothing else is read.
    pub lead: Text,
    pub sources: Vec<SmolStr>,
}

/// What a plan is called and what it is: all that a line of a table needs of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanHead {
    pub id: SmolStr,
    pub carrier: SmolStr,
    pub name: Text,
    pub kind: Kind,
    pub form: Vec<Form>,
}

impl Plan {
    /// Its head.
    #[must_use]
    pub fn head(&self) -> PlanHead {
        PlanHead {
            id: self.id.clone(),
            carrier: self.carrier.clone(),
            name: self.name.clone(),
            kind: self.kind,
            form: self.form.clone(),
        }
    }
}

/// What can be bought for a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub id: SmolStr,
    pub plans: Vec<SmolStr>,
    #[serde(default)]
    pub jpy: Option<Known<u32>>,
    #[serde(default)]
    pub hkd: Option<SmolStr>,
    #[serde(default)]
    pub usd: Option<SmolStr>,
    #[serde(default)]
    pub cny: Option<SmolStr>,
    #[serde(default)]
    pub eur: Option<SmolStr>,
    #[serde(default)]
    pub data_mb: Option<Known<u32>>,
    #[serde(default)]
    pub unlimited: bool,
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub hours: Option<u32>,
    pub sources: Vec<SmolStr>,
}

/// One way to top up plans, or pay their bill, through one channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub plans: Vec<SmolStr>,
    pub channel: Channel,
    pub by: Instrument,
    /// Where it works; required for channels that have chains.
    #[serde(default)]
    pub chains: Option<Known<Vec<SmolStr>>>,
    /// What a person would call it.
    pub title: Text,
    pub pays: Vec<Pays>,
    pub works: Known<Works>,
    pub internet: Known<Internet>,
    /// Languages of the screens the reader must work; none = a phrase is enough.
    pub screens: Known<Vec<SmolStr>>,
    pub payments: Payments,
    #[serde(default)]
    pub card_brands: Vec<SmolStr>,
    /// What can be paid or bought; for a bill the smallest and largest taken.
    pub amounts: Known<Vec<Amount>>,
    /// None = free.
    pub fees: Known<Vec<Fee>>,
    pub needs: Known<Vec<SmolStr>>,
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Only what is special to this carrier; the counter adds the rest.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// What is left to do once it is paid; stands behind the steps that the counter adds.
    #[serde(default)]
    pub then: Vec<Text>,
    /// Whether the machine has a menu of its own for it, so that the counter's steps do not hold.
    #[serde(default)]
    pub own_menu: bool,
    /// Phrases in the order of use.
    #[serde(default)]
    pub say: Vec<SmolStr>,
    /// Where a part rests on other sources than the whole.
    #[serde(default)]
    pub from: Vec<From>,
    pub sources: Vec<SmolStr>,
}

/// The sources of one part of a way.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    /// Names of fields, or payments.
    pub of: Vec<SmolStr>,
    pub sources: Vec<SmolStr>,
}

/// Payments by verdict; one that is not listed is not published.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    #[serde(default)]
    pub taken: Vec<SmolStr>,
    #[serde(default)]
    pub sometimes: Vec<SmolStr>,
    #[serde(default)]
    pub refused: Vec<SmolStr>,
}

/// An amount that can be paid: a sum of money, or a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    #[serde(default)]
    pub jpy: Option<u32>,
    #[serde(default)]
    pub hkd: Option<SmolStr>,
    #[serde(default)]
    pub usd: Option<SmolStr>,
    #[serde(default)]
    pub cny: Option<SmolStr>,
    #[serde(default)]
    pub eur: Option<SmolStr>,
    #[serde(default)]
    pub pack: Option<SmolStr>,
    #[serde(default)]
    pub up_to: Option<Sum>,
    #[serde(default)]
    pub step: Option<Sum>,
}

/// A sum in the currency of its entry, written bare for yen and quoted for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum(pub SmolStr);

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return SmolStr::deserialize(deserializer).map(Sum);
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
        Ok(Sum(SmolStr::from(sum.to_string())))
    }

    fn visit_str<E: serde::de::Error>(self, sum: &str) -> Result<Sum, E> {
        Ok(Sum(SmolStr::new(sum)))
    }
}

/// What paying costs on top.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    #[serde(default)]
    pub jpy: Option<u32>,
    #[serde(default)]
    pub hkd: Option<SmolStr>,
    #[serde(default)]
    pub usd: Option<SmolStr>,
    #[serde(default)]
    pub percent: Option<SmolStr>,
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
    pub plans: Vec<SmolStr>,
    pub channel: Channel,
    #[serde(default)]
    pub by: Option<Instrument>,
    /// Narrows a way whose chains are unknown.
    #[serde(default)]
    pub chains: Vec<SmolStr>,
    pub why: Text,
    pub sources: Vec<SmolStr>,
}

/// How a stopped line comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    pub plans: Vec<SmolStr>,
    pub stopped: Stopped,
    /// Can it come back, and what to do now: holds if nothing else is read.
    pub answer: Text,
    pub possible: Known<Possible>,
    pub internet: Known<Internet>,
    #[serde(default)]
    pub steps: Vec<Text>,
    #[serde(default)]
    pub say: Vec<SmolStr>,
    pub sources: Vec<SmolStr>,
}

/// A phone line or chat.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    #[serde(default)]
    pub about: Scope,
    #[serde(default)]
    pub phone: Option<SmolStr>,
    #[serde(default)]
    pub chat: Option<SmolStr>,
    pub languages: Known<Vec<SmolStr>>,
    pub free: Known<bool>,
    /// Whether a stopped line reaches it.
    pub from_stopped: Known<bool>,
    pub hours: Known<Hours>,
    /// Who may call, which key to press.
    #[serde(default)]
    pub how: Option<Text>,
    pub sources: Vec<SmolStr>,
}

/// One caveat in prose.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub topic: Topic,
    pub about: Scope,
    pub text: Text,
    pub sources: Vec<SmolStr>,
}

/// How a person recognises what they hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    pub plans: Vec<SmolStr>,
    /// The network code of the SIM, `440-20`.
    #[serde(default)]
    pub code: Option<SmolStr>,
    /// The first digits of the serial number.
    #[serde(default)]
    pub iccid: Option<SmolStr>,
    #[serde(default)]
    pub text: Option<Text>,
    pub sources: Vec<SmolStr>,
}

/// How to see what is left and until when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub plans: Vec<SmolStr>,
    pub title: Text,
    pub internet: Known<Internet>,
    pub screens: Known<Vec<SmolStr>>,
    #[serde(default)]
    pub steps: Vec<Text>,
    pub sources: Vec<SmolStr>,
}

/// Access point settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apn {
    pub plans: Vec<SmolStr>,
    pub apn: SmolStr,
    pub username: Known<SmolStr>,
    pub password: Known<SmolStr>,
    pub auth: Known<SmolStr>,
    #[serde(default)]
    pub text: Option<Text>,
    pub sources: Vec<SmolStr>,
}
