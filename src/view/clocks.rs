//! Clocks in words: "60 days after the top-up, added to the end".

use crate::answer::renew::ClockTold;
use crate::fact::Known;
use crate::knowledge::clock::{Clock, ClockKind, DayOne, Event, MonthDay};
use crate::view::builder::{Builder, field};
use crate::view::page::{Field, Rich};
use crate::words::Word;

impl Builder {
    /// The name of what a clock tells.
    #[must_use]
    pub fn clock_name(&self, kind: ClockKind) -> &'static str {
        self.of("clock", kind.id())
    }

    /// Clocks as rows, those of one kind under one label.
    pub fn clock_fields(&mut self, clocks: &[ClockTold]) -> Vec<Field> {
        let mut fields = Vec::new();
        for kind in ClockKind::ALL {
            let of_kind: Vec<&ClockTold> = clocks
                .iter()
                .filter(|told| told.clock.clock == *kind)
                .collect();
            if of_kind.is_empty() {
                continue;
            }
            let mut values: Vec<Rich> = Vec::new();
            for told in of_kind {
                let text = self.clock(&told.clock, clocks);
                values.push(self.rich(&text, &told.sources));
            }
            fields.push(field(self.clock_name(*kind), values));
        }
        fields
    }

    /// A clock in words.
    #[must_use]
    pub fn clock(&self, clock: &Clock, all: &[ClockTold]) -> String {
        let mut rule = self.rule(clock, all);
        for more in self.clock_notes(clock) {
            rule = self.fill(Word::JOINED, &[("a", &rule), ("b", &more)]);
        }
        match &clock.when {
            Some(when) => self.fill(Word::IN_CASE, &[("when", &when.0), ("rule", &rule)]),
            None => rule,
        }
    }

    /// What is to be known of a clock beside its rule: hours, further top-ups, what happens then.
    #[must_use]
    pub fn clock_notes(&self, clock: &Clock) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(between) = clock.between {
            let from = between.from.to_string();
            let to = between.to.to_string();
            notes.push(self.fill(Word::BETWEEN_HOURS, &[("from", &from), ("to", &to)]));
        }
        match &clock.stacks {
            Some(Known::Is(stacks)) => notes.push(self.of("stacks", stacks.id()).to_owned()),
            Some(Known::Unknown) | None => {}
        }
        if let Some(days) = clock.max_days {
            notes.push(self.fill(Word::AT_MOST, &[("n", &days.to_string())]));
        }
        if let Some(then) = &clock.then {
            notes.push(then.0.trim_end_matches(['.', '\u{3002}']).to_owned());
        }
        if clock.disputed {
            notes.push(self.w(Word::DISPUTED).to_owned());
        }
        notes
    }

    fn rule(&self, clock: &Clock, all: &[ClockTold]) -> String {
        if let Some(printed) = clock.printed {
            let thing = self.of("printed", printed.id());
            return self.fill(Word::PRINTED_ON, &[("thing", thing)]);
        }
        if let Some(monthly) = clock.monthly {
            let to = self.month_day(monthly.to);
            return match monthly.from {
                Some(from) => {
                    let from = self.month_day(from);
                    self.fill(Word::MONTHLY_WINDOW, &[("from", &from), ("to", &to)])
                }
                None => self.fill(Word::MONTHLY_DAY, &[("to", &to)]),
            };
        }
        let length = self.clock_length(clock);
        let start = clock
            .after
            .as_deref()
            .or(clock.before.as_deref())
            .unwrap_or_default();
        let mut rule = if let Ok(event) = start.parse::<Event>() {
            let event = self.of("event", event.id());
            match (&length, &clock.before) {
                (None, _) => self.fill(Word::START_ON, &[("event", event)]),
                (Some(length), Some(_)) => {
                    self.fill(Word::START_BEFORE, &[("length", length), ("event", event)])
                }
                (Some(length), None) => {
                    self.fill(Word::START_AFTER, &[("length", length), ("event", event)])
                }
            }
        } else {
            let other = all
                .iter()
                .find(|told| told.clock.id.as_deref() == Some(start));
            let name = other.map_or(start, |told| self.clock_name(told.clock.clock));
            match &length {
                None => self.fill(Word::START_CLOCK_ON, &[("clock", name)]),
                Some(length) => {
                    self.fill(Word::START_CLOCK, &[("length", length), ("clock", name)])
                }
            }
        };
        if clock.month_end {
            rule = self.fill(
                Word::JOINED,
                &[("a", &rule), ("b", self.w(Word::MONTH_END))],
            );
        }
        if let Some(at) = clock.at {
            let until = self.fill(Word::UNTIL_TIME, &[("time", &at.to_string())]);
            rule = self.fill(Word::JOINED, &[("a", &rule), ("b", &until)]);
        }
        rule
    }

    /// How long a clock runs, in words; none where it ends on the day it starts.
    #[must_use]
    pub fn clock_length(&self, clock: &Clock) -> Option<String> {
        let units = [
            (clock.minutes, Word::LEN_MINUTES, None),
            (clock.hours, Word::LEN_HOURS, None),
            (clock.days, Word::LEN_DAYS, Some(Word::LEN_DAY)),
            (clock.months, Word::LEN_MONTHS, Some(Word::LEN_MONTH)),
            (clock.years, Word::LEN_YEARS, Some(Word::LEN_YEAR)),
        ];
        if clock.pack {
            return Some(self.w(Word::LEN_PACK).to_owned());
        }
        let (n, many, one) = units
            .into_iter()
            .find_map(|(n, many, one)| n.map(|n| (n, many, one)))?;
        let same_day =
            clock.day_one == Some(Known::Is(DayOne::SameDay)) && n == 1 && clock.days.is_some();
        if n == 0 || same_day {
            return None;
        }
        let length = match clock.up_to {
            Some(far) => {
                let to = self.length(far, many, one);
                self.fill(Word::LEN_RANGE, &[("from", &n.to_string()), ("to", &to)])
            }
            None => self.length(n, many, one),
        };
        if clock.roughly {
            return Some(self.fill(Word::LEN_ABOUT, &[("length", &length)]));
        }
        Some(length)
    }

    fn month_day(&self, day: MonthDay) -> String {
        match day {
            MonthDay::Is(day) => self.fill(Word::MONTH_DAY, &[("n", &day.to_string())]),
            MonthDay::Last => self.w(Word::MONTH_LAST).to_owned(),
        }
    }
}
