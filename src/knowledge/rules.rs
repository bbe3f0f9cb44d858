//! The rules of records: sources, references, ranges, clocks, dates and status.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Day, Known, Source};
use crate::knowledge::Scope;
use crate::knowledge::card::CardRecord;
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
                    file.say("id", "the file name is the id; make them the same");
                }
            }
            "channels" => {
                if let Some(channel) = records.channels.iter().find(|c| c.id.id() == stem(path)) {
                    file.channel(channel, records);
                } else {
                    file.say("id", "the file name is the id; make them the same");
                }
            }
            "types" => {
                if let Some(card) = records.types.iter().find(|c| c.id.id() == stem(path)) {
                    file.card(card, records);
                } else {
                    file.say("id", "the file name is the id; make them the same");
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
}

/// Rules over all files together.
fn everywhere(records: &Records, words: &Words, faults: &mut Vec<Fault>) {
    let mut once = |file: &str, kind: &str, ids: Vec<String>| {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !plain_id(&id) {
                faults.push(Fault::new(
                    file,
                    "id",
                    format!("`{id}`: small letters, digits and dashes only"),
                ));
            }
            if !seen.insert(id.clone()) {
                faults.push(Fault::new(
                    file,
                    "id",
                    format!("two {kind} are called `{id}`"),
                ));
            }
        }
    };
    let plans = records.carriers.iter().flat_map(|c| &c.plans);
    once(
        "carriers",
        "plans",
        plans.map(|plan| plan.id.clone()).collect(),
    );
    once(
        "phrases.yaml",
        "phrases",
        records.phrases.iter().map(|p| p.id.clone()).collect(),
    );
    once(
        "terms.yaml",
        "terms",
        records.terms.iter().map(|t| t.id.clone()).collect(),
    );
    once(
        "payments.yaml",
        "payments",
        records.payments.iter().map(|p| p.id.clone()).collect(),
    );
    let chains = records.channels.iter().flat_map(|c| &c.chains);
    once(
        "channels",
        "chains",
        chains.map(|chain| chain.id.clone()).collect(),
    );
    let tips = records.tips.values().flat_map(|file| &file.notes);
    once("tips", "tips", tips.map(|tip| tip.id.clone()).collect());
    for payment in &records.payments {
        if payment
            .part_of
            .as_ref()
            .is_some_and(|whole| !words.payments.contains(whole.as_str()))
        {
            faults.push(Fault::new(
                "payments.yaml",
                &payment.id,
                "`part_of` names no payment",
            ));
        }
    }
    for host in &records.hosts {
        if let Some(message) = links::check_host(host) {
            faults.push(Fault::new("hosts.yaml", "", message));
        }
    }
    for (key, sentences) in &records.words {
        if !plain_id(key) {
            faults.push(Fault::new(
                "words.yaml",
                key,
                "small letters, digits and dashes only",
            ));
        }
        let blanks = |sentence: &String| {
            let mut names: Vec<&str> = sentence
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .collect();
            names.sort_unstable();
            names.join(" ")
        };
        if sentences
            .windows(2)
            .any(|pair| blanks(&pair[0]) != blanks(&pair[1]))
        {
            faults.push(Fault::new(
                "words.yaml",
                key,
                "the languages name different `{…}`",
            ));
        }
    }
}

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
                    "only a plan with `status: ended` has this",
                ),
            }
            if let Some(Known::Is(day)) = &plan.ended
                && !ended_form(day)
            {
                self.say(
                    &format!("{field}.ended"),
                    format!("`{day}`: write \"2024\", \"2024-04\" or \"2024-04-15\""),
                );
            }
            if let Some(next) = &plan.replaced_by
                && !self.words.plans.contains(next.as_str())
            {
                self.say(
                    &format!("{field}.replaced_by"),
                    format!("no plan is called `{next}`"),
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
        self.clocks(&carrier.clocks, true);
        for (at, restore) in carrier.restore.iter().enumerate() {
            let field = format!("restore[{at}]");
            self.plans(&format!("{field}.plans"), &restore.plans, &mine);
            self.say_ids(&format!("{field}.say"), &restore.say);
            self.sourced(&format!("{field}.sources"), &restore.sources);
        }
        for (at, contact) in carrier.contacts.iter().enumerate() {
            let field = format!("contacts[{at}]");
            if contact.about.plans.is_empty() {
                self.say(
                    &format!("{field}.about"),
                    "name at least one plan or group of this file",
                );
            }
            self.contact(&field, contact);
        }
        for (at, note) in carrier.notes.iter().enumerate() {
            let field = format!("notes[{at}]");
            if note.about.plans.is_empty() {
                self.say(
                    &format!("{field}.about"),
                    "name at least one plan or group of this file",
                );
            }
            self.plans(&format!("{field}.about"), &note.about.plans, &mine);
            self.sourced(&format!("{field}.sources"), &note.sources);
        }
        self.recognised(carrier, &mine);
        self.sources(&carrier.sources, records);
    }

    fn carrier_ids(&mut self, carrier: &Carrier, mine: &BTreeSet<&str>) {
        if !plain_id(&carrier.id) {
            self.say("id", "small letters, digits and dashes only");
        }
        let mut ids: BTreeSet<&str> = mine.clone();
        let parts = carrier
            .clocks
            .iter()
            .filter_map(|clock| clock.id.as_deref())
            .chain(carrier.packs.iter().map(|pack| pack.id.as_str()))
            .chain(carrier.groups.keys().map(String::as_str));
        for id in parts {
            let taken = id.parse::<Channel>().is_ok()
                || id.parse::<Instrument>().is_ok()
                || id.parse::<Event>().is_ok()
                || self.words.payments.contains(id)
                || self.words.chains.contains_key(id)
                || !ids.insert(id);
            if taken {
                self.say(
                    "id",
                    format!("`{id}` means something else already; choose another id"),
                );
            }
        }
        for (group, plans) in &carrier.groups {
            self.plans(&format!("groups.{group}"), plans, mine);
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
                && kind == crate::knowledge::card::Kind::Prepaid
                && !way.pays.contains(&Pays::Overdue)
                && !way.pays.contains(&Pays::TopUp)
            {
                self.say(
                    &format!("{field}.pays"),
                    format!("`{plan}` is prepaid: it has no bill"),
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
                    format!("no card brand is called `{brand}`"),
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
            self.say(
                &format!("{field}.id"),
                "small letters, digits and dashes only",
            );
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
                self.say(&field, format!("no pack of this file is called `{pack}`"));
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
        if length.is_some_and(|length| length > most) {
            self.say(field, format!("longer than {most} cannot be right"));
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
                self.say(field, format!("`{payment}` stands twice"));
            }
        }
    }

    fn chains(&mut self, field: &str, channel: Channel, chains: &[String]) {
        for chain in chains {
            match self.words.chains.get(chain.as_str()) {
                None => self.say(field, format!("no chain is called `{chain}`")),
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

    fn languages(&mut self, field: &str, tags: &[String]) {
        for tag in tags {
            if !self.words.has("language", tag) {
                self.say(
                    field,
                    format!("no language is called `{tag}`; words.yaml has the list"),
                );
            }
        }
    }

    fn say_ids(&mut self, field: &str, ids: &[String]) {
        for id in ids {
            if !self.words.phrases.contains(id.as_str()) {
                self.say(field, format!("no phrase is called `{id}`"));
            }
        }
    }

    fn plans(&mut self, field: &str, plans: &[String], mine: &BTreeSet<&str>) {
        if plans.is_empty() {
            self.say(field, "name at least one plan");
        }
        for plan in plans {
            if !mine.contains(plan.as_str()) {
                self.say(field, format!("`{plan}` is no plan of this file"));
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

    fn clocks(&mut self, clocks: &[Clock], of_carrier: bool) {
        let ids: BTreeSet<&str> = clocks
            .iter()
            .filter_map(|clock| clock.id.as_deref())
            .collect();
        for (at, clock) in clocks.iter().enumerate() {
            let field = format!("clocks[{at}]");
            if of_carrier && clock.about.plans.is_empty() {
                self.say(
                    &format!("{field}.about"),
                    "name at least one plan or group of this file",
                );
            }
            for message in clock_faults(clock, &ids) {
                self.say(&field, message);
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
        self.clocks(&channel.clocks, false);
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

    fn sourced(&mut self, field: &str, sources: &[String]) {
        if sources.is_empty() {
            self.say(field, "a fact without a source does not go in; name one");
        }
        for source in sources {
            self.used.insert(source.clone());
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
                format!("`{}` is named but not listed", key(missing)),
            );
        }
        for idle in listed.difference(&used) {
            self.say(
                "sources",
                format!("`{}` is listed but nothing rests on it", key(idle)),
            );
        }
        for (key, source) in sources {
            let field = format!("sources.{key}");
            for message in links::check(source, &records.hosts) {
                self.say(&format!("{field}.url"), message);
            }
            if source.title.trim().is_empty() || source.publisher.trim().is_empty() {
                self.say(&field, "title and publisher are not empty");
            }
            let day = |known: Option<&Day>| {
                known.is_some_and(|day| records.edition.is_some_and(|edition| *day > edition))
            };
            if day(source.dated.get()) || day(source.older_than.as_ref()) {
                self.say(
                    &format!("{field}.dated"),
                    "a day after the edition; is it the day you read the page?",
                );
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
    if clock.id.is_some() && clock.id.as_deref() == start {
        messages.push("a clock cannot start from itself".to_owned());
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
    if let (Some(near), Some(far)) = (near, clock.up_to)
        && near >= far
    {
        messages.push("`up_to` must be longer than the length".to_owned());
    }
    if clock.days.is_some_and(|days| days > MOST_DAYS)
        || clock.months.is_some_and(|months| months > 120)
    {
        messages.push("longer than ten years cannot be right".to_owned());
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

fn ended_form(day: &str) -> bool {
    let parts: Vec<&str> = day.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts
        .iter()
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        && matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
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
