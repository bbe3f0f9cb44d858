//! What `check` found in a folder without faults.

use crate::knowledge::Report;
use crate::lang::Lang;
use crate::view::words::list;
use crate::words::Word;

/// The report as it is printed.
#[must_use]
pub fn report(report: &Report, lang: Lang) -> String {
    let lang = lang.written();
    let mut text = Word::CHECK_GOOD.with(
        lang,
        &[
            ("files", &report.files.to_string()),
            ("plans", &report.plans.to_string()),
            ("sources", &report.sources.to_string()),
        ],
    );
    text.push('\n');
    for (tag, count) in &report.languages {
        let n = count.to_string();
        let all = report.sentences.to_string();
        text.push_str(&format!(
            "  {}\n",
            Word::CHECK_LANG.with(lang, &[("lang", tag), ("n", &n), ("all", &all)])
        ));
    }
    if !report.gaps.is_empty() {
        let plans = list(lang, &report.gaps);
        text.push_str(&format!(
            "  {}\n",
            Word::CHECK_GAP.with(lang, &[("plans", &plans)])
        ));
    }
    if !report.old.is_empty() {
        let carriers = list(lang, &report.old);
        text.push_str(&format!(
            "  {}\n",
            Word::CHECK_OLD.with(lang, &[("carriers", &carriers)])
        ));
    }
    text
}
