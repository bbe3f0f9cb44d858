//! The one place that writes a file: beside it first, then renamed, so that it is never half there.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::words::Word;

/// Why a file was not written.
pub(super) enum Unwritten {
    /// It is there already, and nobody said to replace it.
    Exists,
    /// No file can be there, for a reason of its own.
    NoFile(Word),
    Failed(io::Error),
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Unwritten {
        match error.kind() {
            ErrorKind::InvalidFilename | ErrorKind::InvalidInput => {
                Unwritten::NoFile(Word::WHY_NAME)
            }
            _ => Unwritten::Failed(error),
        }
    }
}

/// What to do with a file that is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    Keep,
    Replace,
}

/// Writes a file whole, or not at all, and gives the place where it is.
pub(super) fn write(path: &Path, text: &str, existing: Existing) -> Result<PathBuf, Unwritten> {
    let target = target(path, existing)?;
    let beside = beside(&target)?;
    let written = fill(&beside, text)
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => Unwritten::NoFile(Word::WHY_NO_PARENT),
            _ => Unwritten::from(error),
        })
        .and_then(|()| put(&beside, &target, existing));
    if written.is_err() {
        // The reader is told why it failed; that a scrap could not be removed adds nothing.
        let _ = fs::remove_file(&beside);
    }
    written.map(|()| target)
}

/// The file that is meant: behind a link, and whole from the root.
fn target(path: &Path, existing: Existing) -> Result<PathBuf, Unwritten> {
    let there = match fs::symlink_metadata(path) {
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(error.into()),
    };
    if !there {
        return Ok(std::path::absolute(path)?);
    }
    // A link that leads nowhere is refused here too: what it names is not known.
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(Unwritten::NoFile(Word::WHY_IS_FOLDER));
    }
    if !metadata.is_file() {
        return Err(Unwritten::NoFile(Word::WHY_DEVICE));
    }
    match existing {
        Existing::Keep => Err(Unwritten::Exists),
        Existing::Replace => Ok(fs::canonicalize(path)?),
    }
}

/// A name in the same folder, so that renaming moves nothing between disks.
fn beside(target: &Path) -> Result<PathBuf, Unwritten> {
    let Some(name) = target.file_name() else {
        return Err(Unwritten::NoFile(Word::WHY_NAME));
    };
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", std::process::id()));
    Ok(target.with_file_name(beside))
}

fn fill(beside: &Path, text: &str) -> io::Result<()> {
    let mut file: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn put(beside: &Path, target: &Path, existing: Existing) -> Result<(), Unwritten> {
    if existing == Existing::Keep && fs::symlink_metadata(target).is_ok() {
        return Err(Unwritten::Exists);
    }
    fs::rename(beside, target)?;
    Ok(())
}
