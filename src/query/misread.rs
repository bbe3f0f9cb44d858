//! Words that could not be read: what is wrong with them, and what was probably meant.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use smol_str::{SmolStr, format_smolstr};

use crate::args::{Args, GROUPS};
use crate::knowledge::door::refused;
use crate::knowledge::fold::fold;
use crate::query::Refusal;
use crate::query::names::{self, Finder, Listed, bare};
use crate::words::Word;

/// What was typed behind `simguide`, and why clap could not read it.
pub struct Misread<'a> {
    pub error: &'a clap::Error,
    pub typed: &'a [String],
    pub find: Finder<'a>,
}

/// The command among the words typed.
#[must_use]
pub fn command_typed(typed: &[String]) -> Option<String> {
    let all = || GROUPS.iter().flat_map(|(_, commands)| *commands);
    typed
        .iter()
        .find(|word| all().any(|command| command == word))
        .cloned()
}

/// Words as a shell reads them back, so that they can be copied; none where they are too long or
/// hold what no terminal should be fed.
#[must_use]
pub fn retyped(words: &[String]) -> Option<String> {
    let long = words.iter().map(String::len).sum::<usize>() > 300;
    if long || words.iter().any(|word| word.chars().any(refused)) {
        return None;
    }
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    Some(format!("simguide {}", words.join(" ")))
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '=' | ':' | ',' | '+');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

impl Misread<'_> {
    /// What is wrong.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let flag = self.context(ContextKind::InvalidArg).unwrap_or_default();
        let flag = flag.split([' ', '=']).next().unwrap_or_default();
        let value = self.context(ContextKind::InvalidValue).unwrap_or_default();
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => self.stray(
                &self
                    .context(ContextKind::InvalidSubcommand)
                    .unwrap_or_default(),
            ),
            ErrorKind::UnknownArgument => self.stray(flag),
            ErrorKind::InvalidValue if value.is_empty() => {
                Refusal::no_value(flag, self.values(flag))
            }
            ErrorKind::InvalidValue => self.bad_value(flag, &value),
            ErrorKind::TooManyValues => self.bare_flag(flag, &value),
            ErrorKind::MissingRequiredArgument => {
                let missing = self.context(ContextKind::InvalidArg).unwrap_or_default();
                let mut refusal = Refusal::plain(Word::REFUSE_MISSING);
                let missing = missing.replace(['<', '>', '.'], "");
                refusal.blanks.push(("flags", missing));
                refusal
            }
            ErrorKind::InvalidUtf8 => {
                let odd = self.typed.iter().find(|word| word.contains('\u{fffd}'));
                Refusal::new(Word::REFUSE_UTF8, odd.map_or("", |word| word))
            }
            _ => Refusal::new(Word::REFUSE_READ, &self.typed.join(" ")),
        }
    }

    fn context(&self, kind: ContextKind) -> Option<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => Some(text.clone()),
            Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
            _ => None,
        }
    }

    fn command(&self) -> Option<String> {
        command_typed(self.typed)
    }

    /// A word that stands where none of its kind can.
    fn stray(&self, word: &str) -> Refusal {
        if let Some(whole) = self.meant_as_flag(word) {
            return self.no_flag(&whole);
        }
        let Some(command) = self.command() else {
            let mut refusal = Refusal::new(Word::WHAT_COMMAND, word);
            match names::command(word) {
                Ok(command) => refusal.near.push((command.into(), SmolStr::default())),
                Err(refused) => {
                    refusal = refused;
                    refusal.show = refusal.near.is_empty().then(|| "simguide -h".to_owned());
                }
            }
            return refusal;
        };
        let mut refusal = Refusal::new(Word::REFUSE_EXTRA, word);
        if let Some(flag) = self.flag_for(&command, word) {
            refusal
                .near
                .push((format_smolstr!("{flag} {word}"), SmolStr::default()));
        } else {
            let extra = if word == command { "--" } else { word };
            let left = self.typed.iter().filter(|typed| *typed != extra);
            refusal.show = retyped(&left.cloned().collect::<Vec<_>>());
        }
        refusal
    }

    /// The word as it was typed, if it begins with a dash of any kind: `-lang`, an em dash, a
    /// full-width one.
    fn meant_as_flag(&self, word: &str) -> Option<String> {
        if !word.starts_with(is_dash) {
            return None;
        }
        let as_typed = self.typed.iter().find(|typed| {
            let name = typed.split('=').next().unwrap_or_default();
            name == word || !word.starts_with("--") && typed.starts_with(word)
        });
        let whole = as_typed.map_or(word, String::as_str);
        whole.split('=').next().map(str::to_owned)
    }

    /// A flag that this command does not know: a slip, or one of another command or place.
    fn no_flag(&self, word: &str) -> Refusal {
        let mut refusal = Refusal::new(Word::WHAT_FLAG, word);
        let name = fold(word);
        let here = flags_of(self.command().as_deref());
        if let Some(near) = nearest(&name, &here) {
            let before_command = near == word;
            if before_command {
                refusal.show = self.command_first();
            } else {
                refusal.near.push((near.into(), SmolStr::default()));
            }
            return refusal;
        }
        let elsewhere = GROUPS.iter().flat_map(|(_, commands)| *commands);
        let elsewhere: Vec<String> = elsewhere
            .filter(|command| flags_of(Some(command)).iter().any(|flag| flag == word))
            .map(|command| (*command).to_owned())
            .collect();
        if let Some(other) = elsewhere.first() {
            let command = self.command();
            let there = self.typed.iter().map(|word| match &command {
                Some(command) if word == command => other.clone(),
                _ => word.clone(),
            });
            refusal.show = retyped(&there.collect::<Vec<_>>());
            refusal.list = Some(Listed::new(Word::LIST_WITH_FLAG, bare(elsewhere)));
        }
        refusal
    }

    /// What was typed, with what stands before the command behind it.
    fn command_first(&self) -> Option<String> {
        let command = self.command()?;
        let at = self.typed.iter().position(|word| *word == command)?;
        let (before, rest) = self.typed.split_at(at);
        retyped(&[rest, before].concat())
    }

    fn bad_value(&self, flag: &str, value: &str) -> Refusal {
        let mut refusal = Refusal::new(Word::WHAT_VALUE, value);
        refusal.blanks.push(("flag", flag.to_owned()));
        if let Some(ContextValue::Strings(good)) = self.error.get(ContextKind::ValidValue) {
            let near = nearest(&fold(value), good);
            refusal.near = bare(near);
            refusal.list = Some(Listed::new(Word::LIST_VALUES, bare(good.clone())));
        }
        refusal
    }

    /// A value behind a flag that takes none.
    fn bare_flag(&self, flag: &str, value: &str) -> Refusal {
        let mut refusal = Refusal::new(Word::REFUSE_TAKES_NONE, value);
        refusal.blanks.push(("flag", flag.to_owned()));
        let whole = format!("{flag}={value}");
        let words: Vec<String> = self
            .typed
            .iter()
            .map(|word| if *word == whole { flag } else { word }.to_owned())
            .collect();
        refusal.show = retyped(&words);
        refusal
    }

    /// What a flag of this command can be, where that can be listed.
    fn values(&self, flag: &str) -> Vec<String> {
        let root = Args::command();
        let command = self.command();
        let command = command.and_then(|name| root.find_subcommand(name));
        let args = root
            .get_arguments()
            .chain(command.into_iter().flat_map(clap::Command::get_arguments));
        let Some(arg) = args
            .filter(|arg| arg.get_long().is_some())
            .find(|arg| flag.strip_prefix("--") == arg.get_long())
        else {
            return Vec::new();
        };
        let own = arg.get_possible_values();
        if !own.is_empty() {
            return own
                .iter()
                .map(|value| value.get_name().to_owned())
                .collect();
        }
        arg.get_value_names()
            .and_then(|names| names.first())
            .map(|name| names::values(name, self.find.knowledge))
            .unwrap_or_default()
    }

    /// The flag behind which a stray word was meant to stand, by what it names.
    fn flag_for(&self, command: &str, word: &str) -> Option<&'static str> {
        if word.len() > names::LONGEST_NAME {
            return None;
        }
        let here = flags_of(Some(command));
        let one = [word.to_owned()];
        let names: [(&str, &dyn Fn() -> bool); 5] = [
            ("--type", &|| self.find.card(word).is_ok()),
            ("--channel", &|| self.find.channels(&one).is_ok()),
            ("--plan", &|| {
                self.find.plans_or_carriers(&one, &[], &[]).is_ok()
            }),
            ("--carrier", &|| {
                self.find.plans_or_carriers(&[], &one, &[]).is_ok()
            }),
            ("--pay", &|| self.find.payments(&one).is_ok()),
        ];
        names
            .into_iter()
            .find(|(flag, is_named)| here.iter().any(|known| known == flag) && is_named())
            .map(|(flag, _)| flag)
    }
}

/// A dash of any kind, such as keyboards and letters put in its place.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{fe63}' | '\u{30fc}'
    )
}

/// The flags of a command and of all commands.
fn flags_of(command: Option<&str>) -> Vec<String> {
    let root = Args::command();
    let of = |command: &clap::Command| -> Vec<String> {
        command
            .get_arguments()
            .filter_map(|arg| arg.get_long().map(|long| format!("--{long}")))
            .collect()
    };
    let mut all = command
        .and_then(|name| root.find_subcommand(name))
        .map(of)
        .unwrap_or_default();
    all.extend(of(&root));
    all
}

/// The nearest of these words: one that begins alike, or a slip of the finger away.
fn nearest(folded: &str, good: &[String]) -> Option<String> {
    let length = folded.chars().count();
    if !(2..=40).contains(&length) {
        return None;
    }
    let most = (length / 3).clamp(1, 3);
    let distance = |word: &&String| {
        let word = fold(word);
        let begins = length >= 3 && (word.starts_with(folded) || folded.starts_with(&word));
        let distance = strsim::damerau_levenshtein(&word, folded);
        (begins || distance <= most).then_some(distance)
    };
    good.iter()
        .filter_map(|word| Some((distance(&word)?, word)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word.clone())
}
