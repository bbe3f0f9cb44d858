//! The blocks of a page as markup.

use super::spell::{Html, Press};
use crate::answer::Said;
use crate::view::page::{Block, Field, PhraseBlock, Rich, Row, Table};
use crate::words::Word;

impl Press {
    /// Blocks one after the other.
    pub(super) fn blocks(&self, blocks: &[Block]) -> Html {
        Html(blocks.iter().map(|block| self.block(block).0).collect())
    }

    /// One block.
    pub(super) fn block(&self, block: &Block) -> Html {
        match block {
            Block::Lines(lines) => self.paragraphs(lines),
            Block::Steps(lines) => self.list("ol", "seq", lines),
            Block::Bullets(lines) => self.list("ul", "bul", lines),
            Block::Table(table) => self.table(table),
            Block::Fields(fields) => self.fields(fields),
            Block::Commands(commands) => Html(
                commands
                    .iter()
                    .map(|(command, what)| {
                        format!(
                            "<p>{} <code>{}</code></p>",
                            self.text(what),
                            self.text(command)
                        )
                    })
                    .collect(),
            ),
            Block::Phrase(phrase) => self.phrase(phrase),
            Block::Large(sentence) => Html(format!("<p class=\"say\">{}</p>", self.ja(sentence))),
            Block::Under { title, blocks } => Html(format!(
                "<div class=\"under\"><h5>{}</h5>{}</div>",
                self.rich(title),
                self.blocks(blocks)
            )),
        }
    }

    fn paragraphs(&self, lines: &[Rich]) -> Html {
        Html(
            lines
                .iter()
                .map(|line| format!("<p>{}</p>", self.rich(line)))
                .collect(),
        )
    }

    /// A list of lines.
    pub(super) fn list(&self, tag: &str, class: &str, lines: &[Rich]) -> Html {
        if lines.is_empty() {
            return Html::default();
        }
        let items: String = lines
            .iter()
            .map(|line| format!("<li>{}</li>", self.rich(line)))
            .collect();
        Html(format!("<{tag} class=\"{class}\">{items}</{tag}>"))
    }

    /// Steps, numbered where there are several.
    pub(super) fn steps(&self, steps: &[Rich]) -> Html {
        match steps {
            [] => Html::default(),
            [one] => Html(format!("<p>{}</p>", self.rich(one))),
            several => self.list("ol", "seq", several),
        }
    }

    /// Labelled values under the steps among them, which come first in full width.
    pub(super) fn steps_first(&self, fields: &[Field]) -> Html {
        let label = self.b.w(Word::LABEL_STEPS);
        let (steps, facts): (Vec<&Field>, Vec<&Field>) =
            fields.iter().partition(|field| field.label == label);
        let facts: Vec<Field> = facts.into_iter().cloned().collect();
        let mut html: String = steps
            .iter()
            .map(|field| self.steps(&field.values).0)
            .collect();
        html.push_str(&self.fields(&facts).0);
        Html(html)
    }

    /// Labelled values; steps stand below them in full width.
    pub(super) fn fields(&self, fields: &[Field]) -> Html {
        let mut rows = String::new();
        let mut below = String::new();
        for field in fields {
            if field.numbered {
                below.push_str(&self.steps(&field.values).0);
                continue;
            }
            let values: Vec<String> = field
                .values
                .iter()
                .map(|value| self.rich(value).0)
                .collect();
            let label = self.text(&field.label);
            let values = values.join("<br>");
            rows.push_str(&format!("<dt>{label}</dt><dd>{values}</dd>"));
        }
        if !rows.is_empty() {
            rows = format!("<dl class=\"facts\">{rows}</dl>");
        }
        Html(rows + &below)
    }

    fn table(&self, table: &Table) -> Html {
        let head: String = table
            .head
            .iter()
            .map(|column| format!("<th scope=\"col\">{}</th>", self.text(&column.heading)))
            .collect();
        let columns = table.head.len();
        let rows: String = table
            .rows
            .iter()
            .map(|row| match row {
                Row::Group(name) => format!(
                    "<tr><th scope=\"rowgroup\" colspan=\"{columns}\">{}</th></tr>",
                    self.text(name)
                ),
                Row::Cells(cells) => {
                    let cells: String = cells
                        .iter()
                        .map(|cell| format!("<td>{}</td>", self.rich(cell)))
                        .collect();
                    format!("<tr>{cells}</tr>")
                }
            })
            .collect();
        Html(format!(
            "<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        ))
    }

    fn phrase(&self, phrase: &PhraseBlock) -> Html {
        let meaning = phrase
            .meaning
            .as_ref()
            .map(|meaning| format!("<small>{}</small>", self.text(meaning)))
            .unwrap_or_default();
        Html(format!("<p>{}{meaning}</p>", self.ja(&phrase.ja)))
    }

    /// Sentences to show, each a link to its card.
    pub(super) fn say(&self, said: &[Said]) -> Html {
        if said.is_empty() {
            return Html::default();
        }
        let rows: String = said
            .iter()
            .map(|said| {
                let meaning = said
                    .meaning
                    .as_ref()
                    .map(|meaning| format!("<small>{}</small>", self.text(meaning)))
                    .unwrap_or_default();
                format!(
                    "<li><a class=\"go\" href=\"#{}k-{}\"><span><b>{}</b>{meaning}</span></a></li>",
                    self.prefix,
                    said.id,
                    self.ja(&said.ja)
                )
            })
            .collect();
        Html(format!("<ul class=\"rows\">{rows}</ul>"))
    }

    /// Links to plans, by id and name.
    pub(super) fn plan_links<'a>(
        &self,
        plans: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Html {
        let links: String = plans
            .into_iter()
            .map(|(id, name)| format!("<a href=\"#{}p-{id}\">{}</a>", self.prefix, self.text(name)))
            .collect();
        Html(format!("<p class=\"who\">{links}</p>"))
    }
}
