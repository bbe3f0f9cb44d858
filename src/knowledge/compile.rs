//! Records to tables: which blocks there are, and under which keys they are found.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::fact::Source;
use crate::knowledge::card::{CardHead, CardType};
use crate::knowledge::carrier::{Carrier, Plan};
use crate::knowledge::channel::{Chain, Channel, Payment};
use crate::knowledge::find::{Doc, Found};
use crate::knowledge::fold::fold;
use crate::knowledge::load::Records;
use crate::knowledge::phrase::Phrase;
use crate::knowledge::scope::Scope;
use crate::knowledge::store::{Store, Writer};
use crate::lang::Text;

/// The head of a carrier: what is not in its other blocks.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct CarrierHead {
    pub id: SmolStr,
    pub name: Text,
    pub network: crate::knowledge::carrier::Network,
    pub site: crate::fact::Known<SmolStr>,
}

/// A chain and the channel it is one of.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct ChainOf {
    pub channel: Channel,
    pub chain: Chain,
}

/// Compiles records of one language, with what can be searched in them.
#[expect(clippy::too_many_lines, reason = "one paragraph a kind of record")]
#[must_use]
pub fn compile(records: &Records) -> (Store, Vec<Doc>) {
    let mut writer = Writer::default();
    let mut docs = Vec::new();
    sources(&mut writer, records);
    for carrier in &records.carriers {
        compile_carrier(&mut writer, carrier, &mut docs);
    }
    for channel in &records.channels {
        let file = format!("channels/{}", channel.id.id());
        let mut bare = channel.clone();
        bare.sources.clear();
        bare.labels.clear();
        bare.clocks.clear();
        bare.contacts.clear();
        bare.notes.clear();
        bare.aliases.clear();
        bare.guides.clear();
        bare.counters.clear();
        for chain in &mut bare.chains {
            chain.aliases.clear();
        }
        let mut keys = vec![
            "channel.all".to_owned(),
            format!("channel/{}", channel.id.id()),
            format!("file/{file}"),
        ];
        keys.extend(names(
            "channel",
            channel.id.id(),
            &channel.name,
            &channel.aliases,
        ));
        let block = writer.block(&bare, &keys);
        docs.push(doc(
            Found::Channel,
            block,
            named(channel.id.id(), &channel.name, &channel.aliases),
            &channel.name,
            guide_texts(channel),
        ));
        for chain in &channel.chains {
            let mut keys = vec![
                format!("chain/{}", chain.id),
                "chain.all".to_owned(),
                format!("file/{file}"),
            ];
            keys.extend(names("chain", &chain.id, &chain.name, &chain.aliases));
            let block = ChainOf {
                channel: channel.id,
                chain: Chain {
                    aliases: Vec::new(),
                    ..chain.clone()
                },
            };
            let number = writer.block(&block, &keys);
            docs.push(doc(
                Found::Chain,
                number,
                named(&chain.id, &chain.name, &chain.aliases),
                &chain.name,
                String::new(),
            ));
        }
        for guide in &channel.guides {
            writer.block(
                guide,
                &[
                    format!("guide/{}/{}", channel.id.id(), guide.r#type.id()),
                    format!("guide.channel/{}", channel.id.id()),
                    format!("file/{file}"),
                ],
            );
        }
        for counter in &channel.counters {
            let mut keys = vec![
                format!("counter.channel/{}", channel.id.id()),
                format!("file/{file}"),
            ];
            for by in &counter.by {
                keys.push(format!("counter/{}/{}", channel.id.id(), by.id()));
            }
            writer.block(counter, &keys);
        }
        for clock in &channel.clocks {
            writer.block(
                clock,
                &[
                    format!("clock.channel/{}", channel.id.id()),
                    format!("file/{file}"),
                ],
            );
        }
        for contact in &channel.contacts {
            writer.block(
                contact,
                &["contact.general".to_owned(), format!("file/{file}")],
            );
        }
        for note in &channel.notes {
            let mut keys = vec![
                format!("note.channel/{}", channel.id.id()),
                format!("file/{file}"),
            ];
            for other in &note.about.channels {
                keys.push(format!("note.channel/{}", other.id()));
            }
            let number = writer.block(note, &keys);
            docs.push(doc(
                Found::Note,
                number,
                Vec::new(),
                &Text::default(),
                note.text.0.clone(),
            ));
        }
    }
    for payment in &records.payments {
        let number = compile_payment(&mut writer, payment);
        docs.push(doc(
            Found::Payment,
            number,
            named(&payment.id, &payment.name, &payment.aliases),
            &payment.name,
            String::new(),
        ));
    }
    for card in &records.types {
        let mut bare = card.clone();
        bare.sources.clear();
        bare.labels.clear();
        bare.aliases.clear();
        let id = card.id.id();
        let file = format!("types/{id}");
        let in_file = format!("file/{file}");
        let mut keys = vec![format!("type/{id}"), in_file.clone()];
        keys.extend(names("type", id, &card.name, &card.aliases));
        let head = CardHead {
            id: card.id,
            name: card.name.clone(),
        };
        let number = writer.block(&head, &keys);
        writer.block(&card.facts, &[format!("type.facts/{id}"), in_file.clone()]);
        writer.block(
            &bare,
            &[format!("type.whole/{id}"), "type.all".to_owned(), in_file],
        );
        let told = [&card.good, &card.limits, &card.needs, &card.steps];
        let text = told
            .iter()
            .flat_map(|list| list.iter())
            .map(|fact| fact.text.0.as_str());
        docs.push(doc(
            Found::Type,
            number,
            named(card.id.id(), &card.name, &card.aliases),
            &card.name,
            lines(text),
        ));
    }
    for (name, tips) in &records.tips {
        let file = format!("tips/{name}");
        for tip in &tips.notes {
            let mut keys = vec![
                format!("tip/{}", tip.id),
                "tip.all".to_owned(),
                format!("tip.topic/{}", tip.topic.id()),
                format!("file/{file}"),
            ];
            for channel in &tip.about.channels {
                keys.push(format!("tip.channel/{}", channel.id()));
            }
            let number = writer.block(tip, &keys);
            let text = tip
                .text
                .as_ref()
                .map(|text| text.0.clone())
                .unwrap_or_default();
            docs.push(doc(
                Found::Tip,
                number,
                vec![tip.id.clone()],
                &tip.title,
                text,
            ));
        }
        for contact in &tips.contacts {
            writer.block(
                contact,
                &["contact.general".to_owned(), format!("file/{file}")],
            );
        }
    }
    for phrase in &records.phrases {
        let bare = Phrase {
            replies: Vec::new(),
            ..phrase.clone()
        };
        writer.block(
            &phrase.replies,
            &[format!("replies/{}", phrase.id), "file/phrases".to_owned()],
        );
        let number = writer.block(
            &bare,
            &[
                format!("phrase/{}", phrase.id),
                "phrase.all".to_owned(),
                "file/phrases".to_owned(),
            ],
        );
        let title = lines(
            [
                &phrase.ja,
                &phrase.kana,
                &phrase.romaji,
                &phrase.en,
                &phrase.zh_hans,
            ]
            .map(SmolStr::as_str)
            .into_iter(),
        );
        let replies = phrase
            .replies
            .iter()
            .flat_map(|reply| [reply.ja.as_str(), &reply.en, &reply.zh_hans]);
        let text = lines(std::iter::once(phrase.when.0.as_str()).chain(replies));
        docs.push(doc(
            Found::Phrase,
            number,
            vec![phrase.id.clone()],
            &Text(title.into()),
            text,
        ));
    }
    for term in &records.terms {
        let mut keys = vec![
            format!("term/{}", term.id),
            "term.all".to_owned(),
            "file/terms".to_owned(),
        ];
        let kana = Text(term.kana.clone());
        keys.extend(names("term", &term.ja, &kana, &term.aliases));
        keys.extend(names("term", &term.id, &Text(term.romaji.clone()), &[]));
        let number = writer.block(term, &keys);
        let mut all = vec![
            term.id.clone(),
            term.ja.clone(),
            term.kana.clone(),
            term.romaji.clone(),
            term.en.clone(),
            term.zh_hans.clone(),
        ];
        all.extend(term.aliases.iter().cloned());
        docs.push(doc(
            Found::Term,
            number,
            all,
            &Text::default(),
            term.seen.0.clone(),
        ));
    }
    for host in &records.hosts {
        writer.block(host, &["host.all".to_owned()]);
    }
    (writer.finish(), docs)
}

#[expect(clippy::too_many_lines, reason = "one paragraph a kind of block")]
fn compile_carrier(writer: &mut Writer, carrier: &Carrier, docs: &mut Vec<Doc>) {
    let file = format!("file/{}", carrier.id);
    let mut keys = vec![
        format!("carrier/{}", carrier.id),
        "carrier.all".to_owned(),
        file.clone(),
    ];
    keys.extend(names(
        "carrier",
        &carrier.id,
        &carrier.name,
        &carrier.aliases,
    ));
    let head = CarrierHead {
        id: carrier.id.clone(),
        name: carrier.name.clone(),
        network: carrier.network,
        site: carrier.site.clone(),
    };
    writer.block(&head, &keys);
    for plan in &carrier.plans {
        let mut keys = vec![
            format!("plan/{}", plan.id),
            format!("plan.carrier/{}", carrier.id),
            "plan.all".to_owned(),
            file.clone(),
        ];
        for card in CardType::ALL {
            if card.fits(plan.kind, &plan.form) {
                keys.push(format!("plan.type/{}", card.id()));
            }
        }
        let bare = Plan {
            aliases: Vec::new(),
            ..plan.clone()
        };
        writer.block(&bare, &keys);
        let mut keys = vec![
            format!("plan.head/{}", plan.id),
            format!("plan.head.carrier/{}", carrier.id),
            "plan.head.all".to_owned(),
            file.clone(),
        ];
        keys.extend(names("plan", &plan.id, &plan.name, &plan.aliases));
        let number = writer.block(&plan.head(), &keys);
        let mut all = named(&plan.id, &plan.name, &plan.aliases);
        all.push(carrier.id.clone());
        all.extend(carrier.aliases.iter().cloned());
        docs.push(doc(
            Found::Plan,
            number,
            all,
            &plan.name,
            plan.lead.0.clone(),
        ));
    }
    for pack in &carrier.packs {
        let mut keys = of_plans("pack", &pack.plans);
        keys.push(format!("pack/{}/{}", carrier.id, pack.id));
        keys.push(file.clone());
        writer.block(pack, &keys);
    }
    for way in &carrier.ways {
        let mut keys = of_plans("way", &way.plans);
        keys.push(format!("way.channel/{}", way.channel.id()));
        keys.push("way.all".to_owned());
        keys.push(file.clone());
        keys.extend(of_types("way", carrier, &way.plans));
        let number = writer.block(way, &keys);
        let payments = &way.payments;
        let taken = payments
            .taken
            .iter()
            .chain(&payments.sometimes)
            .map(SmolStr::as_str);
        let steps = way.steps.iter().chain(&way.then);
        let steps = steps.map(|text| text.0.as_str());
        let mut all = plan_names(carrier, &way.plans);
        all.push(SmolStr::new_static(way.channel.id()));
        if let Some(crate::fact::Known::Is(chains)) = &way.chains {
            all.extend(chains.iter().cloned());
        }
        docs.push(doc(
            Found::Way,
            number,
            all,
            &way.title,
            lines(steps.chain(taken)),
        ));
    }
    for closed in &carrier.closed {
        let mut keys = of_plans("closed", &closed.plans);
        keys.push(format!("closed.channel/{}", closed.channel.id()));
        keys.push("closed.all".to_owned());
        keys.push(file.clone());
        keys.extend(of_types("closed", carrier, &closed.plans));
        let number = writer.block(closed, &keys);
        docs.push(doc(
            Found::Closed,
            number,
            plan_names(carrier, &closed.plans),
            &Text::default(),
            closed.why.0.clone(),
        ));
    }
    for clock in &carrier.clocks {
        writer.block(clock, &scoped("clock", &clock.about, &file));
    }
    for restore in &carrier.restore {
        let mut keys = of_plans("restore", &restore.plans);
        keys.push(file.clone());
        keys.push("restore.all".to_owned());
        let number = writer.block(restore, &keys);
        let mut all = plan_names(carrier, &restore.plans);
        all.push(SmolStr::new_static(restore.stopped.id()));
        let text = lines(restore.steps.iter().map(|text| text.0.as_str()));
        docs.push(doc(Found::Restore, number, all, &restore.answer, text));
    }
    for contact in &carrier.contacts {
        let number = writer.block(contact, &scoped("contact", &contact.about, &file));
        let text = lines(
            contact
                .phone
                .iter()
                .chain(&contact.chat)
                .chain(contact.how.iter().map(|text| &text.0))
                .map(SmolStr::as_str),
        );
        docs.push(doc(
            Found::Contact,
            number,
            plan_names(carrier, &contact.about.plans),
            &Text::default(),
            text,
        ));
    }
    for note in &carrier.notes {
        let number = writer.block(note, &scoped("note", &note.about, &file));
        docs.push(doc(
            Found::Note,
            number,
            plan_names(carrier, &note.about.plans),
            &Text::default(),
            note.text.0.clone(),
        ));
    }
    for sign in &carrier.signs {
        let mut keys = of_plans("sign", &sign.plans);
        keys.push("sign.all".to_owned());
        keys.push(file.clone());
        writer.block(sign, &keys);
    }
    for check in &carrier.checks {
        let mut keys = of_plans("check", &check.plans);
        keys.push(file.clone());
        let number = writer.block(check, &keys);
        let text = lines(check.steps.iter().map(|text| text.0.as_str()));
        docs.push(doc(
            Found::Check,
            number,
            plan_names(carrier, &check.plans),
            &check.title,
            text,
        ));
    }
    for apn in &carrier.apns {
        let mut keys = of_plans("apn", &apn.plans);
        keys.push(file.clone());
        writer.block(apn, &keys);
    }
}

fn compile_payment(writer: &mut Writer, payment: &Payment) -> u32 {
    let mut keys = vec![
        format!("payment/{}", payment.id),
        "payment.all".to_owned(),
        "file/payments".to_owned(),
    ];
    keys.extend(names(
        "payment",
        &payment.id,
        &payment.name,
        &payment.aliases,
    ));
    let bare = Payment {
        aliases: Vec::new(),
        ..payment.clone()
    };
    writer.block(&bare, &keys)
}

/// The sources of all files, before everything else: so their texts lie together in the pool, and
/// an answer that names many of them touches few pages of memory.
fn sources(writer: &mut Writer, records: &Records) {
    let mut put = |file: &str, sources: &BTreeMap<String, Source>| {
        for (key, source) in sources {
            writer.source(&format!("{file}/{key}"), source);
        }
    };
    for carrier in &records.carriers {
        put(&carrier.id, &carrier.sources);
    }
    for channel in &records.channels {
        put(&format!("channels/{}", channel.id.id()), &channel.sources);
    }
    for card in &records.types {
        put(&format!("types/{}", card.id.id()), &card.sources);
    }
    for (name, tips) in &records.tips {
        put(&format!("tips/{name}"), &tips.sources);
    }
}

/// The keys under which something is found by what people call it.
fn names(kind: &str, id: &str, name: &Text, aliases: &[SmolStr]) -> Vec<String> {
    let mut folded: BTreeSet<String> = aliases.iter().map(|alias| fold(alias)).collect();
    folded.insert(fold(id));
    folded.insert(fold(&name.0));
    folded.remove("");
    folded
        .into_iter()
        .map(|name| format!("{kind}.name/{name}"))
        .collect()
}

fn of_plans(kind: &str, plans: &[SmolStr]) -> Vec<String> {
    plans
        .iter()
        .map(|plan| format!("{kind}.plan/{plan}"))
        .collect()
}

fn scoped(kind: &str, about: &Scope, file: &str) -> Vec<String> {
    let mut keys = of_plans(kind, &about.plans);
    keys.push(file.to_owned());
    keys
}

fn of_types(kind: &str, carrier: &Carrier, plans: &[SmolStr]) -> Vec<String> {
    let mut keys = Vec::new();
    for card in CardType::ALL {
        let fits = |plan: &&Plan| plans.contains(&plan.id) && card.fits(plan.kind, &plan.form);
        if carrier.plans.iter().find(fits).is_some() {
            keys.push(format!("{kind}.type/{}", card.id()));
        }
    }
    keys
}

fn doc(kind: Found, block: u32, names: Vec<SmolStr>, title: &Text, text: impl Into<String>) -> Doc {
    Doc {
        kind: Some(kind),
        block,
        names: names.into_iter().map(String::from).collect(),
        title: title.0.to_string(),
        text: text.into(),
    }
}

fn named(id: &str, name: &Text, aliases: &[SmolStr]) -> Vec<SmolStr> {
    let mut all = vec![SmolStr::new(id), name.0.clone()];
    all.extend(aliases.iter().cloned());
    all
}

/// What the plans of a block are called, so that the name of a card finds its ways.
fn plan_names(carrier: &Carrier, plans: &[SmolStr]) -> Vec<SmolStr> {
    let own = carrier.plans.iter().filter(|plan| plans.contains(&plan.id));
    let mut all: Vec<SmolStr> = own
        .flat_map(|plan| named(&plan.id, &plan.name, &plan.aliases))
        .collect();
    all.push(carrier.id.clone());
    all
}

fn lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}

fn guide_texts(channel: &crate::knowledge::channel::ChannelRecord) -> String {
    let steps = channel
        .guides
        .iter()
        .flat_map(|guide| guide.steps.iter().map(|step| step.text.0.as_str()));
    let counters = channel
        .counters
        .iter()
        .flat_map(|counter| counter.steps.iter().map(|text| text.0.as_str()));
    lines(
        std::iter::once(channel.about.0.as_str())
            .chain(steps)
            .chain(counters),
    )
}
