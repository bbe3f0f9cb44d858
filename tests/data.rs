//! The rules of the data: for each, what is refused and in which words, and what passes.
//!
//! Every sample is one good carrier with one piece changed, upon the records compiled in.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use proptest::prelude::*;
use simguide::knowledge::Knowledge;
use simguide::knowledge::door::{self, Page};
use simguide::knowledge::load::{Folder, Records};
use simguide::lang::Lang;

#[path = "support/hana.rs"]
mod hana;

use hana::{CARRIER, FILE, HOSTS, TIPS};

fn base() -> &'static Records {
    static BASE: OnceLock<Records> = OnceLock::new();
    BASE.get_or_init(|| Knowledge::compiled(Lang::En).base_records())
}

/// Every fault of these files upon what is compiled in, as it is printed.
fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let pages = files.iter().map(|(path, text)| Page {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    let found = Folder::parse(pages.collect()).and_then(|folder| folder.records(Lang::En, base()));
    let faults = found.err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

/// The good carrier with one piece changed.
fn carrier(old: &str, new: &str) -> String {
    assert_eq!(
        CARRIER.matches(old).count(),
        1,
        "`{old}` once in the sample"
    );
    CARRIER.replacen(old, new, 1)
}

fn carrier_faults(carrier: &str) -> Vec<String> {
    faults(&[
        (FILE, carrier),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", TIPS),
    ])
}

/// The carrier with this change has exactly these faults, told without the name of its file.
#[track_caller]
fn refused(old: &str, new: &str, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|fault| format!("{FILE}{fault}"))
        .collect();
    assert_eq!(carrier_faults(&carrier(old, new)), expected, "`{new}`");
}

/// The carrier with this change has this fault, and what follows from it.
#[track_caller]
fn refused_with(old: &str, new: &str, expected: &str) {
    let found = carrier_faults(&carrier(old, new));
    let expected = format!("{FILE}{expected}");
    assert!(
        found.contains(&expected),
        "`{new}`: no `{expected}` in {found:#?}"
    );
}

/// The carrier with this change has no fault.
#[track_caller]
fn passes(old: &str, new: &str) {
    assert_eq!(carrier_faults(&carrier(old, new)), [""; 0], "`{new}`");
}

/// Another file beside the good carrier has exactly these faults.
#[track_caller]
fn file_refused(path: &str, text: &str, expected: &[&str]) {
    let own = [
        (FILE, CARRIER),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", TIPS),
    ];
    let mut files: Vec<_> = own.into_iter().filter(|(name, _)| *name != path).collect();
    files.push((path, text));
    assert_eq!(faults(&files), expected, "{path}");
}

#[test]
fn the_good_samples_pass() {
    assert_eq!(carrier_faults(CARRIER), [""; 0]);
}

// Sources.

#[test]
fn every_fact_names_a_source() {
    let own = "    sources: [charge]\n\nclosed";
    refused(
        own,
        "    sources: []\n\nclosed",
        &[": ways[0].sources: a fact without a source does not go in; name one"],
    );
    refused(
        own,
        "\nclosed",
        &[":44: ways[0]: missing field `sources`; write it"],
    );
    passes(own, "    sources: [charge, charge]\n\nclosed");
}

#[test]
fn every_source_named_is_listed_and_every_source_listed_is_named() {
    refused(
        "    sources: [charge]\n\nclosed",
        "    sources: [charge, chrage]\n\nclosed",
        &[": sources: `chrage` is named but not listed; add it with its address"],
    );
    let idle = "sources:\n  fees: { url: https://hana.example/fees, title: T, publisher: P, kind: official, dated: unknown }\n  charge:\n";
    refused(
        "sources:\n  charge:\n",
        idle,
        &[": sources: `fees` is listed but nothing rests on it; take it out"],
    );
    let used = carrier("sources:\n  charge:\n", idle).replace(
        "from: [{ of: [fees], sources: [charge] }]",
        "from: [{ of: [fees], sources: [fees] }]",
    );
    assert_eq!(carrier_faults(&used), [""; 0]);
}

#[test]
fn every_source_says_what_it_is() {
    refused(
        "    dated: 2026-10-01\n",
        "",
        &[":118: sources.charge: missing field `dated`; write it"],
    );
    passes("    dated: 2026-10-01\n", "    dated: unknown\n");
    passes(
        "    dated: 2026-10-01\n",
        "    dated: unknown\n    older_than: 2019-10-01\n",
    );
    refused(
        "    dated: 2026-10-01\n",
        "    dated: 2026-10-01\n    older_than: 2026-10-01\n",
        &[": sources.charge: `older_than` is for pages without a date"],
    );
    refused(
        "    publisher: Hana Mobile",
        "    publisher: \"\"",
        &[": sources.charge: `title` and `publisher` are never empty; write them"],
    );
    refused_with(
        "  charge:\n    url",
        "  Charge/x:\n    url",
        ": sources.Charge/x: small letters, digits and dashes only",
    );
}

// Links.

/// The address of the source changed to this one has exactly these faults.
#[track_caller]
fn address_refused(address: &str, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|fault| format!(": sources.charge.url: `{address}`: {fault}"))
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    refused(
        "    url: https://hana.example/charge",
        &format!("    url: \"{address}\""),
        &expected,
    );
}

#[track_caller]
fn address_passes(address: &str) {
    passes(
        "    url: https://hana.example/charge",
        &format!("    url: \"{address}\""),
    );
}

#[test]
fn a_link_goes_to_a_host_that_is_listed() {
    address_refused(
        "https://other.example/charge",
        &["the host `other.example` is not in hosts.yaml; add it with whose it is"],
    );
    address_refused(
        "https://notHana.example/",
        &["the host `nothana.example` is not in hosts.yaml; add it with whose it is"],
    );
    address_refused(
        "https://hana.example.evil.test/",
        &["the host `hana.example.evil.test` is not in hosts.yaml; add it with whose it is"],
    );
    address_passes("https://hana.example");
    address_passes("https://www.hana.example/charge");
    address_passes("https://HANA.example/charge");
}

#[test]
fn a_link_is_https() {
    address_refused(
        "http://hana.example/charge",
        &["write https://, or `http: true` at the host if it has no https"],
    );
    address_refused(
        "javascript:alert(1)",
        &["write an address that starts with https://"],
    );
    address_passes("http://old.example/charge");
    address_passes("https://old.example/charge");
    refused(
        "site: https://hana.example/",
        "site: http://hana.example/",
        &[
            ": site: `http://hana.example/`: write https://, or `http: true` at the host if it has no https",
        ],
    );
    passes("site: https://hana.example/", "site: unknown");
}

#[test]
fn a_link_hides_nothing() {
    address_refused(
        "https://bank@hana.example/",
        &["no user name in an address; take out what stands before `@`"],
    );
    address_refused(
        "https://hana.example:8443/",
        &["no port in an address; take out the colon and the number"],
    );
    for number in ["203.0.113.7", "[2001:db8::1]", "3405803783"] {
        address_refused(
            &format!("https://{number}/"),
            &["name the host, not its number"],
        );
    }
    address_refused(
        "https://xn--p8j.example/",
        &["a host is written in plain ASCII letters, not punycode"],
    );
    address_refused(
        "https://はな.example/",
        &["a host is written in plain ASCII letters, not punycode"],
    );
    address_refused(
        "https://hana.example/a b",
        &["no blanks, quotes or backslashes in an address"],
    );
    address_passes("https://hana.example/チャージ?lang=en#top");
}

#[test]
fn a_link_is_no_shortener_and_no_messenger() {
    for host in ["bit.ly", "page.line.me", "t.me", "lin.ee"] {
        address_refused(
            &format!("https://{host}/abc"),
            &["shortened addresses and messenger links are never shown; name the page itself"],
        );
    }
    refused_with(
        "en: \"Not sold there.\"",
        "en: \"Not sold there: ask at lin.ee/abc.\"",
        ": closed[0].why: `en`: `lin.ee`: shortened addresses and messenger links are never shown; take it out",
    );
    refused(
        "en: \"Not sold there.\"",
        "en: \"See https://hana.example/ for shops.\"",
        &[": closed[0].why: `en`: an address stands in `sources`; name the page in the sentence"],
    );
    passes(
        "en: \"Not sold there.\"",
        "en: \"Not sold there, see hana.example.\"",
    );
}

#[test]
fn a_link_pays_nobody_for_the_click() {
    address_refused(
        "https://hana.example/charge?x=1&utm_source=y&AFF=2",
        &[
            "take out the parameter `aff`",
            "take out the parameter `utm_source`",
        ],
    );
    address_refused(
        "https://hana.example/charge#?ref=me",
        &["take out the parameter `ref`"],
    );
    address_passes("https://hana.example/charge?x=1&reference=2");
}

#[test]
fn a_source_is_of_the_kind_its_host_is() {
    refused(
        "    kind: official",
        "    kind: press",
        &[
            ": sources.charge.url: `https://hana.example/charge`: hosts.yaml calls `hana.example` official, the source press; make the two the same",
        ],
    );
    // The nearest entry decides: the blog is not the carrier's, though it lies under its host.
    address_refused(
        "https://blog.hana.example/charge",
        &[
            "hosts.yaml calls `blog.hana.example` community, the source official; make the two the same",
        ],
    );
    let blog = carrier("    kind: official", "    kind: community").replace(
        "    url: https://hana.example/charge",
        "    url: https://blog.hana.example/charge",
    );
    assert_eq!(carrier_faults(&blog), [""; 0]);
}

#[test]
fn the_list_of_hosts_is_plain() {
    let bad = format!("{HOSTS}- {{ host: Hana.example/x, whose: \"x\", kind: official }}\n");
    file_refused(
        "hosts.yaml",
        &bad,
        &[
            "hosts.yaml: [3].host: `Hana.example/x`: write a host in small letters, such as www.soumu.go.jp",
        ],
    );
    let bad = format!("{HOSTS}- {{ host: line.me, whose: \"x\", kind: official }}\n");
    file_refused(
        "hosts.yaml",
        &bad,
        &[
            "hosts.yaml: [3].host: `line.me` shortens addresses or leads into a messenger; take it out, it is never listed",
        ],
    );
    let bad = format!("{HOSTS}- {{ host: old.example, whose: \"x\", kind: official }}\n");
    file_refused(
        "hosts.yaml",
        &bad,
        &[
            "hosts.yaml: [3].host: `old.example` stands in hosts.yaml too; choose another, or join them",
        ],
    );
    let good = format!("{HOSTS}- {{ host: more.example, whose: \"x\", kind: press }}\n");
    file_refused("hosts.yaml", &good, &[]);
}

// Names and ids.

#[test]
fn the_id_is_the_file_name() {
    refused(
        "id: hana-mobile",
        "id: hana",
        &[": id: no record here has the file name as its id; make the two the same"],
    );
    file_refused(
        "carriers/terms.yaml",
        &CARRIER
            .replace("hana-", "kiku-")
            .replace("kiku-mobile", "terms"),
        &[
            "carriers/terms.yaml: id: `terms` is the name of a file or folder here; choose another id",
        ],
    );
    file_refused(
        "carriers/kiku-mobile.yaml",
        &CARRIER.replace("hana-", "kiku-"),
        &[],
    );
}

#[test]
fn ids_are_small_letters_digits_and_dashes() {
    refused_with(
        "  - id: hana-30",
        "  - id: Hana 30",
        ": plans[0].id: `Hana 30`: small letters, digits and dashes only",
    );
    refused_with(
        "id: hana-pack,",
        "id: hana_pack,",
        ": packs[0].id: `hana_pack`: small letters, digits and dashes only",
    );
    refused_with(
        "id: enter,",
        "id: \"enter!\",",
        ": clocks[0].id: `enter!`: small letters, digits and dashes only",
    );
    file_refused(
        "tips/hana.yaml",
        &TIPS.replace("id: hana-tip", "id: -tip"),
        &["tips/hana.yaml: notes[0].id: `-tip`: small letters, digits and dashes only"],
    );
}

#[test]
fn an_id_means_one_thing() {
    for (taken, field) in [
        ("cash", "packs[0]"),
        ("lawson", "packs[0]"),
        ("slip", "packs[0]"),
        ("hana-30", "packs[0]"),
    ] {
        refused_with(
            "id: hana-pack,",
            &format!("id: {taken},"),
            &format!(": {field}.id: `{taken}` means something else already; choose another id"),
        );
    }
    refused_with(
        "id: enter,",
        "id: topped-up,",
        ": clocks[0].id: `topped-up` means something else already; choose another id",
    );
    refused_with(
        "  - id: hana-30",
        "  - id: konbini",
        ": plans[0].id: `konbini` means something else already; choose another id",
    );
    refused_with(
        "  - id: hana-30",
        "  - id: ahamo",
        ": plans[0].id: `ahamo` stands in carriers/ahamo.yaml too; choose another, or join them",
    );
    let twice = TIPS.replace("sources:\n  charge", "  - { id: hana-tip, topic: receipt, about: [], title: { en: \"A.\", zh-Hans: \"甲。\", ja: \"甲。\" }, sources: [charge] }\nsources:\n  charge");
    file_refused(
        "tips/hana.yaml",
        &twice,
        &[
            "tips/hana.yaml: notes[1].id: `hana-tip` stands in tips/hana.yaml too; choose another, or join them",
        ],
    );
    let other = Knowledge::compiled(Lang::En).tips().remove(0).id;
    let found = faults(&[
        ("hosts.yaml", HOSTS),
        (
            "tips/hana.yaml",
            &TIPS.replace("hana-tip", &other).replace(", hana-30", ""),
        ),
    ]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with(&format!(
            "tips/hana.yaml: notes[0].id: `{other}` stands in tips/"
        )),
        "{found:#?}"
    );
}

// References.

#[test]
fn plans_and_groups_are_those_of_the_file() {
    let way = "  - plans: [hana-30]\n    channel: konbini\n    by: code\n    chains: [lawson]";
    refused(
        way,
        &way.replace("hana-30", "hana-31"),
        &[": ways[0].plans: `hana-31` is no plan or group of this file"],
    );
    refused(
        way,
        &way.replace("hana-30", "povo2"),
        &[": ways[0].plans: `povo2` is no plan or group of this file"],
    );
    refused(
        way,
        &way.replace("hana-30", ""),
        &[": ways[0].plans: name at least one plan or group of this file"],
    );
    passes(way, &way.replace("hana-30", "hana-both"));
    refused_with(
        "[hana-30, hana-old]",
        "[hana-30, hana-new]",
        ": groups.hana-both: `hana-new` is no plan or group of this file",
    );
    refused(
        "  hana-both: [hana-30, hana-old]",
        "  hana-both: [hana-30, hana-old]\n  hana-all: [hana-30]",
        &[": groups.hana-all: nothing in this file names the group; take it out"],
    );
}

#[test]
fn a_block_is_about_words_that_mean_something() {
    let about = "about: [hana-30, konbini]";
    refused(
        about,
        "about: [konbini]",
        &[": notes[0].about: name at least one plan or group of this file"],
    );
    refused(
        about,
        "about: [hana-30, conbini]",
        &[
            ": notes[0].about: `conbini` is no plan, group, channel, chain, instrument, payment, prepaid, postpaid, sim, esim, clock or pack",
        ],
    );
    refused(
        about,
        "about: [hana-30, povo2]",
        &[": notes[0].about: `povo2` is no plan or group of this file"],
    );
    for good in [
        "hana-both",
        "hana-30, lawson",
        "hana-30, slip, cash, esim",
        "hana-30, hana-pack, enter",
    ] {
        passes(about, &format!("about: [{good}]"));
    }
}

#[test]
fn packs_payments_chains_phrases_needs_and_brands_exist() {
    for (old, new, fault) in [
        (
            "pack: hana-pack }",
            "pack: hana-pak }",
            "amounts[0]: no pack of this file is called `hana-pak`; add it to `packs`",
        ),
        (
            "refused: [paypay]",
            "refused: [paypall]",
            "payments: no payment is called `paypall`; payments.yaml has the list",
        ),
        (
            "refused: [paypay]",
            "refused: [cash]",
            "payments: `cash` stands twice; keep it once",
        ),
        (
            "chains: [lawson]",
            "chains: [lawsn]",
            "chains: no chain is called `lawsn`; the file of the channel has the list",
        ),
        (
            "chains: [lawson]",
            "chains: [seven-bank]",
            "chains: `seven-bank` is a chain of atm, not of konbini",
        ),
        (
            "    chains: [lawson]\n",
            "",
            "chains: name the chains, or write `unknown`",
        ),
        (
            "    say: [till-number-no-slip]\n    from",
            "    say: [till-nothing]\n    from",
            "say: no phrase is called `till-nothing`; phrases.yaml has the list",
        ),
        (
            "needs: [login]",
            "needs: [logn]",
            "needs: no need is called `logn`; words.yaml has the list",
        ),
        (
            "card_brands: [visa]",
            "card_brands: [vsa]",
            "card_brands: no card brand is called `vsa`; words.yaml has the list",
        ),
        (
            "screens: [ja]\n    payments",
            "screens: [xx]\n    payments",
            "screens: no language is called `xx`; words.yaml has the list",
        ),
        (
            "of: [fees]",
            "of: [fes]",
            "from[0].of: `fes` is no part of a way and no payment",
        ),
        (
            "pays: [top-up]",
            "pays: []",
            "pays: name what it pays: top-up, bill, overdue",
        ),
        (
            "pays: [top-up]",
            "pays: [bill]",
            "pays: `hana-30` is prepaid: it has no bill; write `top-up`",
        ),
    ] {
        refused(old, new, &[&format!(": ways[0].{fault}")]);
    }
    passes("chains: [lawson]", "chains: unknown");
    passes("chains: [lawson]", "chains: [lawson, seven-eleven]");
    passes(
        "refused: [paypay]",
        "sometimes: [paypay], refused: [foreign-card]",
    );
    passes("needs: [login]", "needs: unknown");
    passes("needs: [login]", "needs: [login, sms]");
    passes("of: [fees]", "of: [fees, paypay]");
}

#[test]
fn a_plan_is_replaced_by_one_that_exists() {
    refused(
        "replaced_by: hana-30",
        "replaced_by: hana-40",
        &[": plans[1].replaced_by: no plan is called `hana-40`; name one, or take the field out"],
    );
    refused(
        "replaced_by: hana-30",
        "replaced_by: hana-old",
        &[": plans[1].replaced_by: a plan cannot replace itself; take the field out"],
    );
    passes("replaced_by: hana-30", "replaced_by: povo2");
}

#[test]
fn a_label_has_a_meaning_and_a_sentence() {
    refused_with(
        "press 「次に進む」.",
        "press 「次へ行く」.",
        ": ways[0].steps[0]: `次へ行く` stands in 「」 but has no meaning in `labels` or terms.yaml",
    );
    refused_with(
        "press 「次に進む」.",
        "press 「次に進む.",
        ": ways[0].steps[0]: a `「` is not closed by `」`",
    );
    refused(
        "labels:\n",
        "labels:\n  - { ja: \"戻る\", en: \"back\", zh-Hans: \"返回\" }\n",
        &[": labels[0]: `戻る` stands in no sentence of this file; take it out"],
    );
    refused(
        "kana: \"つぎにすすむ\"",
        "kana: \"次にすすむ\"",
        &[": labels[0]: `kana`: kanji; write the reading in kana"],
    );
    refused(
        "romaji: \"tsugi ni susumu\"",
        "romaji: \"つぎ\"",
        &[": labels[0]: `romaji`: Japanese or Chinese letters; write it in Latin letters"],
    );
    refused(
        "zh-Hans: \"继续\" }",
        "zh-Hans: \"つづく\" }",
        &[": labels[0]: `zh-Hans`: kana outside 「」; translate it"],
    );
    refused(
        "zh-Hans: \"继续\" }",
        "zh-Hans: \"\" }",
        &[": labels[0]: `zh-Hans`: empty; write it"],
    );
}

#[test]
fn a_placeholder_names_a_field() {
    refused(
        "{enter.days} days.",
        "{entr.days} days.",
        &[
            ": plans[0].lead: `{entr.days}` names no field of the block with the id `entr`",
            ": plans[0].lead: the figures differ: en has `{entr.days}`, ja has `{enter.days}`; write the same ones",
            ": plans[0].lead: the figures differ: en has `{entr.days}`, zh-Hans has `{enter.days}`; write the same ones",
        ],
    );
    refused_with(
        "{enter.days} days.",
        "{enter.days days.",
        ": plans[0].lead: `{enter.days days.` has no closing brace",
    );
}

// Ranges.

#[test]
fn sums_are_possible() {
    refused(
        "jpy: 330",
        "jpy: 0",
        &[": ways[0].fees[0]: 0 yen cannot be right; 1 to 1000000"],
    );
    refused(
        "fees: [{ jpy: 330 }]",
        "fees: [{ percent: \"3%\" }]",
        &[": ways[0].fees[0]: `3%`: write a quoted number such as \"4.50\""],
    );
    refused(
        "fees: [{ jpy: 330 }]",
        "fees: [{ jpy: 330, percent: \"3\" }]",
        &[
            ": ways[0].fees[0]: write exactly one of jpy, hkd, usd, percent; for no fee write `fees: []`",
        ],
    );
    refused(
        "jpy: 1000, up_to: 3000",
        "jpy: 10000000",
        &[": ways[0].amounts[1]: 10000000 yen cannot be right; 1 to 1000000"],
    );
    refused(
        "jpy: 1000, up_to: 3000",
        "jpy: 3000, up_to: 3000",
        &[": ways[0].amounts[1]: `up_to` must be more than `jpy`"],
    );
    refused(
        "jpy: 1000, up_to",
        "jpy: 1000, hkd: \"1\", up_to",
        &[": ways[0].amounts[1]: write exactly one of jpy, hkd, usd, cny, eur, pack"],
    );
    refused(
        "jpy: 990,",
        "jpy: \"990 yen\",",
        &[
            ":41: packs[0].jpy: invalid type: string \"990 yen\", expected u32; where nobody publishes it write `unknown`",
        ],
    );
    refused(
        "jpy: 990,",
        "jpy: 990, usd: \"4\",",
        &[
            ": packs[0]: write exactly one of jpy, hkd, usd, cny, eur; `jpy: unknown` where nobody publishes it",
        ],
    );
    passes("fees: [{ jpy: 330 }]", "fees: []");
    passes("fees: [{ jpy: 330 }]", "fees: [{ percent: \"3.5\" }]");
    passes("jpy: 990,", "jpy: unknown,");
    passes("jpy: 990,", "hkd: \"4.50\",");
}

#[test]
fn packs_have_data_and_a_length() {
    refused(
        "data_mb: 3000,",
        "",
        &[": packs[0]: write `data_mb` (or `data_mb: unknown`), or `unlimited: true`"],
    );
    refused(
        "days: 30,",
        "days: 30000,",
        &[": packs[0].days: 30000 cannot be right; 1 to 3660"],
    );
    refused(
        "days: 30,",
        "days: 0,",
        &[": packs[0].days: 0 cannot be right; 1 to 3660"],
    );
    refused(
        "days: 30,",
        "days: 30, hours: 720,",
        &[": packs[0]: write `days` or `hours`, not both"],
    );
    passes("data_mb: 3000,", "unlimited: true,");
    passes("days: 30,", "hours: 720,");
}

#[test]
fn phones_codes_and_hours_are_written_as_they_are_dialled() {
    refused(
        "phone: \"0120-000-000\"",
        "phone: \"call us\"",
        &[": contacts[0].phone: `call us`: digits, blanks and `+ - * #` only"],
    );
    refused(
        "phone: \"0120-000-000\"",
        "phone: \"0120-000-000\"\n    chat: \"Hana chat\"",
        &[": contacts[0]: write `phone` or `chat`, not both"],
    );
    refused(
        "    phone: \"0120-000-000\"\n",
        "",
        &[": contacts[0]: write `phone` or `chat`, or in `how` what to do"],
    );
    refused(
        "from: \"09:00\"",
        "from: 9am",
        &[":94: contacts[0].hours: `9am` is not a time; write it as \"20:00\", up to \"24:00\""],
    );
    refused(
        "code: \"440-10\"",
        "code: \"44010\"",
        &[": signs[0].code: write a network code as \"440-20\""],
    );
    refused(
        "iccid: \"8981\"",
        "iccid: \"89 81\"",
        &[": signs[0].iccid: write the first 4 to 20 digits, without blanks"],
    );
    passes("phone: \"0120-000-000\"", "phone: \"+81 3-0000-0000\"");
    passes("phone: \"0120-000-000\"", "chat: \"Hana chat\"");
}

// Clocks.

/// The first clock of the sample, from `days` on.
const ENTER: &str = "days: 60, after: bought, day_one: same-day";

/// The first clock changed to this has exactly this fault, apart from the sentence that names its
/// days.
#[track_caller]
fn clock_refused(clock: &str, fault: &str) {
    let sample = carrier(ENTER, clock).replace("{enter.days}", "some");
    assert_eq!(
        carrier_faults(&sample),
        [format!("{FILE}: clocks[0]: {fault}")],
        "`{clock}`"
    );
}

#[track_caller]
fn clock_passes(clock: &str) {
    let sample = carrier(ENTER, clock).replace("{enter.days}", "some");
    assert_eq!(carrier_faults(&sample), [""; 0], "`{clock}`");
}

#[test]
fn a_clock_has_one_length() {
    let one = "write exactly one of minutes, hours, days, months, years, pack, monthly, printed";
    clock_refused("days: 60, months: 2, after: bought, day_one: same-day", one);
    clock_refused("after: bought", one);
    clock_refused(
        "days: 60, printed: code, after: bought, day_one: same-day",
        one,
    );
    for good in [
        "minutes: 30, after: bought",
        "hours: 48, before: expires",
        "days: 0, after: bought, day_one: same-day",
        "months: 3, after: bought, month_end: true",
        "years: 1, after: bought",
        "monthly: { from: 25, to: last }",
        "printed: code",
    ] {
        clock_passes(good);
    }
}

#[test]
fn a_clock_has_one_start() {
    clock_refused(
        "months: 2",
        "write what starts it: `after` or `before` an event or clock",
    );
    clock_refused(
        "months: 2, after: bought, before: expires",
        "write `after` or `before`, not both",
    );
    clock_refused(
        "months: 2, after: bougt",
        "`bougt` is no event and no clock of this file",
    );
    clock_refused(
        "months: 2, after: enter",
        "starts from itself by way of other clocks; let one start from an event",
    );
    let circle = carrier(
        "pack: true, after: topped-up, day_one: unknown",
        "days: 1, after: enter",
    )
    .replace(ENTER, "days: 60, after: end");
    assert_eq!(
        carrier_faults(&circle),
        ["clocks[0]", "clocks[1]"].map(|clock| format!(
            "{FILE}: {clock}: starts from itself by way of other clocks; let one start from an event"
        ))
    );
    clock_passes("days: 60, after: end");
    clock_passes("days: 2, before: expires");
}

#[test]
fn a_clock_in_days_says_whether_the_first_day_counts() {
    clock_refused(
        "days: 60, after: bought",
        "say whether the first day counts: `day_one: same-day`, `next-day` or `unknown`",
    );
    clock_refused(
        "months: 2, after: bought, day_one: same-day",
        "`day_one` is for lengths in days; take it out",
    );
    clock_passes("days: 60, after: bought, day_one: unknown");
    clock_passes("days: 60, after: bill-due");
}

#[test]
fn a_clock_of_credit_says_what_a_further_top_up_does() {
    refused(
        "stacks: adds, ",
        "",
        &[
            ": clocks[1]: say what a further top-up does: `stacks: adds`, `waits`, `restarts`, `apart` or `unknown`",
        ],
    );
    for good in ["waits", "restarts", "apart", "unknown"] {
        passes("stacks: adds, ", &format!("stacks: {good}, "));
    }
}

#[test]
fn a_clock_stays_within_reason() {
    clock_refused(
        "days: 6000, after: bill-due",
        "6000 days cannot be right; 3660 at most",
    );
    clock_refused(
        "years: 50, after: bought",
        "50 years cannot be right; 10 at most",
    );
    clock_refused(
        "days: 60, up_to: 60, after: bill-due",
        "`up_to: 60` must be longer than 60, the near end",
    );
    clock_refused(
        "printed: code, up_to: 60",
        "`up_to` is the far end of a length; write the near end too",
    );
    clock_refused(
        "days: 60, max_days: 30, after: bill-due",
        "`max_days: 30` is shorter than the 60 days",
    );
    clock_refused("days: 60, utc: 20, after: bill-due", "`utc` is -12 to 14");
    clock_refused(
        "days: 1, after: paid, between: { from: \"20:00\", to: \"08:00\" }",
        "`between` runs from an earlier to a later time",
    );
    clock_refused(
        "days: 1, after: end, between: { from: \"08:00\", to: \"20:00\" }",
        "`between` needs an event in `after`, whose hour it asks for",
    );
    refused(
        ENTER,
        "monthly: { from: 32, to: last }",
        &[
            ":75: clocks[0].monthly.from: invalid value: integer `32`, expected a day of the month, 1 to 31, or `last`",
        ],
    );
    clock_passes("days: 20, up_to: 30, after: bill-due");
    clock_passes("days: 60, max_days: 360, after: bill-due");
}

#[test]
fn a_disputed_clock_has_one_that_contradicts_it() {
    clock_refused(
        "months: 2, after: bought, disputed: true",
        "`disputed` needs a second clock of its kind and plans, marked likewise",
    );
    let one = "  - { clock: enter-by, about: [hana-30], months: 3, after: bought, disputed: true, sources: [charge] }\n";
    let two = carrier("clocks:\n", &format!("clocks:\n{one}"))
        .replace("day_one: same-day,", "day_one: same-day, disputed: true,");
    assert_eq!(carrier_faults(&two), [""; 0]);
}

#[test]
fn the_credit_does_not_outlive_the_number() {
    let number = "about: [hana-30], days: 90, after: end,";
    let early = "about: [hana-30], days: 59, after: topped-up, day_one: same-day,";
    let sample = |credit: &str| {
        carrier(number, early).replace(
            "about: [hana-30, hana-pack], pack: true, after",
            &format!("about: [hana-30], {credit}, after"),
        )
    };
    assert_eq!(
        carrier_faults(&sample("days: 60")),
        [format!(
            "{FILE}: clocks[1]: the credit outlives the number: use-by is later than number-until"
        )]
    );
    assert_eq!(carrier_faults(&sample("days: 59")), [""; 0]);
}

// Sentences.

/// The Chinese, English or Japanese of a sentence changed to this has exactly these faults.
#[track_caller]
fn sentence_refused(lang: &str, sentence: &str, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|fault| format!(": closed[0].why: `{lang}`: {fault}"))
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    refused(why(lang), &format!("{lang}: \"{sentence}\""), &expected);
}

#[track_caller]
fn sentence_passes(lang: &str, sentence: &str) {
    passes(why(lang), &format!("{lang}: \"{sentence}\""));
}

fn why(lang: &str) -> &'static str {
    match lang {
        "en" => "en: \"Not sold there.\"",
        "ja" => "ja: \"販売していません。\"",
        _ => "zh-Hans: \"那里不卖。\"",
    }
}

#[test]
fn a_sentence_is_there_in_every_language() {
    refused(
        "zh-Hans: \"那里不卖。\", ",
        "",
        &[": closed[0].why: `zh-Hans` is missing; write the sentence in it"],
    );
    refused(
        why("ja"),
        "ja: \" \"",
        &[
            ": closed[0].why: `ja` is empty; write the sentence",
            ": closed[0].why: `ja`: blanks at an end, or two in a row; take them out",
        ],
    );
    refused(
        why("ja"),
        "ja: \"販売していません。\", fr: \"Non.\"",
        &[
            ":71: closed[0].why: `fr` is no language we know; the languages are en, zh-Hans, ja, zh-Hant, ko, vi",
        ],
    );
    passes(
        why("ja"),
        "ja: \"販売していません。\", ko: \"거기서는 팔지 않습니다.\"",
    );
}

#[test]
fn a_translation_is_no_copy() {
    let long = carrier(why("en"), "en: \"This carrier sells none.\"");
    let copied = long.replace(why("zh-Hans"), "zh-Hans: \"This carrier sells none.\"");
    assert_eq!(
        carrier_faults(&copied),
        [
            format!("{FILE}: closed[0].why: `zh-Hans` is a copy of the English; translate it"),
            format!("{FILE}: closed[0].why: `zh-Hans`: not in its own script; translate it"),
        ]
    );
    // Names may be the same everywhere.
    passes("zh-Hans: \"30 天卡\"", "zh-Hans: \"30-day card\"");
}

#[test]
fn a_sentence_is_in_its_own_script() {
    sentence_refused(
        "zh-Hans",
        "那里は販売していません。",
        &["kana outside 「」; put words of a screen into them, translate the rest"],
    );
    sentence_refused(
        "en",
        "Not sold 那里.",
        &[
            "Japanese or Chinese letters outside 「」; put words of a screen into them, translate the rest",
        ],
    );
    sentence_refused(
        "ja",
        "Not sold at this shop.",
        &["not in its own script; translate it"],
    );
    sentence_passes("zh-Hans", "那里不卖「次に進む」。");
    sentence_passes("en", "Not sold as 「次に進む」.");
}

#[test]
fn the_figures_are_the_same_in_every_language() {
    refused(
        why("zh-Hans"),
        "zh-Hans: \"2019 年起不卖。\"",
        &[
            ": closed[0].why: the figures differ: en has none, zh-Hans has `2019`; write the same ones",
        ],
    );
    let all = carrier(why("en"), "en: \"Not sold since 2019, nor for 3,000 yen.\"")
        .replace(
            why("zh-Hans"),
            "zh-Hans: \"2019 年起不卖，3000 日元也不卖。\"",
        )
        .replace(why("ja"), "ja: \"2019年から3,000円でも販売していません。\"");
    assert_eq!(carrier_faults(&all), [""; 0]);
}

#[test]
fn chinese_and_japanese_have_their_own_marks_and_blanks() {
    sentence_refused(
        "zh-Hans",
        "那里不卖, 不要去。",
        &["`卖,`: use full-width punctuation"],
    );
    sentence_refused(
        "zh-Hans",
        "那里不卖 。",
        &["a blank beside full-width punctuation in ` 。`; take it out"],
    );
    sentence_refused(
        "zh-Hans",
        "那里SIM不卖。",
        &[
            "put a blank between `M` and `不`",
            "put a blank between `里` and `S`",
        ],
    );
    sentence_refused(
        "zh-Hans",
        "那里不卖。 不要去。",
        &["a blank beside full-width punctuation in `。 `; take it out"],
    );
    sentence_refused(
        "ja",
        "SIM は販売していません。",
        &["a blank beside Japanese letters in ` は`; take it out"],
    );
    sentence_refused(
        "ja",
        "販売していません(今は)。",
        &[
            "`は)`: use full-width punctuation",
            "`ん(`: use full-width punctuation",
        ],
    );
    sentence_refused(
        "en",
        "Not  sold.",
        &["blanks at an end, or two in a row; take them out"],
    );
    sentence_refused(
        "en",
        "Not sold → there.",
        &["`→` is of uncertain width in a terminal; write it in words"],
    );
    sentence_passes("zh-Hans", "那里 SIM 不卖，不要去（现在）。");
    sentence_passes("ja", "SIMは販売していません（今は）。");
    refused_with(
        "{enter.days} 天内",
        "{enter.days}天内",
        ": plans[0].lead: `zh-Hans`: put a blank between `}` and `天`",
    );
}

#[test]
fn a_long_sentence_ends_with_its_mark() {
    let open = "Yes, with cash: buy a code at the till and enter it within {enter.days} days";
    refused(
        &format!("{open}."),
        open,
        &[": plans[0].lead: `en`: a sentence ends with a full stop; write it"],
    );
    refused(
        "天内输入。",
        "天内输入到应用里面去",
        &[": plans[0].lead: `zh-Hans`: a sentence ends with 。; write it"],
    );
}

#[test]
fn no_character_drives_the_terminal_or_hides() {
    for (c, code) in [
        ('\u{7}', "U+0007"),
        ('\u{1b}', "U+001B"),
        ('\u{9b}', "U+009B"),
        ('\u{ad}', "U+00AD"),
        ('\u{200b}', "U+200B"),
        ('\u{200f}', "U+200F"),
        ('\u{202e}', "U+202E"),
        ('\u{2066}', "U+2066"),
        ('\u{feff}', "U+FEFF"),
        ('\u{e0041}', "U+E0041"),
    ] {
        refused(
            why("en"),
            &format!("en: \"Not sold{c} there.\""),
            &[&format!(
                ":71: the character {code} is not allowed; delete it or retype the line"
            )],
        );
    }
    // Written as an escape it is the same character.
    for (escape, code) in [
        ("\\x1b", "U+001B"),
        ("\\u202e", "U+202E"),
        ("\\0", "U+0000"),
    ] {
        refused(
            why("en"),
            &format!("en: \"Not sold{escape} there.\""),
            &[&format!(
                ": closed[0].why.en: the character {code} is not allowed; take it out"
            )],
        );
    }
    refused(
        "aliases: [hana]",
        "aliases:\t[hana]",
        &[":3: a tab; write blanks instead"],
    );
    passes(why("en"), "en: \"Not sold there, naïve café.\"");
}

#[test]
fn a_sentence_stands_in_quotes() {
    refused(
        why("ja"),
        "ja: 販売していません。",
        &[":71: put the sentence after `ja:` in double quotes"],
    );
    let step = "        ja: \"コードを入力して「次に進む」を押します。\"\n";
    refused(
        step,
        "        ja:\n          コードを入力して「次に進む」を押します。\n",
        &[":62: put the sentence after `ja:` in double quotes"],
    );
    passes(
        step,
        "        ja: >-\n          コードを入力して\n          「次に進む」を押します。\n"
            .replace("入力して\n          ", "入力して")
            .as_str(),
    );
    refused(
        step,
        "        ja: \"コードを入力して\n          「次に進む」を押します。\"\n",
        &[
            ":61: a quoted text ends on the line it starts on; close the quote, or write a long text with `>-`",
            ":62: a value stands on the line of its key; put it there, or quote it",
        ],
    );
}

// YAML.

#[test]
fn records_do_without_anchors_tags_and_merges() {
    let aliases = "aliases: [hana]";
    let anchor =
        |c: char| format!(":3: `{c}` opens an anchor or alias; write the value out, or quote it");
    refused(aliases, "aliases: &a [hana]", &[&anchor('&')]);
    refused(aliases, "aliases: [*a]", &[&anchor('*')]);
    refused(aliases, "aliases: [\"x\", \"y\" , *a]", &[&anchor('*')]);
    refused(
        aliases,
        "aliases: !!set [hana]",
        &[":3: `!` opens a tag; records have none: quote the value"],
    );
    refused(
        aliases,
        "<<: { network: au }",
        &[":3: `<<` merges maps; write the fields out"],
    );
    refused(
        aliases,
        "? aliases\n: [hana]",
        &[":3: `?` opens a key; write the key and a colon"],
    );
    refused(
        aliases,
        "aliases: [hana]\n---\nid: x",
        &[":4: one file is one record; take this line and what follows out"],
    );
    passes(aliases, "aliases: [\"&a\", \"*a\", \"!x\", \"it's\", a&b]");
}

#[test]
fn a_value_stands_on_the_line_of_its_key() {
    let aliases = "aliases: [hana]";
    refused(
        aliases,
        "aliases:\n  hana",
        &[":4: a value stands on the line of its key; put it there, or quote it"],
    );
    refused(
        "title: How to top up",
        "title: How\n      to top up",
        &[":120: an unquoted text ends on its line; quote it, or write it with `>-`"],
    );
    passes(
        "title: How to top up",
        "title: >-\n      How\n      to top up",
    );
    passes(aliases, "aliases:\n  - hana\n  - hana mobile");
    passes(aliases, "aliases: [hana,\n  hana mobile]");
}

#[test]
fn nothing_hides_from_the_look_at_the_text() {
    // In each of these a careless reader takes the anchor for text in quotes, or for a comment.
    for hidden in [
        "x 'y\nb: &a [z]",
        "\"x\ny: &a z\"",
        "[x 'y, &a z, 'w]",
        "[x\n 'y, &a z']",
        "[x, :&a y]",
        "[\"x\":&a y]",
        "[?&a x]",
        "[x,#[[[\n &a y]",
        "\n  - k: >-\n    l: &a x",
        "\n  - - k: |\n      l: &a x",
    ] {
        let found = faults(&[("tips/x.yaml", &format!("notes: {hidden}\n"))]);
        assert!(
            found.iter().any(|fault| fault.contains("anchor")
                || fault.contains("quoted text")
                || fault.contains("opens a key")),
            "{hidden}: {found:#?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What passes the look at the text holds no alias for the parser: it would miss the anchor.
    #[test]
    fn no_alias_reaches_the_parser(lines in proptest::collection::vec(line(), 2..7)) {
        let text = lines.concat();
        if door::look("x.yaml", &text).is_empty() {
            let parsed: Result<serde_yaml::Value, _> = serde_yaml::from_str(&text);
            let told = parsed.err().map(|error| error.to_string()).unwrap_or_default();
            prop_assert!(!told.contains("unknown anchor"), "{text:?}: {told}");
        }
    }
}

/// A line in which a careless reader loses count.
fn line() -> impl Strategy<Value = String> {
    let indent = proptest::sample::select(&["", "  ", "    "][..]);
    let prefix = proptest::sample::select(&["", "k: ", "- ", "- k: "][..]);
    let values = [
        "*a",
        "x",
        "'x'",
        "x 'y",
        "y'",
        ">-",
        "|",
        "[x",
        "*a]",
        "[*a]",
        "]",
        ",#[",
        "#[",
        "{\"k\":*a}",
        "{k: x,",
        "'x', *a}",
        "[x,#[",
        "'y, *a z']",
    ];
    (indent, prefix, proptest::sample::select(values.to_vec()))
        .prop_map(|(indent, prefix, value)| format!("{indent}{prefix}{value}\n"))
}

#[test]
fn keys_are_known_and_stand_once() {
    refused(
        "status: on-sale",
        "status: on-sale\n    price: 100",
        &[
            ":18: plans[0]: unknown field `price`, expected one of `id`, `carrier`, `name`, `aliases`, `kind`, `form`, `for`, `status`, `ended`, `replaced_by`, `calls`, `sms`, `kbps_after_data`, `lead`, `sources`",
        ],
    );
    refused(
        "status: on-sale",
        "status: onsale",
        &[
            ":17: plans[0].status: unknown variant `onsale`, expected one of `on-sale`, `existing-users-only`, `ended`; where nobody publishes it write `unknown`",
        ],
    );
    refused(
        "    status: on-sale\n",
        "",
        &[":12: plans[0]: missing field `status`; write it"],
    );
    refused(
        "    kind: prepaid\n",
        "    kind: prepaid\n    carrier: povo\n",
        &[": plans[0].carrier: the program fills this in; take it out"],
    );
    refused(
        "aliases: [hana]",
        "aliases: [hana]\naliases: [hana]",
        &[":4: the key `aliases` stands twice; keep one of the two"],
    );
    refused(
        why("en"),
        "en: \"Sold there.\", en: \"Not sold there.\"",
        &[":71: closed[0].why: the key `en` stands twice; keep one of the two"],
    );
    refused(
        "  hana-both: [hana-30, hana-old]\n",
        "  hana-both: [hana-30, hana-old]\n  hana-both: [hana-30]\n",
        &[":8: groups: the key `hana-both` stands twice; keep one of the two"],
    );
}

#[test]
fn other_keyboards_are_understood() {
    refused(
        "network: docomo",
        "network：docomo",
        &[":4: `：` (U+FF1A) outside quotes; type plain `: , \"`, digits and blanks"],
    );
    refused(
        "jpy: 990,",
        "jpy: ９９０,",
        &[
            ":41: `０` (U+FF10) outside quotes; type plain `: , \"`, digits and blanks",
            ":41: `９` (U+FF19) outside quotes; type plain `: , \"`, digits and blanks",
            ":41: `９` (U+FF19) outside quotes; type plain `: , \"`, digits and blanks",
        ],
    );
    refused(
        why("en"),
        "en: “Not sold there.”",
        &[
            ":71: `“` (U+201C) outside quotes; type plain `: , \"`, digits and blanks",
            ":71: `”` (U+201D) outside quotes; type plain `: , \"`, digits and blanks",
            ":71: put the sentence after `en:` in double quotes",
        ],
    );
}

#[test]
fn a_file_holds_something_and_fits_somewhere() {
    file_refused(
        "tips/more.yaml",
        "# later\n",
        &["tips/more.yaml: the file is empty; write a record, or delete it"],
    );
    for path in ["notes.yaml", "shops/x.yaml", "carriers/old/x.yaml"] {
        file_refused(
            path,
            "notes: []\n",
            &[&format!(
                "{path}: a file that fits nowhere; put it into carriers/, channels/, types/ or tips/, or start its name with `_` to keep it out"
            )],
        );
    }
    file_refused(
        "words.yaml",
        "hello: { en: \"Hello\", zh-Hans: \"你好\", ja: \"こんにちは\" }\n",
        &["words.yaml: headings and words are built into the program; take this file out"],
    );
    file_refused(
        "tips/more.yaml",
        "- x\n",
        &["tips/more.yaml:1: invalid type: sequence, expected struct TipFile"],
    );
}

#[test]
fn a_blank_of_the_template_is_filled_in() {
    refused(
        "en: \"Hana Mobile\"",
        "en: \"<the carrier>\"",
        &[
            ": name.en: `<the carrier>` is a blank of the template; fill it in, or take the field out",
        ],
    );
    refused(
        "title: How to top up",
        "title: <title of the page>",
        &[":119: `<` opens a blank of the template; fill it in, or take the field out"],
    );
}

const TEMPLATE: &str = include_str!("../data/carriers/_template.yaml");

/// The template with each blank filled in by the first example it gives.
fn filled(template: &str) -> String {
    let mut made = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        let (blank, behind) = after.split_once('>').expect("a blank that is closed");
        made.push_str(before);
        made.push_str(blank.split(" | ").next().unwrap_or_default());
        rest = behind;
    }
    made + rest
}

#[test]
fn the_template_filled_in_passes() {
    let hosts = format!("{HOSTS}- {{ host: blog.example, whose: \"a blog\", kind: community }}\n");
    let record = filled(TEMPLATE);
    assert_eq!(faults(&[(FILE, &record), ("hosts.yaml", &hosts)]), [""; 0]);
    // A person who leaves a blank is told each line of it.
    let left = faults(&[(FILE, TEMPLATE), ("hosts.yaml", &hosts)]);
    assert!(left.len() > 15, "{left:#?}");
    let first =
        format!("{FILE}:7: `<` opens a blank of the template; fill it in, or take the field out");
    assert!(left.contains(&first), "{left:#?}");
}

#[test]
fn the_template_explains_every_line_and_every_field() {
    for (at, line) in TEMPLATE.lines().enumerate() {
        assert!(
            line.is_empty() || line.contains("# "),
            "line {}: {line}",
            at + 1
        );
    }
    let words: Vec<&str> = TEMPLATE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split([' ', '{', '[', ',', '`']))
        .collect();
    let fields = [
        include_str!("../src/knowledge/carrier.rs"),
        include_str!("../src/knowledge/clock.rs"),
    ];
    let fields = fields.iter().flat_map(|code| code.lines());
    let fields = fields.filter_map(|line| line.strip_prefix("    pub ")?.split_once(": "));
    let mut seen = 0;
    for (field, _) in fields {
        let field = field.trim_start_matches("r#");
        // Not fields, or filled in by the program.
        if field.contains(' ') || field == "carrier" {
            continue;
        }
        // Prices in other currencies are named in one comment.
        let explained = [format!("{field}:"), field.to_owned(), format!("{field};")];
        let explained = words
            .iter()
            .any(|word| explained.contains(&(*word).to_owned()));
        assert!(explained, "`{field}`");
        seen += 1;
    }
    assert!(seen > 100, "{seen} fields");
}

#[test]
fn the_guide_fits_a_screen_and_names_the_template() {
    let guide = include_str!("../data/README.md");
    assert!(
        guide.lines().count() <= 64,
        "{} lines",
        guide.lines().count()
    );
    assert!(guide.contains("data/carriers/_template.yaml"));
    assert!(guide.lines().all(|line| line.chars().count() <= 130));
}

// Days and status.

#[test]
fn no_day_is_still_to_come() {
    let dated = "dated: 2026-10-01";
    refused(
        dated,
        "dated: 2027-10-01",
        &[
            ": sources.charge.dated: `2027-10-01` is still to come; write the date the page gives itself",
        ],
    );
    refused(
        dated,
        "dated: 2026-02-30",
        &[
            ":122: sources.charge.dated: `2026-02-30` is not a day; write it as 2026-11-24; where nobody publishes it write `unknown`",
        ],
    );
    passes(dated, "dated: 2026-11-24");
}

#[test]
fn an_ended_plan_says_since_when() {
    refused(
        "    ended: \"2024-04\"\n",
        "",
        &[": plans[1].ended: an ended plan says since when, or `unknown`"],
    );
    refused(
        "ended: \"2024-04\"",
        "ended: \"2024-13\"",
        &[": plans[1].ended: `2024-13`: write \"2024\", \"2024-04\" or \"2024-04-15\""],
    );
    refused(
        "ended: \"2024-04\"",
        "ended: \"2027-04\"",
        &[": plans[1].ended: `2027-04` is still to come; until then the plan is not ended"],
    );
    refused(
        "status: on-sale",
        "status: on-sale\n    ended: \"2024\"",
        &[": plans[0].ended: only a plan with `status: ended` has this; take it out"],
    );
    for good in ["\"2024\"", "\"2024-04-30\"", "unknown"] {
        passes("ended: \"2024-04\"", &format!("ended: {good}"));
    }
}

#[test]
fn a_way_that_works_sometimes_says_when() {
    let sample = carrier("works: always", "works: sometimes");
    let from = sample.find("    steps:").expect("steps");
    let to = sample
        .find("    say: [till-number-no-slip]\n    from")
        .expect("say");
    let bare = format!("{}{}", &sample[..from], &sample[to..]).replace("labels:\n  - { ja: \"次に進む\", kana: \"つぎにすすむ\", romaji: \"tsugi ni susumu\", en: \"go on\", zh-Hans: \"继续\" }\n", "");
    assert_eq!(carrier_faults(&bare), [""; 0], "a note tells");
    let untold = bare.replace("about: [hana-30, konbini]", "about: [hana-30, web]");
    assert_eq!(
        carrier_faults(&untold),
        [format!(
            "{FILE}: ways[0].works: `sometimes` needs a step or note that says when"
        )]
    );
    passes("works: always", "works: sometimes");
}

#[test]
fn no_two_ways_are_the_same() {
    let from = CARRIER
        .find("  - plans: [hana-30]\n    channel: konbini")
        .expect("the way");
    let to = CARRIER.find("\nclosed:").expect("its end");
    let way = &CARRIER[from..to];
    let twice = CARRIER.replacen("\nclosed:", &format!("{way}\nclosed:"), 1);
    assert_eq!(
        carrier_faults(&twice),
        [format!(
            "{FILE}: ways[1]: the same way as ways[0]; give it another title, or join them"
        )]
    );
    let other = CARRIER.replacen(
        "\nclosed:",
        &format!("{}\nclosed:", way.replace("by: code", "by: slip")),
        1,
    );
    assert_eq!(carrier_faults(&other), [""; 0]);
}

// All at once.

#[test]
fn all_faults_are_told_at_once() {
    let bad = carrier("jpy: 330", "jpy: 0").replace("needs: [login]", "needs: [logn]");
    let found = faults(&[
        (FILE, &bad),
        ("hosts.yaml", HOSTS),
        (
            "tips/hana.yaml",
            &TIPS.replace("sources: [charge]", "sources: []"),
        ),
    ]);
    assert_eq!(
        found,
        [
            "carriers/hana-mobile.yaml: ways[0].fees[0]: 0 yen cannot be right; 1 to 1000000",
            "carriers/hana-mobile.yaml: ways[0].needs: no need is called `logn`; words.yaml has the list",
            "tips/hana.yaml: notes[0].sources: a fact without a source does not go in; name one",
            "tips/hana.yaml: sources: `charge` is listed but nothing rests on it; take it out",
        ]
    );
    let found = faults(&[
        (FILE, &carrier("aliases: [hana]", "aliases: &a [hana]")),
        ("hosts.yaml", "- { host: hana.example }\n"),
        (
            "tips/hana.yaml",
            &TIPS.replace("zh-Hans: \"收据要留着。\", ", ""),
        ),
    ]);
    assert_eq!(
        found,
        [
            "carriers/hana-mobile.yaml:3: `&` opens an anchor or alias; write the value out, or quote it",
            "hosts.yaml:1: [0]: missing field `whose`; write it",
            "tips/hana.yaml: notes[0].title: `zh-Hans` is missing; write the sentence in it",
        ]
    );
}

#[test]
fn a_second_parser_reads_the_records_alike() {
    let mut read = 0;
    for path in records() {
        let text = std::fs::read_to_string(&path).expect("a record");
        let first: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        let second: serde_json::Value = serde_saphyr::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(first, second, "{}", path.display());
        read += 1;
    }
    assert!(read > 60, "{read}");
    assert!(serde_saphyr::from_str::<serde_json::Value>("a: 1\na: 2\n").is_err());
}

/// The files of records, template and all.
fn records() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("data")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml") {
                files.push(path);
            }
        }
    }
    files
}
