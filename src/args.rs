//! The words a person may type. Their explanations are in `data/words.yaml`, as `help-…`.

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

/// Everything typed after `simguide`.
#[derive(Debug, Parser)]
#[command(
    name = "simguide",
    disable_help_flag = true,
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
    #[arg(long, global = true, value_name = "WHEN", ignore_case = true)]
    pub color: Option<Color>,
    #[arg(long, global = true, value_name = "LAYOUT", ignore_case = true)]
    pub layout: Option<LayoutWord>,
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Help was asked for; [`help_typed`] tells how much of it.
    #[arg(short = 'h', long, global = true)]
    pub help: bool,
}

/// How much help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// `-h`: a screen of it.
    Short,
    /// `--help`: all of it.
    Complete,
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
    #[arg(long, value_name = "FORMAT", ignore_case = true)]
    pub format: Option<Format>,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Renew(RenewArgs),
    Expiry(ExpiryArgs),
    Restore(RestoreArgs),
    Types(TypesArgs),
    Channels(ChannelsArgs),
    Plans(PlansArgs),
    Tips(TipsArgs),
    Phrases(PhrasesArgs),
    Terms(TermsArgs),
    Search(SearchArgs),
    Sources(SourcesArgs),
    Page(PageArgs),
    Check(CheckArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    Schema(SchemaArgs),
}

/// The words of `renew`.
#[derive(Debug, clap::Args)]
pub struct RenewArgs {
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    #[arg(long = "channel", value_name = "CHANNEL")]
    pub channels: Vec<String>,
    #[arg(long = "carrier", value_name = "CARRIER")]
    pub carriers: Vec<String>,
    #[arg(long = "plan", value_name = "PLAN")]
    pub plans: Vec<String>,
    #[arg(long, value_name = "PAYMENT")]
    pub pay: Vec<String>,
    #[arg(long)]
    pub no_internet: bool,
    #[arg(long)]
    pub no_japanese: bool,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `expiry`.
#[derive(Debug, clap::Args)]
pub struct ExpiryArgs {
    #[arg(value_name = "PLAN")]
    pub plan: String,
    #[arg(long, value_name = "DATE")]
    pub topped_up: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub activated: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub bill_due: Option<String>,
    #[arg(long, value_name = "PACK")]
    pub pack: Option<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    #[arg(value_name = "PLAN")]
    pub plan: Option<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `types`.
#[derive(Debug, clap::Args)]
pub struct TypesArgs {
    #[arg(value_name = "TYPE")]
    pub card: Option<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `channels`.
#[derive(Debug, clap::Args)]
pub struct ChannelsArgs {
    #[arg(value_name = "CHANNEL")]
    pub channel: Option<String>,
    #[arg(long)]
    pub online: bool,
    #[arg(long)]
    pub offline: bool,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `plans`.
#[derive(Debug, clap::Args)]
pub struct PlansArgs {
    #[arg(value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long = "carrier", value_name = "CARRIER")]
    pub carriers: Vec<String>,
    #[arg(long = "network", value_name = "NETWORK")]
    pub networks: Vec<String>,
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    #[arg(long = "status", value_name = "STATUS")]
    pub status: Vec<String>,
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    #[arg(long, value_name = "DIGITS")]
    pub iccid: Option<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `tips`.
#[derive(Debug, clap::Args)]
pub struct TipsArgs {
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    #[arg(long = "channel", value_name = "CHANNEL")]
    pub channels: Vec<String>,
    #[arg(long = "plan", value_name = "PLAN")]
    pub plans: Vec<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `phrases`.
#[derive(Debug, clap::Args)]
pub struct PhrasesArgs {
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    #[arg(long = "channel", value_name = "CHANNEL")]
    pub channels: Vec<String>,
    #[arg(long, value_name = "WORD")]
    pub search: Option<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `terms`.
#[derive(Debug, clap::Args)]
pub struct TermsArgs {
    #[arg(value_name = "WORD")]
    pub word: Option<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `sources`.
#[derive(Debug, clap::Args)]
pub struct SourcesArgs {
    #[arg(long = "plan", value_name = "PLAN")]
    pub plans: Vec<String>,
    #[arg(long, value_name = "DAYS")]
    pub older_than: Option<String>,
    #[arg(long = "kind", value_name = "KIND")]
    pub kinds: Vec<String>,
    #[command(flatten)]
    pub format: FormatArg,
}

/// The words of `page`.
#[derive(Debug, clap::Args)]
pub struct PageArgs {
    #[arg(long = "plan", value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
    /// Whether `--lang all` was typed.
    #[arg(skip)]
    pub every_language: bool,
}

/// The words of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// The words of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    #[arg(value_name = "SHELL")]
    pub shell: Option<String>,
}

/// The words of `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// The words of `schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// The commands in the order of the help, by what they are for.
pub const GROUPS: [(&str, &[&str]); 5] = [
    ("act", &["renew", "expiry", "restore"]),
    ("know", &["types", "channels", "plans", "tips"]),
    ("say", &["phrases", "terms"]),
    ("find", &["search", "sources"]),
    ("keep", &["page", "check", "completions", "man", "schema"]),
];

/// The commands that answer with records: those that take `--format`.
#[must_use]
pub fn answering() -> Vec<String> {
    Args::command()
        .get_subcommands()
        .filter(|command| command.get_arguments().any(|arg| arg.get_id() == "format"))
        .map(|command| command.get_name().to_owned())
        .collect()
}

/// Reads what was typed.
///
/// # Errors
/// clap's error: words it does not know, or that help was asked for.
pub fn read(typed: &[OsString]) -> Result<Args, clap::Error> {
    let args = match command_called(typed).and_then(|name| read_one(typed, name)) {
        Some(args) => args,
        // The whole tree knows every command and words the error.
        None => Args::try_parse_from(typed)?,
    };
    Ok(args.with_every_language())
}

impl Args {
    /// `all` is a language for `page` only: elsewhere it stays a word that means nothing.
    fn with_every_language(mut self) -> Args {
        let all = |tag: &mut String| tag.eq_ignore_ascii_case("all");
        if let Some(Command::Page(page)) = &mut self.command
            && self.global.lang.take_if(all).is_some()
        {
            page.every_language = true;
        }
        self
    }
}

/// The command called, where it is the first word.
fn command_called(typed: &[OsString]) -> Option<&str> {
    typed.get(1)?.to_str()
}

/// Reads with the words of one command only: building all of them costs more than most answers.
fn read_one(typed: &[OsString], name: &str) -> Option<Args> {
    if name.starts_with('-') {
        return no_command(typed);
    }
    let typed = &typed[2..];
    match name {
        "renew" => only(typed, Command::Renew),
        "expiry" => only(typed, Command::Expiry),
        "restore" => only(typed, Command::Restore),
        "types" => only(typed, Command::Types),
        "channels" => only(typed, Command::Channels),
        "plans" => only(typed, Command::Plans),
        "tips" => only(typed, Command::Tips),
        "phrases" => only(typed, Command::Phrases),
        "terms" => only(typed, Command::Terms),
        "search" => only(typed, Command::Search),
        "sources" => only(typed, Command::Sources),
        "page" => only(typed, Command::Page),
        "check" => only(typed, Command::Check),
        "completions" => only(typed, Command::Completions),
        "man" => only(typed, Command::Man),
        "schema" => only(typed, Command::Schema),
        _ => None,
    }
}

/// The flags of the program, without its commands.
#[must_use]
pub fn program() -> clap::Command {
    let version = clap::Arg::new("version").short('V').long("version");
    Global::augment_args(root()).arg(version.action(clap::ArgAction::SetTrue))
}

/// Reads words among which there is no command.
fn no_command(typed: &[OsString]) -> Option<Args> {
    let mut matches = program().try_get_matches_from(typed).ok()?;
    Some(Args {
        version: matches.get_flag("version"),
        global: Global::from_arg_matches_mut(&mut matches).ok()?,
        command: None,
    })
}

fn root() -> clap::Command {
    clap::Command::new("simguide")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .args_override_self(true)
}

/// Reads what stands behind the name of a command.
fn only<T: clap::Args>(behind: &[OsString], make: fn(T) -> Command) -> Option<Args> {
    let command = T::augment_args(Global::augment_args(root())).no_binary_name(true);
    // As in `run`: the process ends soon.
    let mut command = ManuallyDrop::new(command);
    let mut matches = command.try_get_matches_from_mut(behind).ok()?;
    Some(Args {
        global: Global::from_arg_matches_mut(&mut matches).ok()?,
        command: Some(make(T::from_arg_matches_mut(&mut matches).ok()?)),
        version: false,
    })
}

/// The help asked for among the raw words, before they are read: a word that is wrong or missing
/// must not stand in its way.
#[must_use]
pub fn help_typed(typed: &[OsString]) -> Option<Help> {
    let words = typed.iter().skip(1).map(|word| word.to_string_lossy());
    words
        .take_while(|word| word != "--")
        .find_map(|word| match word.as_ref() {
            "-h" => Some(Help::Short),
            "--help" => Some(Help::Complete),
            _ => None,
        })
}

/// The last value of a flag such as `--lang` among the raw words, before they are read.
#[must_use]
pub fn value_typed(typed: &[OsString], flag: &str) -> Option<String> {
    let mut found = None;
    let mut words = typed.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        if word == flag {
            found = words.next().map(std::borrow::Cow::into_owned);
        } else if let Some(value) = word.strip_prefix(flag)
            && let Some(value) = value.strip_prefix('=')
        {
            found = Some(value.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_every_list_of_them() {
        let root = Args::command();
        let commands: Vec<&str> = root
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        for name in &commands {
            let alone: [OsString; 2] = ["simguide".into(), name.into()];
            let with_word: [OsString; 3] = ["simguide".into(), name.into(), "word".into()];
            assert!(
                read_one(&alone, name).is_some() || read_one(&with_word, name).is_some(),
                "`read_one` does not know `{name}`"
            );
        }
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        let mut all = commands;
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all, "the commands of `GROUPS`");
    }
}
