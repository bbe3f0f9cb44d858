//! Answers `simguide restore`: the line is stopped, or still dead after paying.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::plans::{ContactTold, RestoreTold, contacts, restores};
use super::renew::{ClockTold, PlanLine};
use super::way::{Teller, WayTold};
use super::{Desk, Told};
use crate::knowledge::carrier::{Pays, Topic};
use crate::knowledge::channel::Tip;
use crate::knowledge::clock::ClockKind;

/// What `restore` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RestoreAnswer {
    /// One object a plan.
    pub results: Vec<PlanRestore>,
    /// Whether one plan was asked for.
    #[serde(skip)]
    pub one: bool,
    /// What to do whatever the plan.
    #[serde(skip)]
    pub general: Vec<Told>,
}

/// How one plan comes back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanRestore {
    /// The id of the plan.
    pub plan: SmolStr,
    /// The plan in the reader's language.
    pub plan_name: SmolStr,
    /// How it comes back, by why it stopped; empty where nobody publishes it.
    pub restore: Vec<RestoreTold>,
    /// The ways to pay what is owed, or to top up; least internet first.
    pub ways: Vec<WayTold>,
    /// Whom to call or write to.
    pub contacts: Vec<ContactTold>,
    /// What to mind.
    pub cautions: Vec<Told>,
    #[serde(skip)]
    pub head: PlanLine,
    /// When it stops, how long the number lives, when it is back.
    #[serde(skip)]
    pub clocks: Vec<ClockTold>,
}

/// Tells how one plan comes back, or in a line each how all do.
#[must_use]
pub fn answer(desk: &Desk, plan: Option<&str>) -> RestoreAnswer {
    let ids: Vec<SmolStr> = match plan {
        Some(plan) => vec![SmolStr::new(plan)],
        None => desk
            .knowledge
            .plans()
            .into_iter()
            .map(|plan| plan.id)
            .collect(),
    };
    let one = plan.is_some();
    let results = ids
        .iter()
        .filter_map(|id| told(desk, id, one || desk.whole))
        .collect();
    let general = if one {
        Vec::new()
    } else {
        desk.knowledge
            .tips()
            .iter()
            .filter(|tip| general(tip))
            .map(|tip| desk.told(&tip.title, &tip.sources))
            .take(6)
            .collect()
    };
    RestoreAnswer {
        results,
        one,
        general,
    }
}

fn general(tip: &Tip) -> bool {
    matches!(
        tip.topic,
        Topic::Deadline | Topic::GettingOnline | Topic::Esim
    ) && tip.about.plans.is_empty()
}

fn told(desk: &Desk, id: &str, full: bool) -> Option<PlanRestore> {
    let plan = desk.knowledge.plan(id)?;
    let restore = restores(desk, id);
    if !full {
        return Some(PlanRestore {
            plan: plan.id.clone(),
            plan_name: plan.name.0.clone(),
            restore,
            ways: Vec::new(),
            contacts: Vec::new(),
            cautions: Vec::new(),
            head: PlanLine::new(desk, &plan),
            clocks: Vec::new(),
        });
    }
    let mut teller = Teller::new(desk);
    let head = plan.head();
    let closed = desk.knowledge.closed(id);
    let all = desk.knowledge.ways(id);
    let owed = all.iter().any(|way| way.pays.contains(&Pays::Overdue));
    let mut ways: Vec<WayTold> = all
        .iter()
        .filter(|way| !owed || way.pays.contains(&Pays::Overdue))
        .map(|way| teller.way(&head, way, &closed.iter().collect::<Vec<_>>()))
        .collect();
    ways.sort_by_key(WayTold::order);
    let clocks = super::plans::clocks(desk, id)
        .into_iter()
        .filter(|told| {
            matches!(
                told.clock.clock,
                ClockKind::SuspendedFrom
                    | ClockKind::NumberUntil
                    | ClockKind::BackBy
                    | ClockKind::TopUpBy
            ) || (told.clock.clock == ClockKind::PayBy
                && !told
                    .clock
                    .about
                    .channels
                    .contains(&crate::knowledge::channel::Channel::AutoPay))
        })
        .collect();
    let cautions = desk
        .knowledge
        .notes(id)
        .iter()
        .filter(|note| {
            matches!(
                note.topic,
                Topic::Deadline
                    | Topic::Fee
                    | Topic::Trap
                    | Topic::Validity
                    | Topic::Payment
                    | Topic::ForeignCard
                    | Topic::Esim
            )
        })
        .take(10)
        .map(|note| desk.told(&note.text, &note.sources))
        .collect();
    Some(PlanRestore {
        plan: plan.id.clone(),
        plan_name: plan.name.0.clone(),
        restore,
        ways,
        contacts: contacts(desk, id),
        cautions,
        head: PlanLine::new(desk, &plan),
        clocks,
    })
}
