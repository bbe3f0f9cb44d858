//! Where plain text may be cut, known at sight.
//!
//! Nearly all of what is printed is made of letters whose columns add up and whose breaks hang
//! on two neighbours only. They are told apart here in one pass; the few places where the rules
//! look further are given to the segmenter, a few letters at a time, between two letters that
//! hide from each other what lies beyond them.

use crate::view::wrap::{Joint, SEGMENTER, Unit, WIDE, joint, short_bracket};

/// The columns of a text on one line whose letters each have columns of their own.
///
/// None for any other text: that has to be measured, and perhaps cleaned, as a whole.
pub(super) fn plain_columns(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_latin = |byte: u8| matches!(byte, b' '..=b'~');
    if bytes.iter().fold(true, |all, byte| all & is_latin(*byte)) {
        return Some(bytes.len());
    }
    let (mut columns, mut at) = (0, 0);
    while let Some(first) = bytes.get(at) {
        if is_latin(*first) {
            (columns, at) = (columns + 1, at + 1);
        } else if is_ideograph(&bytes[at..]) || text[at..].starts_with(is_plain_wide) {
            (columns, at) = (columns + WIDE.1, at + WIDE.0);
        } else {
            return None;
        }
    }
    Some(columns)
}

/// Whether a text starts with one of the usual ideographs, from U+4E00 on.
fn is_ideograph(text: &[u8]) -> bool {
    matches!(text, [0xe4, 0xb8..=0xbf, ..] | [0xe5..=0xe9, ..])
}

fn is_plain_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{3001}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ff01}'..='\u{ff5e}'
    )
}

/// What a letter of a plain text is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A Latin letter or a figure.
    Latin,
    /// A letter that is a word to itself.
    Wide,
    /// Never opens a line.
    Closing,
    /// Never ends a line.
    Opening,
    /// A Latin stop, after which a line may end if a blank follows.
    Stop,
    /// A Latin bracket that opens or closes, round or square.
    Open,
    Shut,
    /// A hyphen or an apostrophe inside a word.
    Link,
    Blank,
    /// Left to the segmenter.
    Other,
}

impl Class {
    fn of(letter: char) -> Class {
        match letter {
            ' ' => Class::Blank,
            'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Latin,
            ',' | '.' | ':' | ';' | '!' | '?' => Class::Stop,
            '(' | '[' => Class::Open,
            ')' | ']' => Class::Shut,
            '-' | '\'' => Class::Link,
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => Class::Wide,
            '\u{3001}' | '\u{3002}' | '\u{3005}' | '\u{30fb}' | '\u{30fc}' | '\u{ff0c}'
            | '\u{ff0e}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{300d}'
            | '\u{300f}' | '\u{ff09}' | '\u{3011}' => Class::Closing,
            '\u{300c}' | '\u{300e}' | '\u{ff08}' | '\u{3010}' => Class::Opening,
            '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => Class::of_kana(letter),
            _ => Class::Other,
        }
    }

    /// Small kana never open a line.
    fn of_kana(kana: char) -> Class {
        match kana {
            '\u{3041}' | '\u{3043}' | '\u{3045}' | '\u{3047}' | '\u{3049}' | '\u{3063}'
            | '\u{3083}' | '\u{3085}' | '\u{3087}' | '\u{308e}' | '\u{3095}' | '\u{3096}'
            | '\u{30a1}' | '\u{30a3}' | '\u{30a5}' | '\u{30a7}' | '\u{30a9}' | '\u{30c3}'
            | '\u{30e3}' | '\u{30e5}' | '\u{30e7}' | '\u{30ee}' | '\u{30f5}' | '\u{30f6}' => {
                Class::Closing
            }
            _ => Class::Wide,
        }
    }

    /// Whether what follows this letter does not hang on what stands before it.
    fn hides_the_past(self) -> bool {
        matches!(self, Class::Latin | Class::Wide)
    }
}

/// Whether a line may end between two letters, as far as the script is concerned; none where
/// that hangs on more than the two.
fn may_end(before: Class, blanks: usize, next: Class) -> Option<bool> {
    use Class::{Closing, Latin, Link, Open, Opening, Shut, Stop, Wide};
    let pair = (before, next);
    if blanks > 0 {
        let parts = matches!(
            pair,
            (Latin | Wide | Closing | Stop | Shut, Latin | Wide | Open)
                | (Latin | Wide | Closing | Shut, Opening)
        );
        return parts.then_some(true);
    }
    let stays = matches!(
        pair,
        (Latin | Wide | Shut, Closing | Stop | Shut)
            | (Closing, Closing)
            | (Opening, Latin | Wide | Opening)
            | (Open, Latin | Wide)
            | (Latin | Shut | Link, Latin)
            | (Latin, Link)
    );
    let parts = matches!(
        pair,
        (Latin | Shut, Wide | Opening)
            | (Wide | Closing, Latin | Wide | Opening)
            | (Wide | Closing | Shut, Open)
    );
    (stays || parts).then_some(parts)
}

/// Whether a letter may hold on to the next: a number to its unit, a word to a footnote mark.
fn can_hold(last: char, next: Class) -> bool {
    last.is_ascii_digit() || last == 'D' || next == Class::Open
}

/// The units of a plain text without a web address.
pub(super) fn plain_units(text: &str) -> Vec<Unit> {
    let mut cuts = Cuts::new(text);
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        at = cuts.pass(at, letter);
    }
    cuts.finish()
}

/// A pass over a plain text from left to right.
struct Cuts<'t> {
    text: &'t str,
    units: Vec<Unit>,
    /// The last letter but blanks, and what it is.
    before: Option<(char, Class)>,
    /// Blanks since then.
    blanks: usize,
    /// Columns so far.
    columns: usize,
    /// Where the open unit starts, and the columns up to there.
    start: usize,
    start_columns: usize,
    /// The last place where the script lets a line end.
    from: usize,
    /// Up to here the unit stays open.
    whole_until: usize,
    /// The last opening bracket.
    bracket: Option<usize>,
    /// The last letter that hides what stands before it.
    anchor: usize,
    /// Whether there are undecided places since then, and the last decided one.
    is_unclear: bool,
    decided: usize,
}

impl<'t> Cuts<'t> {
    fn new(text: &'t str) -> Cuts<'t> {
        Cuts {
            text,
            units: Vec::with_capacity(text.len() / 8 + 4),
            before: None,
            blanks: 0,
            columns: 0,
            start: 0,
            start_columns: 0,
            from: 0,
            whole_until: 0,
            bracket: None,
            anchor: 0,
            is_unclear: false,
            decided: 0,
        }
    }

    /// Passes a letter, and those like it that follow; says where the next one stands.
    fn pass(&mut self, at: usize, letter: char) -> usize {
        let class = Class::of(letter);
        if class == Class::Blank {
            self.blanks += 1;
            self.columns += 1;
            return at + 1;
        }
        self.decide(at, class);
        let end = at + letter.len_utf8();
        if class.hides_the_past() {
            if self.is_unclear {
                self.ask_segmenter(end);
            }
            (self.anchor, self.decided) = (at, at);
        } else if class == Class::Opening {
            self.bracket = Some(at);
        }
        self.before = Some((letter, class));
        self.blanks = 0;
        self.columns += if letter.is_ascii() { 1 } else { WIDE.1 };
        match class {
            Class::Latin => self.pass_word(end),
            Class::Wide => self.pass_row(end),
            _ => end,
        }
    }

    /// Passes the rest of a Latin word, inside of which no line ends.
    fn pass_word(&mut self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        let length = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        if length > 0 {
            let last = at + length - 1;
            (self.anchor, self.decided) = (last, last);
            self.before = Some((char::from(rest[length - 1]), Class::Latin));
            self.columns += length;
        }
        at + length
    }

    /// Passes ideographs in a row, between each of which a line may end, but for the last.
    fn pass_row(&mut self, at: usize) -> usize {
        let rest = self.text.as_bytes()[at..].chunks_exact(WIDE.0);
        let letters = rest.take_while(|letter| is_ideograph(letter)).count();
        let is_held = self.is_unclear || at < self.whole_until;
        if letters < 2 || is_held || self.bracket.is_some_and(|bracket| bracket >= self.from) {
            return at;
        }
        if !self.is_open(at, false) {
            return at;
        }
        self.push_known(at, true);
        let last = at + (letters - 1) * WIDE.0;
        self.columns += (letters - 1) * WIDE.1;
        self.push(Unit {
            start: at,
            end: last,
            width: (letters - 1) * WIDE.1,
            gap: 0,
            last: false,
            is_letters: true,
        });
        (self.start, self.start_columns, self.from) = (last, self.columns, last);
        (self.anchor, self.decided) = (last, last);
        self.columns += WIDE.1;
        last + WIDE.0
    }

    /// Ends a unit before a letter, where that is known at sight.
    fn decide(&mut self, at: usize, next: Class) {
        let Some((last, before)) = self.before else {
            self.is_unclear = next == Class::Other;
            return;
        };
        if self.is_unclear {
            return;
        }
        match may_end(before, self.blanks, next) {
            Some(true) if self.is_open(at, can_hold(last, next)) => {
                self.push_known(at, before == Class::Wide);
            }
            Some(_) => {}
            None => {
                self.is_unclear = true;
                return;
            }
        }
        self.decided = at;
    }

    /// Whether the wish to keep things together lets a unit end where its script does.
    ///
    /// Only some letters can hold on to the next.
    fn is_open(&mut self, at: usize, can_hold: bool) -> bool {
        if self.bracket.is_some_and(|bracket| bracket >= self.from) {
            let until = short_bracket(self.text, self.from, at);
            self.whole_until = self.whole_until.max(until);
        }
        self.from = at;
        if at < self.whole_until {
            return false;
        }
        if can_hold
            && let Joint::Closed(letters) = joint(&self.text[self.start..at], &self.text[at..])
        {
            self.whole_until = at + letters;
            return false;
        }
        true
    }

    /// Ends a unit whose columns have been counted.
    fn push_known(&mut self, at: usize, is_wide: bool) {
        let width = self.columns - self.start_columns - self.blanks;
        let is_letter = is_wide && width == 2;
        self.push(Unit {
            start: self.start,
            end: at - self.blanks,
            width,
            gap: self.blanks,
            last: false,
            is_letters: is_letter,
        });
        (self.start, self.start_columns) = (at, self.columns);
    }

    /// Adds a unit; letters in a row are one.
    fn push(&mut self, unit: Unit) {
        if unit.is_letters
            && let Some(above) = self.units.last_mut()
            && above.is_letters
            && above.gap == 0
        {
            above.end = unit.end;
            above.width += unit.width;
            above.gap = unit.gap;
        } else {
            self.units.push(unit);
        }
    }

    /// Ends units in the unclear stretch up to a place before which nothing hangs on the rest.
    fn ask_segmenter(&mut self, end: usize) {
        let anchor = self.anchor;
        let stretch = &self.text[anchor..end];
        for place in SEGMENTER.segment_str(stretch).skip(1) {
            let at = anchor + place;
            if at > self.decided && at < end && self.is_open(at, true) {
                self.push_measured(at);
            }
        }
        self.is_unclear = false;
    }

    fn push_measured(&mut self, at: usize) {
        let unit = Unit::new(self.text, self.start, at);
        self.start_columns += unit.width + unit.gap;
        self.start = at;
        self.units.push(unit);
    }

    fn finish(mut self) -> Vec<Unit> {
        let end = self.text.len();
        if self.is_unclear {
            self.ask_segmenter(end);
        }
        if self.start < end {
            let is_wide = matches!(self.before, Some((_, Class::Wide)));
            self.push_known(end, is_wide);
        }
        self.units
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

    use super::*;
    use crate::lang::Lang;
    use crate::view::wrap::prose_units;

    /// Every letter that counts as plain.
    fn plain_letters() -> Vec<char> {
        ('\0'..='\u{10ffff}')
            .filter(|letter| plain_columns(letter.encode_utf8(&mut [0; 4])).is_some())
            .collect()
    }

    /// Letters of every class, the frequent ones often.
    fn letter() -> impl Strategy<Value = char> {
        let often: Vec<char> = "aDG%bb2031  ,.:;!?()[]-/'\"+$\u{4e00}\u{65e5}\u{5143}\u{5929}\u{306f}\u{3063}\u{30ab}\u{30fc}\u{30fb}\u{3001}\u{3002}\u{ff0c}\u{ff1a}\u{ff08}\u{ff09}\u{300c}\u{300d}\u{301c}"
            .chars()
            .collect();
        let any = plain_letters();
        let any = (0..any.len()).prop_map(move |place| any[place]);
        prop_oneof![9 => prop::sample::select(often), 1 => any]
    }

    fn text() -> impl Strategy<Value = String> {
        let words = vec![
            "3-D Secure",
            "[1][12]",
            "3,000 ",
            "30 days",
            "7-Eleven",
            "20:00",
            "\u{5145}\u{503c}\u{5361}\u{73b0}\u{91d1}",
            "\u{ff08}\u{975e}\u{5b98}\u{65b9}\u{ff09}",
        ];
        let words = prop::sample::select(words).prop_map(str::to_owned);
        let piece = prop_oneof![1 => words, 6 => letter().prop_map(String::from)];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat().trim().to_owned())
    }

    /// Units with the letters of each row apart.
    fn apart(units: Vec<Unit>) -> Vec<Unit> {
        let parts = units.into_iter().flat_map(|unit| {
            let letters = if unit.is_letters { unit.width / 2 } else { 1 };
            (0..letters).map(move |place| {
                if !unit.is_letters {
                    return unit;
                }
                let is_last = place + 1 == letters;
                let start = unit.start + 3 * place;
                Unit {
                    start,
                    end: start + 3,
                    width: 2,
                    gap: if is_last { unit.gap } else { 0 },
                    is_letters: false,
                    ..unit
                }
            })
        });
        parts.collect()
    }

    #[test]
    fn plain_letters_have_their_columns() {
        for letter in plain_letters() {
            let text = letter.to_string();
            assert_eq!(plain_columns(&text), letter.width(), "{letter:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn columns_add_up(text in text()) {
            prop_assert_eq!(plain_columns(&text), Some(text.width()));
        }

        #[test]
        fn the_segmenter_cuts_alike(text in text()) {
            prop_assume!(!text.contains("://"));
            let known = apart(plain_units(&text));
            prop_assert_eq!(known, prose_units(&text, Lang::Ja), "{}", text);
        }
    }
}
