//! The phone page: what it links to, what it may not hold, and how a browser shows it.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use sha2::{Digest, Sha256};
use support::LANGS;

/// The most that one language may weigh.
const MOST_BYTES: usize = 1_500_000;

fn simguide(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_simguide"))
        .args(words)
        .env_clear()
        .output()
        .expect("the program runs")
}

/// The page, as it comes out of the program.
fn page(words: &[&str]) -> String {
    let mut all = vec!["page"];
    all.extend(words);
    let output = simguide(&all);
    assert_eq!(output.status.code(), Some(0), "page {words:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The pages that the rules are held to: whole in each language, in all, and small ones.
fn pages() -> &'static [(String, String)] {
    static PAGES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let mut asked: Vec<Vec<&str>> = vec![vec!["--lang", "all"]];
        for lang in LANGS {
            asked.push(vec!["--lang", lang]);
            for plan in ["docomo-poikatsu-20", "softbank-prepaid", "cmhk-prepaid"] {
                asked.push(vec!["--lang", lang, "--plan", plan]);
            }
        }
        asked
            .iter()
            .map(|words| (words.join(" "), page(words)))
            .collect()
    })
}

/// An element as it opens, with its place in the text.
#[derive(Clone, Debug)]
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| *value)
    }

    fn read(text: &'a str) -> Tag<'a> {
        let (name, mut rest) = text.split_once([' ', '\n']).unwrap_or((text, ""));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
            if rest.is_empty() {
                break;
            }
            let key = &rest[..end];
            let Some(quoted) = rest[end..].strip_prefix("=\"") else {
                attributes.push((key, ""));
                rest = &rest[end..];
                continue;
            };
            let close = quoted.find('"').expect("a quoted value that ends");
            attributes.push((key, &quoted[..close]));
            rest = &quoted[close + 1..];
        }
        Tag { name, attributes }
    }
}

/// One thing after the other: what opens, and the words inside what is open.
enum Piece<'a> {
    Open(Tag<'a>),
    Text(&'a str, Vec<Tag<'a>>),
}

const VOID: [&str; 5] = ["meta", "input", "br", "wbr", "!doctype"];

/// The page in pieces; fails where an element is not closed as it was opened.
fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open: Vec<Tag> = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        pieces.push(Piece::Text(text, open.clone()));
        let (inner, behind) = after.split_once('>').expect("a tag that ends");
        rest = behind;
        if let Some(name) = inner.strip_prefix('/') {
            let opened = open.pop().map(|tag| tag.name);
            assert_eq!(opened, Some(name), "closed before {behind:.80}");
            continue;
        }
        let tag = Tag::read(inner);
        pieces.push(Piece::Open(tag.clone()));
        if tag.name == "style" {
            let (style, behind) = rest.split_once("</style>").expect("a style that ends");
            pieces.push(Piece::Text(style, vec![tag]));
            rest = behind;
        } else if !VOID.contains(&tag.name) {
            open.push(tag);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    pieces
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(tag) => Some(tag),
            Piece::Text(..) => None,
        })
        .collect()
}

#[test]
fn every_link_leads_somewhere_and_ids_are_unique() {
    for (name, html) in pages() {
        let tags = tags(html);
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{name}: twice #{id}");
        }
        for tag in &tags {
            let target = tag.get("href").or_else(|| tag.get("for").map(|_| ""));
            match target.and_then(|href| href.strip_prefix('#')) {
                Some(anchor) => assert!(ids.contains(anchor), "{name}: no #{anchor}"),
                None => {
                    if let Some(id) = tag.get("for") {
                        assert!(ids.contains(id), "{name}: no field {id}");
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_runs_and_nothing_is_loaded() {
    for (name, html) in pages() {
        for tag in tags(html) {
            assert!(
                !["script", "link", "img", "iframe", "object", "base", "form"].contains(&tag.name),
                "{name}: <{}>",
                tag.name
            );
            for (key, value) in &tag.attributes {
                assert!(
                    !key.starts_with("on") && !["src", "style", "srcset"].contains(key),
                    "{name}: {key}={value}"
                );
            }
            if let Some(href) = tag.get("href").filter(|href| !href.starts_with('#')) {
                assert!(href.starts_with("https://"), "{name}: {href}");
                assert!(href.is_ascii(), "{name}: {href}");
                assert_eq!(tag.get("rel"), Some("noopener noreferrer"), "{name}");
            }
        }
        let style = style(html);
        assert!(
            !style.contains("url(") && !style.contains("@import"),
            "{name}"
        );
    }
}

fn style(html: &str) -> &str {
    let (_, after) = html.split_once("<style>").expect("a style");
    after.split_once("</style>").expect("its end").0
}

#[test]
fn the_policy_lets_in_this_style_only() {
    for (name, html) in pages() {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style(html)));
        let policy = format!(
            "content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\""
        );
        assert!(html.contains(&policy), "{name}");
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    for lang in LANGS {
        let first = page(&["--lang", lang]);
        let again = page(&["--lang", lang, "--today", "2031-05-06", "--width", "40"]);
        assert!(first == again, "{lang}");
        assert!(!first.contains("2031"), "{lang}");
    }
}

#[test]
fn one_language_stays_small() {
    for lang in LANGS {
        let bytes = page(&["--lang", lang]).len();
        assert!(bytes <= MOST_BYTES, "{lang}: {bytes} bytes");
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

#[test]
fn japanese_is_marked_as_such() {
    for (name, html) in pages() {
        for piece in pieces(html) {
            let Piece::Text(text, inside) = piece else {
                continue;
            };
            // A title holds no markup: a name in kana stands in it as it is.
            if inside.last().is_some_and(|tag| tag.name == "title") {
                continue;
            }
            let lang = inside.iter().rev().find_map(|tag| tag.get("lang"));
            assert!(
                lang == Some("ja") || !text.contains(is_kana),
                "{name}: {text}"
            );
        }
    }
}

#[test]
fn every_record_is_in_it() {
    let html = page(&["--lang", "en"]);
    let ids: BTreeSet<&str> = tags(&html).iter().filter_map(|tag| tag.get("id")).collect();
    for (command, prefix) in [("plans", "p-"), ("phrases", "k-"), ("channels", "c-")] {
        let output = simguide(&[command, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let results = answer["results"].as_array().expect("results");
        assert!(!results.is_empty(), "{command}");
        for result in results {
            let id = result["id"].as_str().expect("an id");
            assert!(
                ids.contains(format!("{prefix}{id}").as_str()),
                "{command}: {id}"
            );
        }
    }
}

#[test]
fn three_languages_share_a_file_and_a_switch() {
    let html = page(&["--lang", "all"]);
    let tags = tags(&html);
    let switch: Vec<&Tag> = tags
        .iter()
        .filter(|tag| tag.get("type") == Some("radio"))
        .collect();
    assert_eq!(switch.len(), LANGS.len());
    let checked = switch.iter().filter(|tag| tag.get("checked").is_some());
    assert_eq!(checked.count(), 1);
    for lang in LANGS {
        let part = |tag: &&Tag| {
            tag.name == "div"
                && tag.get("lang") == Some(lang)
                && tag
                    .get("class")
                    .is_some_and(|class| class.starts_with("page "))
        };
        assert_eq!(tags.iter().filter(part).count(), 1, "{lang}");
    }
    let elsewhere = simguide(&["tips", "--lang", "all"]);
    assert_eq!(elsewhere.status.code(), Some(2));
    assert!(elsewhere.stdout.is_empty());
}

/// A folder of one test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("simguide-page-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry.expect("an entry")))
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_file_is_written_whole_and_its_place_told() {
    let folder = Folder::new();
    let file = folder.path("guide.html");
    let output = simguide(&["page", "--lang", "en", "--output", &file, "--width", "400"]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains(&file), "{told}");
    assert_eq!(
        fs::read_to_string(&file).expect("the file"),
        page(&["--lang", "en"])
    );
    assert_eq!(folder.names(), ["guide.html"]);
}

#[test]
fn a_file_that_exists_is_kept_unless_forced() {
    for (lang, words) in [
        ("en", "exists already"),
        ("zh", "已经存在"),
        ("ja", "すでにあります"),
    ] {
        let folder = Folder::new();
        let file = folder.path("guide.html");
        fs::write(&file, "mine").expect("a file");
        let refused = simguide(&["page", "--lang", lang, "--width", "400", "--output", &file]);
        assert_eq!(refused.status.code(), Some(2), "{lang}");
        assert!(refused.stdout.is_empty(), "{lang}");
        let told = String::from_utf8_lossy(&refused.stderr);
        assert!(told.contains(words), "{told}");
        assert_eq!(fs::read_to_string(&file).expect("the file"), "mine");
        let forced = simguide(&["page", "--lang", lang, "--output", &file, "--force"]);
        assert_eq!(forced.status.code(), Some(0), "{lang}");
        assert!(
            fs::read_to_string(&file)
                .expect("the file")
                .starts_with("<!doctype html>")
        );
        assert_eq!(folder.names(), ["guide.html"]);
    }
}

#[test]
fn what_cannot_be_written_is_told_and_leaves_nothing() {
    let folder = Folder::new();
    let inside = folder.path("no-such-folder/guide.html");
    let itself = folder.0.to_string_lossy().into_owned();
    for (lang, missing, is_folder) in [
        ("en", "no such folder", "it is a folder"),
        ("zh", "没有这个文件夹", "是文件夹"),
        ("ja", "そのフォルダーがありません", "フォルダーです"),
    ] {
        for (file, why) in [(&inside, missing), (&itself, is_folder)] {
            let output = simguide(&[
                "page", "--lang", lang, "--width", "400", "--force", "--output", file,
            ]);
            assert_eq!(output.status.code(), Some(2), "{lang}: {file}");
            assert!(output.stdout.is_empty(), "{lang}: {file}");
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(told.contains(why), "{lang}: {told}");
        }
    }
    assert!(folder.names().is_empty());
}

#[cfg(unix)]
#[test]
fn a_device_is_not_replaced_and_a_link_is_followed() {
    use std::os::unix::fs::FileTypeExt as _;

    let output = simguide(&["page", "--lang", "en", "--force", "--output", "/dev/null"]);
    assert_eq!(output.status.code(), Some(2));
    let null = fs::metadata("/dev/null").expect("the null device");
    assert!(null.file_type().is_char_device());

    let folder = Folder::new();
    let (file, link) = (folder.path("guide.html"), folder.path("link.html"));
    fs::write(&file, "mine").expect("a file");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    let output = simguide(&["page", "--lang", "en", "--force", "--output", &link]);
    assert_eq!(output.status.code(), Some(0));
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert!(
        fs::read_to_string(&file)
            .expect("the file")
            .starts_with("<!doctype html>")
    );
}

// What follows needs Debian's chromium-headless-shell, and fonts-noto-cjk to look as it should.

/// The longest a browser may take for one page.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a browser printed: the document as it stands, and its log.
struct Seen {
    dom: String,
    log: String,
}

/// Shows a file in a browser of its own.
fn browse(folder: &Folder, file: &Path, flags: &[&str]) -> Seen {
    let (out, log) = (folder.0.join("out.txt"), folder.0.join("log.txt"));
    let stream = |path: &Path| Stdio::from(fs::File::create(path).expect("a file for output"));
    let mut browser = Command::new("chromium-headless-shell")
        .args([
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--enable-logging=stderr",
        ])
        .arg(format!("--user-data-dir={}", folder.path("profile")))
        .args(flags)
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .stdout(stream(&out))
        .stderr(stream(&log))
        .spawn()
        .expect("chromium-headless-shell, of the Debian package of that name");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = browser.try_wait().expect("its state") {
            break status;
        }
        if started.elapsed() > PATIENCE {
            let _ = browser.kill();
            panic!("the browser took longer than {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success(), "{status}");
    Seen {
        dom: fs::read_to_string(out).expect("the document"),
        log: String::from_utf8_lossy(&fs::read(log).expect("the log")).into_owned(),
    }
}

/// What is wrong with a page at a width, by the measuring script.
fn measured(html: &str, width: u32, dark: bool) -> Vec<String> {
    let folder = Folder::new();
    let file = folder.0.join("page.html");
    let policy = html.find("<meta http-equiv").expect("the policy");
    let end = policy + html[policy..].find('>').expect("its end") + 1;
    let script = include_str!("page/measure.js");
    let body = html[end..].replace("</body>", &format!("<script>{script}</script></body>"));
    fs::write(&file, format!("{}{body}", &html[..policy])).expect("a copy");
    let size = format!("--window-size={width},800");
    let scheme = format!("--blink-settings=preferredColorScheme={}", u8::from(!dark));
    let seen = browse(&folder, &file, &["--dump-dom", &size, &scheme]);
    let (_, title) = seen.dom.split_once("<title>").expect("a title");
    let (title, _) = title.split_once("</title>").expect("its end");
    let told = title.replace("&quot;", "\"").replace("&amp;", "&");
    let told: serde_json::Value = serde_json::from_str(&told).expect("what was measured");
    assert_eq!(told["width"], width, "the browser took another width");
    let wrong = told["wrong"].as_array().expect("a list");
    wrong.iter().map(ToString::to_string).collect()
}

#[test]
#[ignore = "needs chromium"]
fn nothing_is_too_wide_too_small_or_too_faint() {
    for lang in LANGS {
        let whole = page(&["--lang", lang]);
        let small = page(&["--lang", lang, "--plan", "softbank-prepaid"]);
        for (name, html) in [("whole", &whole), ("small", &small)] {
            for (width, dark) in [(320, false), (320, true), (390, false), (1280, false)] {
                let wrong = measured(html, width, dark);
                assert!(
                    wrong.is_empty(),
                    "{lang}, {name}, {width}, dark {dark}: {wrong:#?}"
                );
            }
        }
    }
}

#[test]
#[ignore = "needs chromium"]
fn the_switch_of_languages_fits_a_small_phone() {
    let wrong = measured(&page(&["--lang", "all"]), 320, false);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_blocks_and_loads_nothing() {
    let folder = Folder::new();
    let file = folder.0.join("page.html");
    for lang in ["en", "zh-Hans", "ja", "all"] {
        let html = page(&["--lang", lang]);
        fs::write(&file, &html).expect("the page");
        let seen = browse(&folder, &file, &["--dump-dom"]);
        assert!(!seen.log.contains("violates"), "{lang}: {}", seen.log);
        assert!(!seen.log.contains("ERR_"), "{lang}: {}", seen.log);
        // The same with one byte of the style changed: the test would see a violation.
        fs::write(&file, html.replacen("<style>", "<style> ", 1)).expect("the page");
        let seen = browse(&folder, &file, &["--dump-dom"]);
        assert!(seen.log.contains("violates"), "{lang}");
    }
}

#[test]
#[ignore = "needs chromium"]
fn it_prints() {
    for lang in LANGS {
        for words in [
            vec!["--lang", lang],
            vec!["--lang", lang, "--plan", "povo2"],
        ] {
            let folder = Folder::new();
            let file = folder.0.join("page.html");
            fs::write(&file, page(&words)).expect("the page");
            let pdf = folder.path("page.pdf");
            let print = format!("--print-to-pdf={pdf}");
            browse(&folder, &file, &["--no-pdf-header-footer", &print]);
            let printed = fs::read(&pdf).expect("the print");
            assert!(printed.starts_with(b"%PDF-"), "{words:?}");
            let sheets = String::from_utf8_lossy(&printed)
                .matches("/Type /Page\n")
                .count();
            assert!(sheets > 3, "{words:?}: {sheets} sheets");
        }
    }
}
