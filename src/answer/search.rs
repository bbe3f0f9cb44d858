//! Answers `simguide search`: anything, in any language.

use std::collections::BTreeSet;

use memchr::memmem::Finder;
use schemars::JsonSchema;
use serde::Serialize;
use smol_str::{SmolStr, format_smolstr};

use super::Desk;
use crate::knowledge::Block;
use crate::knowledge::card::CardHead;
use crate::knowledge::carrier::{Check, Closed, Contact, Note, PlanHead, Restore, Way};
use crate::knowledge::channel::{ChannelRecord, Payment, Tip};
use crate::knowledge::compile::ChainOf;
use crate::knowledge::find::{Entry, Found};
use crate::knowledge::fold::{fold, fold_text};
use crate::knowledge::phrase::{Phrase, Term};

/// What `search` found, best first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SearchAnswer {
    /// One object a hit, the best first.
    pub results: Vec<Hit>,
    /// Names like the words, where nothing was found.
    #[serde(skip)]
    pub nearest: Vec<SmolStr>,
    #[serde(skip)]
    pub words: Vec<String>,
}

/// Something found, with the command that shows it in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hit {
    /// What kind of thing it is.
    #[schemars(with = "Found")]
    pub kind: &'static str,
    /// What it is: a name, or the sentence.
    pub title: SmolStr,
    /// Whose it is, or what it means; null where the title says it.
    pub of: Option<SmolStr>,
    /// What to type to see it in full.
    pub command: SmolStr,
}

/// Finds what holds all the words; hits in names before titles before text.
#[must_use]
pub fn answer(desk: &Desk, words: &[String]) -> SearchAnswer {
    let folded: Vec<Needle> = words
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(Needle::new)
        .collect();
    let mut seen = BTreeSet::new();
    let asked: Vec<&Needle> = folded
        .iter()
        .filter(|needle| !needle.text.is_empty() && seen.insert(&needle.text))
        .collect();
    let mut found: Vec<(usize, Block, Found)> = Vec::new();
    if !asked.is_empty() {
        // Most entries hold none of the words: their bytes tell without being taken apart.
        let look = |bytes: &[u8]| asked.iter().all(|needle| needle.is_in(bytes));
        for (block, entry) in desk.knowledge.entries(&look) {
            if let Some(rank) = rank(&asked, &entry) {
                found.push((rank, block, entry.kind));
            }
        }
    }
    found.sort_by_key(|(rank, block, kind)| (*rank, *kind, *block));
    let mut results: Vec<Hit> = Vec::new();
    for (_, block, kind) in found {
        if let Some(hit) = hit(desk, block, kind)
            && !results.contains(&hit)
        {
            results.push(hit);
        }
    }
    let nearest = if results.is_empty() {
        nearest(desk, &asked)
    } else {
        Vec::new()
    };
    SearchAnswer {
        results,
        nearest,
        words: words.to_vec(),
    }
}

/// A word in the two forms in which it is looked for.
struct Needle {
    text: String,
    /// Without marks, for names.
    name: String,
    find_text: Finder<'static>,
    /// None where it is the same, or nothing is left of it.
    find_name: Option<Finder<'static>>,
}

impl Needle {
    fn new(word: &str) -> Needle {
        let (text, name) = (fold_text(word), fold(word));
        let finder = |form: &str| Finder::new(form).into_owned();
        let differs = !name.is_empty() && name != text;
        Needle {
            find_text: finder(&text),
            find_name: differs.then(|| finder(&name)),
            text,
            name,
        }
    }

    /// Whether it stands in either form among these bytes.
    fn is_in(&self, bytes: &[u8]) -> bool {
        let by_name = self.find_name.as_ref();
        self.find_text.find(bytes).is_some()
            || by_name.is_some_and(|name| name.find(bytes).is_some())
    }

    /// Whether it is one of these lines.
    fn is_a_line(&self, bytes: &[u8]) -> bool {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        lines.any(|line| line == self.text.as_bytes() || line == self.name.as_bytes())
    }
}

/// How well an entry holds all words; lower is better, none if one is missing.
fn rank(needles: &[&Needle], entry: &Entry) -> Option<usize> {
    let mut sum = 0;
    for needle in needles {
        let holds = |part: &[u8]| needle.find_text.find(part).is_some();
        sum += if needle.is_in(entry.names) {
            usize::from(!needle.is_a_line(entry.names))
        } else if holds(entry.title) {
            3
        } else if holds(entry.text) {
            6
        } else {
            return None;
        };
    }
    Some(sum)
}

#[expect(clippy::too_many_lines, reason = "one arm a kind of hit")]
fn hit(desk: &Desk, block: Block, kind: Found) -> Option<Hit> {
    let knowledge = desk.knowledge;
    let plan_name = |id: &str| knowledge.plan_head(id).map(|plan| plan.name.0);
    let make = |title: SmolStr, of: Option<SmolStr>, command: SmolStr| Hit {
        kind: kind.id(),
        title,
        of,
        command,
    };
    Some(match kind {
        Found::Plan => {
            let plan: PlanHead = knowledge.read(block)?;
            make(
                plan.name.0,
                None,
                format_smolstr!("simguide plans {}", plan.id),
            )
        }
        Found::Channel => {
            let channel: ChannelRecord = knowledge.read(block)?;
            make(
                channel.name.0,
                None,
                format_smolstr!("simguide channels {}", channel.id.id()),
            )
        }
        Found::Chain => {
            let of: ChainOf = knowledge.read(block)?;
            make(
                of.chain.name.0,
                None,
                format_smolstr!("simguide renew --channel {}", of.chain.id),
            )
        }
        Found::Payment => {
            let payment: Payment = knowledge.read(block)?;
            make(
                payment.name.0,
                None,
                format_smolstr!("simguide renew --pay {}", payment.id),
            )
        }
        Found::Type => {
            let card: CardHead = knowledge.read(block)?;
            make(
                card.name.0,
                None,
                format_smolstr!("simguide types {}", card.id.id()),
            )
        }
        Found::Term => {
            let term: Term = knowledge.read(block)?;
            let of = term.meaning(desk.lang).map(SmolStr::new);
            make(
                term.ja.clone(),
                of,
                format_smolstr!("simguide terms {}", term.ja),
            )
        }
        Found::Phrase => {
            let phrase: Phrase = knowledge.read(block)?;
            let of = phrase.meaning(desk.lang).map(SmolStr::new);
            make(
                phrase.ja.clone(),
                of,
                format_smolstr!("simguide phrases {}", phrase.id),
            )
        }
        Found::Way => {
            let way: Way = knowledge.read(block)?;
            let plan = way.plans.first()?;
            let command = format_smolstr!(
                "simguide renew --plan {plan} --channel {}",
                way.channel.id()
            );
            make(way.title.0, plan_name(plan), command)
        }
        Found::Closed => {
            let closed: Closed = knowledge.read(block)?;
            let plan = closed.plans.first()?;
            let command = format_smolstr!(
                "simguide renew --plan {plan} --channel {}",
                closed.channel.id()
            );
            make(closed.why.0, plan_name(plan), command)
        }
        Found::Restore => {
            let restore: Restore = knowledge.read(block)?;
            let plan = restore.plans.first()?;
            make(
                restore.answer.0,
                plan_name(plan),
                format_smolstr!("simguide restore {plan}"),
            )
        }
        Found::Check => {
            let check: Check = knowledge.read(block)?;
            let plan = check.plans.first()?;
            make(
                check.title.0,
                plan_name(plan),
                format_smolstr!("simguide plans {plan}"),
            )
        }
        Found::Contact => {
            let contact: Contact = knowledge.read(block)?;
            let plan = contact.about.plans.first()?;
            let title = contact
                .phone
                .or(contact.chat)
                .or(contact.how.map(|text| text.0))?;
            make(
                title,
                plan_name(plan),
                format_smolstr!("simguide plans {plan}"),
            )
        }
        Found::Tip => {
            let tip: Tip = knowledge.read(block)?;
            make(
                tip.title.0,
                None,
                format_smolstr!("simguide tips --topic {}", tip.topic.id()),
            )
        }
        Found::Note => {
            let note: Note = knowledge.read(block)?;
            match (note.about.plans.first(), note.about.channels.first()) {
                (Some(plan), _) => make(
                    note.text.0,
                    plan_name(plan),
                    format_smolstr!("simguide plans {plan}"),
                ),
                (None, Some(channel)) => {
                    let command = format_smolstr!("simguide channels {}", channel.id());
                    make(note.text.0, Some(desk.channel(*channel).name), command)
                }
                (None, None) => make(
                    note.text.0,
                    None,
                    format_smolstr!("simguide tips --topic {}", note.topic.id()),
                ),
            }
        }
    })
}

/// No name is longer than this, in characters.
const LONGEST_NAME: usize = 60;
/// Of thousands of words only the first are compared with names.
const MOST_COMPARED: usize = 20;

/// Names like the words, the likest first.
fn nearest(desk: &Desk, needles: &[&Needle]) -> Vec<SmolStr> {
    let short = |needle: &&&Needle| needle.name.chars().nth(LONGEST_NAME).is_none();
    let needles: Vec<&&Needle> = needles.iter().filter(short).take(MOST_COMPARED).collect();
    let mut scored: Vec<(usize, String)> = Vec::new();
    for kind in [
        "plan", "channel", "chain", "payment", "type", "term", "carrier",
    ] {
        for name in desk.knowledge.keys_under(&format!("{kind}.name/")) {
            for needle in &needles {
                let distance = strsim::damerau_levenshtein(&needle.name, &name);
                let length = needle.name.chars().count();
                if distance <= (length / 3).max(1) && length >= 2 {
                    scored.push((distance, name.clone()));
                }
            }
        }
    }
    scored.sort();
    let mut seen = BTreeSet::new();
    scored.retain(|(_, name)| seen.insert(name.clone()));
    scored
        .into_iter()
        .map(|(_, name)| name.into())
        .take(5)
        .collect()
}
