//! What a person asks for (a card type) and what a plan states (a kind and its forms).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::fact::{Known, Source, vocabulary};
use crate::lang::Text;

vocabulary! {
    /// How a plan is paid.
    Kind {
        Prepaid,
        Postpaid,
    }
}

vocabulary! {
    /// What a plan comes as.
    Form {
        Sim,
        Esim,
    }
}

vocabulary! {
    /// What a person calls the card in hand: a kind, or the eSIM form.
    CardType {
        Prepaid,
        Postpaid,
        Esim,
    }
}

impl CardType {
    /// Whether a plan of this kind that comes in these forms is such a card.
    #[must_use]
    pub fn fits(self, kind: Kind, forms: &[Form]) -> bool {
        match self {
            CardType::Prepaid => kind == Kind::Prepaid,
            CardType::Postpaid => kind == Kind::Postpaid,
            CardType::Esim => forms.contains(&Form::Esim),
        }
    }
}

/// Whether a plan is a card of these types: kinds widen each other, and so do forms; the two
/// narrow.
#[must_use]
pub fn is_any_of(types: &[CardType], kind: Kind, forms: &[Form]) -> bool {
    let mut kinds = types
        .iter()
        .filter(|card| **card != CardType::Esim)
        .peekable();
    let esim = types.contains(&CardType::Esim);
    (kinds.peek().is_none() || kinds.any(|card| card.fits(kind, forms)))
        && (!esim || CardType::Esim.fits(kind, forms))
}

/// One file of `data/types/`: a card type in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardRecord {
    pub id: CardType,
    pub name: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
    pub facts: CardFacts,
    pub good: Vec<Sourced>,
    pub limits: Vec<Sourced>,
    pub needs: Vec<Sourced>,
    pub steps: Vec<Sourced>,
    #[serde(default)]
    pub labels: Vec<crate::knowledge::Label>,
    #[serde(default)]
    pub sources: BTreeMap<String, Source>,
}

/// What a card type is called: all that most answers need of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardHead {
    pub id: CardType,
    pub name: Text,
}

/// The short facts that are printed side by side; one row each.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFacts {
    pub what: Known<Sourced>,
    pub suits: Known<Sourced>,
    pub papers: Known<Sourced>,
    pub renew: Known<Sourced>,
    pub offline: Known<Sourced>,
    pub cash: Known<Sourced>,
    pub stopped: Known<Sourced>,
}

/// A sentence with the pages it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    pub text: Text,
    pub sources: Vec<SmolStr>,
}
