//! Answers `simguide renew`: ways to top up or pay, in the order a person should try them.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::way::{Teller, WayTold};
use super::{Cited, Desk, Named, Said, Told, Verdict};
use crate::knowledge::Block;
use crate::knowledge::card::is_any_of;
use crate::knowledge::carrier::{Closed, Note, Plan, PlanHead, Way};
use crate::knowledge::channel::{Channel, Tip};
use crate::knowledge::clock::Clock;
use crate::query::Renew;

/// The most ways that are offered in place of a shut door.
const MOST_NEAREST: usize = 8;

/// What `renew` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RenewAnswer {
    /// The verdict over all results.
    pub verdict: Verdict,
    /// One object a way, in the order in which to try them.
    pub results: Vec<WayTold>,
    /// Which filter shut the last door; then `nearest` holds the ways without it. Else left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shut: Option<Shut>,
    /// What is open in its place.
    #[serde(skip)]
    pub nearest: Vec<WayTold>,
    #[serde(skip)]
    pub screen: Screen,
}

/// A filter that left nothing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shut {
    /// The filter.
    #[schemars(extend("enum" = ["pay", "channel", "no-internet", "no-japanese"]))]
    pub filter: &'static str,
    /// What was asked for, where the filter takes a value.
    pub value: Vec<Named>,
    /// No where it is known that nothing fits; unknown where nobody says.
    pub verdict: Verdict,
    /// The pages that say no.
    pub sources: Vec<Cited>,
}

/// What the screen shows beside the results.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    pub shape: Shape,
    /// The type asked for, the channel asked for.
    pub card: Option<Named>,
    pub channel: Option<Named>,
    /// The chain asked for, if one was.
    pub chains: Vec<Named>,
    pub answer: Option<Told>,
    pub steps: Vec<Told>,
    pub say: Vec<Said>,
    pub cautions: Vec<Told>,
    pub plan: Option<PlanLine>,
    /// Channels of which nothing is published for the plan.
    pub silent: Vec<Named>,
    pub clocks: Vec<ClockTold>,
    /// The payments asked for.
    pub pay: Vec<Named>,
    /// Ways of which nobody says whether they take what was asked for.
    pub unsaid: Vec<WayTold>,
    /// Packs that can be bought for the plan.
    pub packs: Vec<super::way::AmountTold>,
}

/// How the answer is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// One line a channel.
    #[default]
    Channels,
    /// A table of plans.
    Plans,
    /// Every way of one plan in full.
    One,
}

/// A plan in one line.
#[derive(Clone, Debug)]
pub struct PlanLine {
    pub id: SmolStr,
    pub name: SmolStr,
    pub lead: Told,
    pub status: Option<&'static str>,
    pub ended: Option<SmolStr>,
    pub replaced_by: Option<Named>,
}

/// A clock in words, with what its rule is made of.
#[derive(Clone, Debug)]
pub struct ClockTold {
    pub clock: Clock,
    pub sources: Vec<Cited>,
}

/// One plan with its ways and recorded impossibilities.
struct Held {
    plan: PlanHead,
    ways: Vec<WayTold>,
    no: Vec<WayTold>,
}

/// Blocks that may answer, each read once.
struct Pool {
    ways: Vec<Way>,
    closed: Vec<Closed>,
}

impl Pool {
    /// The ways and recorded "no" that stand under a key of each list.
    fn under(desk: &Desk, lists: &[Vec<String>]) -> Pool {
        Pool {
            ways: read_all(desk, "way", lists),
            closed: read_all(desk, "closed", lists),
        }
    }

    /// The blocks that can fit a question: no others are read.
    fn of(desk: &Desk, renew: &Renew) -> Pool {
        let mut lists: Vec<Vec<String>> = Vec::new();
        if !renew.plans.is_empty() {
            lists.push(
                renew
                    .plans
                    .iter()
                    .map(|plan| format!("plan/{plan}"))
                    .collect(),
            );
        }
        if !renew.channels.is_empty() {
            let keys = renew
                .channels
                .iter()
                .map(|channel| format!("channel/{}", channel.id()));
            lists.push(keys.collect());
        }
        if let ([card], true) = (&renew.types[..], renew.plans.is_empty()) {
            lists.push(vec![format!("type/{}", card.id())]);
        }
        if lists.is_empty() {
            lists.push(vec!["all".to_owned()]);
        }
        Pool::under(desk, &lists)
    }

    /// The plans of the blocks, in the order of the records.
    fn plans(&self, desk: &Desk) -> Vec<PlanHead> {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        ids.extend(
            self.ways
                .iter()
                .flat_map(|way| &way.plans)
                .map(SmolStr::as_str),
        );
        ids.extend(
            self.closed
                .iter()
                .flat_map(|closed| &closed.plans)
                .map(SmolStr::as_str),
        );
        let mut blocks: Vec<Block> = ids
            .into_iter()
            .filter_map(|id| desk.knowledge.find(&format!("plan.head/{id}")).next())
            .collect();
        blocks.sort_unstable();
        blocks
            .into_iter()
            .filter_map(|block| desk.knowledge.read(block))
            .collect()
    }
}

/// Reads the blocks of a kind that stand under a key of each list, each block once.
fn read_all<T: serde::de::DeserializeOwned>(
    desk: &Desk,
    kind: &str,
    lists: &[Vec<String>],
) -> Vec<T> {
    let mut common: Option<Vec<Block>> = None;
    for keys in lists {
        let mut blocks: Vec<Block> = Vec::new();
        for key in keys {
            blocks.extend(desk.knowledge.find(&format!("{kind}.{key}")));
        }
        blocks.sort_unstable();
        blocks.dedup();
        common = Some(match common {
            None => blocks,
            Some(others) => others
                .into_iter()
                .filter(|block| blocks.binary_search(block).is_ok())
                .collect(),
        });
    }
    common
        .unwrap_or_default()
        .into_iter()
        .filter_map(|block| desk.knowledge.read(block))
        .collect()
}

/// Finds the ways that fit.
#[must_use]
pub fn answer(desk: &Desk, renew: &Renew) -> RenewAnswer {
    // What was read is given back with the process: freeing it here would cost more than reading.
    let mut teller = ManuallyDrop::new(Teller::new(desk));
    if renew.is_open() {
        if !desk.whole {
            teller.give_overview(&renew.pay);
        }
        return channels(desk, &mut teller);
    }
    let pool = ManuallyDrop::new(Pool::of(desk, renew));
    let plans: Vec<PlanHead> = if renew.plans.is_empty() {
        pool.plans(desk)
    } else {
        renew
            .plans
            .iter()
            .filter_map(|id| desk.knowledge.plan_head(id))
            .collect()
    };
    let plans: Vec<PlanHead> = plans
        .into_iter()
        .filter(|plan| is_any_of(&renew.types, plan.kind, &plan.form))
        .collect();
    let one = plans.len() == 1 && renew.names_plan;
    if !one && !desk.whole {
        teller.give_overview(&renew.pay);
    }
    let mut held: Vec<Held> = plans
        .into_iter()
        .map(|plan| hold(&mut teller, plan, &pool, renew))
        .collect();
    let mut screen = Screen {
        shape: if one { Shape::One } else { Shape::Plans },
        card: card(desk, renew),
        channel: (renew.channels.len() == 1).then(|| desk.channel(renew.channels[0])),
        chains: renew.chains.iter().map(|id| desk.chain(id)).collect(),
        pay: renew.pay.iter().map(|id| desk.payment(id)).collect(),
        ..Screen::default()
    };
    if let (true, [held]) = (one, &held[..]) {
        one_plan(desk, renew, held, &mut screen);
    }
    let mut ways: Vec<WayTold> = Vec::new();
    let mut no: Vec<WayTold> = Vec::new();
    for plan in &mut held {
        ways.append(&mut plan.ways);
        no.append(&mut plan.no);
    }
    ways.sort_by_key(WayTold::order);
    screen.unsaid = unsaid(&ways, renew);
    let (mut open, rest): (Vec<WayTold>, Vec<WayTold>) =
        ways.into_iter().partition(|way| passes(way, renew, desk));
    if open.is_empty() && shuts(renew, &rest) {
        return shut_door(desk, &mut teller, renew, rest, screen);
    }
    for way in &mut open {
        doubt(way, renew, desk);
    }
    open.sort_by_key(WayTold::order);
    if !one {
        around(desk, renew, &open, &mut screen);
    }
    let mut results = open;
    if !renew.filters_ways() {
        results.extend(no);
    }
    let verdict = results
        .iter()
        .map(|way| way.verdict)
        .min()
        .unwrap_or(Verdict::Unknown);
    let open = matches!(verdict, Verdict::Yes | Verdict::Partly);
    let nearest = if one && !open && !renew.channels.is_empty() {
        elsewhere(desk, &mut teller, renew)
    } else {
        Vec::new()
    };
    RenewAnswer {
        verdict,
        results,
        shut: None,
        nearest,
        screen,
    }
}

/// The answer where a filter shut the last door: which, and the nearest that are open.
fn shut_door(
    desk: &Desk,
    teller: &mut Teller,
    renew: &Renew,
    ways: Vec<WayTold>,
    screen: Screen,
) -> RenewAnswer {
    let shut = shut(desk, renew, &ways);
    let mut nearest = if ways.is_empty() {
        elsewhere(desk, teller, renew)
    } else {
        ways
    };
    nearest.retain(|way| way.verdict != Verdict::No);
    nearest.sort_by_key(|way| (missing(way, renew, desk), way.order()));
    nearest.truncate(MOST_NEAREST);
    RenewAnswer {
        verdict: shut.verdict,
        results: Vec::new(),
        shut: Some(shut),
        nearest,
        screen,
    }
}

/// A plan with the ways that the channels and chains asked for leave.
fn hold(teller: &mut Teller, plan: PlanHead, pool: &Pool, renew: &Renew) -> Held {
    let wanted = |channel: Channel| renew.channels.is_empty() || renew.channels.contains(&channel);
    let closed: Vec<&Closed> = pool
        .closed
        .iter()
        .filter(|no| no.plans.contains(&plan.id))
        .collect();
    let ways = pool
        .ways
        .iter()
        .filter(|way| way.plans.contains(&plan.id))
        .filter(|way| wanted(way.channel) && in_chains(way, &closed, &renew.chains))
        .map(|way| teller.way(&plan, way, &closed))
        .collect();
    let no = closed
        .iter()
        .filter(|no| wanted(no.channel))
        .filter(|no| {
            renew.chains.is_empty()
                || no.chains.is_empty()
                || no.chains.iter().any(|chain| renew.chains.contains(chain))
        })
        .map(|no| teller.closed(&plan, no))
        .collect();
    Held { plan, ways, no }
}

/// Whether a way works, or may work, in one of these chains.
fn in_chains(way: &Way, closed: &[&Closed], chains: &[SmolStr]) -> bool {
    if chains.is_empty() {
        return true;
    }
    let open = |chain: &SmolStr| {
        !closed.iter().any(|no| {
            no.channel == way.channel
                && no.by.is_none_or(|by| by == way.by)
                && no.chains.contains(chain)
        })
    };
    match &way.chains {
        Some(crate::fact::Known::Is(own)) => chains
            .iter()
            .any(|chain| own.contains(chain) && open(chain)),
        Some(crate::fact::Known::Unknown) => chains.iter().any(open),
        None => false,
    }
}

/// Whether a way passes the filters on ways.
fn passes(way: &WayTold, renew: &Renew, desk: &Desk) -> bool {
    let paid = renew.pay.is_empty() || renew.pay.iter().any(|id| takes(way, id));
    let offline = !renew.no_internet || way.offline() != Some(false);
    let spoken = !renew.no_japanese || way.without_japanese(desk.lang) != Some(false);
    paid && offline && spoken
}

/// What a filter asks for and nobody publishes is not a yes.
fn doubt(way: &mut WayTold, renew: &Renew, desk: &Desk) {
    let unsure = (renew.no_internet && way.offline().is_none())
        || (renew.no_japanese && way.without_japanese(desk.lang).is_none());
    if unsure && way.verdict < Verdict::Unknown {
        way.verdict = Verdict::Unknown;
    }
}

fn takes(way: &WayTold, payment: &str) -> bool {
    matches!(way.payment(payment), Verdict::Yes | Verdict::Partly)
}

/// The ways of which nobody says whether they take any of the payments asked for.
fn unsaid(ways: &[WayTold], renew: &Renew) -> Vec<WayTold> {
    if renew.pay.is_empty() {
        return Vec::new();
    }
    ways.iter()
        .filter(|way| {
            !renew.pay.iter().any(|id| takes(way, id))
                && renew
                    .pay
                    .iter()
                    .any(|id| way.payment(id) == Verdict::Unknown)
        })
        .cloned()
        .collect()
}

/// How many of the filters a way would not pass; what is not published counts half.
fn missing(way: &WayTold, renew: &Renew, desk: &Desk) -> usize {
    let mut missing = 0;
    if !renew.pay.is_empty() && !renew.pay.iter().any(|id| takes(way, id)) {
        let unknown = renew
            .pay
            .iter()
            .any(|id| way.payment(id) == Verdict::Unknown);
        missing += if unknown { 1 } else { 2 };
    }
    if renew.no_internet && way.offline() != Some(true) {
        missing += if way.offline().is_none() { 1 } else { 2 };
    }
    if renew.no_japanese && way.without_japanese(desk.lang) != Some(true) {
        missing += if way.without_japanese(desk.lang).is_none() {
            1
        } else {
            2
        };
    }
    missing
}

/// Whether an empty answer is the work of a filter that says so with its exit code.
fn shuts(renew: &Renew, ways: &[WayTold]) -> bool {
    (renew.filters_ways() && !ways.is_empty()) || !renew.chains.is_empty() && ways.is_empty()
}

/// Which filter shut the door: the one without which something would be left.
fn shut(desk: &Desk, renew: &Renew, ways: &[WayTold]) -> Shut {
    if ways.is_empty() {
        return Shut {
            filter: "channel",
            value: renew.chains.iter().map(|id| desk.chain(id)).collect(),
            verdict: Verdict::Unknown,
            sources: Vec::new(),
        };
    }
    let without = |renew: Renew| ways.iter().any(|way| passes(way, &renew, desk));
    let filter = if !renew.pay.is_empty()
        && without(Renew {
            pay: Vec::new(),
            ..renew.clone()
        }) {
        "pay"
    } else if renew.no_internet
        && without(Renew {
            no_internet: false,
            ..renew.clone()
        })
    {
        "no-internet"
    } else if renew.no_japanese
        && without(Renew {
            no_japanese: false,
            ..renew.clone()
        })
    {
        "no-japanese"
    } else if !renew.pay.is_empty() {
        "pay"
    } else if renew.no_internet {
        "no-internet"
    } else {
        "no-japanese"
    };
    let refused: Vec<&WayTold> = ways
        .iter()
        .filter(|way| renew.pay.iter().all(|id| way.payment(id) == Verdict::No))
        .collect();
    let all_no = match filter {
        "pay" => refused.len() == ways.len(),
        _ => true,
    };
    let mut sources: Vec<Cited> = Vec::new();
    if filter == "pay" {
        for way in refused {
            for cited in renew.pay.iter().flat_map(|id| way.payment_sources(id)) {
                if !sources.contains(cited) {
                    sources.push(cited.clone());
                }
            }
        }
    }
    let value = match filter {
        "pay" => renew.pay.iter().map(|id| desk.payment(id)).collect(),
        _ => Vec::new(),
    };
    Shut {
        filter,
        value,
        verdict: if all_no {
            Verdict::No
        } else {
            Verdict::Unknown
        },
        sources,
    }
}

/// The ways of the same plans outside the channels and chains asked for, best first.
fn elsewhere(desk: &Desk, teller: &mut Teller, renew: &Renew) -> Vec<WayTold> {
    if renew.plans.is_empty() {
        return Vec::new();
    }
    let wide = Renew {
        channels: Vec::new(),
        chains: Vec::new(),
        ..renew.clone()
    };
    let pool = Pool::of(desk, &wide);
    let mut ways: Vec<WayTold> = renew
        .plans
        .iter()
        .filter_map(|id| desk.knowledge.plan_head(id))
        .flat_map(|plan| hold(teller, plan, &pool, &wide).ways)
        .filter(|way| way.verdict != Verdict::No)
        .collect();
    ways.sort_by_key(WayTold::order);
    ways
}

fn card(desk: &Desk, renew: &Renew) -> Option<Named> {
    let [card] = renew.types[..] else {
        return None;
    };
    let record = desk.knowledge.card(card)?;
    Some(Named {
        id: SmolStr::new_static(card.id()),
        name: record.name.0,
    })
}

/// What stands around a table of plans at one channel: its generic steps and cautions.
fn around(desk: &Desk, renew: &Renew, open: &[WayTold], screen: &mut Screen) {
    let [channel] = renew.channels[..] else {
        return;
    };
    let guide = renew
        .types
        .first()
        .and_then(|card| desk.knowledge.guide(channel, *card));
    if let Some(guide) = guide {
        screen.answer = Some(desk.told(&guide.answer, &guide.sources));
        screen.steps = guide
            .steps
            .iter()
            .map(|step| desk.told(&step.text, &step.sources))
            .collect();
        screen.say = desk.said(&guide.say);
    } else if renew.types.is_empty()
        && let Some(record) = desk.knowledge.channel(channel)
    {
        screen.answer = Some(desk.told(&record.about, &record.about_sources));
    }
    screen.cautions = general_cautions(desk, renew, channel, open);
}

fn one_plan(desk: &Desk, renew: &Renew, held: &Held, screen: &mut Screen) {
    let Some(plan) = desk.knowledge.plan(&held.plan.id) else {
        return;
    };
    screen.plan = Some(PlanLine::new(desk, &plan));
    let has = |id: &str| {
        held.ways
            .iter()
            .chain(&held.no)
            .any(|way| way.channel.id == id)
    };
    screen.silent = Channel::ALL
        .iter()
        .filter(|channel| renew.channels.is_empty() || renew.channels.contains(channel))
        .filter(|channel| !has(channel.id()))
        .map(|channel| desk.channel(*channel))
        .collect();
    screen.clocks = desk
        .knowledge
        .clocks(&plan.id)
        .into_iter()
        .map(|clock| ClockTold {
            sources: desk.cite(&clock.sources),
            clock,
        })
        .collect();
    let notes = desk.knowledge.notes(&plan.id);
    let fits = |note: &&Note| {
        let channels = &note.about.channels;
        channels.is_empty()
            || renew.channels.is_empty()
            || channels
                .iter()
                .any(|channel| renew.channels.contains(channel))
    };
    screen.cautions = notes
        .iter()
        .filter(fits)
        .map(|note| desk.told(&note.text, &note.sources))
        .collect();
}

impl PlanLine {
    /// A plan in one line.
    #[must_use]
    pub fn new(desk: &Desk, plan: &Plan) -> PlanLine {
        PlanLine {
            id: plan.id.clone(),
            name: plan.name.0.clone(),
            lead: desk.told(&plan.lead, &plan.sources),
            status: plan.status.get().map(|status| status.id()),
            ended: plan.ended.as_ref().and_then(|ended| ended.get().cloned()),
            replaced_by: plan.replaced_by.as_ref().and_then(|id| {
                let plan = desk.knowledge.plan_head(id)?;
                Some(Named {
                    id: id.clone(),
                    name: plan.name.0,
                })
            }),
        }
    }
}

/// Cautions of a channel that fit what is shown: the channel's notes, then the tips.
fn general_cautions(desk: &Desk, renew: &Renew, channel: Channel, open: &[WayTold]) -> Vec<Told> {
    let kinds: Vec<&str> = renew.types.iter().map(|card| card.id()).collect();
    let fits = |about: &crate::knowledge::Scope| {
        let channels = about.channels.is_empty() || about.channels.contains(&channel);
        let chains = about.chains.is_empty()
            || renew.chains.is_empty()
            || about
                .chains
                .iter()
                .any(|chain| renew.chains.contains(chain));
        let by = about.by.is_empty()
            || about
                .by
                .iter()
                .any(|by| open.iter().any(|way| way.by == Some(by.id())));
        let kind = about.kinds.is_empty()
            || kinds.is_empty()
            || about.kinds.iter().any(|kind| kinds.contains(&kind.id()));
        let pay = about.payments.is_empty()
            || renew.pay.is_empty()
                && about
                    .payments
                    .iter()
                    .any(|pay| pay == "cash" || pay == "foreign-card")
            || about.payments.iter().any(|pay| renew.pay.contains(pay));
        channels && chains && by && kind && pay
    };
    let notes = format!("note.channel/{}", channel.id());
    let mut told: Vec<Told> = desk
        .knowledge
        .find(&notes)
        .filter_map(|block| desk.knowledge.read::<Note>(block))
        .filter(|note| fits(&note.about))
        .take(5)
        .map(|note| desk.told(&note.text, &note.sources))
        .collect();
    let tips = format!("tip.channel/{}", channel.id());
    told.extend(
        desk.knowledge
            .find(&tips)
            .filter_map(|block| desk.knowledge.read::<Tip>(block))
            .filter(|tip| fits(&tip.about))
            .take(3)
            .map(|tip| desk.told(&tip.title, &tip.sources)),
    );
    told
}

/// `renew` without filters: one line a channel, least internet first.
fn channels(desk: &Desk, teller: &mut Teller) -> RenewAnswer {
    let pool = Pool::under(desk, &[vec!["all".to_owned()]]);
    let all = Renew::default();
    let mut results: Vec<WayTold> = pool
        .plans(desk)
        .into_iter()
        .flat_map(|plan| hold(teller, plan, &pool, &all).ways)
        .collect();
    results.sort_by_key(WayTold::order);
    RenewAnswer {
        verdict: Verdict::Yes,
        results,
        shut: None,
        nearest: Vec::new(),
        screen: Screen {
            channel: None,
            silent: Channel::ALL
                .iter()
                .map(|channel| desk.channel(*channel))
                .collect(),
            ..Screen::default()
        },
    }
}
