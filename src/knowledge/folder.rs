//! A folder of records over those compiled in, and what `check` tells of one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use smol_str::SmolStr;

use crate::fact::{Day, Source};
use crate::knowledge::carrier::Carrier;
use crate::knowledge::channel::{Tip, TipFile};
use crate::knowledge::compile::{self, CarrierHead};
use crate::knowledge::fault::Fault;
use crate::knowledge::find;
use crate::knowledge::load::{Folder, Records};
use crate::knowledge::phrase::Host;
use crate::knowledge::{Block, EDITION, Knowledge};
use crate::lang::Lang;
use crate::words;

impl Knowledge {
    /// The records compiled in, with those of a folder added to them or in their place.
    ///
    /// Today, in Japan, is the newest day that a page of the folder may carry.
    ///
    /// # Errors
    /// Every fault of the folder, in every written language.
    pub fn with_folder(lang: Lang, folder: &Path, today: Day) -> Result<Knowledge, Vec<Fault>> {
        let mut knowledge = Knowledge::compiled(lang);
        let folder = Folder::read(folder)?;
        let records = in_all_languages(&folder, today)?;
        let (stores, docs): (Vec<_>, Vec<_>) = records.iter().map(compile::compile).unzip();
        let store = stores.into_iter().nth(lang.shelf());
        let search = find::table(&docs);
        if folder.is_whole() {
            knowledge.base = store.unwrap_or(knowledge.base);
            knowledge.search = search;
            if let Some(edition) = records.iter().find_map(|records| records.edition) {
                knowledge.edition = edition;
            }
        } else {
            knowledge.hide(&folder);
            knowledge.over = store;
            knowledge.search_over = Some(search);
        }
        Ok(knowledge)
    }

    /// Hides the files and the entries of lists that a folder replaces.
    fn hide(&mut self, folder: &Folder) {
        let mut hidden = BTreeSet::new();
        for shelf in folder.records_by_file() {
            hidden.extend(self.base.posts(&format!("file/{shelf}")));
            self.hidden_shelves.insert(shelf);
        }
        for (list, keys) in [
            ("payments", &["payment"][..]),
            ("phrases", &["phrase", "replies"]),
            ("terms", &["term"]),
        ] {
            for id in folder.entries(list) {
                for key in keys {
                    hidden.extend(self.base.posts(&format!("{key}/{id}")));
                }
            }
        }
        let hosts = folder.entries("hosts");
        hidden.extend(self.base.posts("host.all").filter(|number| {
            let host: Option<Host> = self.base.block(*number);
            host.is_some_and(|host| hosts.contains(&host.host))
        }));
        self.hidden = hidden;
    }

    /// What the rules of records must know of the records compiled in: ids, names, hosts.
    #[must_use]
    pub fn base_records(&self) -> Records {
        let mut records = Records {
            edition: Some(self.edition),
            channels: self.all("channel.all"),
            payments: self.all("payment.all"),
            types: self.all("type.all"),
            tips: self.tip_files(),
            phrases: self.all("phrase.all"),
            terms: self.all("term.all"),
            hosts: self.all("host.all"),
            words: words::all(),
            ..Records::default()
        };
        for head in self.all::<CarrierHead>("carrier.all") {
            records.carriers.push(Carrier {
                plans: self.all(&format!("plan.carrier/{}", head.id)),
                ..Carrier::empty(head.id, head.name, head.network)
            });
        }
        records
    }

    /// The tips by the file they stand in, without labels and sources.
    fn tip_files(&self) -> BTreeMap<String, TipFile> {
        let tips: BTreeSet<Block> = self.find("tip.all").collect();
        let mut files: BTreeMap<String, TipFile> = BTreeMap::new();
        for name in self.keys_under("file/tips/") {
            let key = format!("file/tips/{name}");
            let own = self.find(&key).filter(|block| tips.contains(block));
            let notes: Vec<Tip> = own.filter_map(|block| self.read(block)).collect();
            files.entry(name).or_default().notes = notes;
        }
        files
    }
}

/// The own records of a folder in each written language.
fn in_all_languages(folder: &Folder, today: Day) -> Result<Vec<Records>, Vec<Fault>> {
    let latest = edition().map_or(today, |edition| edition.max(today));
    let mut all = folder.in_all_languages(|lang| {
        if folder.is_whole() {
            Records {
                words: words::all(),
                ..Records::default()
            }
        } else {
            Records {
                edition: Some(latest),
                ..Knowledge::compiled(lang).base_records()
            }
        }
    })?;
    for records in &mut all {
        folder.keep_own(records);
    }
    match all.iter().find_map(|records| records.edition) {
        Some(edition) if edition > latest => {
            let message =
                format!("`{edition}` is still to come; write the day of the newest record");
            Err(vec![Fault::new("edition.yaml", "edition", message)])
        }
        Some(_) | None => Ok(all),
    }
}

/// The edition of what is compiled in.
fn edition() -> Option<Day> {
    EDITION.parse().ok()
}

/// What a folder without faults holds, and lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub files: usize,
    pub plans: usize,
    pub sources: usize,
    pub sentences: usize,
    /// How many of the sentences exist in each known language.
    pub languages: Vec<(&'static str, usize)>,
    /// Plans with neither a way nor a recorded "no".
    pub gaps: Vec<SmolStr>,
    /// Carriers whose newest source is older than a year, with its day, or `None` where no page
    /// gives one.
    pub old: Vec<(SmolStr, Option<Day>)>,
}

/// Validates a folder: a whole knowledge base, or one that adds to what is compiled in.
///
/// Age is counted from today, in Japan.
///
/// # Errors
/// Every fault, in every written language.
pub fn check(folder: &Path, today: Day) -> Result<Report, Vec<Fault>> {
    let folder = Folder::read(folder)?;
    let records = in_all_languages(&folder, today)?;
    Ok(records
        .first()
        .map(|records| report_on(&folder, records, today))
        .unwrap_or_default())
}

fn report_on(folder: &Folder, records: &Records, today: Day) -> Report {
    let (sentences, languages) = folder.sentences();
    let carriers = &records.carriers;
    let maps = carriers
        .iter()
        .map(|carrier| &carrier.sources)
        .chain(records.channels.iter().map(|channel| &channel.sources))
        .chain(records.types.iter().map(|card| &card.sources))
        .chain(records.tips.values().map(|tips| &tips.sources));
    Report {
        files: folder.files(),
        plans: carriers.iter().map(|carrier| carrier.plans.len()).sum(),
        sources: maps.map(BTreeMap::len).sum(),
        sentences,
        languages,
        gaps: carriers.iter().flat_map(gaps).collect(),
        old: carriers
            .iter()
            .filter_map(|carrier| Some((carrier.id.clone(), stale(carrier, today)?)))
            .collect(),
    }
}

/// The plans of a carrier of which no way and no recorded "no" is known.
fn gaps(carrier: &Carrier) -> Vec<SmolStr> {
    let told: BTreeSet<&SmolStr> = carrier
        .ways
        .iter()
        .flat_map(|way| &way.plans)
        .chain(carrier.closed.iter().flat_map(|closed| &closed.plans))
        .collect();
    let plans = carrier.plans.iter().map(|plan| &plan.id);
    plans.filter(|plan| !told.contains(plan)).cloned().collect()
}

/// The day of a carrier's newest source, if that is older than a year or not known.
#[expect(
    clippy::option_option,
    reason = "old with a day, old without, not old: the report tells the three apart"
)]
fn stale(carrier: &Carrier, today: Day) -> Option<Option<Day>> {
    let newest = carrier.sources.values().filter_map(Source::newest).max();
    match newest {
        Some(day) if day.days_until(today) <= A_YEAR => None,
        newest => Some(newest),
    }
}

/// Days after which the newest source of a carrier is called old.
const A_YEAR: i64 = 365;
