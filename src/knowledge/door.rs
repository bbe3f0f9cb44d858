//! What may enter: the limits of a folder of records and of the text in it.
//!
//! The YAML library would accept or choke on much of this, see the tests; so nothing reaches it
//! before it has passed here.

use std::fs;
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
/// The deepest nesting of folders.
const FOLDERS: usize = 4;

/// A file of records that passed the door.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path below the folder, with `/`.
    pub path: String,
    pub text: String,
}

/// Reads every `*.yaml` below the folder; names starting with `_` or `.` are skipped.
///
/// # Errors
/// All faults at once: a folder that cannot be read, a file that is too large, no regular file,
/// not UTF-8, or that holds a character or construct that records do without.
pub fn read(folder: &Path) -> Result<Vec<Page>, Vec<Fault>> {
    let mut paths = Vec::new();
    let mut faults = Vec::new();
    list(folder, "", 0, &mut paths, &mut faults);
    paths.sort();
    if paths.len() > FILES {
        let message = format!("{} files are too many; {FILES} at most", paths.len());
        return Err(vec![Fault::new("", "", message)]);
    }
    let mut pages = Vec::new();
    let mut bytes = 0;
    for path in paths {
        match read_file(&folder.join(&path), &path, &mut bytes) {
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
    if faults.is_empty() {
        Ok(pages)
    } else {
        Err(faults)
    }
}

fn list(
    folder: &Path,
    below: &str,
    depth: usize,
    paths: &mut Vec<String>,
    faults: &mut Vec<Fault>,
) {
    let entries = match fs::read_dir(folder.join(below)) {
        Ok(entries) => entries,
        Err(error) => {
            faults.push(Fault::new(
                below,
                "",
                format!("the folder cannot be read: {error}"),
            ));
            return;
        }
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with(['_', '.']) || paths.len() > FILES {
            continue;
        }
        let path = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        let is_folder = fs::metadata(folder.join(&path)).is_ok_and(|meta| meta.is_dir());
        if is_folder && depth < FOLDERS {
            list(folder, &path, depth + 1, paths, faults);
        } else if Path::new(&name)
            .extension()
            .is_some_and(|end| end == "yaml")
        {
            paths.push(path);
        } else if Path::new(&name).extension().is_some_and(|end| end == "yml") {
            faults.push(Fault::new(path, "", "name it `.yaml`"));
        }
    }
}

fn read_file(file: &Path, path: &str, bytes: &mut u64) -> Result<String, Fault> {
    let fault = |message: String| Fault::new(path, "", message);
    let meta =
        fs::metadata(file).map_err(|error| fault(format!("the file cannot be read: {error}")))?;
    if !meta.is_file() {
        return Err(fault("this is not a regular file".into()));
    }
    if meta.len() > FILE_BYTES {
        return Err(fault(format!(
            "{} bytes are too many; {FILE_BYTES} at most",
            meta.len()
        )));
    }
    *bytes += meta.len();
    if *bytes > FOLDER_BYTES {
        return Err(fault(format!(
            "the folder holds more than {FOLDER_BYTES} bytes"
        )));
    }
    let raw = fs::read(file).map_err(|error| fault(format!("the file cannot be read: {error}")))?;
    let text = String::from_utf8(raw).map_err(|error| {
        let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
            .split(|byte| *byte == b'\n')
            .count()
            - 1;
        Fault::on_line(path, line, "this is not UTF-8; save the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n"))
}

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
    if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        return vec![Fault::new(path, "", "the file is empty")];
    }
    let mut scan = Scan::default();
    for (number, line) in text.lines().enumerate() {
        for message in scan.line(line) {
            faults.push(Fault::on_line(path, number + 1, message));
        }
        if faults.len() > 20 || scan.depth > NESTING {
            break;
        }
    }
    faults
}

/// Where a scan of YAML stands: inside quotes, how deep in `[` and `{`.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    depth: usize,
    /// Inside a block scalar: the indent of the line that opened it.
    block: Option<usize>,
}

impl Scan {
    fn line(&mut self, line: &str) -> Vec<String> {
        let mut messages = Vec::new();
        if let Some(c) = line.chars().find(|c| refused(*c)) {
            messages.push(format!(
                "the character U+{:04X} is not allowed; delete it or retype the line",
                c as u32
            ));
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        if let Some(opened) = self.block {
            if line.trim().is_empty() || indent > opened {
                return messages;
            }
            self.block = None;
        }
        if self.quote.is_none() {
            if line.trim_start().starts_with(['%', '@', '`']) {
                messages.push("this line starts with a character records do without".into());
            }
            if indent / 2 > NESTING {
                self.depth = NESTING + 1;
            }
        }
        self.characters(line, indent, &mut messages);
        if self.depth > NESTING {
            messages.push(format!("nested deeper than {NESTING}"));
        }
        messages
    }

    fn characters(&mut self, line: &str, indent: usize, messages: &mut Vec<String>) {
        let mut before = ' ';
        let mut rest = line.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if let Some(quote) = self.quote {
                if quote == '"' && c == '\\' {
                    rest.next();
                } else if c == quote {
                    if quote == '\'' && rest.peek().is_some_and(|(_, next)| *next == '\'') {
                        rest.next();
                    } else {
                        self.quote = None;
                    }
                }
                before = c;
                continue;
            }
            let opens = matches!(before, ' ' | '[' | '{' | ',' | '-');
            match c {
                '#' if before == ' ' => return,
                '"' | '\'' if opens => self.quote = Some(c),
                '[' | '{' if opens => self.depth += 1,
                ']' | '}' => self.depth = self.depth.saturating_sub(1),
                '&' | '*' if opens => messages.push(format!(
                    "`{c}` opens an anchor or alias; write the value out, or quote it"
                )),
                '!' if opens => {
                    messages.push("`!` opens a tag; records have none: quote the value".into());
                }
                '<' if opens && line[at..].starts_with("<<:") => {
                    messages.push("`<<` merges maps; write the fields out".into());
                }
                '\u{ff1a}' | '\u{3000}' | '\u{ff0c}' | '\u{201c}' | '\u{201d}' => {
                    messages.push(format!(
                        "`{c}` outside quotes; use the plain `: , \"` and blank of YAML"
                    ));
                }
                '>' | '|' if opens && self.depth == 0 && line[at + 1..].trim().len() <= 2 => {
                    self.block = Some(indent);
                    return;
                }
                ':' => {
                    let key = line[..at]
                        .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                        .next()
                        .unwrap_or_default();
                    let value = line[at + 1..].trim_start();
                    if KNOWN.iter().any(|lang| lang.tag() == key)
                        && line[at + 1..].starts_with(' ')
                        && !value.is_empty()
                        && !value.starts_with(['"', '\'', '>', '|'])
                    {
                        messages.push(format!("put the sentence after `{key}:` in double quotes"));
                    }
                }
                _ => {}
            }
            before = c;
        }
    }
}
