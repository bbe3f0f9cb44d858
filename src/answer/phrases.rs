//! Answers `simguide phrases`: what to show or say, with the replies to expect.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::{Desk, Place, Reply};
use crate::knowledge::fold::fold_text;
use crate::knowledge::phrase::Phrase;
use crate::query::Phrases;

/// What `phrases` found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PhrasesAnswer {
    /// One object a phrase.
    pub results: Vec<PhraseTold>,
    /// Whether one was asked for and is shown large.
    #[serde(skip)]
    pub one: bool,
}

/// A phrase with everything about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PhraseTold {
    /// The id of the phrase: `simguide phrases ID` shows it large.
    pub id: SmolStr,
    #[serde(flatten)]
    pub channel: Place,
    /// The sentence.
    pub ja: SmolStr,
    /// How it is read, in kana.
    pub kana: SmolStr,
    /// How it is read, in Latin letters.
    pub romaji: SmolStr,
    /// In the reader's language, or the nearest; null for a Japanese reader.
    pub meaning: Option<SmolStr>,
    /// When to use it.
    pub when: SmolStr,
    /// What the other side is likely to say.
    pub replies: Vec<Reply>,
}

/// Finds the phrases that fit.
#[must_use]
pub fn answer(desk: &Desk, asked: &Phrases) -> PhrasesAnswer {
    let all: Vec<Phrase> = match &asked.id {
        Some(id) => desk.knowledge.phrase(id).into_iter().collect(),
        None => desk.knowledge.all("phrase.all"),
    };
    let words: Vec<String> = asked
        .search
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(fold_text)
        .collect();
    let results = all
        .iter()
        .filter(|phrase| asked.channels.is_empty() || asked.channels.contains(&phrase.channel))
        .filter(|phrase| words.is_empty() || holds(desk, phrase, &words))
        .map(|phrase| told(desk, phrase))
        .collect();
    PhrasesAnswer {
        results,
        one: asked.id.is_some(),
    }
}

fn holds(desk: &Desk, phrase: &Phrase, words: &[String]) -> bool {
    let mut text = [
        phrase.id.as_str(),
        &phrase.ja,
        &phrase.kana,
        &phrase.romaji,
        &phrase.en,
        &phrase.zh_hans,
        &phrase.when.0,
    ]
    .join("\n");
    for reply in desk.knowledge.replies(&phrase.id) {
        text.push_str(&reply.ja);
        text.push_str(&reply.en);
        text.push_str(&reply.zh_hans);
    }
    let text = fold_text(&text);
    words.iter().all(|word| text.contains(word))
}

fn told(desk: &Desk, phrase: &Phrase) -> PhraseTold {
    PhraseTold {
        id: phrase.id.clone(),
        channel: desk.channel(phrase.channel).into(),
        ja: phrase.ja.clone(),
        kana: phrase.kana.clone(),
        romaji: phrase.romaji.clone(),
        meaning: phrase.meaning(desk.lang).map(SmolStr::new),
        when: phrase.when.0.clone(),
        replies: desk
            .knowledge
            .replies(&phrase.id)
            .iter()
            .map(|reply| desk.reply(reply))
            .collect(),
    }
}
