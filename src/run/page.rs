//! `simguide page`: the guide as one file, to stdout or to the place the reader names.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::output::{self, Existing, Unwritten};
use super::{Outcome, knowledge};
use crate::answer::Desk;
use crate::answer::book::Book;
use crate::args::Format;
use crate::knowledge::Knowledge;
use crate::lang::Lang;
use crate::query::Settings;
use crate::view::html::{self, Leaf};
use crate::view::{View, refusal, wrap};
use crate::words::Word;

/// What was asked of `page`.
pub(super) struct PageAsk {
    pub plan: Option<SmolStr>,
    pub output: Option<PathBuf>,
    pub force: bool,
    pub every_language: bool,
}

pub(super) fn page(ask: &PageAsk, settings: &Settings, own: &Knowledge) -> Outcome {
    let leaves = match leaves(ask, settings, own) {
        Ok(leaves) => leaves,
        Err(refused) => return refused,
    };
    let page = match html::page(&leaves) {
        Ok(page) => page,
        Err(error) => return Outcome::refused(format!("simguide: {error:#}\n")),
    };
    match &ask.output {
        None => Outcome::said(page),
        Some(file) => keep(file, &page, ask, settings),
    }
}

/// The guide in the languages asked for.
fn leaves(ask: &PageAsk, settings: &Settings, own: &Knowledge) -> Result<Vec<Leaf>, Outcome> {
    if !ask.every_language {
        return Ok(vec![leaf(ask, settings, settings.lang, own)]);
    }
    html::all_languages(settings.lang)
        .into_iter()
        .map(|lang| {
            knowledge(settings, lang)
                .map(|knowledge| leaf(ask, settings, lang, &knowledge))
                .map_err(|faults| Outcome::refused(refusal::faults(&faults, settings.lang)))
        })
        .collect()
}

fn leaf(ask: &PageAsk, settings: &Settings, lang: Lang, knowledge: &Knowledge) -> Leaf {
    // The same records give the same page: its age is counted to the edition, not to today.
    let today = knowledge.edition;
    let desk = Desk::new(knowledge, lang, today);
    Leaf {
        view: View {
            lang,
            width: settings.width,
            height: None,
            colour: false,
            ascii: false,
            layout: settings.layout,
            format: Format::Markdown,
            edition: knowledge.edition,
            today,
        },
        book: match &ask.plan {
            Some(plan) => Book::of_plan(&desk, plan),
            None => Book::whole(&desk),
        },
    }
}

/// Writes the file and tells where it is and how it gets onto a phone.
fn keep(file: &Path, page: &str, ask: &PageAsk, settings: &Settings) -> Outcome {
    let lang = settings.lang.written();
    let existing = if ask.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let name = refusal::safe(&file.to_string_lossy());
    let cannot = |why: &str| {
        let text = Word::CANNOT_WRITE.with(lang, &[("file", &name), ("why", why)]);
        Outcome::refused(format!("simguide: {text}\n"))
    };
    match output::write(file, page, existing) {
        Ok(place) => {
            let place: String = place
                .to_string_lossy()
                .chars()
                .map(|c| {
                    if crate::knowledge::door::refused(c) {
                        '\u{fffd}'
                    } else {
                        c
                    }
                })
                .collect();
            let text = Word::PAGE_WRITTEN.with(lang, &[("file", &place)]);
            let mut lines = wrap::wrap(&text, settings.width, lang).join("\n");
            lines.push('\n');
            Outcome::said(lines)
        }
        Err(Unwritten::Exists) => {
            let text = Word::FILE_EXISTS.with(lang, &[("file", &name)]);
            Outcome::refused(format!("simguide: {text}\n"))
        }
        Err(Unwritten::NoFile(why)) => cannot(why.text(lang)),
        Err(Unwritten::Failed(error)) => cannot(&refusal::why(&error, lang)),
    }
}
