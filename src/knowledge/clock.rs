//! A date rule: what starts it, how long it runs, what happens then.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::fact::{Known, Time, vocabulary};
use crate::knowledge::Scope;
use crate::lang::Text;

vocabulary! {
    /// What a clock tells.
    ClockKind {
        /// Credit or data lasts until then.
        UseBy,
        /// A code or card must be entered by then.
        EnterBy,
        /// The last moment a top-up is taken.
        TopUpBy,
        /// A bill, slip, barcode or link must be paid by then.
        PayBy,
        /// A change or cancellation must be asked for by then.
        AskBy,
        /// The line stops; the clock gives the last good day, the line is dead from the day after.
        SuspendedFrom,
        /// The number is kept until then.
        NumberUntil,
        /// A stopped line is back by then.
        BackBy,
    }
}

vocabulary! {
    /// What a further top-up does to a period that still runs.
    Stacks {
        /// The new days go on the end.
        Adds,
        /// The new period starts when the current one ends.
        Waits,
        /// Everything is counted anew.
        Restarts,
        /// Each has its own end.
        Apart,
    }
}

vocabulary! {
    /// Whether the day of the event is the first day counted.
    DayOne {
        SameDay,
        NextDay,
    }
}

vocabulary! {
    /// Where a date that no rule gives is printed.
    Printed {
        Code,
        Card,
        Slip,
        Package,
        Screen,
    }
}

vocabulary! {
    /// The events a clock may start from or run up to.
    ///
    /// A clock may also start from the last good day of another clock of its file.
    Event {
        Bought,
        Activated,
        ToppedUp,
        LastUsed,
        Expires,
        BillDue,
        DebitFailed,
        Paid,
        Suspended,
        LinkIssued,
        BarcodeShown,
        TicketPrinted,
        FirstConnected,
    }
}

impl Event {
    /// Whether the first day counted must be stated for lengths in days after this event.
    ///
    /// After an end, a bill or a payment counting starts the next day by common custom.
    #[must_use]
    pub fn asks_day_one(self) -> bool {
        match self {
            Event::Bought
            | Event::Activated
            | Event::ToppedUp
            | Event::LastUsed
            | Event::BarcodeShown
            | Event::TicketPrinted
            | Event::FirstConnected => true,
            Event::Expires
            | Event::BillDue
            | Event::DebitFailed
            | Event::Paid
            | Event::Suspended
            | Event::LinkIssued => false,
        }
    }
}

/// A day of the month: 1 to 31, or `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthDay {
    Is(i8),
    Last,
}

impl Serialize for MonthDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = match self {
            MonthDay::Is(day) => *day,
            MonthDay::Last => 0,
        };
        if serializer.is_human_readable() && number == 0 {
            serializer.serialize_str("last")
        } else {
            number.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Ok(match i8::deserialize(deserializer)? {
                0 => MonthDay::Last,
                day => MonthDay::Is(day),
            });
        }
        deserializer.deserialize_any(MonthDayVisitor)
    }
}

struct MonthDayVisitor;

impl serde::de::Visitor<'_> for MonthDayVisitor {
    type Value = MonthDay;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a day of the month, 1 to 31, or `last`")
    }

    fn visit_u64<E: serde::de::Error>(self, day: u64) -> Result<MonthDay, E> {
        match i8::try_from(day) {
            Ok(day @ 1..=31) => Ok(MonthDay::Is(day)),
            _ => Err(E::invalid_value(
                serde::de::Unexpected::Unsigned(day),
                &self,
            )),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, day: i64) -> Result<MonthDay, E> {
        u64::try_from(day)
            .map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(day), &self))
            .and_then(|day| self.visit_u64(day))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<MonthDay, E> {
        if text == "last" {
            Ok(MonthDay::Last)
        } else {
            Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
    }
}

/// A window of every month; without `from` a single day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monthly {
    #[serde(default)]
    pub from: Option<MonthDay>,
    pub to: MonthDay,
}

/// Hours of a day in Japan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Between {
    pub from: Time,
    pub to: Time,
}

/// A date rule of a carrier or channel.
///
/// A length counts good days, so the result is always the last good day, in Japan time.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a record looks like its file"
)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub clock: ClockKind,
    /// A name by which another clock of the file can start from this one.
    #[serde(default)]
    pub id: Option<SmolStr>,
    pub about: Scope,
    /// The case in which it holds.
    #[serde(default)]
    pub when: Option<Text>,
    #[serde(default)]
    pub minutes: Option<u32>,
    #[serde(default)]
    pub hours: Option<u32>,
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub months: Option<u32>,
    #[serde(default)]
    pub years: Option<u32>,
    /// The length of the pack chosen.
    #[serde(default)]
    pub pack: bool,
    /// The far end of a range, in the same unit.
    #[serde(default)]
    pub up_to: Option<u32>,
    /// An [`Event`] or the id of a clock.
    #[serde(default)]
    pub after: Option<SmolStr>,
    #[serde(default)]
    pub before: Option<SmolStr>,
    #[serde(default)]
    pub day_one: Option<Known<DayOne>>,
    /// Then on to the last day of that month.
    #[serde(default)]
    pub month_end: bool,
    /// The time on the last day; the whole day where left out.
    #[serde(default)]
    pub at: Option<Time>,
    /// Hours east of Greenwich, where midnight is not Japan's.
    #[serde(default)]
    pub utc: Option<i8>,
    #[serde(default)]
    pub stacks: Option<Known<Stacks>>,
    /// Never later than this many days after the event.
    #[serde(default)]
    pub max_days: Option<u32>,
    #[serde(default)]
    pub monthly: Option<Monthly>,
    #[serde(default)]
    pub printed: Option<Printed>,
    /// Holds if the event fell in these hours.
    #[serde(default)]
    pub between: Option<Between>,
    /// Printed as "about".
    #[serde(default)]
    pub roughly: bool,
    /// What happens after it.
    #[serde(default)]
    pub then: Option<Text>,
    /// Other clocks contradict it.
    #[serde(default)]
    pub disputed: bool,
    pub sources: Vec<SmolStr>,
}
