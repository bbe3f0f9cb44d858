//! What is wrong with a record: where, what was found, what to write.

use std::cmp::Ordering;
use std::fmt;

/// One mistake in a folder of records.
///
/// Ordered by file, line and field, as one reads: `ways[2]` before `ways[10]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the person who edits it would name it; empty where the folder is meant.
    pub file: String,
    /// The field, such as `plans[0].kind`; empty where the whole file is meant.
    pub field: String,
    /// The line, where the parser knows it; 0 where it does not.
    pub line: usize,
    /// What was found and what to write instead.
    pub message: String,
}

impl Fault {
    /// A fault of a field.
    pub fn new(
        file: impl Into<String>,
        field: impl Into<String>,
        message: impl Into<String>,
    ) -> Fault {
        Fault {
            file: file.into(),
            field: field.into(),
            line: 0,
            message: message.into(),
        }
    }

    /// A fault of a line.
    pub fn on_line(file: impl Into<String>, line: usize, message: impl Into<String>) -> Fault {
        Fault {
            line,
            ..Fault::new(file, "", message)
        }
    }
}

impl PartialOrd for Fault {
    fn partial_cmp(&self, other: &Fault) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fault {
    fn cmp(&self, other: &Fault) -> Ordering {
        self.file
            .cmp(&other.file)
            .then(self.line.cmp(&other.line))
            .then_with(|| in_order(&self.field).cmp(&in_order(&other.field)))
            .then_with(|| self.message.cmp(&other.message))
    }
}

/// The parts of a field, with its places in lists as numbers.
fn in_order(field: &str) -> Vec<(Option<usize>, &str)> {
    let parts = field.split(['[', ']']);
    parts.map(|part| (part.parse().ok(), part)).collect()
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}", self.file)?;
            if self.line > 0 {
                write!(f, ":{}", self.line)?;
            }
            f.write_str(": ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}
