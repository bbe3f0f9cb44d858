//! Builds a page: numbers the sources as they appear and words what is not published.

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
    /// The addresses of the sources, in the order of their numbers.
    urls: Vec<String>,
    titles: Vec<String>,
}

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
                sources: Vec::new(),
                next_heading: Word::HEAD_NEXT.text(lang).to_owned(),
                next: Vec::new(),
            },
            urls: Vec::new(),
            titles: Vec::new(),
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
        if let Some(at) = self.urls.iter().position(|url| *url == cited.source.url) {
            return at + 1;
        }
        let source = &cited.source;
        self.urls.push(source.url.clone());
        self.titles.push(source.title.clone());
        self.page.sources.push(self.source_line(source));
        self.urls.len()
    }

    /// A source in words: who, what kind, of when.
    #[must_use]
    pub fn source_line(&self, source: &Source) -> SourceLine {
        let dated = match (source.dated.get(), source.older_than) {
            (Some(day), _) => day.to_string(),
            (None, Some(day)) => self.fill(Word::BEFORE_DAY, &[("day", &day.to_string())]),
            (None, None) => self.w(Word::UNDATED).to_owned(),
        };
        let kind = match source.kind {
            SourceKind::Official => self.w(Word::KIND_OFFICIAL),
            SourceKind::Press => self.w(Word::KIND_PRESS),
            SourceKind::Community => self.w(Word::KIND_COMMUNITY),
        };
        SourceLine {
            publisher: source.publisher.clone(),
            kind: kind.to_owned(),
            dated,
            title: None,
            url: source.url.clone(),
            show_url: false,
        }
    }

    /// A sentence with its marks, called unofficial where only the community says it.
    pub fn rich(&mut self, text: &str, sources: &[Cited]) -> Rich {
        let text = if unofficial(sources) {
            self.call_unofficial(text)
        } else {
            text.to_owned()
        };
        Rich {
            text,
            marks: self.marks(sources),
        }
    }

    /// A sentence with its marks, whatever its sources.
    pub fn sure(&mut self, text: impl Into<String>, sources: &[Cited]) -> Rich {
        Rich {
            text: text.into(),
            marks: self.marks(sources),
        }
    }

    /// A told sentence.
    pub fn told(&mut self, told: &Told) -> Rich {
        self.rich(&told.text, &told.sources)
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
        let heading = heading.map(|word| self.w(word).to_owned());
        self.named_part(heading, blocks);
    }

    /// Adds a part under a heading of its own, unless it is empty.
    pub fn named_part(&mut self, heading: Option<String>, blocks: Vec<Block>) {
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
        let lines: Vec<(String, String, String)> = self
            .page
            .sources
            .iter()
            .map(|line| {
                (
                    line.publisher.clone(),
                    line.kind.clone(),
                    line.dated.clone(),
                )
            })
            .collect();
        for (at, line) in self.page.sources.iter_mut().enumerate() {
            let same = lines.iter().filter(|other| **other == lines[at]).count();
            if same > 1 {
                line.title = Some(self.titles[at].clone());
            }
        }
        self.page
    }

    /// Shows the addresses of the sources on the terminal too.
    pub fn show_urls(&mut self) {
        for line in &mut self.page.sources {
            line.show_url = true;
        }
    }
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
pub fn field(label: impl Into<String>, values: Vec<Rich>) -> Field {
    Field {
        label: label.into(),
        values,
        numbered: false,
    }
}

/// Labelled steps.
#[must_use]
pub fn steps(label: impl Into<String>, values: Vec<Rich>) -> Field {
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
        heading: heading.to_owned(),
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
