//! Values in words: sums, packs, hours, languages, contacts.

use std::borrow::Borrow;

use smol_str::SmolStr;

use crate::answer::Verdict;
use crate::answer::plans::ContactTold;
use crate::answer::way::{AmountTold, FeeTold, PackTold, WayTold};
use crate::knowledge::carrier::Hours;
use crate::knowledge::plain::thousands;
use crate::lang::Lang;
use crate::view::builder::Builder;
use crate::view::page::Rich;
use crate::words::Word;

/// Items of a list in one line.
#[must_use]
pub fn list<T: Borrow<str>>(lang: Lang, items: &[T]) -> String {
    match lang {
        Lang::ZhHans | Lang::ZhHant | Lang::Ja => items.join("\u{3001}"),
        Lang::En | Lang::Ko | Lang::Vi => items.join(", "),
    }
}

/// A number as it is written everywhere: `3,000`.
#[must_use]
pub fn number(n: u32) -> String {
    thousands(u64::from(n))
}

/// Data in gigabytes where it is a whole number of them, else megabytes.
#[must_use]
pub fn data(mb: u32, lang: Lang) -> String {
    let gap = if lang == Lang::Ja { "" } else { " " };
    if mb >= 1000 && mb.is_multiple_of(1000) {
        format!("{}{gap}GB", mb / 1000)
    } else if mb >= 1024 && mb.is_multiple_of(1024) {
        format!("{}{gap}GB", mb / 1024)
    } else if mb >= 1000 && mb.is_multiple_of(100) {
        format!("{}.{}{gap}GB", mb / 1000, mb % 1000 / 100)
    } else {
        format!("{}{gap}MB", number(mb))
    }
}

impl Builder {
    /// A length: `30 days`, `1 month`.
    #[must_use]
    pub fn length(&self, n: u32, many: Word, one: Option<Word>) -> String {
        match one {
            Some(one) if n == 1 => self.w(one).to_owned(),
            _ => self.fill(many, &[("n", &number(n))]),
        }
    }

    /// What a pack holds: `3 GB, 30 days`.
    #[must_use]
    pub fn pack(&self, pack: &PackTold) -> String {
        let mut parts = Vec::new();
        if pack.unlimited {
            parts.push(self.w(Word::UNLIMITED).to_owned());
        } else if let Some(mb) = pack.data_mb {
            parts.push(data(mb, self.lang));
        }
        if let Some(days) = pack.days {
            parts.push(self.length(days, Word::LEN_DAYS, Some(Word::LEN_DAY)));
        } else if let Some(hours) = pack.hours {
            parts.push(self.length(hours, Word::LEN_HOURS, None));
        }
        if parts.is_empty() {
            parts.push(pack.id.to_string());
        }
        list(self.lang, &parts)
    }

    /// A sum: `3,000 yen`, `100 HKD`; none where nobody publishes it.
    #[must_use]
    pub fn sum(&self, amount: &AmountTold) -> Option<String> {
        match (amount.jpy, &amount.other) {
            (Some(jpy), _) => Some(self.fill(Word::YEN, &[("n", &number(jpy))])),
            (None, Some(other)) => Some(other.to_string()),
            (None, None) => None,
        }
    }

    /// An amount in full: a pack with its price, a sum, or a range.
    #[must_use]
    pub fn amount(&self, amount: &AmountTold) -> String {
        let sum = match (&amount.up_to, amount.jpy, &amount.other) {
            (Some(far), Some(jpy), _) => {
                let to = far.parse().map_or_else(|_| far.to_string(), number);
                let to = self.fill(Word::YEN, &[("n", &to)]);
                Some(self.fill(Word::RANGE, &[("from", &number(jpy)), ("to", &to)]))
            }
            (Some(far), None, Some(other)) => {
                Some(self.fill(Word::RANGE, &[("from", other), ("to", far)]))
            }
            _ => self.sum(amount),
        };
        let unknown = || self.w(Word::UNKNOWN).to_owned();
        match &amount.pack {
            Some(pack) => {
                let price = sum.unwrap_or_else(unknown);
                let what = self.pack(pack);
                self.fill(Word::FEE_WHEN, &[("fee", &what), ("when", &price)])
            }
            None => sum.unwrap_or_else(unknown),
        }
    }

    /// Amounts in few words, for a column headed "yen".
    #[must_use]
    pub fn amounts_short(&self, way: &WayTold) -> Option<String> {
        let amounts = way.amounts.as_ref()?;
        let bare = |amount: &AmountTold| -> Option<String> {
            match (amount.jpy, &amount.other, &amount.up_to) {
                (Some(jpy), _, Some(far)) => {
                    let to = far.parse().map_or_else(|_| far.to_string(), number);
                    Some(self.fill(Word::RANGE, &[("from", &number(jpy)), ("to", &to)]))
                }
                (Some(jpy), _, None) => Some(number(jpy)),
                (None, Some(other), _) => Some(other.to_string()),
                (None, None, _) => None,
            }
        };
        let sums: Vec<String> = amounts.iter().filter_map(bare).collect();
        if sums.is_empty() {
            return None;
        }
        if sums.len() > 4 {
            let yen: Option<u32> = amounts.iter().map(|amount| amount.jpy).min().flatten();
            return yen
                .map(|least| self.fill(Word::FROM_ON, &[("from", &number(least))]))
                .or(Some(sums[0].clone()));
        }
        Some(sums.join("  ").replace("  ", ", "))
    }

    /// A fee with when it falls due.
    #[must_use]
    pub fn fee(&self, fee: &FeeTold) -> String {
        let sum = match (fee.jpy, &fee.other) {
            (Some(jpy), _) => self.fill(Word::YEN, &[("n", &number(jpy))]),
            (None, Some(other)) => other.to_string(),
            (None, None) => self.w(Word::UNKNOWN).to_owned(),
        };
        match &fee.when {
            Some(when) => self.fill(Word::FEE_WHEN, &[("fee", &sum), ("when", when)]),
            None => sum,
        }
    }

    /// Hours of a week: `weekdays 09:00-17:00`.
    #[must_use]
    pub fn hours(&self, hours: &Hours) -> String {
        self.fill(
            Word::HOURS_TEXT,
            &[
                ("days", self.of("weekly", hours.days.id())),
                ("from", &hours.from.to_string()),
                ("to", &hours.to.to_string()),
            ],
        )
    }

    /// Languages by name.
    #[must_use]
    pub fn languages(&self, tags: &[SmolStr]) -> String {
        let names: Vec<String> = tags
            .iter()
            .map(|tag| self.of("language", tag).to_owned())
            .collect();
        list(self.lang, &names)
    }

    /// What must be at hand, in words.
    #[must_use]
    pub fn needs(&self, needs: &[SmolStr]) -> String {
        let names: Vec<String> = needs
            .iter()
            .map(|need| self.of("need", need).to_owned())
            .collect();
        list(self.lang, &names)
    }

    /// What is taken, in lines by how sure it is; cash and cards from abroad are always named.
    pub fn payments(&mut self, way: &WayTold) -> Vec<Rich> {
        let mut lines: Vec<Rich> = Vec::new();
        for verdict in [Verdict::Yes, Verdict::Partly, Verdict::No] {
            // One line for each set of sources: a mark must stand behind what it proves.
            // The place's general rule is not the carrier's own word, and stands apart from it.
            let mut groups: Vec<(Vec<String>, bool, &[crate::answer::Cited])> = Vec::new();
            for told in way.payments.iter().filter(|told| told.verdict == verdict) {
                let name = self.payment_name(way, told);
                match groups.iter_mut().find(|(_, general, sources)| {
                    *general == told.general && sources[..] == told.sources[..]
                }) {
                    Some((names, ..)) => names.push(name),
                    None => groups.push((vec![name], told.general, &told.sources)),
                }
            }
            for (names, general, sources) in groups {
                let mut names = list(self.lang, &names);
                if general && verdict != Verdict::Partly {
                    names = self.fill(Word::GENERAL_RULE, &[("name", &names)]);
                }
                let line = match verdict {
                    Verdict::Partly => self.fill(Word::PAY_SOMETIMES, &[("name", &names)]),
                    Verdict::No => {
                        let label = self.w(Word::LABEL_REFUSED);
                        self.fill(Word::FEE_WHEN, &[("fee", label), ("when", &names)])
                    }
                    Verdict::Yes | Verdict::Unknown => names,
                };
                let line = self.rich(&line, sources);
                lines.push(line);
            }
        }
        if let Some(silent) = self.silent_payments(way) {
            lines.push(Rich::plain(silent));
        }
        lines
    }

    fn payment_name(&self, way: &WayTold, told: &crate::answer::way::PaymentTold) -> String {
        if told.payment == "credit-card" && !way.card_brands.is_empty() {
            let brands: Vec<String> = way
                .card_brands
                .iter()
                .map(|brand| self.of("brand", brand).to_owned())
                .collect();
            let brands = list(self.lang, &brands);
            return self.fill(
                Word::CARD_LIST,
                &[("name", &told.name), ("brands", &brands)],
            );
        }
        told.name.to_string()
    }

    /// Cash and cards from abroad, where nobody says whether they are taken.
    fn silent_payments(&self, way: &WayTold) -> Option<String> {
        let mut names = Vec::new();
        let personal = way.internet == Some("none") || way.internet == Some("after");
        if way.payment("cash") == Verdict::Unknown && personal {
            names.push(self.w(Word::COL_CASH).to_owned());
        }
        if way.payment("foreign-card") == Verdict::Unknown
            && way.payment("credit-card") != Verdict::No
        {
            names.push(self.w(Word::TOPIC_FOREIGN_CARD).to_owned());
        }
        if names.is_empty() {
            return None;
        }
        let names = list(self.lang, &names);
        Some(self.fill(Word::NOT_PUBLISHED_OF, &[("names", &names)]))
    }

    /// A contact in one line.
    pub fn contact(&mut self, contact: &ContactTold) -> Rich {
        let mut parts: Vec<String> = Vec::new();
        if let Some(number) = contact.phone.as_ref().or(contact.chat.as_ref()) {
            parts.push(number.to_string());
        }
        if let Some(languages) = &contact.languages {
            parts.push(self.languages(languages));
        }
        if let Some(hours) = &contact.hours {
            parts.push(self.hours(hours));
        }
        match contact.free {
            Some(true) => parts.push(self.w(Word::FREE_TRUE).to_owned()),
            Some(false) => parts.push(self.w(Word::FREE_FALSE).to_owned()),
            None => {}
        }
        match contact.from_stopped {
            Some(true) => parts.push(self.w(Word::FROM_STOPPED_TRUE).to_owned()),
            Some(false) => parts.push(self.w(Word::FROM_STOPPED_FALSE).to_owned()),
            None => {}
        }
        let head = list(self.lang, &parts);
        let text = match &contact.how {
            Some(how) if head.is_empty() => how.to_string(),
            Some(how) => self.fill(Word::PHONE_HOW, &[("phone", &head), ("how", how)]),
            None => head,
        };
        self.rich(&text, &contact.sources)
    }
}
