//! Clocks as a rail: dots are moments, the stretches between them carry the length.

use super::spell::{Html, Press};
use crate::answer::renew::ClockTold;
use crate::knowledge::clock::{Clock, ClockKind, Event};
use crate::view::builder::field;
use crate::view::page::{Field, Rich};
use crate::words::Word;

impl Press {
    /// Clocks that follow on each other as rails, the others as rows.
    pub(super) fn clocks(&mut self, clocks: &[ClockTold]) -> Html {
        let mut html = String::new();
        let mut left: Vec<usize> = (0..clocks.len()).collect();
        for first in 0..clocks.len() {
            if !left.contains(&first) || !starts(&clocks[first].clock) {
                continue;
            }
            let stops = self.stops(clocks, first, &left);
            let on_rail: Vec<usize> = stops.iter().flat_map(|stop| stop.clocks.clone()).collect();
            if on_rail.len() > 1 {
                left.retain(|at| !on_rail.contains(at));
                html.push_str(&self.rail(clocks, &stops));
            }
        }
        let fields = self.rows(clocks, &left);
        html.push_str(&self.fields(&fields).0);
        Html(html)
    }

    /// The stops after an event: each what follows on the one before, after the same length.
    fn stops(&self, clocks: &[ClockTold], first: usize, left: &[usize]) -> Vec<Stop> {
        let mut stops = vec![Stop {
            length: self.b.clock_length(&clocks[first].clock),
            clocks: vec![first],
        }];
        while let Some(last) = stops.last_mut() {
            let mut next: Vec<Stop> = Vec::new();
            for at in following(clocks, &last.clocks, left) {
                match self.b.clock_length(&clocks[at].clock) {
                    None => last.clocks.push(at),
                    length => match next.iter_mut().find(|stop| stop.length == length) {
                        Some(stop) => stop.clocks.push(at),
                        None => next.push(Stop {
                            length,
                            clocks: vec![at],
                        }),
                    },
                }
            }
            // Where they part, the rail goes where most of them go; the others become rows.
            let most = next.iter().map(|stop| stop.clocks.len()).max();
            match next
                .into_iter()
                .find(|stop| Some(stop.clocks.len()) == most)
            {
                Some(stop) => stops.push(stop),
                None => break,
            }
        }
        stops
    }

    fn rows(&mut self, clocks: &[ClockTold], left: &[usize]) -> Vec<Field> {
        let mut fields = Vec::new();
        for kind in ClockKind::ALL {
            let mut values: Vec<Rich> = Vec::new();
            for told in left.iter().map(|at| &clocks[*at]) {
                if told.clock.clock == *kind {
                    let text = self.b.clock(&told.clock, clocks);
                    values.push(self.b.rich(&text, &told.sources));
                }
            }
            if !values.is_empty() {
                fields.push(field(self.b.clock_name(*kind), values));
            }
        }
        fields
    }

    fn rail(&mut self, clocks: &[ClockTold], stops: &[Stop]) -> String {
        let first = stops.iter().flat_map(|stop| &stop.clocks).next();
        let event = first.and_then(|at| clocks[*at].clock.after.as_deref());
        let event = self.text(self.b.of("event", event.unwrap_or_default()));
        let mut html = format!("<ol class=\"clock\"><li><b>{event}</b></li>");
        for stop in stops {
            if let Some(length) = &stop.length {
                let length = self.text(length);
                html.push_str(&format!("<li class=\"gap\">{length}</li>"));
            }
            html.push_str("<li>");
            for at in &stop.clocks {
                let told = &clocks[*at];
                let name = self.text(self.b.clock_name(told.clock.clock));
                let note = self.note(told);
                html.push_str(&format!("<b>{name}</b><span class=\"note\">{note}</span>"));
            }
            html.push_str("</li>");
        }
        html.push_str("</ol>");
        html
    }

    fn note(&mut self, told: &ClockTold) -> Html {
        let clock = &told.clock;
        let mut notes: Vec<String> = Vec::new();
        notes.extend(clock.when.iter().map(|when| when.0.to_string()));
        if clock.month_end {
            notes.push(self.b.w(Word::MONTH_END).to_owned());
        }
        if let Some(at) = clock.at {
            let time = at.to_string();
            notes.push(self.b.fill(Word::UNTIL_TIME, &[("time", &time)]));
        }
        notes.extend(self.b.clock_notes(clock));
        let joined = notes
            .into_iter()
            .reduce(|all, more| self.b.fill(Word::JOINED, &[("a", &all), ("b", &more)]));
        let rich = match joined {
            Some(text) => self.b.rich(&text, &told.sources),
            None => self.b.sure("", &told.sources),
        };
        self.rich(&rich)
    }
}

/// A moment on a rail: how long after the one before, and which clocks end there.
struct Stop {
    length: Option<String>,
    clocks: Vec<usize>,
}

/// The clocks that start where others end.
fn following(clocks: &[ClockTold], ends: &[usize], left: &[usize]) -> Vec<usize> {
    let ids: Vec<&str> = ends
        .iter()
        .filter_map(|at| clocks[*at].clock.id.as_deref())
        .collect();
    left.iter()
        .copied()
        .filter(|at| !ends.contains(at))
        .filter(|at| {
            let after = clocks[*at].clock.after.as_deref();
            after.is_some_and(|after| ids.contains(&after))
        })
        .collect()
}

fn starts(clock: &Clock) -> bool {
    clock.printed.is_none()
        && clock.monthly.is_none()
        && clock
            .after
            .as_deref()
            .is_some_and(|after| after.parse::<Event>().is_ok())
}
