//! Help in the reader's language: the wording is in `data/words.yaml`.

use clap::CommandFactory;

use crate::args::{Args, GROUPS};
use crate::lang::Lang;
use crate::view::wrap::{width, wrap};
use crate::words::Word;

/// Examples that `-h` begins with.
const EXAMPLES: [&str; 3] = [
    "simguide renew --plan povo2",
    "simguide renew --type prepaid --channel konbini",
    "simguide restore au",
];

/// The help of the program, or of one command.
#[must_use]
pub fn help(command: Option<&str>, lang: Lang, columns: usize) -> String {
    let lang = lang.written();
    let root = Args::command();
    match command.and_then(|name| root.find_subcommand(name)) {
        Some(found) => of_command(found, &root, lang, columns),
        None => of_program(&root, lang, columns),
    }
}

fn word(key: &str, lang: Lang) -> &'static str {
    Word::find(key).map_or("", |word| word.text(lang))
}

fn of_program(root: &clap::Command, lang: Lang, columns: usize) -> String {
    let mut text = paragraph(word("help-simguide", lang), lang, columns);
    text.push_str(&format!("\n{}\n", word("help-head-examples", lang)));
    for example in EXAMPLES {
        text.push_str(&format!("  {example}\n"));
    }
    for (group, commands) in GROUPS {
        text.push_str(&format!(
            "\n{}\n",
            word(&format!("help-group-{group}"), lang)
        ));
        let rows = commands
            .iter()
            .map(|name| {
                (
                    (*name).to_owned(),
                    word(&format!("help-{name}"), lang).to_owned(),
                )
            })
            .collect::<Vec<_>>();
        rows_into(&mut text, &rows, lang, columns);
    }
    text.push_str(&format!("\n{}\n", word("help-head-flags", lang)));
    let rows = flags(root, "", lang);
    rows_into(&mut text, &rows, lang, columns);
    text.push_str(&format!(
        "\n{}\n",
        paragraph(word("help-more", lang), lang, columns).trim_end()
    ));
    text
}

fn of_command(command: &clap::Command, root: &clap::Command, lang: Lang, columns: usize) -> String {
    let name = command.get_name();
    let mut text = paragraph(word(&format!("help-{name}"), lang), lang, columns);
    let more = word(&format!("help-{name}-more"), lang);
    if !more.is_empty() {
        text.push_str(&paragraph(more, lang, columns));
    }
    let mut usage = format!("simguide {name}");
    for arg in command.get_positionals() {
        let value = arg
            .get_value_names()
            .and_then(|names| names.first())
            .map_or("", |name| name.as_str());
        let many = if arg
            .get_num_args()
            .is_some_and(|range| range.max_values() > 1)
            || matches!(arg.get_action(), clap::ArgAction::Append)
        {
            "..."
        } else {
            ""
        };
        if arg.is_required_set() {
            usage.push_str(&format!(" {value}{many}"));
        } else {
            usage.push_str(&format!(" [{value}{many}]"));
        }
    }
    if command.get_opts().next().is_some() {
        usage.push_str(&format!(" [{}]", word("help-word-flags", lang)));
    }
    text.push_str(&format!("\n{}\n  {usage}\n", word("help-head-usage", lang)));
    let rows = flags(command, name, lang);
    if !rows.is_empty() {
        text.push_str(&format!("\n{}\n", word("help-head-flags", lang)));
        rows_into(&mut text, &rows, lang, columns);
    }
    text.push_str(&format!("\n{}\n", word("help-head-global", lang)));
    let rows = flags(root, "", lang);
    rows_into(&mut text, &rows, lang, columns);
    text
}

/// The flags and values of a command with their explanations, own ones first.
fn flags(command: &clap::Command, name: &str, lang: Lang) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for arg in command.get_arguments() {
        let id = arg.get_id().as_str();
        if name.is_empty() && id == "help" {
            continue;
        }
        let value = arg
            .get_value_names()
            .and_then(|names| names.first())
            .map(clap::builder::Str::as_str);
        let label = match (arg.get_long(), value, arg.get_short()) {
            (Some(long), _, Some(short)) => format!("-{short}, --{long}"),
            (Some(long), Some(value), None) if arg.get_action().takes_values() => {
                format!("--{long} {value}")
            }
            (Some(long), _, None) => format!("--{long}"),
            (None, Some(value), _) => value.to_owned(),
            (None, None, _) => id.to_owned(),
        };
        let long = arg
            .get_long()
            .map_or_else(|| label.to_lowercase(), str::to_owned);
        let own = word(&format!("help-{name}-{long}"), lang);
        let general = word(&format!("help-flag-{long}"), lang);
        let mut text = if own.is_empty() {
            general.to_owned()
        } else {
            own.to_owned()
        };
        let values: Vec<String> = arg
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        if !values.is_empty() && arg.get_action().takes_values() {
            let gap = if lang == Lang::En { ": " } else { "\u{ff1a}" };
            text.push_str(gap);
            text.push_str(&values.join(" "));
        }
        rows.push((label, text));
    }
    if name.is_empty() {
        rows.push((
            "-h, --help".to_owned(),
            word("help-flag-help", lang).to_owned(),
        ));
    }
    rows
}

fn paragraph(text: &str, lang: Lang, columns: usize) -> String {
    let mut made = String::new();
    for line in wrap(text, columns, lang) {
        made.push_str(&line);
        made.push('\n');
    }
    made
}

/// Two columns: what to type, and what it is for.
fn rows_into(text: &mut String, rows: &[(String, String)], lang: Lang, columns: usize) {
    let label_width = rows
        .iter()
        .map(|(label, _)| width(label))
        .max()
        .unwrap_or(0);
    let beside = columns >= label_width + 4 + 24;
    for (label, what) in rows {
        if beside {
            let pad = " ".repeat(label_width - width(label) + 2);
            let lines = wrap(what, columns - label_width - 4, lang);
            for (at, line) in lines.iter().enumerate() {
                if at == 0 {
                    text.push_str(&format!("  {label}{pad}{line}\n"));
                } else {
                    text.push_str(&format!("{}{line}\n", " ".repeat(label_width + 4)));
                }
            }
            if lines.is_empty() {
                text.push_str(&format!("  {label}\n"));
            }
        } else {
            text.push_str(&format!("  {label}\n"));
            for line in wrap(what, columns.saturating_sub(4), lang) {
                text.push_str(&format!("    {line}\n"));
            }
        }
    }
}

/// The keys of `words.yaml` that the help of every command and flag needs.
#[must_use]
pub fn keys_needed() -> Vec<String> {
    let root = Args::command();
    let mut keys = Vec::new();
    for (group, commands) in GROUPS {
        keys.push(format!("help-group-{group}"));
        keys.extend(commands.iter().map(|name| format!("help-{name}")));
    }
    for command in root.get_subcommands().chain([&root]) {
        for arg in command.get_arguments() {
            let label = arg.get_long().map_or_else(
                || {
                    arg.get_value_names()
                        .and_then(|names| names.first())
                        .map(|name| name.to_lowercase())
                        .unwrap_or_default()
                },
                str::to_owned,
            );
            let own = format!("help-{}-{label}", command.get_name());
            if Word::find(&own).is_none() {
                keys.push(format!("help-flag-{label}"));
            }
        }
    }
    keys.sort();
    keys.dedup();
    keys
}
