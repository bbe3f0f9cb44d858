//! What may enter: the limits of a folder of records and of the text in it.
//!
//! The YAML library would accept or choke on much of this, see the tests; so nothing reaches it
//! before it has passed here.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::knowledge::fault::Fault;
use crate::lang::KNOWN;

/// The largest file, in bytes.
pub const FILE_BYTES: u64 = 256 * 1024;
/// The largest folder, in bytes of all its records.
pub const FOLDER_BYTES: u64 = 8 * 1024 * 1024;
/// The most files of a folder.
pub const FILES: usize = 512;
/// The deepest nesting of maps and lists.
pub const NESTING: usize = 32;
/// The deepest nesting of folders; records lie one deep.
const FOLDERS: usize = 4;
/// The most names looked at in a folder and below it, whatever they are.
const NAMES: usize = 8 * FILES;
/// The longest piece of a path that is shown, in characters.
const MOST_SHOWN: usize = 60;

/// A file of records that passed the door.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path below the folder, with `/`.
    pub path: String,
    pub text: String,
}

/// Reads every `*.yaml` below the folder; names starting with `_` or `.` are skipped.
///
/// With the good files come all faults: a folder that cannot be read or holds nothing, a file
/// that is too large, no regular file, not UTF-8, or that holds a character or construct that
/// records do without.
#[must_use]
pub fn read(folder: &Path) -> (Vec<Page>, Vec<Fault>) {
    let mut listing = Listing::default();
    listing.list(folder, "", 0);
    let Listing {
        mut paths,
        mut faults,
        ..
    } = listing;
    paths.sort();
    let mut pages = Vec::new();
    if paths.len() > FILES {
        let message = format!("more than {FILES} files; name the folder that holds the records");
        return (pages, vec![Fault::new("", "", message)]);
    }
    if paths.is_empty() && faults.is_empty() {
        let message = format!(
            "the folder `{}` holds no `*.yaml` file; name one that holds records",
            shown(folder)
        );
        return (pages, vec![Fault::new("", "", message)]);
    }
    let sizes = paths.iter().map(|path| size(&folder.join(path)));
    if sizes.sum::<u64>() > FOLDER_BYTES {
        let message = format!("more than {FOLDER_BYTES} bytes in all; take some files out");
        return (pages, vec![Fault::new("", "", message)]);
    }
    for path in paths {
        match read_file(&folder.join(&path), &path) {
            Ok(text) => {
                let found = look(&path, &text);
                if found.is_empty() {
                    pages.push(Page { path, text });
                } else {
                    faults.extend(found);
                }
            }
            Err(fault) => faults.push(fault),
        }
    }
    (pages, faults)
}

/// The names found in a folder.
#[derive(Default)]
struct Listing {
    paths: Vec<String>,
    faults: Vec<Fault>,
    seen: usize,
}

impl Listing {
    fn list(&mut self, folder: &Path, below: &str, depth: usize) {
        let entries = match fs::read_dir(folder.join(below)) {
            Ok(entries) => entries,
            Err(error) => return self.unread(folder, below, &error),
        };
        for entry in entries {
            self.seen += 1;
            if self.seen > NAMES || self.paths.len() > FILES {
                return self.too_many();
            }
            match entry {
                Ok(entry) => self.entry(folder, below, depth, &entry.file_name()),
                Err(error) => self.unread(folder, below, &error),
            }
        }
    }

    fn entry(&mut self, folder: &Path, below: &str, depth: usize, name: &std::ffi::OsStr) {
        let ending = Path::new(name).extension().unwrap_or_default();
        let lossy = name.to_string_lossy();
        if lossy.starts_with(['_', '.']) {
            return;
        }
        let path = if below.is_empty() {
            lossy.into_owned()
        } else {
            format!("{below}/{lossy}")
        };
        let is_folder = fs::metadata(folder.join(below).join(name)).is_ok_and(|meta| meta.is_dir());
        if is_folder && depth < FOLDERS {
            self.list(folder, &path, depth + 1);
        } else if ending == "yaml" {
            if name.to_str().is_some() {
                self.paths.push(path);
            } else {
                let message = "the file name is not UTF-8; rename it";
                self.faults.push(Fault::new(path, "", message));
            }
        } else if ["yaml", "yml"]
            .iter()
            .any(|yaml| ending.eq_ignore_ascii_case(yaml))
        {
            self.faults.push(Fault::new(path, "", "name it `.yaml`"));
        }
    }

    fn unread(&mut self, folder: &Path, below: &str, error: &io::Error) {
        let name = shown(&folder.join(below));
        let name = name.trim_end_matches('/');
        let message = match error.kind() {
            io::ErrorKind::NotFound => {
                format!("there is no folder `{name}`; name one that holds records")
            }
            io::ErrorKind::NotADirectory => {
                format!("`{name}` is no folder; name the folder that holds the records")
            }
            _ => format!("the folder `{name}` cannot be read: {error}"),
        };
        self.faults.push(Fault::new(below, "", message));
    }

    fn too_many(&mut self) {
        let message = format!("more than {NAMES} names; name the folder that holds the records");
        if self.seen > NAMES && self.faults.iter().all(|fault| fault.message != message) {
            self.faults.push(Fault::new("", "", message));
        }
    }
}

/// A path as it may be shown: cut, and without what could drive a terminal.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let mut shown: String = text
        .chars()
        .take(MOST_SHOWN)
        .map(|c| {
            if refused(c) || c == '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect();
    if text.chars().nth(MOST_SHOWN).is_some() {
        shown.push('\u{2026}');
    }
    shown
}

/// How much a file that is not too large on its own adds to the folder.
fn size(file: &Path) -> u64 {
    let meta = fs::metadata(file).ok().filter(fs::Metadata::is_file);
    let size = meta.map_or(0, |meta| meta.len());
    if size > FILE_BYTES { 0 } else { size }
}

fn read_file(file: &Path, path: &str) -> Result<String, Fault> {
    let fault = |message: String| Fault::new(path, "", message);
    let unread = |error: io::Error| fault(format!("the file cannot be read: {error}"));
    let meta = fs::metadata(file).map_err(unread)?;
    if !meta.is_file() {
        return Err(fault(
            "this is not a regular file; put the file itself here".into(),
        ));
    }
    let limit = |size: &dyn Display| {
        fault(format!(
            "{size} bytes are too many; {FILE_BYTES} at most: split the file"
        ))
    };
    if meta.len() > FILE_BYTES {
        return Err(limit(&meta.len()));
    }
    if meta.len() == 0 {
        return Err(fault(EMPTY.into()));
    }
    let mut raw = Vec::new();
    let mut open = fs::File::open(file).map_err(unread)?.take(FILE_BYTES + 1);
    let size = open.read_to_end(&mut raw).map_err(unread)? as u64;
    if size > FILE_BYTES {
        return Err(limit(&size));
    }
    text_of(raw, path)
}

/// The text of a file, without its byte order mark, its lines ended by newlines alone.
///
/// # Errors
/// Only if it is not UTF-8.
pub fn text_of(raw: Vec<u8>, path: &str) -> Result<String, Fault> {
    let text = String::from_utf8(raw).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.split(|byte| *byte == b'\n').count();
        Fault::on_line(path, line, "this is not UTF-8; save the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n"))
}

const EMPTY: &str = "the file is empty; write a record, or delete it";

/// Whether a character never stands in a record, nor is echoed from an argument.
#[must_use]
pub fn refused(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Looks at the text of a file before the parser does.
#[must_use]
pub fn look(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if text.lines().all(is_bare) {
        return vec![Fault::new(path, "", EMPTY)];
    }
    let mut scan = Scan::default();
    for (number, line) in text.lines().enumerate() {
        scan.messages.clear();
        scan.line(line);
        for message in scan.messages.drain(..) {
            faults.push(Fault::on_line(path, number + 1, message));
        }
        if faults.len() > 20 || scan.too_deep {
            break;
        }
    }
    faults
}

/// Whether a line holds nothing but blanks or a comment.
fn is_bare(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line.is_empty() || line.starts_with('#')
}

/// Where a scan of YAML stands.
///
/// It must never take for quoted or block text what the parser reads otherwise: an alias could
/// hide there. So a quoted text ends on its line, and a value that runs on over lines in `[` or
/// `{` is followed.
#[derive(Default)]
struct Scan {
    messages: Vec<String>,
    /// How deep in `[` and `{`.
    depth: usize,
    /// Whether the last line ended in the middle of a value in `[` or `{`.
    inside: bool,
    /// Inside a block scalar: the column of the key or dash it belongs to.
    block: Option<usize>,
    /// Behind an unquoted value: the column of its key or dash; deeper lines would go on with it.
    value: Option<usize>,
    /// A key of a language whose sentence must start on the next line.
    awaits: Option<&'static str>,
    /// Whether a line with something on it was seen.
    begun: bool,
    too_deep: bool,
}

impl Scan {
    fn say(&mut self, message: impl Into<String>) {
        self.messages.push(message.into());
    }

    fn line(&mut self, line: &str) {
        match line.chars().find(|c| refused(*c)) {
            Some('\t') => self.say("a tab; write blanks instead"),
            Some(c) => {
                let code = c as u32;
                self.say(format!(
                    "the character U+{code:04X} is not allowed; delete it or retype the line"
                ));
            }
            None => {}
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        if let Some(column) = self.block {
            if line.trim().is_empty() || indent > column {
                return;
            }
            self.block = None;
        }
        if is_bare(line) {
            return;
        }
        let content = &line[indent..];
        if self.depth == 0 {
            self.opening(content);
            if self.value.take().is_some_and(|column| indent > column) {
                self.say("an unquoted text ends on its line; quote it, or write it with `>-`");
            }
        }
        if let Some(tag) = self.awaits.take()
            && !content.starts_with(['"', '\'', '>', '|'])
        {
            self.say(format!("put the sentence after `{tag}:` in double quotes"));
        }
        let levels = if self.depth == 0 { indent / 2 } else { 0 };
        self.characters(line, levels);
        self.begun = true;
    }

    /// What a line outside of `[` and `{` may not begin with.
    fn opening(&mut self, content: &str) {
        if content.starts_with(['%', '@', '`']) {
            self.say("this line starts with a character records do without; quote it");
        }
        let document = |mark: &str| content == mark || content.starts_with(&format!("{mark} "));
        if (document("---") && (self.begun || content != "---")) || document("...") {
            self.say("one file is one record; take this line and what follows out");
        }
    }

    fn characters(&mut self, line: &str, mut levels: usize) {
        // Whether no unquoted value is running, so that a new token starts here.
        let mut start = self.depth == 0 || !self.inside;
        // Where the key or dash stands that a block scalar would belong to, the last dash, and
        // whether a key followed it.
        let mut column = line.len() - line.trim_start_matches(' ').len();
        let mut dash = None;
        let mut key = false;
        let mut before = ' ';
        let mut rest = line.char_indices();
        while let Some((at, c)) = rest.next() {
            let last = std::mem::replace(&mut before, c);
            let behind = &line[at + c.len_utf8()..];
            let ends = behind.is_empty() || behind.starts_with(' ');
            let flow = self.depth > 0;
            match c {
                ' ' => {}
                '#' if start || last == ' ' => break,
                '-' if start && ends && !flow => {
                    levels += 1;
                    column = column_behind(at, behind);
                    dash = Some(at);
                }
                '"' | '\'' if start => {
                    let Some(length) = quoted_length(behind, c) else {
                        self.say(UNCLOSED);
                        return;
                    };
                    rest.by_ref().find(|(end, _)| *end == at + length);
                }
                '>' | '|' if start && !flow => {
                    self.block = Some(column);
                    return;
                }
                '[' | '{' if start || flow => {
                    self.depth += 1;
                    start = true;
                }
                ']' | '}' if flow => {
                    self.depth -= 1;
                    start = true;
                }
                ',' if flow => start = true,
                ':' if ends || flow && start => {
                    self.sentence_after(&line[..at], behind);
                    start = true;
                    key |= !flow;
                }
                _ => {
                    if start {
                        self.opens(c, behind);
                    }
                    self.typed_wide(c);
                    start = false;
                }
            }
            if self.depth + levels > NESTING {
                break;
            }
        }
        self.inside = !start;
        if self.depth == 0 && !start {
            self.value = if key { Some(column) } else { dash };
            if self.value.is_none() && self.messages.is_empty() {
                self.say("a value stands on the line of its key; put it there, or quote it");
            }
        }
        if self.depth + levels > NESTING {
            self.too_deep = true;
            self.say(format!(
                "nested deeper than {NESTING}; a record needs less than ten"
            ));
        }
    }

    /// A character that opens something records do without.
    fn opens(&mut self, c: char, behind: &str) {
        match c {
            '&' | '*' => self.say(format!(
                "`{c}` opens an anchor or alias; write the value out, or quote it"
            )),
            '!' => self.say("`!` opens a tag; records have none: quote the value"),
            '<' if behind.starts_with('<') => {
                self.say("`<<` merges maps; write the fields out");
            }
            '<' => {
                self.say("`<` opens a blank of the template; fill it in, or take the field out");
            }
            '?' if self.depth > 0 || behind.is_empty() || behind.starts_with(' ') => {
                self.say("`?` opens a key; write the key and a colon");
            }
            _ => {}
        }
    }

    /// A mark or digit outside quotes as Chinese and Japanese keyboards type it.
    fn typed_wide(&mut self, c: char) {
        if matches!(
            c,
            '\u{ff1a}' | '\u{3000}' | '\u{ff0c}' | '\u{201c}' | '\u{201d}' | '\u{ff10}'
                ..='\u{ff19}'
        ) {
            let code = c as u32;
            self.say(format!(
                "`{c}` (U+{code:04X}) outside quotes; type plain `: , \"`, digits and blanks"
            ));
        }
    }

    /// Looks whether the sentence of a language is quoted; `behind` follows the colon.
    fn sentence_after(&mut self, before: &str, behind: &str) {
        let key = before
            .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .next()
            .unwrap_or_default();
        let Some(lang) = KNOWN.iter().find(|lang| lang.tag() == key) else {
            return;
        };
        if is_bare(behind) {
            self.awaits = Some(lang.tag());
        } else if !behind
            .trim_start_matches(' ')
            .starts_with(['"', '\'', '>', '|'])
        {
            self.say(format!("put the sentence after `{key}:` in double quotes"));
        }
    }
}

const UNCLOSED: &str = "a quoted text ends on the line it starts on; close the quote, \
                        or write a long text with `>-`";

/// The column of what a dash opens: of the dash itself, or of the key behind it.
fn column_behind(dash: usize, behind: &str) -> usize {
    match behind.find(|c| c != ' ') {
        Some(key) if !behind[key..].starts_with(['-', '>', '|', '#']) => dash + 1 + key,
        Some(_) | None => dash,
    }
}

/// How many bytes of the text a quote encloses, its closing mark included.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let doubled = quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'');
            if !doubled {
                return Some(at + c.len_utf8());
            }
            chars.next();
        }
    }
    None
}
