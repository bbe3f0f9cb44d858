//! What is wrong with a record: where, what was found, what to write.

use std::fmt;

/// One mistake in a folder of records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
