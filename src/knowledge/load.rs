//! Records from YAML: read, checked, and made plain in one language.
//!
//! Used when the program is built, by `check` and by `--data`; never on what is compiled in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};
use smol_str::SmolStr;

use crate::fact::Day;
use crate::knowledge::card::CardRecord;
use crate::knowledge::carrier::Carrier;
use crate::knowledge::channel::{ChannelRecord, Payment, TipFile};
use crate::knowledge::door::{self, Page};
use crate::knowledge::fault::Fault;
use crate::knowledge::once::Once;
use crate::knowledge::phrase::{Host, Label, Phrase, Term};
use crate::knowledge::plain::{Ids, Plain};
use crate::knowledge::{rules, wording};
use crate::lang::{Lang, WRITTEN};

/// Everything we know, in one language.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The date of the whole knowledge base.
    pub edition: Option<Day>,
    pub carriers: Vec<Carrier>,
    pub channels: Vec<ChannelRecord>,
    pub payments: Vec<Payment>,
    pub types: Vec<CardRecord>,
    /// Tip files by name.
    pub tips: BTreeMap<String, TipFile>,
    pub phrases: Vec<Phrase>,
    pub terms: Vec<Term>,
    pub hosts: Vec<Host>,
    /// Headings, labels and the words of every list: in each written language.
    pub words: BTreeMap<String, Vec<String>>,
}

#[derive(serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct Edition {
    edition: Day,
}

/// A folder of records that passed the door and the parser, in all its languages.
pub struct Folder {
    files: Vec<(Page, Value)>,
}

/// The most faults that are listed at once.
pub const MOST_FAULTS: usize = 20;

impl Folder {
    /// Reads and parses a folder.
    ///
    /// # Errors
    /// Every fault of the door, of the parser, and of sentences; sorted.
    pub fn read(path: &Path) -> Result<Folder, Vec<Fault>> {
        let (pages, faults) = door::read(path);
        Folder::with_faults(pages, faults)
    }

    /// Looks at pages and parses them.
    ///
    /// # Errors
    /// Every fault of the door, of the parser, and of sentences; sorted.
    pub fn parse(pages: Vec<Page>) -> Result<Folder, Vec<Fault>> {
        let (mut good, mut faults) = (Vec::new(), Vec::new());
        for page in pages {
            let found = door::look(&page.path, &page.text);
            if found.is_empty() {
                good.push(page);
            }
            faults.extend(found);
        }
        Folder::with_faults(good, faults)
    }

    fn with_faults(pages: Vec<Page>, mut faults: Vec<Fault>) -> Result<Folder, Vec<Fault>> {
        let mut files = Vec::new();
        for page in pages {
            match parse(&page) {
                Ok(value) => files.push((page, value)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            return Ok(Folder { files });
        }
        for (page, value) in &files {
            wording::check(&page.path, value, &mut faults);
        }
        faults.sort();
        Err(faults)
    }

    /// Whether it is a whole knowledge base and not an addition to one.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.files
            .iter()
            .any(|(page, _)| page.path == "edition.yaml")
    }

    /// How many sentences there are, and how many of them exist in each known language.
    #[must_use]
    pub fn sentences(&self) -> (usize, Vec<(&'static str, usize)>) {
        let mut all = 0;
        let mut counts: Vec<(&'static str, usize)> = crate::lang::KNOWN
            .iter()
            .map(|lang| (lang.tag(), 0))
            .collect();
        for (_, value) in &self.files {
            wording::walk(value, "", &mut |_, words| {
                all += 1;
                for (tag, count) in &mut counts {
                    *count += usize::from(words.map().contains_key(*tag));
                }
            });
        }
        (all, counts)
    }

    /// How many files there are.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// What stands before the source keys of each file that is one record: the id of a carrier,
    /// or folder and id.
    #[must_use]
    pub fn records_by_file(&self) -> Vec<String> {
        let paths = self.files.iter().map(|(page, _)| page.path.as_str());
        paths.filter(|path| path.contains('/')).map(shelf).collect()
    }

    /// The ids, or host names, of a file that is a list: `payments`, `hosts`.
    #[must_use]
    pub fn entries(&self, list: &str) -> BTreeSet<SmolStr> {
        let key = if list == "hosts" { "host" } else { "id" };
        let path = format!("{list}.yaml");
        let file = self.files.iter().find(|(page, _)| page.path == path);
        file.map(|(_, value)| list_of(Some(value), key).collect())
            .unwrap_or_default()
    }

    /// Drops the records that do not come from this folder.
    pub fn keep_own(&self, records: &mut Records) {
        let shelves = self.records_by_file();
        let has = |shelf: &str| shelves.iter().any(|own| own == shelf);
        records.carriers.retain(|carrier| has(&carrier.id));
        records
            .channels
            .retain(|channel| has(&format!("channels/{}", channel.id.id())));
        records
            .types
            .retain(|card| has(&format!("types/{}", card.id.id())));
        records.tips.retain(|name, _| has(&format!("tips/{name}")));
        let (payments, phrases) = (self.entries("payments"), self.entries("phrases"));
        let (terms, hosts) = (self.entries("terms"), self.entries("hosts"));
        records.payments.retain(|own| payments.contains(&own.id));
        records.phrases.retain(|own| phrases.contains(&own.id));
        records.terms.retain(|own| terms.contains(&own.id));
        records.hosts.retain(|own| hosts.contains(&own.host));
    }

    /// The records in one language, upon those they add to or replace.
    ///
    /// # Errors
    /// Every broken rule, sorted.
    pub fn records(&self, lang: Lang, base: &Records) -> Result<Records, Vec<Fault>> {
        let ids = self.ids(base);
        let mut records = base.clone();
        let mut faults = Vec::new();
        for (page, value) in &self.files {
            wording::check(&page.path, value, &mut faults);
            if Place::of(&page.path) == Some(Place::Words) && !self.is_whole() {
                let message = "headings and words are built into the program; take this file out";
                faults.push(Fault::new(&page.path, "", message));
                continue;
            }
            if let Err(fault) = Folder::add(page, value, lang, &ids, &mut records, &mut faults) {
                faults.push(fault);
            }
        }
        let own: BTreeSet<&str> = self
            .files
            .iter()
            .map(|(page, _)| page.path.as_str())
            .collect();
        rules::check(&records, &own, &mut faults);
        Folder::fits_upon(base, &records, &mut faults);
        faults.sort();
        faults.dedup();
        if faults.is_empty() {
            Ok(records)
        } else {
            Err(faults)
        }
    }

    /// The records in each written language, upon those they add to or replace.
    ///
    /// # Errors
    /// Every broken rule in every language, sorted.
    pub fn in_all_languages(
        &self,
        base: impl Fn(Lang) -> Records,
    ) -> Result<Vec<Records>, Vec<Fault>> {
        let mut all = Vec::new();
        let mut faults = Vec::new();
        for lang in WRITTEN {
            match self.records(lang, &base(lang)) {
                Ok(records) => all.push(records),
                Err(found) => faults.extend(found),
            }
        }
        faults.sort();
        faults.dedup();
        if faults.is_empty() {
            Ok(all)
        } else {
            Err(faults)
        }
    }

    /// What an addition must leave as it is.
    fn fits_upon(base: &Records, records: &Records, faults: &mut Vec<Fault>) {
        for old in &base.channels {
            let new = records.channels.iter().find(|new| new.id == old.id);
            let chains = new.map_or(&[][..], |new| &new.chains);
            for gone in &old.chains {
                if chains.iter().all(|chain| chain.id != gone.id) {
                    faults.push(Fault::new(
                        format!("channels/{}.yaml", old.id.id()),
                        "chains",
                        format!("`{}` is gone, but carriers name it; keep it", gone.id),
                    ));
                }
            }
        }
    }

    fn add(
        page: &Page,
        value: &Value,
        lang: Lang,
        ids: &Ids,
        records: &mut Records,
        faults: &mut Vec<Fault>,
    ) -> Result<(), Fault> {
        let plain = |faults: &mut Vec<Fault>| make_plain(page, value, lang, ids, faults);
        match Place::of(&page.path) {
            Some(Place::Carrier) => {
                let mut carrier: Carrier = typed(&page.path, plain(faults))?;
                for (at, plan) in carrier.plans.iter_mut().enumerate() {
                    if !plan.carrier.is_empty() {
                        let field = format!("plans[{at}].carrier");
                        let message = "the program fills this in; take it out";
                        faults.push(Fault::new(&page.path, field, message));
                    }
                    plan.carrier.clone_from(&carrier.id);
                }
                records.carriers.retain(|other| other.id != carrier.id);
                records.carriers.push(carrier);
            }
            Some(Place::Channel) => {
                let channel: ChannelRecord = typed(&page.path, plain(faults))?;
                records.channels.retain(|other| other.id != channel.id);
                records.channels.push(channel);
            }
            Some(Place::Type) => {
                let card: CardRecord = typed(&page.path, plain(faults))?;
                records.types.retain(|other| other.id != card.id);
                records.types.push(card);
            }
            Some(Place::Tips) => {
                let tips: TipFile = typed(&page.path, plain(faults))?;
                records.tips.insert(stem(&page.path).to_owned(), tips);
            }
            Some(Place::Payments) => {
                let own: Vec<Payment> = typed(&page.path, plain(faults))?;
                put(&mut records.payments, own, |payment| &payment.id);
            }
            Some(Place::Phrases) => {
                let own: Vec<Phrase> = typed(&page.path, plain(faults))?;
                put(&mut records.phrases, own, |phrase| &phrase.id);
            }
            Some(Place::Terms) => {
                let own: Vec<Term> = typed(&page.path, plain(faults))?;
                put(&mut records.terms, own, |term| &term.id);
            }
            Some(Place::Hosts) => {
                let own: Vec<Host> = typed(&page.path, value.clone())?;
                put(&mut records.hosts, own, |host| &host.host);
            }
            Some(Place::Words) => {
                if let Value::Mapping(map) = value {
                    records.words = words(map);
                }
            }
            Some(Place::Edition) => {
                let edition: Edition = typed(&page.path, value.clone())?;
                records.edition = Some(edition.edition);
            }
            None => {}
        }
        Ok(())
    }

    /// The ids of this folder and of what it adds to.
    fn ids(&self, base: &Records) -> Ids {
        let mut ids = Ids::default();
        let shelves = self.records_by_file();
        let stays = |shelf: &str| shelves.iter().all(|own| own != shelf);
        for carrier in base.carriers.iter().filter(|old| stays(&old.id)) {
            ids.plans
                .extend(carrier.plans.iter().map(|plan| plan.id.clone()));
        }
        for channel in &base.channels {
            if stays(&format!("channels/{}", channel.id.id())) {
                ids.chains
                    .extend(channel.chains.iter().map(|chain| chain.id.clone()));
            }
        }
        ids.payments
            .extend(base.payments.iter().map(|payment| payment.id.clone()));
        ids.phrases
            .extend(base.phrases.iter().map(|phrase| phrase.id.clone()));
        for term in &base.terms {
            ids.terms.insert(term.ja.clone(), label(term));
        }
        for (page, value) in &self.files {
            match Place::of(&page.path) {
                Some(Place::Carrier) => ids.plans.extend(list_of_ids(value.get("plans"))),
                Some(Place::Channel) => ids.chains.extend(list_of_ids(value.get("chains"))),
                Some(Place::Payments) => ids.payments.extend(list_of_ids(Some(value))),
                Some(Place::Phrases) => ids.phrases.extend(list_of_ids(Some(value))),
                Some(Place::Terms) => {
                    if let Ok(terms) = serde_yaml::from_value::<Vec<Term>>(value.clone()) {
                        ids.terms
                            .extend(terms.iter().map(|term| (term.ja.clone(), label(term))));
                    }
                }
                _ => {}
            }
        }
        ids
    }
}

/// Puts the entries of a list beside those already there, or in the place of those of the same id.
///
/// They come first, so that their place in the list is that in the file.
fn put<T>(list: &mut Vec<T>, own: Vec<T>, id: fn(&T) -> &SmolStr) {
    list.retain(|old| own.iter().all(|new| id(new) != id(old)));
    list.splice(0..0, own);
}

/// Where a file stands in the folder, which says what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Carrier,
    Channel,
    Type,
    Tips,
    Payments,
    Phrases,
    Terms,
    Hosts,
    Words,
    Edition,
}

impl Place {
    fn of(path: &str) -> Option<Place> {
        match path.split_once('/') {
            Some((_, name)) if name.contains('/') => None,
            Some(("carriers", _)) => Some(Place::Carrier),
            Some(("channels", _)) => Some(Place::Channel),
            Some(("types", _)) => Some(Place::Type),
            Some(("tips", _)) => Some(Place::Tips),
            Some(_) => None,
            None => match path {
                "payments.yaml" => Some(Place::Payments),
                "phrases.yaml" => Some(Place::Phrases),
                "terms.yaml" => Some(Place::Terms),
                "hosts.yaml" => Some(Place::Hosts),
                "words.yaml" => Some(Place::Words),
                "edition.yaml" => Some(Place::Edition),
                _ => None,
            },
        }
    }
}

/// Reads the shape of one file, so that a mistake keeps its field and line.
fn parse(page: &Page) -> Result<Value, Fault> {
    let path = page.path.as_str();
    let text = page.text.as_str();
    match Place::of(path) {
        Some(Place::Carrier) => shape::<Carrier>(path, text),
        Some(Place::Channel) => shape::<ChannelRecord>(path, text),
        Some(Place::Type) => shape::<CardRecord>(path, text),
        Some(Place::Tips) => shape::<TipFile>(path, text),
        Some(Place::Payments) => shape::<Vec<Payment>>(path, text),
        Some(Place::Phrases) => shape::<Vec<Phrase>>(path, text),
        Some(Place::Terms) => shape::<Vec<Term>>(path, text),
        Some(Place::Hosts) => shape::<Vec<Host>>(path, text),
        Some(Place::Words) => shape::<BTreeMap<String, crate::lang::Text>>(path, text),
        Some(Place::Edition) => shape::<Edition>(path, text),
        None => Err(Fault::new(
            path,
            "",
            "a file that fits nowhere; put it into carriers/, channels/, types/ or tips/, \
             or start its name with `_` to keep it out",
        )),
    }
}

fn shape<T: DeserializeOwned>(path: &str, text: &str) -> Result<Value, Fault> {
    let Once(value) = serde_yaml::from_str(text).map_err(|error| fault_of(path, &error))?;
    serde_yaml::from_str::<T>(text).map_err(|error| fault_of(path, &error))?;
    Ok(value)
}

/// What the parser says, taken apart into field, line and message.
fn fault_of(path: &str, error: &serde_yaml::Error) -> Fault {
    let said = error.to_string();
    let mut message = said.as_str();
    let mut line = 0;
    if let Some(at) = error.location() {
        line = at.line();
        let place = format!(" at line {} column {}", at.line(), at.column());
        message = message.strip_suffix(&place).unwrap_or(message);
    }
    let is_field = |field: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
        !field.is_empty() && field.chars().all(plain)
    };
    let (field, message) = match message.split_once(": ") {
        Some((field, rest)) if is_field(field) => (field, rest),
        _ => ("", message),
    };
    let write = if message.starts_with("missing field") {
        "; write it"
    } else {
        ""
    };
    Fault {
        file: path.to_owned(),
        field: field.trim_start_matches('.').to_owned(),
        line,
        message: format!("{}{write}", shown(message)),
    }
}

/// The longest message of the parser that is shown, in characters.
const MOST_SHOWN: usize = 600;

/// A message of the parser: cut, and without what could drive a terminal.
fn shown(message: &str) -> String {
    let mut shown: String = message
        .chars()
        .take(MOST_SHOWN)
        .map(|c| if door::refused(c) { '\u{fffd}' } else { c })
        .collect();
    if message.chars().nth(MOST_SHOWN).is_some() {
        shown.push('\u{2026}');
    }
    shown
}

fn typed<T: DeserializeOwned>(path: &str, value: Value) -> Result<T, Fault> {
    serde_yaml::from_value(value).map_err(|error| fault_of(path, &error))
}

fn make_plain(page: &Page, value: &Value, lang: Lang, ids: &Ids, faults: &mut Vec<Fault>) -> Value {
    let shelf = shelf(&page.path);
    let mut plain = Plain {
        lang,
        file: &page.path,
        shelf: &shelf,
        ids,
        groups: from(value.get("groups")),
        labels: from::<Vec<Label>>(value.get("labels"))
            .into_iter()
            .map(|label| (label.ja.clone(), label))
            .collect(),
        parts: parts(value),
        faults: Vec::new(),
    };
    let made = plain.make(value);
    faults.append(&mut plain.faults);
    made
}

fn from<T: DeserializeOwned + Default>(value: Option<&Value>) -> T {
    value
        .and_then(|value| serde_yaml::from_value(value.clone()).ok())
        .unwrap_or_default()
}

/// Clocks and packs by id.
fn parts(value: &Value) -> BTreeMap<String, Mapping> {
    let mut parts = BTreeMap::new();
    for list in ["clocks", "packs"] {
        for block in value
            .get(list)
            .and_then(Value::as_sequence)
            .into_iter()
            .flatten()
        {
            if let (Some(map), Some(id)) =
                (block.as_mapping(), block.get("id").and_then(Value::as_str))
            {
                parts.insert(id.to_owned(), map.clone());
            }
        }
    }
    parts
}

fn list_of_ids(list: Option<&Value>) -> impl Iterator<Item = SmolStr> {
    list_of(list, "id")
}

/// A field of each block of a list.
fn list_of(list: Option<&Value>, field: &str) -> impl Iterator<Item = SmolStr> {
    list.and_then(Value::as_sequence)
        .into_iter()
        .flatten()
        .filter_map(move |block| block.get(field).and_then(Value::as_str).map(SmolStr::new))
}

fn label(term: &Term) -> Label {
    Label {
        ja: term.ja.clone(),
        kana: None,
        romaji: None,
        en: term.en.clone(),
        zh_hans: term.zh_hans.clone(),
        zh_hant: term.zh_hant.clone(),
        ko: term.ko.clone(),
        vi: term.vi.clone(),
    }
}

fn words(map: &Mapping) -> BTreeMap<String, Vec<String>> {
    map.iter()
        .filter_map(|(key, value)| {
            let sentences = WRITTEN
                .iter()
                .map(|lang| {
                    let text = value.get(lang.tag()).and_then(Value::as_str);
                    text.unwrap_or_default().to_owned()
                })
                .collect();
            Some((key.as_str()?.to_owned(), sentences))
        })
        .collect()
}

/// The name of a file without folder and ending.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}

/// What stands before the key of a source of this file.
#[must_use]
pub fn shelf(path: &str) -> String {
    let path = path.strip_suffix(".yaml").unwrap_or(path);
    path.strip_prefix("carriers/").unwrap_or(path).to_owned()
}
