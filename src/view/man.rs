//! The manual page of the program, and one of each command, in the reader's language.

use std::io::{self, Write};

use anyhow::{Result, anyhow};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use crate::fact::Day;
use crate::lang::Lang;
use crate::view::help::{described, examples, values_of};
use crate::view::words::list;
use crate::view::wrap::places;
use crate::words::Word;

/// What a manual page is made from.
pub struct Manual<'a> {
    pub lang: Lang,
    pub edition: Day,
    /// The words that a value such as `TYPE` can be, where they can be listed.
    pub values: &'a dyn Fn(&str) -> Vec<String>,
}

/// What writes a section, how the library heads it, and how we do.
type Section = (
    fn(&Man, &mut dyn Write) -> io::Result<()>,
    &'static str,
    Word,
);

const SECTIONS: [Section; 5] = [
    (
        |man, to| man.render_name_section(to),
        "NAME",
        Word::MAN_NAME,
    ),
    (
        |man, to| man.render_synopsis_section(to),
        "SYNOPSIS",
        Word::MAN_SYNOPSIS,
    ),
    (
        |man, to| man.render_description_section(to),
        "DESCRIPTION",
        Word::MAN_DESCRIPTION,
    ),
    (
        |man, to| man.render_subcommands_section(to),
        COMMANDS,
        Word::MAN_COMMANDS,
    ),
    (
        |man, to| man.render_options_section(to),
        "OPTIONS",
        Word::MAN_OPTIONS,
    ),
];

/// Words to be typed are not hyphenated, and lines not stretched.
const PLAIN: &str = ".nh\n.ad l\n";

/// Behind every flag of a command's own.
const LAST: usize = 900;

/// The section that only the page of the program has.
const COMMANDS: &str = "SUBCOMMANDS";

impl Manual<'_> {
    /// The page of a command, or of the program.
    ///
    /// # Errors
    /// A command there is none of, which `query` has refused before.
    pub fn of(&self, command: Option<&str>) -> Result<String> {
        let man = Man::new(self.command(command)?)
            .date(self.edition.to_string())
            .source(concat!("simguide ", env!("CARGO_PKG_VERSION")))
            .manual(self.word(Word::MAN_MANUAL));
        let mut page = written(|to| man.render_title(to))?;
        page.push_str(PLAIN);
        for (write, theirs, ours) in SECTIONS {
            if theirs == COMMANDS && command.is_some() {
                continue;
            }
            let section = written(|to| write(&man, to))?;
            let (_, body) = section
                .split_once(&format!(".SH {theirs}\n"))
                .ok_or_else(|| anyhow!("no section is headed {theirs}"))?;
            page.push_str(&format!(".SH \"{}\"\n{body}", self.word(ours)));
        }
        page.push_str(&self.rest(command).render());
        Ok(breakable(&page, self.lang.written()))
    }

    /// The command as the library wants it.
    fn command(&self, name: Option<&str>) -> Result<clap::Command> {
        let own = |command| self.with_values(command);
        let mut root = self.with_values(described(self.lang).mut_subcommands(own));
        root.build();
        let Some(name) = name else {
            return Ok(root);
        };
        let found = root.find_subcommand(name).cloned();
        found.ok_or_else(|| anyhow!("no command is called `{name}`"))
    }

    fn word(&self, word: Word) -> &'static str {
        word.text(self.lang)
    }

    /// A command whose flags name the words they take in their explanation.
    ///
    /// The library would head that list in English.
    fn with_values(&self, command: clap::Command) -> clap::Command {
        let name = command.get_name().to_owned();
        command.mut_args(|arg| {
            let arg = if arg.is_global_set() {
                arg.help_heading(self.word(Word::HELP_HEAD_GLOBAL))
                    .display_order(LAST)
            } else {
                arg
            };
            let values = values_of(&arg, &name, self.values);
            if values.is_empty() {
                return arg;
            }
            let what = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let values = list(self.lang.written(), &values);
            let blanks = [("what", what.as_str()), ("values", &values)];
            arg.help(Word::HELP_VALUES.with(self.lang, &blanks))
                .hide_possible_values(true)
        })
    }

    /// Examples, exit codes, variables, where to read on.
    fn rest(&self, command: Option<&str>) -> Roff {
        let mut roff = Roff::default();
        let mut section = |heading: Word, lines: Vec<Vec<Inline>>| {
            roff.control("SH", [heading.text(self.lang)]);
            for (at, line) in lines.into_iter().enumerate() {
                if at > 0 {
                    roff.control("PP", []);
                }
                roff.text(line);
            }
        };
        let shown = examples(command.unwrap_or("simguide"), self.lang)
            .into_iter()
            .map(|(typed, what)| vec![bold(typed), Inline::LineBreak, roman(what)])
            .collect();
        section(Word::MAN_EXAMPLES, shown);
        let note = |word: Word| vec![roman(self.word(word))];
        let mut notes = vec![note(Word::HELP_NOTE_NAMES), note(Word::HELP_NOTE_REPEAT)];
        if command.is_none() {
            notes.push(note(Word::HELP_NOTE_OFFLINE));
        }
        section(Word::MAN_NOTES, notes);
        section(Word::MAN_EXIT, vec![note(Word::HELP_NOTE_EXIT)]);
        section(Word::MAN_ENVIRONMENT, vec![note(Word::HELP_NOTE_VARIABLES)]);
        if command.is_some() {
            section(
                Word::MAN_SEE_ALSO,
                vec![vec![bold("simguide"), roman("(1)")]],
            );
        }
        roff
    }
}

/// The page with the places at which lines of Chinese and Japanese may end.
///
/// Not every system has the rules of these scripts at hand.
fn breakable(page: &str, lang: Lang) -> String {
    let mut marked = String::with_capacity(page.len() + page.len() / 8);
    for line in page.lines() {
        if line.is_ascii() || line.starts_with('.') {
            marked.push_str(line);
        } else {
            mark_places(&mut marked, line, lang);
        }
        marked.push('\n');
    }
    marked
}

/// Blanks are such places already; Latin words have their own rules.
fn mark_places(marked: &mut String, line: &str, lang: Lang) {
    let mut start = 0;
    for place in places(line, lang) {
        let (before, after) = line.split_at(place);
        let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
            continue;
        };
        if last != ' ' && !(last.is_ascii() && next.is_ascii()) {
            marked.push_str(&line[start..place]);
            marked.push_str("\\:");
            start = place;
        }
    }
    marked.push_str(&line[start..]);
}

/// What is written to a buffer.
fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<String> {
    let mut buffer = Vec::new();
    write(&mut buffer)?;
    Ok(String::from_utf8(buffer)?)
}
