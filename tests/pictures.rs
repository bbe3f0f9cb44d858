//! The pictures of the README still show what the program prints; `.ci/pictures` makes them.

mod support;

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use simguide::run::run_in;
use support::{machine, typed};

/// A file of the project.
fn file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), name].iter().collect()
}

/// What is printed, up to the last line that the picture shows: by number, or by words in it.
fn shown(printed: &str, last: &str) -> String {
    let number = last.parse().ok();
    let mut text = String::new();
    for (at, line) in printed.lines().enumerate() {
        text.push_str(line);
        text.push('\n');
        if number.map_or(line.contains(last), |number: usize| at + 1 >= number) {
            break;
        }
    }
    text
}

/// The sum of a text, as `sha256sum` writes it.
fn mark(text: &str) -> String {
    let bytes: [u8; 32] = Sha256::digest(text).into();
    bytes.map(|byte| format!("{byte:02x}")).concat()
}

#[test]
fn every_picture_shows_what_is_printed_now() {
    let list = fs::read_to_string(file("tests/pictures/list.txt")).expect("the list");
    let readme = fs::read_to_string(file("README.md")).expect("the README");
    let mut listed = 0;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let [name, _screen, lang, last, words] =
            <[&str; 5]>::try_from(line.splitn(5, ' ').collect::<Vec<_>>()).expect("five columns");
        let path = format!("tests/pictures/{name}.png");
        assert!(readme.contains(&path), "the README does not show {path}");
        let mut around = machine();
        around.locale = Some(format!("{lang}.UTF-8"));
        let printed = run_in(&typed(words), &around).stdout;
        let mark = mark(&shown(&printed, last));
        let picture = fs::read(file(&path)).expect("the picture");
        let fresh = picture
            .windows(mark.len())
            .any(|part| part == mark.as_bytes());
        assert!(
            fresh,
            "{path} shows what was printed once: run .ci/pictures"
        );
        assert!(picture.len() < 120_000, "{path}: {} bytes", picture.len());
        listed += 1;
    }
    let files = fs::read_dir(file("tests/pictures")).expect("the folder");
    assert_eq!(files.count(), listed + 1, "a picture that nobody lists");
}
