//! Answers `simguide sources`: every page with its date and what rests on it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::Desk;
use crate::fact::Source;
use crate::query::Sources;

/// What `sources` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourcesAnswer {
    /// One object a page.
    pub results: Vec<SourceTold>,
}

/// A source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceTold {
    /// The id by which records name it.
    pub id: String,
    #[serde(flatten)]
    pub source: Source,
    /// Days from the page's own date to today; null where it gives none.
    pub age_days: Option<i64>,
    /// How many facts rest on it.
    pub facts: usize,
}

/// Finds the sources that fit, oldest knowledge first where an age is asked for.
#[must_use]
pub fn answer(desk: &Desk, asked: &Sources) -> SourcesAnswer {
    let wanted: Option<BTreeSet<SmolStr>> = (!asked.plans.is_empty()).then(|| {
        asked
            .plans
            .iter()
            .flat_map(|plan| of_plan(desk, plan))
            .collect()
    });
    let used = facts(desk);
    let mut results: Vec<SourceTold> = desk
        .knowledge
        .source_ids()
        .into_iter()
        .filter(|id| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.contains(id.as_str()))
        })
        .filter_map(|id| {
            let source = desk.knowledge.source(&id)?;
            let age_days = source.newest().map(|day| day.days_until(desk.today));
            Some(SourceTold {
                facts: used.iter().filter(|used| **used == id).count(),
                id,
                source,
                age_days,
            })
        })
        .filter(|told| asked.kinds.is_empty() || asked.kinds.contains(&told.source.kind))
        .filter(|told| {
            // A page without a date may be of any age: it is among the old ones.
            asked
                .older_than
                .is_none_or(|days| told.age_days.is_none_or(|age| age > days))
        })
        .collect();
    if asked.older_than.is_some() {
        results.sort_by_key(|told| std::cmp::Reverse(told.age_days));
    }
    SourcesAnswer { results }
}

/// The ids of the sources that stand behind the facts of a plan.
#[must_use]
pub fn of_plan(desk: &Desk, plan: &str) -> Vec<SmolStr> {
    let knowledge = desk.knowledge;
    let mut ids: Vec<SmolStr> = knowledge
        .plan(plan)
        .map(|plan| plan.sources)
        .unwrap_or_default();
    ids.extend(knowledge.ways(plan).into_iter().flat_map(|way| {
        let parts = way.from.into_iter().flat_map(|from| from.sources);
        way.sources.into_iter().chain(parts).collect::<Vec<_>>()
    }));
    ids.extend(
        knowledge
            .closed(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .clocks(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .packs(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .restores(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .contacts(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .notes(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .signs(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .checks(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.extend(
        knowledge
            .apns(plan)
            .into_iter()
            .flat_map(|block| block.sources),
    );
    ids.sort();
    ids.dedup();
    ids
}

/// The source ids of every fact, once a fact.
fn facts(desk: &Desk) -> Vec<SmolStr> {
    let mut ids = Vec::new();
    let mut seen = BTreeSet::new();
    for plan in desk.knowledge.plans() {
        // Blocks shared by plans count once: what is counted is places in the records.
        for id in of_plan(desk, &plan.id) {
            if seen.insert((plan.carrier.clone(), id.clone())) || plan.sources.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}
