//! A page in Markdown; all escaping for it.

use crate::lang::Lang;
use crate::view::page::{
    Block, Column, ColumnKind, Field, Page, PhraseBlock, Rich, Row, SourceLine, Table,
};
use crate::view::wrap::{marked, one_line};

/// The page as GitHub Flavored Markdown, with a newline at its end.
#[must_use]
pub fn render(page: &Page) -> String {
    let mut paper = Paper {
        lang: page.lang,
        out: String::with_capacity(8192),
    };
    for (place, line) in page.verdict.iter().enumerate() {
        let sign = if place == 0 { "# " } else { "" };
        paper.paragraph(sign, line);
    }
    for part in &page.parts {
        if let Some(heading) = &part.heading {
            paper.piece(&format!("## {}", inline(heading)));
        }
        paper.blocks(&part.blocks, 3);
    }
    paper.sources(page);
    paper.next(page);
    paper.out
}

/// What is written so far.
struct Paper {
    lang: Lang,
    out: String,
}

impl Paper {
    /// Appends one piece after an empty line.
    fn piece(&mut self, text: &str) {
        let text = text.trim_end();
        if text.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        for line in text.lines() {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    fn paragraph(&mut self, sign: &str, rich: &Rich) {
        let text = self.rich(rich);
        if !text.is_empty() {
            self.piece(&format!("{sign}{}", guard_start(text)));
        }
    }

    /// Escaped words with their marks.
    fn rich(&self, rich: &Rich) -> String {
        let text = inline(&rich.text);
        let marks = rich.marks.clone();
        marked(&Rich::marked(text, marks), self.lang)
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            self.block(block, level);
        }
    }

    fn block(&mut self, block: &Block, level: usize) {
        match block {
            Block::Lines(lines) => {
                for line in lines {
                    self.paragraph("", line);
                }
            }
            Block::Steps(steps) => self.list(steps, Lead::Numbers),
            Block::Bullets(items) => self.list(items, Lead::Dashes),
            Block::Table(table) => self.table(table),
            Block::Fields(fields) => self.fields(fields),
            Block::Commands(commands) => self.commands(commands),
            Block::Phrase(phrase) => self.phrase(phrase),
            Block::Large(sentence) => self.piece(&format!("> # {}", inline(sentence))),
            Block::Under { title, blocks } => {
                let sign = format!("{} ", "#".repeat(level.min(6)));
                self.paragraph(&sign, title);
                self.blocks(blocks, level + 1);
            }
        }
    }

    fn list(&mut self, items: &[Rich], lead: Lead) {
        let mut list = String::new();
        for (place, item) in items.iter().enumerate() {
            lead.push(&mut list, place + 1);
            list.push_str(&guard_start(self.rich(item)));
            list.push('\n');
        }
        self.piece(&list);
    }

    fn fields(&mut self, fields: &[Field]) {
        let mut list = String::new();
        for field in fields {
            list.push_str("- **");
            list.push_str(&inline(&field.label));
            list.push_str("**:");
            match &field.values[..] {
                [value] if !field.numbered => {
                    list.push(' ');
                    list.push_str(&self.rich(value));
                    list.push('\n');
                }
                values => self.inner_list(&mut list, values, Lead::of(field)),
            }
        }
        self.piece(&list);
    }

    fn inner_list(&self, list: &mut String, values: &[Rich], lead: Lead) {
        list.push('\n');
        for (place, value) in values.iter().enumerate() {
            list.push_str("  ");
            lead.push(list, place + 1);
            list.push_str(&guard_start(self.rich(value)));
            list.push('\n');
        }
    }

    fn commands(&mut self, commands: &[(String, String)]) {
        let mut list = String::new();
        for (command, purpose) in commands {
            list.push_str("- ");
            if !purpose.trim().is_empty() {
                list.push_str(&guard_start(inline(purpose)));
                list.push_str(": ");
            }
            list.push_str(&code(command));
            list.push('\n');
        }
        self.piece(&list);
    }

    fn phrase(&mut self, phrase: &PhraseBlock) {
        let below = [&phrase.meaning, &phrase.kana, &phrase.romaji];
        let texts = std::iter::once(&phrase.ja).chain(below.into_iter().flatten());
        let quotes: Vec<String> = texts
            .map(|text| format!("> {}\n", guard_start(inline(text))))
            .collect();
        self.piece(&quotes.join(">\n"));
    }

    fn table(&mut self, table: &Table) {
        if table.head.is_empty() {
            return;
        }
        let mut rows = String::new();
        push_row(
            &mut rows,
            table.head.iter().map(|column| inline(&column.heading)),
        );
        push_row(&mut rows, table.head.iter().map(rule));
        for row in &table.rows {
            let columns = 0..table.head.len();
            match row {
                Row::Group(heading) => push_row(
                    &mut rows,
                    columns.map(|place| {
                        if place == 0 {
                            bold(heading)
                        } else {
                            String::new()
                        }
                    }),
                ),
                Row::Cells(cells) => push_row(
                    &mut rows,
                    columns.map(|place| {
                        cells
                            .get(place)
                            .map_or_else(String::new, |cell| self.rich(cell))
                    }),
                ),
            }
        }
        self.piece(&rows);
    }

    fn sources(&mut self, page: &Page) {
        if page.sources.is_empty() {
            return;
        }
        self.piece(&format!("## {}", inline(&page.sources_heading)));
        let mut list = String::new();
        for (place, source) in page.sources.iter().enumerate() {
            Lead::Numbers.push(&mut list, place + 1);
            list.push_str(&source_line(source));
            list.push('\n');
        }
        self.piece(&list);
    }

    fn next(&mut self, page: &Page) {
        if page.next.is_empty() {
            return;
        }
        self.piece(&format!("## {}", inline(&page.next_heading)));
        let commands: Vec<_> = page.next.iter().map(|command| one_line(command)).collect();
        let longest = commands.iter().map(|command| longest_run(command)).max();
        let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        self.piece(&format!("{fence}sh\n{}\n{fence}", commands.join("\n")));
    }
}

/// What stands before an item of a list.
#[derive(Clone, Copy)]
enum Lead {
    Dashes,
    Numbers,
}

impl Lead {
    fn of(field: &Field) -> Lead {
        if field.numbered {
            Lead::Numbers
        } else {
            Lead::Dashes
        }
    }

    fn push(self, list: &mut String, number: usize) {
        match self {
            Lead::Dashes => list.push_str("- "),
            Lead::Numbers => {
                list.push_str(&number.to_string());
                list.push_str(". ");
            }
        }
    }
}

fn push_row(rows: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        rows.push_str("| ");
        rows.push_str(&cell);
        rows.push(' ');
    }
    rows.push_str("|\n");
}

fn rule(column: &Column) -> String {
    match column.kind {
        ColumnKind::Number => "---:".to_owned(),
        ColumnKind::Name | ColumnKind::Short | ColumnKind::Prose | ColumnKind::Marks => {
            "---".to_owned()
        }
    }
}

fn bold(text: &str) -> String {
    format!("**{}**", inline(text))
}

/// Publisher, kind, date, title and address; only `https` addresses become links.
fn source_line(source: &SourceLine) -> String {
    let parts = [&*source.publisher, &source.kind, &source.dated];
    let parts = parts.into_iter().chain(source.title.as_deref());
    let mut line = parts
        .map(inline)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    if !source.url.is_empty() {
        line.push(' ');
        line.push_str(&address(&source.url));
    }
    guard_start(line)
}

fn address(url: &str) -> String {
    let is_link = url.starts_with("https://")
        && url
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'|' | b'\\' | b'`'));
    if is_link {
        format!("<{url}>")
    } else {
        code(url)
    }
}

/// Words as code, inside a fence longer than any in them.
fn code(text: &str) -> String {
    let text = one_line(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// Words as they are, with every sign escaped that Markdown or HTML would obey.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let lines = text.trim().lines().map(one_line);
    for (place, line) in lines.filter(|line| !line.is_empty()).enumerate() {
        if place > 0 {
            escaped.push_str("<br>");
        }
        for letter in line.chars() {
            push_escaped(&mut escaped, letter);
        }
    }
    escaped
}

fn push_escaped(escaped: &mut String, letter: char) {
    match letter {
        '<' => escaped.push_str("&lt;"),
        '>' => escaped.push_str("&gt;"),
        '&' => escaped.push_str("&amp;"),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
            escaped.push('\\');
            escaped.push(letter);
        }
        letter => escaped.push(letter),
    }
}

/// Words that may open a line: no sign at their start begins a list or a rule.
fn guard_start(text: String) -> String {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let stop = text.as_bytes().get(figures);
    if figures > 0 && matches!(stop, Some(b'.' | b')')) {
        format!("{}\\{}", &text[..figures], &text[figures..])
    } else if text.starts_with(['-', '+', '=', ':']) {
        format!("\\{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::page::Part;

    fn rich(text: &str, marks: &[usize]) -> Rich {
        Rich {
            text: text.into(),
            marks: marks.to_vec(),
        }
    }

    fn page(blocks: Vec<Block>) -> Page {
        Page {
            lang: Lang::En,
            verdict: vec![rich("Yes.", &[1])],
            parts: vec![Part {
                heading: Some("How".into()),
                blocks,
            }],
            sources_heading: "Sources".to_owned(),
            sources: Vec::new(),
            next_heading: "Next".to_owned(),
            next: vec!["simguide types".to_owned()],
        }
    }

    fn bars(line: &str) -> usize {
        line.matches('|').count() - line.matches("\\|").count()
    }

    #[test]
    fn every_row_has_the_same_number_of_bars() {
        let column = |heading: &str, kind| Column {
            heading: heading.into(),
            kind,
        };
        let table = Table {
            head: vec![
                column("a|b", ColumnKind::Name),
                column("c", ColumnKind::Number),
                column("Source", ColumnKind::Marks),
            ],
            rows: vec![
                Row::Group("yes | no".into()),
                Row::Cells(vec![rich("x\ny", &[]), rich("1|2", &[]), rich("", &[4, 5])]),
                Row::Cells(vec![rich("short", &[])]),
                Row::Cells(vec![rich("long", &[]); 5]),
            ],
        };
        let text = render(&page(vec![Block::Table(table)]));
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), 6);
        assert!(rows.iter().all(|row| bars(row) == 4), "{text}");
        assert!(rows[3].contains("x<br>y") && rows[3].contains("[4][5]"));
    }

    #[test]
    fn no_sign_of_a_text_is_obeyed() {
        assert_eq!(
            inline("<b>*x*</b> & `y`"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; &amp; \\`y\\`"
        );
        assert_eq!(inline("[a](javascript:x)"), "\\[a\\](javascript:x)");
        for (text, line) in [
            ("1. one", "1\\. one"),
            ("- dash", "\\- dash"),
            ("+81", "\\+81"),
            ("# title", "\\# title"),
            ("===", "\\==="),
            ("3,000 yen", "3,000 yen"),
        ] {
            let text = render(&page(vec![Block::Lines(vec![rich(text, &[])])]));
            assert!(text.contains(&format!("\n\n{line}\n\n")), "{text}");
        }
    }

    #[test]
    fn only_safe_addresses_become_links() {
        assert_eq!(address("https://a.jp/?x=1&y=2"), "<https://a.jp/?x=1&y=2>");
        assert_eq!(address("http://a.jp/"), "`http://a.jp/`");
        assert_eq!(address("javascript:`x`"), "`` javascript:`x` ``");
        assert_eq!(address("https://a.jp/> x"), "`https://a.jp/> x`");
    }

    #[test]
    fn a_page_reads_from_answer_to_next_command() {
        let mut page = page(vec![
            Block::Steps(vec![rich("Pay.", &[1]), rich("Keep the receipt.", &[])]),
            Block::Fields(vec![Field {
                label: "Cash".into(),
                values: vec![rich("yes", &[1])],
                numbered: false,
            }]),
        ]);
        page.sources.push(SourceLine {
            publisher: "KDDI".into(),
            kind: "official".into(),
            dated: "2025-05-10".into(),
            title: None,
            url: "https://kddi.example/".into(),
        });
        let text = "\
# Yes [1].

## How

1. Pay [1].
2. Keep the receipt.

- **Cash**: yes [1]

## Sources

1. KDDI, official, 2025-05-10 <https://kddi.example/>

## Next

```sh
simguide types
```
";
        assert_eq!(render(&page), text);
    }
}
