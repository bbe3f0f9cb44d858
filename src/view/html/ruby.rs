//! Readings over the characters they belong to, and where a Japanese sentence may break.

/// A stretch of Japanese with its reading; none where it is read as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub base: &'a str,
    pub reading: Option<&'a str>,
}

/// The sentence in pieces, each with its own part of the reading.
///
/// None where the reading fits in more than one way, or in none.
pub(super) fn align<'a>(ja: &'a str, kana: &'a str) -> Option<Vec<Piece<'a>>> {
    let runs = runs(ja);
    let starts: Vec<usize> = kana
        .char_indices()
        .map(|(at, _)| at)
        .chain([kana.len()])
        .collect();
    let fits = fits(&runs, kana, &starts);
    if fits[0][0] != 1 {
        return None;
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for (index, run) in runs.iter().enumerate() {
        let next =
            |to: &usize| fits[index + 1][*to] == 1 && run.reads(&kana[starts[at]..starts[*to]]);
        let to = (at..starts.len()).find(next)?;
        let reading = &kana[starts[at]..starts[to]];
        pieces.push(Piece {
            base: run.text,
            reading: run.unread.then_some(reading),
        });
        at = to;
    }
    Some(pieces)
}

/// A stretch that is read as written, or one whose reading must be told.
struct Run<'a> {
    text: &'a str,
    unread: bool,
}

impl Run<'_> {
    fn reads(&self, kana: &str) -> bool {
        if self.unread {
            !kana.is_empty()
        } else {
            kana == self.text
        }
    }
}

/// In how many ways, up to 2, the runs from each one on read the kana from each place on.
fn fits(runs: &[Run], kana: &str, starts: &[usize]) -> Vec<Vec<u8>> {
    let places = starts.len();
    let mut fits = vec![vec![0_u8; places]; runs.len() + 1];
    fits[runs.len()][places - 1] = 1;
    for (index, run) in runs.iter().enumerate().rev() {
        for from in 0..places {
            let ways: usize = (from..places)
                .filter(|to| run.reads(&kana[starts[from]..starts[*to]]))
                .map(|to| usize::from(fits[index + 1][to]))
                .sum();
            fits[index][from] = if ways > 1 { 2 } else { u8::from(ways == 1) };
        }
    }
    fits
}

fn runs(ja: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut chars = ja.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let last = chars
            .peek()
            .is_none_or(|(_, next)| is_unread(*next) != is_unread(c));
        if last {
            runs.push(Run {
                text: &ja[start..end],
                unread: is_unread(c),
            });
            start = end;
        }
    }
    runs
}

/// Hiragana or katakana.
pub(super) fn is_kana(c: char) -> bool {
    is_hiragana(c) || is_katakana(c)
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}')
}

/// Kanji with the marks that repeat or count them.
pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3005}' | '\u{30f6}')
}

/// Kanji, figures and Latin letters: what kana does not spell.
fn is_unread(c: char) -> bool {
    is_kanji(c) || c.is_ascii_alphanumeric() || matches!(c, ',' | '-')
}

/// Marks that close: a sentence may break behind them.
fn closes(c: char) -> bool {
    matches!(c, '\u{3001}' | '\u{3002}' | '\u{300d}' | '\u{ff1f}' | ' ')
}

/// Particles of one kana, behind which a phrase ends.
const PARTICLES: [char; 10] = [
    '\u{306f}', '\u{304c}', '\u{3092}', '\u{306b}', '\u{3067}', '\u{3068}', '\u{3082}', '\u{306e}',
    '\u{3078}', '\u{3084}',
];

/// The polite prefixes, which belong to what follows.
const PREFIXES: [char; 2] = ['\u{304a}', '\u{3054}'];

/// Whether a phrase may end between what was read so far and what follows.
///
/// Behind punctuation, and where hiragana meets kanji, katakana, letters or figures; a prefix
/// stays with what follows, and a single kana that ends a word stays with it.
pub(super) fn breaks(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if closes(next) {
        return false;
    }
    if closes(last) {
        return true;
    }
    let run = before.chars().rev().take_while(|c| is_hiragana(*c)).count();
    let mut following = after.chars();
    let prefix = following.next().is_some_and(|c| PREFIXES.contains(&c))
        && following
            .next()
            .is_some_and(|c| is_kanji(c) || is_katakana(c));
    if prefix {
        return run > 0;
    }
    if !is_hiragana(last) || is_hiragana(next) || PREFIXES.contains(&last) {
        return false;
    }
    run > 1 || PARTICLES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence with a stroke where it may break.
    fn broken(sentence: &str) -> String {
        let mut shown = String::new();
        for (at, c) in sentence.char_indices() {
            if breaks(&sentence[..at], &sentence[at..]) {
                shown.push('|');
            }
            shown.push(c);
        }
        shown
    }

    #[test]
    fn readings_stand_over_their_kanji() {
        // "shiharai o onegai shimasu"
        let ja = "\u{652f}\u{6255}\u{3044}\u{3092}\u{304a}\u{9858}\u{3044}";
        let kana = "\u{3057}\u{306f}\u{3089}\u{3044}\u{3092}\u{304a}\u{306d}\u{304c}\u{3044}";
        let pieces = align(ja, kana).expect("one way");
        let readings: Vec<_> = pieces.iter().filter_map(|piece| piece.reading).collect();
        assert_eq!(readings, ["\u{3057}\u{306f}\u{3089}", "\u{306d}\u{304c}"]);
        let whole: String = pieces.iter().map(|piece| piece.base).collect();
        assert_eq!(whole, ja);
    }

    #[test]
    fn a_reading_that_fits_twice_or_never_is_not_split() {
        // "ni" is both a particle and a part of "nikan"
        let ja = "\u{9593}\u{306b}\u{9593}";
        let twice = "\u{306b}\u{306b}\u{306b}\u{306b}";
        assert_eq!(align(ja, twice), None);
        assert_eq!(align("\u{304b}", "\u{304d}"), None);
        assert_eq!(align("", ""), Some(Vec::new()));
    }

    #[test]
    fn sentences_break_between_phrases_only() {
        // "haraikomi-hyo o | o-negai shimasu. | yomitoremasen"
        assert_eq!(
            broken(
                "\u{6255}\u{8fbc}\u{7968}\u{3092}\u{304a}\u{9858}\u{3044}\u{3057}\u{307e}\u{3059}\u{3002}\u{8aad}\u{307f}\u{53d6}\u{308c}"
            ),
            "\u{6255}\u{8fbc}\u{7968}\u{3092}|\u{304a}\u{9858}\u{3044}\u{3057}\u{307e}\u{3059}\u{3002}|\u{8aad}\u{307f}\u{53d6}\u{308c}"
        );
    }
}
