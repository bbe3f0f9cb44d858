//! Help in the reader's language: the wording is in `data/words.yaml`.

use std::mem::ManuallyDrop;

use clap::CommandFactory;

use crate::args::{self, Args, GROUPS, Help};
use crate::lang::Lang;
use crate::view::words::list;
use crate::view::wrap::{Measured, width, wrap};
use crate::words::Word;

/// Who reads the help, and how much of it.
pub struct Reader<'a> {
    pub asked: Help,
    pub lang: Lang,
    pub columns: usize,
    /// The words that a value such as `TYPE` can be, where they can be listed.
    pub values: &'a dyn Fn(&str) -> Vec<String>,
}

/// The one command that writes a calendar file.
const CALENDAR: &str = "expiry";
/// Columns that a text needs beside its label.
const BESIDE: usize = 24;
/// The most examples of a command.
const MOST_EXAMPLES: usize = 4;
/// What is good to know of the whole program.
const NOTES: [&str; 5] = ["names", "repeat", "exit", "variables", "offline"];

/// The help of the program, or of one command.
#[must_use]
pub fn help(command: Option<&str>, reader: &Reader) -> String {
    // As in `run`: the process ends soon.
    let root = ManuallyDrop::new(match command {
        Some(_) => Args::command(),
        None => args::program(),
    });
    let mut sheet = Sheet {
        reader,
        lang: reader.lang.written(),
        out: String::new(),
    };
    match (
        command.and_then(|name| root.find_subcommand(name)),
        reader.asked,
    ) {
        (None, Help::Short) => sheet.program_short(),
        (None, Help::Complete) => sheet.program(&root),
        (Some(command), Help::Short) => sheet.command_short(command),
        (Some(command), Help::Complete) => sheet.command(command, &root),
    }
    sheet.out
}

/// The examples of a command, or of the program: what is typed, and what it is for.
#[must_use]
pub fn examples(name: &str, lang: Lang) -> Vec<(String, String)> {
    (1..=MOST_EXAMPLES)
        .filter_map(|n| Word::find(&format!("help-example-{name}-{n}")))
        .filter_map(|word| word.text(lang.written()).split_once([':', '\u{ff1a}']))
        .map(|(typed, what)| (typed.to_owned(), what.trim_start().to_owned()))
        .collect()
}

/// The help being written.
struct Sheet<'a> {
    reader: &'a Reader<'a>,
    lang: Lang,
    out: String,
}

/// Rows of what to type and what it is for.
type Rows = Vec<(String, String)>;

impl Sheet<'_> {
    /// A screen: examples, then the commands.
    fn program_short(&mut self) {
        self.rows(&examples("simguide", self.lang));
        self.gap();
        let mut rows: Rows = Vec::new();
        let groups = GROUPS.map(|(group, _)| self.word(&format!("help-group-{group}")));
        let widest = groups.iter().map(|group| width(group)).max().unwrap_or(0);
        let names = GROUPS.iter().flat_map(|(_, names)| *names);
        let name = names.map(|name| width(name)).max().unwrap_or(0);
        let grouped = self.reader.columns >= widest + 2 + name + 4 + BESIDE;
        for (group, (_, names)) in groups.iter().zip(GROUPS) {
            for (at, name) in names.iter().enumerate() {
                let group = if at == 0 { group } else { "" };
                let label = if grouped {
                    let pad = " ".repeat(widest - width(group) + 2);
                    format!("{group}{pad}{name}")
                } else {
                    (*name).to_owned()
                };
                rows.push((label, self.word(&format!("help-{name}")).to_owned()));
            }
        }
        self.rows(&rows);
        self.gap();
        self.paragraph(self.word("help-more"));
    }

    fn program(&mut self, root: &clap::Command) {
        self.paragraph(self.word("help-simguide"));
        self.examples("simguide");
        let usage = format!(
            "simguide {} [{}]",
            self.word("help-word-command"),
            self.word("help-word-flags")
        );
        self.heading("help-head-usage");
        self.rows(&[(usage, String::new())]);
        for (group, names) in GROUPS {
            self.heading(&format!("help-group-{group}"));
            let rows: Rows = names
                .iter()
                .map(|name| {
                    let what = self.word(&format!("help-{name}"));
                    ((*name).to_owned(), what.to_owned())
                })
                .collect();
            self.rows(&rows);
        }
        self.heading("help-head-global");
        let rows = self.flags(root, Help::Complete);
        self.rows(&rows);
        self.notes(&NOTES);
    }

    /// A screen of one command: examples, then its flags.
    fn command_short(&mut self, command: &clap::Command) {
        let name = command.get_name();
        self.title(name);
        self.gap();
        self.rows(&examples(name, self.lang));
        self.gap();
        let usage = self.usage(command);
        self.paragraph(&self.joined(self.word("help-head-usage"), &usage));
        let rows = self.flags(command, Help::Short);
        if !rows.is_empty() {
            self.gap();
            self.rows(&rows);
        }
        self.gap();
        let all = format!("simguide {name} --help");
        let all = Word::HELP_ALL.with(self.lang, &[("command", &all)]);
        self.paragraph(&all);
    }

    fn command(&mut self, command: &clap::Command, root: &clap::Command) {
        let name = command.get_name();
        self.title(name);
        let more = self.word(&format!("help-{name}-more"));
        if !more.is_empty() {
            self.gap();
            self.paragraph(more);
        }
        self.examples(name);
        self.heading("help-head-usage");
        let usage = self.usage(command);
        self.rows(&[(usage, String::new())]);
        let rows = self.flags(command, Help::Complete);
        if !rows.is_empty() {
            self.heading("help-head-flags");
            self.rows(&rows);
        }
        self.heading("help-head-global");
        let every = |arg: &&clap::Arg| arg.is_global_set();
        let rows = self.rows_of(root.get_arguments().filter(every), root, Help::Complete);
        self.rows(&rows);
        if command.get_opts().any(is_repeated) {
            self.notes(&NOTES[..2]);
        }
    }

    fn title(&mut self, name: &str) {
        let what = self.word(&format!("help-{name}"));
        let title = self.joined(&format!("simguide {name}"), what);
        self.paragraph(&title);
    }

    fn examples(&mut self, name: &str) {
        self.heading("help-head-examples");
        self.rows(&examples(name, self.lang));
    }

    fn notes(&mut self, names: &[&str]) {
        self.heading("help-head-notes");
        for name in names {
            let note = self.word(&format!("help-note-{name}"));
            let lines = wrap(note, self.reader.columns.saturating_sub(4), self.lang);
            for (at, line) in lines.iter().enumerate() {
                let lead = if at == 0 { "  - " } else { "    " };
                self.out.push_str(&format!("{lead}{line}\n"));
            }
        }
    }

    /// How a command is typed: what must stand in capitals, what may in brackets.
    fn usage(&self, command: &clap::Command) -> String {
        let mut usage = format!("simguide {}", command.get_name());
        for arg in command.get_positionals() {
            let value = value_name(arg).unwrap_or_default();
            let many = if is_repeated(arg) { "..." } else { "" };
            if arg.is_required_set() {
                usage.push_str(&format!(" {value}{many}"));
            } else {
                usage.push_str(&format!(" [{value}{many}]"));
            }
        }
        if command.get_opts().next().is_some() {
            usage.push_str(&format!(" [{}]", self.word("help-word-flags")));
        }
        usage
    }

    /// The flags and values of a command with what they are for.
    fn flags(&self, command: &clap::Command, asked: Help) -> Rows {
        self.rows_of(command.get_arguments(), command, asked)
    }

    fn rows_of<'c>(
        &self,
        args: impl Iterator<Item = &'c clap::Arg>,
        command: &clap::Command,
        asked: Help,
    ) -> Rows {
        args.map(|arg| {
            let mut text = explained(command, arg, self.lang).to_owned();
            if asked == Help::Complete {
                let values = values_of(arg, command.get_name(), self.reader.values);
                if !values.is_empty() {
                    text = self.joined(&text, &list(self.lang, &values));
                }
            }
            (label(arg), text)
        })
        .collect()
    }

    fn word(&self, key: &str) -> &'static str {
        word(key, self.lang)
    }

    fn joined(&self, what: &str, values: &str) -> String {
        Word::HELP_VALUES.with(self.lang, &[("what", what), ("values", values)])
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }

    fn heading(&mut self, key: &str) {
        self.gap();
        self.paragraph(self.word(key));
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrap(text, self.reader.columns, self.lang) {
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    /// Two columns: what to type, and what it is for; one below the other where that is too wide.
    fn rows(&mut self, rows: &[(String, String)]) {
        let columns = self.reader.columns;
        let widest = rows.iter().map(|(label, _)| width(label)).max();
        let hang = widest.unwrap_or(0) + 4;
        let beside = columns >= hang + BESIDE;
        for (label, what) in rows {
            if beside {
                let lines = wrap(what, columns - hang, self.lang);
                let pad = " ".repeat(hang - 2 - width(label));
                for (at, line) in lines.iter().enumerate() {
                    let row = if at == 0 {
                        format!("  {label}{pad}{line}")
                    } else {
                        format!("{}{line}", " ".repeat(hang))
                    };
                    self.out.push_str(row.trim_end());
                    self.out.push('\n');
                }
            } else {
                self.typed(label);
                if what.is_empty() {
                    continue;
                }
                for line in wrap(what, columns.saturating_sub(6), self.lang) {
                    self.out.push_str(format!("      {line}").trim_end());
                    self.out.push('\n');
                }
            }
        }
    }

    /// What is typed, broken at blanks only.
    fn typed(&mut self, label: &str) {
        let columns = self.reader.columns;
        let measured = Measured::words(label, self.lang);
        let lines = measured.fill(columns - 2, columns.saturating_sub(4));
        for (at, line) in lines.iter().enumerate() {
            let indent = if at == 0 { "  " } else { "    " };
            self.out.push_str(&format!("{indent}{}\n", line.text));
        }
    }
}

/// What the value of a flag can be, where that can be listed.
#[must_use]
pub fn values_of(
    arg: &clap::Arg,
    command: &str,
    values: &dyn Fn(&str) -> Vec<String>,
) -> Vec<String> {
    if !arg.get_action().takes_values() {
        return Vec::new();
    }
    let mut own: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    if own.is_empty() {
        return value_name(arg).map(values).unwrap_or_default();
    }
    if command != CALENDAR {
        own.retain(|value| value != "ics");
    }
    own
}

fn word(key: &str, lang: Lang) -> &'static str {
    Word::find(key).map_or("", |word| word.text(lang))
}

/// The name of a value: `PLAN`.
#[must_use]
pub fn value_name(arg: &clap::Arg) -> Option<&str> {
    arg.get_value_names()
        .and_then(|names| names.first())
        .map(clap::builder::Str::as_str)
}

/// Whether a flag or word may be given more than once.
fn is_repeated(arg: &clap::Arg) -> bool {
    matches!(arg.get_action(), clap::ArgAction::Append)
}

/// `-h, --help`, `--lang LANG`, `PLAN`.
fn label(arg: &clap::Arg) -> String {
    let value = value_name(arg).filter(|_| arg.get_action().takes_values());
    let flag = match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), None) => format!("-{short}"),
        (None, None) => return value.unwrap_or_default().to_owned(),
    };
    match value {
        Some(value) => format!("{flag} {value}"),
        None => flag,
    }
}

/// The end of the keys that explain a flag or value: `topped-up`, `plan`.
fn key_of(arg: &clap::Arg) -> String {
    arg.get_long().map_or_else(
        || value_name(arg).unwrap_or_default().to_lowercase(),
        str::to_owned,
    )
}

/// What a flag is for: what this command says of it, else what all say.
#[must_use]
pub fn explained(command: &clap::Command, arg: &clap::Arg, lang: Lang) -> &'static str {
    let key = key_of(arg);
    let own = Word::find(&format!("help-{}-{key}", command.get_name()));
    own.or_else(|| Word::find(&format!("help-flag-{key}")))
        .map_or("", |word| word.text(lang.written()))
}

/// The commands and flags with what they are for, for pages and scripts made from them.
#[must_use]
pub fn described(lang: Lang) -> clap::Command {
    let lang = lang.written();
    let root = Args::command()
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            let about = word(&format!("help-{name}"), lang);
            let more = Word::find(&format!("help-{name}-more"));
            let long = more.map_or(about, |more| more.text(lang));
            with_explanations(command.about(about).long_about(long), lang)
        })
        .about(word("help-simguide", lang))
        .subcommand_value_name(word("help-word-command", lang));
    with_explanations(root, lang)
}

fn with_explanations(command: clap::Command, lang: Lang) -> clap::Command {
    let known = command.clone();
    command.mut_args(|arg| {
        let text = explained(&known, &arg, lang);
        arg.help(text)
    })
}

/// The keys of `words.yaml` that the help of every command and flag needs.
#[must_use]
pub fn keys_needed() -> Vec<String> {
    let root = Args::command();
    let mut keys: Vec<String> = [
        "help-simguide",
        "help-more",
        "help-head-examples",
        "help-head-usage",
        "help-head-flags",
        "help-head-global",
        "help-head-notes",
        "help-word-command",
        "help-word-flags",
    ]
    .map(str::to_owned)
    .to_vec();
    keys.extend(NOTES.map(|note| format!("help-note-{note}")));
    for (group, commands) in GROUPS {
        keys.push(format!("help-group-{group}"));
        keys.extend(commands.iter().map(|name| format!("help-{name}")));
    }
    for command in root.get_subcommands().chain([&root]) {
        let name = command.get_name();
        keys.push(format!("help-example-{name}-1"));
        for arg in command.get_arguments() {
            let key = key_of(arg);
            if Word::find(&format!("help-{name}-{key}")).is_none() {
                keys.push(format!("help-flag-{key}"));
            }
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::WRITTEN;

    fn shown(command: Option<&str>, asked: Help, lang: Lang, columns: usize) -> String {
        let reader = Reader {
            asked,
            lang,
            columns,
            values: &|value| vec![value.to_lowercase()],
        };
        help(command, &reader)
    }

    fn commands() -> impl Iterator<Item = &'static str> {
        GROUPS.iter().flat_map(|(_, names)| *names).copied()
    }

    #[test]
    fn no_word_of_the_help_is_missing() {
        let missing: Vec<String> = keys_needed()
            .into_iter()
            .filter(|key| Word::find(key).is_none())
            .collect();
        assert!(missing.is_empty(), "words.yaml lacks {missing:#?}");
    }

    #[test]
    fn no_word_of_the_help_is_left_over() {
        let root = Args::command();
        let needed = keys_needed();
        let known = |key: &str| {
            let of_command = |command: &clap::Command| {
                let name = command.get_name();
                key == format!("help-{name}-more")
                    || (1..=MOST_EXAMPLES).any(|n| key == format!("help-example-{name}-{n}"))
                    || command
                        .get_arguments()
                        .any(|arg| key == format!("help-{name}-{}", key_of(arg)))
            };
            needed.iter().any(|needed| needed == key)
                || matches!(key, "help-all" | "help-values")
                || root.get_subcommands().chain([&root]).any(of_command)
        };
        let left: Vec<String> = crate::words::all()
            .into_keys()
            .filter(|key| key.starts_with("help-") && !known(key))
            .collect();
        assert!(left.is_empty(), "no help uses {left:#?}");
    }

    #[test]
    fn the_short_help_fits_a_screen_and_begins_with_three_examples() {
        for lang in WRITTEN {
            let text = shown(None, Help::Short, lang, 80);
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines.len() < 24, "{lang}: {} lines\n{text}", lines.len());
            for line in &lines[..3] {
                assert!(line.starts_with("  simguide "), "{lang}: {line}");
            }
            for command in commands() {
                let text = shown(Some(command), Help::Short, lang, 80);
                let count = text.lines().count();
                assert!(count < 24, "{lang} {command}: {count} lines\n{text}");
            }
        }
    }

    #[test]
    fn the_complete_help_names_every_flag() {
        let root = Args::command();
        for lang in WRITTEN {
            for command in root.get_subcommands() {
                let text = shown(Some(command.get_name()), Help::Complete, lang, 80);
                let every = root.get_arguments().filter(|arg| arg.is_global_set());
                for arg in command.get_arguments().chain(every) {
                    assert!(text.contains(&label(arg)), "{lang}: {}\n{text}", label(arg));
                }
            }
        }
    }

    #[test]
    fn no_line_of_the_help_is_too_wide() {
        for lang in WRITTEN {
            for asked in [Help::Short, Help::Complete] {
                for columns in [24, 30, 40, 60, 80, 120, 200] {
                    for command in commands().map(Some).chain([None]) {
                        let text = shown(command, asked, lang, columns);
                        for line in text.lines() {
                            assert!(
                                width(line) <= columns,
                                "{lang} {columns} {command:?}: {line}"
                            );
                        }
                    }
                }
            }
        }
    }
}
