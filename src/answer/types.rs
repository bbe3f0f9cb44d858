//! Answers `simguide types`: the card types side by side, or one in full.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::{Desk, Told};
use crate::fact::Known;
use crate::knowledge::card::{CardType, Sourced};

/// What `types` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TypesAnswer {
    /// One object a type.
    pub results: Vec<TypeTold>,
    /// Whether one type was asked for and is told in full.
    #[serde(skip)]
    pub one: bool,
    /// Cautions about choosing between them.
    #[serde(skip)]
    pub cautions: Vec<Told>,
}

/// A card type; `null` means not published.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TypeTold {
    /// The id of the type.
    #[schemars(with = "CardType")]
    pub id: &'static str,
    /// In the reader's language.
    pub name: SmolStr,
    /// What it is.
    pub what: Option<Told>,
    /// For whom it is.
    pub suits: Option<Told>,
    /// Which papers it takes.
    pub papers: Option<Told>,
    /// How it is renewed.
    pub renew: Option<Told>,
    /// What can be done without internet.
    pub offline: Option<Told>,
    /// What can be paid in cash.
    pub cash: Option<Told>,
    /// What happens once it is stopped.
    pub stopped: Option<Told>,
    /// What speaks for it.
    pub good: Vec<Told>,
    /// What speaks against it.
    pub limits: Vec<Told>,
    /// What is needed.
    pub needs: Vec<Told>,
    /// How it is renewed, in order.
    pub steps: Vec<Told>,
    /// How many plans of this type are recorded.
    pub plans: usize,
    /// Their ids.
    pub plan_ids: Vec<SmolStr>,
}

/// Tells one type, or all.
#[must_use]
pub fn answer(desk: &Desk, card: Option<CardType>) -> TypesAnswer {
    let mut results: Vec<TypeTold> = CardType::ALL
        .iter()
        .filter(|known| card.is_none_or(|card| card == **known))
        .filter_map(|known| told(desk, *known, card.is_some() || desk.whole))
        .collect();
    results.sort_by_key(|told| CardType::ALL.iter().position(|card| card.id() == told.id));
    let tips: Vec<crate::knowledge::channel::Tip> = match card {
        Some(_) => desk.knowledge.tips(),
        None => desk.knowledge.all("tip.topic/esim"),
    };
    let cautions = tips
        .iter()
        .filter(|tip| match card {
            Some(card) => {
                tip.about.kinds.iter().any(|kind| kind.id() == card.id())
                    || tip.about.forms.iter().any(|form| form.id() == card.id())
            }
            None => tip.topic.id() == "esim",
        })
        .take(4)
        .map(|tip| desk.told(&tip.title, &tip.sources))
        .collect();
    TypesAnswer {
        results,
        one: card.is_some(),
        cautions,
    }
}

/// One type; its lists and plans only where they are shown.
fn told(desk: &Desk, card: CardType, full: bool) -> Option<TypeTold> {
    let head = desk.knowledge.card(card)?;
    let facts = desk.knowledge.card_facts(card)?;
    let sentence =
        |fact: &Known<Sourced>| fact.get().map(|fact| desk.told(&fact.text, &fact.sources));
    let mut told = TypeTold {
        id: card.id(),
        name: head.name.0,
        what: sentence(&facts.what),
        suits: sentence(&facts.suits),
        papers: sentence(&facts.papers),
        renew: sentence(&facts.renew),
        offline: sentence(&facts.offline),
        cash: sentence(&facts.cash),
        stopped: sentence(&facts.stopped),
        good: Vec::new(),
        limits: Vec::new(),
        needs: Vec::new(),
        steps: Vec::new(),
        plans: 0,
        plan_ids: Vec::new(),
    };
    let key = format!("plan.type/{}", card.id());
    told.plans = desk.knowledge.find(&key).count();
    if full {
        let record = desk.knowledge.whole_card(card)?;
        let list = |list: &[Sourced]| {
            list.iter()
                .map(|fact| desk.told(&fact.text, &fact.sources))
                .collect()
        };
        told.good = list(&record.good);
        told.limits = list(&record.limits);
        told.needs = list(&record.needs);
        told.steps = list(&record.steps);
        let plans: Vec<crate::knowledge::carrier::Plan> = desk.knowledge.all(&key);
        told.plan_ids = plans.into_iter().map(|plan| plan.id).collect();
    }
    Some(told)
}
