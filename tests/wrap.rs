//! Random words, texts and pages on every width: nothing is too wide, badly broken or obeyed by
//! a terminal, and nothing panics.

use proptest::prelude::*;
use simguide::lang::Lang;
use simguide::view::markdown;
use simguide::view::page::*;
use simguide::view::table::{Layout, Look, render};
use simguide::view::wrap::{width, wrap};
use smol_str::SmolStr;

/// Enough to find what is broken in a second; more were run when it was written.
const CASES: u32 = 300;
const LANGS: [Lang; 4] = [Lang::En, Lang::ZhHans, Lang::Ja, Lang::Ko];
const FIRST: &[char] = &['。', '、', '，', '」', '）', '！', '？', '：', ')', ']'];
const LAST: &[char] = &['「', '（', '('];

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "便利店",
        "原则上",
        "只收现金",
        "，",
        "。",
        "「申込券」",
        "（非官方）",
        " [1]",
        " [2][13]",
        "3,000 日元",
        "30 分钟",
        " 7-Eleven ",
        " Wi-Fi ",
        "プリペイドカード",
        "は",
        "です",
        "[4]",
        "：",
        "！",
        "？",
        "、",
        " softbank-prepaid ",
        " 24 hours ",
        " until 2026-11-24, ",
        "3か月",
        "ギガチャージ",
        " https://povo.jp/a/b?c=d&e=f ",
        "https://www.example.co.jp/support/payment/index.html",
        " 3-D Secure ",
        "20:00",
        " (unofficial) [2].",
        "au ショップ",
        "\n",
    ])
    .prop_map(str::to_owned)
}
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..14).prop_map(|w| w.concat())
}
fn any_text() -> impl Strategy<Value = SmolStr> {
    any_string().prop_map(SmolStr::from)
}
fn any_string() -> impl Strategy<Value = String> {
    prop_oneof![3 => text(), 1 => ".{0,40}", 1 => prop::collection::vec(any::<char>(), 0..20).prop_map(|c| c.into_iter().collect::<String>())]
}
fn rich() -> impl Strategy<Value = Rich> {
    (any_text(), prop::collection::vec(1usize..120, 0..4)).prop_map(|(text, mut marks)| {
        marks.sort_unstable();
        marks.dedup();
        Rich::marked(text, marks)
    })
}
fn kind() -> impl Strategy<Value = ColumnKind> {
    prop::sample::select(vec![
        ColumnKind::Name,
        ColumnKind::Short,
        ColumnKind::Prose,
        ColumnKind::Number,
        ColumnKind::Marks,
    ])
}
fn table() -> impl Strategy<Value = Table> {
    (
        prop::collection::vec((any_text(), kind()), 0..6),
        prop::collection::vec(
            prop_oneof![
                any_text().prop_map(Row::Group),
                prop::collection::vec(rich(), 0..7).prop_map(Row::Cells)
            ],
            0..6,
        ),
    )
        .prop_map(|(h, rows)| Table {
            head: h
                .into_iter()
                .map(|(heading, kind)| Column { heading, kind })
                .collect(),
            rows,
        })
}
fn field() -> impl Strategy<Value = Field> {
    (
        any_text(),
        prop::collection::vec(rich(), 0..4),
        any::<bool>(),
    )
        .prop_map(|(label, values, numbered)| Field {
            label,
            values,
            numbered,
        })
}
fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        prop::collection::vec(rich(), 0..4).prop_map(Block::Lines),
        prop::collection::vec(rich(), 0..12).prop_map(Block::Steps),
        prop::collection::vec(rich(), 0..4).prop_map(Block::Bullets),
        table().prop_map(Block::Table),
        any_text().prop_map(Block::Large),
        prop::collection::vec(field(), 0..4).prop_map(Block::Fields),
        prop::collection::vec((any_string(), any_string()), 0..4).prop_map(Block::Commands),
        (
            any_text(),
            prop::option::of(any_text()),
            prop::option::of(any_text())
        )
            .prop_map(|(ja, kana, meaning)| Block::Phrase(PhraseBlock {
                ja,
                romaji: kana.clone(),
                kana,
                meaning
            })),
    ];
    leaf.prop_recursive(4, 12, 3, |inner| {
        (rich(), prop::collection::vec(inner, 0..3))
            .prop_map(|(title, blocks)| Block::Under { title, blocks })
    })
}
fn page() -> impl Strategy<Value = Page> {
    let source = (
        any_text(),
        any_string(),
        any_string(),
        prop::option::of(any_text()),
        any_text(),
    )
        .prop_map(|(publisher, kind, dated, title, url)| SourceLine {
            publisher,
            kind: kind.into(),
            dated: dated.into(),
            title,
            url,
        });
    (
        prop::sample::select(LANGS.to_vec()),
        prop::collection::vec(rich(), 0..3),
        prop::collection::vec(
            (
                prop::option::of(any_text()),
                prop::collection::vec(block(), 0..4),
            )
                .prop_map(|(heading, blocks)| Part { heading, blocks }),
            0..3,
        ),
        prop::collection::vec(source, 0..12),
        prop::collection::vec(any_string(), 0..3),
        any_string(),
    )
        .prop_map(|(lang, verdict, parts, sources, next, h)| Page {
            lang,
            verdict,
            parts,
            sources_heading: h.clone(),
            sources,
            next_heading: h,
            next,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn words_are_well_broken(text in text(), columns in 24usize..200, lang in prop::sample::select(LANGS.to_vec())) {
        let text = text.trim_start_matches(|c: char| FIRST.contains(&c) || c == ' ' || c == '[' || c.is_ascii_digit());
        for part in text.split('\n') {
            for (n, line) in wrap(part, columns, lang).iter().enumerate() {
                prop_assert!(width(line) <= columns, "{line:?}");
                prop_assert_eq!(line.trim(), line);
                if n > 0 && part.matches('[').count() < 3 {
                    prop_assert!(!line.starts_with(FIRST), "{line:?}");
                    prop_assert!(!(line.starts_with('[') && line[1..].starts_with(|c: char| c.is_ascii_digit())), "{line:?}");
                }
                prop_assert!(!line.ends_with(LAST), "{line:?}");
            }
        }
    }
    #[test]
    fn any_text_fits(text in any_text(), columns in 4usize..100, lang in prop::sample::select(LANGS.to_vec())) {
        for line in wrap(&text, columns, lang) {
            prop_assert!(width(&line) <= columns, "{columns} {line:?} {}", width(&line));
            prop_assert!(!line.chars().any(char::is_control));
        }
        let _ = wrap(&text, 1, lang);
    }
}
proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_page_fits(page in page(), columns in 24usize..200, layout in 0usize..3, narrow in 0usize..24) {
        let layout = [Layout::Auto, Layout::Table, Layout::List][layout];
        let look = Look { width: columns, height: Some(20), layout, ascii: true, colour: false };
        let out = render(&page, &look);
        prop_assert!(out.ends_with('\n'));
        for line in out.lines() {
            prop_assert!(width(line) <= columns, "{columns} {line:?}");
            prop_assert_eq!(line.trim_end(), line);
            prop_assert!(!line.chars().any(char::is_control));
        }
        let colour = render(&page, &Look { colour: true, ..look.clone() });
        let plain = colour.replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
        prop_assert_eq!(plain, out);
        let _ = render(&page, &Look { width: narrow, colour: true, ..look });
        let md = markdown::render(&page);
        prop_assert!(!md.chars().any(|c| c.is_control() && c != '\n'));
        for line in md.lines() { prop_assert_eq!(line.trim_end(), line); }
    }
}
