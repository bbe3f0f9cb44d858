//! Refusals in the reader's language: the bad word, the nearest good one, the next step.

use crate::knowledge::door::refused;
use crate::knowledge::fault::Fault;
use crate::knowledge::fold::fold;
use crate::knowledge::load::MOST_FAULTS;
use crate::lang::Lang;
use crate::query::Refusal;
use crate::query::misread::{Misread, command_typed, retyped};
use crate::query::names::Listed;
use crate::view::help;
use crate::view::words::list;
use crate::view::wrap::wrap;
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
    let mut text = format!("simguide: {}\n", message(refusal, lang));
    let mut commands = Vec::new();
    if refusal.message == Word::REFUSE_SEVERAL {
        let all = refusal.near.iter();
        commands.extend(all.filter_map(|(id, _)| corrected(typed, &refusal.typed, id)));
    } else {
        let best = refusal.near.first();
        commands.extend(best.and_then(|(id, _)| corrected(typed, &refusal.typed, id)));
        commands.extend(refusal.show.clone());
    }
    put_commands(&mut text, &commands);
    if let Some(Listed { heading, words }) = refusal.list.as_deref() {
        let of = list_of(*heading);
        let words: Vec<String> = words
            .iter()
            .map(|(id, name)| {
                let word = of.and_then(|of| Word::of(of, id));
                let name = word.map_or(name.as_str(), |word| word.text(lang));
                named(id.to_string(), id, name, lang)
            })
            .collect();
        text.push('\n');
        text.push_str(&labelled(heading.text(lang), &list(lang, &words), lang));
    }
    if commands.is_empty()
        && let Some(example) = example(refusal, typed, lang)
    {
        text.push('\n');
        text.push_str(&labelled(Word::FOR_EXAMPLE.text(lang), "", lang));
        put_commands(&mut text, &[example]);
    }
    text
}

/// The list in `words.yaml` that names the members of a list.
fn list_of(heading: Word) -> Option<&'static str> {
    let lists = [
        (Word::LIST_TOPICS, "topic"),
        (Word::LIST_STATUS, "status"),
        (Word::LIST_KINDS, "kind"),
        (Word::LIST_NETWORKS, "network"),
    ];
    lists
        .iter()
        .find(|(of, _)| *of == heading)
        .map(|(_, list)| *list)
}

/// The sentence, with the nearest good words.
fn message(refusal: &Refusal, lang: Lang) -> String {
    let word = if refusal.typed.is_empty() {
        Word::EMPTY_WORD.text(lang).to_owned()
    } else {
        safe(&refusal.typed)
    };
    let mut blanks: Vec<(&str, &str)> = vec![("word", &word)];
    let own: Vec<(&str, String)> = refusal
        .blanks
        .iter()
        .map(|(name, value)| (*name, safe(value)))
        .collect();
    blanks.extend(own.iter().map(|(name, value)| (*name, value.as_str())));
    let message = refusal.message.with(lang, &blanks);
    if refusal.near.is_empty() || refusal.message == Word::REFUSE_SEVERAL {
        return message;
    }
    let near: Vec<String> = refusal
        .near
        .iter()
        .map(|(id, name)| named(format!("`{}`", safe(id)), id, name, lang))
        .collect();
    let near = Word::DID_YOU_MEAN.with(lang, &[("near", &join_or(&near, lang))]);
    Word::JOINED.with(lang, &[("a", &message), ("b", &near)])
}

fn put_commands(text: &mut String, commands: &[String]) {
    if !commands.is_empty() {
        text.push('\n');
    }
    for command in commands {
        text.push_str(&format!("  {command}\n"));
    }
}

fn labelled(label: &str, value: &str, lang: Lang) -> String {
    let line = Word::HELP_VALUES.with(lang, &[("what", label), ("values", value)]);
    format!("{}\n", line.trim_end())
}

/// An id as it is shown, with its name behind it where that says more.
fn named(shown: String, id: &str, name: &str, lang: Lang) -> String {
    if name.is_empty() || fold(name) == fold(id) {
        return shown;
    }
    Word::TITLED_NAME.with(lang, &[("id", &shown), ("name", name)])
}

fn join_or(words: &[String], lang: Lang) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => Word::NEAR_OR.with(lang, &[("a", &list(lang, all)), ("b", last)]),
    }
}

/// What was typed, with the wrong word put right, so that it can be copied.
fn corrected(typed: &[String], wrong: &str, right: &str) -> Option<String> {
    let right = |word: &String| -> Option<Vec<String>> {
        if word == wrong {
            let words = right.splitn(2, ' ').map(str::to_owned);
            return Some(words.collect());
        }
        if let Some(rest) = word.strip_prefix(wrong)
            && rest.starts_with('=')
        {
            return Some(vec![format!("{right}{rest}")]);
        }
        let flag = word.strip_suffix(wrong)?;
        flag.ends_with('=').then(|| vec![format!("{flag}{right}")])
    };
    let (at, right) = typed
        .iter()
        .enumerate()
        .find_map(|(at, word)| Some((at, right(word)?)))?;
    let mut words = typed.to_vec();
    let names_flag = right.first().is_some_and(|word| word.starts_with("--"));
    words.splice(at..=at, right);
    if names_flag {
        words.retain(|word| word != "--");
    }
    retyped(&words)
}

/// What was typed with a good word in place of the bad one; else an example of the command.
fn example(refusal: &Refusal, typed: &[String], lang: Lang) -> Option<String> {
    let blank = |name: &str| {
        let found = refusal.blanks.iter().find(|(blank, _)| *blank == name);
        found.map(|(_, value)| value.as_str())
    };
    let listed = refusal.list.as_ref().and_then(|list| list.words.first());
    let good = blank("example").or(listed.map(|(id, _)| id.as_str()));
    if let Some(good) = good
        && refusal.message != Word::REFUSE_MISSING
    {
        return match blank("flag").filter(|_| refusal.typed.is_empty()) {
            Some(flag) => {
                let alone = |at: &usize| {
                    let next = typed.get(at + 1);
                    typed[*at] == flag && next.is_none_or(|next| next.starts_with('-'))
                };
                let at = (0..typed.len()).find(alone)?;
                let mut words = typed.to_vec();
                words.insert(at + 1, good.to_owned());
                retyped(&words)
            }
            None => corrected(typed, &refusal.typed, good),
        };
    }
    let incomplete = [
        Word::REFUSE_MISSING,
        Word::REFUSE_NO_VALUE,
        Word::REFUSE_UTF8,
    ];
    if !incomplete.contains(&refusal.message) {
        return None;
    }
    let command = command_typed(typed);
    let examples = help::examples(command.as_deref().unwrap_or("simguide"), lang);
    let mut commands = examples.into_iter().map(|(command, _)| command);
    let alike = |command: &String| blank("flag").is_none_or(|flag| command.contains(flag));
    commands.find(alike)
}

/// Words that could not be read, as they are printed on stderr.
#[must_use]
pub fn words_typed(misread: &Misread, lang: Lang) -> String {
    let lang = lang.written();
    let mut text = question(&misread.refusal(), lang, misread.typed);
    let help = match command_typed(misread.typed) {
        Some(command) => format!("simguide {command} --help"),
        None => "simguide --help".to_owned(),
    };
    text.push_str(&format!(
        "\n{}\n",
        Word::SEE_HELP.with(lang, &[("command", &help)])
    ));
    text
}

/// Lines of a message broken to fit; those that begin with a blank are commands or places in
/// files and stay whole, to be copied.
#[must_use]
pub fn fitted(text: &str, columns: usize, lang: Lang) -> String {
    let mut made = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        if line.starts_with(' ') {
            made.push_str(line);
            made.push('\n');
            continue;
        }
        for line in wrap(line, columns, lang) {
            made.push_str(&line);
            made.push('\n');
        }
    }
    made
}

/// Why a file or folder could not be read or written, in the reader's language where we can.
#[must_use]
pub fn why(error: &std::io::Error, lang: Lang) -> String {
    use std::io::ErrorKind;
    let word = match error.kind() {
        ErrorKind::NotFound => Word::WHY_NOT_FOUND,
        ErrorKind::PermissionDenied => Word::WHY_NOT_ALLOWED,
        ErrorKind::AlreadyExists => Word::WHY_EXISTS,
        ErrorKind::NotADirectory => Word::WHY_NO_FOLDER,
        ErrorKind::IsADirectory => Word::WHY_IS_FOLDER,
        ErrorKind::StorageFull => Word::WHY_FULL,
        ErrorKind::ReadOnlyFilesystem => Word::WHY_READ_ONLY,
        _ => return safe(&error.to_string()),
    };
    word.text(lang).to_owned()
}

/// A line as it may be shown, in full.
fn safe_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if refused(c) || c == '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
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
            safe_line(&fault.to_string().replace('\n', " "))
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
