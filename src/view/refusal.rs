//! Refusals in the reader's language: the bad word, the nearest good one, the next step.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::args;
use crate::knowledge::door::refused;
use crate::knowledge::fault::Fault;
use crate::knowledge::load::MOST_FAULTS;
use crate::lang::Lang;
use crate::query::Refusal;
use crate::query::names;
use crate::words::Word;

/// The longest piece of an argument that is echoed, in characters.
const MOST_ECHOED: usize = 60;

/// An argument or path as it may be shown: cut, and without what could drive a terminal.
#[must_use]
pub fn safe(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(MOST_ECHOED)
        .map(|c| {
            if refused(c) || c == '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect();
    if text.chars().nth(MOST_ECHOED).is_some() {
        shown.push('\u{2026}');
    }
    shown
}

/// A refused question, as it is printed on stderr.
#[must_use]
pub fn question(refusal: &Refusal, lang: Lang, typed: &[String]) -> String {
    let lang = lang.written();
    let word = safe(&refusal.typed);
    let mut blanks: Vec<(&str, &str)> = vec![("word", &word)];
    let own: Vec<(&str, String)> = refusal
        .blanks
        .iter()
        .map(|(name, value)| (*name, safe_line(value)))
        .collect();
    blanks.extend(own.iter().map(|(name, value)| (*name, value.as_str())));
    let mut text = format!("simguide: {}", refusal.message.with(lang, &blanks));
    let near: Vec<String> = refusal
        .near
        .iter()
        .map(|(id, name)| near_word(id, name, lang))
        .collect();
    let choose = refusal.message == Word::REFUSE_SEVERAL;
    if !near.is_empty() && !choose {
        let joined = join_or(&near, lang);
        let gap = if lang == Lang::En { "; " } else { "\u{ff1b}" };
        text.push_str(gap);
        text.push_str(&Word::DID_YOU_MEAN.with(lang, &[("near", &joined)]));
    }
    text.push('\n');
    let commands: Vec<String> = if choose {
        refusal
            .near
            .iter()
            .filter_map(|(id, _)| corrected(typed, &refusal.typed, id))
            .collect()
    } else {
        refusal
            .near
            .first()
            .and_then(|(id, _)| corrected(typed, &refusal.typed, id))
            .into_iter()
            .chain(refusal.show.clone())
            .collect()
    };
    if !commands.is_empty() {
        text.push('\n');
        for command in commands {
            text.push_str(&format!("  {command}\n"));
        }
    }
    if let Some((heading, list)) = refusal.list.as_deref() {
        let gap = if lang == Lang::En { ": " } else { "\u{ff1a}" };
        let joined = if lang == Lang::En {
            list.join(", ")
        } else {
            list.join("\u{3001}")
        };
        text.push_str(&format!("\n{}{gap}{joined}\n", heading.text(lang)));
    }
    text
}

fn safe_line(text: &str) -> String {
    text.chars()
        .map(|c| if refused(c) { '\u{fffd}' } else { c })
        .collect()
}

fn near_word(id: &str, name: &str, lang: Lang) -> String {
    if name.is_empty() || name == id || lang == Lang::En && name.eq_ignore_ascii_case(id) {
        return format!("`{id}`");
    }
    match lang {
        Lang::En | Lang::Ko | Lang::Vi => format!("`{id}` ({name})"),
        Lang::ZhHans | Lang::ZhHant | Lang::Ja => format!("`{id}`\u{ff08}{name}\u{ff09}"),
    }
}

fn join_or(words: &[String], lang: Lang) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => {
            let comma = if lang == Lang::En { ", " } else { "\u{3001}" };
            Word::NEAR_OR.with(lang, &[("a", &all.join(comma)), ("b", last)])
        }
    }
}

/// What was typed, with the wrong word put right, so that it can be copied.
fn corrected(typed: &[String], wrong: &str, right: &str) -> Option<String> {
    if typed.iter().map(String::len).sum::<usize>() > 300
        || typed.iter().any(|word| word.chars().any(refused))
    {
        return None;
    }
    let mut changed = false;
    let words: Vec<String> = typed
        .iter()
        .map(|word| {
            if !changed && word == wrong {
                changed = true;
                return right.to_owned();
            }
            if !changed
                && let Some(flag) = word.strip_suffix(wrong).filter(|flag| flag.ends_with('='))
            {
                changed = true;
                return format!("{flag}{right}");
            }
            quoted(word)
        })
        .collect();
    changed.then(|| format!("simguide {}", words.join(" ")))
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

/// Words that clap does not know, as they are printed on stderr.
#[must_use]
pub fn words_typed(error: &clap::Error, lang: Lang, typed: &[String]) -> String {
    let lang = lang.written();
    let command = command_typed(typed);
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let flag = context(ContextKind::InvalidArg)
        .map(|arg| safe(&bare_flag(&arg)))
        .unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let subcommand = context(ContextKind::InvalidSubcommand);
    let refusal = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            return match names::command(&subcommand.unwrap_or_default()) {
                Err(refusal) => question(&refusal, lang, typed),
                Ok(_) => String::new(),
            };
        }
        ErrorKind::UnknownArgument => {
            let word = context(ContextKind::InvalidArg).unwrap_or_default();
            let word = word.split('=').next().unwrap_or_default().to_owned();
            if word.starts_with('-') {
                refuse_flag(&word, command.as_deref())
            } else if command.is_none() {
                return match names::command(&word) {
                    Err(refusal) => question(&refusal, lang, typed),
                    Ok(_) => String::new(),
                };
            } else {
                simple(Word::REFUSE_EXTRA, &word, "")
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => simple(Word::REFUSE_NO_VALUE, "", &flag),
        ErrorKind::InvalidValue => {
            let mut refusal = simple(Word::WHAT_VALUE, &value, &flag);
            if let Some(ContextValue::Strings(good)) = error.get(ContextKind::ValidValue) {
                refusal.list = Some(Box::new((Word::LIST_VALUES, good.clone())));
                let near = good
                    .iter()
                    .min_by_key(|good| strsim::damerau_levenshtein(good, &value));
                refusal.near = near
                    .filter(|near| strsim::damerau_levenshtein(near, &value) <= 2)
                    .map(|near| (near.clone(), String::new()))
                    .into_iter()
                    .collect();
            }
            refusal
        }
        ErrorKind::MissingRequiredArgument => {
            let mut refusal = simple(Word::REFUSE_MISSING, "", "");
            let missing = context(ContextKind::InvalidArg).unwrap_or_default();
            refusal
                .blanks
                .push(("flags", missing.replace(['<', '>'], "")));
            refusal
        }
        ErrorKind::InvalidUtf8 => simple(Word::REFUSE_UTF8, "", ""),
        _ => simple(Word::REFUSE_READ, &typed.join(" "), &flag),
    };
    let mut text = question(&refusal, lang, typed);
    let help = match command {
        Some(command) => format!("simguide {command} --help"),
        None => "simguide --help".to_owned(),
    };
    text.push_str(&format!(
        "\n{}\n",
        Word::SEE_HELP.with(lang, &[("command", &help)])
    ));
    text
}

/// `--type <TYPE>` as `--type`.
fn bare_flag(arg: &str) -> String {
    arg.split([' ', '=']).next().unwrap_or_default().to_owned()
}

fn simple(message: Word, typed: &str, flag: &str) -> Refusal {
    Refusal {
        message,
        typed: typed.to_owned(),
        blanks: vec![("flag", flag.to_owned())],
        near: Vec::new(),
        list: None,
        show: None,
    }
}

fn refuse_flag(word: &str, command: Option<&str>) -> Refusal {
    let mut refusal = simple(Word::WHAT_FLAG, word, "");
    let near = names::flags(command)
        .into_iter()
        .min_by_key(|flag| strsim::damerau_levenshtein(flag, word));
    refusal.near = near
        .filter(|flag| strsim::damerau_levenshtein(flag, word) <= 3)
        .map(|flag| (flag, String::new()))
        .into_iter()
        .collect();
    refusal
}

/// The command among the words typed.
#[must_use]
pub fn command_typed(typed: &[String]) -> Option<String> {
    let all = || args::GROUPS.iter().flat_map(|(_, commands)| *commands);
    typed
        .iter()
        .find(|word| all().any(|command| command == word))
        .cloned()
}

/// Faults of records, as they are printed on stderr.
#[must_use]
pub fn faults(faults: &[Fault], lang: Lang) -> String {
    let lang = lang.written();
    let count = faults.len().to_string();
    let mut text = format!(
        "simguide: {}\n\n",
        Word::FAULTS_HEAD.with(lang, &[("n", &count)])
    );
    for fault in faults.iter().take(MOST_FAULTS) {
        text.push_str(&format!(
            "  {}\n",
            safe_line(&fault.to_string()).replace('\n', " ")
        ));
    }
    if faults.len() > MOST_FAULTS {
        let more = (faults.len() - MOST_FAULTS).to_string();
        text.push_str(&format!(
            "  {}\n",
            Word::FAULTS_MORE.with(lang, &[("n", &more)])
        ));
    }
    text
}
