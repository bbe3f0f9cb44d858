//! What nothing may break, each with what must hold whatever it is given.
//!
//! Shared by the property tests, the corpus of past faults and the fuzzer in `tests/fuzz`.

use std::cell::OnceCell;
use std::ffi::OsString;
use std::sync::OnceLock;

use serde_json::Value;
use simguide::answer::book::Book;
use simguide::answer::expiry::{self, ExpiryAnswer};
use simguide::answer::search::{Hit, SearchAnswer};
use simguide::answer::sources::{SourceTold, SourcesAnswer};
use simguide::answer::terms::TermTold;
use simguide::answer::tips::{TipTold, TipsAnswer};
use simguide::answer::{Answer, Desk};
use simguide::args::{Format, LayoutWord};
use simguide::fact::{Day, Known, Source, SourceKind, Time};
use simguide::knowledge::compile::compile;
use simguide::knowledge::door::{self, Page};
use simguide::knowledge::fault::Fault;
use simguide::knowledge::fold::{fold, fold_text};
use simguide::knowledge::load::{Folder, Records};
use simguide::knowledge::{Knowledge, find};
use simguide::lang::{Lang, Text, WRITTEN};
use simguide::query::{Expiry, Surroundings, names};
use simguide::run::run_in;
use simguide::view::data::Asked;
use simguide::view::html::{self, Leaf};
use simguide::view::wrap::{large, one_line, width, wrap};
use simguide::view::{View, refusal, screens, table};
use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation;

#[path = "hana.rs"]
mod hana;

use hana::{CARRIER, FILE, HOSTS, TIPS};

/// What takes any bytes at all, and panics where something does not hold.
pub(crate) type Entry = fn(&[u8]);

/// Every entry by its name, which is also that of its folder of the corpus.
pub(crate) const ENTRIES: [(&str, Entry); 7] = [
    ("loader", loader),
    ("days", days),
    ("names", names),
    ("wrap", wrapping),
    ("writers", writers),
    ("phone", phone),
    ("typed", typed),
];

/// A record beside good ones; its first line may name its file: `# tips/hana.yaml`.
///
/// It is either loaded whole in every language, or refused with faults that can be shown.
pub(crate) fn loader(bytes: &[u8]) {
    let _ = loads(bytes);
}

/// Whether such a record is loaded.
pub(crate) fn loads(bytes: &[u8]) -> bool {
    let given = String::from_utf8_lossy(bytes);
    let first = given.lines().next().unwrap_or_default();
    let named = first.trim_start_matches('\u{feff}').strip_prefix("# ");
    let path = named.filter(|name| PLACES.contains(name)).unwrap_or(FILE);
    match door::text_of(bytes.to_vec(), path) {
        Ok(text) => load(path, &text),
        Err(fault) => refused(&[fault]),
    }
}

/// The files of a folder.
const PLACES: [&str; 11] = [
    FILE,
    "hosts.yaml",
    "tips/hana.yaml",
    "channels/konbini.yaml",
    "types/prepaid.yaml",
    "payments.yaml",
    "phrases.yaml",
    "terms.yaml",
    "words.yaml",
    "edition.yaml",
    "elsewhere.yaml",
];

/// Whether a text is loaded in the place of the good file of its name, or beside them.
pub(crate) fn load(path: &str, text: &str) -> bool {
    let mut pages = vec![page(path, text)];
    for (good, text) in [
        (FILE, CARRIER),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", TIPS),
    ] {
        if good != path {
            pages.push(page(good, text));
        }
    }
    let folder = match Folder::parse(pages) {
        Ok(folder) => folder,
        Err(faults) => return refused(&faults),
    };
    // Some take less than this one, such as a comment that touches what it follows; but what
    // two parsers take, they take for the same.
    let first: Option<Value> = serde_yaml::from_str(text).ok();
    match serde_saphyr::from_str::<Value>(text) {
        Ok(second) => assert_eq!(first, Some(second)),
        Err(error) => assert!(!error.to_string().contains("duplicate"), "{error}"),
    }
    let mut docs = Vec::new();
    for (lang, base) in WRITTEN.into_iter().zip(bases()) {
        match folder.records(lang, base) {
            Ok(mut records) => {
                folder.keep_own(&mut records);
                docs.push(compile(&records).1);
            }
            Err(faults) => return refused(&faults),
        }
    }
    let table = find::table(&docs);
    for at in 0..table.len() {
        assert!(find::Entry::read(table.get(at)).is_some(), "entry {at}");
    }
    true
}

fn page(path: &str, text: &str) -> Page {
    Page {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// What is compiled in, in each written language.
fn bases() -> &'static [Records] {
    static BASES: OnceLock<Vec<Records>> = OnceLock::new();
    BASES.get_or_init(|| {
        let base = |lang| Knowledge::compiled(lang).base_records();
        WRITTEN.into_iter().map(base).collect()
    })
}

/// Faults name a file, say something short, stand in order and can be shown on a terminal.
fn refused(faults: &[Fault]) -> bool {
    assert!(!faults.is_empty(), "refused without a fault");
    assert!(faults.is_sorted());
    for fault in faults {
        assert!(!fault.file.is_empty(), "{fault:?}");
        assert!(!fault.message.is_empty(), "{fault:?}");
        assert!(fault.message.chars().count() < 1_000, "{fault:?}");
    }
    harmless(&refusal::faults(faults, Lang::En));
    false
}

/// Nothing in a text would be obeyed by a terminal instead of shown.
fn harmless(text: &str) {
    let bad = |c: char| door::refused(c) || c.is_control() && c != '\n';
    assert!(!text.contains(bad), "{text:?}");
}

/// A day as it is typed, and below it a number of days.
pub(crate) fn days(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (typed, count) = text.split_once('\n').unwrap_or((&text, ""));
    match names::day(typed, "--today") {
        Ok(day) => {
            sound_day(day);
            assert_eq!(names::day_and_time(typed, ""), Ok((day, None)));
            let other = count.parse().ok().and_then(|days| day.plus_days(days));
            if let (Some(other), Ok(days)) = (other, count.parse::<i64>()) {
                assert_eq!(day.days_until(other), days);
                assert_eq!(other.plus_days(-days), Some(day));
                assert_eq!(day < other, days > 0);
            }
        }
        Err(refused) => told(&refused, typed),
    }
    match names::day_and_time(typed, "--topped-up") {
        Ok((day, time)) => {
            sound_day(day);
            if let Some(time) = time {
                let again = format!("{day}T{time}");
                assert_eq!(names::day_and_time(&again, ""), Ok((day, Some(time))));
            }
        }
        Err(refused) => told(&refused, typed),
    }
    if let Ok(day) = typed.parse::<Day>() {
        assert_eq!(day.to_string(), typed, "records write a day in one way");
    }
    if let Ok(time) = typed.parse::<Time>() {
        assert!(time <= Time(24 * 60));
        assert_eq!(time.to_string().parse(), Ok(time));
    }
}

/// A day is read back from what it prints, by the command line and by the records.
fn sound_day(day: Day) {
    let printed = day.to_string();
    assert_eq!(names::day(&printed, ""), Ok(day));
    assert_eq!(printed.parse(), Ok(day));
    assert!((2000..=2100).contains(&day.0.year()), "{printed}");
    assert_eq!(
        serde_json::from_value::<Day>(Value::String(printed)).ok(),
        Some(day)
    );
}

/// A refusal can be shown, and the days it offers are days.
fn told(refused: &names::Refusal, typed: &str) {
    for (near, _) in &refused.near {
        assert!(near.parse::<Day>().is_ok(), "{typed:?}: {near}");
    }
    harmless(&refusal::question(refused, Lang::En, &[typed.to_owned()]));
}

/// A name or number as it is typed: folded once and for all, whatever its width, case and marks.
pub(crate) fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "{text:?}");
    assert_eq!(fold(&text.replace('a', "A")), folded, "{text:?}");
    assert_eq!(fold(&text.replace(' ', "-")), folded, "{text:?}");
    let running = fold_text(&text);
    assert_eq!(fold_text(&running), running, "{text:?}");
    if text.is_ascii() {
        let wide = |c: char| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
            c => c,
        };
        assert_eq!(fold(&text.chars().map(wide).collect::<String>()), folded);
    }
    if let Ok(code) = names::code(&text) {
        assert_eq!(names::code(&code).as_ref(), Ok(&code));
    }
    if let Ok(iccid) = names::iccid(&text) {
        assert_eq!(names::iccid(&iccid).as_ref(), Ok(&iccid));
    }
    if let Ok(number) = names::number(&text, "") {
        assert_eq!(names::number(&number.to_string(), ""), Ok(number));
    }
    let shown = names::looked_for(&text);
    harmless(&shown);
    assert_eq!(names::looked_for(&shown), shown, "{text:?}");
}

/// A text to be wrapped; its first line may say into how many columns.
pub(crate) fn wrapping(bytes: &[u8]) {
    let given = String::from_utf8_lossy(bytes);
    let (columns, text) = match given.split_once('\n') {
        Some((first, rest)) => match first.parse::<u8>() {
            Ok(columns) => (usize::from(columns), rest),
            Err(_) => (24, &*given),
        },
        None => (24, &*given),
    };
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|c| !c.is_whitespace());
        kept.collect()
    };
    let line = one_line(text);
    assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    // A wide letter takes two columns, however few there are.
    let holds_all_and_fits = |lines: &[String]| {
        let told = format!("{columns} {text:?}: {lines:?}");
        assert_eq!(letters(&lines.concat()), letters(&line), "{told}");
        let fits = |line: &String| width(line) <= columns.max(2);
        assert!(lines.iter().all(fits), "{told}");
    };
    for lang in [Lang::En, Lang::Ja, Lang::Ko] {
        let lines = wrap(text, columns, lang);
        assert!(!lines.is_empty());
        holds_all_and_fits(&lines);
        for line in &lines {
            assert!(!is_blank(line.graphemes(true).next()), "{text:?}: {line:?}");
            assert!(
                !is_blank(line.graphemes(true).next_back()),
                "{text:?}: {line:?}"
            );
            assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        }
    }
    holds_all_and_fits(&large(text, columns));
}

/// Whether a cluster is a blank without a mark over it.
fn is_blank(cluster: Option<&str>) -> bool {
    cluster.is_some_and(|cluster| cluster.trim().is_empty())
}

/// A text in the place of every sentence, name and address, written in every format.
///
/// Only what a record may hold: what is typed is mended before, see `names`.
pub(crate) fn writers(bytes: &[u8]) {
    let text = recorded(bytes);
    for (command, answer) in answers(&text) {
        let asked = || Asked {
            command,
            query: Value::Array(vec![Value::String(text.clone())]),
        };
        let show = |format: Format| view(format).show(&answer, &asked).expect("an answer");
        let json: Value = serde_json::from_str(&show(Format::Json)).expect("JSON");
        let results = json["results"].as_array().expect("results");
        assert_eq!(json["query"][0], Value::String(text.clone()));
        yaml(&show(Format::Yaml), &json);
        csv(&show(Format::Csv), results);
        markdown(&show(Format::Markdown));
        // Not by `show`, which leaves its page to the end of the process.
        let view = view(Format::Table);
        terminal(&table::render(&screens::page(&view, &answer), &view.look()));
        if let Answer::Expiry(expiry) = &answer {
            calendar(&show(Format::Ics), expiry, &text);
        }
    }
}

/// A text without what no record holds.
fn recorded(bytes: &[u8]) -> String {
    let given = String::from_utf8_lossy(bytes);
    let tame = |c| if door::refused(c) { '\u{fffd}' } else { c };
    given.chars().map(tame).collect()
}

fn view(format: Format) -> View {
    View {
        lang: Lang::En,
        width: 60,
        height: Some(24),
        colour: false,
        ascii: false,
        layout: LayoutWord::Auto,
        format,
        edition: today(),
        today: today(),
    }
}

fn today() -> Day {
    Day::new(2026, 11, 24).expect("a day")
}

/// Answers that hold the text wherever an answer holds one.
fn answers(text: &str) -> Vec<(&'static str, Answer)> {
    let word = || text.to_owned();
    let text = || SmolStr::new(text);
    let tips = TipsAnswer {
        results: vec![tip(&text()), tip("plain")],
        open: true,
    };
    let hit = Hit {
        kind: "tip",
        title: text(),
        of: Some(text()),
        command: text(),
    };
    let search = SearchAnswer {
        results: vec![hit],
        nearest: vec![text()],
        words: vec![word()],
    };
    let sources = SourcesAnswer {
        results: vec![SourceTold {
            id: word(),
            source: Source {
                url: text(),
                title: text(),
                publisher: text(),
                kind: SourceKind::Community,
                dated: Known::Unknown,
                older_than: None,
            },
            age_days: None,
            facts: 1,
        }],
    };
    vec![
        ("tips", Answer::Tips(tips)),
        ("search", Answer::Search(search)),
        ("sources", Answer::Sources(sources)),
        ("expiry", Answer::Expiry(Box::new(dates(&text())))),
    ]
}

fn tip(text: &str) -> TipTold {
    TipTold {
        id: Some(text.into()),
        topic: "receipt",
        title: text.into(),
        text: Some(text.into()),
        plans: vec![text.into(), "povo2".into()],
        sources: Vec::new(),
    }
}

fn term(text: &str) -> TermTold {
    TermTold {
        id: text.into(),
        ja: text.into(),
        kana: text.into(),
        romaji: text.into(),
        meaning: Some(text.into()),
        seen: text.into(),
    }
}

/// The dates of a real plan, with the text for all that is told of them.
fn dates(text: &str) -> ExpiryAnswer {
    thread_local! {
        static REAL: OnceCell<ExpiryAnswer> = const { OnceCell::new() };
    }
    let mut dates = REAL.with(|real| {
        real.get_or_init(|| {
            let knowledge = Knowledge::compiled(Lang::En);
            let desk = Desk::new(&knowledge, Lang::En, today());
            let asked = Expiry {
                plan: PLAN.into(),
                topped_up: Some((today(), None)),
                activated: None,
                expires: None,
                bill_due: None,
                pack: None,
                today: today(),
            };
            expiry::answer(&desk, &asked)
        })
        .clone()
    });
    dates.results.truncate(1);
    for dated in &mut dates.results {
        dated.when = Some(text.into());
        dated.then = text.into();
        dated.rule.clock.when = Some(Text(text.into()));
        dated.rule.clock.then = Some(Text(text.into()));
    }
    if let Some(head) = &mut dates.head {
        head.name = text.into();
        head.lead.text = text.into();
    }
    for caution in &mut dates.cautions {
        caution.text = text.into();
    }
    dates
}

/// A plan with dates that need nothing but the day of the top-up.
const PLAN: &str = "softbank-prepaid";

/// YAML holds the same as JSON, whoever reads it.
fn yaml(text: &str, json: &Value) {
    let first: Result<Value, _> = serde_yaml::from_str(text);
    assert_eq!(first.as_ref().ok(), Some(json), "{first:?}: {text}");
}

/// CSV holds the words of JSON, in cells that no spreadsheet runs.
fn csv(text: &str, results: &[Value]) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), results.len(), "{text}");
    for (row, result) in rows.iter().zip(results) {
        for (name, cell) in head.iter().zip(row) {
            let runs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
            assert!(!cell.starts_with(runs), "{name}: {cell:?}");
            if let Some(words) = result[name].as_str() {
                let plain = cell.strip_prefix('\'').unwrap_or(cell);
                assert!(cell == words || plain == words, "{name}: {cell:?}");
            }
        }
    }
}

/// Markdown lets no tag through but a line break and an address.
fn markdown(text: &str) {
    let bare = text.replace("<br>", "").replace("<https://", "");
    assert!(!bare.contains('<'), "{text}");
    assert!(
        !text.contains(|c: char| c.is_control() && c != '\n'),
        "{text:?}"
    );
    let mut bars: Option<usize> = None;
    for line in text.lines() {
        let count = line.replace("\\|", "").matches('|').count();
        if line.starts_with('|') {
            assert_eq!(*bars.get_or_insert(count), count, "{text}");
        } else {
            bars = None;
        }
        assert_eq!(line.trim_end(), line);
    }
}

/// A terminal shows all of it and obeys none of it.
fn terminal(text: &str) {
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        assert!(width(line) <= 60, "{line:?}");
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    }
}

/// A calendar is read back with the entries it was made of, and no other.
fn calendar(text: &str, expiry: &ExpiryAnswer, told: &str) {
    let lines: Vec<&str> = text.split("\r\n").collect();
    for line in &lines {
        assert!(line.len() <= 75, "{line:?}");
        assert!(!line.contains(['\n', '\r']), "{line:?}");
    }
    let entries = lines.iter().filter(|line| **line == "BEGIN:VEVENT");
    assert_eq!(entries.count(), expiry.results.len());
    let begun = lines.iter().filter(|line| line.starts_with("BEGIN:"));
    let ended = lines.iter().filter(|line| line.starts_with("END:"));
    assert_eq!(begun.count(), ended.count());
    let read: icalendar::Calendar = text.parse().expect("a calendar");
    assert_eq!(read.events().count(), expiry.results.len());
    let words = told.split(|c: char| !c.is_alphanumeric());
    let longest = words.max_by_key(|word| word.len()).unwrap_or_default();
    assert!(text.replace("\r\n ", "").contains(longest), "{longest}");
}

/// The page for a phone holds a text wherever a record has one, but no tag of it.
pub(crate) fn phone(bytes: &[u8]) {
    let text = &recorded(bytes);
    // The same signs in number and kind, but none that opens a tag or closes a value.
    let tame = text.replace(['<', '>', '&', '"', '\''], "*");
    let (page, tame) = (phone_page(text), phone_page(&tame));
    for sign in ['<', '>', '"', '\''] {
        let count = |page: &str| page.matches(sign).count();
        assert_eq!(count(&page), count(&tame), "{sign} of {text:?}");
    }
}

fn phone_page(text: &str) -> String {
    thread_local! {
        static REAL: OnceCell<Book> = const { OnceCell::new() };
    }
    let mut book = REAL.with(|real| {
        real.get_or_init(|| {
            let knowledge = Knowledge::compiled(Lang::En);
            Book::of_plan(&Desk::new(&knowledge, Lang::En, today()), PLAN)
        })
        .clone()
    });
    book.tips = vec![tip(text)];
    book.terms = vec![term(text)];
    for phrase in &mut book.phrases {
        phrase.ja = text.into();
        phrase.kana = text.into();
        phrase.meaning = Some(text.into());
    }
    for plan in &mut book.plans {
        plan.row.name = text.into();
        plan.lead.text = text.into();
        for note in &mut plan.notes {
            note.text = text.into();
        }
        // What is left out here is spelled by the same few functions.
        (plan.ways, plan.closed, plan.restore) = (Vec::new(), Vec::new(), Vec::new());
        (plan.contacts, plan.packs, plan.checks) = (Vec::new(), Vec::new(), Vec::new());
    }
    let view = view(Format::Table);
    html::page(&[Leaf { view, book }]).expect("a page")
}

/// The words of a command line, one a line: an answer or a refusal, never both.
pub(crate) fn typed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let words: Vec<&str> = text.split('\n').collect();
    // These read folders, write files, or are asked for colours.
    let skipped = ["page", "check", "--data", "--color", "--colour"];
    if words
        .iter()
        .any(|word| skipped.iter().any(|skip| word.starts_with(skip)))
    {
        return;
    }
    let line = std::iter::once("simguide").chain(words.iter().copied());
    let line: Vec<OsString> = line.map(OsString::from).collect();
    let outcome = run_in(&line, &Surroundings::bare(today()));
    match outcome.code {
        0 | 1 => assert!(!outcome.stdout.is_empty() && outcome.stderr.is_empty()),
        code => {
            assert_eq!(code, 2);
            assert!(outcome.stdout.is_empty() && !outcome.stderr.is_empty());
            harmless(&outcome.stderr);
        }
    }
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
    assert!(!outcome.stdout.contains(bad), "{words:?}");
}
