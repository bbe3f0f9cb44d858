//! Folders of records handed to `check` and `--data`: what they add or replace, and what is
//! refused before it can do harm.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

#[path = "support/hana.rs"]
mod hana;

use hana::{CARRIER, FILE, HOSTS, TIPS};

/// The time a refusal may take.
const SECONDS: u64 = 2;
/// The memory a refusal may take, in kilobytes of address space.
const KILOBYTES: u64 = 200_000;

/// Runs the program on a day, in an empty environment, with a limit on time and memory.
fn run_on(today: &str, words: &[&str], seconds: u64) -> Output {
    let limited = format!("ulimit -v {KILOBYTES} && exec \"$0\" \"$@\"");
    Command::new("sh")
        .env_clear()
        .args(["-c", &limited, env!("CARGO_BIN_EXE_simguide")])
        .args(words)
        .args(["--today", today])
        .timeout(Duration::from_secs(seconds))
        .output()
        .expect("the program ends in time")
}

fn run(words: &[&str]) -> Output {
    run_on("2026-11-24", words, 60)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What is printed with this folder as `--data`.
#[track_caller]
fn told(folder: &Path, words: &[&str]) -> String {
    let output = run(&[words, &["--data", &folder.to_string_lossy()]].concat());
    assert_eq!(text(&output.stderr), "", "{words:?}");
    text(&output.stdout)
}

/// The results of a JSON answer with this folder as `--data`.
#[track_caller]
fn results(folder: &Path, words: &[&str]) -> Vec<Value> {
    let told = told(folder, &[words, &["--format", "json"]].concat());
    let answer: Value = serde_json::from_str(&told).expect("JSON");
    answer["results"].as_array().expect("results").clone()
}

fn ids(results: &[Value], key: &str) -> Vec<String> {
    results
        .iter()
        .filter_map(|result| result[key].as_str().map(str::to_owned))
        .collect()
}

/// A folder that holds these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn data() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))
}

// What a folder adds or replaces.

#[test]
fn a_carrier_is_added() {
    let folder = folder(&[
        (FILE, CARRIER),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", TIPS),
    ]);
    let folder = folder.path();
    let plans = ids(&results(folder, &["plans"]), "id");
    assert!(plans.contains(&"hana-30".to_owned()), "{plans:?}");
    assert!(plans.contains(&"povo2".to_owned()), "{plans:?}");

    let ways = results(
        folder,
        &["renew", "--plan", "hana-30", "--channel", "lawson"],
    );
    assert_eq!(ids(&ways, "plan"), ["hana-30"]);
    assert_eq!(ways[0]["verdict"], "yes");
    assert_eq!(ways[0]["sources"][0]["url"], "https://hana.example/charge");
    let all = results(
        folder,
        &["renew", "--type", "prepaid", "--channel", "konbini"],
    );
    let plans = ids(&all, "plan");
    assert!(plans.contains(&"hana-30".to_owned()), "{plans:?}");
    assert!(plans.len() > 5, "{plans:?}");

    let dates = results(folder, &["expiry", "hana-30", "--topped-up", "2026-11-24"]);
    assert!(!dates.is_empty());
    let urls = ids(&results(folder, &["sources", "--plan", "hana-30"]), "url");
    assert_eq!(urls, ["https://hana.example/charge"]);
    let tips = told(folder, &["tips", "--plan", "hana-30"]);
    assert!(tips.contains("Keep the receipt"), "{tips}");

    let plain = text(&run(&["--version"]).stdout);
    let more = told(folder, &["--version"]);
    let figures = |text: &str| -> Vec<u32> {
        let words = text.split(|c: char| !c.is_ascii_digit());
        words.filter_map(|word| word.parse().ok()).collect()
    };
    let (plain, more) = (figures(&plain), figures(&more));
    let grown: Vec<u32> = plain
        .iter()
        .zip(&more)
        .map(|(old, new)| new - old)
        .collect();
    assert!(grown.ends_with(&[2, 2]), "{plain:?} {more:?}");
}

#[test]
fn search_finds_what_was_added_in_every_language() {
    let folder = folder(&[(FILE, CARRIER), ("hosts.yaml", HOSTS)]);
    for words in [
        "hana",
        "花移动",
        "はなモバイル",
        "30日カード",
        "不卖",
        "再充值",
        "Hana",
    ] {
        let found = told(folder.path(), &["search", words]);
        assert!(
            found.contains("hana-30")
                || found.contains("30-day card")
                || found.contains("Not sold"),
            "{words}: {found}"
        );
    }
}

/// The sample as the file of a carrier that is compiled in.
fn in_place_of(id: &str) -> String {
    CARRIER.replace("id: hana-mobile", &format!("id: {id}"))
}

/// An address that no other file of ours names.
fn only_source_of(file: &str) -> String {
    let mut files = Vec::new();
    for folder in ["carriers", "channels", "tips", "types"] {
        for entry in fs::read_dir(data().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            files.push((
                path.ends_with(file),
                fs::read_to_string(path).expect("a record"),
            ));
        }
    }
    let addresses = |text: &str| -> Vec<String> {
        let urls = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("url: "));
        urls.map(|url| url.trim_matches('"').to_owned()).collect()
    };
    let (own, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(own, _)| *own);
    let others: Vec<String> = others
        .iter()
        .flat_map(|(_, text)| addresses(text))
        .collect();
    let mut own = own.iter().flat_map(|(_, text)| addresses(text));
    own.find(|url| !others.contains(url))
        .expect("an own source")
}

#[test]
fn a_replaced_carrier_is_gone_from_every_list() {
    let (file, carrier) = ("carriers/linksmate.yaml", in_place_of("linksmate"));
    let folder = folder(&[(file, &carrier), ("hosts.yaml", HOSTS)]);
    let folder = folder.path();
    let plans = ids(&results(folder, &["plans"]), "id");
    assert!(plans.contains(&"hana-30".to_owned()), "{plans:?}");
    assert!(!plans.contains(&"linksmate".to_owned()), "{plans:?}");
    let urls = ids(&results(folder, &["sources"]), "url");
    let new = "https://hana.example/charge".to_owned();
    assert!(urls.contains(&new), "{urls:?}");
    let gone = only_source_of(file);
    assert!(!urls.contains(&gone), "{gone}");
    // The carrier keeps its id, its old plan and the names of that are gone.
    let name = "リンクスメイト";
    let output = run(&["renew", "--plan", name, "--data", &folder.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    let refused = text(&output.stderr);
    assert!(refused.contains("no plan is called"), "{refused}");
    assert!(!refused.contains("did you mean `linksmate`"), "{refused}");
    let output = run(&[
        "search",
        "リンクスメイト",
        "--data",
        &folder.to_string_lossy(),
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
}

#[test]
fn a_plan_that_others_point_to_is_not_dropped() {
    let (file, carrier) = ("carriers/povo.yaml", in_place_of("povo"));
    let folder = folder(&[(file, &carrier), ("hosts.yaml", HOSTS)]);
    told(folder.path(), &["plans"]);
    let pointing = carrier.replace("replaced_by: hana-30", "replaced_by: povo2");
    write(folder.path(), file, &pointing);
    refused(
        folder.path(),
        &[
            "carriers/povo.yaml: plans[1].replaced_by: no plan is called `povo2`; name one, or take the field out",
        ],
    );
}

#[test]
fn a_tip_file_is_replaced() {
    let old = ids(&results(data(), &["tips"]), "id");
    let law: Vec<String> = fs::read_to_string(data().join("tips/law.yaml"))
        .expect("a record")
        .lines()
        .filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("id: "))
        .map(str::to_owned)
        .collect();
    assert!(law.iter().all(|id| old.contains(id)), "{law:?}");
    let tips = TIPS.replace(", hana-30", "");
    let folder = folder(&[("tips/law.yaml", &tips), ("hosts.yaml", HOSTS)]);
    let new = ids(&results(folder.path(), &["tips"]), "id");
    assert_eq!(new.len(), old.len() - law.len() + 1);
    assert!(new.contains(&"hana-tip".to_owned()), "{new:?}");
    assert!(law.iter().all(|id| !new.contains(id)), "{new:?}");
}

#[test]
fn lists_are_replaced_entry_by_entry() {
    let phrases = r#"
- id: hana-phrase
  channel: konbini
  ja: "花のコードをください。"
  kana: "はなのコードをください。"
  romaji: "hana no koodo o kudasai"
  en: "A Hana code, please."
  zh-Hans: "请给我花的充值码。"
  when: { en: "At the till.", zh-Hans: "在收银台。", ja: "レジで。" }
  replies: [{ ja: "ありません。", en: "There is none.", zh-Hans: "没有。" }]
"#;
    let old = results(data(), &["phrases"]);
    let folder = folder(&[("phrases.yaml", phrases)]);
    let new = results(folder.path(), &["phrases"]);
    assert_eq!(new.len(), old.len() + 1);
    let first = old[0]["id"].as_str().expect("an id").to_owned();
    write(
        folder.path(),
        "phrases.yaml",
        &phrases.replace("hana-phrase", &first),
    );
    let new = results(folder.path(), &["phrases"]);
    assert_eq!(new.len(), old.len());
    let one = results(folder.path(), &["phrases", &first]);
    assert_eq!(one[0]["ja"], "花のコードをください。");
    let told = told(folder.path(), &["phrases", &first]);
    assert!(told.contains("ありません。"), "{told}");
}

#[test]
fn hosts_alone_are_added_once() {
    use simguide::knowledge::Knowledge;
    use simguide::lang::Lang;
    let folder = folder(&[("hosts.yaml", HOSTS)]);
    assert!(told(folder.path(), &["plans"]).contains("povo2"));
    let checked = told(folder.path(), &["check", &folder.path().to_string_lossy()]);
    assert!(
        checked.starts_with("files 1, plans 0, sources 0: no fault."),
        "{checked}"
    );
    let today = "2026-11-24".parse().expect("a day");
    let more = Knowledge::with_folder(Lang::En, folder.path(), today).expect("no fault");
    let plain = Knowledge::compiled(Lang::En);
    assert_eq!(more.hosts().len(), plain.hosts().len() + 3);
    // A host that is listed already is told anew.
    let known = plain.hosts().remove(0).host;
    let again = format!("- {{ host: {known}, whose: \"somebody\", kind: press }}\n");
    write(folder.path(), "hosts.yaml", &again);
    let more = Knowledge::with_folder(Lang::En, folder.path(), today).expect("no fault");
    assert_eq!(more.hosts().len(), plain.hosts().len());
    assert_eq!(more.hosts()[0].whose, "somebody");
}

#[test]
fn a_whole_folder_replaces_everything() {
    let folder = TempDir::new().expect("a folder");
    copy(data(), folder.path());
    for name in ["linksmate", "mineo"] {
        fs::remove_file(folder.path().join(format!("carriers/{name}.yaml"))).expect("a file");
    }
    write(folder.path(), "edition.yaml", "edition: 2026-11-20\n");
    let plans = ids(&results(folder.path(), &["plans"]), "id");
    assert!(plans.contains(&"povo2".to_owned()), "{plans:?}");
    assert!(!plans.contains(&"linksmate".to_owned()), "{plans:?}");
    let version = told(folder.path(), &["--version"]);
    assert!(version.contains("2026-11-20"), "{version}");
    let found = told(folder.path(), &["search", "便利店"]);
    assert!(found.contains("konbini"), "{found}");
    write(folder.path(), "edition.yaml", "edition: 2027-01-01\n");
    refused(
        folder.path(),
        &[
            "edition.yaml: edition: `2027-01-01` is still to come; write the day of the newest record",
        ],
    );
}

#[test]
fn a_record_of_next_year_can_be_added_next_year() {
    let carrier = CARRIER.replace("dated: 2026-10-01", "dated: 2027-01-10");
    let folder = folder(&[(FILE, &carrier), ("hosts.yaml", HOSTS)]);
    refused(
        folder.path(),
        &[
            "carriers/hana-mobile.yaml: sources.charge.dated: `2027-01-10` is still to come; write the date the page gives itself",
        ],
    );
    let path = folder.path().to_string_lossy().into_owned();
    let next = run_on("2027-02-01", &["plans", "--data", &path], 60);
    assert_eq!(next.status.code(), Some(0), "{}", text(&next.stderr));
}

#[test]
fn a_channel_keeps_the_chains_that_carriers_name() {
    let atm = fs::read_to_string(data().join("channels/atm.yaml")).expect("a record");
    let folder = folder(&[("channels/atm.yaml", &atm)]);
    told(folder.path(), &["channels", "atm"]);
    write(
        folder.path(),
        "channels/atm.yaml",
        &atm.replace("seven-bank", "sevens-bank"),
    );
    refused(
        folder.path(),
        &["channels/atm.yaml: chains: `seven-bank` is gone, but carriers name it; keep it"],
    );
}

#[test]
fn a_folder_with_a_fault_is_refused_with_all_of_them() {
    let bad = CARRIER
        .replace("jpy: 330", "jpy: 0")
        .replace("needs: [login]", "needs: [logn]");
    let tips = TIPS.replace("zh-Hans: \"收据要留着。\", ", "");
    let folder = folder(&[
        (FILE, &bad),
        ("hosts.yaml", HOSTS),
        ("tips/hana.yaml", &tips),
    ]);
    refused(
        folder.path(),
        &[
            "carriers/hana-mobile.yaml: ways[0].fees[0]: 0 yen cannot be right; 1 to 1000000",
            "carriers/hana-mobile.yaml: ways[0].needs: no need is called `logn`; words.yaml has the list",
            "tips/hana.yaml: notes[0].title: `zh-Hans` is missing; write the sentence in it",
        ],
    );
    let many: String = (0..30)
        .map(|n| format!("- {{ host: X{n}, whose: x, kind: press }}\n"))
        .collect::<Vec<_>>()
        .concat();
    let folder = self::folder(&[("hosts.yaml", &many)]);
    let output = run(&["check", &folder.path().to_string_lossy()]);
    let told = text(&output.stderr);
    let faults: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("  hosts"))
        .collect();
    assert_eq!(faults.len(), 20, "{told}");
    assert!(
        faults[2].starts_with("  hosts.yaml: [2].host: `X2`"),
        "{told}"
    );
    assert!(told.ends_with("  and 10 more\n"), "{told}");
}

/// Both `check` and `--data` refuse the folder with these faults and nothing else.
#[track_caller]
fn refused(folder: &Path, faults: &[&str]) {
    let path = folder.to_string_lossy();
    for words in [&["check", &path][..], &["plans", "--data", &path]] {
        let output = run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert_eq!(text(&output.stdout), "", "{words:?}");
        let told = text(&output.stderr);
        let told: Vec<&str> = told.lines().skip(2).map(str::trim).collect();
        assert_eq!(told, faults, "{words:?}");
    }
}

// What is refused before it can do harm: within two seconds and 200 MB, with nothing on stdout.

/// Both `check` and `--data` refuse the folder in time, with a message that holds these words.
#[track_caller]
fn turned_away(folder: &Path, message: &str) {
    let path = folder.to_string_lossy();
    for words in [&["check", &path][..], &["renew", "--data", &path]] {
        let output = run_on("2026-11-24", words, SECONDS);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert_eq!(text(&output.stdout), "", "{words:?}");
        let told = text(&output.stderr);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(message), "{words:?}: {told}");
        assert!(told.len() < 4_000, "{words:?}: {} bytes", told.len());
    }
}

/// A folder with this one file beside a good one is turned away.
#[track_caller]
fn file_turned_away(path: &str, text: &[u8], message: &str) {
    let folder = folder(&[("hosts.yaml", HOSTS)]);
    write(folder.path(), path, "");
    fs::write(folder.path().join(path), text).expect("a file");
    turned_away(folder.path(), message);
}

#[test]
fn a_folder_must_be_one_that_holds_records() {
    let empty = TempDir::new().expect("a folder");
    let missing = empty.path().join("no\u{202e}thing");
    turned_away(&missing, "the folder `");
    turned_away(&missing, "\u{fffd}thing` cannot be read: it does not exist");
    turned_away(
        empty.path(),
        "holds no `*.yaml` file; name one that holds records",
    );
    write(empty.path(), "_draft.yaml", "x");
    write(empty.path(), ".hidden.yaml", "x");
    write(empty.path(), "record.yaml~", "x");
    turned_away(empty.path(), "holds no `*.yaml` file");
    write(empty.path(), "hosts.yaml", HOSTS);
    turned_away(
        &empty.path().join("hosts.yaml"),
        "hosts.yaml` cannot be read: it is no folder",
    );
    turned_away(Path::new(&"x/".repeat(50_000)), "cannot be read: ");
}

#[test]
fn a_folder_must_be_one_that_can_be_read() {
    let folder = folder(&[("hosts.yaml", HOSTS)]);
    symlink("loop", folder.path().join("loop")).expect("a link");
    turned_away(&folder.path().join("loop"), "cannot be read: ");
    let shut = folder.path().join("tips");
    fs::create_dir(&shut).expect("a folder");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("shut");
    // Root reads what is shut.
    if fs::read_dir(&shut).is_err() {
        turned_away(folder.path(), "tips: the folder `");
    }
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).expect("open");
}

#[test]
fn a_file_must_be_utf_8() {
    file_turned_away(
        "tips/x.yaml",
        b"notes: []\n# caf\xe9\n",
        "tips/x.yaml:2: this is not UTF-8; save the file as UTF-8",
    );
    file_turned_away(
        "tips/x.yaml",
        &[0xff, 0xfe, b'n', 0],
        "tips/x.yaml:1: this is not UTF-8",
    );
    // One mark at the start, and line ends of Windows, are harmless.
    let dos = format!("\u{feff}{}", HOSTS.replace('\n', "\r\n"));
    let folder = folder(&[("hosts.yaml", &dos)]);
    told(folder.path(), &["plans"]);
}

#[test]
fn keys_must_be_known_and_stand_once() {
    file_turned_away(
        "tips/x.yaml",
        b"notes: []\nnotes: []\n",
        "tips/x.yaml:2: the key `notes` stands twice; keep one of the two",
    );
    file_turned_away(
        "tips/x.yaml",
        b"notes: []\ntipps: []\n",
        "tips/x.yaml:2: unknown field `tipps`, expected one of `notes`, `contacts`, `labels`, `sources`",
    );
    let long = format!("notes: \"{}\"\n", "x".repeat(100_000));
    file_turned_away("tips/x.yaml", long.as_bytes(), "\u{2026}");
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut bomb =
        String::from("a0: &a0 [\"x\", \"x\", \"x\", \"x\", \"x\", \"x\", \"x\", \"x\", \"x\"]\n");
    for n in 1..12 {
        let list = format!("*a{}, ", n - 1).repeat(9);
        bomb.push_str(&format!("a{n}: &a{n} [{list}]\n"));
    }
    file_turned_away(
        "tips/x.yaml",
        bomb.as_bytes(),
        "tips/x.yaml:1: `&` opens an anchor or alias",
    );
    let long = format!(
        "a: &a \"{}\"\nb: [{}]\n",
        "x".repeat(60_000),
        "*a, ".repeat(3_000)
    );
    file_turned_away(
        "tips/x.yaml",
        long.as_bytes(),
        "`&` opens an anchor or alias",
    );
}

#[test]
fn depth_is_counted_before_the_parser() {
    let million = "[".repeat(1_000_000);
    file_turned_away(
        "tips/x.yaml",
        million.as_bytes(),
        "tips/x.yaml: 1000000 bytes are too many",
    );
    for open in ["[", "{", "[{", "{\"a\":", "- ", "[\n", "{ a: [\n"] {
        let deep = format!("notes: {}", open.repeat(200_000 / open.len()));
        let deep = if open == "- " {
            deep.replacen("notes: ", "", 1)
        } else {
            deep
        };
        file_turned_away("tips/x.yaml", deep.as_bytes(), "nested deeper than 32");
    }
    let indented = (0..600)
        .map(|n| format!("{:n$}a:\n", ""))
        .collect::<Vec<_>>()
        .concat();
    file_turned_away("tips/x.yaml", indented.as_bytes(), "nested deeper than 32");
    let quotes = "\"\",".repeat(60_000);
    file_turned_away(
        "tips/x.yaml",
        format!("notes: [{quotes}]").as_bytes(),
        "tips/x.yaml:1: notes[0]: invalid type",
    );
}

#[test]
fn a_file_must_be_a_file_of_some_size() {
    let folder = folder(&[("hosts.yaml", HOSTS)]);
    let path = folder.path().join("terms.yaml");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo").success());
    turned_away(
        folder.path(),
        "terms.yaml: this is not a regular file; put the file itself here",
    );
    fs::remove_file(&path).expect("a file");

    symlink("/dev/zero", &path).expect("a link");
    turned_away(folder.path(), "terms.yaml: this is not a regular file");
    fs::remove_file(&path).expect("a file");

    symlink("/nowhere", &path).expect("a link");
    turned_away(folder.path(), "terms.yaml: the file cannot be read: ");
    fs::remove_file(&path).expect("a file");

    fs::create_dir(&path).expect("a folder");
    told(folder.path(), &["plans"]);
    fs::remove_dir(&path).expect("a folder");

    let sparse = fs::File::create(&path).expect("a file");
    sparse.set_len(1 << 30).expect("a size");
    turned_away(
        folder.path(),
        "terms.yaml: 1073741824 bytes are too many; 262144 at most: split the file",
    );
    fs::write(&path, "").expect("a file");
    turned_away(
        folder.path(),
        "terms.yaml: the file is empty; write a record, or delete it",
    );
    fs::remove_file(&path).expect("a file");

    write(folder.path(), "tips/x.yml", TIPS);
    turned_away(folder.path(), "tips/x.yml: name it `.yaml`");
}

#[test]
fn a_folder_holds_so_many_files_and_no_more() {
    let folder = TempDir::new().expect("a folder");
    for n in 0..513 {
        write(folder.path(), &format!("tips/{n}.yaml"), "notes: []\n");
    }
    turned_away(
        folder.path(),
        "more than 512 files; name the folder that holds the records",
    );
    fs::remove_file(folder.path().join("tips/0.yaml")).expect("a file");
    told(folder.path(), &["plans"]);

    let large = format!("# {}\nnotes: []\n", "x".repeat(250_000));
    for n in 1..40 {
        write(folder.path(), &format!("tips/{n}.yaml"), &large);
    }
    turned_away(
        folder.path(),
        "more than 8388608 bytes in all; take some files out",
    );

    let names = TempDir::new().expect("a folder");
    for n in 0..4_100 {
        write(names.path(), &format!("{n}.txt"), "");
    }
    turned_away(
        names.path(),
        "more than 4096 names; name the folder that holds the records",
    );
    // A folder that leads back into itself ends too.
    let round = TempDir::new().expect("a folder");
    symlink(round.path(), round.path().join("tips")).expect("a link");
    write(round.path(), "hosts.yaml", HOSTS);
    turned_away(round.path(), "tips/hosts.yaml:1: ");
}
