//! Builds a page: numbers the sources as they appear and words what is not published.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use foldhash::fast::FixedState;
use smol_str::SmolStr;

use crate::answer::{Age, Cited, Told, Verdict, age, unofficial};
use crate::fact::{Day, Source, SourceKind};
use crate::lang::Lang;
use crate::view::View;
use crate::view::page::{
    Block, Column, ColumnKind, Field, Page, Part, PhraseBlock, Rich, SourceLine,
};
use crate::words::Word;

/// A page in the making.
pub struct Builder {
    pub lang: Lang,
    today: Day,
    page: Page,
    /// The sources in the order of their numbers, and their numbers.
    cited: Vec<Cited>,
    numbers: HashMap<Address, usize, FixedState>,
}

/// Room for the sources of most pages.
const SOURCES: usize = 64;

/// A source, known by its address.
struct Address(Cited);

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.source.url.hash(state);
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Address) -> bool {
        self.0.source.url == other.0.source.url
    }
}

impl Eq for Address {}

impl Builder {
    /// An empty page.
    #[must_use]
    pub fn new(view: &View) -> Builder {
        let lang = view.lang.written();
        Builder {
            lang,
            today: view.today,
            page: Page {
                lang,
                verdict: Vec::new(),
                parts: Vec::new(),
                sources_heading: Word::HEAD_SOURCES.text(lang).to_owned(),
                sources: Vec::with_capacity(SOURCES),
                next_heading: Word::HEAD_NEXT.text(lang).to_owned(),
                next: Vec::new(),
            },
            cited: Vec::with_capacity(SOURCES),
            numbers: HashMap::with_capacity_and_hasher(SOURCES, FixedState::default()),
        }
    }

    /// A word in the language of the page.
    #[must_use]
    pub fn w(&self, word: Word) -> &'static str {
        word.text(self.lang)
    }

    /// A word with its blanks filled in.
    #[must_use]
    pub fn fill(&self, word: Word, blanks: &[(&str, &str)]) -> String {
        tidy(word.with(self.lang, blanks), self.lang)
    }

    /// The word of a member of a list; its id where there is none.
    #[must_use]
    pub fn of<'a>(&self, list: &str, id: &'a str) -> &'a str
    where
        'static: 'a,
    {
        Word::of(list, id).map_or(id, |word| word.text(self.lang))
    }

    /// Numbers of sources, ascending, each once.
    pub fn marks(&mut self, sources: &[Cited]) -> Vec<usize> {
        let mut marks: Vec<usize> = sources.iter().map(|cited| self.mark(cited)).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    fn mark(&mut self, cited: &Cited) -> usize {
        let next = self.cited.len() + 1;
        let number = *self.numbers.entry(Address(cited.clone())).or_insert(next);
        if number == next {
            self.cited.push(cited.clone());
            let line = self.source_line(&cited.source);
            self.page.sources.push(line);
        }
        number
    }

    /// The sources cited so far, in the order of their numbers.
    #[must_use]
    pub fn cited(&self) -> &[Cited] {
        &self.cited
    }

    /// A source in words: who, what kind, of when.
    #[must_use]
    pub fn source_line(&self, source: &Source) -> SourceLine {
        let dated = match (source.dated.get(), source.older_than) {
            (Some(day), _) => Cow::Owned(day.to_string()),
            (None, Some(day)) => {
                Cow::Owned(self.fill(Word::BEFORE_DAY, &[("day", &day.to_string())]))
            }
            (None, None) => Cow::Borrowed(self.w(Word::UNDATED)),
        };
        let kind = match source.kind {
            SourceKind::Official => self.w(Word::KIND_OFFICIAL),
            SourceKind::Press => self.w(Word::KIND_PRESS),
            SourceKind::Community => self.w(Word::KIND_COMMUNITY),
        };
        SourceLine {
            publisher: source.publisher.clone(),
            kind: Cow::Borrowed(kind),
            dated,
            title: None,
            url: source.url.clone(),
        }
    }

    /// A sentence with its marks, called unofficial where only the community says it.
    pub fn rich(&mut self, text: impl Into<SmolStr>, sources: &[Cited]) -> Rich {
        let mut text = text.into();
        if unofficial(sources) {
            text = self.call_unofficial(&text).into();
        }
        Rich {
            text,
            marks: self.marks(sources),
        }
    }

    /// A sentence with its marks, whatever its sources.
    pub fn sure(&mut self, text: impl Into<SmolStr>, sources: &[Cited]) -> Rich {
        Rich {
            text: text.into(),
            marks: self.marks(sources),
        }
    }

    /// A told sentence.
    pub fn told(&mut self, told: &Told) -> Rich {
        self.rich(told.text.clone(), &told.sources)
    }

    /// Told sentences.
    pub fn all(&mut self, told: &[Told]) -> Vec<Rich> {
        told.iter().map(|told| self.told(told)).collect()
    }

    /// The sentence with the word "unofficial" before its full stop, once.
    #[must_use]
    pub fn call_unofficial(&self, text: &str) -> String {
        let word = self.w(Word::UNOFFICIAL);
        let bare = word.trim_matches(['(', ')', '\u{ff08}', '\u{ff09}']);
        if text.contains(bare) {
            return text.to_owned();
        }
        let stop = ['.', '\u{3002}'];
        let (body, end) = match text.strip_suffix(stop) {
            Some(body) => (body, &text[body.len()..]),
            None => (text, ""),
        };
        let gap = if self.lang == Lang::En { " " } else { "" };
        format!("{body}{gap}{word}{end}")
    }

    /// The word of a verdict.
    #[must_use]
    pub fn verdict_word(&self, verdict: Verdict) -> &'static str {
        self.of("verdict", verdict.id())
    }

    /// "Not published".
    #[must_use]
    pub fn unknown(&self) -> Rich {
        Rich::plain(self.w(Word::UNKNOWN))
    }

    /// Adds a line to the verdict.
    pub fn say(&mut self, line: Rich) {
        self.page.verdict.push(line);
    }

    /// Adds a part, unless it is empty.
    pub fn part(&mut self, heading: Option<Word>, blocks: Vec<Block>) {
        let heading = heading.map(|word| SmolStr::new_static(self.w(word)));
        self.named_part(heading, blocks);
    }

    /// Adds a part under a heading of its own, unless it is empty.
    pub fn named_part(&mut self, heading: Option<SmolStr>, blocks: Vec<Block>) {
        let blocks: Vec<Block> = blocks
            .into_iter()
            .filter(|block| !is_empty(block))
            .collect();
        if !blocks.is_empty() {
            self.page.parts.push(Part { heading, blocks });
        }
    }

    /// Adds a list of cautions under its heading; each sentence once.
    pub fn careful(&mut self, told: &[Told]) {
        let mut seen: Vec<&str> = Vec::new();
        let mut lines = Vec::new();
        for told in told {
            if !seen.contains(&told.text.as_str()) {
                seen.push(&told.text);
                lines.push(self.told(told));
            }
        }
        self.part(Some(Word::HEAD_CAREFUL), vec![Block::Bullets(lines)]);
    }

    /// Adds a command to type next, once.
    pub fn next(&mut self, command: impl Into<String>) {
        let command = command.into();
        if !self.page.next.contains(&command) {
            self.page.next.push(command);
        }
    }

    /// A sentence on the age of sources, where it must be said.
    #[must_use]
    pub fn age_line(&self, sources: &[Cited]) -> Option<String> {
        match age(sources, self.today) {
            Age::Fresh => None,
            Age::Undated => (!sources.is_empty()).then(|| self.w(Word::AGE_UNDATED).to_owned()),
            Age::Old => Self::newest(sources).map(|day| self.fill(Word::AGE_OLD, &[("day", &day)])),
        }
    }

    /// The same in few words, for a field.
    #[must_use]
    pub fn age_short(&self, sources: &[Cited]) -> Option<String> {
        match age(sources, self.today) {
            Age::Fresh => None,
            Age::Undated => {
                (!sources.is_empty()).then(|| self.w(Word::AGE_SHORT_UNDATED).to_owned())
            }
            Age::Old => {
                Self::newest(sources).map(|day| self.fill(Word::AGE_SHORT_OLD, &[("day", &day)]))
            }
        }
    }

    fn newest(sources: &[Cited]) -> Option<String> {
        sources
            .iter()
            .filter_map(|cited| cited.source.newest())
            .max()
            .map(|day| day.to_string())
    }

    /// The page, with titles where two lines of sources would be the same.
    #[must_use]
    pub fn finish(mut self) -> Page {
        for at in alike(&self.page.sources) {
            self.page.sources[at].title = Some(self.cited[at].source.title.clone());
        }
        // As in `run`: the process ends soon.
        std::mem::forget(self.numbers);
        std::mem::forget(self.cited);
        self.page
    }
}

/// The places of lines that are the same as others.
fn alike(lines: &[SourceLine]) -> Vec<usize> {
    fn words(line: &SourceLine) -> [&str; 3] {
        [&line.publisher, &line.dated, &line.kind]
    }
    let mut counts: HashMap<[&str; 3], usize, FixedState> =
        HashMap::with_capacity_and_hasher(lines.len(), FixedState::default());
    for line in lines {
        *counts.entry(words(line)).or_default() += 1;
    }
    let places = lines.iter().enumerate();
    places
        .filter(|(_, line)| counts.get(&words(line)).is_some_and(|count| *count > 1))
        .map(|(at, _)| at)
        .collect()
}

/// A Chinese sentence without blanks between full-width neighbours, which filled-in words leave.
fn tidy(text: String, lang: Lang) -> String {
    if lang != Lang::ZhHans || !text.contains(' ') {
        return text;
    }
    let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
    let mut made = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once(' ') {
        made.push_str(before);
        if !(wide(made.chars().next_back()) && wide(behind.chars().next())) {
            made.push(' ');
        }
        rest = behind;
    }
    made.push_str(rest);
    made
}

/// A labelled value.
#[must_use]
pub fn field(label: impl Into<SmolStr>, values: Vec<Rich>) -> Field {
    Field {
        label: label.into(),
        values,
        numbered: false,
    }
}

/// Labelled steps.
#[must_use]
pub fn steps(label: impl Into<SmolStr>, values: Vec<Rich>) -> Field {
    Field {
        numbered: values.len() > 1,
        label: label.into(),
        values,
    }
}

/// A column of a table.
#[must_use]
pub fn column(heading: &str, kind: ColumnKind) -> Column {
    Column {
        heading: SmolStr::new(heading),
        kind,
    }
}

/// A phrase to show: the Japanese with its meaning.
#[must_use]
pub fn phrase(said: &crate::answer::Said) -> Block {
    Block::Phrase(PhraseBlock {
        ja: said.ja.clone(),
        kana: None,
        romaji: None,
        meaning: said.meaning.clone(),
    })
}

fn is_empty(block: &Block) -> bool {
    match block {
        Block::Lines(lines) | Block::Steps(lines) | Block::Bullets(lines) => lines.is_empty(),
        Block::Table(table) => table.rows.is_empty(),
        Block::Fields(fields) => fields.is_empty(),
        Block::Commands(commands) => commands.is_empty(),
        Block::Phrase(_) | Block::Large(_) => false,
        Block::Under { blocks, .. } => blocks.is_empty(),
    }
}
