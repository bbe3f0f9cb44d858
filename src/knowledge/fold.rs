//! Names as people type them: width, case, kana and the marks between words make no difference.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The form in which names and words are compared.
///
/// Full width becomes half width, capitals small, katakana hiragana; blanks, dashes, dots and
/// other marks between letters go.
#[must_use]
pub fn fold(text: &str) -> String {
    settled(text, |c| c.is_alphanumeric() || c == '\u{30fc}')
}

/// The form in which running text is searched: like [`fold`], with marks kept.
#[must_use]
pub fn fold_text(text: &str) -> String {
    settled(text, |_| true)
}

/// The letters that are kept, in a form that does not change when it is folded again: letters
/// that became small, or between which marks went, may belong together anew.
fn settled(text: &str, is_kept: fn(char) -> bool) -> String {
    let folded: String = words(text).filter(|c| is_kept(*c)).collect();
    if folded.is_ascii() || is_nfkc_quick(folded.chars()) == IsNormalized::Yes {
        return folded;
    }
    words(&folded).filter(|c| is_kept(*c)).collect()
}

fn words(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().flat_map(char::to_lowercase).map(|c| match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_however_they_are_typed() {
        for (typed, folded) in [
            ("7-Eleven", "7eleven"),
            ("\u{ff11}\u{ff12}\u{ff21}", "12a"),
            (
                "\u{ff8c}\u{ff9f}\u{ff98}\u{ff8d}\u{ff9f}\u{ff72}\u{ff84}\u{ff9e}",
                "\u{3077}\u{308a}\u{307a}\u{3044}\u{3069}",
            ),
            (
                "\u{30b3}\u{30f3}\u{30d3}\u{30cb}",
                "\u{3053}\u{3093}\u{3073}\u{306b}",
            ),
            ("povo2.0", "povo20"),
            ("Y!mobile", "ymobile"),
            ("", ""),
            ("--", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        // A dotted capital i under another mark, a letter that has a mark only when small, and
        // Korean letters with a dash between.
        for typed in ["\u{130}\u{670}", "H\u{331}", "\u{1100}-\u{1161}"] {
            for fold in [fold, fold_text] {
                let folded = fold(typed);
                assert_eq!(fold(&folded), folded, "{typed}");
            }
        }
    }
}
