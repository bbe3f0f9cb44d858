//! Answers `simguide expiry`: the clocks of a plan turned into the reader's own dates.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::renew::{ClockTold, PlanLine};
use super::{Cited, Desk, Told};
use crate::fact::{Day, Time};
use crate::knowledge::carrier::Topic;
use crate::knowledge::clock::{Clock, ClockKind, Event};
use crate::knowledge::reckon::{
    Deadline, Given, Missing, Outcome, PackLength, moved_by_rest, reckon,
};
use crate::query::names::flag_of;
use crate::query::{Expiry, Refusal};
use crate::words::Word;

/// What `expiry` found: one result a date, the earliest first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExpiryAnswer {
    /// One object a date, the earliest first.
    pub results: Vec<Dated>,
    #[serde(skip)]
    pub head: Option<PlanLine>,
    /// Clocks without a date, told in words.
    #[serde(skip)]
    pub undated: Vec<Undated>,
    /// Whether the end of what still runs would move a date and was not told.
    #[serde(skip)]
    pub rest_untold: bool,
    #[serde(skip)]
    pub cautions: Vec<Told>,
    #[serde(skip)]
    pub today: Day,
    #[serde(skip)]
    pub typed: Option<Expiry>,
}

/// A clock with its date; Japan time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Dated {
    /// What the date means.
    #[schemars(with = "ClockKind")]
    pub clock: &'static str,
    /// The last good day; of a stop the first dead one.
    pub date: Day,
    /// The time on that day; null is the whole day.
    pub time: Option<Time>,
    /// Days from today; negative once it is over.
    pub days_left: i64,
    /// The far end where the rule is a range; else null.
    pub until: Option<Day>,
    /// The last good day by the other reading, where pages leave the first day open; else null.
    pub or: Option<Day>,
    /// The first day of a window; null where it is no window.
    pub opens: Option<Day>,
    /// Whether the source calls it "about", or its hour is not known.
    pub about: bool,
    /// Whether other pages contradict it.
    pub disputed: bool,
    /// The case in which it holds; null where it always does.
    pub when: Option<SmolStr>,
    /// What happens then.
    pub then: SmolStr,
    /// The pages the rule was read on.
    pub sources: Vec<Cited>,
    #[serde(skip)]
    pub kind: ClockKind,
    #[serde(skip)]
    pub rule: ClockTold,
}

/// A clock that cannot be dated, and what is missing.
#[derive(Clone, Debug)]
pub struct Undated {
    pub told: ClockTold,
    pub missing: Option<Missing>,
    /// Ids of the packs of which one must be named.
    pub packs: Vec<SmolStr>,
}

impl ExpiryAnswer {
    /// What to ask the reader for, where nothing can be dated for want of it.
    #[must_use]
    pub fn wanting(&self) -> Option<Refusal> {
        let typed = self.typed.as_ref()?;
        if !self.results.is_empty() {
            return None;
        }
        let mut flags: Vec<&str> = Vec::new();
        for undated in &self.undated {
            let flag = match undated.missing {
                Some(Missing::Event(event)) => flag_of(event),
                Some(Missing::Pack) if !undated.packs.is_empty() => Some("--pack"),
                Some(Missing::Pack | Missing::Clock(_) | Missing::Rule | Missing::Beyond)
                | None => None,
            };
            if let Some(flag) = flag
                && !flags.contains(&flag)
            {
                flags.push(flag);
            }
        }
        let first = flags.first()?;
        let packs = self
            .undated
            .iter()
            .find_map(|undated| undated.packs.first());
        let mut example = typed.command();
        match (*first, packs) {
            ("--pack", Some(pack)) => example.push_str(&format!(" --pack {pack}")),
            (flag, _) => example.push_str(&format!(" {flag} {}", typed.today)),
        }
        let mut refusal = Refusal::plain(Word::REFUSE_START);
        refusal.typed = typed.plan.to_string();
        refusal.blanks.push(("flags", flags.join(", ")));
        refusal.show = Some(example);
        Some(refusal)
    }
}

/// Dates the clocks of a plan.
#[must_use]
pub fn answer(desk: &Desk, asked: &Expiry) -> ExpiryAnswer {
    let knowledge = desk.knowledge;
    let clocks = knowledge.clocks(&asked.plan);
    let given = given(desk, asked);
    let mut results = Vec::new();
    let mut undated = Vec::new();
    for reckoned in reckon(&clocks, &given) {
        let clock = &clocks[reckoned.clock_index];
        let sources = desk.cite(&clock.sources);
        match reckoned.result {
            Outcome::At(deadline) => results.push(Dated {
                clock: clock.clock.id(),
                date: told_day(clock.clock, &deadline),
                time: deadline.last.time,
                days_left: asked.today.days_until(told_day(clock.clock, &deadline)),
                until: deadline.far.map(|far| far.day),
                or: deadline
                    .later
                    .and_then(|later| later_day(clock.clock, later.day)),
                opens: deadline.opens,
                about: clock.roughly || deadline.hour_unknown,
                disputed: clock.disputed,
                when: clock.when.as_ref().map(|text| text.0.clone()),
                then: then(desk, clock),
                sources: sources.clone(),
                kind: clock.clock,
                rule: ClockTold {
                    clock: clock.clone(),
                    sources,
                },
            }),
            Outcome::Printed(_) => undated.push(Undated {
                told: ClockTold {
                    clock: clock.clone(),
                    sources,
                },
                missing: None,
                packs: Vec::new(),
            }),
            Outcome::Missing(missing) => undated.push(Undated {
                told: ClockTold {
                    clock: clock.clone(),
                    sources,
                },
                packs: match missing {
                    Missing::Pack => knowledge
                        .packs(&asked.plan)
                        .into_iter()
                        .map(|pack| pack.id)
                        .collect(),
                    _ => Vec::new(),
                },
                missing: Some(missing),
            }),
        }
    }
    let rest_untold =
        asked.expires.is_none() && asked.topped_up.is_some() && clocks.iter().any(moved_by_rest);
    ExpiryAnswer {
        results,
        head: knowledge
            .plan(&asked.plan)
            .map(|plan| PlanLine::new(desk, &plan)),
        undated,
        rest_untold,
        cautions: cautions(desk, &asked.plan),
        today: asked.today,
        typed: Some(asked.clone()),
    }
}

/// The day that is told: the last good one, but of a stop the first dead one.
fn told_day(kind: ClockKind, deadline: &Deadline) -> Day {
    match kind {
        ClockKind::SuspendedFrom => deadline.over_on().unwrap_or(deadline.last.day),
        ClockKind::UseBy
        | ClockKind::EnterBy
        | ClockKind::TopUpBy
        | ClockKind::PayBy
        | ClockKind::AskBy
        | ClockKind::NumberUntil
        | ClockKind::BackBy => deadline.last.day,
    }
}

/// The day by the other reading, told as [`told_day`] tells it.
fn later_day(kind: ClockKind, last: Day) -> Option<Day> {
    if kind == ClockKind::SuspendedFrom {
        last.plus_days(1)
    } else {
        Some(last)
    }
}

/// What happens after a clock: the record's sentence, or the general one.
fn then(desk: &Desk, clock: &Clock) -> SmolStr {
    match &clock.then {
        Some(then) => then.0.clone(),
        None => SmolStr::new_static(
            Word::of("then", clock.clock.id()).map_or("", |word| word.text(desk.lang)),
        ),
    }
}

/// What the reader told, as events: a top-up is also a purchase, an activation also a first use.
fn given(desk: &Desk, asked: &Expiry) -> Given {
    let mut given = Given::on(asked.today);
    if let Some((day, time)) = asked.topped_up {
        given = given
            .with(Event::ToppedUp, day, time)
            .with(Event::Bought, day, time);
    }
    if let Some(day) = asked.activated {
        given = given
            .with(Event::Activated, day, None)
            .with(Event::FirstConnected, day, None);
    }
    if let Some(day) = asked.expires {
        given = given.with(Event::Expires, day, None);
    }
    if let Some(day) = asked.bill_due {
        given = given.with(Event::BillDue, day, None);
    }
    let packs = desk.knowledge.packs(&asked.plan);
    let chosen = match &asked.pack {
        Some(id) => packs.iter().find(|pack| pack.id == *id),
        // All packs of one length: which was bought makes no difference.
        None => packs.first().filter(|first| {
            packs
                .iter()
                .all(|pack| pack.days == first.days && pack.hours == first.hours)
        }),
    };
    given.pack = chosen.and_then(PackLength::of);
    given
}

/// The caveats of a plan that have to do with time.
fn cautions(desk: &Desk, plan: &str) -> Vec<Told> {
    desk.knowledge
        .notes(plan)
        .iter()
        .filter(|note| matches!(note.topic, Topic::Validity | Topic::Deadline))
        .take(6)
        .map(|note| desk.told(&note.text, &note.sources))
        .collect()
}
