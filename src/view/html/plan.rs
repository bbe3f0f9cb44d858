//! One plan on the page: the answer, ways, clocks, what to do when it is stopped.

use smol_str::SmolStr;

use super::spell::{Html, Press};
use super::verdict::Chip;
use crate::answer::plans::{PlanTold, RestoreTold};
use crate::answer::way::WayTold;
use crate::answer::{Told, Verdict};
use crate::view::builder::field;
use crate::view::page::{Block, Rich};
use crate::view::screens::{plans, renew};
use crate::view::words::list;
use crate::words::Word;

/// A plan, laid out.
pub(super) struct PlanView {
    pub id: String,
    pub name: Html,
    /// Kind, form and network in a line.
    pub small: Html,
    /// Whether it is still sold, where the reader must be told.
    pub state: Option<Html>,
    pub lead: Html,
    /// That it ended, what replaced it, how old the pages are.
    pub lines: Vec<Html>,
    pub ways: Vec<WayView>,
    pub closed: Vec<ClosedView>,
    pub silent: Html,
    pub clocks: Html,
    pub restore: Vec<RestoreView>,
    pub contacts: Html,
    pub careful: Html,
    /// Folded parts: heading and content.
    pub folds: Vec<(Html, Html)>,
}

/// A way, laid out.
pub(super) struct WayView {
    pub title: Html,
    pub chip: Chip,
    /// Where it is and what it asks of the internet.
    pub small: Html,
    /// Its steps, then its facts.
    pub body: Html,
    pub say: Html,
}

/// A recorded "no".
pub(super) struct ClosedView {
    pub title: Html,
    pub why: Html,
}

/// How a stopped line comes back.
pub(super) struct RestoreView {
    pub case: Html,
    pub chip: Chip,
    pub answer: Html,
    pub steps: Html,
    pub say: Html,
}

impl PlanView {
    pub(super) fn new(press: &mut Press, plan: &PlanTold) -> PlanView {
        // A carrier from abroad labels its buttons in Chinese characters of its own.
        press.labels = if plan.row.network == "abroad" {
            "zh-Hant"
        } else {
            "ja"
        };
        let lead = press.b.told(&plan.lead);
        let view = PlanView {
            id: plan.row.id.to_string(),
            name: press.text(&plan.row.name),
            small: small(press, plan),
            state: state(press, plan),
            lead: press.rich(&lead),
            lines: lines(press, plan),
            restore: plan
                .restore
                .iter()
                .map(|told| restore(press, told))
                .collect(),
            ways: plan.ways.iter().map(|told| way(press, told)).collect(),
            closed: plan.closed.iter().map(|told| closed(press, told)).collect(),
            silent: silent(press, plan),
            clocks: press.clocks(&plan.clocks),
            contacts: contacts(press, plan),
            careful: careful(press, plan),
            folds: folds(press, plan),
        };
        press.labels = "ja";
        view
    }
}

/// Kind, form and network in a line; several networks tell nobody anything.
fn small(press: &Press, plan: &PlanTold) -> Html {
    let b = &press.b;
    let row = &plan.row;
    let forms = row.form.iter().map(|form| b.of("form", form));
    let network = (row.network != "several").then(|| b.of("network", row.network));
    let parts: Vec<String> = std::iter::once(b.of("card", row.kind))
        .chain(forms)
        .chain(network)
        .map(str::to_owned)
        .collect();
    press.heading(&list(press.lang, &parts))
}

fn state(press: &Press, plan: &PlanTold) -> Option<Html> {
    match plan.row.status {
        Some("on-sale") | None => None,
        Some(word) => Some(press.text(press.b.of("status", word))),
    }
}

fn lines(press: &mut Press, plan: &PlanTold) -> Vec<Html> {
    let mut lines = Vec::new();
    if plan.row.status == Some("ended") {
        let line = match &plan.row.ended {
            Some(day) => press.b.fill(Word::ENDED_SINCE, &[("day", day)]),
            None => press.b.w(Word::ENDED_UNKNOWN).to_owned(),
        };
        lines.push(press.text(&line));
    }
    if let Some(next) = &plan.head.replaced_by {
        let line = press.b.fill(Word::INSTEAD_PLAN, &[("plan", &next.name)]);
        lines.push(press.text(&line));
    }
    if let Some(line) = press.b.age_line(&plan.all_sources) {
        lines.push(press.text(&line));
    }
    lines
}

fn way(press: &mut Press, way: &WayTold) -> WayView {
    let b = &mut press.b;
    let marks = b.marks(&way.sources);
    let internet = match way.internet {
        Some("during") => b.w(Word::PAGE_INTERNET_DURING),
        Some(word) => b.of("internet", word),
        None => b.w(Word::PAGE_INTERNET_UNKNOWN),
    };
    let small = list(b.lang, &[way.channel.name.as_str(), internet]);
    let told = [Word::COL_CHANNEL, Word::LABEL_INTERNET].map(|word| b.w(word));
    let mut fields = renew::way_fields(b, way);
    fields.retain(|field| !told.contains(&field.label.as_str()));
    // The line that opens the way is a button: links to sources stand in what it opens.
    let text = String::new();
    fields.push(field(
        b.w(Word::COL_SOURCE),
        vec![Rich::marked(text, marks)],
    ));
    WayView {
        title: press.text(&way.title),
        chip: Chip::of(press.lang, way.verdict),
        small: press.heading(&small),
        body: press.steps_first(&fields),
        say: press.say(&way.say),
    }
}

fn closed(press: &mut Press, told: &WayTold) -> ClosedView {
    let why = told.why.clone().unwrap_or_default();
    let why = press.b.rich(why, &told.sources);
    let mut names = vec![told.channel.name.clone()];
    if let Some(chains) = &told.chains {
        names.extend(chains.iter().map(|chain| chain.name.clone()));
    }
    if let Some(by) = told.by {
        names.push(SmolStr::new(press.b.of("by", by)));
    }
    ClosedView {
        title: press.heading(&list(press.lang, &names)),
        why: press.rich(&why),
    }
}

fn silent(press: &Press, plan: &PlanTold) -> Html {
    let names: Vec<SmolStr> = plan
        .silent
        .iter()
        .map(|channel| channel.name.clone())
        .collect();
    press.text(&list(press.lang, &names))
}

fn restore(press: &mut Press, told: &RestoreTold) -> RestoreView {
    let answer = press.b.rich(told.answer.clone(), &told.sources);
    let steps: Vec<Rich> = told.steps.iter().cloned().map(Rich::plain).collect();
    let verdict = match told.possible {
        Some("always") => Verdict::Yes,
        Some("sometimes") => Verdict::Partly,
        Some(_) => Verdict::No,
        None => Verdict::Unknown,
    };
    RestoreView {
        case: press.heading(press.b.of("stopped", told.stopped)),
        chip: Chip::of(press.lang, verdict),
        answer: press.rich(&answer),
        steps: press.steps(&steps),
        say: press.say(&told.say),
    }
}

fn contacts(press: &mut Press, plan: &PlanTold) -> Html {
    let lines: Vec<Rich> = plan
        .contacts
        .iter()
        .map(|contact| press.b.contact(contact))
        .collect();
    press.list("ul", "bul", &lines)
}

fn careful(press: &mut Press, plan: &PlanTold) -> Html {
    let mut told: Vec<Told> = Vec::new();
    for note in &plan.notes {
        if told.iter().all(|other| other.text != note.text) {
            told.push(Told {
                text: note.text.clone(),
                sources: note.sources.clone(),
            });
        }
    }
    let lines = press.b.all(&told);
    press.list("ul", "bul", &lines)
}

/// How to recognise it, what is left, access points, and the plain facts.
fn folds(press: &mut Press, plan: &PlanTold) -> Vec<(Html, Html)> {
    let b = &mut press.b;
    let signs: Vec<Rich> = plan
        .recognise
        .iter()
        .map(|sign| plans::of_sign(b, sign))
        .collect();
    let checks: Vec<Block> = plan
        .checks
        .iter()
        .map(|check| plans::of_check(b, check))
        .collect();
    let apns: Vec<Block> = plan.apns.iter().map(|apn| plans::of_apn(b, apn)).collect();
    let facts = plans::facts(b, plan);
    let mut folds = vec![
        (Word::HEAD_CHECKS, press.blocks(&checks)),
        (Word::HEAD_RECOGNISE, press.list("ul", "bul", &signs)),
        (Word::HEAD_APNS, press.blocks(&apns)),
        (Word::PAGE_FACTS, press.fields(&facts)),
    ];
    folds.retain(|(_, content)| !content.is_empty());
    folds
        .into_iter()
        .map(|(word, content)| (press.w(word), content))
        .collect()
}
