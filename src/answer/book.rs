//! Everything at once, for the phone page: the whole guide, or what one plan needs of it.

use smol_str::SmolStr;

use super::channels::ChannelTold;
use super::phrases::PhraseTold;
use super::plans::PlanTold;
use super::terms::TermTold;
use super::tips::TipTold;
use super::types::TypeTold;
use super::{Desk, Named, Said, channels, phrases, plans, terms, tips, types};
use crate::knowledge::card::CardType;
use crate::knowledge::carrier::Plan;
use crate::knowledge::channel::{Channel, Payment, Tip};
use crate::query::{Channels, Phrases, Tips};

/// What is known, in the order in which it is told.
#[derive(Clone, Debug)]
pub struct Book {
    pub plans: Vec<PlanTold>,
    /// The card types; none where one plan was asked for.
    pub types: Vec<TypeTold>,
    /// The places to pay; none where one plan was asked for.
    pub places: Vec<ChannelTold>,
    /// What one can pay with; none where one plan was asked for.
    pub payments: Vec<Named>,
    /// What to show a clerk who may know the card in hand; none where one plan was asked for.
    pub unsure: Vec<Said>,
    pub phrases: Vec<PhraseTold>,
    pub terms: Vec<TermTold>,
    pub tips: Vec<TipTold>,
}

/// The question for a clerk who may know the card in hand.
const WHERE_TO_TOP_UP: &str = "shop-top-up-where";

impl Book {
    /// The whole guide.
    #[must_use]
    pub fn whole(desk: &Desk) -> Book {
        let known = desk.knowledge.plans();
        let place = |channel: &Channel| {
            let asked = Channels {
                channel: Some(*channel),
                ..Channels::default()
            };
            channels::answer(desk, &asked).results
        };
        let payments: Vec<Payment> = desk.knowledge.all("payment.all");
        Book {
            plans: known
                .iter()
                .flat_map(|plan| plans::one(desk, &plan.id).results)
                .collect(),
            types: CardType::ALL
                .iter()
                .flat_map(|card| types::answer(desk, Some(*card)).results)
                .collect(),
            places: Channel::ALL.iter().flat_map(place).collect(),
            payments: payments
                .into_iter()
                .map(|payment| Named {
                    id: payment.id,
                    name: payment.name.0,
                })
                .collect(),
            unsure: desk.said(&[SmolStr::new_static(WHERE_TO_TOP_UP)]),
            phrases: phrases::answer(desk, &Phrases::default()).results,
            terms: terms::answer(desk, None).results,
            tips: tips::answer(desk, &Tips::default()).results,
        }
    }

    /// One plan, with the phrases, words and caveats it needs.
    #[must_use]
    pub fn of_plan(desk: &Desk, id: &str) -> Book {
        let told = plans::one(desk, id).results;
        let said = said(&told);
        let mut phrases = phrases::answer(desk, &Phrases::default()).results;
        phrases.retain(|phrase| said.contains(&phrase.id));
        let written = serde_json::to_string(&told).unwrap_or_default();
        let mut terms = terms::answer(desk, None).results;
        terms.retain(|term| written.contains(term.ja.as_str()));
        let about: Vec<SmolStr> = desk
            .knowledge
            .plan(id)
            .map(|plan| tips_about(desk, &plan))
            .unwrap_or_default();
        let mut tips = tips::answer(desk, &Tips::default()).results;
        tips.retain(|tip| tip.id.as_ref().is_some_and(|id| about.contains(id)));
        Book {
            plans: told,
            types: Vec::new(),
            places: Vec::new(),
            payments: Vec::new(),
            unsure: Vec::new(),
            phrases,
            terms,
            tips,
        }
    }
}

/// The ids of what is said on the way to top up these plans or to bring them back.
fn said(plans: &[PlanTold]) -> Vec<SmolStr> {
    plans
        .iter()
        .flat_map(|plan| {
            let ways = plan.ways.iter().flat_map(|way| &way.say);
            let restores = plan.restore.iter().flat_map(|restore| &restore.say);
            ways.chain(restores)
        })
        .map(|said| said.id.clone())
        .collect()
}

/// The ids of the caveats that hold for a plan: by its name, or by its kind, form and channels.
///
/// Those that hold for every kind or every form are told by the whole guide.
fn tips_about(desk: &Desk, plan: &Plan) -> Vec<SmolStr> {
    let channels: Vec<Channel> = desk
        .knowledge
        .ways(&plan.id)
        .iter()
        .map(|way| way.channel)
        .collect();
    let fits = |tip: &&Tip| {
        let about = &tip.about;
        let open = |empty: bool, holds: bool| empty || holds;
        let everybody = about.kinds.len() > 1 || about.forms.len() > 1;
        !everybody
            && open(about.plans.is_empty(), about.plans.contains(&plan.id))
            && open(about.kinds.is_empty(), about.kinds.contains(&plan.kind))
            && open(
                about.forms.is_empty(),
                about.forms.iter().any(|form| plan.form.contains(form)),
            )
            && open(
                about.channels.is_empty(),
                about.channels.iter().any(|own| channels.contains(own)),
            )
    };
    let tips = desk.knowledge.tips();
    tips.iter().filter(fits).map(|tip| tip.id.clone()).collect()
}
