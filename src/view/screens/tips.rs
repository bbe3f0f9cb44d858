//! The screen of `tips`.

use crate::answer::tips::TipsAnswer;
use crate::view::builder::Builder;
use crate::view::page::{Block, Rich};
use crate::words::Word;

/// Builds the page: by topic, each tip a line that stands alone, then its detail.
pub(super) fn build(b: &mut Builder, tips: &TipsAnswer) {
    if tips.results.is_empty() {
        b.say(Rich::plain(b.w(Word::TIPS_NONE)));
        b.next("simguide tips");
        return;
    }
    let count = tips.results.len().to_string();
    b.say(Rich::plain(b.fill(Word::TIPS_LEAD, &[("n", &count)])));
    let mut at = 0;
    while at < tips.results.len() {
        let topic = tips.results[at].topic;
        let mut blocks = Vec::new();
        while at < tips.results.len() && tips.results[at].topic == topic {
            let tip = &tips.results[at];
            let text = if tip.id.is_none() && !tip.plans.is_empty() && tips.open {
                format!("{}: {}", tip.plans.join(", "), tip.title)
            } else {
                tip.title.to_string()
            };
            match tip.text.as_ref().filter(|_| !tips.open) {
                None => {
                    let line = b.rich(&text, &tip.sources);
                    match blocks.last_mut() {
                        Some(Block::Bullets(lines)) => lines.push(line),
                        _ => blocks.push(Block::Bullets(vec![line])),
                    }
                }
                Some(detail) => {
                    let detail = b.rich(detail.clone(), &tip.sources);
                    blocks.push(Block::Under {
                        title: Rich::plain(text),
                        blocks: vec![Block::Lines(vec![detail])],
                    });
                }
            }
            at += 1;
        }
        let heading = b.of("topic", topic).to_owned();
        b.named_part(Some(heading.into()), blocks);
    }
    if tips.open {
        let line = b.fill(Word::TIPS_MORE, &[("topic", "payment")]);
        b.part(None, vec![Block::Lines(vec![Rich::plain(line)])]);
        b.next("simguide tips --topic payment");
    }
    b.next("simguide renew --pay foreign-card");
    b.next(format!("simguide phrases {}", b.w(Word::EXAMPLE_CASH)));
}
