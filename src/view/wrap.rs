//! Lines broken by the rules of each script, measured in display columns.

use std::borrow::Cow;
use std::cell::OnceCell;

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::lang::Lang;
use crate::view::cuts::{plain_columns, plain_units};
use crate::view::page::Rich;

/// Breaks `text` into lines of at most `width` columns.
///
/// No line opens with a closing sign or a footnote mark, none ends with an opening bracket.
/// Numbers stay with their unit, and words, names and addresses whole, where a line can hold them.
/// A newline in the text is kept; blanks at the ends of lines and control characters are not.
#[must_use]
pub fn wrap(text: &str, width: usize, lang: Lang) -> Vec<String> {
    let measured = Measured::prose(text, lang);
    let lines = measured.fill(width, width);
    lines.iter().map(|line| line.text.to_owned()).collect()
}

/// Where a line may end within `text`, in bytes.
pub fn places(text: &str, lang: Lang) -> impl Iterator<Item = usize> {
    segmenter(lang).segment_str(text)
}

/// How many columns of a terminal `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    plain_columns(text).unwrap_or_else(|| {
        if text.is_ascii() {
            text.len()
        } else {
            text.width()
        }
    })
}

/// Words with the numbers of their sources, before the full stop or colon that closes them.
#[must_use]
pub fn marked(rich: &Rich, lang: Lang) -> String {
    let text = rich.text.trim_end();
    if rich.marks.is_empty() {
        return text.to_owned();
    }
    let (words, stop) = before_stop(text);
    let mut line = String::with_capacity(text.len() + 5 * rich.marks.len());
    line.push_str(words);
    if needs_blank(words, lang) {
        line.push(' ');
    }
    push_marks(&mut line, &rich.marks);
    line.push_str(stop);
    line
}

/// Appends `[1][2]`.
pub fn push_marks(line: &mut String, marks: &[usize]) {
    for mark in marks {
        line.push('[');
        push_number(line, *mark);
        line.push(']');
    }
}

/// Appends blanks.
pub fn push_blanks(line: &mut String, count: usize) {
    const BLANKS: &str = "                                                                ";
    let mut left = count;
    while left > BLANKS.len() {
        line.push_str(BLANKS);
        left -= BLANKS.len();
    }
    line.push_str(&BLANKS[..left]);
}

/// Appends a number.
pub fn push_number(line: &mut String, number: usize) {
    if number >= 10 {
        push_number(line, number / 10);
    }
    let figure = number % 10;
    line.push_str(&"0123456789"[figure..=figure]);
}

/// A Japanese sentence in short lines of spaced letters, to be read from across a counter.
///
/// Lines end where a phrase seems to end: after a particle or before a word in other letters.
#[must_use]
pub fn large(sentence: &str, columns: usize) -> Vec<String> {
    let sentence = one_line(sentence);
    let most = (columns.saturating_add(2) / 4).max(1);
    let enough = most.min(LARGE_LETTERS);
    let mut lines: Vec<&str> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for phrase in phrases(&sentence) {
        let next = end + phrase.len();
        if start < end && width(&sentence[start..next]) > 2 * enough {
            lines.push(&sentence[start..end]);
            start = end;
        }
        if width(phrase) > 2 * most {
            let cuts = pieces(phrase, 2 * most, Lang::Ja);
            lines.extend(cuts.into_iter().map(|(from, to)| &phrase[from..to]));
            start = next;
        }
        end = next;
    }
    if start < end {
        lines.push(&sentence[start..end]);
    }
    let lines: Vec<String> = lines.into_iter().map(spaced).collect();
    if lines.iter().any(|line| width(line) > columns) {
        wrap(&sentence, columns, Lang::Ja)
    } else {
        lines
    }
}

/// A text on one line, without what a terminal would obey instead of show.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if plain_columns(text.trim()).is_some() {
        return Cow::Borrowed(text.trim());
    }
    let text = clean(Cow::Borrowed(text));
    if text.contains('\n') {
        Cow::Owned(text.replace('\n', " "))
    } else {
        text
    }
}

/// A text on one line, and its columns.
#[must_use]
pub fn sized(text: &str) -> (Cow<'_, str>, usize) {
    let trimmed = text.trim();
    if let Some(columns) = plain_columns(trimmed) {
        return (Cow::Borrowed(trimmed), columns);
    }
    let line = one_line(text);
    let columns = width(&line);
    (line, columns)
}

/// A text that is cut into the pieces that must stay whole, once a line cannot hold it.
///
/// It can be filled into lines of several widths without being measured again.
#[derive(Debug)]
pub struct Measured<'t> {
    text: Cow<'t, str>,
    lang: Lang,
    breaks: Breaks,
    /// The columns of a plain text on one line.
    columns: Option<usize>,
    units: OnceCell<Vec<Unit>>,
}

/// Where a text may be broken.
#[derive(Clone, Copy, Debug)]
enum Breaks {
    /// Wherever its script allows.
    Script,
    /// At blanks.
    Blanks,
    /// Between footnote marks.
    Marks,
}

/// A line of a filled text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    pub text: &'t str,
    /// In columns.
    pub width: usize,
}

/// What stays whole, and the blanks after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) start: usize,
    /// Where the words end and the blanks begin.
    pub(super) end: usize,
    /// Columns of the words.
    pub(super) width: usize,
    /// Columns of the blanks.
    pub(super) gap: usize,
    /// Whether a new line follows in any case.
    pub(super) last: bool,
    /// Whether these are wide letters in a row, each of which could be a unit of its own.
    pub(super) is_letters: bool,
}

/// Bytes and columns of a wide letter.
pub(super) const WIDE: (usize, usize) = (3, 2);

impl<'t> Measured<'t> {
    /// A text that may be broken wherever its script allows.
    #[must_use]
    pub fn prose(text: impl Into<Cow<'t, str>>, lang: Lang) -> Measured<'t> {
        Measured::new(text.into(), lang, Breaks::Script)
    }

    /// A text that may be broken at blanks only, such as a command.
    #[must_use]
    pub fn words(text: impl Into<Cow<'t, str>>, lang: Lang) -> Measured<'t> {
        Measured::new(text.into(), lang, Breaks::Blanks)
    }

    /// Footnote marks, which may stand one below the other.
    #[must_use]
    pub fn marks(marks: &[usize], lang: Lang) -> Measured<'t> {
        let mut text = String::with_capacity(5 * marks.len());
        push_marks(&mut text, marks);
        Measured {
            columns: Some(text.len()),
            text: Cow::Owned(text),
            lang,
            breaks: Breaks::Marks,
            units: OnceCell::new(),
        }
    }

    fn new(text: Cow<'t, str>, lang: Lang, breaks: Breaks) -> Measured<'t> {
        let text = trimmed(text);
        let columns = plain_columns(&text);
        Measured {
            text: if columns.is_some() { text } else { clean(text) },
            lang,
            breaks,
            columns,
            units: OnceCell::new(),
        }
    }

    fn units(&self) -> &[Unit] {
        self.units.get_or_init(|| match self.breaks {
            Breaks::Script => self.script_units(),
            Breaks::Blanks => blank_units(&self.text),
            Breaks::Marks => mark_units(&self.text),
        })
    }

    fn script_units(&self) -> Vec<Unit> {
        if self.columns.is_some() && self.lang != Lang::Ko && !self.text.contains("://") {
            plain_units(&self.text)
        } else {
            prose_units(&self.text, self.lang)
        }
    }

    /// The columns of the longest line if nothing is broken.
    #[must_use]
    pub fn natural(&self) -> usize {
        if let Some(columns) = self.columns {
            return columns;
        }
        let (mut widest, mut line, mut gap) = (0, 0, 0);
        for unit in self.units() {
            line += gap + unit.width;
            widest = widest.max(line);
            (line, gap) = if unit.last { (0, 0) } else { (line, unit.gap) };
        }
        widest
    }

    /// The columns of the widest piece that should stay whole.
    #[must_use]
    pub fn widest_unit(&self) -> usize {
        let widths = self.units().iter().map(Unit::whole);
        widths.max().unwrap_or(0)
    }

    /// The text on one line, where so many columns hold it and nothing speaks against it.
    #[must_use]
    pub fn whole(&self, room: usize) -> Option<Line<'_>> {
        let width = self.columns.filter(|columns| *columns <= room.max(1))?;
        let text = &*self.text;
        Some(Line { text, width })
    }

    /// Lines of at most `rest` columns, the first of at most `first`; at least one line.
    #[must_use]
    pub fn fill(&self, first: usize, rest: usize) -> Vec<Line<'_>> {
        if let Some(line) = self.whole(first) {
            return vec![line];
        }
        let mut lines = Filling {
            measured: self,
            first: first.max(1),
            rest: rest.max(1),
            lines: Vec::new(),
            open: None,
        };
        for unit in self.units() {
            lines.add(unit);
        }
        lines.close();
        if lines.lines.is_empty() {
            lines.lines.push(Line { text: "", width: 0 });
        }
        lines.lines
    }
}

/// The units of a text that may be broken at blanks only.
fn blank_units(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices([' ', '\n']) {
        if !text[at + 1..].starts_with(' ') {
            units.push(Unit::new(text, start, at + 1));
            start = at + 1;
        }
    }
    units.push(Unit::new(text, start, text.len()));
    units
}

/// Each mark of `[1][2]`.
fn mark_units(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut start = 0;
    for mark in text.split_inclusive(']') {
        units.push(Unit::new(text, start, start + mark.len()));
        start += mark.len();
    }
    units
}

impl Unit {
    /// The columns that should stay whole.
    fn whole(&self) -> usize {
        if self.is_letters { WIDE.1 } else { self.width }
    }

    pub(super) fn new(text: &str, start: usize, end: usize) -> Unit {
        let whole = &text[start..end];
        let words = whole.trim_end();
        let blanks = &whole[words.len()..];
        Unit {
            start,
            end: start + words.len(),
            width: width(words),
            gap: width(blanks),
            last: blanks.contains('\n'),
            is_letters: false,
        }
    }
}

/// Lines being filled from left to right.
struct Filling<'m, 't> {
    measured: &'m Measured<'t>,
    first: usize,
    rest: usize,
    lines: Vec<Line<'m>>,
    open: Option<OpenLine>,
}

/// The line that can still grow.
#[derive(Clone, Copy)]
struct OpenLine {
    start: usize,
    end: usize,
    width: usize,
    gap: usize,
}

impl Filling<'_, '_> {
    fn add(&mut self, unit: &Unit) {
        if unit.is_letters {
            self.add_letters(unit);
        } else if unit.start < unit.end {
            self.add_words(unit);
        } else if let Some(line) = &mut self.open {
            line.gap += unit.gap;
        }
        if unit.last {
            self.close();
        }
    }

    fn add_words(&mut self, unit: &Unit) {
        let room = self.room();
        match &mut self.open {
            Some(line) if line.width + line.gap + unit.width <= room => {
                line.end = unit.end;
                line.width += line.gap + unit.width;
                line.gap = unit.gap;
            }
            _ => {
                self.close();
                self.begin(unit);
            }
        }
    }

    /// Adds wide letters, as many to each line as it holds.
    fn add_letters(&mut self, unit: &Unit) {
        let mut rest = *unit;
        loop {
            let used = self.open.map_or(0, |line| line.width + line.gap);
            let fitting = self.room().saturating_sub(used) / WIDE.1;
            let all = rest.width / WIDE.1;
            let least = usize::from(self.open.is_none());
            let letters = fitting.clamp(least, all);
            if letters == all {
                return self.add_words(&rest);
            }
            if letters > 0 {
                let mut part = rest;
                part.end = part.start + letters * WIDE.0;
                (part.width, part.gap) = (letters * WIDE.1, 0);
                self.add_words(&part);
                rest.start = part.end;
                rest.width -= part.width;
            }
            self.close();
        }
    }

    fn begin(&mut self, unit: &Unit) {
        // Behind a newline, and behind a blank of another kind, a unit can begin with blanks.
        let words = self.measured.text[unit.start..unit.end].trim_start();
        let first = unit.end - words.len();
        let (mut start, mut columns) = (first, unit.width);
        if first > unit.start {
            columns = width(words);
        }
        if columns > self.room() {
            for (from, to) in pieces(words, self.room().min(self.rest), self.measured.lang) {
                self.close();
                (start, columns) = (first + from, width(&words[from..to]));
                self.open = Some(OpenLine {
                    start,
                    end: first + to,
                    width: columns,
                    gap: 0,
                });
            }
        }
        self.open = Some(OpenLine {
            start,
            end: unit.end,
            width: columns,
            gap: unit.gap,
        });
    }

    fn close(&mut self) {
        if let Some(line) = self.open.take() {
            self.lines.push(Line {
                text: &self.measured.text[line.start..line.end],
                width: line.width,
            });
        }
    }

    fn room(&self) -> usize {
        if self.lines.is_empty() {
            self.first
        } else {
            self.rest
        }
    }
}

/// The strict rules of Chinese and Japanese; Latin words whole.
const STRICT: LineBreakOptions = {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    options
};

/// Korean keeps its words whole.
const WHOLE_WORDS: LineBreakOptions = {
    let mut options = STRICT;
    options.word_option = Some(LineBreakWordOption::KeepAll);
    options
};

pub(super) static SEGMENTER: LineSegmenterBorrowed<'static> =
    LineSegmenter::new_for_non_complex_scripts(STRICT);

static KOREAN_SEGMENTER: LineSegmenterBorrowed<'static> =
    LineSegmenter::new_for_non_complex_scripts(WHOLE_WORDS);

fn segmenter(lang: Lang) -> LineSegmenterBorrowed<'static> {
    match lang {
        Lang::Ko => KOREAN_SEGMENTER,
        Lang::En | Lang::ZhHans | Lang::ZhHant | Lang::Ja | Lang::Vi => SEGMENTER,
    }
}

/// Signs of Chinese, Japanese and Latin scripts that never open a line.
const NEVER_FIRST: &[char] = &[
    '\u{3001}', '\u{3002}', '\u{ff0c}', '\u{ff0e}', '\u{ff01}', '\u{ff1f}', '\u{ff1a}', '\u{ff1b}',
    '\u{300d}', '\u{300f}', '\u{ff09}', '\u{3011}', '\u{3015}', '\u{3009}', '\u{300b}', '\u{ff3d}',
    '\u{ff5d}', '\u{201d}', '\u{2019}', '\u{30fc}', '\u{30fb}', '\u{3005}', ')', ']', '}', ',',
    '.', ';', ':', '!', '?', '%',
];

/// Signs that never end a line.
const NEVER_LAST: &[char] = &[
    '\u{300c}', '\u{300e}', '\u{ff08}', '\u{3010}', '\u{3014}', '\u{3008}', '\u{300a}', '\u{ff3b}',
    '\u{ff5b}', '\u{201c}', '\u{2018}', '(', '[', '{',
];

/// A bracket with at most so many columns inside stays whole.
const SHORT_BRACKET: usize = 10;

/// A line of large letters holds no more of them, unless one phrase is longer.
const LARGE_LETTERS: usize = 8;

/// Brackets and stops as wide as a letter, after which a mark needs no blank.
const WIDE_SIGNS: &[char] = &[
    '\u{300d}', '\u{300f}', '\u{ff09}', '\u{3011}', '\u{3015}', '\u{3009}', '\u{300b}', '\u{ff3d}',
    '\u{ff01}', '\u{ff1f}', '\u{3002}', '\u{3001}', '\u{ff0c}', '\u{ff1b}',
];

/// Units of several letters that stand after a number.
const LONG_UNITS: &[&str] = &[
    "\u{4e07}\u{65e5}\u{5143}",
    "\u{4e07}\u{5186}",
    "\u{65e5}\u{5143}",
    "\u{65e5}\u{9593}",
    "\u{65e5}\u{5185}",
    "\u{5c0f}\u{65f6}",
    "\u{5c0f}\u{6642}",
    "\u{6642}\u{9593}",
    "\u{5206}\u{949f}",
    "\u{5206}\u{9418}",
    "\u{5206}\u{9593}",
    "\u{9031}\u{9593}",
    "\u{5e74}\u{9593}",
    "\u{4e2a}\u{6708}",
    "\u{500b}\u{6708}",
    "\u{304b}\u{6708}",
    "\u{30f6}\u{6708}",
    "\u{30ab}\u{6708}",
    "\u{30f5}\u{6708}",
    "\u{5de5}\u{4f5c}\u{65e5}",
    "\u{55b6}\u{696d}\u{65e5}",
    "\u{30ae}\u{30ac}",
    "\u{30e1}\u{30ac}",
];

/// The text without blanks at its ends.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The text without what a terminal would obey instead of show.
fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    let words = text.trim();
    if words.len() == text.len() && !words.chars().any(is_unwanted) {
        return text;
    }
    let mut clean = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' | '\u{b}' | '\u{c}' => clean.push(' '),
            letter if is_unwanted(letter) => {}
            letter => clean.push(letter),
        }
    }
    Cow::Owned(clean.trim().to_owned())
}

/// Control characters, separators of lines, and signs that turn the direction of writing.
fn is_unwanted(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The units of a cleaned text.
pub(super) fn prose_units(text: &str, lang: Lang) -> Vec<Unit> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut units = Vec::with_capacity(text.len() / 4 + 1);
    let mut address = next_address(text, 0);
    let (mut start, mut from, mut whole_until) = (0, 0, 0);
    for at in segmenter(lang).segment_str(text).skip(1) {
        while address.is_some_and(|(_, end)| end <= at) {
            address = next_address(text, at);
        }
        let in_address = address.is_some_and(|(from, end)| from < at && at < end);
        whole_until = whole_until.max(short_bracket(text, from, at));
        from = at;
        if at < text.len() && (in_address || at < whole_until) {
            continue;
        }
        match joint(&text[start..at], &text[at..]) {
            Joint::Open => {
                units.push(Unit::new(text, start, at));
                start = at;
            }
            Joint::Closed(letters) => whole_until = at + letters,
        }
    }
    units
}

/// Where the next web address in the text stands, from a place on.
fn next_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &text[from..];
    let mut found = rest.match_indices("://");
    let (at, _) = found.next()?;
    let scheme = rest[..at]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let tail = rest[at..].bytes().take_while(u8::is_ascii_graphic).count();
    Some((from + at - scheme, from + at + tail))
}

/// Whether a line may end between two texts.
pub(super) enum Joint {
    Open,
    /// It may not, nor within so many letters (counted in bytes) of the second.
    Closed(usize),
}

pub(super) fn joint(before: &str, after: &str) -> Joint {
    let words = before.trim_end();
    let (Some(last), Some(next)) = (words.chars().next_back(), after.chars().next()) else {
        return Joint::Open;
    };
    let blanks = &before[words.len()..];
    if blanks.contains('\n') {
        return Joint::Open;
    }
    if begins_with_mark(after) {
        return Joint::Closed(0);
    }
    let closes = !next.is_ascii() && NEVER_FIRST.contains(&next);
    if closes || (blanks.is_empty() && is_tied(last, next)) {
        return Joint::Closed(0);
    }
    if words.ends_with("3-D") && after.starts_with("Secure") {
        return Joint::Closed(0);
    }
    unit_after(words, blanks, after).map_or(Joint::Open, Joint::Closed)
}

/// Whether two letters that touch may not part.
fn is_tied(last: char, next: char) -> bool {
    NEVER_FIRST.contains(&next)
        || NEVER_LAST.contains(&last)
        || (last == '-' && next.is_alphanumeric())
        || (matches!(last, '\u{301c}' | '\u{ff5e}' | '\u{2013}') && next.is_ascii_digit())
}

/// Where a bracket ends that opens in a part of the text and holds a few words only; else 0.
pub(super) fn short_bracket(text: &str, from: usize, to: usize) -> usize {
    let Some(open) = text[from..to].rfind(['\u{ff08}', '\u{300c}']) else {
        return 0;
    };
    // All wide brackets are three bytes long.
    let inside = &text[from + open + 3..];
    let end = inside.find(['\u{ff09}', '\u{300d}', '\n']).unwrap_or(0);
    if end <= 3 * SHORT_BRACKET && width(&inside[..end]) <= SHORT_BRACKET {
        from + open + 3 + end
    } else {
        0
    }
}

/// Whether a footnote mark stands here, such as `[12]`.
fn begins_with_mark(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('[') else {
        return false;
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest.as_bytes().get(digits) == Some(&b']')
}

/// How many bytes after a number are its unit.
fn unit_after(words: &str, blanks: &str, after: &str) -> Option<usize> {
    if !matches!(blanks, "" | " ") {
        return None;
    }
    let number = trailing_number(words)?;
    if let Some(unit) = LONG_UNITS.iter().find(|unit| after.starts_with(**unit)) {
        return Some(unit.len());
    }
    let next = after.chars().next()?;
    let is_unit = if next.is_ascii() {
        blanks == " " && !is_year(number) && is_latin_unit(after)
    } else {
        matches!(next, '\u{3064}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{9fff}')
    };
    is_unit.then_some(0)
}

/// The number that ends a text; none where the figures belong to a name, a date or an hour.
fn trailing_number(words: &str) -> Option<&str> {
    let figures = words.bytes().rev();
    let length = figures
        .take_while(|b| matches!(b, b'0'..=b'9' | b',' | b'.'))
        .count();
    let (before, number) = words.split_at(words.len() - length);
    let stands_alone = !before.ends_with(|letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, '-' | ':' | '/' | '+')
    });
    let is_number = number.ends_with(|letter: char| letter.is_ascii_digit());
    (is_number && stands_alone).then_some(number)
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// A word such as `days`, `GB` or `%`.
fn is_latin_unit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let capitals = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count();
    match bytes.first() {
        Some(b'%' | b'a'..=b'z') => true,
        Some(_) => {
            (1..=4).contains(&capitals) && !bytes.get(capitals).is_some_and(u8::is_ascii_lowercase)
        }
        None => false,
    }
}

/// Cuts a unit that no line can hold: where it hurts least, else between two letters.
///
/// The pieces are given by their first and last place.
fn pieces(unit: &str, room: usize, lang: Lang) -> Vec<(usize, usize)> {
    let soft = soft_places(unit, lang);
    let mut pieces = Vec::new();
    let mut clusters = Vec::new();
    let (mut start, mut columns) = (0, 0);
    for (at, cluster) in letters(unit, room) {
        let cluster_width = width(cluster);
        while columns + cluster_width > room && at > start {
            let place = best_place(unit, start, at, &soft, &clusters);
            let words = unit[start..place].trim_end();
            if !words.is_empty() {
                pieces.push((start, start + words.len()));
            }
            let tail = unit[place..at].trim_start();
            start = at - tail.len();
            columns = width(tail);
            clusters.retain(|cluster| *cluster > start);
        }
        if at == start && cluster.trim().is_empty() {
            start = at + cluster.len();
            continue;
        }
        columns += cluster_width;
        clusters.push(at);
    }
    pieces.push((start, unit.len()));
    pieces
}

/// Letters with their marks; apart where together they are wider than a line and than a letter.
fn letters(text: &str, room: usize) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true).flat_map(move |(at, cluster)| {
        let is_whole = width(cluster) <= room.max(WIDE.1);
        let (whole, apart) = if is_whole {
            (cluster, "")
        } else {
            ("", cluster)
        };
        let each = apart.char_indices().map(move |(inside, letter)| {
            let end = inside + letter.len_utf8();
            (at + inside, &apart[inside..end])
        });
        std::iter::once((at, whole))
            .filter(|(_, whole)| !whole.is_empty())
            .chain(each)
    })
}

/// The last place not beyond `limit` where a unit may part.
fn best_place(unit: &str, start: usize, limit: usize, soft: &[usize], clusters: &[usize]) -> usize {
    let before = soft.partition_point(|place| *place <= limit);
    if let Some(place) = before.checked_sub(1).map(|last| soft[last])
        && place > start
    {
        return place;
    }
    let inside = clusters.iter().rev().filter(|place| **place > start);
    let places = || std::iter::once(&limit).chain(inside.clone());
    let best = places().find(|place| may_part(unit, **place));
    // Of many marks in a row some must go to the next line.
    let least = || places().find(|place| begins_with_mark(&unit[**place..]));
    best.or_else(least).copied().unwrap_or(limit)
}

/// Where a unit that is too wide is cut first: an address after `/ ? & =`, other words where
/// their script allows it, though not before a mark.
fn soft_places(unit: &str, lang: Lang) -> Vec<usize> {
    if unit.contains("://") {
        let cuts = unit.match_indices(['/', '?', '&', '=']);
        let places = cuts.map(|(at, _)| at + 1);
        return places
            .filter(|at| !unit[*at..].starts_with('/') && may_part(unit, *at))
            .collect();
    }
    let places = segmenter(lang).segment_str(unit).skip(1);
    places.filter(|at| may_part(unit, *at)).collect()
}

/// Whether neither side of a cut opens or ends with a forbidden sign, and no number is cut.
fn may_part(unit: &str, at: usize) -> bool {
    let (before, after) = (unit[..at].trim_end(), unit[at..].trim_start());
    let cuts_number = unit[..at].ends_with(|letter: char| letter.is_ascii_digit())
        && after.starts_with(|letter: char| letter.is_ascii_digit());
    !before.ends_with(NEVER_LAST)
        && !after.starts_with(NEVER_FIRST)
        && !begins_with_mark(after)
        && !cuts_number
}

/// A Japanese sentence cut where its phrases seem to end.
fn phrases(sentence: &str) -> Vec<&str> {
    let mut phrases = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, letter) in sentence.char_indices() {
        let so_far = &sentence[start..at];
        let ends = before.is_some_and(|before| ends_phrase(so_far, before, letter));
        if ends && may_part(sentence, at) {
            phrases.push(so_far);
            start = at;
        }
        before = Some(letter);
    }
    phrases.push(&sentence[start..]);
    phrases
}

/// Whether a phrase ends between two letters: not after a prefix such as that of `o-negai`.
fn ends_phrase(so_far: &str, before: char, after: char) -> bool {
    let is_hiragana = |letter| matches!(letter, '\u{3041}'..='\u{309f}');
    let is_prefix = matches!(so_far, "\u{304a}" | "\u{3054}");
    match before {
        '\u{3001}' | '\u{3002}' | '\u{ff1f}' | '\u{ff01}' | '\u{3092}' | ' ' => true,
        _ => is_hiragana(before) && !is_hiragana(after) && !is_prefix,
    }
}

/// Letters with a wide blank between them; Latin words and figures stay together.
fn spaced(line: &str) -> String {
    let mut spaced = String::with_capacity(2 * line.len());
    let mut before_is_latin = false;
    for cluster in line.trim().graphemes(true) {
        let is_latin = cluster.is_ascii();
        let is_same_word = is_latin && before_is_latin;
        if !spaced.is_empty() && !is_same_word {
            spaced.push('\u{3000}');
        }
        spaced.push_str(cluster);
        before_is_latin = is_latin;
    }
    spaced
}

/// The words of a sentence and the stop that closes it.
fn before_stop(text: &str) -> (&str, &str) {
    let Some(stop @ ('.' | '\u{3002}' | '\u{ff0e}' | ':' | '\u{ff1a}')) = text.chars().next_back()
    else {
        return (text, "");
    };
    let (words, stop) = text.split_at(text.len() - stop.len_utf8());
    if words.is_empty() || words.ends_with('.') {
        (text, "")
    } else {
        (words, stop)
    }
}

fn needs_blank(words: &str, lang: Lang) -> bool {
    match lang {
        Lang::Ja => false,
        Lang::En | Lang::ZhHans | Lang::ZhHant | Lang::Ko | Lang::Vi => {
            !words.is_empty() && !words.ends_with(WIDE_SIGNS)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of the kind the records hold, in three languages.
    const SENTENCES: [(Lang, &str); 4] = [
        (
            Lang::En,
            "At 7-Eleven (unofficial) [2][3], pay 3,000 yen within 30 days: My au, Wi-Fi, 3-D Secure, softbank-prepaid [10].",
        ),
        (
            Lang::ZhHans,
            "\u{4fbf}\u{5229}\u{5e97}\u{5356}\u{5145}\u{503c}\u{5361}\u{ff0c}\u{539f}\u{5219}\u{4e0a}\u{53ea}\u{6536}\u{73b0}\u{91d1}\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}[1]\u{ff1a}3,000 \u{65e5}\u{5143}\u{ff0c}60 \u{5929}\u{3001}\u{300c}\u{7533}\u{8fbc}\u{5238}\u{300d}\u{8981} 24 \u{5c0f}\u{65f6}\u{5185}\u{4ed8} [14][15]\u{3002}",
        ),
        (
            Lang::Ja,
            "\u{30d7}\u{30ea}\u{30da}\u{30a4}\u{30c9}\u{30ab}\u{30fc}\u{30c9}\u{306f}\u{300c}\u{539f}\u{5247}\u{300d}\u{3068}\u{3057}\u{3066}\u{73fe}\u{91d1}\u{3067}\u{8cb7}\u{3044}\u{307e}\u{3059}[1]\u{3002}30\u{5206}\u{4ee5}\u{5185}\u{3001}13\u{6841}\u{306e}\u{756a}\u{53f7}\u{ff08}\u{516c}\u{5f0f}\u{ff09}\u{3067}\u{3059}\u{3002}3\u{304b}\u{6708}\u{30fc}",
        ),
        (
            Lang::Ko,
            "\u{cda9}\u{c804}\u{c740} \u{d604}\u{ae08}\u{c73c}\u{b85c} \u{d569}\u{b2c8}\u{b2e4} [1]. 3,000 \u{c5d4}, 30 \u{c77c} \u{c774}\u{b0b4}\u{3002}",
        ),
    ];

    fn assert_well_broken(text: &str, columns: usize, lang: Lang) {
        for line in wrap(text, columns, lang) {
            assert!(width(&line) <= columns, "{columns}: {line}");
            assert!(!line.starts_with(NEVER_FIRST), "{columns}: {line}");
            assert!(!line.ends_with(NEVER_LAST), "{columns}: {line}");
            assert!(!begins_with_mark(&line), "{columns}: {line}");
            assert_eq!(line, line.trim(), "{columns}");
        }
    }

    #[test]
    fn sentences_obey_their_script_at_every_width() {
        for (lang, sentence) in SENTENCES {
            for columns in 16..=200 {
                assert_well_broken(sentence, columns, lang);
            }
        }
    }

    #[test]
    fn nothing_is_lost_but_blanks() {
        for (lang, sentence) in SENTENCES {
            for columns in 1..=100 {
                let letters = wrap(sentence, columns, lang).concat().replace(' ', "");
                assert_eq!(letters, sentence.replace(' ', ""), "{columns}");
            }
        }
    }

    #[test]
    fn numbers_stay_with_their_unit() {
        for (text, columns, lines) in [
            ("about 3,000 yen", 11, vec!["about", "3,000 yen"]),
            ("within 30 days", 9, vec!["within", "30 days"]),
            ("in 2026 prices", 8, vec!["in 2026", "prices"]),
            (
                "\u{90fd}\u{662f} 3,000 \u{65e5}\u{5143}",
                12,
                vec!["\u{90fd}\u{662f}", "3,000 \u{65e5}\u{5143}"],
            ),
            (
                "\u{6700}\u{591a}3,000\u{65e5}\u{5143}",
                10,
                vec!["\u{6700}\u{591a}", "3,000\u{65e5}\u{5143}"],
            ),
            (
                "\u{307e}\u{305f}30\u{5206}\u{4ee5}\u{5185}",
                7,
                vec!["\u{307e}\u{305f}", "30\u{5206}\u{4ee5}", "\u{5185}"],
            ),
            ("3 GB", 3, vec!["3", "GB"]),
        ] {
            assert_eq!(wrap(text, columns, Lang::ZhHans), lines);
        }
    }

    #[test]
    fn names_stay_whole_where_they_fit() {
        for name in [
            "7-Eleven",
            "Wi-Fi",
            "3-D Secure",
            "softbank-prepaid",
            "--topped-up",
        ] {
            let text = format!("of {name} {name}");
            let lines = wrap(&text, width(name) + 2, Lang::En);
            assert_eq!(lines.iter().filter(|line| line.contains(name)).count(), 2);
        }
        assert_eq!(
            wrap("softbank-prepaid", 10, Lang::En),
            ["softbank-", "prepaid"]
        );
    }

    #[test]
    fn addresses_are_broken_at_their_joints() {
        let address = "https://example.jp/a-b/page?x=1&y=2";
        assert_eq!(
            wrap(&format!("see {address}"), 35, Lang::En),
            ["see", address]
        );
        assert_eq!(
            wrap(address, 16, Lang::En),
            ["https://", "example.jp/a-b/", "page?x=1&y=2"]
        );
    }

    #[test]
    fn marks_stand_before_the_stop() {
        for (lang, text, marks, line) in [
            (
                Lang::En,
                "Cash, as a rule.",
                &[1][..],
                "Cash, as a rule [1].",
            ),
            (Lang::En, "(unofficial)", &[2, 3], "(unofficial) [2][3]"),
            (Lang::En, "Is it?", &[1], "Is it? [1]"),
            (
                Lang::ZhHans,
                "\u{73b0}\u{91d1}\u{3002}",
                &[1],
                "\u{73b0}\u{91d1} [1]\u{3002}",
            ),
            (
                Lang::ZhHans,
                "\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}\u{3002}",
                &[2],
                "\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}[2]\u{3002}",
            ),
            (
                Lang::Ja,
                "\u{8cb7}\u{3044}\u{307e}\u{3059}\u{3002}",
                &[1],
                "\u{8cb7}\u{3044}\u{307e}\u{3059}[1]\u{3002}",
            ),
            (Lang::Ja, "", &[4, 5], "[4][5]"),
            (Lang::En, "No mark.", &[], "No mark."),
        ] {
            let text = text.to_owned();
            let marks = marks.to_vec();
            assert_eq!(marked(&Rich::marked(text, marks), lang), line);
        }
    }

    #[test]
    fn large_letters_break_where_phrases_end() {
        let lines = [
            "\u{3053}\u{306e}\u{6255}\u{8fbc}\u{7968}\u{306e}",
            "\u{652f}\u{6255}\u{3044}\u{3092}",
            "\u{304a}\u{9858}\u{3044}\u{3057}\u{307e}\u{3059}\u{3002}",
        ];
        let sentence = lines.concat();
        assert_eq!(large(&sentence, 80), lines.map(spaced));
        assert_eq!(
            spaced("\u{3053}\u{306e}SIM\u{306f}"),
            "\u{3053}\u{3000}\u{306e}\u{3000}SIM\u{3000}\u{306f}"
        );
        for columns in 2..=80 {
            for line in large(&sentence, columns) {
                assert!(width(&line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn short_brackets_stay_whole() {
        let lines = wrap(
            "\u{53f7}\u{7801}\u{53ef}\u{80fd}\u{5370}\u{5728}\u{4e0a}\u{9762}\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}\u{3002}",
            20,
            Lang::ZhHans,
        );
        assert_eq!(
            lines,
            [
                "\u{53f7}\u{7801}\u{53ef}\u{80fd}\u{5370}\u{5728}\u{4e0a}\u{9762}",
                "\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}\u{3002}"
            ]
        );
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in [
            "",
            " ",
            "\n\n",
            "\u{1b}[31mred\u{7}",
            "a\u{301}\u{301}",
            "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} [1]",
            "[1]",
            "\u{3002}\u{3002}\u{3002}",
            "://",
        ] {
            for columns in 0..=30 {
                let lines = wrap(text, columns, Lang::ZhHans);
                assert!(!lines.is_empty());
                assert!(!lines.concat().contains('\u{1b}'));
            }
        }
        assert_eq!(wrap("a\n\nb", 10, Lang::En), ["a", "b"]);
        assert_eq!(wrap("a\n\t b", 10, Lang::En), ["a", "b"]);
        assert_eq!(wrap(&"\u{1100}".repeat(5), 4, Lang::Ko).len(), 3);
    }
}
