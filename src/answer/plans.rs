//! Answers `simguide plans`: the plans by carrier, or everything about one.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::renew::{ClockTold, PlanLine};
use super::way::{AmountTold, Teller, WayTold};
use super::{Cited, Desk, Named, Said, Told};
use crate::fact::Known;
use crate::knowledge::card::{Form, Kind, is_any_of};
use crate::knowledge::carrier::{Customer, Hours, Internet, Network, Plan, Sign, Status};
use crate::knowledge::channel::Channel;
use crate::query::{Plans, StatusAsked};

/// What `plans` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlansAnswer {
    /// One object a plan.
    pub results: Vec<PlanRow>,
    /// What was read off the phone, and how sure it is.
    #[serde(skip)]
    pub read_off: Option<ReadOff>,
}

/// A plan in one row.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanRow {
    /// The id of the plan.
    pub id: SmolStr,
    /// In the reader's language.
    pub name: SmolStr,
    /// The id of the carrier.
    pub carrier: SmolStr,
    /// The carrier in the reader's language.
    pub carrier_name: SmolStr,
    /// The radio network it uses in Japan.
    #[schemars(with = "Network")]
    pub network: &'static str,
    /// How it is paid.
    #[schemars(with = "Kind")]
    pub kind: &'static str,
    /// What it comes as.
    #[schemars(with = "Vec<Form>")]
    pub form: Vec<&'static str>,
    /// Whom it is sold to.
    #[schemars(with = "Vec<Customer>")]
    pub r#for: Vec<&'static str>,
    /// Whether it can still be bought; null where nobody confirms it.
    #[schemars(with = "Option<Status>")]
    pub status: Option<&'static str>,
    /// The year, month or day it ended; null where it has not, or where nobody says when.
    pub ended: Option<SmolStr>,
    /// The id of the plan that took its place; null where there is none.
    pub replaced_by: Option<SmolStr>,
    /// The pages this rests on.
    pub sources: Vec<Cited>,
    /// What ties it to the code or serial number that was given; empty where none was.
    pub signs: Vec<SignTold>,
}

/// A network code or serial number the reader gave.
#[derive(Clone, Debug)]
pub struct ReadOff {
    pub code: Option<SmolStr>,
    pub iccid: Option<SmolStr>,
}

/// How a plan is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SignTold {
    /// The network code of the SIM; null where this sign is none.
    pub code: Option<SmolStr>,
    /// The first digits of the serial number; null where this sign is none.
    pub iccid: Option<SmolStr>,
    /// What it looks like, or what to mind; null where nothing is to be added.
    pub text: Option<SmolStr>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// Everything about one plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanAnswer {
    /// The plan.
    pub results: Vec<PlanTold>,
}

/// A plan on one page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanTold {
    #[serde(flatten)]
    pub row: PlanRow,
    /// Whether it can be renewed, how and with what.
    pub lead: Told,
    /// Whether it makes calls; null where nobody says.
    pub calls: Option<bool>,
    /// Text messages; null where nobody says.
    #[schemars(with = "Option<crate::knowledge::carrier::Sms>")]
    pub sms: Option<&'static str>,
    /// The speed in kbit/s when the data is gone, 0 = it stops; null where nobody says.
    pub kbps_after_data: Option<u32>,
    /// What can be bought for it.
    pub packs: Vec<AmountTold>,
    /// The ways to top up or pay, in the order in which to try them.
    pub ways: Vec<WayTold>,
    /// The ways that are recorded as impossible.
    pub closed: Vec<WayTold>,
    /// Channels of which nothing is published.
    pub silent: Vec<Named>,
    /// How a stopped line comes back, by why it stopped.
    pub restore: Vec<RestoreTold>,
    /// Whom to call or write to.
    pub contacts: Vec<ContactTold>,
    /// How to recognise it.
    pub recognise: Vec<SignTold>,
    /// How to see what is left, and until when.
    pub checks: Vec<CheckTold>,
    /// Access point settings.
    pub apns: Vec<ApnTold>,
    /// What to mind.
    pub notes: Vec<NoteTold>,
    #[serde(skip)]
    pub clocks: Vec<ClockTold>,
    #[serde(skip)]
    pub head: PlanLine,
    /// All sources of the plan.
    #[serde(skip)]
    pub all_sources: Vec<Cited>,
}

/// How a stopped line comes back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RestoreTold {
    /// Why the line does not work.
    #[schemars(with = "crate::knowledge::carrier::Stopped")]
    pub stopped: &'static str,
    /// Whether it can come back, and what to do now.
    pub answer: SmolStr,
    /// How surely it comes back; null where nobody says.
    #[schemars(with = "Option<crate::knowledge::carrier::Possible>")]
    pub possible: Option<&'static str>,
    /// Whether the internet is needed, and when; null where nobody says.
    #[schemars(with = "Option<Internet>")]
    pub internet: Option<&'static str>,
    /// What to do, in order.
    pub steps: Vec<SmolStr>,
    /// What to show or say.
    pub say: Vec<Said>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// A phone line or chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContactTold {
    /// The number; null where it is a chat.
    pub phone: Option<SmolStr>,
    /// The address of the chat; null where there is none.
    pub chat: Option<SmolStr>,
    /// The languages spoken there; null where nobody says.
    pub languages: Option<Vec<SmolStr>>,
    /// Whether the call is free; null where nobody says.
    pub free: Option<bool>,
    /// Whether a stopped line reaches it; null where nobody says.
    pub from_stopped: Option<bool>,
    /// When somebody answers; null where nobody says.
    pub hours: Option<Hours>,
    /// Who may call, which key to press; null where nothing is to be added.
    pub how: Option<SmolStr>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// How to see what is left.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CheckTold {
    /// What a person would call it.
    pub title: SmolStr,
    /// Whether it needs the internet, and when; null where nobody says.
    #[schemars(with = "Option<Internet>")]
    pub internet: Option<&'static str>,
    /// Languages of the screens; null where nobody says.
    pub screens: Option<Vec<SmolStr>>,
    /// What to do, in order.
    pub steps: Vec<SmolStr>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// Access point settings; null means not published.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ApnTold {
    /// The name of the access point.
    pub apn: SmolStr,
    /// What to type there; an empty text is to be left empty, null is not published.
    pub username: Option<SmolStr>,
    /// What to type there; an empty text is to be left empty, null is not published.
    pub password: Option<SmolStr>,
    /// What to choose there; null is not published.
    pub auth: Option<SmolStr>,
    /// What to mind; null where nothing is to be added.
    pub text: Option<SmolStr>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// A caveat with its topic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NoteTold {
    /// What it is about.
    #[schemars(with = "crate::knowledge::carrier::Topic")]
    pub topic: &'static str,
    /// The caveat.
    pub text: SmolStr,
    /// The channels it is about; empty where it holds for all.
    #[schemars(with = "Vec<Channel>")]
    pub channels: Vec<&'static str>,
    /// The pages it rests on.
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
        if !is_any_of(&asked.types, plan.kind, &plan.form) || !fits_status(&plan, &asked.status) {
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
                    .filter_map(|sign| sign.iccid.as_ref().map(SmolStr::len))
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
                    iccid.starts_with(start.as_str()) || start.starts_with(iccid.as_str())
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
    let head = plan.head();
    let no = desk.knowledge.closed(id);
    let mut ways: Vec<WayTold> = desk
        .knowledge
        .ways(id)
        .iter()
        .map(|way| teller.way(&head, way, &no.iter().collect::<Vec<_>>()))
        .collect();
    ways.sort_by_key(WayTold::order);
    let closed: Vec<WayTold> = no.iter().map(|no| teller.closed(&head, no)).collect();
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
        head: PlanLine::new(desk, plan),
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
