//! A page for a terminal, readable at 24 columns.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem::ManuallyDrop;

use comfy_table::{Cell, CellAlignment, ContentArrangement, TableStyle};
use smol_str::SmolStr;

use crate::lang::Lang;
use crate::view::page::{
    Block, Column, ColumnKind, Field, Page, Part, PhraseBlock, Rich, Row, SourceLine, Table,
};
use crate::view::wrap::{Measured, large, marked, one_line, push_blanks, push_marks, sized, width};

/// What the reader's terminal looks like and what the reader wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// No line is wider; from 24 to 200.
    pub width: usize,
    /// Lines of the screen, where it is known: a longer answer repeats its verdict at the end.
    pub height: Option<usize>,
    pub layout: Layout,
    /// Whether Latin letters with macrons are written without.
    pub ascii: bool,
    pub colour: bool,
}

/// How short facts are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// In columns where they fit without cut words.
    #[default]
    Auto,
    /// In columns, however narrow.
    Table,
    /// One below the other.
    List,
}

/// The page as it is printed, with a newline at its end.
#[must_use]
pub fn render(page: &Page, look: &Look) -> String {
    let mut screen = Screen::new(page.lang, look);
    for (place, line) in page.verdict.iter().enumerate() {
        let style = if place == 0 {
            Style::Bold
        } else {
            Style::Plain
        };
        screen.verdict(line, style);
    }
    let mut above: Option<&Part> = None;
    for part in &page.parts {
        screen.part(part, above);
        above = Some(part);
    }
    screen.sources(page);
    let mut next = Screen::new(page.lang, look);
    next.next(page);
    screen.finish(page, &next.out)
}

/// Whether the first column holds labels, and what is compared stands in the others.
fn compares_columns(table: &Table) -> bool {
    table
        .head
        .first()
        .is_some_and(|column| column.heading.is_empty())
        && table.rows.iter().all(|row| matches!(row, Row::Cells(_)))
}

/// The table with its columns as rows, so that stacked each thing compared stands on its own.
fn turned(table: &Table) -> Table {
    let cells = |row: &Row| match row {
        Row::Cells(cells) => cells.clone(),
        Row::Group(_) => Vec::new(),
    };
    let rows: Vec<Vec<Rich>> = table.rows.iter().map(cells).collect();
    let head = std::iter::once(SmolStr::default())
        .chain(rows.iter().map(|row| {
            row.first()
                .map(|cell| cell.text.clone())
                .unwrap_or_default()
        }))
        .map(|heading| Column {
            heading,
            kind: ColumnKind::Short,
        })
        .collect();
    let turned = table.head.iter().enumerate().skip(1).map(|(at, column)| {
        let name = Rich::plain(column.heading.clone());
        let facts = rows
            .iter()
            .map(|row| row.get(at).cloned().unwrap_or_default());
        Row::Cells(std::iter::once(name).chain(facts).collect())
    });
    Table {
        head,
        rows: turned.collect(),
    }
}

/// Below this width nothing under a heading is indented.
const NARROW: usize = 48;
/// Below this width sources and commands are no longer set in columns.
const COMPACT: usize = 60;
/// Blanks between columns.
const BETWEEN: usize = 2;
/// A value needs so many columns beside its label.
const VALUE: usize = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Bold,
    Dim,
}

impl Style {
    fn escape(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
        }
    }
}

const RESET: &str = "\x1b[0m";

/// What is printed so far.
struct Screen<'l> {
    look: &'l Look,
    lang: Lang,
    out: String,
}

/// Words at a place of a line, perhaps behind a number or a label.
struct Paragraph<'t> {
    indent: usize,
    /// Stands at the indent of the first line only.
    lead: Cow<'t, str>,
    /// How far the words are indented beyond the lead's place.
    hang: usize,
    style: Style,
}

impl Paragraph<'_> {
    fn at(indent: usize) -> Paragraph<'static> {
        Paragraph {
            indent,
            lead: Cow::Borrowed(""),
            hang: 0,
            style: Style::Plain,
        }
    }

    fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

impl<'t> Paragraph<'t> {
    fn behind(indent: usize, lead: impl Into<Cow<'t, str>>, hang: usize) -> Paragraph<'t> {
        Paragraph {
            indent,
            lead: lead.into(),
            hang,
            style: Style::Plain,
        }
    }
}

impl<'l> Screen<'l> {
    fn new(lang: Lang, look: &'l Look) -> Screen<'l> {
        Screen {
            look,
            lang,
            out: String::with_capacity(4096),
        }
    }

    fn is_narrow(&self) -> bool {
        self.look.width < NARROW
    }

    /// How far blocks stand under their heading.
    fn inset(&self) -> usize {
        if self.is_narrow() { 0 } else { 2 }
    }

    /// The columns right of an indent.
    fn room(&self, indent: usize) -> usize {
        self.look.width.saturating_sub(indent).max(1)
    }

    /// An empty line, unless there is one or nothing stands above.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Writes one line that is known to fit.
    fn line(&mut self, indent: usize, style: Style, text: &str) {
        let text = text.trim_end();
        if !text.is_empty() {
            self.open_line(indent, style);
            self.out.push_str(text);
            self.close_line(style);
        }
    }

    /// Begins a line that is not empty.
    fn open_line(&mut self, indent: usize, style: Style) {
        push_blanks(&mut self.out, indent);
        if self.look.colour {
            self.out.push_str(style.escape());
        }
    }

    fn close_line(&mut self, style: Style) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        if self.look.colour && style != Style::Plain {
            self.out.push_str(RESET);
        }
        self.out.push('\n');
    }

    fn paragraph(&mut self, place: &Paragraph, text: &Measured) {
        let indent = place.indent.min(self.look.width / 2);
        let lead_width = width(&place.lead);
        if indent + place.hang + 2 > self.look.width || lead_width > place.hang {
            return self.apart(place, text);
        }
        let room = self.room(indent + place.hang);
        if let Some(line) = text.whole(room) {
            return self.behind_lead(indent, place, lead_width, line.text);
        }
        for (number, line) in text.fill(room, room).into_iter().enumerate() {
            if number == 0 {
                self.behind_lead(indent, place, lead_width, line.text);
            } else {
                self.line(indent + place.hang, place.style, line.text);
            }
        }
    }

    /// The first line of a paragraph, behind its lead.
    fn behind_lead(&mut self, indent: usize, place: &Paragraph, lead_width: usize, text: &str) {
        if lead_width == 0 {
            return self.line(indent + place.hang, place.style, text);
        }
        self.open_line(indent, place.style);
        self.out.push_str(&place.lead);
        push_blanks(&mut self.out, place.hang - lead_width);
        self.out.push_str(text);
        self.close_line(place.style);
    }

    /// The lead on lines of its own, where the words do not fit beside it.
    fn apart(&mut self, place: &Paragraph, text: &Measured) {
        let lead = Measured::prose(&*place.lead, self.lang);
        for (indent, words) in [(0, &lead), (self.look.width / 8, text)] {
            let room = self.room(indent);
            for line in words.fill(room, room) {
                self.line(indent, place.style, line.text);
            }
        }
    }

    fn prose(&mut self, place: &Paragraph, text: &str) {
        self.paragraph(place, &Measured::prose(text, self.lang));
    }

    fn rich(&mut self, place: &Paragraph, rich: &Rich) {
        let text = marked(rich, self.lang);
        self.paragraph(place, &Measured::prose(text, self.lang));
    }

    fn verdict(&mut self, line: &Rich, style: Style) {
        self.rich(&Paragraph::at(0).styled(style), line);
    }

    fn heading(&mut self, heading: &str) {
        self.prose(&Paragraph::at(0).styled(Style::Bold), heading);
    }
}

/// Where blocks stand.
#[derive(Clone, Copy)]
struct Place {
    /// Titles stand here.
    base: usize,
    /// All else stands here.
    indent: usize,
    /// The widest label of these blocks.
    labels: usize,
    /// The widest label of the blocks under their titles.
    inner_labels: usize,
}

/// Parts and their blocks.
impl Screen<'_> {
    fn part(&mut self, part: &Part, above: Option<&Part>) {
        let belongs_to_rule = above.is_some_and(ends_with_rule) && part.heading.is_none();
        let inset = if belongs_to_rule { 0 } else { self.inset() };
        if !belongs_to_rule {
            self.gap();
        }
        if let Some(heading) = &part.heading {
            self.heading(heading);
            let first = part.blocks.first();
            if first.is_some_and(|block| self.stands_off(block)) {
                self.gap();
            }
        }
        let labels = self.labels(&part.blocks);
        self.blocks(&part.blocks, 0, inset, labels);
    }

    /// Whether an empty line stands between a heading and this block.
    fn stands_off(&self, block: &Block) -> bool {
        match block {
            Block::Under { .. } => true,
            Block::Phrase(_) => self.is_narrow(),
            Block::Lines(_)
            | Block::Steps(_)
            | Block::Bullets(_)
            | Block::Table(_)
            | Block::Fields(_)
            | Block::Commands(_)
            | Block::Large(_) => false,
        }
    }

    /// Blocks that stand `inset` right of `base`; titles of blocks stand at `base` itself.
    fn blocks(&mut self, blocks: &[Block], base: usize, inset: usize, labels: usize) {
        let place = Place {
            base,
            indent: base + inset,
            labels,
            inner_labels: self.labels(blocks.iter().flat_map(inner_blocks)),
        };
        let mut above: Option<&Block> = None;
        for block in blocks {
            if above.is_some_and(|above| self.parts_from(above, block)) {
                self.gap();
            }
            self.block(block, above, place);
            above = Some(block);
        }
    }

    /// Whether an empty line stands between two blocks.
    fn parts_from(&self, above: &Block, below: &Block) -> bool {
        let is_open = |block: &Block| matches!(block, Block::Table(_) | Block::Under { .. });
        let are_phrases = matches!((above, below), (Block::Phrase(_), Block::Phrase(_)));
        is_open(above) || is_open(below) || (are_phrases && self.is_narrow())
    }

    fn block(&mut self, block: &Block, above: Option<&Block>, place: Place) {
        let indent = place.indent;
        let belongs_to_lines = matches!(above, Some(Block::Lines(_)));
        let inner = if belongs_to_lines { indent + 2 } else { indent };
        match block {
            Block::Lines(lines) => {
                for line in lines {
                    self.rich(&Paragraph::at(indent), line);
                }
            }
            Block::Steps(steps) => self.steps(steps, indent),
            Block::Bullets(items) => {
                for item in items {
                    self.rich(&Paragraph::behind(indent, "-", 2), item);
                }
            }
            Block::Table(table) => self.table(table, indent),
            Block::Fields(fields) => self.fields(fields, inner, place.labels),
            Block::Commands(commands) => self.commands(commands, inner),
            Block::Phrase(phrase) => self.phrase(phrase, indent),
            Block::Large(sentence) => self.large(sentence),
            Block::Under { title, blocks } => {
                self.title(title, place.base);
                self.blocks(blocks, place.base + 3, 0, place.inner_labels);
            }
        }
    }

    fn steps(&mut self, steps: &[Rich], indent: usize) {
        let hang = digits(steps.len()) + BETWEEN;
        for (place, step) in steps.iter().enumerate() {
            let lead = (place + 1).to_string();
            self.rich(&Paragraph::behind(indent, lead, hang), step);
        }
    }

    fn phrase(&mut self, phrase: &PhraseBlock, indent: usize) {
        let ja = Measured::prose(&*phrase.ja, Lang::Ja);
        self.paragraph(&Paragraph::at(indent), &ja);
        let below = Paragraph::at(indent + 2);
        if let Some(meaning) = &phrase.meaning {
            self.prose(&below, meaning);
        }
        if let Some(kana) = &phrase.kana {
            self.paragraph(&below, &Measured::prose(&**kana, Lang::Ja));
        }
        if let Some(romaji) = &phrase.romaji {
            let romaji = if self.look.ascii {
                Cow::Owned(without_macrons(romaji))
            } else {
                Cow::Borrowed(&**romaji)
            };
            self.paragraph(&below, &Measured::prose(romaji, Lang::En));
        }
    }

    /// A sentence to hold up, between the only rules as wide as the screen.
    fn large(&mut self, sentence: &str) {
        let columns = self.look.width.max(1);
        let lines = large(sentence, columns);
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        let indent = (columns / 5).min(columns.saturating_sub(widest) / 2);
        let rule = "-".repeat(columns);
        self.line(0, Style::Plain, &rule);
        self.out.push('\n');
        for line in &lines {
            self.out.push('\n');
            self.line(indent, Style::Bold, line);
        }
        self.out.push_str("\n\n");
        self.line(0, Style::Plain, &rule);
    }

    /// The title of a block, hanging behind its number if it has one.
    fn title(&mut self, title: &Rich, base: usize) {
        let text = marked(title, self.lang);
        let (number, words) = leading_number(&text);
        let hang = if number.is_empty() {
            0
        } else {
            number.len() + BETWEEN
        };
        let words = Measured::prose(words, self.lang);
        self.paragraph(&Paragraph::behind(base, number, hang), &words);
    }
}

/// Labels and commands.
impl Screen<'_> {
    /// The widest label that can stand beside its values, among blocks that align.
    fn labels<'b>(&self, blocks: impl IntoIterator<Item = &'b Block>) -> usize {
        let limit = (self.look.width / 3).clamp(8, 24);
        let fields = blocks.into_iter().flat_map(|block| match block {
            Block::Fields(fields) => &fields[..],
            Block::Lines(_)
            | Block::Steps(_)
            | Block::Bullets(_)
            | Block::Table(_)
            | Block::Commands(_)
            | Block::Phrase(_)
            | Block::Large(_)
            | Block::Under { .. } => &[],
        });
        let labels = fields.map(|field| sized(&field.label).1);
        labels.filter(|label| *label <= limit).max().unwrap_or(0)
    }

    /// Where values stand beside labels of this width; none where they stand below.
    fn beside(&self, indent: usize, labels: usize) -> Option<usize> {
        let room = self.look.width.saturating_sub(indent + labels + BETWEEN);
        (room >= VALUE && labels > 0).then_some(labels + BETWEEN)
    }

    fn fields(&mut self, fields: &[Field], indent: usize, labels: usize) {
        let column = self.beside(indent, labels);
        for field in fields {
            let numbers = if field.numbered {
                digits(field.values.len())
            } else {
                0
            };
            let values: Vec<String> = field
                .values
                .iter()
                .map(|value| marked(value, self.lang))
                .collect();
            self.labelled(indent, &field.label, column, &values, numbers);
        }
    }

    /// A label and its values; they are numbered if there are figures to number them with.
    fn labelled(
        &mut self,
        indent: usize,
        label: &str,
        column: Option<usize>,
        values: &[String],
        figures: usize,
    ) {
        let (label, label_width) = sized(label);
        let hang = column.unwrap_or(2);
        let numbers = if figures == 0 { 0 } else { figures + BETWEEN };
        let mut lead = if column.is_some_and(|column| label_width + BETWEEN <= column) {
            Some(padded(&label, label_width, hang))
        } else {
            self.prose(&Paragraph::at(indent), &label);
            None
        };
        if values.is_empty() {
            self.line(indent, Style::Plain, lead.as_deref().unwrap_or_default());
        }
        for (place, value) in values.iter().enumerate() {
            let number = if figures == 0 {
                String::new()
            } else {
                (place + 1).to_string()
            };
            let value = Measured::prose(&**value, self.lang);
            let place = match lead.take() {
                Some(label) => Paragraph::behind(indent, label + &number, hang + numbers),
                None => Paragraph::behind(indent + hang, number, numbers),
            };
            self.paragraph(&place, &value);
        }
    }

    /// Commands behind what they are for, or below it.
    fn commands(&mut self, commands: &[(String, String)], indent: usize) {
        let purposes: Vec<(Cow<str>, usize)> =
            commands.iter().map(|(_, purpose)| sized(purpose)).collect();
        let widest = purposes.iter().map(|(_, width)| *width).max().unwrap_or(0);
        let longest = commands
            .iter()
            .map(|(command, _)| width(command))
            .max()
            .unwrap_or(0);
        let hang = if widest == 0 { 0 } else { widest + BETWEEN };
        let fits = indent + hang + longest <= self.look.width;
        for ((purpose, width), (command, _)) in purposes.iter().zip(commands) {
            if fits {
                let purpose = padded(purpose, *width, hang);
                self.line(indent, Style::Plain, &(purpose + &one_line(command)));
            } else if *width == 0 {
                self.command(indent, command);
            } else {
                self.prose(&Paragraph::at(indent), purpose);
                self.command(indent + 2, command);
            }
        }
    }

    /// A command, broken at blanks and indented by four where it goes on.
    fn command(&mut self, indent: usize, command: &str) {
        let indent = indent.min(self.look.width / 2);
        let words = Measured::words(command, self.lang);
        let room = self.room(indent);
        for (number, line) in words.fill(room, room.saturating_sub(4)).iter().enumerate() {
            let further = if number == 0 { 0 } else { 4 };
            self.line(indent + further, Style::Plain, line.text);
        }
    }
}

/// Tables, and the same rows one below the other.
impl Screen<'_> {
    fn table(&mut self, table: &Table, indent: usize) {
        if table.head.is_empty() {
            return;
        }
        let grid = match self.look.layout {
            Layout::List => None,
            // As in `run`: the process ends soon.
            Layout::Auto | Layout::Table => Some(ManuallyDrop::new(Grid::new(table, self.lang))),
        };
        let between = BETWEEN * (table.head.len() - 1);
        let room = self.look.width.saturating_sub(indent + between);
        let plan = grid
            .as_ref()
            .and_then(|grid| grid.plan(room, self.look.layout));
        match grid.zip(plan) {
            Some((grid, widths)) => self.grid(&grid, &widths, indent),
            None if compares_columns(table) => self.list(&turned(table), indent),
            None => self.list(table, indent),
        }
    }

    fn grid(&mut self, grid: &Grid, widths: &[usize], indent: usize) {
        let drawn = Drawn::new(grid, widths);
        // As in `run`: the process ends soon.
        let table = ManuallyDrop::new(drawn.table);
        let mut lines = table.lines();
        let mut heights = drawn.heights.into_iter();
        for line in lines.by_ref().take(heights.next().unwrap_or(0)) {
            self.line(indent, Style::Plain, &line);
        }
        for row in &grid.rows {
            match row {
                GridRow::Group(heading) => self.paragraph(&Paragraph::at(indent), heading),
                GridRow::Cells(_) => {
                    for line in lines.by_ref().take(heights.next().unwrap_or(0)) {
                        self.line(indent, Style::Plain, &line);
                    }
                }
            }
        }
    }

    fn list(&mut self, table: &Table, indent: usize) {
        let facts = table.head.iter().skip(1);
        let labels = facts
            .filter(|column| column.kind != ColumnKind::Marks)
            .map(|column| sized(&column.heading).1);
        let column = self.beside(indent + 2, labels.max().unwrap_or(0));
        let mut rows = &table.rows[..];
        let mut above = Above::Nothing;
        while let Some((row, others)) = rows.split_first() {
            let values = match row {
                Row::Group(_) => Vec::new(),
                Row::Cells(cells) => values(&table.head, cells, self.lang),
            };
            let next = Above::of(row, &values);
            if above.parts_from(next) {
                self.gap();
            }
            let same = others.iter().take_while(|other| has_same_facts(row, other));
            let (entry, below) = rows.split_at(same.count() + 1);
            self.entry(entry, &values, column, indent);
            (above, rows) = (next, below);
        }
    }

    /// A group's heading, or the first cells of some rows and what they have in common.
    fn entry(&mut self, rows: &[Row], values: &[Value], column: Option<usize>, indent: usize) {
        let place = Paragraph::at(indent);
        for row in rows {
            match row {
                Row::Group(heading) => self.prose(&place, heading),
                Row::Cells(cells) if values.is_empty() => self.rich(&place, &with_marks(cells)),
                Row::Cells(cells) => {
                    if let Some(name) = cells.first() {
                        self.rich(&place, name);
                    }
                }
            }
        }
        for value in values {
            let text = std::slice::from_ref(&value.text);
            self.labelled(indent + 2, value.label, column, text, 0);
        }
    }
}

/// What was written last in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    Group,
    Name,
    Values,
}

impl Above {
    fn of(row: &Row, values: &[Value]) -> Above {
        match row {
            Row::Group(_) => Above::Group,
            Row::Cells(_) if values.is_empty() => Above::Name,
            Row::Cells(_) => Above::Values,
        }
    }

    /// Whether an empty line stands above the next entry; names without values stay together.
    fn parts_from(self, next: Above) -> bool {
        match self {
            Above::Nothing => false,
            Above::Group | Above::Values => true,
            Above::Name => next != Above::Name,
        }
    }
}

/// A cell with the heading of its column.
struct Value<'t> {
    label: &'t str,
    text: String,
}

/// The cells after the first that say something; marks go to the last.
fn values<'t>(head: &'t [Column], cells: &[Rich], lang: Lang) -> Vec<Value<'t>> {
    let columns = || head.iter().zip(cells).skip(1);
    let is_marks = |column: &Column| column.kind == ColumnKind::Marks;
    let marks = columns()
        .filter(|(column, _)| is_marks(column))
        .flat_map(|(_, cell)| cell.marks.iter().copied());
    let facts: Vec<_> = columns()
        .filter(|(column, cell)| !is_marks(column) && !is_empty(cell))
        .collect();
    let last = facts.len().saturating_sub(1);
    let mut marks: Vec<usize> = marks.collect();
    facts
        .iter()
        .enumerate()
        .map(|(place, (column, cell))| {
            let text = if place == last && !marks.is_empty() {
                marks.extend(&cell.marks);
                marks.sort_unstable();
                marks.dedup();
                let text = cell.text.clone();
                let marks = std::mem::take(&mut marks);
                marked(&Rich { text, marks }, lang)
            } else {
                marked(cell, lang)
            };
            let label = &column.heading;
            Value { label, text }
        })
        .collect()
}

/// The first cell with the marks of all cells.
fn with_marks(cells: &[Rich]) -> Rich {
    let text = cells
        .first()
        .map(|cell| cell.text.clone())
        .unwrap_or_default();
    let mut marks: Vec<usize> = cells
        .iter()
        .flat_map(|cell| cell.marks.iter().copied())
        .collect();
    marks.sort_unstable();
    marks.dedup();
    Rich { text, marks }
}

fn is_empty(cell: &Rich) -> bool {
    cell.marks.is_empty() && cell.text.trim().is_empty()
}

/// Whether two rows differ in their first cell only.
fn has_same_facts(row: &Row, other: &Row) -> bool {
    match (row, other) {
        (Row::Cells(cells), Row::Cells(others)) => {
            cells.len() > 1 && cells.get(1..) == others.get(1..)
        }
        (Row::Group(_), _) | (_, Row::Group(_)) => false,
    }
}

/// A table whose cells are measured.
struct Grid<'t> {
    head: &'t [Column],
    headings: Vec<Measured<'t>>,
    rows: Vec<GridRow<'t>>,
}

enum GridRow<'t> {
    Group(Measured<'t>),
    Cells(Vec<Measured<'t>>),
}

impl<'t> Grid<'t> {
    fn new(table: &'t Table, lang: Lang) -> Grid<'t> {
        let head = &table.head[..];
        let headings = head
            .iter()
            .map(|column| Measured::prose(&*column.heading, lang));
        let rows = table.rows.iter().map(|row| match row {
            Row::Group(heading) => GridRow::Group(Measured::prose(&**heading, lang)),
            Row::Cells(cells) => GridRow::Cells(measured_cells(head, cells, lang)),
        });
        Grid {
            head,
            headings: headings.collect(),
            rows: rows.collect(),
        }
    }

    /// The cells of a column, its heading first.
    fn column(&self, place: usize) -> impl Iterator<Item = &Measured<'t>> {
        let cells = self.rows.iter().filter_map(move |row| match row {
            GridRow::Group(_) => None,
            GridRow::Cells(cells) => cells.get(place),
        });
        self.headings.get(place).into_iter().chain(cells)
    }

    /// What each column measures at its widest cell; no column is narrower than a letter.
    fn widest(&self, measure: impl Fn(&Measured<'t>) -> usize) -> Vec<usize> {
        let places = 0..self.head.len();
        places
            .map(|place| self.column(place).map(&measure).max().unwrap_or(0).max(1))
            .collect()
    }

    /// How wide each column is within some room; none where they do not fit.
    fn plan(&self, room: usize, layout: Layout) -> Option<Vec<usize>> {
        let naturals = self.widest(Measured::natural);
        if naturals.iter().sum::<usize>() <= room {
            return Some(naturals);
        }
        let wholes = self.widest(Measured::widest_unit);
        let floors = |marks: &[usize]| -> Vec<usize> {
            let columns = self.head.iter().enumerate();
            let floors = columns.map(|(place, column)| match floor(column.kind) {
                Some(floor) => floor.max(wholes[place]).min(naturals[place]),
                None => marks[place],
            });
            floors.collect()
        };
        // Marks side by side save lines, so they are the last to give way.
        let plan = shrink(&naturals, &floors(&naturals), room).or_else(|| {
            let plan = shrink(&naturals, &floors(&wholes), room)?;
            Some(self.widen_marks(plan, &naturals, room))
        });
        if plan.is_some() || layout != Layout::Table {
            return plan;
        }
        let floors: Vec<usize> = naturals.iter().map(|natural| *natural.min(&6)).collect();
        shrink(&naturals, &floors, room)
    }
}

/// Marks side by side, where broken lines leave room for them.
impl Grid<'_> {
    fn widen_marks(&self, plan: Vec<usize>, naturals: &[usize], room: usize) -> Vec<usize> {
        let columns = self.head.iter().zip(plan.iter().zip(naturals)).enumerate();
        let widened = columns.map(|(place, (column, (width, natural)))| match column.kind {
            ColumnKind::Marks => *natural,
            ColumnKind::Name | ColumnKind::Short | ColumnKind::Prose | ColumnKind::Number => {
                self.used(place, *width)
            }
        });
        let widened: Vec<usize> = widened.collect();
        if widened.iter().sum::<usize>() <= room {
            widened
        } else {
            plan
        }
    }

    /// How much of its width a column fills.
    fn used(&self, place: usize, width: usize) -> usize {
        let lines = self.column(place).flat_map(|cell| cell.fill(width, width));
        lines.map(|line| line.width).max().unwrap_or(0).max(1)
    }
}

/// The cells of a row, one for each column.
fn measured_cells(head: &[Column], cells: &[Rich], lang: Lang) -> Vec<Measured<'static>> {
    let columns = head.iter().enumerate();
    columns
        .map(|(place, column)| match (column.kind, cells.get(place)) {
            (_, None) => Measured::prose("", lang),
            (ColumnKind::Marks, Some(cell)) if cell.text.is_empty() => {
                Measured::marks(&cell.marks, lang)
            }
            (_, Some(cell)) => Measured::prose(marked(cell, lang), lang),
        })
        .collect()
}

/// Below this width a column of this kind is not shrunk; none for marks.
fn floor(kind: ColumnKind) -> Option<usize> {
    match kind {
        ColumnKind::Name => Some(12),
        ColumnKind::Short => Some(14),
        ColumnKind::Prose => Some(20),
        ColumnKind::Number => Some(usize::MAX),
        ColumnKind::Marks => None,
    }
}

/// Makes the widest columns narrower until all fit; none where the floors do not fit.
fn shrink(naturals: &[usize], floors: &[usize], room: usize) -> Option<Vec<usize>> {
    if floors.iter().sum::<usize>() > room {
        return None;
    }
    let at = |cap: usize| {
        let columns = naturals.iter().zip(floors);
        columns.map(move |(natural, floor)| *natural.min(&cap.max(*floor)))
    };
    let cap = (0..=room)
        .rev()
        .find(|cap| at(*cap).sum::<usize>() <= room)?;
    let mut widths: Vec<usize> = at(cap).collect();
    let mut spare = room - widths.iter().sum::<usize>();
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|place| Reverse(naturals[*place]));
    for place in order {
        if spare > 0 && widths[place] < naturals[place] {
            widths[place] += 1;
            spare -= 1;
        }
    }
    Some(widths)
}

/// A table with its rule, and how many lines each row takes; the first number is the head's.
struct Drawn {
    table: comfy_table::Table,
    heights: Vec<usize>,
}

impl Drawn {
    fn new(grid: &Grid, widths: &[usize]) -> Drawn {
        let mut drawn = Drawn {
            table: comfy_table::Table::new(),
            heights: Vec::with_capacity(grid.rows.len() + 1),
        };
        let mut used = vec![0; widths.len()];
        let head = cells(&grid.headings, widths, &mut used);
        let rows = grid.rows.iter().filter_map(|row| match row {
            GridRow::Group(_) => None,
            GridRow::Cells(row) => Some(cells(row, widths, &mut used)),
        });
        let rows: Vec<_> = rows.collect();
        let rule = used.iter().map(|width| Cell::new_owned("-".repeat(*width)));
        drawn.table.load_style(TableStyle::new());
        drawn
            .table
            .set_content_arrangement(ContentArrangement::Disabled);
        drawn.table.add_row(head.0);
        drawn.table.add_row(rule.collect::<Vec<_>>());
        drawn.heights.push(head.1 + 1);
        for (row, height) in rows {
            drawn.table.add_row(row);
            drawn.heights.push(height);
        }
        drawn.align(grid.head);
        drawn
    }

    fn align(&mut self, head: &[Column]) {
        let last = head.len().saturating_sub(1);
        for (place, column) in self.table.column_iter_mut().enumerate() {
            let padding = if place < last { 2 } else { 0 };
            column.set_padding((0, padding));
            if head[place].kind == ColumnKind::Number {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
    }
}

/// A row of cells broken into lines, and how many lines the highest has.
fn cells(row: &[Measured], widths: &[usize], used: &mut [usize]) -> (Vec<Cell>, usize) {
    let mut height = 1;
    let cells = row.iter().zip(widths).zip(used);
    let cells = cells.map(|((cell, width), used)| {
        let lines = cell.fill(*width, *width);
        height = height.max(lines.len());
        let mut content = String::new();
        for (place, line) in lines.iter().enumerate() {
            *used = (*used).max(line.width);
            if place > 0 {
                content.push('\n');
            }
            content.push_str(line.text);
        }
        Cell::new_owned(content)
    });
    let cells = cells.collect();
    (cells, height)
}

/// Sources, and what to type next.
impl Screen<'_> {
    fn sources(&mut self, page: &Page) {
        if page.sources.is_empty() {
            return;
        }
        self.gap();
        self.heading(&page.sources_heading);
        let list = SourceList::new(&page.sources, self.look.width, self.inset());
        for (place, source) in page.sources.iter().enumerate() {
            self.source(source, place, &list);
        }
    }

    fn source(&mut self, source: &SourceLine, place: usize, list: &SourceList) {
        let mut mark = String::with_capacity(list.mark);
        push_marks(&mut mark, &[place + 1]);
        let inner = list.indent + list.mark;
        let below = Paragraph::at(inner).styled(Style::Dim);
        if list.has_columns {
            self.open_line(list.indent, Style::Dim);
            self.out.push_str(&mark);
            push_blanks(&mut self.out, list.mark - mark.len());
            list.columns(source, place, &mut self.out);
            self.close_line(Style::Dim);
        } else {
            let text = [&*source.publisher, &source.kind, &source.dated].join(" ");
            let lead = Paragraph::behind(list.indent, mark, list.mark).styled(Style::Dim);
            self.paragraph(&lead, &Measured::words(text, self.lang));
        }
        if let Some(title) = &source.title
            && !list.has_titles
        {
            self.prose(&below, title);
        }
    }

    fn next(&mut self, page: &Page) {
        if page.next.is_empty() {
            return;
        }
        let (heading, heading_width) = sized(&page.next_heading);
        if self.look.width < COMPACT || heading_width > COMPACT / 3 {
            self.heading(&heading);
            for command in &page.next {
                self.command(self.inset(), command);
            }
            return;
        }
        let hang = heading_width + BETWEEN;
        for command in &page.next {
            self.command(hang, command);
        }
        self.lead_next(&heading, heading_width);
    }

    /// Puts the heading into the blanks before the first command.
    fn lead_next(&mut self, heading: &str, heading_width: usize) {
        if heading.is_empty() || self.out.is_empty() {
            return;
        }
        if self.look.colour {
            let heading = format!("{}{heading}{RESET}", Style::Bold.escape());
            self.out.replace_range(..heading_width, &heading);
        } else {
            self.out.replace_range(..heading_width, heading);
        }
    }

    /// The whole screen; a long one ends with its verdict, just above what to type next.
    fn finish(mut self, page: &Page, next: &str) -> String {
        let lines = || self.out.lines().count() + next.lines().count() + 1;
        if let Some(verdict) = page.verdict.first()
            && self.look.height.is_some_and(|height| lines() > height)
        {
            self.gap();
            self.verdict(verdict, Style::Bold);
        }
        if !next.is_empty() {
            self.gap();
            self.out.push_str(next);
        }
        if self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

/// How the list of sources is laid out.
struct SourceList<'t> {
    indent: usize,
    /// Columns of the mark and the blank after it.
    mark: usize,
    publishers: Vec<(Cow<'t, str>, usize)>,
    kinds: Vec<(Cow<'t, str>, usize)>,
    dates: Vec<(Cow<'t, str>, usize)>,
    widest: [usize; 3],
    /// Whether publisher, kind and date stand in columns.
    has_columns: bool,
    /// Whether titles stand in a column too.
    has_titles: bool,
}

impl<'t> SourceList<'t> {
    fn new(sources: &'t [SourceLine], room: usize, indent: usize) -> SourceList<'t> {
        let publishers = measured(sources, |source| &source.publisher);
        let kinds = measured(sources, |source| &source.kind);
        let dates = measured(sources, |source| &source.dated);
        let widest = [&publishers, &kinds, &dates]
            .map(|column| column.iter().map(|(_, width)| *width).max().unwrap_or(0));
        let mark = digits(sources.len()) + 3;
        let columns = indent + mark + widest.iter().sum::<usize>() + 2 * BETWEEN;
        let titles = sources.iter().filter_map(|source| source.title.as_deref());
        let title = titles.map(|title| sized(title).1).max();
        let has_columns = room >= COMPACT && columns <= room;
        let has_titles = has_columns && title.is_none_or(|title| columns + BETWEEN + title <= room);
        SourceList {
            indent,
            mark,
            publishers,
            kinds,
            dates,
            widest,
            has_columns,
            has_titles,
        }
    }

    /// Appends what stands behind the mark.
    fn columns(&self, source: &SourceLine, place: usize, line: &mut String) {
        let columns = [&self.publishers, &self.kinds, &self.dates];
        for (column, widest) in columns.into_iter().zip(self.widest) {
            let (text, width) = &column[place];
            line.push_str(text);
            push_blanks(line, widest + BETWEEN - width);
        }
        if let Some(title) = &source.title
            && self.has_titles
        {
            line.push_str(&one_line(title));
        }
    }
}

fn measured<'t>(
    sources: &'t [SourceLine],
    part: impl Fn(&'t SourceLine) -> &'t str,
) -> Vec<(Cow<'t, str>, usize)> {
    sources.iter().map(|source| sized(part(source))).collect()
}

/// Whether a part ends with a rule, close under which the next one may stand.
fn ends_with_rule(part: &Part) -> bool {
    matches!(part.blocks.last(), Some(Block::Large(_)))
}

/// The blocks that belong to a titled block; none for any other.
fn inner_blocks(block: &Block) -> &[Block] {
    match block {
        Block::Under { blocks, .. } => blocks,
        Block::Lines(_)
        | Block::Steps(_)
        | Block::Bullets(_)
        | Block::Table(_)
        | Block::Fields(_)
        | Block::Commands(_)
        | Block::Phrase(_)
        | Block::Large(_) => &[],
    }
}

/// A title's number, if it begins with one and two blanks, and the words after it.
fn leading_number(title: &str) -> (&str, &str) {
    match title.split_once("  ") {
        Some((number, words))
            if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (number, words)
        }
        Some(_) | None => ("", title),
    }
}

/// A text of known width with blanks up to a column.
fn padded(text: &str, width: usize, column: usize) -> String {
    let blanks = column.saturating_sub(width);
    let mut padded = String::with_capacity(text.len() + blanks);
    padded.push_str(text);
    push_blanks(&mut padded, blanks);
    padded
}

/// How many figures a number has.
fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// Latin letters without the line over them.
fn without_macrons(romaji: &str) -> String {
    let letters = romaji.chars().filter(|letter| *letter != '\u{304}');
    letters
        .map(|letter| match letter {
            '\u{101}' => 'a',
            '\u{12b}' => 'i',
            '\u{16b}' => 'u',
            '\u{113}' => 'e',
            '\u{14d}' => 'o',
            '\u{100}' => 'A',
            '\u{12a}' => 'I',
            '\u{16a}' => 'U',
            '\u{112}' => 'E',
            '\u{14c}' => 'O',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(width: usize) -> Look {
        Look {
            width,
            height: None,
            layout: Layout::Auto,
            ascii: false,
            colour: false,
        }
    }

    fn rich(text: &str, marks: &[usize]) -> Rich {
        Rich {
            text: text.into(),
            marks: marks.to_vec(),
        }
    }

    fn column(heading: &str, kind: ColumnKind) -> Column {
        Column {
            heading: heading.into(),
            kind,
        }
    }

    fn facts() -> Table {
        let row = |name: &str, days: &str, text: &str, marks: &[usize]| {
            Row::Cells(vec![
                rich(name, &[]),
                rich(days, &[]),
                rich(text, &[]),
                rich("", marks),
            ])
        };
        Table {
            head: vec![
                column("\u{5361}", ColumnKind::Name),
                column("\u{5929}", ColumnKind::Number),
                column("\u{62ff}\u{4ec0}\u{4e48}\u{4ed8}", ColumnKind::Prose),
                column("\u{6765}\u{6e90}", ColumnKind::Marks),
            ],
            rows: vec![
                Row::Group(
                    "\u{53ef}\u{4ee5}\u{ff1a}\u{5e97}\u{91cc}\u{4e0d}\u{7528}\u{7f51}\u{7edc}"
                        .into(),
                ),
                row(
                    "povo2",
                    "7",
                    "\u{5361}\u{80cc}\u{9762}\u{7684} 13 \u{4f4d}\u{53f7}\u{7801}",
                    &[1, 2],
                ),
                row(
                    "povo2-data-only",
                    "7",
                    "\u{5361}\u{80cc}\u{9762}\u{7684} 13 \u{4f4d}\u{53f7}\u{7801}",
                    &[1, 2],
                ),
                Row::Group("\u{4e0d}\u{53ef}\u{4ee5}".into()),
                row(
                    "mobalpay",
                    "180",
                    "\u{6d41}\u{91cf}\u{53ea}\u{80fd}\u{5728}\u{7f51}\u{4e0a}\u{7528}\u{4fe1}\u{7528}\u{5361}\u{4e70}",
                    &[1],
                ),
            ],
        }
    }

    fn page() -> Page {
        let field = |label: &str, values: &[&str]| Field {
            label: label.into(),
            values: values.iter().map(|value| rich(value, &[1])).collect(),
            numbered: values.len() > 1,
        };
        let phrase = PhraseBlock {
            ja: "\u{3053}\u{306e}\u{6255}\u{8fbc}\u{7968}\u{306e}\u{652f}\u{6255}\u{3044}\u{3092}\u{304a}\u{9858}\u{3044}\u{3057}\u{307e}\u{3059}\u{3002}".into(),
            kana: None,
            romaji: Some("haraikomi-hy\u{14d}".into()),
            meaning: Some("\u{6211}\u{60f3}\u{7f34}\u{8fd9}\u{5f20}\u{7f34}\u{8d39}\u{5355}\u{ff0c}\u{9ebb}\u{70e6}\u{60a8}\u{3002}".into()),
        };
        let source = |publisher: &str, title: Option<&str>| SourceLine {
            publisher: publisher.into(),
            kind: "\u{5b98}\u{65b9}".into(),
            dated: "\u{7f51}\u{9875}\u{65e0}\u{65e5}\u{671f}".into(),
            title: title.map(SmolStr::new),
            url: "https://example.jp/a/rather/long/path?with=query&and=more".into(),
        };
        Page {
            lang: Lang::ZhHans,
            verdict: vec![
                rich(
                    "\u{53ef}\u{4ee5}\u{ff0c}\u{5e26}\u{73b0}\u{91d1}\u{53bb}\u{3002}",
                    &[],
                ),
                rich(
                    "\u{539f}\u{5219}\u{4e0a}\u{53ea}\u{6536}\u{73b0}\u{91d1}\u{3002}",
                    &[1],
                ),
            ],
            parts: vec![
                Part {
                    heading: Some("\u{600e}\u{4e48}\u{505a}".into()),
                    blocks: vec![
                        Block::Steps(vec![
                            rich(
                                "\u{4ed8}\u{73b0}\u{91d1}\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}\u{3002}",
                                &[2],
                            ),
                            rich(
                                "\u{6536}\u{597d}\u{5361}\u{548c}\u{5c0f}\u{7968}\u{3002}",
                                &[],
                            ),
                        ]),
                        Block::Table(facts()),
                        Block::Lines(vec![rich(
                            "\u{65c5}\u{884c} eSIM \u{5728}\u{5e94}\u{7528}\u{91cc}\u{5145}\u{503c}\u{3002}",
                            &[],
                        )]),
                        Block::Commands(vec![(
                            "simguide expiry softbank-prepaid --topped-up 2026-11-24".to_owned(),
                            "\u{65e5}\u{671f}\u{4f1a}\u{5f80}\u{540e}\u{63a8}".to_owned(),
                        )]),
                    ],
                },
                Part {
                    heading: None,
                    blocks: vec![
                        Block::Under {
                            title: rich(
                                "1  \u{4fbf}\u{5229}\u{5e97} Lawson \u{7684}\u{6d41}\u{91cf}\u{5145}\u{503c}\u{5361}",
                                &[1],
                            ),
                            blocks: vec![Block::Fields(vec![
                                field(
                                    "\u{7f51}\u{7edc}",
                                    &[
                                        "\u{4e70}\u{5361}\u{4e0d}\u{7528}\u{ff1b}\u{8f93}\u{5165}\u{53f7}\u{7801}\u{65f6}\u{8981}",
                                    ],
                                ),
                                field(
                                    "\u{600e}\u{4e48}\u{505a}",
                                    &[
                                        "\u{4ed8}\u{73b0}\u{91d1}\u{ff0c}\u{6536}\u{597d}\u{5c0f}\u{7968}\u{3002}",
                                        "\u{8fde}\u{4e0a} Wi-Fi\u{3002}",
                                    ],
                                ),
                            ])],
                        },
                        Block::Phrase(phrase),
                        Block::Bullets(vec![rich(
                            "30 \u{5206}\u{949f}\u{5185}\u{8981}\u{4ed8}\u{3002}",
                            &[1, 2],
                        )]),
                    ],
                },
            ],
            sources_heading: "\u{6765}\u{6e90}".to_owned(),
            sources: vec![
                source("KDDI (povo)", Some("Three points to check")),
                source("J-Market", None),
            ],
            next_heading: "\u{63a5}\u{7740}".to_owned(),
            next: vec![
                "simguide renew --plan povo2".to_owned(),
                "simguide phrases till-prepaid-for-phone".to_owned(),
            ],
        }
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let page = page();
        for width_asked in 24..=200 {
            for layout in [Layout::Auto, Layout::Table, Layout::List] {
                let look = Look {
                    layout,
                    ..look(width_asked)
                };
                let screen = render(&page, &look);
                assert!(screen.ends_with('\n') && !screen.ends_with("\n\n"));
                assert!(!screen.contains("\n\n\n") && !screen.contains('\u{1b}'));
                for line in screen.lines() {
                    assert!(width(line) <= width_asked, "{width_asked}: {line}");
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }

    #[test]
    fn the_narrowest_screens_do_no_harm() {
        for width in 0..24 {
            for colour in [false, true] {
                let look = Look {
                    colour,
                    ..look(width)
                };
                assert!(render(&page(), &look).ends_with('\n'));
            }
        }
    }

    #[test]
    fn columns_have_one_rule_and_groups_between_rows() {
        let page = Page {
            parts: vec![Part {
                heading: None,
                blocks: vec![Block::Table(facts())],
            }],
            verdict: Vec::new(),
            sources: Vec::new(),
            next: Vec::new(),
            ..page()
        };
        let screen = "  \u{5361}                \u{5929}  \u{62ff}\u{4ec0}\u{4e48}\u{4ed8}                  \u{6765}\u{6e90}
  ---------------  ---  ------------------------  ------
  \u{53ef}\u{4ee5}\u{ff1a}\u{5e97}\u{91cc}\u{4e0d}\u{7528}\u{7f51}\u{7edc}
  povo2              7  \u{5361}\u{80cc}\u{9762}\u{7684} 13 \u{4f4d}\u{53f7}\u{7801}        [1][2]
  povo2-data-only    7  \u{5361}\u{80cc}\u{9762}\u{7684} 13 \u{4f4d}\u{53f7}\u{7801}        [1][2]
  \u{4e0d}\u{53ef}\u{4ee5}
  mobalpay         180  \u{6d41}\u{91cf}\u{53ea}\u{80fd}\u{5728}\u{7f51}\u{4e0a}\u{7528}\u{4fe1}\u{7528}\u{5361}\u{4e70}  [1]
";
        assert_eq!(render(&page, &look(80)), screen);
    }

    #[test]
    fn rows_that_do_not_fit_are_stacked_and_equal_ones_merged() {
        let page = Page {
            parts: vec![Part {
                heading: None,
                blocks: vec![Block::Table(facts())],
            }],
            verdict: Vec::new(),
            sources: Vec::new(),
            next: Vec::new(),
            ..page()
        };
        let screen = "\
\u{53ef}\u{4ee5}\u{ff1a}\u{5e97}\u{91cc}\u{4e0d}\u{7528}\u{7f51}\u{7edc}

povo2
povo2-data-only
  \u{5929}        7
  \u{62ff}\u{4ec0}\u{4e48}\u{4ed8}  \u{5361}\u{80cc}\u{9762}\u{7684} 13 \u{4f4d}\u{53f7}\u{7801} [1][2]

\u{4e0d}\u{53ef}\u{4ee5}

mobalpay
  \u{5929}        180
  \u{62ff}\u{4ec0}\u{4e48}\u{4ed8}  \u{6d41}\u{91cf}\u{53ea}\u{80fd}\u{5728}\u{7f51}\u{4e0a}\u{7528}\u{4fe1}\u{7528}\u{5361}\u{4e70} [1]
";
        assert_eq!(render(&page, &look(40)), screen);
    }

    #[test]
    fn a_sentence_to_hold_up_stands_between_rules() {
        let large = Part {
            heading: None,
            blocks: vec![Block::Large("\u{304a}\u{9858}\u{3044}\u{3002}".into())],
        };
        let page = Page {
            parts: vec![large],
            verdict: Vec::new(),
            sources: Vec::new(),
            next: Vec::new(),
            ..page()
        };
        let rule = "-".repeat(40);
        let letters = "\u{304a}\u{3000}\u{9858}\u{3000}\u{3044}\u{3000}\u{3002}";
        let screen = format!("{rule}\n\n\n        {letters}\n\n\n{rule}\n");
        assert_eq!(render(&page, &look(40)), screen);
    }

    #[test]
    fn a_long_answer_repeats_its_verdict() {
        let short = render(&page(), &look(80));
        let lines = short.lines().count();
        let enough = Look {
            height: Some(lines),
            ..look(80)
        };
        assert_eq!(render(&page(), &enough), short);
        let lower = Look {
            height: Some(lines - 1),
            ..look(80)
        };
        let screen = render(&page(), &lower);
        let end = "\n\n\u{53ef}\u{4ee5}\u{ff0c}\u{5e26}\u{73b0}\u{91d1}\u{53bb}\u{3002}\n\n\u{63a5}\u{7740}  simguide renew --plan povo2\n";
        assert!(screen.contains(end), "{screen}");
    }

    #[test]
    fn colour_marks_verdict_headings_and_sources() {
        let look = Look {
            colour: true,
            ..look(80)
        };
        let screen = render(&page(), &look);
        assert!(screen.starts_with(
            "\u{1b}[1m\u{53ef}\u{4ee5}\u{ff0c}\u{5e26}\u{73b0}\u{91d1}\u{53bb}\u{3002}\u{1b}[0m\n"
        ));
        assert!(screen.contains("\n  \u{1b}[2m[2] J-Market"));
        assert!(screen.contains("\n\u{1b}[1m\u{63a5}\u{7740}\u{1b}[0m  simguide renew"));
        let plain = screen
            .replace("\u{1b}[1m", "")
            .replace("\u{1b}[2m", "")
            .replace(RESET, "");
        assert_eq!(plain, render(&page(), &super::tests::look(80)));
    }

    #[test]
    fn romaji_loses_its_macrons_where_only_ascii_is_safe() {
        assert!(render(&page(), &look(80)).contains("haraikomi-hy\u{14d}"));
        let look = Look {
            ascii: true,
            ..look(80)
        };
        assert!(render(&page(), &look).contains("haraikomi-hyo\n"));
    }
}
