//! The hardest rules there are, as our records hold them: each through the knowledge and the
//! reckoning that every answer is made of.

use simguide::answer::Desk;
use simguide::answer::way::Teller;
use simguide::fact::{Day, Known, Source, Time};
use simguide::knowledge::Knowledge;
use simguide::knowledge::carrier::{Instrument, Pays, Way};
use simguide::knowledge::channel::Channel;
use simguide::knowledge::clock::{Clock, ClockKind, Event, Printed};
use simguide::knowledge::reckon::{Deadline, Given, Outcome, PackLength, reckon};
use simguide::lang::Lang;

fn knowledge() -> Knowledge {
    Knowledge::compiled(Lang::En)
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

/// What a reader tells on 24 November 2026.
fn given(events: &[(Event, &str)]) -> Given {
    let today = Given::on(day("2026-11-24"));
    events.iter().fold(today, |given, (event, text)| {
        given.with(*event, day(text), None)
    })
}

/// What comes of the clocks of a plan that are of a kind and pass, in the order reckoned.
fn outcomes(
    plan: &str,
    kind: ClockKind,
    given: &Given,
    passes: impl Fn(&Clock) -> bool,
) -> Vec<Outcome> {
    let clocks = knowledge().clocks(plan);
    let reckoned = reckon(&clocks, given).into_iter();
    reckoned
        .filter(|one| clocks[one.clock_index].clock == kind && passes(&clocks[one.clock_index]))
        .map(|one| one.result)
        .collect()
}

/// The one deadline of those clocks.
#[track_caller]
fn deadline(
    plan: &str,
    kind: ClockKind,
    given: &Given,
    passes: impl Fn(&Clock) -> bool,
) -> Deadline {
    match outcomes(plan, kind, given, passes).as_slice() {
        [Outcome::At(deadline)] => *deadline,
        other => panic!("{plan} {kind:?}: {other:?}"),
    }
}

#[track_caller]
fn last_day(plan: &str, kind: ClockKind, given: &Given, passes: impl Fn(&Clock) -> bool) -> String {
    deadline(plan, kind, given, passes).last.day.to_string()
}

fn any(_: &Clock) -> bool {
    true
}

/// Whether the clock is told from this event, or hangs on one that is.
fn after(event: Event) -> impl Fn(&Clock) -> bool {
    move |clock| clock.after.as_deref() == Some(event.id())
}

fn ways(plan: &str, channel: Channel, by: Instrument) -> Vec<Way> {
    let all = knowledge().ways(plan).into_iter();
    all.filter(|way| way.channel == channel && way.by == by)
        .collect()
}

/// The plans a clock holds for.
fn plans_of(clock: &Clock) -> Vec<&str> {
    clock
        .about
        .plans
        .iter()
        .map(smol_str::SmolStr::as_str)
        .collect()
}

#[test]
fn povo_stops_180_days_after_the_last_topping_and_the_number_goes_30_days_later() {
    let told = given(&[(Event::Expires, "2026-11-24")]);
    let stop = deadline(
        "povo2",
        ClockKind::SuspendedFrom,
        &told,
        after(Event::Expires),
    );
    assert_eq!(stop.last.day, day("2027-05-23"));
    assert_eq!(
        stop.over_on(),
        Some(day("2027-05-24")),
        "the first dead day"
    );
    let number: Vec<Outcome> = outcomes("povo2", ClockKind::NumberUntil, &told, any);
    assert!(
        matches!(&number[0], Outcome::At(deadline) if deadline.last.day == day("2027-06-22")),
        "{number:?}"
    );
    // What counts as use, and what does not, is told beside it.
    let notes = knowledge().notes("povo2");
    let told = notes.iter().map(|note| note.text.0.as_str());
    let told: Vec<&str> = told.filter(|text| text.contains("count")).collect();
    assert!(
        told.iter()
            .any(|text| text.contains("Free promo codes do not count")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|text| text.contains("does not count as a paid topping")),
        "{told:?}"
    );
}

#[test]
fn softbank_prepaid_adds_60_days_to_what_is_left_up_to_360_and_the_number_lives_on() {
    let plan = "softbank-prepaid";
    let first = given(&[(Event::ToppedUp, "2026-11-24")]);
    let credit = deadline(plan, ClockKind::UseBy, &first, any);
    assert_eq!(credit.last.day, day("2027-01-22"));
    assert_eq!(
        credit.later.map(|later| later.day),
        Some(day("2027-01-23")),
        "pages differ by a day"
    );
    assert_eq!(
        last_day(plan, ClockKind::NumberUntil, &first, any),
        "2028-01-17"
    );

    let early = given(&[
        (Event::ToppedUp, "2026-11-24"),
        (Event::Expires, "2026-12-20"),
    ]);
    assert_eq!(last_day(plan, ClockKind::UseBy, &early, any), "2027-02-18");
    assert_eq!(
        last_day(plan, ClockKind::NumberUntil, &early, any),
        "2028-02-13"
    );
    assert_eq!(
        last_day(plan, ClockKind::TopUpBy, &early, any),
        "2028-02-13"
    );

    let capped = given(&[
        (Event::ToppedUp, "2026-11-24"),
        (Event::Expires, "2027-11-01"),
    ]);
    assert_eq!(last_day(plan, ClockKind::UseBy, &capped, any), "2027-11-18");
}

#[test]
fn au_is_paid_by_slip_and_by_number_at_one_konbini_in_two_ways() {
    let slip = ways("au", Channel::Konbini, Instrument::Slip);
    let number = ways("au", Channel::Konbini, Instrument::Number);
    assert_eq!((slip.len(), number.len()), (1, 1));
    assert!(slip[0].pays.contains(&Pays::Bill));
    assert_eq!(number[0].pays, [Pays::Overdue]);

    // The slip is dead after the date printed on it; a number has no such date.
    let printed = outcomes("au", ClockKind::PayBy, &given(&[]), |clock| {
        clock.about.by == [Instrument::Slip]
    });
    assert_eq!(printed, [Outcome::Printed(Printed::Slip)]);
    let numbers = outcomes("au", ClockKind::PayBy, &given(&[]), |clock| {
        clock.about.by.contains(&Instrument::Number)
    });
    assert_eq!(numbers, []);

    // The number is not taken at 7-Eleven; of the slip nobody says so.
    let closed = knowledge().closed("au");
    let at_seven = |by| {
        closed.iter().any(|closed| {
            closed.channel == Channel::Konbini
                && closed.by == Some(by)
                && closed.chains == ["seven-eleven"]
        })
    };
    assert!(at_seven(Instrument::Number));
    assert!(!at_seven(Instrument::Slip));
}

#[test]
fn one_rule_of_docomo_holds_for_all_plans_billed_together() {
    let told = given(&[(Event::BillDue, "2026-10-31")]);
    let late = |clock: &Clock| clock.roughly && clock.about.channels == [Channel::Konbini];
    assert_eq!(
        last_day("docomo-max", ClockKind::PayBy, &told, late),
        "2026-12-30"
    );
    let clocks = knowledge().clocks("docomo-max");
    let clock = clocks.iter().find(|clock| late(clock)).expect("the clock");
    let billed = plans_of(clock);
    assert!(billed.len() >= 6, "{billed:?}");
    for plan in billed {
        assert_eq!(
            last_day(plan, ClockKind::PayBy, &told, late),
            "2026-12-30",
            "{plan}"
        );
    }
    let stop = deadline("docomo-max", ClockKind::SuspendedFrom, &told, any);
    assert_eq!(stop.over_on(), Some(day("2026-11-21")));
    let far = stop.far.and_then(|far| far.day.plus_days(1));
    assert_eq!(far, Some(day("2026-12-01")), "20 to 30 days");
}

#[test]
fn jp_smart_sim_is_paid_at_the_konbini_from_the_25th_to_the_month_end() {
    let konbini = |clock: &Clock| clock.about.channels == [Channel::Konbini];
    for (today, opens, ends) in [
        ("2026-11-24", "2026-11-25", "2026-11-30"),
        ("2026-11-30", "2026-11-25", "2026-11-30"),
        ("2026-12-01", "2026-12-25", "2026-12-31"),
        ("2028-02-01", "2028-02-25", "2028-02-29"),
    ] {
        let window = deadline(
            "jp-smart-sim",
            ClockKind::PayBy,
            &Given::on(day(today)),
            konbini,
        );
        assert_eq!(window.opens, Some(day(opens)), "{today}");
        assert_eq!(window.last.day, day(ends), "{today}");
    }
}

#[test]
fn a_barcode_of_brastel_is_dead_at_midnight() {
    let shown = Given::on(day("2026-11-24")).with(
        Event::BarcodeShown,
        day("2026-11-24"),
        Some(time("22:00")),
    );
    let dead = deadline("brastel-card", ClockKind::PayBy, &shown, any);
    assert_eq!(dead.last.end(), (day("2026-11-24"), time("24:00")));
    assert_eq!(dead.later, None);
}

#[test]
fn a_link_of_nbk_lives_until_the_end_of_the_next_day() {
    let issued = Given::on(day("2026-11-24")).with(
        Event::LinkIssued,
        day("2026-11-24"),
        Some(time("09:00")),
    );
    let dead = deadline(
        "nbk-mobile",
        ClockKind::PayBy,
        &issued,
        after(Event::LinkIssued),
    );
    assert_eq!(dead.last.end(), (day("2026-11-25"), time("24:00")));
}

#[test]
fn b_mobile_adds_a_day_before_expiry_and_gives_the_rest_of_the_day_after_it() {
    let plan = "bmobile-visitor-sim";
    let before = given(&[(Event::Expires, "2026-12-20")]);
    assert_eq!(
        last_day(plan, ClockKind::UseBy, &before, after(Event::Expires)),
        "2026-12-21"
    );
    assert_eq!(
        last_day(plan, ClockKind::TopUpBy, &before, any),
        "2026-12-22"
    );

    let late = given(&[
        (Event::Expires, "2026-12-20"),
        (Event::ToppedUp, "2026-12-22"),
    ]);
    let charged = deadline(plan, ClockKind::UseBy, &late, after(Event::ToppedUp));
    assert_eq!(charged.last.end(), (day("2026-12-22"), time("23:59")));

    // The package as bought ends when it ends, whatever end the reader tells.
    let mut package = given(&[
        (Event::Activated, "2026-11-30"),
        (Event::Expires, "2026-12-20"),
    ]);
    package.pack = Some(PackLength::Days(21));
    assert_eq!(
        last_day(plan, ClockKind::UseBy, &package, after(Event::Activated)),
        "2026-12-20"
    );
}

#[test]
fn two_sources_that_disagree_are_both_there_the_earlier_first() {
    let told = given(&[(Event::Bought, "2026-11-24")]);
    let clocks = knowledge().clocks("nomad");
    let disputed: Vec<_> = reckon(&clocks, &told)
        .into_iter()
        .filter(|one| clocks[one.clock_index].disputed)
        .collect();
    assert_eq!(disputed.len(), 2);
    let days: Vec<Day> = disputed
        .iter()
        .map(|one| match &one.result {
            Outcome::At(deadline) => deadline.last.day,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(days, [day("2026-11-26"), day("2026-12-23")]);
    let sources = |at: usize| clocks[disputed[at].clock_index].sources.clone();
    assert!(sources(0).iter().all(|source| !sources(1).contains(source)));
    for source in [sources(0), sources(1)].concat() {
        let page: Option<Source> = knowledge().source(&source);
        assert!(page.is_some(), "{source}");
    }
}

#[test]
fn a_code_is_entered_by_the_date_printed_on_it() {
    let printed = outcomes("povo2", ClockKind::EnterBy, &given(&[]), any);
    assert_eq!(printed, [Outcome::Printed(Printed::Code)]);
}

#[test]
fn a_status_that_nobody_confirms_is_unknown() {
    let plan = knowledge().plan("bmobile-visitor-sim").expect("the plan");
    assert_eq!(plan.status, Known::Unknown);
}

#[test]
fn every_fact_of_every_plan_has_a_page_in_every_language() {
    for lang in simguide::lang::WRITTEN {
        let knowledge = Knowledge::compiled(lang);
        let plans = knowledge.plans();
        assert!(plans.len() >= 65, "{}", plans.len());
        for plan in plans {
            let mut sources = plan.sources.clone();
            sources.extend(
                knowledge
                    .ways(&plan.id)
                    .into_iter()
                    .flat_map(|way| way.sources),
            );
            sources.extend(
                knowledge
                    .clocks(&plan.id)
                    .into_iter()
                    .flat_map(|clock| clock.sources),
            );
            sources.extend(
                knowledge
                    .notes(&plan.id)
                    .into_iter()
                    .flat_map(|note| note.sources),
            );
            sources.extend(
                knowledge
                    .closed(&plan.id)
                    .into_iter()
                    .flat_map(|closed| closed.sources),
            );
            sources.extend(
                knowledge
                    .restores(&plan.id)
                    .into_iter()
                    .flat_map(|one| one.sources),
            );
            sources.extend(
                knowledge
                    .contacts(&plan.id)
                    .into_iter()
                    .flat_map(|one| one.sources),
            );
            for source in sources {
                assert!(
                    knowledge.source(&source).is_some(),
                    "{lang} {} {source}",
                    plan.id
                );
            }
        }
    }
}

/// The steps of the ways of a plan at convenience stores, as they are told, by an instrument.
fn steps(plan: &str, by: Instrument) -> Vec<Vec<String>> {
    let knowledge = knowledge();
    let desk = Desk::new(&knowledge, Lang::En, day("2026-11-24"));
    let head = knowledge.plan_head(plan).expect("a plan");
    let mut teller = Teller::new(&desk);
    let told = ways(plan, Channel::Konbini, by);
    let told = told.iter().map(|way| teller.way(&head, way, &[]).steps);
    told.map(|steps| steps.iter().map(ToString::to_string).collect())
        .collect()
}

#[test]
fn the_code_of_a_card_is_entered_after_it_was_paid_at_the_till() {
    for plan in [
        "povo2",
        "povo2-data-only",
        "softbank-prepaid",
        "iijmio-coupon-card",
    ] {
        let all = steps(plan, Instrument::Code);
        assert_eq!(all.len(), 1, "{plan}");
        let at = |words: &str| all[0].iter().position(|step| step.starts_with(words));
        let paid = at("Pay in cash").expect("the till");
        let entered = [
            "Over Wi-Fi",
            "Call the recharge centre",
            "Follow the steps printed",
        ];
        let entered: Vec<usize> = entered.into_iter().filter_map(at).collect();
        assert_eq!(entered, [paid + 1], "{plan}: {all:?}");
    }
}

#[test]
fn a_menu_of_its_own_is_not_mixed_with_that_of_other_numbers() {
    for plan in ["brastel-card", "mobal-voice-data"] {
        for steps in steps(plan, Instrument::Number) {
            let steps = steps.join("\n");
            assert!(
                !steps.contains("\u{4ee3}\u{91d1}\u{652f}\u{6255}\u{3044}"),
                "{steps}"
            );
            assert!(steps.contains("within 30 minutes"), "{steps}");
        }
    }
}
