//! From words as people type them to ids; and what to say where a word names nothing.

use smol_str::{SmolStr, format_smolstr};

use crate::args::{self, GROUPS};
use crate::fact::{Day, SourceKind, Time};
use crate::knowledge::Knowledge;
use crate::knowledge::card::{CardHead, CardType, is_any_of};
use crate::knowledge::carrier::{Network, Pack, PlanHead, Status, Topic};
use crate::knowledge::channel::{Channel, ChannelRecord, Payment};
use crate::knowledge::clock::Event;
use crate::knowledge::compile::{CarrierHead, ChainOf};
use crate::knowledge::door::refused;
use crate::knowledge::fold::fold;
use crate::knowledge::phrase::Phrase;
use crate::query::StatusAsked;
use crate::words::Word;

/// Why a question cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The sentence; its blanks are `{word}`, the word typed, and those of `blanks`.
    pub message: Word,
    pub typed: String,
    /// `example` is a word that would be good in place of the one typed.
    pub blanks: Vec<(&'static str, String)>,
    /// The nearest good words, the best first, with their names.
    pub near: Vec<(SmolStr, SmolStr)>,
    /// All good words, where they are few.
    pub list: Option<Box<Listed>>,
    /// A command that shows what can be typed, where the list is long.
    pub show: Option<String>,
}

/// A short list of good words under its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub heading: Word,
    /// Each with its name, which may be empty.
    pub words: Vec<(SmolStr, SmolStr)>,
}

impl Listed {
    /// A list under a heading.
    #[must_use]
    pub fn new(heading: Word, words: Vec<(SmolStr, SmolStr)>) -> Box<Listed> {
        Box::new(Listed { heading, words })
    }
}

impl Refusal {
    /// A refusal of one word.
    #[must_use]
    pub fn new(message: Word, typed: &str) -> Refusal {
        Refusal {
            message,
            typed: typed.to_owned(),
            blanks: Vec::new(),
            near: Vec::new(),
            list: None,
            show: None,
        }
    }

    /// A refusal without a word.
    #[must_use]
    pub fn plain(message: Word) -> Refusal {
        Refusal::new(message, "")
    }

    /// The tag names no language we know.
    #[must_use]
    pub fn lang(tag: &str) -> Refusal {
        let tags = crate::lang::KNOWN.iter().map(|lang| {
            let name = Word::of("own-name", &lang.tag().to_lowercase());
            let name = name.map_or("", |word| word.text(*lang));
            (SmolStr::new_static(lang.tag()), SmolStr::new_static(name))
        });
        listed(
            Word::WHAT_LANGUAGE,
            tag,
            Word::LIST_LANGUAGES,
            tags.collect(),
        )
    }

    /// A flag stands alone that needs a value.
    #[must_use]
    pub fn no_value(flag: &str, values: Vec<String>) -> Refusal {
        let mut refusal = Refusal::plain(Word::REFUSE_NO_VALUE);
        refusal.blanks.push(("flag", flag.to_owned()));
        refusal.list = (!values.is_empty()).then(|| Listed::new(Word::LIST_VALUES, bare(values)));
        refusal
    }
}

/// Words without names.
#[must_use]
pub fn bare(words: impl IntoIterator<Item = impl Into<SmolStr>>) -> Vec<(SmolStr, SmolStr)> {
    words
        .into_iter()
        .map(|word| (word.into(), SmolStr::default()))
        .collect()
}

/// A word that names none of these few things: the nearest are offered, and all are listed.
fn listed(what: Word, typed: &str, heading: Word, good: Vec<(SmolStr, SmolStr)>) -> Refusal {
    let mut refusal = unknown(what, typed, good.iter().cloned());
    refusal.list = Some(Listed::new(heading, good));
    refusal
}

/// A longer word is no slip of the finger.
const LONGEST_SLIP: usize = 60;
/// No name is longer, in bytes as it is typed.
pub(super) const LONGEST_NAME: usize = 400;

/// A word that names none of these things; the nearest of them are offered.
fn unknown(what: Word, typed: &str, good: impl Iterator<Item = (SmolStr, SmolStr)>) -> Refusal {
    if typed.len() > LONGEST_NAME {
        return Refusal::new(what, typed);
    }
    let folded = fold(typed);
    let length = folded.chars().count();
    if length > LONGEST_SLIP {
        return Refusal::new(what, typed);
    }
    let mut scored: Vec<(usize, SmolStr, SmolStr)> = good
        .map(|(id, name)| {
            let near = [fold(&id), fold(&name)]
                .iter()
                .filter(|candidate| !candidate.is_empty())
                .map(|candidate| strsim::damerau_levenshtein(&folded, candidate))
                .min()
                .unwrap_or(usize::MAX);
            (near, id, name)
        })
        .collect();
    scored.sort();
    let most = (length / 3).clamp(1, 3);
    let near = scored
        .into_iter()
        .filter(|(distance, id, name)| {
            *distance <= most
                || length >= 3 && (fold(id).contains(&folded) || fold(name).contains(&folded))
        })
        .take(3)
        .map(|(_, id, name)| (id, name))
        .collect();
    Refusal {
        near,
        ..Refusal::new(what, typed)
    }
}

/// A day, from `2026-11-24`; full-width digits and `/` are read too.
///
/// # Errors
/// Anything else, years before 2000 or after 2100, and days there are not.
pub fn day(text: &str, flag: &str) -> Result<Day, Refusal> {
    half_width(text)
        .parse()
        .map_err(|_| no_day(text, flag, Word::REFUSE_DAY))
}

/// A day, with a time if one follows: `2026-11-24`, `2026-11-24T21:30`.
///
/// # Errors
/// As [`day`], and a time there is not.
pub fn day_and_time(text: &str, flag: &str) -> Result<(Day, Option<Time>), Refusal> {
    let plain = half_width(text);
    let refuse = || no_day(text, flag, Word::REFUSE_DAY_TIME);
    match plain.split_once(['T', ' ']) {
        None => Ok((plain.parse().map_err(|_| refuse())?, None)),
        Some((day, time)) => {
            let time: Time = time.parse().map_err(|_| refuse())?;
            if time.0 >= 24 * 60 {
                return Err(refuse());
            }
            Ok((day.parse().map_err(|_| refuse())?, Some(time)))
        }
    }
}

fn no_day(text: &str, flag: &str, message: Word) -> Refusal {
    let mut refusal = Refusal::new(message, text);
    refusal.blanks.push(("flag", flag.to_owned()));
    refusal.blanks.push(("example", "2026-11-24".to_owned()));
    refusal.near = bare(near_day(text).map(|day| day.to_string()));
    refusal
}

/// The day that was probably meant: written in another order, without dashes, or past the end of
/// its month.
fn near_day(text: &str) -> Option<Day> {
    let text: String = half_width(text).chars().take(LONGEST_SLIP).collect();
    let groups: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let number = |group: &str| group.parse::<i16>().ok();
    let (year, month, day) = match groups[..] {
        [whole] if whole.len() == 8 => {
            let (year, rest) = whole.split_at(4);
            (number(year)?, number(&rest[..2])?, number(&rest[2..])?)
        }
        [year, month, day, ..] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [a, b, year] if year.len() == 4 => match (number(a)?, number(b)?) {
            (day, month) if day > 12 => (number(year)?, month, day),
            (month, day) if day > 12 => (number(year)?, month, day),
            _ => return None,
        },
        _ => return None,
    };
    // The last day of a month that is shorter than its writer thought.
    (28..=day.min(31))
        .rev()
        .chain([day])
        .find_map(|day| format!("{year:04}-{month:02}-{day:02}").parse().ok())
}

/// Full-width digits, dashes and slashes as their plain counterparts.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => {
                char::from_u32(c as u32 - 0xff10 + u32::from(b'0')).unwrap_or(c)
            }
            '/' | '\u{ff0f}' | '\u{ff0d}' | '\u{2010}'..='\u{2012}' => '-',
            '\u{ff1a}' => ':',
            '\u{ff34}' | 't' => 'T',
            c => c,
        })
        .collect()
}

/// A whole number of a flag.
///
/// # Errors
/// Anything else.
pub fn number(text: &str, flag: &str) -> Result<usize, Refusal> {
    half_width(text).parse().map_err(|_| {
        let mut refusal = Refusal::new(Word::REFUSE_NUMBER, text);
        refusal.blanks.push(("flag", flag.to_owned()));
        let digits: String = half_width(text)
            .chars()
            .take_while(char::is_ascii_digit)
            .take(6)
            .collect();
        refusal.near = bare((!digits.is_empty()).then_some(digits));
        refusal.blanks.push(("example", "80".to_owned()));
        refusal
    })
}

/// A network code, `440-20` or `44020`.
///
/// # Errors
/// Anything else.
pub fn code(text: &str) -> Result<SmolStr, Refusal> {
    let digits: String = half_width(text)
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .collect();
    if !matches!(digits.len(), 5 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(with_example(Word::REFUSE_CODE, text, "440-20"));
    }
    Ok(format_smolstr!("{}-{}", &digits[..3], &digits[3..]))
}

fn with_example(message: Word, text: &str, example: &str) -> Refusal {
    let mut refusal = Refusal::new(message, text);
    refusal.blanks.push(("example", example.to_owned()));
    refusal
}

/// The digits of a serial number, blanks and dashes taken out.
///
/// # Errors
/// Anything but 4 to 22 digits; a last letter F is filler and goes.
pub fn iccid(text: &str) -> Result<SmolStr, Refusal> {
    let digits: String = half_width(text)
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .collect::<String>()
        .trim_end_matches(['F', 'f'])
        .to_owned();
    if !(4..=22).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(with_example(Word::REFUSE_ICCID, text, "8981"));
    }
    Ok(digits.into())
}

/// What is looked for, as every format may echo it: blanks for whatever parts words, and nothing
/// that a terminal would obey.
#[must_use]
pub fn looked_for(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            c if refused(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The statuses of these words; `unknown` is one of them.
///
/// # Errors
/// A word that is no status.
pub fn status(typed: &[String]) -> Result<Vec<StatusAsked>, Refusal> {
    typed
        .iter()
        .map(|word| {
            let folded = fold(word);
            if folded == "unknown" {
                return Ok(StatusAsked::Unknown);
            }
            let found = Status::ALL
                .iter()
                .find(|status| fold(status.id()) == folded);
            found.copied().map(StatusAsked::Is).ok_or_else(|| {
                let ids = StatusAsked::all();
                let ids = ids.iter().map(|status| status.id().to_owned());
                listed(Word::WHAT_STATUS, word, Word::LIST_STATUS, bare(ids))
            })
        })
        .collect()
}

/// The members of a closed list by what was typed: their ids, or their names in any language.
///
/// # Errors
/// A word that names none of them.
pub fn words<T: Copy>(
    typed: &[String],
    all: &[T],
    id: fn(T) -> &'static str,
    list: &str,
    what: Word,
    heading: Word,
) -> Result<Vec<T>, Refusal> {
    let named = |member: T, folded: &str| {
        fold(id(member)) == folded
            || Word::of(list, id(member)).is_some_and(|word| {
                crate::lang::WRITTEN
                    .iter()
                    .any(|lang| fold(word.text(*lang)) == folded)
            })
    };
    typed
        .iter()
        .map(|word| {
            let folded = fold(word);
            all.iter()
                .copied()
                .find(|member| named(*member, &folded))
                .ok_or_else(|| {
                    let ids = all.iter().map(|member| id(*member).to_owned());
                    listed(what, word, heading, bare(ids))
                })
        })
        .collect()
}

/// Whether a word names the group of online or offline channels.
#[must_use]
pub fn is_group(word: &str, online: bool) -> bool {
    let names: &[&str] = if online {
        &[
            "online",
            "\u{7ebf}\u{4e0a}",
            "\u{7f51}\u{4e0a}",
            "\u{5728}\u{7ebf}",
            "\u{30aa}\u{30f3}\u{30e9}\u{30a4}\u{30f3}",
        ]
    } else {
        &[
            "offline",
            "\u{7ebf}\u{4e0b}",
            "\u{30aa}\u{30d5}\u{30e9}\u{30a4}\u{30f3}",
        ]
    };
    let folded = fold(word);
    names.iter().any(|name| fold(name) == folded)
}

/// The shells completions can be written for.
pub const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// A shell by name.
///
/// # Errors
/// A shell we cannot write completions for, or none.
pub fn shell(typed: Option<&str>) -> Result<String, Refusal> {
    let shells = bare(SHELLS.map(str::to_owned));
    let Some(word) = typed else {
        let mut refusal = Refusal::plain(Word::REFUSE_MISSING);
        refusal.blanks.push(("flags", "SHELL".to_owned()));
        refusal.list = Some(Listed::new(Word::LIST_SHELLS, shells));
        return Err(refusal);
    };
    let folded = fold(word);
    match SHELLS.iter().find(|shell| fold(shell) == folded) {
        Some(shell) => Ok((*shell).to_owned()),
        None => Err(listed(Word::WHAT_SHELL, word, Word::LIST_SHELLS, shells)),
    }
}

/// A command of ours by name.
///
/// # Errors
/// A word that is no command.
pub fn command(word: &str) -> Result<String, Refusal> {
    command_of(word, commands())
}

/// A command that answers with records, by name.
///
/// # Errors
/// A word that is no such command.
pub fn answering(word: &str) -> Result<String, Refusal> {
    command_of(word, args::answering())
}

fn command_of(word: &str, all: Vec<String>) -> Result<String, Refusal> {
    let folded = fold(word);
    match all.iter().find(|command| fold(command) == folded) {
        Some(command) => Ok(command.clone()),
        None => Err(listed(
            Word::WHAT_COMMAND,
            word,
            Word::LIST_COMMANDS,
            bare(all),
        )),
    }
}

fn commands() -> Vec<String> {
    let all = GROUPS.iter().flat_map(|(_, commands)| *commands);
    all.map(|command| (*command).to_owned()).collect()
}

/// The words that a value such as `TYPE` can be, where they can be listed.
#[must_use]
pub fn values(value: &str, knowledge: &Knowledge) -> Vec<String> {
    fn ids<T: Copy>(all: &[T], id: fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|member| id(*member).to_owned()).collect()
    }
    match value {
        "TYPE" => ids(CardType::ALL, CardType::id),
        "CHANNEL" => ids(Channel::ALL, Channel::id),
        "NETWORK" => ids(Network::ALL, Network::id),
        "TOPIC" => ids(Topic::ALL, Topic::id),
        "KIND" => ids(SourceKind::ALL, SourceKind::id),
        "STATUS" => ids(&StatusAsked::all(), StatusAsked::id),
        "LANG" => ids(crate::lang::KNOWN, crate::lang::Lang::tag),
        "SHELL" => SHELLS.map(str::to_owned).to_vec(),
        "COMMAND" => commands(),
        "PAYMENT" => {
            let all: Vec<Payment> = knowledge.all("payment.all");
            all.into_iter().map(|payment| payment.id.into()).collect()
        }
        "CARRIER" => {
            let all: Vec<CarrierHead> = knowledge.all("carrier.all");
            all.into_iter().map(|head| head.id.into()).collect()
        }
        _ => Vec::new(),
    }
}

/// The same with the lists that are too long to print, for a shell to complete.
#[must_use]
pub fn completed(value: &str, knowledge: &Knowledge) -> Vec<String> {
    let ids = |kind: &str| knowledge.keys_under(&format!("{kind}/"));
    match value {
        "PLAN" => ids("plan").into_iter().collect(),
        "ID" => ids("phrase").into_iter().collect(),
        // Found under the carrier that sells them.
        "PACK" => {
            let packs = ids("pack");
            let id = |key: &String| Some(key.split_once('/')?.1.to_owned());
            packs.iter().filter_map(id).collect()
        }
        "CHANNEL" => {
            let mut all = values(value, knowledge);
            all.extend(["online", "offline"].map(str::to_owned));
            all.extend(ids("chain"));
            all
        }
        _ => values(value, knowledge),
    }
}

/// Looks names up.
pub struct Finder<'a> {
    pub knowledge: &'a Knowledge,
}

impl Finder<'_> {
    fn named<T: serde::de::DeserializeOwned>(&self, kind: &str, typed: &str) -> Vec<T> {
        if typed.len() > LONGEST_NAME {
            return Vec::new();
        }
        self.knowledge.all(&format!("{kind}.name/{}", fold(typed)))
    }

    /// Card types.
    ///
    /// # Errors
    /// A word that names none.
    pub fn types(&self, typed: &[String]) -> Result<Vec<CardType>, Refusal> {
        let mut cards = Vec::new();
        for word in typed {
            let card = self.card(word)?;
            if !cards.contains(&card) {
                cards.push(card);
            }
        }
        Ok(cards)
    }

    /// A card type.
    ///
    /// # Errors
    /// A word that names none.
    pub fn card(&self, word: &str) -> Result<CardType, Refusal> {
        if let Ok(card) = word.parse() {
            return Ok(card);
        }
        let heads: Vec<CardHead> = self.named("type", word);
        heads.first().map(|head| head.id).ok_or_else(|| {
            let all = CardType::ALL.iter();
            let names = all
                .filter_map(|card| self.knowledge.card(*card))
                .map(|head| (SmolStr::new_static(head.id.id()), head.name.0));
            listed(Word::WHAT_TYPE, word, Word::LIST_TYPES, names.collect())
        })
    }

    /// Channels, and chains that were named in their place.
    ///
    /// # Errors
    /// A word that names neither.
    pub fn channels(&self, typed: &[String]) -> Result<(Vec<Channel>, Vec<SmolStr>), Refusal> {
        let mut channels = Vec::new();
        let mut chains = Vec::new();
        for word in typed {
            if let Ok(channel) = word.parse() {
                channels.push(channel);
                continue;
            }
            if is_group(word, true) || is_group(word, false) {
                let online = is_group(word, true);
                let all: Vec<ChannelRecord> = self.knowledge.all("channel.all");
                channels.extend(
                    all.iter()
                        .filter(|channel| channel.online == online)
                        .map(|channel| channel.id),
                );
                continue;
            }
            let found: Vec<ChannelRecord> = self.named("channel", word);
            if let Some(channel) = found.first() {
                channels.push(channel.id);
                continue;
            }
            let found: Vec<ChainOf> = self.named("chain", word);
            match found.first() {
                Some(of) => {
                    channels.push(of.channel);
                    chains.push(of.chain.id.clone());
                }
                None => return Err(self.no_channel(word)),
            }
        }
        channels.sort_unstable();
        channels.dedup();
        Ok((channels, chains))
    }

    fn no_channel(&self, word: &str) -> Refusal {
        let channels: Vec<ChannelRecord> = self.knowledge.all("channel.all");
        let chains: Vec<ChainOf> = self.knowledge.all("chain.all");
        let mut names: Vec<(SmolStr, SmolStr)> = channels
            .into_iter()
            .map(|channel| (SmolStr::new_static(channel.id.id()), channel.name.0))
            .collect();
        let list = names.clone();
        names.extend(chains.into_iter().map(|of| (of.chain.id, of.chain.name.0)));
        let mut refusal = unknown(Word::WHAT_CHANNEL, word, names.into_iter());
        refusal.list = Some(Listed::new(Word::LIST_CHANNELS, list));
        refusal
    }

    /// Payments.
    ///
    /// # Errors
    /// A word that names none.
    pub fn payments(&self, typed: &[String]) -> Result<Vec<SmolStr>, Refusal> {
        let mut payments: Vec<SmolStr> = Vec::new();
        for word in typed {
            let found: Vec<Payment> = self.named("payment", word);
            let Some(payment) = found.into_iter().next() else {
                let all: Vec<Payment> = self.knowledge.all("payment.all");
                let names = all
                    .into_iter()
                    .map(|payment| (payment.id, payment.name.0))
                    .collect();
                return Err(listed(Word::WHAT_PAYMENT, word, Word::LIST_PAYMENTS, names));
            };
            if !payments.contains(&payment.id) {
                payments.push(payment.id);
            }
        }
        Ok(payments)
    }

    /// One plan; a carrier with a single plan is that plan.
    ///
    /// # Errors
    /// A word that names none, or a carrier with several.
    pub fn plan(&self, word: &str) -> Result<SmolStr, Refusal> {
        let exact = self.knowledge.plan_head(word);
        let found: Vec<PlanHead> = match exact {
            Some(plan) => vec![plan],
            None => self.named("plan", word),
        };
        match &found[..] {
            [plan] => Ok(plan.id.clone()),
            [] => {
                let of_carrier = self.of_carrier(word);
                match &of_carrier[..] {
                    [plan] => Ok(plan.id.clone()),
                    [] => Err(self.no_plan(word)),
                    several => Err(several_plans(word, several)),
                }
            }
            several => Err(several_plans(word, several)),
        }
    }

    /// The ids of the carriers of these names; a plan named in the place of one means its carrier.
    #[must_use]
    pub fn carriers(&self, typed: &[String]) -> Vec<SmolStr> {
        let mut ids: Vec<SmolStr> = Vec::new();
        for word in typed {
            let heads: Vec<crate::knowledge::compile::CarrierHead> = self.named("carrier", word);
            let plans = || self.named::<PlanHead>("plan", word).into_iter();
            let id = match heads.into_iter().next() {
                Some(head) => Some(head.id),
                None => plans().next().map(|plan| plan.carrier),
            };
            ids.extend(id.filter(|id| !ids.contains(id)));
        }
        ids
    }

    fn of_carrier(&self, word: &str) -> Vec<PlanHead> {
        let heads: Vec<CarrierHead> = self.named("carrier", word);
        heads
            .first()
            .map(|head| {
                self.knowledge
                    .all(&format!("plan.head.carrier/{}", head.id))
            })
            .unwrap_or_default()
    }

    fn no_plan(&self, word: &str) -> Refusal {
        let heads: Vec<PlanHead> = self.knowledge.all("plan.head.all");
        let names = heads.into_iter().map(|plan| (plan.id, plan.name.0));
        let mut refusal = unknown(Word::WHAT_PLAN, word, names);
        refusal.show = Some("simguide plans".to_owned());
        refusal
    }

    /// The plans of these names and of these carriers, of these types; all named plans if no carrier is.
    ///
    /// # Errors
    /// A word that names none.
    pub fn plans_or_carriers(
        &self,
        plans: &[String],
        carriers: &[String],
        types: &[CardType],
    ) -> Result<Vec<SmolStr>, Refusal> {
        let mut ids: Vec<SmolStr> = Vec::new();
        for word in plans {
            let found: Vec<PlanHead> = match self.knowledge.plan_head(word) {
                Some(plan) => vec![plan],
                None => self.named("plan", word),
            };
            let found = if found.is_empty() {
                self.of_carrier(word)
            } else {
                found
            };
            if found.is_empty() {
                return Err(self.no_plan(word));
            }
            ids.extend(found.into_iter().map(|plan| plan.id));
        }
        let mut of_carriers: Vec<PlanHead> = Vec::new();
        for word in carriers {
            let mut found = self.of_carrier(word);
            if found.is_empty() {
                found = self.named("plan", word);
            }
            if found.is_empty() {
                return Err(self.no_carrier(word));
            }
            of_carriers.extend(found);
        }
        of_carriers.retain(|plan| is_any_of(types, plan.kind, &plan.form));
        if ids.is_empty() {
            ids = of_carriers.into_iter().map(|plan| plan.id).collect();
        } else if !carriers.is_empty() {
            ids.retain(|id| of_carriers.iter().any(|plan| plan.id == *id));
        }
        let mut seen = std::collections::BTreeSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        Ok(ids)
    }

    fn no_carrier(&self, word: &str) -> Refusal {
        let heads: Vec<CarrierHead> = self.knowledge.all("carrier.all");
        let names: Vec<(SmolStr, SmolStr)> = heads
            .into_iter()
            .map(|head| (head.id, head.name.0))
            .collect();
        let mut refusal = unknown(Word::WHAT_CARRIER, word, names.into_iter());
        refusal.show = Some("simguide plans".to_owned());
        refusal
    }

    /// A pack of a plan.
    ///
    /// # Errors
    /// A word that names none; the packs of the plan are listed.
    pub fn pack(&self, plan: &str, word: &str) -> Result<SmolStr, Refusal> {
        let packs: Vec<Pack> = self.knowledge.packs(plan);
        let folded = fold(word);
        if let Some(pack) = packs.iter().find(|pack| fold(&pack.id) == folded) {
            return Ok(pack.id.clone());
        }
        let ids = bare(packs.into_iter().map(|pack| pack.id));
        let none = ids.is_empty();
        let mut refusal = listed(Word::WHAT_PACK, word, Word::LIST_PACKS, ids);
        if none {
            refusal.list = None;
        }
        refusal.blanks.push(("plan", plan.to_owned()));
        Err(refusal)
    }

    /// A phrase by id.
    ///
    /// # Errors
    /// A word that names none.
    pub fn phrase(&self, word: &str) -> Result<SmolStr, Refusal> {
        if self.knowledge.phrase(word).is_some() {
            return Ok(SmolStr::new(word));
        }
        let all: Vec<Phrase> = self.knowledge.all("phrase.all");
        let mut refusal = unknown(
            Word::WHAT_PHRASE,
            word,
            all.into_iter().map(|phrase| (phrase.id, phrase.en)),
        );
        refusal.show = Some("simguide phrases".to_owned());
        Err(refusal)
    }
}

/// The flag that dates an event, if there is one.
#[must_use]
pub fn flag_of(event: Event) -> Option<&'static str> {
    match event {
        Event::ToppedUp | Event::Bought => Some("--topped-up"),
        Event::Activated | Event::FirstConnected => Some("--activated"),
        Event::Expires => Some("--expires"),
        Event::BillDue => Some("--bill-due"),
        Event::LastUsed
        | Event::DebitFailed
        | Event::Paid
        | Event::Suspended
        | Event::LinkIssued
        | Event::BarcodeShown
        | Event::TicketPrinted => None,
    }
}

fn several_plans(word: &str, plans: &[PlanHead]) -> Refusal {
    let mut refusal = Refusal::new(Word::REFUSE_SEVERAL, word);
    refusal.near = plans
        .iter()
        .map(|plan| (plan.id.clone(), plan.name.0.clone()))
        .collect();
    refusal
}
