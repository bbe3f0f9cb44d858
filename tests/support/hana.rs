//! A small carrier that does not exist, with its hosts and tips: samples without fault.

/// A carrier without fault.
pub(crate) const CARRIER: &str = r#"id: hana-mobile
name: { en: "Hana Mobile", zh-Hans: "花移动", ja: "はなモバイル" }
aliases: [hana]
network: docomo
site: https://hana.example/
groups:
  hana-both: [hana-30, hana-old]
labels:
  - { ja: "次に進む", kana: "つぎにすすむ", romaji: "tsugi ni susumu", en: "go on", zh-Hans: "继续" }

plans:
  - id: hana-30
    name: { en: "30-day card", zh-Hans: "30 天卡", ja: "30日カード" }
    kind: prepaid
    form: [sim, esim]
    for: [tourist, resident]
    status: on-sale
    calls: false
    sms: none
    kbps_after_data: 128
    lead:
      en: "Yes, with cash: buy a code at the till and enter it within {enter.days} days."
      zh-Hans: "能，付现金：在收银台买充值码，{enter.days} 天内输入。"
      ja: "できます。レジで現金でコードを買い、{enter.days}日以内に入力します。"
    sources: [charge]
  - id: hana-old
    name: { en: "Old monthly card", zh-Hans: "旧的月付卡", ja: "旧月払いカード" }
    kind: postpaid
    form: [sim]
    for: [resident]
    status: ended
    ended: "2024-04"
    replaced_by: hana-30
    calls: true
    sms: full
    kbps_after_data: unknown
    lead: { en: "It has ended.", zh-Hans: "已经停止。", ja: "終了しました。" }
    sources: [charge]

packs:
  - { id: hana-pack, plans: [hana-30], jpy: 990, data_mb: 3000, days: 30, sources: [charge] }

ways:
  - plans: [hana-30]
    channel: konbini
    by: code
    chains: [lawson]
    title: { en: "Code from the till", zh-Hans: "在收银台买充值码", ja: "レジでコードを買う" }
    pays: [top-up]
    works: always
    internet: after
    screens: [ja]
    payments: { taken: [cash], refused: [paypay] }
    card_brands: [visa]
    amounts: [{ pack: hana-pack }, { jpy: 1000, up_to: 3000, step: 500 }]
    fees: [{ jpy: 330 }]
    needs: [login]
    steps:
      - en: "Enter the code, then press 「次に進む」."
        zh-Hans: "输入充值码，再按「次に進む」。"
        ja: "コードを入力して「次に進む」を押します。"
    say: [till-number-no-slip]
    from: [{ of: [fees], sources: [charge] }]
    sources: [charge]

closed:
  - plans: [hana-30]
    channel: konbini
    by: code
    chains: [seven-eleven]
    why: { en: "Not sold there.", zh-Hans: "那里不卖。", ja: "販売していません。" }
    sources: [charge]

clocks:
  - { clock: enter-by, id: enter, about: [hana-30], days: 60, after: bought, day_one: same-day, sources: [charge] }
  - { clock: use-by, id: end, about: [hana-30, hana-pack], pack: true, after: topped-up, day_one: unknown, stacks: adds, sources: [charge] }
  - { clock: number-until, about: [hana-30], days: 90, after: end, sources: [charge] }

restore:
  - plans: [hana-30]
    stopped: expired
    answer: { en: "Top up again.", zh-Hans: "再充值。", ja: "もう一度チャージします。" }
    possible: always
    internet: after
    say: [till-number-no-slip]
    sources: [charge]

contacts:
  - about: [hana-both]
    phone: "0120-000-000"
    languages: [ja]
    free: true
    from_stopped: unknown
    hours: { from: "09:00", to: "20:00", days: daily }
    sources: [charge]

notes:
  - topic: refund
    about: [hana-30, konbini]
    text: { en: "A code is not refunded.", zh-Hans: "充值码不能退。", ja: "コードは返金されません。" }
    sources: [charge]

signs:
  - { plans: [hana-30], code: "440-10", iccid: "8981", sources: [charge] }

checks:
  - plans: [hana-30]
    title: { en: "In the app", zh-Hans: "在应用里", ja: "アプリで" }
    internet: during
    screens: [ja]
    sources: [charge]

apns:
  - { plans: [hana-30], apn: hana.example, username: unknown, password: unknown, auth: PAP, sources: [charge] }

sources:
  charge:
    url: https://hana.example/charge
    title: How to top up
    publisher: Hana Mobile
    kind: official
    dated: 2026-10-01
"#;

/// Where it stands.
pub(crate) const FILE: &str = "carriers/hana-mobile.yaml";

/// Hosts without fault.
pub(crate) const HOSTS: &str = r#"- { host: hana.example, whose: "Hana Mobile", kind: official }
- { host: blog.hana.example, whose: "a blog at Hana", kind: community }
- { host: old.example, whose: "Hana, old pages", kind: official, http: true }
"#;

/// Tips without fault.
pub(crate) const TIPS: &str = r#"notes:
  - id: hana-tip
    topic: receipt
    about: [konbini, hana-30]
    title: { en: "Keep the receipt.", zh-Hans: "收据要留着。", ja: "レシートは取っておきます。" }
    sources: [charge]
sources:
  charge:
    url: https://hana.example/receipt
    title: Receipts
    publisher: Hana Mobile
    kind: official
    dated: unknown
"#;
