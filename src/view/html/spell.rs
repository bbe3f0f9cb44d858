//! Words as markup: escaped, Japanese marked as such, footnotes tied to what they prove.

use std::collections::BTreeMap;
use std::fmt;

use super::ruby::{self, Piece};
use crate::fact::SourceKind;
use crate::lang::Lang;
use crate::view::builder::Builder;
use crate::view::page::Rich;
use crate::words::Word;

/// Markup that is safe as it stands: whatever came from a record is escaped in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Html(pub String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

impl Html {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Marks that end a sentence: footnotes stand before them.
const STOPS: [char; 5] = ['.', '\u{3002}', '!', '?', '\u{ff1f}'];

/// The years up to which a source is old enough to be told.
const OLD_YEAR: i16 = 2023;

/// So many bare footnotes stay on one line.
const MARKS_TOGETHER: usize = 3;

/// The longest word with a hyphen that is kept whole.
const WHOLE_WORD: usize = 12;

/// Spells words for one language of the page.
pub(super) struct Press {
    pub b: Builder,
    pub lang: Lang,
    /// Put before every anchor, so that three languages fit in one file.
    pub prefix: String,
    /// Readings of words that stand on screens and bills.
    readings: BTreeMap<String, String>,
    /// Names that the program itself puts in brackets: no label on a screen.
    own_names: Vec<&'static str>,
    /// The language of labels without kana: Japanese, or that of a carrier from Hong Kong.
    pub labels: &'static str,
}

impl Press {
    pub(super) fn new(b: Builder, prefix: &str, readings: BTreeMap<String, String>) -> Press {
        let own_names = crate::knowledge::clock::ClockKind::ALL
            .iter()
            .map(|kind| b.clock_name(*kind))
            .collect();
        Press {
            lang: b.lang,
            b,
            prefix: prefix.to_owned(),
            readings,
            own_names,
            labels: "ja",
        }
    }

    /// A word of the program.
    pub(super) fn w(&self, word: Word) -> Html {
        self.text(word.text(self.lang))
    }

    /// Words as a heading: with a capital, where they begin like any word.
    pub(super) fn heading(&self, words: &str) -> Html {
        let first = words.split([' ', ',']).next().unwrap_or_default();
        let common = first.chars().all(|c| c.is_ascii_lowercase());
        match words.chars().next() {
            Some(c) if common && c.is_ascii_lowercase() => {
                self.text(&format!("{}{}", c.to_ascii_uppercase(), &words[1..]))
            }
            Some(_) | None => self.text(words),
        }
    }

    /// A sentence with its footnotes, before the full stop.
    pub(super) fn rich(&self, rich: &Rich) -> Html {
        let text = rich.text.trim();
        if rich.marks.is_empty() {
            return self.text(text);
        }
        let words = text.trim_end_matches(STOPS);
        let stop = &text[words.len()..];
        let words = self.without_unofficial(words, &rich.marks).trim_end();
        let mut html = self.text(words).0;
        if !html.is_empty() && self.lang != Lang::En {
            // No line begins with a footnote; a Latin word holds its number by itself.
            html.push('\u{2060}');
        }
        html.push_str(&self.marks(&rich.marks).0);
        html.push_str(stop);
        Html(html)
    }

    /// Footnotes: a few bare numbers stay together, one that says what it is stands alone.
    pub(super) fn marks(&self, marks: &[usize]) -> Html {
        let mut groups: Vec<(String, usize)> = Vec::new();
        for mark in marks {
            let label = self.label(*mark);
            let html = self.mark(*mark, &label);
            match groups.last_mut() {
                Some((group, room)) if label.is_empty() && *room > 0 => {
                    group.push_str(&html);
                    *room -= 1;
                }
                _ if label.is_empty() => groups.push((html, MARKS_TOGETHER - 1)),
                _ => groups.push((html, 0)),
            }
        }
        let groups: Vec<String> = groups
            .iter()
            .map(|(group, _)| format!("<sup>{group}</sup>"))
            .collect();
        Html(groups.join("<wbr>"))
    }

    fn mark(&self, number: usize, label: &str) -> String {
        let prefix = &self.prefix;
        if label.is_empty() {
            return format!("<a href=\"#{prefix}s{number}\">{number}</a>");
        }
        format!("<a class=\"l\" href=\"#{prefix}s{number}\"><i>{label} </i>{number}</a>")
    }

    /// What a footnote says of its source: nothing of an official page of the last years.
    fn label(&self, number: usize) -> String {
        let Some(cited) = self.b.cited().get(number - 1) else {
            return String::new();
        };
        let source = &cited.source;
        let kind = match source.kind {
            SourceKind::Official => "",
            SourceKind::Press => Word::PAGE_MARK_PRESS.text(self.lang),
            SourceKind::Community => Word::PAGE_MARK_COMMUNITY.text(self.lang),
        };
        let year = match (source.dated.get(), source.older_than) {
            (Some(day), _) if day.0.year() <= OLD_YEAR => day.0.year().to_string(),
            (None, Some(day)) if day.0.year() <= OLD_YEAR + 1 => {
                format!("\u{2264}{}", day.0.year())
            }
            _ => String::new(),
        };
        let gap = if kind.is_empty() || year.is_empty() {
            ""
        } else {
            "\u{a0}"
        };
        format!("{kind}{gap}{year}")
    }

    /// The sentence without the word "unofficial" at its end, where every footnote says so.
    fn without_unofficial<'t>(&self, words: &'t str, marks: &[usize]) -> &'t str {
        let community = |mark: &usize| {
            let source = self.b.cited().get(mark - 1);
            source.is_some_and(|cited| cited.source.kind == SourceKind::Community)
        };
        match words.strip_suffix(self.b.w(Word::UNOFFICIAL)) {
            Some(bare) if marks.iter().all(community) => bare,
            _ => words,
        }
    }

    /// Words without footnotes.
    pub(super) fn text(&self, text: &str) -> Html {
        let mut html = String::with_capacity(text.len() * 2);
        if self.lang == Lang::Ja {
            plain(text, &mut html);
            return Html(html);
        }
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\u{300c}') {
            let Some((label, behind)) = after.split_once('\u{300d}') else {
                break;
            };
            mixed(before, &mut html);
            if self.own_names.contains(&label) {
                html.push_str(&format!("\u{300c}{label}\u{300d}"));
            } else {
                html.push_str(&self.key(label));
            }
            rest = behind;
        }
        mixed(rest, &mut html);
        Html(html)
    }

    /// What stands on a button, screen or bill, in a frame like a key.
    fn key(&self, label: &str) -> String {
        let inner = match self.readings.get(label) {
            Some(kana) => self::reading(label, kana).0,
            None => escaped(label),
        };
        if label.is_ascii() {
            return format!("<span class=\"key\">{inner}</span>");
        }
        let lang = if label.chars().any(ruby::is_kana) {
            "ja"
        } else {
            self.labels
        };
        format!("<span class=\"key\" lang=\"{lang}\">{inner}</span>")
    }

    /// Something Japanese inside another language; in a Japanese page words like any other.
    pub(super) fn ja(&self, text: &str) -> Html {
        if self.lang == Lang::Ja {
            return Html(escaped(text));
        }
        Html(format!("<span lang=\"ja\">{}</span>", escaped(text)))
    }
}

/// A Japanese word with its reading over it.
pub(super) fn reading(ja: &str, kana: &str) -> Html {
    match ruby::align(ja, kana) {
        Some(pieces) => Html(pieces.iter().map(ruby_piece).collect()),
        None => Html(format!(
            "{}<span class=\"kana\">{}</span>",
            escaped(ja),
            escaped(kana)
        )),
    }
}

/// A Japanese sentence to hold up, which breaks between phrases only; readings where wanted.
pub(super) fn sentence(ja: &str, kana: Option<&str>) -> Html {
    let aligned = kana.and_then(|kana| ruby::align(ja, kana));
    let below = kana.filter(|_| aligned.is_none());
    let whole = Piece {
        base: ja,
        reading: None,
    };
    let mut html = String::from("<span class=\"w\">");
    let mut said = 0;
    let mut say = |piece: &Piece| {
        if ruby::breaks(&ja[..said], &ja[said..]) {
            html.push_str("</span><span class=\"w\">");
        }
        html.push_str(&ruby_piece(piece));
        said += piece.base.len();
    };
    for piece in aligned.unwrap_or_else(|| vec![whole]) {
        if piece.reading.is_some() {
            say(&piece);
            continue;
        }
        for c in piece.base.chars() {
            say(&Piece {
                base: c.encode_utf8(&mut [0; 4]),
                reading: None,
            });
        }
    }
    html.push_str("</span>");
    if let Some(kana) = below {
        html.push_str(&format!("<span class=\"kana\">{}</span>", escaped(kana)));
    }
    Html(html)
}

fn ruby_piece(piece: &Piece) -> String {
    let base = escaped(piece.base);
    match piece.reading {
        Some(reading) => format!("<ruby>{base}<rt>{}</rt></ruby>", escaped(reading)),
        None => base,
    }
}

/// Words of another language, in which a Japanese name may stand.
fn mixed(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(ruby::is_kana) {
        let start = rest[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_japanese(*c))
            .last()
            .map_or(at, |(place, _)| place);
        let end = rest[at..]
            .find(|c: char| !is_japanese(c))
            .map_or(rest.len(), |length| at + length);
        plain(&rest[..start], html);
        html.push_str("<span lang=\"ja\">");
        escape(&rest[start..end], html);
        html.push_str("</span>");
        rest = &rest[end..];
    }
    plain(rest, html);
}

fn is_japanese(c: char) -> bool {
    ruby::is_kana(c) || ruby::is_kanji(c) || c == '\u{30fb}'
}

/// Words as they are, names with a hyphen whole, a number with its unit.
fn plain(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_graphic()) {
        escape(&rest[..start], html);
        let word = &rest[start..];
        let end = word
            .find(|c: char| !c.is_ascii_graphic())
            .unwrap_or(word.len());
        latin(&word[..end], html);
        rest = &word[end..];
        if let Some(next) = rest.strip_prefix(' ')
            && word[..end].ends_with(|c: char| c.is_ascii_digit())
            && is_unit(next)
        {
            html.push('\u{a0}');
            rest = next;
        }
    }
    escape(rest, html);
}

/// Whether what follows a number is its unit: a short word, or Chinese or Japanese.
fn is_unit(text: &str) -> bool {
    let word = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    match text.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => word <= 7,
        Some(c) => ruby::is_kanji(c),
        None => false,
    }
}

/// A Latin word; one like `7-Eleven` is not broken at its hyphen.
fn latin(word: &str, html: &mut String) {
    let name = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let hyphened = name
        .split_once('-')
        .is_some_and(|(_, after)| after.starts_with(|c: char| c.is_ascii_uppercase()));
    if hyphened && name.len() <= WHOLE_WORD {
        let start = word.find(name).unwrap_or(0);
        escape(&word[..start], html);
        html.push_str("<span class=\"n\">");
        escape(name, html);
        html.push_str("</span>");
        escape(&word[start + name.len()..], html);
    } else {
        escape(word, html);
    }
}

/// Text as markup.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

/// An address with everything beyond ASCII percent-encoded.
pub(super) fn address(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'\\') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> String {
        let mut html = String::new();
        plain(text, &mut html);
        html
    }

    #[test]
    fn markup_in_a_record_is_text() {
        assert_eq!(
            spelled("<script>\"a\" & 'b'"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;"
        );
    }

    #[test]
    fn names_stay_whole_and_numbers_with_their_unit() {
        assert_eq!(
            spelled("(7-Eleven, Wi-Fi)"),
            "(<span class=\"n\">7-Eleven</span>, <span class=\"n\">Wi-Fi</span>)"
        );
        assert_eq!(spelled("3,000 yen top-up"), "3,000\u{a0}yen top-up");
        assert_eq!(spelled("3 4"), "3 4");
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(
            address("https://a.example/\u{e9}?b=c&d"),
            "https://a.example/%C3%A9?b=c&d"
        );
    }
}
