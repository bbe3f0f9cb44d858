//! Verdicts, told by word and shape: they survive grey print.

use std::fmt;

use crate::answer::Verdict;
use crate::lang::Lang;
use crate::words::Word;

/// A verdict in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chip {
    class: &'static str,
    word: &'static str,
}

impl Chip {
    pub(super) fn of(lang: Lang, verdict: Verdict) -> Chip {
        let (class, word) = match verdict {
            Verdict::Yes => ("y", Word::VERDICT_YES),
            Verdict::Partly => ("p", Word::VERDICT_PARTLY),
            Verdict::Unknown => ("u", Word::VERDICT_UNKNOWN),
            Verdict::No => ("x", Word::VERDICT_NO),
        };
        Chip {
            class,
            word: word.text(lang),
        }
    }
}

impl fmt::Display for Chip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Chip { class, word } = self;
        write!(f, "<span class=\"v {class}\">{word}</span>")
    }
}

impl askama::filters::HtmlSafe for Chip {}
