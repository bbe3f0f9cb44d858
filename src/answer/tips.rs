//! Answers `simguide tips`: the caveats that fit.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::{Cited, Desk};
use crate::knowledge::Scope;
use crate::knowledge::carrier::{Note, Topic};
use crate::knowledge::channel::Tip;
use crate::query::Tips;

/// What `tips` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TipsAnswer {
    /// One object a caveat.
    pub results: Vec<TipTold>,
    /// Whether nothing narrowed them.
    #[serde(skip)]
    pub open: bool,
}

/// A caveat.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TipTold {
    /// The id of a general tip; null for a note of a carrier or channel.
    pub id: Option<SmolStr>,
    /// What it is about.
    #[schemars(with = "Topic")]
    pub topic: &'static str,
    /// The one line that stands alone; of a note, the note.
    pub title: SmolStr,
    /// The detail; null where the title says all.
    pub text: Option<SmolStr>,
    /// The plans it is about; empty where it is general.
    pub plans: Vec<SmolStr>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// Finds the caveats that fit.
#[must_use]
pub fn answer(desk: &Desk, tips: &Tips) -> TipsAnswer {
    let open = *tips == Tips::default();
    let mut results: Vec<TipTold> = desk
        .knowledge
        .tips()
        .iter()
        .filter(|tip| fits(tip.topic, &tip.about, tips))
        .map(|tip| of_tip(desk, tip))
        .collect();
    if !open {
        let mut notes: Vec<Note> = Vec::new();
        for plan in &tips.plans {
            notes.extend(desk.knowledge.notes(plan));
        }
        for channel in &tips.channels {
            notes.extend(desk.knowledge.channel_notes(*channel));
        }
        if tips.plans.is_empty() && tips.channels.is_empty() {
            for channel in crate::knowledge::channel::Channel::ALL {
                notes.extend(desk.knowledge.channel_notes(*channel));
            }
        }
        for note in notes
            .iter()
            .filter(|note| fits(note.topic, &note.about, tips))
        {
            let told = of_note(desk, note);
            if !results.iter().any(|other| other.title == told.title) {
                results.push(told);
            }
        }
    }
    results.sort_by_key(|tip| Topic::ALL.iter().position(|topic| topic.id() == tip.topic));
    TipsAnswer { results, open }
}

/// Whether a caveat of this topic and scope is asked for.
fn fits(topic: Topic, about: &Scope, tips: &Tips) -> bool {
    let topics = tips.topics.is_empty() || tips.topics.contains(&topic);
    let types = tips.types.is_empty()
        || (about.kinds.is_empty() && about.forms.is_empty())
        || tips.types.iter().any(|card| {
            about.kinds.iter().any(|kind| kind.id() == card.id())
                || about.forms.iter().any(|form| form.id() == card.id())
        });
    let channels = tips.channels.is_empty()
        || about
            .channels
            .iter()
            .any(|channel| tips.channels.contains(channel))
        || (about.channels.is_empty() && !about.plans.is_empty());
    let plans = tips.plans.is_empty() || about.plans.iter().any(|plan| tips.plans.contains(plan));
    topics && types && channels && plans
}

fn of_tip(desk: &Desk, tip: &Tip) -> TipTold {
    TipTold {
        id: Some(tip.id.clone()),
        topic: tip.topic.id(),
        title: tip.title.0.clone(),
        text: tip.text.as_ref().map(|text| text.0.clone()),
        plans: tip.about.plans.clone(),
        sources: desk.cite(&tip.sources),
    }
}

fn of_note(desk: &Desk, note: &Note) -> TipTold {
    TipTold {
        id: None,
        topic: note.topic.id(),
        title: note.text.0.clone(),
        text: None,
        plans: note.about.plans.clone(),
        sources: desk.cite(&note.sources),
    }
}
