//! A page: what is seen, built once from an answer, spelled by each format.

use std::borrow::Cow;

use smol_str::SmolStr;

use crate::lang::Lang;

/// Words with the numbers of the sources they rest on.
///
/// A number is a footnote mark; it is printed before the full stop and never opens a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    pub text: SmolStr,
    /// Numbers of entries of [`Page::sources`], from 1; ascending, each once.
    pub marks: Vec<usize>,
}

impl Rich {
    /// Words with the numbers of their sources.
    #[must_use]
    pub fn marked(text: impl Into<SmolStr>, marks: Vec<usize>) -> Rich {
        Rich {
            text: text.into(),
            marks,
        }
    }

    /// Words without a source.
    #[must_use]
    pub fn plain(text: impl Into<SmolStr>) -> Rich {
        Rich {
            text: text.into(),
            marks: Vec::new(),
        }
    }
}

/// A whole screen: answer, detail and cautions, sources, next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub lang: Lang,
    /// The answer in one line or a few: holds if nothing below is read.
    pub verdict: Vec<Rich>,
    pub parts: Vec<Part>,
    /// Heading of the sources, in the reader's language.
    pub sources_heading: String,
    /// In the order of their numbers.
    pub sources: Vec<SourceLine>,
    /// Heading of the next commands.
    pub next_heading: String,
    /// Commands to type next.
    pub next: Vec<String>,
}

/// A heading with what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub heading: Option<SmolStr>,
    pub blocks: Vec<Block>,
}

/// One piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Paragraphs.
    Lines(Vec<Rich>),
    /// Numbered steps.
    Steps(Vec<Rich>),
    /// Cautions and other lists.
    Bullets(Vec<Rich>),
    /// Short comparable facts; stacked blocks where the columns do not fit.
    Table(Table),
    /// `label  value` rows.
    Fields(Vec<Field>),
    /// Commands that can be typed, each with what it is for.
    Commands(Vec<(String, String)>),
    /// A Japanese sentence to show or say.
    Phrase(PhraseBlock),
    /// One Japanese sentence, as large as a terminal allows, to hold up to a clerk.
    Large(SmolStr),
    /// A numbered or plain title with blocks that belong to it.
    Under { title: Rich, blocks: Vec<Block> },
}

/// A label with its value: one line, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub label: SmolStr,
    pub values: Vec<Rich>,
    /// Whether the values are steps and are numbered.
    pub numbered: bool,
}

/// A Japanese sentence with what helps to say and understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseBlock {
    pub ja: SmolStr,
    /// Reading in kana and Latin letters, where it is wanted.
    pub kana: Option<SmolStr>,
    pub romaji: Option<SmolStr>,
    /// The meaning in the reader's language; none for a Japanese reader.
    pub meaning: Option<SmolStr>,
}

/// Rows of short facts under a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column: its heading and how it may be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub heading: SmolStr,
    pub kind: ColumnKind,
}

/// How a column is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A word that can be typed or a name: never below 12 columns if it is longer.
    Name,
    /// Short facts.
    Short,
    /// Sentences: never below 20 columns.
    Prose,
    /// A number, aligned right.
    Number,
    /// Footnote marks.
    Marks,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A heading inside the table, over the rows that follow.
    Group(SmolStr),
    Cells(Vec<Rich>),
}

/// One line of the list of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    pub publisher: SmolStr,
    /// Official, press or community, in the reader's language.
    pub kind: Cow<'static, str>,
    /// The page's own date, or that it gives none.
    pub dated: Cow<'static, str>,
    /// Only where two lines would otherwise be the same.
    pub title: Option<SmolStr>,
    /// The address, for formats with room; `sources` prints it on a terminal.
    pub url: SmolStr,
}
