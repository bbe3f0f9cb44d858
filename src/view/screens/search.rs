//! The screens of `search` and `sources`.

use crate::answer::search::SearchAnswer;
use crate::answer::sources::SourcesAnswer;
use crate::fact::SourceKind;
use crate::view::builder::Builder;
use crate::view::page::{Block, Rich};
use crate::view::refusal::safe;
use crate::view::words::list;
use crate::words::Word;

/// The most hits that are printed.
const MOST_HITS: usize = 12;
/// Where a hit's sentence is cut, in characters.
const MOST_CHARACTERS: usize = 120;

/// Builds the page of hits, best first.
pub(super) fn hits(b: &mut Builder, search: &SearchAnswer) {
    let words = safe(&search.words.join(" "));
    if search.results.is_empty() {
        b.say(Rich::plain(b.fill(Word::SEARCH_NONE, &[("words", &words)])));
        if !search.nearest.is_empty() {
            let near = list(b.lang, &search.nearest);
            b.say(Rich::plain(b.fill(Word::SEARCH_NEAR, &[("words", &near)])));
            b.next(format!("simguide search {}", search.nearest[0]));
        }
        b.next("simguide plans");
        b.next("simguide terms");
        return;
    }
    let count = search.results.len();
    b.say(Rich::plain(
        b.fill(Word::SEARCH_LEAD, &[("n", &count.to_string())]),
    ));
    let blocks = search
        .results
        .iter()
        .take(MOST_HITS)
        .map(|hit| {
            let kind = b.of("found", hit.kind);
            let title = cut(hit.title.trim_end_matches(['.', '\u{3002}']));
            let title = match &hit.of {
                Some(of) => b.fill(Word::TITLED, &[("title", &title), ("verdict", of)]),
                None => title,
            };
            let title = b.fill(Word::FEE_WHEN, &[("fee", kind), ("when", &title)]);
            Block::Under {
                title: Rich::plain(title),
                blocks: vec![Block::Lines(vec![Rich::plain(hit.command.clone())])],
            }
        })
        .collect();
    b.part(None, blocks);
    if count > MOST_HITS {
        let more = (count - MOST_HITS).to_string();
        let line = b.fill(Word::SEARCH_MORE, &[("n", &more)]);
        b.part(None, vec![Block::Lines(vec![Rich::plain(line)])]);
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST_CHARACTERS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MOST_CHARACTERS).collect();
    short.push_str("...");
    short
}

/// Builds the page of sources: who, what kind, how old, where.
pub(super) fn sources(b: &mut Builder, sources: &SourcesAnswer) {
    if sources.results.is_empty() {
        b.say(Rich::plain(b.w(Word::SOURCES_NONE)));
        b.next("simguide sources");
        return;
    }
    let count = sources.results.len().to_string();
    b.say(Rich::plain(b.fill(Word::SOURCES_LEAD, &[("n", &count)])));
    let mut blocks = Vec::new();
    for told in &sources.results {
        let source = &told.source;
        let kind = match source.kind {
            SourceKind::Official => b.w(Word::KIND_OFFICIAL),
            SourceKind::Press => b.w(Word::KIND_PRESS),
            SourceKind::Community => b.w(Word::KIND_COMMUNITY),
        };
        let dated = match (source.dated.get(), source.older_than) {
            (Some(day), _) => day.to_string(),
            (None, Some(day)) => b.fill(Word::BEFORE_DAY, &[("day", &day.to_string())]),
            (None, None) => b.w(Word::UNDATED).to_owned(),
        };
        let used = b.fill(Word::SOURCES_FACTS, &[("n", &told.facts.to_string())]);
        blocks.push(Block::Under {
            title: Rich::plain(format!("{}  {kind}  {dated}", source.publisher)),
            blocks: vec![Block::Lines(vec![
                Rich::plain(source.title.clone()),
                Rich::plain(source.url.clone()),
                Rich::plain(format!("{}  {used}", told.id)),
            ])],
        });
    }
    b.part(None, blocks);
}
