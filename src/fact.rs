//! The small types a fact is made of: what is known, since when, and from where.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use smol_str::SmolStr;

/// A closed list of words, spelled the same in records, on the command line and in Rust.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $word:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
            strum::IntoStaticStr, strum::EnumString, strum::VariantArray,
        )]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum $name { $($(#[$inner])* $word),* }

        impl $name {
            /// All words, in the order of the list.
            pub const ALL: &'static [$name] = <$name as strum::VariantArray>::VARIANTS;

            /// The word as it is written everywhere.
            #[must_use]
            pub fn id(self) -> &'static str {
                self.into()
            }
        }
    };
}
pub(crate) use vocabulary;

/// A fact, or the word that nobody publishes it.
///
/// Written `unknown` in a record and `null` in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known<T> {
    Is(T),
    Unknown,
}

impl<T> Known<T> {
    /// The fact, if it is published.
    pub fn get(&self) -> Option<&T> {
        match self {
            Known::Is(fact) => Some(fact),
            Known::Unknown => None,
        }
    }
}

impl<T: Serialize> Serialize for Known<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Known<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(KnownVisitor(std::marker::PhantomData))
        } else {
            Ok(Option::<T>::deserialize(deserializer)?.map_or(Known::Unknown, Known::Is))
        }
    }
}

struct KnownVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for KnownVisitor<T> {
    type Value = Known<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, or `unknown` where nobody publishes it")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Known<T>, E> {
        if text == "unknown" {
            return Ok(Known::Unknown);
        }
        match T::deserialize(text.into_deserializer()) {
            Ok(fact) => Ok(Known::Is(fact)),
            Err(error) => {
                let error: E = error;
                Err(E::custom(format!(
                    "{error}; where nobody publishes it write `unknown`"
                )))
            }
        }
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Known<T>, E> {
        T::deserialize(value.into_deserializer()).map(Known::Is)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Known<T>, E> {
        T::deserialize(value.into_deserializer()).map(Known::Is)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Known<T>, E> {
        T::deserialize(value.into_deserializer()).map(Known::Is)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Known<T>, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(seq)).map(Known::Is)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Known<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Known::Is)
    }
}

/// A calendar day in Japan, written `2026-11-24`; 2000 to 2100.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub civil::Date);

impl Day {
    /// The day of a year, month and day of the month, or `None` if there is none such.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        civil::Date::new(year, month, day).ok().map(Day)
    }

    /// So many days later, or earlier where negative; `None` beyond the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Day> {
        self.0
            .checked_add(jiff::Span::new().try_days(days).ok()?)
            .ok()
            .map(Day)
    }

    /// Days from this day to the other; negative if the other is earlier.
    #[must_use]
    pub fn days_until(self, other: Day) -> i64 {
        i64::from(self.0.until(other.0).map_or(0, |span| span.get_days()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0;
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            date.month(),
            date.day()
        )
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is no day of the form `2026-11-24` between 2000 and 2100.
#[derive(Debug, PartialEq, Eq)]
pub struct NoDay;

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day; write it as 2026-11-24")
    }
}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Day, NoDay> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(NoDay);
        }
        let number = |from: usize, to: usize| -> Result<i16, NoDay> {
            let digits = &bytes[from..to];
            if !digits.iter().all(u8::is_ascii_digit) {
                return Err(NoDay);
            }
            Ok(digits
                .iter()
                .fold(0, |n, digit| n * 10 + i16::from(digit - b'0')))
        };
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        if !(2000..=2100).contains(&year) {
            return Err(NoDay);
        }
        let small = |n: i16| i8::try_from(n).map_err(|_| NoDay);
        Day::new(year, small(month)?, small(day)?).ok_or(NoDay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            let date = self.0;
            (date.year(), date.month(), date.day()).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            text.parse()
                .map_err(|_| de::Error::custom(format!("`{text}` is {NoDay}")))
        } else {
            let (year, month, day) = Deserialize::deserialize(deserializer)?;
            Day::new(year, month, day).ok_or_else(|| de::Error::custom("no such day"))
        }
    }
}

/// A time of day in Japan, from `00:00` to `24:00`, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u16);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for Time {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Time, NoTime> {
        let (hours, minutes) = text.split_once(':').ok_or(NoTime)?;
        let number = |digits: &str, length: usize| -> Result<u16, NoTime> {
            if digits.len() > length || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(NoTime);
            }
            digits.parse().map_err(|_| NoTime)
        };
        let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
        let time = hours * 60 + minutes;
        if minutes > 59 || time > 24 * 60 {
            return Err(NoTime);
        }
        Ok(Time(time))
    }
}

/// The text is no time of the form `20:00`.
#[derive(Debug, PartialEq, Eq)]
pub struct NoTime;

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            text.parse().map_err(|_| {
                de::Error::custom(format!(
                    "`{text}` is not a time; write it as \"20:00\", up to \"24:00\""
                ))
            })
        } else {
            Ok(Time(u16::deserialize(deserializer)?))
        }
    }
}

vocabulary! {
    /// Who stands behind a page.
    SourceKind {
        /// The operator, a chain, an authority.
        Official,
        /// A newspaper or magazine.
        Press,
        /// Blogs, forums, encyclopedias.
        Community,
    }
}

/// The page a fact was read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    #[serde(with = "crate::pool")]
    pub url: SmolStr,
    #[serde(with = "crate::pool")]
    pub title: SmolStr,
    #[serde(with = "crate::pool")]
    pub publisher: SmolStr,
    pub kind: SourceKind,
    /// The date the page gives itself.
    ///
    /// Not the day somebody looked at it: a page read yesterday can be
    /// ten years old, and the reader must be told which.
    pub dated: Known<Day>,
    /// The page gives no date, but its text must be older than this day.
    #[serde(default)]
    pub older_than: Option<Day>,
}

impl Source {
    /// The newest day the page can be of, where anything is known of its age.
    #[must_use]
    pub fn newest(&self) -> Option<Day> {
        self.dated.get().copied().or(self.older_than)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_strictly() {
        assert!("2028-02-29".parse::<Day>().is_ok());
        for bad in [
            "2026-02-29",
            "11/24",
            "2026-1-02",
            "1999-12-31",
            "2101-01-01",
            "2026-13-01",
            "2026-00-10",
            "\u{ff12}\u{ff10}\u{ff12}\u{ff16}-01-01",
            "",
        ] {
            assert_eq!(bad.parse::<Day>(), Err(NoDay), "{bad}");
        }
    }

    #[test]
    fn times_run_to_the_end_of_the_day() {
        assert_eq!("24:00".parse(), Ok(Time(1440)));
        for bad in ["24:01", "20:60", "2000", "", ":", "-1:00", "020:00"] {
            assert_eq!(bad.parse::<Time>(), Err(NoTime), "{bad}");
        }
    }

    #[test]
    fn a_day_is_counted_over_leap_days() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(day("2028-02-28").days_until(day("2028-03-01")), 2);
        assert_eq!(day("2027-12-31").plus_days(1), Some(day("2028-01-01")));
    }
}
