//! The rules of records: sources, references, ranges, clocks, dates and status.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::fact::{Day, Known, Source};
use crate::knowledge::Scope;
use crate::knowledge::card::{CardRecord, Form, Kind};
use crate::knowledge::carrier::{
    Amount, Carrier, Contact, Instrument, Pack, Payments, Pays, Status, Way, Works,
};
use crate::knowledge::channel::{Channel, ChannelRecord, Counter, TipFile};
use crate::knowledge::clock::{Clock, ClockKind, Event};
use crate::knowledge::fault::Fault;
use crate::knowledge::links;
use crate::knowledge::load::{Records, shelf, stem};

/// The largest sum in yen that stands in a record.
const MOST_YEN: u32 = 1_000_000;
/// The longest period in days.
const MOST_DAYS: u32 = 3_660;

/// The fault of a file in which no record is called like it.
const ID_IS_FILE_NAME: &str = "no record here has the file name as its id; make the two the same";

/// Looks at records that belong together; `own` are the files read now.
pub fn check(records: &Records, own: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    let words = Words::of(records);
    for path in own {
        let mut file = File {
            path,
            shelf: shelf(path),
            words: &words,
            used: BTreeSet::new(),
            faults: Vec::new(),
        };
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        match folder {
            "carriers" => {
                if let Some(carrier) = records.carriers.iter().find(|c| c.id == stem(path)) {
                    file.carrier(carrier, records);
                } else {
                    file.say("id", ID_IS_FILE_NAME);
                }
            }
            "channels" => {
                if let Some(channel) = records.channels.iter().find(|c| c.id.id() == stem(path)) {
                    file.channel(channel, records);
                } else {
                    file.say("id", ID_IS_FILE_NAME);
                }
            }
            "types" => {
                if let Some(card) = records.types.iter().find(|c| c.id.id() == stem(path)) {
                    file.card(card, records);
                } else {
                    file.say("id", ID_IS_FILE_NAME);
                }
            }
            "tips" => {
                if let Some(tips) = records.tips.get(stem(path)) {
                    file.tips(tips, records);
                }
            }
            _ => {}
        }
        faults.append(&mut file.faults);
    }
    everywhere(records, &words, faults);
    // Where a word was not understood, that is the mistake, and not that no plan is left.
    let told: BTreeSet<(String, String)> = faults
        .iter()
        .filter(|fault| fault.message != NAME_PLAN)
        .map(|fault| (fault.file.clone(), fault.field.clone()))
        .collect();
    faults.retain(|fault| {
        fault.message != NAME_PLAN || !told.contains(&(fault.file.clone(), fault.field.clone()))
    });
}

/// Rules over all files together.
fn everywhere(records: &Records, words: &Words, faults: &mut Vec<Fault>) {
    ids_once(records, faults);
    for carrier in &records.carriers {
        for (at, plan) in carrier.plans.iter().enumerate() {
            if let Some(next) = &plan.replaced_by
                && !words.plans.contains(next.as_str())
            {
                faults.push(Fault::new(
                    carrier_file(&carrier.id),
                    format!("plans[{at}].replaced_by"),
                    format!("no plan is called `{next}`; name one, or take the field out"),
                ));
            }
        }
    }
    for (at, payment) in records.payments.iter().enumerate() {
        if let Some(whole) = &payment.part_of
            && !words.payments.contains(whole.as_str())
        {
            faults.push(Fault::new(
                "payments.yaml",
                format!("[{at}].part_of"),
                format!("no payment is called `{whole}`"),
            ));
        }
    }
    for (at, host) in records.hosts.iter().enumerate() {
        if let Some(message) = links::check_host(host) {
            faults.push(Fault::new("hosts.yaml", format!("[{at}].host"), message));
        }
    }
    for (key, sentences) in &records.words {
        if !plain_id(key) {
            faults.push(Fault::new("words.yaml", key, PLAIN_ID));
        }
        if sentences
            .windows(2)
            .any(|pair| blanks(&pair[0]) != blanks(&pair[1]))
        {
            faults.push(Fault::new(
                "words.yaml",
                key,
                "the languages name different `{…}`; write the same ones",
            ));
        }
    }
}

/// The names in braces of a sentence, sorted.
fn blanks(sentence: &str) -> Vec<&str> {
    let mut names: Vec<&str> = sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect();
    names.sort_unstable();
    names
}

fn carrier_file(id: &str) -> String {
    format!("carriers/{id}.yaml")
}

/// An id, with the file and field it stands in.
#[expect(clippy::struct_field_names, reason = "an id is what it is")]
struct Id<'a> {
    file: String,
    field: String,
    id: &'a str,
}

/// The ids of one list, in one file.
fn ids_of<'a, T>(file: &str, list: &str, blocks: &'a [T], id: fn(&T) -> &str) -> Vec<Id<'a>> {
    let at = |(at, block)| Id {
        file: file.to_owned(),
        field: format!("{list}[{at}].id"),
        id: id(block),
    };
    blocks.iter().enumerate().map(at).collect()
}

/// Ids are plain, and each is there once.
fn ids_once(records: &Records, faults: &mut Vec<Fault>) {
    let mut plans = Vec::new();
    for carrier in &records.carriers {
        let file = carrier_file(&carrier.id);
        plans.extend(ids_of(&file, "plans", &carrier.plans, |plan| &plan.id));
    }
    let mut chains = Vec::new();
    for channel in &records.channels {
        let file = format!("channels/{}.yaml", channel.id.id());
        chains.extend(ids_of(&file, "chains", &channel.chains, |chain| &chain.id));
    }
    let mut tips = Vec::new();
    for (name, file) in &records.tips {
        tips.extend(ids_of(
            &format!("tips/{name}.yaml"),
            "notes",
            &file.notes,
            |tip| &tip.id,
        ));
    }
    let phrases = ids_of("phrases.yaml", "", &records.phrases, |phrase| &phrase.id);
    let terms = ids_of("terms.yaml", "", &records.terms, |term| &term.id);
    let payments = ids_of("payments.yaml", "", &records.payments, |payment| {
        &payment.id
    });
    for ids in [plans, chains, tips, phrases, terms, payments] {
        for id in &ids {
            if !plain_id(id.id) {
                faults.push(Fault::new(
                    &id.file,
                    &id.field,
                    format!("`{}`: {PLAIN_ID}", id.id),
                ));
            }
        }
        once(ids, faults);
    }
    let hosts = records.hosts.iter().enumerate().map(|(at, host)| Id {
        file: "hosts.yaml".to_owned(),
        field: format!("[{at}].host"),
        id: &host.host,
    });
    once(hosts.collect(), faults);
}

fn once(ids: Vec<Id>, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for Id { file, field, id } in ids {
        if let Some(first) = seen.get(id) {
            let message = format!("`{id}` stands in {first} too; choose another, or join them");
            faults.push(Fault::new(file, field, message));
        } else {
            seen.insert(id, file);
        }
    }
}

const TAKEN: &str = "means something else already; choose another id";
/// What stands before the source keys of files that are no carriers, and folders.
const SHELVES: [&str; 10] = [
    "payments", "phrases", "terms", "hosts", "words", "edition", "carriers", "channels", "types",
    "tips",
];
const NAME_PLAN: &str = "name at least one plan or group of this file";
const PLAIN_ID: &str = "small letters, digits and dashes only";

/// Lower-case letters, digits and dashes.
fn plain_id(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('-')
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The words a record may use.
struct Words<'a> {
    payments: BTreeSet<&'a str>,
    chains: BTreeMap<&'a str, Channel>,
    phrases: BTreeSet<&'a str>,
    plans: BTreeSet<&'a str>,
    named: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> Words<'a> {
    fn of(records: &'a Records) -> Words<'a> {
        Words {
            payments: records.payments.iter().map(|p| p.id.as_str()).collect(),
            chains: records
                .channels
                .iter()
                .flat_map(|channel| {
                    channel
                        .chains
                        .iter()
                        .map(|chain| (chain.id.as_str(), channel.id))
                })
                .collect(),
            phrases: records.phrases.iter().map(|p| p.id.as_str()).collect(),
            plans: records
                .carriers
                .iter()
                .flat_map(|c| c.plans.iter().map(|plan| plan.id.as_str()))
                .collect(),
            named: &records.words,
        }
    }

    /// Whether words.yaml has a word of this list.
    fn has(&self, list: &str, word: &str) -> bool {
        self.named.contains_key(&format!("{list}-{word}"))
    }
}

struct File<'a> {
    path: &'a str,
    shelf: String,
    words: &'a Words<'a>,
    used: BTreeSet<String>,
    faults: Vec<Fault>,
}

impl File<'_> {
    fn say(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(Fault::new(self.path, field, message));
    }

    fn carrier(&mut self, carrier: &Carrier, records: &Records) {
        let mine: BTreeSet<&str> = carrier.plans.iter().map(|plan| plan.id.as_str()).collect();
        self.carrier_ids(carrier, &mine);
        for (at, plan) in carrier.plans.iter().enumerate() {
            let field = format!("plans[{at}]");
            self.sourced(&format!("{field}.sources"), &plan.sources);
            match (&plan.status, &plan.ended) {
                (Known::Is(Status::Ended), None) => {
                    self.say(
                        &format!("{field}.ended"),
                        "an ended plan says since when, or `unknown`",
                    );
                }
                (Known::Is(Status::Ended), Some(_)) | (_, None) => {}
                (_, Some(_)) => self.say(
                    &format!("{field}.ended"),
                    "only a plan with `status: ended` has this; take it out",
                ),
            }
            if let Some(Known::Is(day)) = &plan.ended {
                let field = format!("{field}.ended");
                match first_day(day) {
                    None => self.say(
                        &field,
                        format!("`{day}`: write \"2024\", \"2024-04\" or \"2024-04-15\""),
                    ),
                    Some(first) if records.edition.is_some_and(|edition| first > edition) => {
                        self.say(
                            &field,
                            format!("`{day}` is still to come; until then the plan is not ended"),
                        );
                    }
                    Some(_) => {}
                }
            }
            if plan.replaced_by.as_ref() == Some(&plan.id) {
                self.say(
                    &format!("{field}.replaced_by"),
                    "a plan cannot replace itself; take the field out",
                );
            }
            if plan.form.is_empty() || plan.r#for.is_empty() {
                self.say(&field, "`form` and `for` name at least one word each");
            }
        }
        for (at, pack) in carrier.packs.iter().enumerate() {
            self.pack(&format!("packs[{at}]"), pack, &mine);
        }
        for (at, way) in carrier.ways.iter().enumerate() {
            self.way(&format!("ways[{at}]"), way, carrier, &mine);
        }
        self.same_ways(carrier);
        for (at, closed) in carrier.closed.iter().enumerate() {
            let field = format!("closed[{at}]");
            self.plans(&format!("{field}.plans"), &closed.plans, &mine);
            self.chains(&format!("{field}.chains"), closed.channel, &closed.chains);
            self.sourced(&format!("{field}.sources"), &closed.sources);
        }
        self.clocks(&carrier.clocks, Some(&mine));
        for (at, restore) in carrier.restore.iter().enumerate() {
            let field = format!("restore[{at}]");
            self.plans(&format!("{field}.plans"), &restore.plans, &mine);
            self.say_ids(&format!("{field}.say"), &restore.say);
            self.sourced(&format!("{field}.sources"), &restore.sources);
        }
        for (at, contact) in carrier.contacts.iter().enumerate() {
            let field = format!("contacts[{at}]");
            self.about_plans(&field, &contact.about, &mine);
            self.contact(&field, contact);
        }
        for (at, note) in carrier.notes.iter().enumerate() {
            let field = format!("notes[{at}]");
            self.about_plans(&field, &note.about, &mine);
            self.sourced(&format!("{field}.sources"), &note.sources);
        }
        self.recognised(carrier, &mine);
        if let Known::Is(site) = &carrier.site {
            for message in links::check_address(site, &records.hosts) {
                self.say("site", message);
            }
        }
        self.sources(&carrier.sources, records);
    }

    fn carrier_ids(&mut self, carrier: &Carrier, mine: &BTreeSet<&str>) {
        if !plain_id(&carrier.id) {
            self.say("id", format!("`{}`: {PLAIN_ID}", carrier.id));
        }
        if SHELVES.contains(&carrier.id.as_str()) {
            let message = format!("`{}` is the name of a file or folder here", carrier.id);
            self.say("id", format!("{message}; choose another id"));
        }
        let clocks = carrier.clocks.iter().enumerate();
        let packs = carrier.packs.iter().enumerate();
        let parts = clocks
            .filter_map(|(at, clock)| Some((format!("clocks[{at}].id"), clock.id.as_deref()?)))
            .chain(packs.map(|(at, pack)| (format!("packs[{at}].id"), pack.id.as_str())))
            .chain(
                carrier
                    .groups
                    .keys()
                    .map(|id| (format!("groups.{id}"), id.as_str())),
            );
        let mut ids: BTreeSet<&str> = mine.clone();
        for (field, id) in parts {
            if !plain_id(id) {
                self.say(&field, format!("`{id}`: {PLAIN_ID}"));
            }
            if self.means_something(id) || id.parse::<Event>().is_ok() || !ids.insert(id) {
                self.say(&field, format!("`{id}` {TAKEN}"));
            }
        }
        for (at, plan) in carrier.plans.iter().enumerate() {
            if self.means_something(&plan.id) {
                self.say(&format!("plans[{at}].id"), format!("`{}` {TAKEN}", plan.id));
            }
        }
        for (group, plans) in &carrier.groups {
            self.plans(&format!("groups.{group}"), plans, mine);
        }
    }

    /// Whether a word has a meaning in every record.
    fn means_something(&self, id: &str) -> bool {
        id.parse::<Channel>().is_ok()
            || id.parse::<Instrument>().is_ok()
            || id.parse::<Kind>().is_ok()
            || id.parse::<Form>().is_ok()
            || self.words.payments.contains(id)
            || self.words.chains.contains_key(id)
    }

    /// What a block of a carrier is about: at least one plan, and none of another carrier.
    fn about_plans(&mut self, field: &str, about: &Scope, mine: &BTreeSet<&str>) {
        if about.plans.is_empty() {
            self.say(&format!("{field}.about"), NAME_PLAN);
        } else {
            self.plans(&format!("{field}.about"), &about.plans, mine);
        }
    }

    fn recognised(&mut self, carrier: &Carrier, mine: &BTreeSet<&str>) {
        for (at, sign) in carrier.signs.iter().enumerate() {
            let field = format!("signs[{at}]");
            self.plans(&format!("{field}.plans"), &sign.plans, mine);
            if sign.code.is_none() && sign.iccid.is_none() && sign.text.is_none() {
                self.say(&field, "write a `code`, an `iccid` or a `text`");
            }
            if sign.code.as_deref().is_some_and(|code| !is_code(code)) {
                self.say(
                    &format!("{field}.code"),
                    "write a network code as \"440-20\"",
                );
            }
            if sign.iccid.as_deref().is_some_and(|digits| {
                digits.len() < 4 || digits.len() > 20 || !digits.bytes().all(|b| b.is_ascii_digit())
            }) {
                self.say(
                    &format!("{field}.iccid"),
                    "write the first 4 to 20 digits, without blanks",
                );
            }
            self.sourced(&format!("{field}.sources"), &sign.sources);
        }
        for (at, check) in carrier.checks.iter().enumerate() {
            let field = format!("checks[{at}]");
            self.plans(&format!("{field}.plans"), &check.plans, mine);
            self.sourced(&format!("{field}.sources"), &check.sources);
        }
        for (at, apn) in carrier.apns.iter().enumerate() {
            let field = format!("apns[{at}]");
            self.plans(&format!("{field}.plans"), &apn.plans, mine);
            self.sourced(&format!("{field}.sources"), &apn.sources);
        }
    }

    #[expect(clippy::too_many_lines, reason = "one paragraph a field")]
    fn way(&mut self, field: &str, way: &Way, carrier: &Carrier, mine: &BTreeSet<&str>) {
        self.plans(&format!("{field}.plans"), &way.plans, mine);
        match &way.chains {
            None if way.channel.has_chains() => {
                self.say(
                    &format!("{field}.chains"),
                    "name the chains, or write `unknown`",
                );
            }
            Some(Known::Is(chains)) => self.chains(&format!("{field}.chains"), way.channel, chains),
            Some(Known::Unknown) | None => {}
        }
        if way.pays.is_empty() {
            self.say(
                &format!("{field}.pays"),
                "name what it pays: top-up, bill, overdue",
            );
        }
        for (plan, kind) in carrier.plans.iter().map(|plan| (&plan.id, plan.kind)) {
            let bill = way.pays.iter().any(|pays| *pays != Pays::TopUp);
            if way.plans.contains(plan)
                && bill
                && kind == Kind::Prepaid
                && !way.pays.contains(&Pays::Overdue)
                && !way.pays.contains(&Pays::TopUp)
            {
                self.say(
                    &format!("{field}.pays"),
                    format!("`{plan}` is prepaid: it has no bill; write `top-up`"),
                );
            }
        }
        if way.works == Known::Is(Works::Sometimes) && way.steps.is_empty() {
            let told = carrier.notes.iter().any(|note| {
                note.about.plans.iter().any(|plan| way.plans.contains(plan))
                    && (note.about.channels.is_empty()
                        || note.about.channels.contains(&way.channel))
            });
            if !told {
                self.say(
                    &format!("{field}.works"),
                    "`sometimes` needs a step or note that says when",
                );
            }
        }
        if let Known::Is(screens) = &way.screens {
            self.languages(&format!("{field}.screens"), screens);
        }
        self.payments(&format!("{field}.payments"), &way.payments);
        for brand in &way.card_brands {
            if !self.words.has("brand", brand) {
                self.say(
                    &format!("{field}.card_brands"),
                    format!("no card brand is called `{brand}`; words.yaml has the list"),
                );
            }
        }
        if let Known::Is(amounts) = &way.amounts {
            self.amounts(&format!("{field}.amounts"), amounts, &carrier.packs);
        }
        if let Known::Is(fees) = &way.fees {
            for (at, fee) in fees.iter().enumerate() {
                let field = format!("{field}.fees[{at}]");
                let sums = [
                    fee.jpy.is_some(),
                    fee.hkd.is_some(),
                    fee.usd.is_some(),
                    fee.percent.is_some(),
                ];
                if sums.iter().filter(|sum| **sum).count() != 1 {
                    self.say(
                        &field,
                        "write exactly one of jpy, hkd, usd, percent; for no fee write `fees: []`",
                    );
                }
                self.yen(&field, fee.jpy);
                for sum in [&fee.hkd, &fee.usd, &fee.percent].into_iter().flatten() {
                    self.decimal(&field, sum);
                }
            }
        }
        if let Known::Is(needs) = &way.needs {
            for need in needs {
                if !self.words.has("need", need) {
                    self.say(
                        &format!("{field}.needs"),
                        format!("no need is called `{need}`; words.yaml has the list"),
                    );
                }
            }
        }
        self.say_ids(&format!("{field}.say"), &way.say);
        for (at, from) in way.from.iter().enumerate() {
            let field = format!("{field}.from[{at}]");
            for of in &from.of {
                let part = [
                    "payments", "amounts", "fees", "chains", "needs", "internet", "screens",
                    "hours", "steps",
                ];
                if !part.contains(&of.as_str()) && !self.words.payments.contains(of.as_str()) {
                    self.say(
                        &format!("{field}.of"),
                        format!("`{of}` is no part of a way and no payment"),
                    );
                }
            }
            self.sourced(&format!("{field}.sources"), &from.sources);
        }
        self.sourced(&format!("{field}.sources"), &way.sources);
    }

    /// No two ways of a plan agree in channel, instrument, chains and what they pay.
    fn same_ways(&mut self, carrier: &Carrier) {
        for (at, way) in carrier.ways.iter().enumerate() {
            for (other, earlier) in carrier.ways.iter().enumerate().take(at) {
                let same = way.channel == earlier.channel
                    && way.by == earlier.by
                    && way.chains == earlier.chains
                    && way.pays == earlier.pays
                    && way.plans.iter().any(|plan| earlier.plans.contains(plan));
                if same && way.title == earlier.title {
                    self.say(
                        &format!("ways[{at}]"),
                        format!(
                            "the same way as ways[{other}]; give it another title, or join them"
                        ),
                    );
                }
            }
        }
    }

    fn pack(&mut self, field: &str, pack: &Pack, mine: &BTreeSet<&str>) {
        if !plain_id(&pack.id) {
            self.say(&format!("{field}.id"), PLAIN_ID);
        }
        self.plans(&format!("{field}.plans"), &pack.plans, mine);
        let prices = [
            pack.jpy.is_some(),
            pack.hkd.is_some(),
            pack.usd.is_some(),
            pack.cny.is_some(),
            pack.eur.is_some(),
        ];
        if prices.iter().filter(|price| **price).count() != 1 {
            self.say(field, "write exactly one of jpy, hkd, usd, cny, eur; `jpy: unknown` where nobody publishes it");
        }
        for sum in [&pack.hkd, &pack.usd, &pack.cny, &pack.eur]
            .into_iter()
            .flatten()
        {
            self.decimal(field, sum);
        }
        if let Some(Known::Is(jpy)) = pack.jpy {
            self.yen(field, Some(jpy));
        }
        if pack.data_mb.is_some() == pack.unlimited {
            self.say(
                field,
                "write `data_mb` (or `data_mb: unknown`), or `unlimited: true`",
            );
        }
        if pack.days.is_some() && pack.hours.is_some() {
            self.say(field, "write `days` or `hours`, not both");
        }
        self.length(&format!("{field}.days"), pack.days, MOST_DAYS);
        self.length(&format!("{field}.hours"), pack.hours, 24 * MOST_DAYS);
        self.sourced(&format!("{field}.sources"), &pack.sources);
    }

    fn amounts(&mut self, field: &str, amounts: &[Amount], packs: &[Pack]) {
        for (at, amount) in amounts.iter().enumerate() {
            let field = format!("{field}[{at}]");
            let sums = [
                amount.jpy.is_some(),
                amount.hkd.is_some(),
                amount.usd.is_some(),
                amount.cny.is_some(),
                amount.eur.is_some(),
                amount.pack.is_some(),
            ];
            if sums.iter().filter(|sum| **sum).count() != 1 {
                self.say(&field, "write exactly one of jpy, hkd, usd, cny, eur, pack");
            }
            self.yen(&field, amount.jpy);
            for sum in [&amount.up_to, &amount.step].into_iter().flatten() {
                self.decimal(&field, &sum.0);
            }
            for sum in [&amount.hkd, &amount.usd, &amount.cny, &amount.eur]
                .into_iter()
                .flatten()
            {
                self.decimal(&field, sum);
            }
            let far = amount.up_to.as_ref().and_then(|sum| sum.0.parse().ok());
            if let (Some(from), Some(to)) = (amount.jpy, far)
                && from >= to
            {
                self.say(&field, "`up_to` must be more than `jpy`");
            }
            if let Some(pack) = &amount.pack
                && !packs.iter().any(|known| known.id == *pack)
            {
                self.say(
                    &field,
                    format!("no pack of this file is called `{pack}`; add it to `packs`"),
                );
            }
        }
    }

    fn yen(&mut self, field: &str, sum: Option<u32>) {
        if let Some(sum) = sum
            && !(1..=MOST_YEN).contains(&sum)
        {
            self.say(field, format!("{sum} yen cannot be right; 1 to {MOST_YEN}"));
        }
    }

    fn decimal(&mut self, field: &str, sum: &str) {
        let plain = sum.split('.').count() <= 2
            && sum
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if !plain {
            self.say(
                field,
                format!("`{sum}`: write a quoted number such as \"4.50\""),
            );
        }
    }

    fn length(&mut self, field: &str, length: Option<u32>, most: u32) {
        if let Some(length) = length
            && !(1..=most).contains(&length)
        {
            self.say(field, format!("{length} cannot be right; 1 to {most}"));
        }
    }

    fn payments(&mut self, field: &str, payments: &Payments) {
        let mut seen = BTreeSet::new();
        for payment in payments
            .taken
            .iter()
            .chain(&payments.sometimes)
            .chain(&payments.refused)
        {
            if !self.words.payments.contains(payment.as_str()) {
                self.say(
                    field,
                    format!("no payment is called `{payment}`; payments.yaml has the list"),
                );
            }
            if !seen.insert(payment) {
                self.say(field, format!("`{payment}` stands twice; keep it once"));
            }
        }
    }

    fn chains(&mut self, field: &str, channel: Channel, chains: &[SmolStr]) {
        for chain in chains {
            match self.words.chains.get(chain.as_str()) {
                None => self.say(
                    field,
                    format!("no chain is called `{chain}`; the file of the channel has the list"),
                ),
                Some(of) if *of != channel => {
                    self.say(
                        field,
                        format!(
                            "`{chain}` is a chain of {}, not of {}",
                            of.id(),
                            channel.id()
                        ),
                    );
                }
                Some(_) => {}
            }
        }
    }

    fn languages(&mut self, field: &str, tags: &[SmolStr]) {
        for tag in tags {
            if !self.words.has("language", tag) {
                self.say(
                    field,
                    format!("no language is called `{tag}`; words.yaml has the list"),
                );
            }
        }
    }

    fn say_ids(&mut self, field: &str, ids: &[SmolStr]) {
        for id in ids {
            if !self.words.phrases.contains(id.as_str()) {
                self.say(
                    field,
                    format!("no phrase is called `{id}`; phrases.yaml has the list"),
                );
            }
        }
    }

    fn plans(&mut self, field: &str, plans: &[SmolStr], mine: &BTreeSet<&str>) {
        if plans.is_empty() {
            self.say(field, NAME_PLAN);
        }
        for plan in plans {
            if !mine.contains(plan.as_str()) {
                self.say(field, format!("`{plan}` is no plan or group of this file"));
            }
        }
    }

    fn contact(&mut self, field: &str, contact: &Contact) {
        if contact.phone.is_some() && contact.chat.is_some() {
            self.say(field, "write `phone` or `chat`, not both");
        }
        if contact.phone.is_none() && contact.chat.is_none() && contact.how.is_none() {
            self.say(field, "write `phone` or `chat`, or in `how` what to do");
        }
        if let Some(phone) = &contact.phone
            && !phone
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '*' | '#' | ' '))
        {
            self.say(
                &format!("{field}.phone"),
                format!("`{phone}`: digits, blanks and `+ - * #` only"),
            );
        }
        if let Some(chat) = &contact.chat
            && chat.contains("://")
        {
            self.say(
                &format!("{field}.chat"),
                "name the chat; an address belongs into `sources`",
            );
        }
        if let Known::Is(languages) = &contact.languages {
            self.languages(&format!("{field}.languages"), languages);
        }
        self.sourced(&format!("{field}.sources"), &contact.sources);
    }

    fn clocks(&mut self, clocks: &[Clock], mine: Option<&BTreeSet<&str>>) {
        let ids: BTreeSet<&str> = clocks
            .iter()
            .filter_map(|clock| clock.id.as_deref())
            .collect();
        for (at, clock) in clocks.iter().enumerate() {
            let field = format!("clocks[{at}]");
            if let Some(mine) = mine {
                self.about_plans(&field, &clock.about, mine);
            }
            for message in clock_faults(clock, &ids) {
                self.say(&field, message);
            }
            if clock.disputed && !is_contradicted(at, clocks) {
                self.say(
                    &field,
                    "`disputed` needs a second clock of its kind and plans, marked likewise",
                );
            }
            if in_circle(clock, clocks) {
                self.say(
                    &field,
                    "starts from itself by way of other clocks; let one start from an event",
                );
            }
            self.sourced(&format!("{field}.sources"), &clock.sources);
        }
        for (at, use_by) in clocks.iter().enumerate() {
            for number in clocks {
                if use_by.clock == ClockKind::UseBy
                    && number.clock == ClockKind::NumberUntil
                    && use_by.after == number.after
                    && use_by.when.is_none()
                    && number.when.is_none()
                    && same_scope(&use_by.about, &number.about)
                    && let (Some(use_days), Some(number_days)) = (days(use_by), days(number))
                    && use_days > number_days
                {
                    self.say(
                        &format!("clocks[{at}]"),
                        "the credit outlives the number: use-by is later than number-until",
                    );
                }
            }
        }
    }

    fn channel(&mut self, channel: &ChannelRecord, records: &Records) {
        self.sourced("about_sources", &channel.about_sources);
        for (at, guide) in channel.guides.iter().enumerate() {
            let field = format!("guides[{at}]");
            for (step, sourced) in guide.steps.iter().enumerate() {
                self.sourced(&format!("{field}.steps[{step}].sources"), &sourced.sources);
            }
            self.say_ids(&format!("{field}.say"), &guide.say);
            self.sourced(&format!("{field}.sources"), &guide.sources);
        }
        for (at, counter) in channel.counters.iter().enumerate() {
            self.counter(&format!("counters[{at}]"), counter, channel.id);
        }
        self.clocks(&channel.clocks, None);
        for (at, contact) in channel.contacts.iter().enumerate() {
            self.contact(&format!("contacts[{at}]"), contact);
        }
        for (at, note) in channel.notes.iter().enumerate() {
            self.sourced(&format!("notes[{at}].sources"), &note.sources);
        }
        self.sources(&channel.sources, records);
    }

    fn counter(&mut self, field: &str, counter: &Counter, channel: Channel) {
        if counter.by.is_empty() {
            self.say(&format!("{field}.by"), "name at least one instrument");
        }
        self.chains(&format!("{field}.chains"), channel, &counter.chains);
        self.payments(&format!("{field}.payments"), &counter.payments);
        self.amounts(&format!("{field}.amounts"), &counter.amounts, &[]);
        if let Some(Known::Is(screens)) = &counter.screens {
            self.languages(&format!("{field}.screens"), screens);
        }
        self.say_ids(&format!("{field}.say"), &counter.say);
        self.sourced(&format!("{field}.sources"), &counter.sources);
    }

    fn card(&mut self, card: &CardRecord, records: &Records) {
        let facts = &card.facts;
        let rows = [
            ("what", &facts.what),
            ("suits", &facts.suits),
            ("papers", &facts.papers),
            ("renew", &facts.renew),
            ("offline", &facts.offline),
            ("cash", &facts.cash),
            ("stopped", &facts.stopped),
        ];
        for (name, fact) in rows {
            if let Known::Is(fact) = fact {
                self.sourced(&format!("facts.{name}.sources"), &fact.sources);
            }
        }
        for (name, list) in [
            ("good", &card.good),
            ("limits", &card.limits),
            ("needs", &card.needs),
            ("steps", &card.steps),
        ] {
            for (at, sourced) in list.iter().enumerate() {
                self.sourced(&format!("{name}[{at}].sources"), &sourced.sources);
            }
        }
        self.sources(&card.sources, records);
    }

    fn tips(&mut self, tips: &TipFile, records: &Records) {
        for (at, tip) in tips.notes.iter().enumerate() {
            self.sourced(&format!("notes[{at}].sources"), &tip.sources);
        }
        for (at, contact) in tips.contacts.iter().enumerate() {
            self.contact(&format!("contacts[{at}]"), contact);
        }
        self.sources(&tips.sources, records);
    }

    fn sourced(&mut self, field: &str, sources: &[SmolStr]) {
        if sources.is_empty() {
            self.say(field, "a fact without a source does not go in; name one");
        }
        for source in sources {
            self.used.insert(source.to_string());
        }
    }

    /// Each source named exists, each that exists is named, and each can be shown.
    fn sources(&mut self, sources: &BTreeMap<String, Source>, records: &Records) {
        let listed: BTreeSet<String> = sources
            .keys()
            .map(|key| format!("{}/{key}", self.shelf))
            .collect();
        let used = std::mem::take(&mut self.used);
        let key = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
        for missing in used.difference(&listed) {
            self.say(
                "sources",
                format!(
                    "`{}` is named but not listed; add it with its address",
                    key(missing)
                ),
            );
        }
        for idle in listed.difference(&used) {
            self.say(
                "sources",
                format!(
                    "`{}` is listed but nothing rests on it; take it out",
                    key(idle)
                ),
            );
        }
        for (key, source) in sources {
            let field = format!("sources.{key}");
            if !plain_id(key) {
                self.say(&field, PLAIN_ID);
            }
            for message in links::check(source, &records.hosts) {
                self.say(&format!("{field}.url"), message);
            }
            if source.title.trim().is_empty() || source.publisher.trim().is_empty() {
                self.say(
                    &field,
                    "`title` and `publisher` are never empty; write them",
                );
            }
            for day in source.dated.get().into_iter().chain(&source.older_than) {
                if records.edition.is_some_and(|edition| *day > edition) {
                    self.say(
                        &format!("{field}.dated"),
                        format!("`{day}` is still to come; write the date the page gives itself"),
                    );
                }
            }
            if source.dated.get().is_some() && source.older_than.is_some() {
                self.say(&field, "`older_than` is for pages without a date");
            }
        }
    }
}

fn same_scope(a: &Scope, b: &Scope) -> bool {
    a.channels == b.channels
        && a.payments == b.payments
        && a.plans.iter().any(|plan| b.plans.contains(plan))
}

/// The length of a clock in days, where it has one.
fn days(clock: &Clock) -> Option<u32> {
    clock
        .days
        .or_else(|| clock.months.map(|months| months * 30))
        .or_else(|| clock.years.map(|years| years * 365))
}

/// What is wrong with one clock.
#[expect(clippy::too_many_lines, reason = "one paragraph a rule")]
fn clock_faults(clock: &Clock, ids: &BTreeSet<&str>) -> Vec<String> {
    let mut messages = Vec::new();
    let lengths = [
        clock.minutes.is_some(),
        clock.hours.is_some(),
        clock.days.is_some(),
        clock.months.is_some(),
        clock.years.is_some(),
        clock.pack,
        clock.monthly.is_some(),
        clock.printed.is_some(),
    ];
    if lengths.iter().filter(|length| **length).count() != 1 {
        messages.push(
            "write exactly one of minutes, hours, days, months, years, pack, monthly, printed"
                .to_owned(),
        );
    }
    let counted = clock.monthly.is_none() && clock.printed.is_none();
    let start = match (&clock.after, &clock.before) {
        (Some(_), Some(_)) => {
            messages.push("write `after` or `before`, not both".to_owned());
            None
        }
        (Some(start), None) | (None, Some(start)) => Some(start.as_str()),
        (None, None) if counted => {
            messages.push("write what starts it: `after` or `before` an event or clock".to_owned());
            None
        }
        (None, None) => None,
    };
    let event = start.and_then(|start| start.parse::<Event>().ok());
    if let Some(start) = start
        && event.is_none()
        && !ids.contains(start)
    {
        messages.push(format!("`{start}` is no event and no clock of this file"));
    }
    let in_days = clock.days.is_some() || clock.pack;
    if in_days
        && clock.after.is_some()
        && event.is_some_and(Event::asks_day_one)
        && clock.day_one.is_none()
    {
        messages.push(
            "say whether the first day counts: `day_one: same-day`, `next-day` or `unknown`"
                .to_owned(),
        );
    }
    if clock.clock == ClockKind::UseBy && counted && clock.stacks.is_none() {
        messages.push("say what a further top-up does: `stacks: adds`, `waits`, `restarts`, `apart` or `unknown`".to_owned());
    }
    let near = clock
        .minutes
        .or(clock.hours)
        .or(clock.days)
        .or(clock.months)
        .or(clock.years);
    match (near, clock.up_to) {
        (Some(near), Some(far)) if near >= far => {
            messages.push(format!(
                "`up_to: {far}` must be longer than {near}, the near end"
            ));
        }
        (None, Some(_)) => {
            messages.push("`up_to` is the far end of a length; write the near end too".to_owned());
        }
        (_, None) | (Some(_), Some(_)) => {}
    }
    if clock.day_one.is_some() && !in_days && clock.max_days.is_none() {
        messages.push("`day_one` is for lengths in days; take it out".to_owned());
    }
    if let (Some(days), Some(most)) = (clock.days, clock.max_days)
        && most < days
    {
        messages.push(format!(
            "`max_days: {most}` is shorter than the {days} days"
        ));
    }
    if clock.between.is_some() && event.is_none() {
        messages.push("`between` needs an event in `after`, whose hour it asks for".to_owned());
    }
    for (unit, length, most) in [
        ("minutes", clock.minutes, 24 * 60 * 31),
        ("hours", clock.hours, 24 * 366),
        ("days", clock.days, MOST_DAYS),
        ("months", clock.months, MOST_DAYS / 30),
        ("years", clock.years, MOST_DAYS / 365),
        ("max_days", clock.max_days, MOST_DAYS),
    ] {
        if let Some(length) = length.filter(|length| *length > most) {
            messages.push(format!("{length} {unit} cannot be right; {most} at most"));
        }
    }
    if clock.utc.is_some_and(|hours| !(-12..=14).contains(&hours)) {
        messages.push("`utc` is -12 to 14".to_owned());
    }
    if let Some(between) = clock.between
        && between.from >= between.to
    {
        messages.push("`between` runs from an earlier to a later time".to_owned());
    }
    messages
}

/// The first day of a year, month or day, where it is one.
fn first_day(text: &str) -> Option<Day> {
    let rest = match text.len() {
        4 => "-01-01",
        7 => "-01",
        10 => "",
        _ => return None,
    };
    format!("{text}{rest}").parse().ok()
}

/// Whether another clock of the same kind is disputed for one of the plans.
fn is_contradicted(at: usize, clocks: &[Clock]) -> bool {
    let own = &clocks[at];
    clocks.iter().enumerate().any(|(place, other)| {
        let shared = other.about.plans.iter();
        place != at
            && other.disputed
            && other.clock == own.clock
            && (own.about.plans.is_empty()
                || shared.clone().any(|plan| own.about.plans.contains(plan)))
    })
}

/// Whether a clock comes back to itself over those it starts from.
fn in_circle(clock: &Clock, clocks: &[Clock]) -> bool {
    let start = |clock: &Clock| clock.after.clone().or(clock.before.clone());
    let by_id = |id: &str| clocks.iter().find(|other| other.id.as_deref() == Some(id));
    let mut next = start(clock);
    for _ in clocks {
        let Some(other) = next.as_deref().and_then(by_id) else {
            return false;
        };
        if clock.id.is_some() && other.id == clock.id {
            return true;
        }
        next = start(other);
    }
    false
}

fn is_code(code: &str) -> bool {
    code.split_once('-').is_some_and(|(country, network)| {
        country.len() == 3
            && matches!(network.len(), 2 | 3)
            && country
                .bytes()
                .chain(network.bytes())
                .all(|b| b.is_ascii_digit())
    })
}
