//! Lays an answer out: one page, spelled by each format; decides nothing.

pub mod builder;
pub mod clocks;
mod cuts;
pub mod data;
pub mod help;
pub mod html;
pub mod ics;
pub mod man;
pub mod markdown;
pub mod page;
pub mod refusal;
pub mod report;
pub mod schema;
pub mod screens;
pub mod shell;
pub mod table;
pub mod words;
pub mod wrap;

use anyhow::Result;

use crate::answer::Answer;
use crate::args::{Format, LayoutWord};
use crate::fact::Day;
use crate::lang::Lang;
use data::Asked;
use table::{Layout, Look};

/// How the reader wants to see it.
#[derive(Clone, Debug)]
pub struct View {
    pub lang: Lang,
    pub width: usize,
    pub height: Option<usize>,
    pub colour: bool,
    pub ascii: bool,
    pub layout: LayoutWord,
    pub format: Format,
    pub edition: Day,
    pub today: Day,
}

impl View {
    /// The answer as it is printed, with a newline at its end; what was asked is told to programs.
    ///
    /// # Errors
    /// Only if a value cannot be written as JSON, YAML or CSV, which no answer causes.
    pub fn show(&self, answer: &Answer, asked: &dyn Fn() -> Asked) -> Result<String> {
        match self.format {
            Format::Table => {
                let page = screens::page(self, answer);
                let text = table::render(&page, &self.look());
                // As in `run`: the process ends soon.
                std::mem::forget(page);
                Ok(text)
            }
            Format::Markdown => Ok(markdown::render(&screens::page(self, answer))),
            Format::Json => data::json(self, answer, &asked()),
            Format::Yaml => data::yaml(self, answer, &asked()),
            Format::Csv => data::csv(answer, &asked()),
            Format::Ics => match answer {
                Answer::Expiry(expiry) => ics::calendar(self, expiry),
                _ => Ok(String::new()),
            },
        }
    }

    /// The terminal.
    #[must_use]
    pub fn look(&self) -> Look {
        Look {
            width: self.width,
            height: self.height,
            layout: match self.layout {
                LayoutWord::Auto => Layout::Auto,
                LayoutWord::Table => Layout::Table,
                LayoutWord::List => Layout::List,
            },
            ascii: self.ascii,
            colour: self.colour,
        }
    }
}
