//! The programs that are measured, each built here and now.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_yaml::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Where everything made for a measurement stands.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost")
}

/// The program as a reader builds it.
pub(crate) fn release() -> Result<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("");
    build(Path::new(ROOT), &target, &[])?;
    Ok(target.join("release/simguide"))
}

/// The program without the dynamic loader; it needs a target, or macros could not be built.
pub(crate) fn linked_statically() -> Result<PathBuf> {
    let target = folder().join("static");
    let about = Command::new("rustc").arg("-vV").output()?.stdout;
    let about = String::from_utf8(about)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc names no host")?;
    let mut cargo = cargo(Path::new(ROOT), &target, &["--target", host]);
    succeed(cargo.env("RUSTFLAGS", "-C target-feature=+crt-static"))?;
    Ok(target.join(host).join("release/simguide"))
}

/// A hello-world of the program's own release profile.
pub(crate) fn hello() -> Result<PathBuf> {
    let home = folder().join("hello");
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml"))?;
    let (_, profile) = manifest
        .split_once("[profile.release]")
        .context("Cargo.toml has no release profile")?;
    let profile = profile.split("\n[").next().unwrap_or_default();
    fs::create_dir_all(home.join("src"))?;
    fs::write(
        home.join("Cargo.toml"),
        format!(
            "[package]\nname = \"hello\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [profile.release]{profile}"
        ),
    )?;
    fs::write(
        home.join("src/main.rs"),
        "fn main() {\n    println!(\"Hello, world!\");\n}\n",
    )?;
    fs::write(
        home.join("Cargo.lock"),
        "version = 4\n\n[[package]]\nname = \"hello\"\nversion = \"0.0.0\"\n",
    )?;
    build(&home, &home.join("target"), &[])?;
    Ok(home.join("target/release/hello"))
}

/// A program with more records, and what was added.
pub(crate) struct Grown {
    pub(crate) program: PathBuf,
    pub(crate) added: String,
}

/// The program with so many times the carriers: a copy of everything here, with one carrier
/// repeated under other ids, and with the limits of a folder of records out of the way.
pub(crate) fn grown(times: usize, without: &str) -> Result<Grown> {
    forget_grown()?;
    let home = folder().join("grown");
    copy(Path::new(ROOT), &home)?;
    let carriers = home.join("data/carriers");
    let mut files: Vec<PathBuf> = fs::read_dir(&carriers)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    // The template is no carrier.
    files.retain(|file| !file.ends_with("_template.yaml"));
    let copies = files.len() * (times - 1);
    let text = model(&files, copies, without)?;
    let model: Value = serde_yaml::from_str(&text)?;
    for number in 1..=copies {
        let (id, carrier) = renumbered(&model, number)?;
        fs::write(carriers.join(format!("{id}.yaml")), carrier)?;
    }
    lift_limits(&home.join("src/knowledge/door.rs"))?;
    let target = grown_target();
    // Reading so much is the work of the build script.
    let mut cargo = cargo(&home, &target, &[]);
    succeed(cargo.env("CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL", "3"))?;
    Ok(Grown {
        program: target.join("release/simguide"),
        added: format!("{copies} of {} bytes", text.len()),
    })
}

/// Removes what was grown, which is large, and keeps the dependencies for the next time.
pub(crate) fn forget_grown() -> Result<()> {
    let home = folder().join("grown");
    if home.join("Cargo.toml").exists() {
        let mut clean = Command::new(program_of_cargo());
        clean.args([
            "clean",
            "--quiet",
            "--locked",
            "--release",
            "--package",
            "simguide",
        ]);
        clean.arg("--target-dir").arg(grown_target());
        succeed(clean.current_dir(&home))?;
        fs::remove_dir_all(&home)?;
    }
    Ok(())
}

fn grown_target() -> PathBuf {
    folder().join("grown-target")
}

/// As much YAML as the build reads in a few minutes.
const MOST_BYTES: usize = 160_000_000;

/// The text of a carrier of usual size, or a smaller one where there are very many copies; it
/// does not hold the word that is searched for.
fn model(files: &[PathBuf], copies: usize, without: &str) -> Result<String> {
    let mut texts: Vec<String> = files
        .iter()
        .map(fs::read_to_string)
        .collect::<Result<_, _>>()?;
    let usual = texts.iter().map(String::len).sum::<usize>() / texts.len();
    let most = usual.min(MOST_BYTES / copies.max(1));
    texts.retain(|text| text.len() <= most && !text.to_lowercase().contains(without));
    let largest = texts.into_iter().max_by_key(String::len);
    largest.context("no carrier is small enough to be repeated so often")
}

/// A carrier under another id, with plans of other ids and names, called nothing else; as JSON,
/// which is YAML with its sentences in double quotes.
fn renumbered(model: &Value, number: usize) -> Result<(String, String)> {
    let id = |block: &Value| block.get("id").and_then(Value::as_str).map(str::to_owned);
    let plans = model.get("plans").and_then(Value::as_sequence);
    let mut ids: BTreeSet<String> = plans.into_iter().flatten().filter_map(id).collect();
    let own = id(model).context("a carrier without id")?;
    ids.insert(own.clone());
    let mut carrier = model.clone();
    renumber(&mut carrier, "", &ids, number);
    Ok((
        format!("{own}-{number}"),
        serde_json::to_string_pretty(&carrier)?,
    ))
}

fn renumber(value: &mut Value, key: &str, ids: &BTreeSet<String>, number: usize) {
    match value {
        Value::Mapping(map) => {
            map.remove("aliases");
            for (inner, value) in map.iter_mut() {
                let inner = inner.as_str().unwrap_or_default();
                let key = if key == "name" || key == "groups" {
                    key
                } else {
                    inner
                };
                renumber(value, key, ids, number);
            }
        }
        Value::Sequence(list) => {
            for value in list {
                renumber(value, key, ids, number);
            }
        }
        Value::String(text) => {
            let names_one = ["id", "plans", "about", "groups", "replaced_by"].contains(&key);
            if key == "name" || names_one && ids.contains(text) {
                text.push_str(&format!("-{number}"));
            }
        }
        _ => {}
    }
}

fn lift_limits(door: &Path) -> Result<()> {
    let mut text = fs::read_to_string(door)?;
    for (from, to) in [
        ("const FOLDER_BYTES: u64 = ", "1_000_000_000; //"),
        ("const FILES: usize = ", "1_000_000; //"),
    ] {
        ensure!(text.contains(from), "no `{from}…` in {}", door.display());
        text = text.replace(from, &format!("{from}{to} "));
    }
    Ok(fs::write(door, text)?)
}

/// Copies a folder, without what is built and what is hidden.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "target" || name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

fn build(home: &Path, target: &Path, flags: &[&str]) -> Result<()> {
    succeed(&mut cargo(home, target, flags))
}

fn cargo(home: &Path, target: &Path, flags: &[&str]) -> Command {
    let mut cargo = Command::new(program_of_cargo());
    cargo
        .args(["build", "--quiet", "--release", "--locked"])
        .args(flags)
        .arg("--target-dir")
        .arg(target)
        .current_dir(home);
    cargo
}

fn program_of_cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status()?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}
