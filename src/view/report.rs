//! What `check` found in a folder without faults.

use crate::knowledge::folder::Report;
use crate::lang::Lang;
use crate::view::words::list;
use crate::view::wrap::wrap;
use crate::words::Word;

/// How far the lines under the first stand in.
const INDENT: usize = 2;

/// The report as it is printed, in lines of this width.
#[must_use]
pub fn report(report: &Report, lang: Lang, width: usize) -> String {
    let lang = lang.written();
    let number = |n: usize| n.to_string();
    let good = Word::CHECK_GOOD.with(
        lang,
        &[
            ("files", &number(report.files)),
            ("plans", &number(report.plans)),
            ("sources", &number(report.sources)),
        ],
    );
    let mut lines = wrap(&good, width, lang);
    let mut tell = |sentence: String| {
        for line in wrap(&sentence, width.saturating_sub(INDENT), lang) {
            lines.push(format!("{:INDENT$}{line}", ""));
        }
    };
    for (tag, count) in &report.languages {
        let blanks = [
            ("lang", *tag),
            ("n", &number(*count)),
            ("all", &number(report.sentences)),
        ];
        tell(Word::CHECK_LANG.with(lang, &blanks));
    }
    if !report.gaps.is_empty() {
        let plans = list(lang, &report.gaps);
        tell(Word::CHECK_GAP.with(lang, &[("plans", &plans)]));
    }
    if !report.old.is_empty() {
        let carriers: Vec<String> = report.old.iter().map(|old| aged(old, lang)).collect();
        let carriers = list(lang, &carriers);
        tell(Word::CHECK_OLD.with(lang, &[("carriers", &carriers)]));
    }
    lines.join("\n") + "\n"
}

/// A carrier, with the day of its newest source where a page gives one.
fn aged((carrier, newest): &(smol_str::SmolStr, Option<crate::fact::Day>), lang: Lang) -> String {
    match (newest, lang) {
        (None, _) => carrier.to_string(),
        (Some(day), Lang::ZhHans | Lang::ZhHant | Lang::Ja) => {
            format!("{carrier}\u{ff08}{day}\u{ff09}")
        }
        (Some(day), Lang::En | Lang::Ko | Lang::Vi) => format!("{carrier} ({day})"),
    }
}
