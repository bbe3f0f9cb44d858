//! One way to top up or pay, with every payment's verdict worked out.

use std::cell::OnceCell;

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::{SmolStr, format_smolstr};

use super::{Cited, Desk, Named, Pages, Place, Said, Told, Verdict};
use crate::fact::Known;
use crate::knowledge::Scope;
use crate::knowledge::carrier::{
    Amount, Closed, Fee, From, Hours, Instrument, Internet, Note, Pack, PlanHead, Way, Works,
};
use crate::knowledge::channel::{Channel, Counter};
use crate::lang::Lang;

/// A way of one plan, as it is told.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WayTold {
    /// The id of the plan.
    pub plan: SmolStr,
    /// The plan in the reader's language.
    pub plan_name: SmolStr,
    /// The id of the carrier.
    pub carrier: SmolStr,
    #[serde(flatten)]
    pub channel: Place,
    /// What is handed over or typed; null where a recorded "no" holds for the whole channel.
    #[schemars(with = "Option<Instrument>")]
    pub by: Option<&'static str>,
    /// What a person would call it.
    pub title: SmolStr,
    /// How surely it works.
    pub verdict: Verdict,
    /// Why not; null where the verdict is not "no".
    pub why: Option<SmolStr>,
    /// What is paid for; empty where it does not work.
    #[schemars(with = "Vec<crate::knowledge::carrier::Pays>")]
    pub pays: Vec<&'static str>,
    /// Where it works; null where nobody says which chains, empty where a channel has none.
    pub chains: Option<Vec<Named>>,
    /// What is taken and what is refused; a payment that is not listed is not published.
    pub payments: Vec<PaymentTold>,
    /// The brands of credit cards that are taken; empty where none is named.
    pub card_brands: Vec<SmolStr>,
    /// The sums that can be paid, in yen; null where nobody publishes them.
    pub amounts_jpy: Option<Vec<u32>>,
    /// The same with packs, ranges and other currencies; null where nobody publishes them.
    pub amounts: Option<Vec<AmountTold>>,
    /// The fee in yen that always falls due: 0 is free; null where there is none such, see `fees`.
    pub fee_jpy: Option<u32>,
    /// All fees: empty is free, null is not published.
    pub fees: Option<Vec<FeeTold>>,
    /// Whether it needs the internet, and when; null where nobody says.
    #[schemars(with = "Option<Internet>")]
    pub internet: Option<&'static str>,
    /// Languages of the screens the reader must work; empty where a phrase is enough, null where
    /// nobody says.
    pub screens: Option<Vec<SmolStr>>,
    /// What must be at hand; null where nobody says.
    pub needs: Option<Vec<SmolStr>>,
    /// When it can be done; null where nobody names hours.
    pub hours: Option<Hours>,
    /// What to do, in order.
    pub steps: Vec<SmolStr>,
    /// What to show or say, in the order of use.
    pub say: Vec<Said>,
    /// The caveats of the plan that touch this way; filled for programs only.
    pub cautions: Vec<Told>,
    /// The sources of a part that rests on others than the whole.
    pub from: Vec<PartSources>,
    /// The pages it rests on: those of the way, then those of the steps that the place adds.
    pub sources: Pages,
    /// How many of the sources are the way's own.
    #[serde(skip)]
    pub own: usize,
    /// Whether there is something to show or say, told or not.
    #[serde(skip)]
    pub has_phrases: bool,
}

/// The sources of some parts of a way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PartSources {
    /// Names of fields, or payments.
    pub of: Vec<SmolStr>,
    /// The pages they rest on.
    pub sources: Pages,
}

/// A payment and whether it is taken.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaymentTold {
    /// The id of the payment.
    pub payment: SmolStr,
    /// The payment in the reader's language.
    pub name: SmolStr,
    /// Whether it is taken.
    pub verdict: Verdict,
    /// Whether this is the general rule of the place and not the carrier's own word.
    pub general: bool,
    /// The pages it rests on.
    pub sources: Pages,
}

/// An amount that can be paid: a sum, or a pack with its data and length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AmountTold {
    /// The sum in yen; null where it is not in yen or not published.
    pub jpy: Option<u32>,
    /// The sum with its currency where it is not yen: `100 HKD`; else null.
    pub other: Option<SmolStr>,
    /// The far end of a range, in the same currency; null where it is one sum.
    pub up_to: Option<SmolStr>,
    /// The steps of a range, in the same currency; null where none is named.
    pub step: Option<SmolStr>,
    /// What is bought; null where it is a sum of money.
    pub pack: Option<PackTold>,
}

/// What a pack holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PackTold {
    /// Its id, for `--pack`.
    pub id: SmolStr,
    /// Its data in MB; null where unlimited or not published.
    pub data_mb: Option<u32>,
    /// Whether its data has no limit.
    pub unlimited: bool,
    /// How many days it runs; null where it is measured in hours or not published.
    pub days: Option<u32>,
    /// How many hours it runs; null where it is measured in days or not published.
    pub hours: Option<u32>,
    /// The pages it rests on.
    pub sources: Vec<Cited>,
}

/// A fee and when it falls due.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FeeTold {
    /// The fee in yen; null where it is in another currency, in percent, or not published.
    pub jpy: Option<u32>,
    /// A fee in another currency or in percent: `3 HKD`, `2.5 %`; else null.
    pub other: Option<SmolStr>,
    /// The case in which it falls due; null where it always does.
    pub when: Option<SmolStr>,
}

impl WayTold {
    /// The sources of a part or payment.
    #[must_use]
    pub fn sources_of(&self, part: &str) -> &[Cited] {
        self.from
            .iter()
            .find(|from| from.of.iter().any(|of| of == part))
            .map_or(self.own_sources(), |from| &from.sources)
    }

    /// The sources of the way itself.
    #[must_use]
    pub fn own_sources(&self) -> &[Cited] {
        self.sources.get(..self.own).unwrap_or(&self.sources)
    }

    /// The verdict on a payment; not published where nobody names it.
    #[must_use]
    pub fn payment(&self, id: &str) -> Verdict {
        self.payments
            .iter()
            .find(|told| told.payment == id)
            .map_or(Verdict::Unknown, |told| told.verdict)
    }

    /// The sources of a verdict on a payment; empty where nothing is published.
    #[must_use]
    pub fn payment_sources(&self, id: &str) -> &[Cited] {
        self.payments
            .iter()
            .find(|told| told.payment == id)
            .map_or(&[], |told| &told.sources)
    }

    /// Whether it can be done with a dead line and no other network; none where nobody says.
    #[must_use]
    pub fn offline(&self) -> Option<bool> {
        self.internet.map(|word| matches!(word, "none" | "own-sim"))
    }

    /// Whether a reader of this language can do it without Japanese; none where nobody says.
    #[must_use]
    pub fn without_japanese(&self, lang: Lang) -> Option<bool> {
        let screens = self.screens.as_ref()?;
        if screens.is_empty() {
            return Some(self.has_phrases);
        }
        let speaks = |tag: &str| match lang {
            Lang::En => tag == "en",
            Lang::ZhHans | Lang::ZhHant => tag.starts_with("zh"),
            Lang::Ja => tag == "ja",
            Lang::Ko => tag == "ko",
            Lang::Vi => tag == "vi",
        };
        Some(screens.iter().any(|tag| speaks(tag)))
    }

    /// The order in which a reader should try: what surely works first, least internet first.
    #[must_use]
    pub fn order(&self) -> (Verdict, usize, bool) {
        let internet = Internet::ALL
            .iter()
            .position(|internet| Some(internet.id()) == self.internet)
            .unwrap_or(Internet::ALL.len());
        (
            self.verdict,
            internet,
            super::unofficial(self.own_sources()),
        )
    }
}

/// What tells a way, with the counters of its channel at hand.
pub struct Teller<'a> {
    desk: &'a Desk<'a>,
    /// The payments whose general rule an overview shows; none where all is told in full.
    overview: Option<Vec<SmolStr>>,
    counters: Vec<(Channel, Instrument, Vec<Counter>)>,
    channels: Vec<(Channel, Named)>,
    payments: Vec<crate::knowledge::channel::Payment>,
    /// The caveats of the plan told last.
    notes: (SmolStr, Vec<Note>),
}

impl<'a> Teller<'a> {
    /// A teller for one answer.
    #[must_use]
    pub fn new(desk: &'a Desk<'a>) -> Teller<'a> {
        Teller {
            desk,
            overview: None,
            counters: Vec::new(),
            channels: Vec::new(),
            payments: desk.knowledge.all("payment.all"),
            notes: (SmolStr::default(), Vec::new()),
        }
    }

    /// From here on ways are told without steps and phrases, and the general rules of the places
    /// only for cash, cards from abroad and the payments asked for.
    pub fn give_overview(&mut self, asked: &[SmolStr]) {
        let mut shown = asked.to_vec();
        shown.extend(["cash", "foreign-card"].map(SmolStr::new_static));
        let wholes = self.payments.iter().filter(|part| shown.contains(&part.id));
        let wholes: Vec<SmolStr> = wholes.filter_map(|part| part.part_of.clone()).collect();
        shown.extend(wholes);
        self.overview = Some(shown);
    }

    /// Whether the general rule on a payment is told.
    fn tells(&self, payment: &SmolStr) -> bool {
        let shown = self.overview.as_ref();
        shown.is_none_or(|shown| shown.contains(payment))
    }

    fn learn(&mut self, channel: Channel) {
        if self.channels.iter().any(|(known, _)| *known == channel) {
            return;
        }
        let record = self.desk.knowledge.channel(channel);
        let name = record.as_ref().map_or_else(
            || SmolStr::new_static(channel.id()),
            |record| record.name.0.clone(),
        );
        let id = SmolStr::new_static(channel.id());
        self.channels.push((channel, Named { id, name }));
    }

    /// Reads the counters of an instrument at a channel, once.
    fn learn_counters(&mut self, channel: Channel, by: Instrument) {
        let known = self
            .counters
            .iter()
            .any(|(at, of, _)| *at == channel && *of == by);
        if !known {
            let counters = self.desk.knowledge.counters_by(channel, by);
            self.counters.push((channel, by, counters));
        }
    }

    /// The caveats of a plan that touch a way, for programs.
    fn cautions(&mut self, plan: &PlanHead, touched: impl Fn(&Scope) -> bool) -> Vec<Told> {
        if !self.desk.whole {
            return Vec::new();
        }
        if self.notes.0 != plan.id {
            self.notes = (plan.id.clone(), self.desk.knowledge.notes(&plan.id));
        }
        self.notes
            .1
            .iter()
            .filter(|note| touched(&note.about))
            .map(|note| self.desk.told(&note.text, &note.sources))
            .collect()
    }

    fn channel(&mut self, channel: Channel) -> Named {
        self.learn(channel);
        self.channels
            .iter()
            .find(|(known, _)| *known == channel)
            .map_or_else(
                || Named {
                    id: SmolStr::new_static(channel.id()),
                    name: SmolStr::new_static(channel.id()),
                },
                |(_, named)| named.clone(),
            )
    }

    /// A way of a plan, told.
    pub fn way(&mut self, plan: &PlanHead, way: &Way, closed: &[&Closed]) -> WayTold {
        let channel = self.channel(way.channel);
        self.learn_counters(way.channel, way.by);
        let counters = self.counters_for(way);
        let fitting = || {
            let all = counters.iter().copied();
            all.filter(|counter| counter_fits(counter, way))
        };
        let has_phrases = !way.say.is_empty() || fitting().any(|counter| !counter.say.is_empty());
        let own = self.desk.pages(&way.sources);
        let (mut steps, mut say, mut sources) = (Vec::new(), Vec::new(), own.clone());
        if self.overview.is_none() {
            let adding = || fitting().filter(|counter| !way.own_menu && !counter.steps.is_empty());
            let all = std::iter::once(&way.steps)
                .chain(adding().map(|counter| &counter.steps))
                .chain([&way.then]);
            steps.extend(all.flatten().map(|text| text.0.clone()));
            let all = std::iter::once(&way.say).chain(fitting().map(|counter| &counter.say));
            say.extend(all.flatten().cloned());
            let added = adding().flat_map(|counter| &counter.sources);
            sources = self.desk.pages_of(way.sources.iter().chain(added));
        }
        let screens = match &way.screens {
            Known::Is(screens) => Some(screens.clone()),
            Known::Unknown => counters.iter().find_map(|counter| match &counter.screens {
                Some(Known::Is(screens)) => Some(screens.clone()),
                Some(Known::Unknown) | None => None,
            }),
        };
        let from: Vec<PartSources> = way
            .from
            .iter()
            .map(|from| PartSources {
                of: from.of.clone(),
                sources: self.desk.pages(&from.sources),
            })
            .collect();
        let payments = self.payments(way, &own, &from, &counters);
        let cautions = self.cautions(plan, |about| touches(about, way));
        WayTold {
            plan: plan.id.clone(),
            plan_name: plan.name.0.clone(),
            carrier: plan.carrier.clone(),
            channel: channel.into(),
            by: Some(way.by.id()),
            title: way.title.0.clone(),
            verdict: verdict(&way.works),
            why: None,
            pays: way.pays.iter().map(|pays| pays.id()).collect(),
            chains: self.chains(way, closed),
            payments,
            card_brands: way.card_brands.clone(),
            amounts_jpy: amounts_jpy(&way.amounts),
            amounts: way.amounts.get().map(|amounts| {
                amounts
                    .iter()
                    .map(|amount| self.amount(&plan.carrier, amount))
                    .collect()
            }),
            fee_jpy: fee_jpy(&way.fees),
            fees: way.fees.get().map(|fees| fees.iter().map(fee).collect()),
            internet: way.internet.get().map(|internet| internet.id()),
            screens,
            needs: way.needs.get().cloned(),
            hours: way.hours.clone(),
            steps,
            say: self.desk.said(&say),
            cautions,
            from,
            own: way.sources.len(),
            has_phrases,
            sources,
        }
    }

    /// A recorded "no", told.
    pub fn closed(&mut self, plan: &PlanHead, closed: &Closed) -> WayTold {
        let channel = self.channel(closed.channel);
        let cautions = self.cautions(plan, |about| touches_closed(about, closed));
        WayTold {
            plan: plan.id.clone(),
            plan_name: plan.name.0.clone(),
            carrier: plan.carrier.clone(),
            title: channel.name.clone(),
            channel: channel.into(),
            by: closed.by.map(Instrument::id),
            verdict: Verdict::No,
            why: Some(closed.why.0.clone()),
            pays: Vec::new(),
            chains: Some(closed.chains.iter().map(|id| self.desk.chain(id)).collect()),
            payments: Vec::new(),
            card_brands: Vec::new(),
            amounts_jpy: None,
            amounts: None,
            fee_jpy: None,
            fees: None,
            internet: None,
            screens: None,
            needs: None,
            hours: None,
            steps: Vec::new(),
            say: Vec::new(),
            cautions,
            from: Vec::new(),
            own: closed.sources.len(),
            has_phrases: false,
            sources: self.desk.pages(&closed.sources),
        }
    }

    /// The counters that handle the instrument of a way, those that name its chain first.
    fn counters_for(&self, way: &Way) -> Vec<&Counter> {
        let all = self
            .counters
            .iter()
            .find(|(channel, by, _)| *channel == way.channel && *by == way.by)
            .map_or(&[][..], |(_, _, counters)| counters);
        let mut fit: Vec<&Counter> = all
            .iter()
            .filter(|counter| counter_may_fit(counter, way))
            .collect();
        fit.sort_by_key(|counter| (!counter_fits(counter, way), counter.chains.is_empty()));
        fit
    }

    /// The verdicts of a way, then those the counters add as the general rule.
    fn payments(
        &self,
        way: &Way,
        own: &Pages,
        from: &[PartSources],
        counters: &[&Counter],
    ) -> Vec<PaymentTold> {
        let mut told: Vec<PaymentTold> = Vec::new();
        let of = |part: &str| {
            let names = |from: &From| from.of.iter().any(|of| of == part);
            way.from.iter().position(names)
        };
        let way_sources = |payment: &str| {
            of(payment)
                .or_else(|| of("payments"))
                .map_or(own, |at| &from[at].sources)
                .clone()
        };
        for (verdict, list) in lists(&way.payments) {
            for payment in list {
                told.push(self.payment_told(payment, verdict, false, way_sources(payment)));
            }
        }
        for counter in counters {
            let sources = OnceCell::new();
            for (verdict, list) in lists(&counter.payments) {
                for payment in list.iter().filter(|payment| self.tells(payment)) {
                    if told.iter().any(|known| known.payment == *payment) {
                        continue;
                    }
                    // A rule of one chain says nothing certain where the chains are not known.
                    let verdict = if counter_fits(counter, way) || verdict == Verdict::No {
                        verdict
                    } else {
                        Verdict::Partly
                    };
                    if verdict == Verdict::No && !counter_fits(counter, way) {
                        continue;
                    }
                    let sources = sources.get_or_init(|| self.desk.pages(&counter.sources));
                    told.push(self.payment_told(payment, verdict, true, sources.clone()));
                }
            }
        }
        self.refuse_parts(&mut told);
        told
    }

    /// A payment is refused where the whole it is part of is refused.
    fn refuse_parts(&self, told: &mut Vec<PaymentTold>) {
        let mut more = Vec::new();
        for payment in self.payments.iter().filter(|own| self.tells(&own.id)) {
            let known = |id: &str| told.iter().find(|told| told.payment == id);
            if known(&payment.id).is_some() {
                continue;
            }
            if let Some(whole) = payment.part_of.as_deref().and_then(known)
                && whole.verdict == Verdict::No
            {
                more.push(PaymentTold {
                    payment: payment.id.clone(),
                    name: payment.name.0.clone(),
                    ..whole.clone()
                });
            }
        }
        told.extend(more);
    }

    fn payment_told(
        &self,
        id: &str,
        verdict: Verdict,
        general: bool,
        sources: Pages,
    ) -> PaymentTold {
        let name = self
            .payments
            .iter()
            .find(|payment| payment.id == id)
            .map_or_else(|| SmolStr::new(id), |payment| payment.name.0.clone());
        PaymentTold {
            payment: SmolStr::new(id),
            name,
            verdict,
            general,
            sources,
        }
    }

    /// The chains of a way, less those that a recorded "no" takes out.
    fn chains(&self, way: &Way, closed: &[&Closed]) -> Option<Vec<Named>> {
        match &way.chains {
            None => Some(Vec::new()),
            Some(Known::Unknown) => None,
            Some(Known::Is(chains)) => {
                let shut = |chain: &SmolStr| {
                    closed.iter().any(|no| {
                        no.channel == way.channel
                            && no.by.is_none_or(|by| by == way.by)
                            && no.chains.contains(chain)
                    })
                };
                let open = chains.iter().filter(|chain| !shut(chain));
                Some(open.map(|id| self.desk.chain(id)).collect())
            }
        }
    }

    /// An amount, with the pack it names.
    #[must_use]
    pub fn amount(&self, carrier: &str, amount: &Amount) -> AmountTold {
        let pack = amount
            .pack
            .as_ref()
            .and_then(|id| self.desk.knowledge.pack(carrier, id));
        match pack {
            Some(pack) => self.pack(&pack),
            None => AmountTold {
                jpy: amount.jpy,
                other: currency([&amount.hkd, &amount.usd, &amount.cny, &amount.eur]),
                up_to: amount.up_to.as_ref().map(|sum| sum.0.clone()),
                step: amount.step.as_ref().map(|sum| sum.0.clone()),
                pack: None,
            },
        }
    }

    /// A pack as an amount.
    #[must_use]
    pub fn pack(&self, pack: &Pack) -> AmountTold {
        AmountTold {
            jpy: pack.jpy.as_ref().and_then(|jpy| jpy.get().copied()),
            other: currency([&pack.hkd, &pack.usd, &pack.cny, &pack.eur]),
            up_to: None,
            step: None,
            pack: Some(PackTold {
                id: pack.id.clone(),
                data_mb: pack.data_mb.as_ref().and_then(|mb| mb.get().copied()),
                unlimited: pack.unlimited,
                days: pack.days,
                hours: pack.hours,
                sources: self.desk.cite(&pack.sources),
            }),
        }
    }
}

fn lists(payments: &crate::knowledge::carrier::Payments) -> [(Verdict, &[SmolStr]); 3] {
    [
        (Verdict::Yes, &payments.taken),
        (Verdict::Partly, &payments.sometimes),
        (Verdict::No, &payments.refused),
    ]
}

/// Whether a caveat of the plan touches a way: it names no other place or instrument.
fn touches(about: &Scope, way: &Way) -> bool {
    let chains = match &way.chains {
        Some(Known::Is(chains)) => meets(&about.chains, chains),
        Some(Known::Unknown) | None => true,
    };
    meets(&about.channels, &[way.channel]) && meets(&about.by, &[way.by]) && chains
}

/// The same of a recorded "no".
fn touches_closed(about: &Scope, closed: &Closed) -> bool {
    meets(&about.channels, &[closed.channel])
        && closed.by.is_none_or(|by| meets(&about.by, &[by]))
        && (closed.chains.is_empty() || meets(&about.chains, &closed.chains))
}

/// Whether a scope names nothing, or one of these.
fn meets<T: PartialEq>(scope: &[T], own: &[T]) -> bool {
    scope.is_empty() || own.iter().any(|one| scope.contains(one))
}

/// Whether a counter surely handles this way: it names no chain, or all chains of the way.
fn counter_fits(counter: &Counter, way: &Way) -> bool {
    if counter.chains.is_empty() {
        return true;
    }
    match &way.chains {
        Some(Known::Is(chains)) => {
            !chains.is_empty() && chains.iter().all(|chain| counter.chains.contains(chain))
        }
        Some(Known::Unknown) | None => false,
    }
}

/// Whether a counter may handle this way: one of its chains is, or may be, one of the way's.
fn counter_may_fit(counter: &Counter, way: &Way) -> bool {
    if counter.chains.is_empty() {
        return true;
    }
    match &way.chains {
        Some(Known::Is(chains)) => chains.iter().any(|chain| counter.chains.contains(chain)),
        Some(Known::Unknown) => true,
        None => false,
    }
}

fn verdict(works: &Known<Works>) -> Verdict {
    match works {
        Known::Is(Works::Always) => Verdict::Yes,
        Known::Is(Works::Sometimes) => Verdict::Partly,
        Known::Unknown => Verdict::Unknown,
    }
}

fn amounts_jpy(amounts: &Known<Vec<Amount>>) -> Option<Vec<u32>> {
    let sums = amounts.get()?;
    Some(
        sums.iter()
            .filter(|amount| amount.up_to.is_none())
            .filter_map(|amount| amount.jpy)
            .collect(),
    )
}

/// The fee in yen that always falls due: 0 where it is free.
fn fee_jpy(fees: &Known<Vec<Fee>>) -> Option<u32> {
    let fees = fees.get()?;
    if fees.is_empty() {
        return Some(0);
    }
    fees.iter()
        .find(|fee| fee.when.is_none())
        .and_then(|fee| fee.jpy)
}

fn fee(fee: &Fee) -> FeeTold {
    let percent = fee
        .percent
        .as_ref()
        .map(|percent| format_smolstr!("{percent} %"));
    FeeTold {
        jpy: fee.jpy,
        other: currency([&fee.hkd, &fee.usd, &None, &None]).or(percent),
        when: fee.when.as_ref().map(|text| text.0.clone()),
    }
}

fn currency([hkd, usd, cny, eur]: [&Option<SmolStr>; 4]) -> Option<SmolStr> {
    [(hkd, "HKD"), (usd, "USD"), (cny, "CNY"), (eur, "EUR")]
        .into_iter()
        .find_map(|(sum, code)| sum.as_ref().map(|sum| format_smolstr!("{sum} {code}")))
}
