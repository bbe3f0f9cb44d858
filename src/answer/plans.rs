//! Answers `simguide plans`: the plans by carrier, or everything about one.

use serde::Serialize;

use super::renew::{ClockTold, PlanHead};
use super::way::{AmountTold, Teller, WayTold};
use super::{Cited, Desk, Named, Said, Told};
use crate::fact::Known;
use crate::knowledge::carrier::{Hours, Plan, Sign};
use crate::knowledge::channel::Channel;
use crate::query::{Plans, StatusAsked};

/// What `plans` found.
#[derive(Clone, Debug, Serialize)]
pub struct PlansAnswer {
    pub results: Vec<PlanRow>,
    /// What was read off the phone, and how sure it is.
    #[serde(skip)]
    pub read_off: Option<ReadOff>,
}

/// A plan in one row.
#[derive(Clone, Debug, Serialize)]
pub struct PlanRow {
    pub id: String,
    pub name: String,
    pub carrier: String,
    pub carrier_name: String,
    pub network: &'static str,
    pub kind: &'static str,
    pub form: Vec<&'static str>,
    pub r#for: Vec<&'static str>,
    /// Null where nobody confirms it.
    pub status: Option<&'static str>,
    pub ended: Option<String>,
    pub replaced_by: Option<String>,
    pub sources: Vec<Cited>,
    /// What ties it to the code or serial number that was given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<SignTold>,
}

/// A network code or serial number the reader gave.
#[derive(Clone, Debug)]
pub struct ReadOff {
    pub code: Option<String>,
    pub iccid: Option<String>,
}

/// How a plan is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignTold {
    pub code: Option<String>,
    pub iccid: Option<String>,
    pub text: Option<String>,
    pub sources: Vec<Cited>,
}

/// Everything about one plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanAnswer {
    pub results: Vec<PlanTold>,
}

/// A plan on one page.
#[derive(Clone, Debug, Serialize)]
pub struct PlanTold {
    #[serde(flatten)]
    pub row: PlanRow,
    pub lead: Told,
    pub calls: Option<bool>,
    pub sms: Option<&'static str>,
    pub kbps_after_data: Option<u32>,
    pub packs: Vec<AmountTold>,
    pub ways: Vec<WayTold>,
    pub closed: Vec<WayTold>,
    /// Channels of which nothing is published.
    pub silent: Vec<Named>,
    pub restore: Vec<RestoreTold>,
    pub contacts: Vec<ContactTold>,
    pub recognise: Vec<SignTold>,
    pub checks: Vec<CheckTold>,
    pub apns: Vec<ApnTold>,
    pub notes: Vec<NoteTold>,
    #[serde(skip)]
    pub clocks: Vec<ClockTold>,
    #[serde(skip)]
    pub head: PlanHead,
    /// All sources of the plan.
    #[serde(skip)]
    pub all_sources: Vec<Cited>,
}

/// How a stopped line comes back.
#[derive(Clone, Debug, Serialize)]
pub struct RestoreTold {
    pub stopped: &'static str,
    pub answer: String,
    pub possible: Option<&'static str>,
    pub internet: Option<&'static str>,
    pub steps: Vec<String>,
    pub say: Vec<Said>,
    pub sources: Vec<Cited>,
}

/// A phone line or chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactTold {
    pub phone: Option<String>,
    pub chat: Option<String>,
    pub languages: Option<Vec<String>>,
    pub free: Option<bool>,
    pub from_stopped: Option<bool>,
    pub hours: Option<Hours>,
    pub how: Option<String>,
    pub sources: Vec<Cited>,
}

/// How to see what is left.
#[derive(Clone, Debug, Serialize)]
pub struct CheckTold {
    pub title: String,
    pub internet: Option<&'static str>,
    pub screens: Option<Vec<String>>,
    pub steps: Vec<String>,
    pub sources: Vec<Cited>,
}

/// Access point settings; null means not published.
#[derive(Clone, Debug, Serialize)]
pub struct ApnTold {
    pub apn: String,
    pub username: Option<String>,
    pub password: Option<String>,
    pub auth: Option<String>,
    pub text: Option<String>,
    pub sources: Vec<Cited>,
}

/// A caveat with its topic.
#[derive(Clone, Debug, Serialize)]
pub struct NoteTold {
    pub topic: &'static str,
    pub text: String,
    /// The channels it is about; empty where it holds for all.
    pub channels: Vec<&'static str>,
    pub sources: Vec<Cited>,
}

/// Lists the plans that fit.
#[must_use]
pub fn list(desk: &Desk, asked: &Plans) -> PlansAnswer {
    let read_off = (asked.code.is_some() || asked.iccid.is_some()).then(|| ReadOff {
        code: asked.code.clone(),
        iccid: asked.iccid.clone(),
    });
    let plans: Vec<Plan> = if asked.plans.is_empty() {
        desk.knowledge.plans()
    } else {
        asked
            .plans
            .iter()
            .filter_map(|id| desk.knowledge.plan(id))
            .collect()
    };
    let mut results = Vec::new();
    for plan in plans {
        if !super::renew::fits_types(&plan, &asked.types) || !fits_status(&plan, &asked.status) {
            continue;
        }
        let mut row = row(desk, &plan);
        if !asked.networks.is_empty()
            && !asked
                .networks
                .iter()
                .any(|network| network.id() == row.network)
        {
            continue;
        }
        if let Some(read) = &read_off {
            let Some(signs) = recognised(desk, &plan, read) else {
                continue;
            };
            row.signs = signs;
        }
        results.push(row);
    }
    if let Some(read) = &read_off
        && read.iccid.is_some()
    {
        // The longest run of digits in common is the surest.
        results.sort_by_key(|row| {
            std::cmp::Reverse(
                row.signs
                    .iter()
                    .filter_map(|sign| sign.iccid.as_ref().map(String::len))
                    .max(),
            )
        });
    }
    PlansAnswer { results, read_off }
}

fn fits_status(plan: &Plan, asked: &[StatusAsked]) -> bool {
    asked.is_empty()
        || asked.iter().any(|asked| match (asked, &plan.status) {
            (StatusAsked::Is(asked), Known::Is(status)) => asked == status,
            (StatusAsked::Unknown, Known::Unknown) => true,
            _ => false,
        })
}

/// The signs that tie a plan to what was read off the phone; none where a sign speaks against it
/// or none speaks for it.
fn recognised(desk: &Desk, plan: &Plan, read: &ReadOff) -> Option<Vec<SignTold>> {
    let signs = desk.knowledge.signs(&plan.id);
    let mut found: Vec<&Sign> = Vec::new();
    if let Some(code) = &read.code {
        let own: Vec<&Sign> = signs
            .iter()
            .filter(|sign| sign.code.as_ref() == Some(code))
            .collect();
        if own.is_empty() {
            return None;
        }
        found.extend(own);
    }
    if let Some(iccid) = &read.iccid {
        let own: Vec<&Sign> = signs
            .iter()
            .filter(|sign| {
                sign.iccid.as_ref().is_some_and(|start| {
                    iccid.starts_with(start) || start.starts_with(iccid.as_str())
                })
            })
            .collect();
        if own.is_empty() {
            return None;
        }
        found.extend(own);
    }
    Some(
        found
            .into_iter()
            .map(|sign| sign_told(desk, sign))
            .collect(),
    )
}

fn sign_told(desk: &Desk, sign: &Sign) -> SignTold {
    SignTold {
        code: sign.code.clone(),
        iccid: sign.iccid.clone(),
        text: sign.text.as_ref().map(|text| text.0.clone()),
        sources: desk.cite(&sign.sources),
    }
}

fn row(desk: &Desk, plan: &Plan) -> PlanRow {
    let head = desk.knowledge.carrier(&plan.carrier);
    PlanRow {
        id: plan.id.clone(),
        name: plan.name.0.clone(),
        carrier: plan.carrier.clone(),
        carrier_name: head
            .as_ref()
            .map_or_else(|| plan.carrier.clone(), |head| head.name.0.clone()),
        network: head.map_or("several", |head| head.network.id()),
        kind: plan.kind.id(),
        form: plan.form.iter().map(|form| form.id()).collect(),
        r#for: plan.r#for.iter().map(|customer| customer.id()).collect(),
        status: plan.status.get().map(|status| status.id()),
        ended: plan.ended.as_ref().and_then(|ended| ended.get().cloned()),
        replaced_by: plan.replaced_by.clone(),
        sources: desk.cite(&plan.sources),
        signs: Vec::new(),
    }
}

/// Tells everything about a plan.
///
/// # Panics
/// Never for a plan that `query` found.
#[must_use]
pub fn one(desk: &Desk, id: &str) -> PlanAnswer {
    let results = desk.knowledge.plan(id).map(|plan| told(desk, &plan));
    PlanAnswer {
        results: results.into_iter().collect(),
    }
}

fn told(desk: &Desk, plan: &Plan) -> PlanTold {
    let mut teller = Teller::new(desk);
    let id = plan.id.as_str();
    let no = desk.knowledge.closed(id);
    let mut ways: Vec<WayTold> = desk
        .knowledge
        .ways(id)
        .iter()
        .map(|way| teller.way(plan, way, &no.iter().collect::<Vec<_>>()))
        .collect();
    ways.sort_by_key(WayTold::order);
    let closed: Vec<WayTold> = no.iter().map(|no| teller.closed(plan, no)).collect();
    let has = |channel: &Channel| {
        ways.iter()
            .chain(&closed)
            .any(|way| way.channel.id == channel.id())
    };
    let silent = Channel::ALL
        .iter()
        .filter(|channel| !has(channel))
        .map(|channel| desk.channel(*channel))
        .collect();
    let packs = desk.knowledge.packs(id);
    PlanTold {
        row: row(desk, plan),
        lead: desk.told(&plan.lead, &plan.sources),
        calls: plan.calls.get().copied(),
        sms: plan.sms.get().map(|sms| sms.id()),
        kbps_after_data: plan.kbps_after_data.get().copied(),
        packs: packs.iter().map(|pack| teller.pack(pack)).collect(),
        silent,
        restore: restores(desk, id),
        contacts: contacts(desk, id),
        recognise: desk
            .knowledge
            .signs(id)
            .iter()
            .map(|sign| sign_told(desk, sign))
            .collect(),
        checks: checks(desk, id),
        apns: apns(desk, id),
        notes: notes(desk, id),
        clocks: clocks(desk, id),
        head: PlanHead::new(desk, plan),
        all_sources: desk.cite(&super::sources::of_plan(desk, id)),
        ways,
        closed,
    }
}

/// The clocks of a plan with their sources.
#[must_use]
pub fn clocks(desk: &Desk, plan: &str) -> Vec<ClockTold> {
    desk.knowledge
        .clocks(plan)
        .into_iter()
        .map(|clock| ClockTold {
            sources: desk.cite(&clock.sources),
            clock,
        })
        .collect()
}

/// How a stopped line of a plan comes back.
#[must_use]
pub fn restores(desk: &Desk, plan: &str) -> Vec<RestoreTold> {
    desk.knowledge
        .restores(plan)
        .iter()
        .map(|restore| RestoreTold {
            stopped: restore.stopped.id(),
            answer: restore.answer.0.clone(),
            possible: restore.possible.get().map(|possible| possible.id()),
            internet: restore.internet.get().map(|internet| internet.id()),
            steps: restore.steps.iter().map(|text| text.0.clone()).collect(),
            say: desk.said(&restore.say),
            sources: desk.cite(&restore.sources),
        })
        .collect()
}

/// The phone lines and chats of a plan.
#[must_use]
pub fn contacts(desk: &Desk, plan: &str) -> Vec<ContactTold> {
    let found: Vec<ContactTold> = desk
        .knowledge
        .contacts(plan)
        .iter()
        .map(|contact| ContactTold {
            phone: contact.phone.clone(),
            chat: contact.chat.clone(),
            languages: contact.languages.get().cloned(),
            free: contact.free.get().copied(),
            from_stopped: contact.from_stopped.get().copied(),
            hours: contact.hours.get().cloned(),
            how: contact.how.as_ref().map(|text| text.0.clone()),
            sources: desk.cite(&contact.sources),
        })
        .collect();
    found
}

fn checks(desk: &Desk, plan: &str) -> Vec<CheckTold> {
    desk.knowledge
        .checks(plan)
        .iter()
        .map(|check| CheckTold {
            title: check.title.0.clone(),
            internet: check.internet.get().map(|internet| internet.id()),
            screens: check.screens.get().cloned(),
            steps: check.steps.iter().map(|text| text.0.clone()).collect(),
            sources: desk.cite(&check.sources),
        })
        .collect()
}

fn apns(desk: &Desk, plan: &str) -> Vec<ApnTold> {
    desk.knowledge
        .apns(plan)
        .iter()
        .map(|apn| ApnTold {
            apn: apn.apn.clone(),
            username: apn.username.get().cloned(),
            password: apn.password.get().cloned(),
            auth: apn.auth.get().cloned(),
            text: apn.text.as_ref().map(|text| text.0.clone()),
            sources: desk.cite(&apn.sources),
        })
        .collect()
}

fn notes(desk: &Desk, plan: &str) -> Vec<NoteTold> {
    desk.knowledge
        .notes(plan)
        .iter()
        .map(|note| NoteTold {
            topic: note.topic.id(),
            text: note.text.0.clone(),
            channels: note
                .about
                .channels
                .iter()
                .map(|channel| channel.id())
                .collect(),
            sources: desk.cite(&note.sources),
        })
        .collect()
}
