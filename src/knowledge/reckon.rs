//! The arithmetic of clocks: from what the reader told to the last good day of each rule.
//!
//! Every day and hour is Japan's, UTC+9 all year. Nothing here looks at a clock or calendar of
//! the machine: today is told like everything else. Days run from 2000 to 2100.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::fact::{Day, Known, Time};
use crate::knowledge::carrier::Pack;
use crate::knowledge::clock::{Clock, DayOne, Event, MonthDay, Monthly, Printed, Stacks};

/// What the reader told. Days and hours are Japan's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Decides only which window of a monthly clock is meant.
    pub today: Day,
    /// When each event was; a time left out was not told.
    pub events: BTreeMap<Event, Moment>,
    /// How long the pack chosen runs.
    pub pack: Option<PackLength>,
}

impl Given {
    /// Nothing told yet but what day it is.
    #[must_use]
    pub fn on(today: Day) -> Given {
        Given {
            today,
            events: BTreeMap::new(),
            pack: None,
        }
    }

    /// The same, and when an event was.
    #[must_use]
    pub fn with(mut self, event: Event, day: Day, time: Option<Time>) -> Given {
        self.events.insert(event, Moment { day, time });
        self
    }
}

/// A day in Japan, or a time of it.
///
/// Of a deadline, no time means the whole day; of an event, that the time was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub day: Day,
    pub time: Option<Time>,
}

impl Moment {
    fn whole(day: Day) -> Moment {
        Moment { day, time: None }
    }

    /// The day and the time up to which it is good, for comparing deadlines.
    #[must_use]
    pub fn end(self) -> (Day, Time) {
        (self.day, self.time.unwrap_or(MIDNIGHT))
    }
}

/// How long a pack runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackLength {
    Days(u32),
    Hours(u32),
}

impl PackLength {
    /// The length of a pack, where it has one.
    #[must_use]
    pub fn of(pack: &Pack) -> Option<PackLength> {
        pack.days
            .map(PackLength::Days)
            .or(pack.hours.map(PackLength::Hours))
    }
}

/// One clock with its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoned {
    /// Its place in the list reckoned.
    pub clock_index: usize,
    pub result: Outcome,
}

/// What came of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    At(Deadline),
    /// The date stands there; no rule gives it.
    Printed(Printed),
    /// There is no date, for want of this.
    Missing(Missing),
}

/// Until when, in Japan time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last good moment; where sources leave the first day open, the earlier reading.
    pub last: Moment,
    /// The last good moment by the other reading, where it differs.
    pub later: Option<Moment>,
    /// The far end of a range; before `last` where the rule counts back.
    pub far: Option<Moment>,
    /// The first day of a monthly window.
    pub opens: Option<Day>,
    /// `last` is no whole day: its hour follows from that of the event, which was not told.
    pub hour_unknown: bool,
}

impl Deadline {
    /// Days from today to the last good day: 0 on that day, negative once it is over.
    #[must_use]
    pub fn days_left(&self, today: Day) -> i64 {
        today.days_until(self.last.day)
    }

    /// The day in Japan on which it is over: the next one, unless the last good day ends early.
    #[must_use]
    pub fn over_on(&self) -> Option<Day> {
        if self.hour_unknown || self.last.end().1 < MIDNIGHT {
            Some(self.last.day)
        } else {
            self.last.day.plus_days(1)
        }
    }
}

/// Why a clock has no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody told when this was; for a clock that hangs on others, what the first of them wants.
    Event(Event),
    /// No pack was chosen, or the one chosen has no length.
    Pack,
    /// It hangs on the clock of this index, whose date is printed on something.
    Clock(usize),
    /// The rule is broken: no length, no start, a start that is not there, or a circle.
    Rule,
    /// It would lie outside the years 2000 to 2100.
    Beyond,
}

/// Reckons clocks of one plan: those with a date first, earliest first, the others as listed.
///
/// Clocks that start from other clocks find them by id in the same list. A clock whose
/// hours do not hold for the hour told is left out, and so is whatever starts from it.
#[must_use]
pub fn reckon(clocks: &[Clock], given: &Given) -> Vec<Reckoned> {
    let mut results: Vec<Reckoned> = (0..clocks.len())
        .filter_map(|clock_index| {
            let result = match deadline(clocks, given, clock_index, 0) {
                Ok(deadline) => Outcome::At(deadline),
                Err(Stop::Printed(printed)) => Outcome::Printed(printed),
                Err(Stop::Missing(missing)) => Outcome::Missing(missing),
                Err(Stop::OtherCase) => return None,
            };
            Some(Reckoned {
                clock_index,
                result,
            })
        })
        .collect();
    results.sort_by(|a, b| in_time(&a.result, &b.result));
    results
}

/// Whether the end of what still runs moves this clock, once [`Event::Expires`] is told.
///
/// Where it is not told, nothing is taken to be left over, and the answer should say so. What
/// starts with the card itself finds nothing left over: the end told is its own, not one before.
#[must_use]
pub fn moved_by_rest(clock: &Clock) -> bool {
    let begins = [Event::Expires, Event::Activated, Event::FirstConnected];
    match clock.stacks {
        Some(Known::Is(Stacks::Adds | Stacks::Waits)) => {
            after_event(clock).is_some_and(|event| !begins.contains(&event))
        }
        Some(Known::Is(Stacks::Restarts | Stacks::Apart) | Known::Unknown) | None => false,
    }
}

/// The end of a day.
const MIDNIGHT: Time = Time(24 * 60);
const MINUTES_A_DAY: i64 = 24 * 60;
/// Hours that Japan is east of Greenwich.
const JAPAN: i64 = 9;
/// The longest chain of clocks that start from one another; a circle is longer than any.
const MOST_LINKS: usize = 16;

/// Why a clock gives no deadline.
enum Stop {
    Printed(Printed),
    Missing(Missing),
    /// The event fell in other hours than the rule holds for.
    OtherCase,
}

const BEYOND: Stop = Stop::Missing(Missing::Beyond);
const BROKEN: Stop = Stop::Missing(Missing::Rule);

/// Where counting starts.
struct Start {
    /// The event, or the last good moment of another clock.
    from: Moment,
    /// The last good moment of that other clock by its later reading, and its far end.
    later: Moment,
    far: Moment,
    /// The last good day of what still runs, where a new period goes on its end.
    rest: Option<Day>,
    first: Known<DayOne>,
}

/// A length of time in its own unit.
#[derive(Clone, Copy)]
struct Length {
    count: i64,
    unit: Unit,
}

#[derive(Clone, Copy)]
enum Unit {
    Minutes,
    Days,
    Months,
}

/// A last good moment, and whether its hour hangs on an hour not told.
#[derive(Clone, Copy)]
struct Counted {
    last: Moment,
    hour_unknown: bool,
}

impl Counted {
    fn whole(day: Day) -> Counted {
        Counted::to_the_minute(Moment::whole(day))
    }

    fn to_the_minute(last: Moment) -> Counted {
        Counted {
            last,
            hour_unknown: false,
        }
    }
}

fn in_time(a: &Outcome, b: &Outcome) -> Ordering {
    match (a, b) {
        (Outcome::At(a), Outcome::At(b)) => a.last.end().cmp(&b.last.end()),
        (Outcome::At(_), Outcome::Printed(_) | Outcome::Missing(_)) => Ordering::Less,
        (Outcome::Printed(_) | Outcome::Missing(_), Outcome::At(_)) => Ordering::Greater,
        (Outcome::Printed(_) | Outcome::Missing(_), Outcome::Printed(_) | Outcome::Missing(_)) => {
            Ordering::Equal
        }
    }
}

fn deadline(clocks: &[Clock], given: &Given, index: usize, links: usize) -> Result<Deadline, Stop> {
    let clock = &clocks[index];
    if let Some(printed) = clock.printed {
        return Err(Stop::Printed(printed));
    }
    if let Some(monthly) = clock.monthly {
        return window(clock, monthly, given.today).ok_or(BEYOND);
    }
    let start = start(clocks, given, clock, links)?;
    let (near, far) = lengths(clock, given.pack)?;
    counted(clock, &start, near, far.unwrap_or(near)).ok_or(BEYOND)
}

fn start(clocks: &[Clock], given: &Given, clock: &Clock, links: usize) -> Result<Start, Stop> {
    let ((Some(word), None) | (None, Some(word))) = (&clock.after, &clock.before) else {
        return Err(BROKEN);
    };
    match word.parse::<Event>() {
        Ok(event) => from_event(given, clock, event),
        Err(_) => from_clock(clocks, given, clock, word, links),
    }
}

fn from_event(given: &Given, clock: &Clock, event: Event) -> Result<Start, Stop> {
    let told = |event| given.events.get(&event).copied();
    let from = told(event).ok_or(Stop::Missing(Missing::Event(event)))?;
    if let (Some(between), Some(time)) = (clock.between, from.time) {
        // Midnight at the end of a day belongs to the hours that run up to it.
        let before_end = time < between.to || time == MIDNIGHT && between.to == MIDNIGHT;
        if time < between.from || !before_end {
            return Err(Stop::OtherCase);
        }
    }
    let rest = told(Event::Expires)
        .map(|end| end.day)
        .filter(|_| moved_by_rest(clock));
    if !in_range(from.day) || rest.is_some_and(|end| !in_range(end)) {
        return Err(BEYOND);
    }
    Ok(Start {
        from,
        later: from,
        far: from,
        rest,
        first: first_day(clock, Some(event)),
    })
}

fn from_clock(
    clocks: &[Clock],
    given: &Given,
    clock: &Clock,
    id: &str,
    links: usize,
) -> Result<Start, Stop> {
    let base = clocks
        .iter()
        .position(|other| other.id.as_deref() == Some(id))
        .filter(|_| links < MOST_LINKS)
        .ok_or(BROKEN)?;
    let base = deadline(clocks, given, base, links + 1).map_err(|stop| match stop {
        Stop::Printed(_) => Stop::Missing(Missing::Clock(base)),
        Stop::Missing(_) | Stop::OtherCase => stop,
    })?;
    // A whole day is good up to its end; an hour that nobody told stays untold.
    let moment = |moment: Moment| Moment {
        time: if base.hour_unknown {
            None
        } else {
            Some(moment.end().1)
        },
        ..moment
    };
    Ok(Start {
        from: moment(base.last),
        later: moment(base.later.unwrap_or(base.last)),
        far: moment(base.far.unwrap_or(base.last)),
        rest: None,
        first: first_day(clock, None),
    })
}

/// The event a clock counts on from.
fn after_event(clock: &Clock) -> Option<Event> {
    clock.after.as_deref()?.parse().ok()
}

/// Whether the day of the start is the first day counted.
fn first_day(clock: &Clock, event: Option<Event>) -> Known<DayOne> {
    match &clock.day_one {
        Some(stated) => stated.clone(),
        None if event.is_some_and(Event::asks_day_one) => Known::Unknown,
        None => Known::Is(DayOne::NextDay),
    }
}

/// The length of a clock, and the far end of its range.
fn lengths(clock: &Clock, pack: Option<PackLength>) -> Result<(Length, Option<Length>), Stop> {
    let units = [
        (clock.minutes, Unit::Minutes, 1),
        (clock.hours, Unit::Minutes, 60),
        (clock.days, Unit::Days, 1),
        (clock.months, Unit::Months, 1),
        (clock.years, Unit::Months, 12),
    ];
    for (near, unit, times) in units {
        let length = |count: u32| Length {
            count: i64::from(count) * times,
            unit,
        };
        if let Some(near) = near {
            return Ok((length(near), clock.up_to.map(length)));
        }
    }
    if !clock.pack {
        return Err(BROKEN);
    }
    let pack = pack.ok_or(Stop::Missing(Missing::Pack))?;
    Ok((pack_length(clock, pack), None))
}

/// The length of a pack by the rule of a clock.
///
/// A pack of so many times 24 hours counts in whole days where the first day is stated;
/// otherwise it runs from its hour.
fn pack_length(clock: &Clock, pack: PackLength) -> Length {
    let first_day_stated = matches!(clock.day_one, Some(Known::Is(_)));
    let (count, unit) = match pack {
        PackLength::Days(days) => (i64::from(days), Unit::Days),
        PackLength::Hours(hours) if first_day_stated && hours % 24 == 0 => {
            (i64::from(hours) / 24, Unit::Days)
        }
        PackLength::Hours(hours) => (i64::from(hours) * 60, Unit::Minutes),
    };
    Length { count, unit }
}

fn counted(clock: &Clock, start: &Start, near: Length, far: Length) -> Option<Deadline> {
    let Counted { last, hour_unknown } =
        last_good(clock, start, start.from, near, DayOne::SameDay)?;
    let later = last_good(clock, start, start.later, near, DayOne::NextDay)?.last;
    let far = last_good(clock, start, start.far, far, DayOne::SameDay)?.last;
    let other = |moment: Moment| (moment != last).then_some(moment);
    Some(Deadline {
        last,
        later: other(later),
        far: other(far),
        opens: None,
        hour_unknown,
    })
}

/// The last good moment from one start, where an unknown first day is read in one way.
fn last_good(
    clock: &Clock,
    start: &Start,
    from: Moment,
    length: Length,
    reading: DayOne,
) -> Option<Counted> {
    let from = to_zone(clock, from)?;
    let first = start.first.get().copied().unwrap_or(reading);
    let mut counted = match start.rest.filter(|end| *end >= from.day) {
        Some(end) => count(clock, Moment::whole(end), length, DayOne::NextDay)?,
        None => count(clock, from, length, first)?,
    };
    if clock.month_end {
        counted = Counted::whole(Day(counted.last.day.0.last_of_month()));
    }
    if let Some(most) = clock.max_days
        && let Some(cap) = on_from(from.day, most.into(), first).map(Counted::whole)
        && cap.last.end() < counted.last.end()
    {
        counted = cap;
    }
    if clock.at.is_some() {
        counted.last.time = clock.at;
        counted.hour_unknown = false;
    }
    if !counted.hour_unknown {
        counted.last = to_japan(clock, counted.last)?;
    }
    in_range(counted.last.day).then_some(counted)
}

/// Counts a length on from a start, or back from it.
fn count(clock: &Clock, from: Moment, length: Length, first: DayOne) -> Option<Counted> {
    let Length { count, unit } = length;
    let back = clock.before.is_some();
    let signed = if back { -count } else { count };
    match unit {
        Unit::Minutes if from.time.is_some() => shifted(from, signed).map(Counted::to_the_minute),
        Unit::Minutes if back => back_from_some_hour(from.day, count).map(Counted::whole),
        Unit::Minutes => Some(Counted {
            last: Moment::whole(from.day.plus_days(count / MINUTES_A_DAY)?),
            hour_unknown: true,
        }),
        Unit::Days if back => from.day.plus_days(signed).map(Counted::whole),
        Unit::Days => on_from(from.day, count, first).map(Counted::whole),
        Unit::Months => plus_months(from.day.0, signed).map(|date| Counted::whole(Day(date))),
    }
}

/// The last of so many good days; never before the start.
fn on_from(day: Day, days: i64, first: DayOne) -> Option<Day> {
    day.plus_days(match first {
        DayOne::SameDay => (days - 1).max(0),
        DayOne::NextDay => days,
    })
}

/// The last whole day that is surely so many minutes before an hour of that day.
fn back_from_some_hour(day: Day, minutes: i64) -> Option<Day> {
    let days = (minutes + MINUTES_A_DAY - 1) / MINUTES_A_DAY;
    day.plus_days(-days - 1)
}

/// So many minutes later; midnight is the end of a day, and no time is its end as well.
fn shifted(moment: Moment, minutes: i64) -> Option<Moment> {
    let (day, time) = moment.end();
    let before = i64::from(time.0) + minutes - 1;
    let time = before.rem_euclid(MINUTES_A_DAY) + 1;
    Some(Moment {
        day: day.plus_days(before.div_euclid(MINUTES_A_DAY))?,
        time: Some(Time(u16::try_from(time).ok()?)),
    })
}

/// The date so many months on, on the same day of the month or the last there is.
fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// Minutes by which the midnight of a clock comes after Japan's.
fn minutes_after_japan(clock: &Clock) -> i64 {
    clock.utc.map_or(0, |hours| (JAPAN - i64::from(hours)) * 60)
}

/// An event in the time of the clock; where its hour is not told, the day stays.
fn to_zone(clock: &Clock, moment: Moment) -> Option<Moment> {
    match (minutes_after_japan(clock), moment.time) {
        (0, _) | (_, None) => Some(moment),
        (minutes, Some(_)) => shifted(moment, -minutes),
    }
}

/// A deadline in the time of the clock, turned into Japan's.
fn to_japan(clock: &Clock, moment: Moment) -> Option<Moment> {
    match minutes_after_japan(clock) {
        0 => Some(moment),
        minutes => shifted(moment, minutes),
    }
}

/// The window of a month that today lies in, or else the next one.
fn window(clock: &Clock, monthly: Monthly, today: Day) -> Option<Deadline> {
    let over_new_month = monthly
        .from
        .is_some_and(|from| rank(from) > rank(monthly.to));
    let this_month = today.0.first_of_month();
    (-1..=2)
        .find_map(|months| {
            let opening = plus_months(this_month, months)?;
            let closing = plus_months(opening, i64::from(over_new_month))?;
            let end = Moment {
                day: day_of(closing, monthly.to),
                time: clock.at,
            };
            let last = to_japan(clock, end).filter(|last| last.day >= today)?;
            let opens = match monthly.from {
                Some(from) => Some(opening_day(clock, day_of(opening, from))?),
                None => None,
            };
            Some(Deadline {
                last,
                later: None,
                far: None,
                opens,
                hour_unknown: false,
            })
        })
        .filter(|found| in_range(found.last.day) && found.opens.is_none_or(in_range))
}

/// The day in Japan on which a day of the clock begins.
fn opening_day(clock: &Clock, day: Day) -> Option<Day> {
    day.plus_days(minutes_after_japan(clock).div_euclid(MINUTES_A_DAY))
}

fn day_of(month: Date, day: MonthDay) -> Day {
    let last = month.last_of_month();
    match day {
        MonthDay::Is(day) if day < last.day() => {
            Day::new(month.year(), month.month(), day.max(1)).unwrap_or(Day(last))
        }
        MonthDay::Is(_) | MonthDay::Last => Day(last),
    }
}

fn rank(day: MonthDay) -> i8 {
    match day {
        MonthDay::Is(day) => day,
        MonthDay::Last => i8::MAX,
    }
}

fn in_range(day: Day) -> bool {
    (2000..=2100).contains(&day.0.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use smol_str::SmolStr;

    use super::*;

    /// A clock written as in a record.
    fn clock(rule: &str) -> Clock {
        let kind = if rule.starts_with("clock:") {
            ""
        } else {
            "clock: use-by, "
        };
        let record = format!("{{ {kind}{rule}, about: [], sources: [] }}");
        serde_yaml::from_str(&record).expect(rule)
    }

    fn day(text: &str) -> Day {
        text.parse().expect(text)
    }

    /// A day and perhaps a time, `2026-11-24 15:00`.
    fn moment(text: &str) -> Moment {
        let (date, time) = text.split_at(10);
        let time = time.trim();
        Moment {
            day: day(date),
            time: (!time.is_empty()).then(|| time.parse().expect("a time")),
        }
    }

    fn given(events: &[(Event, &str)]) -> Given {
        events
            .iter()
            .fold(Given::on(day("2026-11-24")), |given, (event, text)| {
                let Moment { day, time } = moment(text);
                given.with(*event, day, time)
            })
    }

    fn dated(clocks: &[Clock], given: &Given) -> Vec<(usize, Deadline)> {
        reckon(clocks, given)
            .into_iter()
            .map(|reckoned| match reckoned.result {
                Outcome::At(deadline) => (reckoned.clock_index, deadline),
                other => panic!("no date: {other:?}"),
            })
            .collect()
    }

    fn deadline_of(rule: &str, given: &Given) -> Deadline {
        dated(&[clock(rule)], given)[0].1
    }

    /// The last good moment as text; a whole day has no time.
    fn last(rule: &str, events: &[(Event, &str)]) -> String {
        spell(deadline_of(rule, &given(events)).last)
    }

    fn spell(moment: Moment) -> String {
        match moment.time {
            Some(time) => format!("{} {time}", moment.day),
            None => moment.day.to_string(),
        }
    }

    fn missing(rule: &str, given: &Given) -> Missing {
        match reckon(&[clock(rule)], given)[0].result {
            Outcome::Missing(missing) => missing,
            ref other => panic!("{other:?}"),
        }
    }

    const SIXTY: &str =
        "id: period, days: 60, after: topped-up, day_one: unknown, stacks: adds, max_days: 360";
    const TODAY: (Event, &str) = (Event::ToppedUp, "2026-11-24");

    mod worked_cases {
        use super::*;

        #[test]
        fn first_top_up_of_a_prepaid_card() {
            let found = deadline_of(SIXTY, &given(&[TODAY]));
            assert_eq!(spell(found.last), "2027-01-22");
            assert_eq!(found.later.map(spell).as_deref(), Some("2027-01-23"));
        }

        #[test]
        fn an_early_top_up_goes_on_the_end() {
            let clocks = [
                clock(SIXTY),
                clock("clock: number-until, days: 360, after: period"),
            ];
            let found = dated(&clocks, &given(&[TODAY, (Event::Expires, "2026-12-20")]));
            assert_eq!(spell(found[0].1.last), "2027-02-18");
            assert_eq!(found[0].1.later, None);
            assert_eq!(spell(found[1].1.last), "2028-02-13");
        }

        #[test]
        fn an_early_top_up_stops_at_the_cap() {
            let found = deadline_of(SIXTY, &given(&[TODAY, (Event::Expires, "2027-11-01")]));
            assert_eq!(spell(found.last), "2027-11-18");
            assert_eq!(found.later.map(spell).as_deref(), Some("2027-11-19"));
        }

        #[test]
        fn a_number_outlives_a_dormant_line() {
            let clocks = [
                clock("clock: number-until, days: 30, after: dormant"),
                clock("clock: suspended-from, id: dormant, days: 180, after: expires"),
            ];
            let found = dated(&clocks, &given(&[(Event::Expires, "2026-11-24")]));
            assert_eq!(found[0].0, 1);
            assert_eq!(found[0].1.over_on(), Some(day("2027-05-24")));
            assert_eq!(spell(found[1].1.last), "2027-06-22");
        }

        #[test]
        fn days_of_24_hours_that_run_to_the_end_of_the_day() {
            let mut given = given(&[(Event::ToppedUp, "2026-11-24 15:00")]);
            given.pack = Some(PackLength::Days(30));
            let rule = "pack: true, after: topped-up, day_one: next-day, stacks: apart";
            assert_eq!(spell(deadline_of(rule, &given).last), "2026-12-24");
        }

        #[test]
        fn calendar_days() {
            let mut given = given(&[(Event::Activated, "2026-11-24")]);
            given.pack = Some(PackLength::Days(10));
            let rule = "pack: true, after: activated, day_one: same-day, stacks: unknown";
            assert_eq!(spell(deadline_of(rule, &given).last), "2026-12-03");
        }

        #[test]
        fn the_end_of_the_third_month() {
            let clocks = [
                clock("id: data, months: 3, after: topped-up, month_end: true"),
                clock("clock: number-until, months: 1, after: data, month_end: true"),
            ];
            let found = dated(&clocks, &given(&[TODAY]));
            assert_eq!(spell(found[0].1.last), "2027-02-28");
            assert_eq!(spell(found[1].1.last), "2027-03-31");
        }

        #[test]
        fn a_window_of_the_month() {
            let found = deadline_of("monthly: { from: 25, to: last }", &given(&[]));
            assert_eq!(found.opens, Some(day("2026-11-25")));
            assert_eq!(spell(found.last), "2026-11-30");
        }

        #[test]
        fn a_window_across_months() {
            let found = deadline_of("monthly: { from: 25, to: 6 }", &given(&[]));
            assert_eq!(found.opens, Some(day("2026-11-25")));
            assert_eq!(spell(found.last), "2026-12-06");
        }

        #[test]
        fn about_sixty_days() {
            let due = [(Event::BillDue, "2026-10-31")];
            let rule = "clock: pay-by, days: 60, after: bill-due, roughly: true";
            assert_eq!(last(rule, &due), "2026-12-30");
        }

        #[test]
        fn a_range_and_what_follows() {
            let clocks = [
                clock("clock: suspended-from, days: 20, up_to: 30, after: bill-due, roughly: true"),
                clock("clock: number-until, months: 2, after: bill-due, roughly: true"),
            ];
            let found = dated(&clocks, &given(&[(Event::BillDue, "2026-10-31")]));
            let stops = found[0].1;
            assert_eq!(stops.over_on(), Some(day("2026-11-21")));
            let far = stops.far.expect("a range").day;
            assert_eq!(far.plus_days(1), Some(day("2026-12-01")));
            assert_eq!(spell(found[1].1.last), "2026-12-31");
        }

        #[test]
        fn a_barcode_dies_at_midnight() {
            let rule =
                "clock: pay-by, days: 1, after: barcode-shown, day_one: same-day, at: \"24:00\"";
            let shown = [(Event::BarcodeShown, "2026-11-24 22:00")];
            assert_eq!(last(rule, &shown), "2026-11-24 24:00");
        }

        #[test]
        fn a_link_lives_until_the_end_of_the_next_day() {
            let rule = "clock: pay-by, days: 1, after: link-issued, at: \"24:00\"";
            let issued = [(Event::LinkIssued, "2026-11-24 09:00")];
            assert_eq!(last(rule, &issued), "2026-11-25 24:00");
        }

        #[test]
        fn hours_before_a_day_without_its_hour() {
            let rule = "clock: top-up-by, hours: 48, before: expires";
            let found = deadline_of(rule, &given(&[(Event::Expires, "2026-12-24")]));
            assert_eq!(spell(found.last), "2026-12-21");
            assert!(!found.hour_unknown);
        }

        #[test]
        fn of_two_disputed_clocks_the_earlier_comes_first() {
            let clocks = [
                clock("months: 3, after: topped-up, month_end: true, disputed: true"),
                clock("months: 0, after: topped-up, month_end: true, disputed: true"),
            ];
            let found = dated(&clocks, &given(&[TODAY]));
            assert_eq!(
                (found[0].0, spell(found[0].1.last).as_str()),
                (1, "2026-11-30")
            );
            assert_eq!(
                (found[1].0, spell(found[1].1.last).as_str()),
                (0, "2027-02-28")
            );
        }

        #[test]
        fn a_date_printed_on_the_code() {
            let found = reckon(&[clock("clock: enter-by, printed: code")], &given(&[]));
            assert_eq!(found[0].result, Outcome::Printed(Printed::Code));
        }

        #[test]
        fn paid_after_eight() {
            let rule =
                "clock: back-by, days: 1, after: paid, between: { from: \"20:00\", to: \"24:00\" }";
            assert_eq!(
                last(rule, &[(Event::Paid, "2026-11-24 20:30")]),
                "2026-11-25"
            );
        }

        #[test]
        fn midnight_in_hong_kong() {
            let rule = "days: 3, after: activated, day_one: same-day, utc: 8";
            assert_eq!(
                last(rule, &[(Event::Activated, "2026-11-24")]),
                "2026-11-27 01:00"
            );
        }

        #[test]
        fn paid_before_eight_is_another_case() {
            let clocks = [
                clock(
                    "clock: back-by, days: 0, after: paid, between: { from: \"00:00\", to: \"20:00\" }",
                ),
                clock(
                    "clock: back-by, id: late, days: 1, after: paid, between: { from: \"20:00\", to: \"24:00\" }",
                ),
                clock("clock: ask-by, days: 7, after: late"),
            ];
            let indexes = |paid: &str| {
                dated(&clocks, &given(&[(Event::Paid, paid)]))
                    .iter()
                    .map(|(index, _)| *index)
                    .collect::<Vec<_>>()
            };
            assert_eq!(indexes("2026-11-24 19:59"), [0]);
            assert_eq!(indexes("2026-11-24 20:00"), [1, 2]);
            assert_eq!(indexes("2026-11-24 24:00"), [1, 2]);
            assert_eq!(
                indexes("2026-11-24"),
                [0, 1, 2],
                "the hour was not told: all of them"
            );
        }
    }

    #[test]
    fn a_top_up_on_the_last_day_itself_and_on_the_day_after() {
        let topped_up = |text| [(Event::ToppedUp, text), (Event::Expires, "2026-12-20")];
        assert_eq!(last(SIXTY, &topped_up("2026-12-19")), "2027-02-18");
        assert_eq!(last(SIXTY, &topped_up("2026-12-20")), "2027-02-18");
        // The old period is over: the day of the top-up may itself be the first of sixty.
        assert_eq!(last(SIXTY, &topped_up("2026-12-21")), "2027-02-18");
        assert_eq!(last(SIXTY, &topped_up("2026-12-22")), "2027-02-19");
    }

    #[test]
    fn what_still_runs_moves_only_clocks_that_say_so() {
        let events = [TODAY, (Event::Expires, "2026-12-20")];
        for (stacks, end) in [
            ("adds", "2027-01-19"),
            ("waits", "2027-01-19"),
            ("restarts", "2026-12-24"),
            ("apart", "2026-12-24"),
            ("unknown", "2026-12-24"),
        ] {
            let rule = format!("days: 30, after: topped-up, day_one: next-day, stacks: {stacks}");
            assert_eq!(last(&rule, &events), end, "{stacks}");
            assert_eq!(moved_by_rest(&clock(&rule)), end == "2027-01-19");
        }
        assert!(!moved_by_rest(&clock(
            "days: 1, after: expires, stacks: adds"
        )));
    }

    #[test]
    fn a_later_reading_is_handed_on() {
        let clocks = [
            clock(SIXTY),
            clock("clock: number-until, days: 360, after: period"),
        ];
        let found = dated(&clocks, &given(&[TODAY]));
        assert_eq!(spell(found[1].1.last), "2028-01-17");
        assert_eq!(found[1].1.later.map(spell).as_deref(), Some("2028-01-18"));
    }

    #[test]
    fn the_far_end_of_a_range_is_handed_on() {
        let clocks = [
            clock("clock: suspended-from, id: stop, days: 20, up_to: 30, after: bill-due"),
            clock("clock: number-until, days: 10, after: stop"),
        ];
        let found = dated(&clocks, &given(&[(Event::BillDue, "2026-10-31")]));
        assert_eq!(spell(found[1].1.last), "2026-11-30");
        assert_eq!(found[1].1.far.map(spell).as_deref(), Some("2026-12-10"));
    }

    #[test]
    fn days_left_until_the_last_day_on_it_and_after_it() {
        let found = deadline_of(
            "clock: top-up-by, days: 2, after: expires",
            &given(&[(Event::Expires, "2026-12-30")]),
        );
        assert_eq!(spell(found.last), "2027-01-01");
        assert_eq!(found.days_left(day("2026-12-31")), 1);
        assert_eq!(found.days_left(day("2027-01-01")), 0);
        assert_eq!(found.days_left(day("2027-01-02")), -1);
        assert_eq!(found.over_on(), Some(day("2027-01-02")));
    }

    #[test]
    fn a_deadline_with_an_hour_is_over_that_day() {
        let over = |rule| deadline_of(rule, &given(&[(Event::Expires, "2026-12-30")])).over_on();
        assert_eq!(
            over("days: 1, before: expires, at: \"23:30\""),
            Some(day("2026-12-29"))
        );
        assert_eq!(
            over("days: 1, before: expires, at: \"24:00\""),
            Some(day("2026-12-30"))
        );
        assert_eq!(over("hours: 24, after: expires"), Some(day("2026-12-31")));
    }

    #[test]
    fn months_are_clipped_to_the_end_of_the_month() {
        for (rule, due, end) in [
            ("months: 1, after: bill-due", "2027-01-31", "2027-02-28"),
            ("months: 1, after: bill-due", "2028-01-30", "2028-02-29"),
            ("months: 1, after: bill-due", "2028-02-29", "2028-03-29"),
            ("months: 3, after: bill-due", "2026-11-30", "2027-02-28"),
            ("months: 2, after: bill-due", "2026-12-31", "2027-02-28"),
            (
                "months: 0, after: bill-due, month_end: true",
                "2028-02-01",
                "2028-02-29",
            ),
            (
                "months: 1, after: bill-due, month_end: true",
                "2026-12-31",
                "2027-01-31",
            ),
            ("months: 1, before: bill-due", "2027-03-31", "2027-02-28"),
            ("years: 1, after: bill-due", "2028-02-29", "2029-02-28"),
            ("years: 4, after: bill-due", "2028-02-29", "2032-02-29"),
            ("years: 1, after: bill-due", "2027-02-28", "2028-02-28"),
        ] {
            assert_eq!(last(rule, &[(Event::BillDue, due)]), end, "{rule} {due}");
        }
    }

    #[test]
    fn days_run_over_leap_days_and_new_year() {
        for (rule, due, end) in [
            ("days: 1, after: bill-due", "2028-02-28", "2028-02-29"),
            ("days: 1, after: bill-due", "2027-02-28", "2027-03-01"),
            ("days: 366, after: bill-due", "2028-01-01", "2029-01-01"),
            ("days: 1, after: bill-due", "2026-12-31", "2027-01-01"),
            ("days: 0, after: bill-due", "2026-12-31", "2026-12-31"),
            ("days: 1, before: bill-due", "2027-01-01", "2026-12-31"),
            ("days: 0, before: bill-due", "2027-01-01", "2027-01-01"),
            (
                "days: 0, after: bill-due, month_end: true",
                "2026-12-31",
                "2026-12-31",
            ),
        ] {
            assert_eq!(last(rule, &[(Event::BillDue, due)]), end, "{rule} {due}");
        }
    }

    #[test]
    fn windows_on_their_last_day_on_the_day_after_and_over_new_year() {
        for (window, today, opens, end) in [
            (
                "{ from: 25, to: last }",
                "2026-11-30",
                Some("2026-11-25"),
                "2026-11-30",
            ),
            (
                "{ from: 25, to: last }",
                "2026-12-01",
                Some("2026-12-25"),
                "2026-12-31",
            ),
            (
                "{ from: 25, to: last }",
                "2028-02-29",
                Some("2028-02-25"),
                "2028-02-29",
            ),
            (
                "{ from: 25, to: 6 }",
                "2026-12-06",
                Some("2026-11-25"),
                "2026-12-06",
            ),
            (
                "{ from: 25, to: 6 }",
                "2026-12-07",
                Some("2026-12-25"),
                "2027-01-06",
            ),
            (
                "{ from: 25, to: 6 }",
                "2027-01-01",
                Some("2026-12-25"),
                "2027-01-06",
            ),
            (
                "{ from: last, to: 5 }",
                "2027-02-27",
                Some("2027-02-28"),
                "2027-03-05",
            ),
            ("{ to: last }", "2027-02-01", None, "2027-02-28"),
            ("{ to: 31 }", "2026-11-24", None, "2026-11-30"),
            ("{ to: 15 }", "2026-12-15", None, "2026-12-15"),
            ("{ to: 15 }", "2026-12-16", None, "2027-01-15"),
            (
                "{ from: 1, to: 1 }",
                "2026-12-02",
                Some("2027-01-01"),
                "2027-01-01",
            ),
        ] {
            let found = deadline_of(
                &format!("clock: pay-by, monthly: {window}"),
                &Given::on(day(today)),
            );
            assert_eq!(found.opens, opens.map(day), "{window} {today}");
            assert_eq!(spell(found.last), end, "{window} {today}");
        }
    }

    #[test]
    fn hours_and_minutes_run_from_the_hour_told() {
        for (rule, paid, end) in [
            ("minutes: 30", "2026-12-31 23:45", "2027-01-01 00:15"),
            ("minutes: 15", "2026-12-31 23:45", "2026-12-31 24:00"),
            ("hours: 48", "2028-02-28 10:00", "2028-03-01 10:00"),
            (
                "hours: 1, at: \"12:00\"",
                "2026-11-24 10:00",
                "2026-11-24 12:00",
            ),
        ] {
            assert_eq!(
                last(&format!("{rule}, after: paid"), &[(Event::Paid, paid)]),
                end
            );
        }
        let before = "hours: 48, before: expires";
        assert_eq!(
            last(before, &[(Event::Expires, "2026-12-24 15:00")]),
            "2026-12-22 15:00"
        );
        assert_eq!(
            last(before, &[(Event::Expires, "2026-12-24 00:00")]),
            "2026-12-21 24:00"
        );
        assert_eq!(
            last(
                "hours: 1, before: expires",
                &[(Event::Expires, "2027-01-01")]
            ),
            "2026-12-30"
        );
    }

    #[test]
    fn hours_without_the_hour_give_the_day() {
        let found = |hours| {
            deadline_of(
                &format!("hours: {hours}, after: paid"),
                &given(&[(Event::Paid, "2026-12-31")]),
            )
        };
        assert_eq!(spell(found(24).last), "2027-01-01");
        assert!(found(24).hour_unknown);
        assert_eq!(spell(found(1).last), "2026-12-31");
        let far = deadline_of(
            "minutes: 30, up_to: 120, after: paid",
            &given(&[(Event::Paid, "2026-12-31 22:30")]),
        );
        assert_eq!(spell(far.last), "2026-12-31 23:00");
        assert_eq!(far.far.map(spell).as_deref(), Some("2027-01-01 00:30"));
    }

    #[test]
    fn a_pack_of_hours_runs_from_its_hour_unless_the_rule_counts_days() {
        let end = |day_one: &str| {
            let mut given = given(&[(Event::ToppedUp, "2026-11-24 15:00")]);
            given.pack = Some(PackLength::Hours(24));
            spell(
                deadline_of(
                    &format!("pack: true, after: topped-up, day_one: {day_one}"),
                    &given,
                )
                .last,
            )
        };
        assert_eq!(end("unknown"), "2026-11-25 15:00");
        assert_eq!(end("next-day"), "2026-11-25");
        assert_eq!(end("same-day"), "2026-11-24");
    }

    #[test]
    fn an_hour_before_midnight_elsewhere_is_the_day_before() {
        let rule = "days: 3, after: activated, day_one: same-day, utc: 8";
        assert_eq!(
            last(rule, &[(Event::Activated, "2026-11-24 00:30")]),
            "2026-11-26 01:00"
        );
        assert_eq!(
            last(rule, &[(Event::Activated, "2026-11-24 01:30")]),
            "2026-11-27 01:00"
        );
        let window = deadline_of(
            "monthly: { from: 25, to: last }, utc: -5",
            &Given::on(day("2026-12-01")),
        );
        assert_eq!(spell(window.last), "2026-12-01 14:00");
        assert_eq!(window.opens, Some(day("2026-11-25")));
        let east = deadline_of("monthly: { from: 25, to: last }, utc: 12", &given(&[]));
        assert_eq!(spell(east.last), "2026-11-30 21:00");
        assert_eq!(east.opens, Some(day("2026-11-24")));
    }

    #[test]
    fn careful_readings() {
        let end = |rule: &str| deadline_of(rule, &given(&[TODAY]));
        let none = end("days: 0, after: topped-up, day_one: same-day");
        assert_eq!(
            spell(none.last),
            "2026-11-24",
            "nothing ends before its start"
        );
        let unstated = end("days: 2, after: topped-up");
        assert_eq!(spell(unstated.last), "2026-11-25");
        assert_eq!(unstated.later.map(spell).as_deref(), Some("2026-11-26"));
        let hour_stated = end("hours: 24, after: topped-up, at: \"12:00\"");
        assert_eq!(spell(hour_stated.last), "2026-11-25 12:00");
        assert!(!hour_stated.hour_unknown);
    }

    #[test]
    fn an_hour_not_told_stays_unknown_along_a_chain() {
        let clocks = [
            clock("id: first, hours: 24, after: topped-up"),
            clock("clock: number-until, hours: 24, after: first"),
        ];
        let found = dated(&clocks, &given(&[TODAY]));
        assert_eq!(spell(found[1].1.last), "2026-11-26");
        assert!(found[1].1.hour_unknown);
        let told = dated(&clocks, &given(&[(Event::ToppedUp, "2026-11-24 15:00")]));
        assert_eq!(spell(told[1].1.last), "2026-11-26 15:00");
    }

    #[test]
    fn a_start_before_2000_is_beyond() {
        let old = Day::new(1999, 12, 31).expect("a day");
        let topped_up = Given::on(day("2026-11-24")).with(Event::ToppedUp, old, None);
        assert_eq!(missing(SIXTY, &topped_up), Missing::Beyond);
        let rest = given(&[TODAY]).with(Event::Expires, old, None);
        assert_eq!(missing(SIXTY, &rest), Missing::Beyond);
    }

    #[test]
    fn what_is_missing_is_named() {
        let none = given(&[]);
        let due = given(&[(Event::BillDue, "2100-12-31")]);
        assert_eq!(missing(SIXTY, &none), Missing::Event(Event::ToppedUp));
        assert_eq!(missing("pack: true, after: bill-due", &due), Missing::Pack);
        assert_eq!(missing("days: 1, after: bill-due", &due), Missing::Beyond);
        assert_eq!(
            missing("months: 4000000000, after: bill-due", &due),
            Missing::Beyond
        );
        assert_eq!(missing("days: 1, after: nowhere", &none), Missing::Rule);
        assert_eq!(missing("days: 1", &none), Missing::Rule);
        assert_eq!(missing("after: bill-due", &due), Missing::Rule);
        assert_eq!(
            missing("days: 1, after: paid, before: paid", &none),
            Missing::Rule
        );
        assert_eq!(missing("id: a, days: 1, after: a", &none), Missing::Rule);
        let early = Given::on(Day::new(1999, 12, 31).expect("a day"));
        assert_eq!(missing("monthly: { to: 31 }", &early), Missing::Beyond);
    }

    #[test]
    fn a_clock_names_what_the_first_of_its_chain_wants() {
        let clocks = [
            clock("clock: number-until, days: 30, after: stop"),
            clock("clock: suspended-from, id: stop, days: 180, after: expires"),
            clock("clock: enter-by, id: code, printed: code"),
            clock("days: 7, after: code"),
            clock("id: a, days: 1, after: b"),
            clock("id: b, days: 1, after: a"),
        ];
        let results: Vec<Outcome> = reckon(&clocks, &given(&[]))
            .into_iter()
            .map(|reckoned| reckoned.result)
            .collect();
        assert_eq!(
            results,
            [
                Outcome::Missing(Missing::Event(Event::Expires)),
                Outcome::Missing(Missing::Event(Event::Expires)),
                Outcome::Printed(Printed::Code),
                Outcome::Missing(Missing::Clock(2)),
                Outcome::Missing(Missing::Rule),
                Outcome::Missing(Missing::Rule),
            ]
        );
    }

    /// Mostly lengths as in records, sometimes anything.
    fn length() -> impl Strategy<Value = Option<u32>> {
        prop_oneof![3 => Just(None), 3 => (0..400_u32).prop_map(Some), 1 => any::<u32>().prop_map(Some)]
    }

    fn start_word() -> impl Strategy<Value = Option<String>> {
        let words = vec![
            "topped-up",
            "expires",
            "paid",
            "activated",
            "a",
            "b",
            "c",
            "nowhere",
        ];
        proptest::option::weighted(0.8, proptest::sample::select(words).prop_map(str::to_owned))
    }

    fn day_one() -> impl Strategy<Value = Option<Known<DayOne>>> {
        proptest::sample::select(vec![
            None,
            Some(Known::Unknown),
            Some(Known::Is(DayOne::SameDay)),
            Some(Known::Is(DayOne::NextDay)),
        ])
    }

    fn stacks() -> impl Strategy<Value = Option<Known<Stacks>>> {
        proptest::sample::select(vec![
            None,
            Some(Known::Unknown),
            Some(Known::Is(Stacks::Adds)),
            Some(Known::Is(Stacks::Restarts)),
        ])
    }

    fn monthly() -> impl Strategy<Value = Monthly> {
        let month_day = || prop_oneof![any::<i8>().prop_map(MonthDay::Is), Just(MonthDay::Last)];
        (proptest::option::of(month_day()), month_day()).prop_map(|(from, to)| Monthly { from, to })
    }

    /// Any rule at all, also such as no record may hold.
    fn any_clock() -> impl Strategy<Value = Clock> {
        let lengths = [
            length(),
            length(),
            length(),
            length(),
            length(),
            length(),
            length(),
        ];
        let starts = (start_word(), proptest::option::weighted(0.2, start_word()));
        let ends = (
            any::<bool>(),
            proptest::option::of(any::<u16>()),
            proptest::option::of(any::<i8>()),
        );
        let hours = proptest::option::weighted(0.2, (any::<u16>(), any::<u16>()));
        let windows = proptest::option::weighted(0.1, monthly());
        let id = proptest::sample::select(vec![None, Some("a"), Some("b"), Some("c")]);
        (
            lengths,
            starts,
            ends,
            hours,
            windows,
            id,
            day_one(),
            stacks(),
        )
            .prop_map(
                |(
                    lengths,
                    (after, before),
                    (month_end, at, utc),
                    hours,
                    monthly,
                    id,
                    day_one,
                    stacks,
                )| {
                    let [minutes, hours_long, days, months, years, up_to, max_days] = lengths;
                    Clock {
                        id: id.map(SmolStr::new),
                        minutes,
                        hours: hours_long,
                        days,
                        months,
                        years,
                        pack: true,
                        up_to,
                        after: after.map(SmolStr::from),
                        before: before.flatten().map(SmolStr::from),
                        day_one,
                        month_end,
                        at: at.map(Time),
                        utc,
                        stacks,
                        max_days,
                        monthly,
                        between: hours.map(|(from, to)| crate::knowledge::clock::Between {
                            from: Time(from),
                            to: Time(to),
                        }),
                        ..clock("clock: use-by")
                    }
                },
            )
    }

    /// Any day the calendar has, mostly of our years.
    fn any_day() -> impl Strategy<Value = Day> {
        let year = prop_oneof![9 => 2000..=2100_i16, 1 => -9999..=9999_i16];
        (year, 1..=12_i8, 1..=31_i8).prop_filter_map("no such day", |(year, month, day)| {
            Day::new(year, month, day)
        })
    }

    fn any_given() -> impl Strategy<Value = Given> {
        let event = proptest::sample::select(vec![
            Event::ToppedUp,
            Event::Expires,
            Event::Paid,
            Event::Activated,
        ]);
        let time = proptest::option::of(any::<u16>().prop_map(Time));
        let moment = (any_day(), time).prop_map(|(day, time)| Moment { day, time });
        let pack = proptest::option::of(prop_oneof![
            any::<u32>().prop_map(PackLength::Days),
            any::<u32>().prop_map(PackLength::Hours),
        ]);
        (
            any_day(),
            proptest::collection::btree_map(event, moment, 0..5),
            pack,
        )
            .prop_map(|(today, events, pack)| Given {
                today,
                events,
                pack,
            })
    }

    /// A rule as records hold it, from the top-up.
    fn sound_clock() -> impl Strategy<Value = Clock> {
        let length = (0..6_usize, 0..500_u32);
        let cap = proptest::option::of(0..500_u32);
        let utc = proptest::option::weighted(0.3, -12..=14_i8);
        (
            length,
            day_one(),
            stacks(),
            cap,
            any::<bool>(),
            utc,
            any::<bool>(),
        )
            .prop_map(
                |((unit, count), day_one, stacks, max_days, month_end, utc, back)| {
                    let of = |wanted| (unit == wanted).then_some(count);
                    let start = Some("topped-up".to_owned());
                    Clock {
                        minutes: of(0),
                        hours: of(1),
                        days: of(2),
                        months: of(3),
                        years: of(4).map(|years| years / 50),
                        pack: unit == 5,
                        after: start.clone().filter(|_| !back).map(SmolStr::from),
                        before: start.filter(|_| back).map(SmolStr::from),
                        day_one,
                        month_end: month_end && !back,
                        utc,
                        stacks,
                        max_days,
                        ..clock("clock: use-by")
                    }
                },
            )
    }

    proptest! {
        #[test]
        fn no_rule_and_no_date_makes_it_panic(
            clocks in proptest::collection::vec(any_clock(), 0..6),
            given in any_given(),
        ) {
            for Reckoned { clock_index, result } in reckon(&clocks, &given) {
                prop_assert!(clock_index < clocks.len());
                if let Outcome::At(found) = result {
                    let moments = [Some(found.last), found.later, found.far];
                    for moment in moments.into_iter().flatten() {
                        prop_assert!(in_range(moment.day));
                    }
                    prop_assert!(found.opens.is_none_or(in_range));
                    let _ = (found.days_left(given.today), found.over_on());
                }
            }
        }

        #[test]
        fn a_later_start_never_ends_earlier(
            clock in sound_clock(),
            pack in 0..500_u32,
            (early, days) in (0..30_000_i64, 0..900_i64),
            time in proptest::option::of(0..1440_u16),
            rest in proptest::option::of(-40..500_i64),
        ) {
            let start = day("2010-01-01").plus_days(early).expect("a day");
            let end = |start: Day| {
                let mut given = Given::on(start).with(Event::ToppedUp, start, time.map(Time));
                given.pack = Some(if pack % 2 == 0 { PackLength::Days(pack) } else { PackLength::Hours(pack * 12) });
                if let Some(rest) = rest {
                    let rest = day("2010-01-01").plus_days(early + rest).expect("a day");
                    given = given.with(Event::Expires, rest, None);
                }
                match reckon(std::slice::from_ref(&clock), &given)[0].result {
                    Outcome::At(found) => Some(found),
                    Outcome::Printed(_) | Outcome::Missing(_) => None,
                }
            };
            let later_start = start.plus_days(days).expect("a day");
            if let (Some(first), Some(second)) = (end(start), end(later_start)) {
                prop_assert!(first.last.end() <= second.last.end(), "{first:?} {second:?}");
                prop_assert!(first.later.is_none_or(|later| first.last.end() < later.end()));
            }
        }

        #[test]
        fn a_window_is_never_over_and_moves_on_with_today(
            monthly in monthly(),
            utc in proptest::option::weighted(0.3, -12..=14_i8),
            (early, days) in (0..30_000_i64, 0..90_i64),
        ) {
            let clock = Clock { monthly: Some(monthly), utc, ..clock("clock: pay-by") };
            let today = day("2010-01-01").plus_days(early).expect("a day");
            let tomorrow = today.plus_days(days).expect("a day");
            let (first, second) = (window(&clock, monthly, today), window(&clock, monthly, tomorrow));
            let (first, second) = (first.expect("a window"), second.expect("a window"));
            prop_assert!((0..=62).contains(&first.days_left(today)));
            prop_assert!(first.last.end() <= second.last.end());
            prop_assert!(first.opens <= second.opens);
            prop_assert!(first.opens.is_none_or(|opens| opens <= first.last.day));
        }
    }
}
