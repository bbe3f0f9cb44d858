//! The way through: words typed, question meant, what we know, what is true, what is seen.

mod output;
mod page;

use std::ffi::OsString;
use std::path::Path;

use crate::answer::{Answer, Exit};
use crate::args::{self, Command, Format, Help};
use crate::knowledge::fault::Fault;
use crate::knowledge::{Knowledge, folder};
use crate::lang::Lang;
use crate::query::misread::{Misread, command_typed};
use crate::query::{Ask, NARROWEST, Query, Refusal, Settings, Surroundings, Task, WIDEST, names};
use crate::view::screens::nearest_language;
use crate::view::{View, data, help, man, refusal, report, schema, shell};
use crate::words::Word;

/// What is printed, and how the program ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    /// 0 answered, 1 nothing matches, 2 the question, the data or the machine failed.
    pub code: u8,
}

impl Outcome {
    fn said(stdout: String) -> Outcome {
        Outcome {
            stdout,
            ..Outcome::default()
        }
    }

    fn refused(stderr: String) -> Outcome {
        Outcome {
            stderr,
            code: 2,
            ..Outcome::default()
        }
    }
}

/// Runs what was typed; the first word is the program's name.
#[must_use]
pub fn run(typed: &[OsString]) -> Outcome {
    run_in(typed, &Surroundings::look())
}

/// Runs what was typed on a machine that is told.
#[must_use]
pub fn run_in(typed: &[OsString], around: &Surroundings) -> Outcome {
    let lang = lang_of(typed, around);
    let columns = columns_of(typed, around);
    let mut outcome = run_words(typed, lang, columns, around);
    if !outcome.stderr.is_empty() {
        if lang != lang.written() {
            outcome.stderr.push('\n');
            outcome.stderr.push_str(&nearest_language(lang));
        }
        outcome.stderr = refusal::fitted(&outcome.stderr, columns, lang.written());
    }
    outcome
}

fn run_words(typed: &[OsString], lang: Lang, columns: usize, around: &Surroundings) -> Outcome {
    let words: Vec<String> = typed
        .iter()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if let Some(asked) = args::help_typed(typed) {
        return helped(&words, asked, lang, columns);
    }
    let args = match args::read(typed) {
        Ok(args) => args,
        Err(error) => return not_read(&error, lang, &words, columns),
    };
    let settings = match Settings::decide(&args.global, around) {
        Ok(settings) => settings,
        Err(refused) => return Outcome::refused(refusal::question(&refused, lang, &words)),
    };
    let folder = match &args.command {
        Some(Command::Check(check)) => Some(&check.folder),
        _ => settings.data.as_ref(),
    };
    if let Some(refused) = folder.and_then(|folder| no_folder(folder, lang)) {
        return Outcome::refused(refusal::question(&refused, lang, &words));
    }
    let knowledge = match knowledge(&settings, settings.lang) {
        Ok(knowledge) => knowledge,
        Err(faults) => return Outcome::refused(refusal::faults(&faults, lang)),
    };
    match Task::new(args, &settings, &knowledge) {
        Ok(Task::Answer(query)) if writes_no_calendar(&query) => {
            let mut refused = Refusal::new(Word::REFUSE_ICS, "ics");
            refused.blanks.push(("example", "table".to_owned()));
            Outcome::refused(refusal::question(&refused, lang, &words))
        }
        Ok(task) => perform(task, &settings, &knowledge),
        Err(refused) => Outcome::refused(refusal::question(&refused, lang, &words)),
    }
}

/// What is known, in a language.
fn knowledge(settings: &Settings, lang: Lang) -> Result<Knowledge, Vec<Fault>> {
    match &settings.data {
        None => Ok(Knowledge::compiled(lang)),
        Some(folder) => Knowledge::with_folder(lang, folder, settings.today),
    }
}

/// Whether a calendar file is asked for where there are no dates.
fn writes_no_calendar(query: &Query) -> bool {
    query.format == Format::Ics && !matches!(query.ask, Ask::Expiry(_))
}

/// The language of help and errors, before the words are read.
fn lang_of(typed: &[OsString], around: &Surroundings) -> Lang {
    args::value_typed(typed, "--lang")
        .and_then(|tag| tag.parse().ok())
        .unwrap_or_else(|| around.lang())
}

/// The width of help and errors, before the words are read.
fn columns_of(typed: &[OsString], around: &Surroundings) -> usize {
    args::value_typed(typed, "--width")
        .and_then(|columns| names::number(&columns, "").ok())
        .unwrap_or_else(|| around.width())
        .clamp(NARROWEST, WIDEST)
}

fn helped(words: &[String], asked: Help, lang: Lang, columns: usize) -> Outcome {
    let command = command_typed(words);
    let knowledge = Knowledge::compiled(lang);
    let reader = help::Reader {
        asked,
        lang,
        columns,
        values: &|value| names::values(value, &knowledge),
    };
    let mut text = help::help(command.as_deref(), &reader);
    if lang != lang.written() {
        let note = refusal::fitted(&nearest_language(lang), columns, lang.written());
        text.push_str(&format!("\n{note}"));
    }
    Outcome::said(text)
}

/// Words that mean nothing; `help` as a word of its own is understood all the same.
fn not_read(error: &clap::Error, lang: Lang, words: &[String], columns: usize) -> Outcome {
    if words
        .iter()
        .find(|word| !word.starts_with('-'))
        .map(String::as_str)
        == Some("help")
    {
        return helped(words, Help::Complete, lang, columns);
    }
    let knowledge = Knowledge::compiled(lang);
    let misread = Misread {
        error,
        typed: words,
        find: names::Finder {
            knowledge: &knowledge,
        },
    };
    Outcome::refused(refusal::words_typed(&misread, lang))
}

/// Why a folder cannot be read at all.
fn no_folder(folder: &Path, lang: Lang) -> Option<Refusal> {
    let error = std::fs::read_dir(folder).err()?;
    let mut refused = Refusal::new(Word::REFUSE_FOLDER, &folder.to_string_lossy());
    refused
        .blanks
        .push(("why", refusal::why(&error, lang.written())));
    Some(refused)
}

fn perform(task: Task, settings: &Settings, knowledge: &Knowledge) -> Outcome {
    match task {
        Task::Answer(query) => answer(&query, settings, knowledge),
        Task::Version => Outcome::said(version(settings.lang, knowledge)),
        Task::Check(folder) => check(&folder, settings),
        Task::Schema(command) => Outcome::said(schema::schema(command.as_deref())),
        Task::Completions(shell) => {
            let values = |value: &str| names::completed(value, knowledge);
            shown(shell::completions(&shell, settings.lang, &values))
        }
        Task::Man(command) => {
            let values = |value: &str| names::values(value, knowledge);
            let page = man::Manual {
                lang: settings.lang,
                edition: knowledge.edition,
                values: &values,
            };
            shown(page.of(command.as_deref()))
        }
        Task::Page {
            plan,
            output,
            force,
            every_language,
        } => {
            let ask = page::PageAsk {
                plan,
                output,
                force,
                every_language,
            };
            page::page(&ask, settings, knowledge)
        }
    }
}

fn shown(made: anyhow::Result<String>) -> Outcome {
    match made {
        Ok(text) => Outcome::said(text),
        Err(error) => Outcome::refused(format!("simguide: {error:#}\n")),
    }
}

fn answer(query: &Query, settings: &Settings, knowledge: &Knowledge) -> Outcome {
    let answer = Answer::to(query, knowledge);
    if let Answer::Expiry(expiry) = &answer
        && let Some(wanting) = expiry.wanting()
    {
        return Outcome::refused(refusal::question(&wanting, settings.lang, &[]));
    }
    let view = View {
        lang: settings.lang,
        width: settings.width,
        height: settings.height,
        colour: settings.colour,
        ascii: settings.ascii,
        layout: settings.layout,
        format: query.format,
        edition: knowledge.edition,
        today: settings.today,
    };
    let code = match answer.exit() {
        Exit::Answered => 0,
        Exit::Nothing => 1,
    };
    let shown = view.show(&answer, &|| data::Asked::of(query));
    // The process ends now: giving every string back would cost a tenth of the run.
    std::mem::forget(answer);
    match shown {
        Ok(stdout) => Outcome {
            stdout,
            code,
            ..Outcome::default()
        },
        Err(error) => Outcome::refused(format!("simguide: {error:#}\n")),
    }
}

fn version(lang: Lang, knowledge: &Knowledge) -> String {
    let mut text = Word::VERSION.with(
        lang,
        &[
            ("version", env!("CARGO_PKG_VERSION")),
            ("day", &knowledge.edition.to_string()),
            ("plans", &knowledge.find("plan.all").count().to_string()),
            ("sources", &knowledge.sources().to_string()),
        ],
    );
    text.push('\n');
    text
}

/// Validates a folder of records, and tells what it lacks.
fn check(folder: &Path, settings: &Settings) -> Outcome {
    match folder::check(folder, settings.today) {
        Ok(found) => Outcome::said(report::report(&found, settings.lang, settings.width)),
        Err(faults) => Outcome::refused(refusal::faults(&faults, settings.lang)),
    }
}

/// That the answer could not be written.
#[must_use]
pub fn not_written(typed: &[OsString], error: &std::io::Error) -> String {
    let lang = lang_of(typed, &Surroundings::look());
    format!(
        "simguide: {}\n",
        Word::OUT_FAILED.with(lang, &[("why", &refusal::why(error, lang.written()))])
    )
}
