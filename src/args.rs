//! The words a person may type. Their explanations are in `data/words.yaml`, as `help-…`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Everything typed after `simguide`.
#[derive(Debug, Parser)]
#[command(
    name = "simguide",
    disable_help_subcommand = true,
    disable_version_flag = true,
    args_override_self = true
)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Show the edition.
    #[arg(short = 'V', long)]
    pub version: bool,
}

/// Flags that every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Global {
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "COLUMNS")]
    pub width: Option<String>,
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<Color>,
    #[arg(long, global = true, value_name = "LAYOUT")]
    pub layout: Option<LayoutWord>,
    #[arg(long, global = true)]
    pub ascii: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Tables, stacked lists, or whichever fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LayoutWord {
    Auto,
    Table,
    List,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
    Yaml,
    Csv,
    Markdown,
    /// A calendar file; `expiry` only.
    Ics,
}

/// The format flag of commands that answer with records.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct FormatArg {
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Renew {
        #[arg(long = "type", value_name = "TYPE")]
        types: Vec<String>,
        #[arg(long = "channel", value_name = "CHANNEL")]
        channels: Vec<String>,
        #[arg(long = "carrier", value_name = "CARRIER")]
        carriers: Vec<String>,
        #[arg(long = "plan", value_name = "PLAN")]
        plans: Vec<String>,
        #[arg(long, value_name = "PAYMENT")]
        pay: Vec<String>,
        #[arg(long)]
        no_internet: bool,
        #[arg(long)]
        no_japanese: bool,
        #[command(flatten)]
        format: FormatArg,
    },
    Expiry {
        #[arg(value_name = "PLAN")]
        plan: String,
        #[arg(long, value_name = "DATE")]
        topped_up: Option<String>,
        #[arg(long, value_name = "DATE")]
        activated: Option<String>,
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
        #[arg(long, value_name = "DATE")]
        bill_due: Option<String>,
        #[arg(long, value_name = "PACK")]
        pack: Option<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Restore {
        #[arg(value_name = "PLAN")]
        plan: Option<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Types {
        #[arg(value_name = "TYPE")]
        card: Option<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Channels {
        #[arg(value_name = "CHANNEL")]
        channel: Option<String>,
        #[arg(long)]
        online: bool,
        #[arg(long)]
        offline: bool,
        #[command(flatten)]
        format: FormatArg,
    },
    Plans {
        #[arg(value_name = "PLAN")]
        plan: Option<String>,
        #[arg(long = "carrier", value_name = "CARRIER")]
        carriers: Vec<String>,
        #[arg(long = "network", value_name = "NETWORK")]
        networks: Vec<String>,
        #[arg(long = "type", value_name = "TYPE")]
        types: Vec<String>,
        #[arg(long = "status", value_name = "STATUS")]
        status: Vec<String>,
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        #[arg(long, value_name = "DIGITS")]
        iccid: Option<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Tips {
        #[arg(long = "topic", value_name = "TOPIC")]
        topics: Vec<String>,
        #[arg(long = "type", value_name = "TYPE")]
        types: Vec<String>,
        #[arg(long = "channel", value_name = "CHANNEL")]
        channels: Vec<String>,
        #[arg(long = "plan", value_name = "PLAN")]
        plans: Vec<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Phrases {
        #[arg(value_name = "ID")]
        id: Option<String>,
        #[arg(long = "channel", value_name = "CHANNEL")]
        channels: Vec<String>,
        #[arg(long, value_name = "WORD")]
        search: Option<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Terms {
        #[arg(value_name = "WORD")]
        word: Option<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Search {
        #[arg(value_name = "WORDS", required = true)]
        words: Vec<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Sources {
        #[arg(long = "plan", value_name = "PLAN")]
        plans: Vec<String>,
        #[arg(long, value_name = "DAYS")]
        older_than: Option<String>,
        #[arg(long = "kind", value_name = "KIND")]
        kinds: Vec<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    Page {
        #[arg(long = "plan", value_name = "PLAN")]
        plan: Option<String>,
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[arg(long)]
        force: bool,
    },
    Check {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    Completions {
        #[arg(value_name = "SHELL")]
        shell: Option<String>,
    },
    Man {
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    Schema {
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

/// The commands in the order of the help, by what they are for.
pub const GROUPS: [(&str, &[&str]); 5] = [
    ("act", &["renew", "expiry", "restore"]),
    ("know", &["types", "channels", "plans", "tips"]),
    ("say", &["phrases", "terms"]),
    ("find", &["search", "sources"]),
    ("keep", &["page", "check", "completions", "man", "schema"]),
];

/// Reads what was typed.
///
/// # Errors
/// clap's error: words it does not know, or that help was asked for.
pub fn read(typed: &[OsString]) -> Result<Args, clap::Error> {
    Args::try_parse_from(typed)
}

/// The value of `--lang` among the raw words, before they are read: help and errors need it.
#[must_use]
pub fn lang_typed(typed: &[OsString]) -> Option<String> {
    let mut found = None;
    let mut words = typed.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        if word == "--lang" {
            found = words.next().map(std::borrow::Cow::into_owned);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            found = Some(value.to_owned());
        }
    }
    found
}
