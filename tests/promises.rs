//! What is promised of every command: nothing is asked of a network, nothing is written but where
//! the reader says, and the zone and the locale of a machine change no byte.

#![cfg(unix)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::CommandFactory as _;
use simguide::args::{Args, GROUPS};
use support::{QUESTIONS, REFUSED, TODAY};
use tempfile::TempDir;

/// What stands neither among the questions nor among the refused ones.
const OTHERS: [&str; 16] = [
    "-h",
    "--help",
    "--version",
    "renew --help",
    "renew --plan povo2 --format json",
    "renew --plan povo2 --format yaml",
    "renew --plan povo2 --format csv",
    "renew --plan povo2 --format markdown",
    "expiry softbank-prepaid --topped-up 2026-11-24 --format ics",
    "page --plan povo2",
    "check data",
    "completions bash",
    "completions powershell",
    "man",
    "man renew",
    "schema renew",
];

/// Every line.
fn lines() -> impl Iterator<Item = &'static str> {
    let questions = QUESTIONS.iter().map(|(line, _)| *line);
    questions.chain(REFUSED).chain(OTHERS)
}

#[test]
fn every_command_has_a_line() {
    for command in GROUPS.iter().flat_map(|(_, names)| *names) {
        let is_there = lines().any(|line| line.split(' ').next() == Some(command));
        assert!(is_there, "{command}");
    }
}

/// Runs a line with these variables and no others, in the folder of the project.
fn run(line: &str, variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_simguide"))
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(line.split_whitespace())
        .output()
        .expect("the program runs")
}

// The zone and the locale.

/// Machines from all over the world, and some that are set up badly.
const MACHINES: [&[(&str, &str)]; 4] = [
    &[("TZ", "America/Los_Angeles"), ("LC_ALL", "ja_JP.UTF-8")],
    &[
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "C"),
        ("LANG", "zh_CN"),
    ],
    &[
        ("TZ", "Etc/GMT+12"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("LANGUAGE", "zh:ja"),
    ],
    &[
        ("TZ", ":../nonsense"),
        ("LC_ALL", "nonsense"),
        ("LANG", "ar_EG"),
    ],
];

#[test]
fn the_zone_and_the_locale_change_no_byte() {
    let chooses = |line: &str| line.starts_with("--lang") || line.starts_with("-lang");
    for line in lines().filter(|line| !chooses(line)) {
        let line = format!("{line} --lang zh-Hans --today {TODAY}");
        let expected = run(&line, &[]);
        for machine in MACHINES {
            assert_eq!(run(&line, machine), expected, "{line}: {machine:?}");
        }
    }
}

#[test]
fn today_is_the_day_in_japan_everywhere() {
    let line = "expiry au --bill-due 2026-11-30 --format json --lang en";
    // A day may end meanwhile; not twice.
    let same = (0..2).any(|_| {
        let before = run(line, &[]);
        let here = MACHINES.iter().all(|machine| run(line, machine) == before);
        here && run(line, &[]) == before
    });
    assert!(same);
}

// What the system is asked for. What follows needs Debian's strace.

/// Calls by which a program starts, takes memory, looks at the machine and ends.
const LIVING: [&str; 32] = [
    "arch_prctl",
    "brk",
    "clock_gettime",
    "execve",
    "exit",
    "exit_group",
    "futex",
    "getegid",
    "geteuid",
    "getgid",
    "getpid",
    "getrandom",
    "gettid",
    "getuid",
    "ioctl",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "poll",
    "ppoll",
    "prlimit64",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "set_robust_list",
    "set_tid_address",
    "sigaltstack",
    "sysinfo",
    "uname",
];

/// Calls by which a program reads, and closes what it has read.
const READING: [&str; 18] = [
    "access",
    "close",
    "faccessat",
    "faccessat2",
    "fcntl",
    "fstat",
    "getcwd",
    "getdents64",
    "lseek",
    "lstat",
    "newfstatat",
    "pread64",
    "read",
    "readlink",
    "readlinkat",
    "readv",
    "stat",
    "statx",
];

/// Runs a line under strace, and gives every call that is none of the harmless ones.
fn calls(line: &str, folder: &Path) -> Vec<String> {
    let trace = folder.join("trace");
    let output = Command::new("strace")
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .args(["-f", "-q", "-s", "4096", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_simguide"))
        .args(line.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("strace is there");
    assert!(output.status.code() < Some(3), "{line}: {output:?}");
    let trace = fs::read_to_string(&trace).expect("a trace");
    assert!(
        trace.contains("execve(") && trace.contains("write("),
        "{line}: {trace}"
    );
    trace
        .lines()
        .map(|line| line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '))
        .filter(|line| !line.starts_with("+++") && !is_harmless(line))
        .map(str::to_owned)
        .collect()
}

/// Whether a call lives, reads, or writes what it has to say to stdout or stderr.
fn is_harmless(call: &str) -> bool {
    let Some((name, rest)) = call.split_once('(') else {
        return false;
    };
    match name {
        "open" | "openat" => {
            let flags = rest.rsplit('"').next().unwrap_or_default();
            let writes = [
                "O_WRONLY",
                "O_RDWR",
                "O_CREAT",
                "O_TRUNC",
                "O_APPEND",
                "O_TMPFILE",
            ];
            flags.contains("O_RDONLY") && !writes.iter().any(|flag| flags.contains(flag))
        }
        "write" => rest.starts_with("1, ") || rest.starts_with("2, "),
        name => LIVING.contains(&name) || READING.contains(&name),
    }
}

#[test]
fn a_call_that_does_more_is_found() {
    for call in [
        "openat(AT_FDCWD, \"/etc/ld.so.cache\", O_RDONLY|O_CLOEXEC) = 3",
        "write(1, \"simguide\\n\", 9) = 9",
        "read(3, \"O_CREAT\", 7) = 7",
    ] {
        assert!(is_harmless(call), "{call}");
    }
    for call in [
        "openat(AT_FDCWD, \"x\", O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0666) = 3",
        "openat(AT_FDCWD, \"x\", O_RDWR) = 3",
        "write(3, \"simguide\\n\", 9) = 9",
        "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3",
        "connect(3, {sa_family=AF_INET}, 16) = 0",
        "sendto(3, \"\", 0, 0, NULL, 0) = 0",
        "unlink(\"x\") = 0",
        "renameat2(AT_FDCWD, \"x\", AT_FDCWD, \"y\", 0) = 0",
        "mkdir(\"x\", 0777) = 0",
        "clone3({flags=CLONE_VM}, 88) = 4",
        "vfork() = 4",
    ] {
        assert!(!is_harmless(call), "{call}");
    }
}

#[test]
#[ignore = "needs strace"]
fn no_command_asks_a_network_or_writes_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in lines() {
        assert_eq!(calls(line, folder.path()), [""; 0], "{line}");
    }
}

#[test]
#[ignore = "needs strace"]
fn output_writes_the_file_it_names_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let guide = folder.path().join("guide.html");
    let line = format!("page --plan povo2 --output {}", guide.display());
    let first = calls(&line, folder.path());
    let forced = calls(&format!("{line} --force"), folder.path());
    for calls in [first, forced] {
        only_writes(&calls, &guide);
    }
    assert_eq!(names(&folder), ["guide.html", "trace"]);
    assert_eq!(calls(&line, folder.path()), [""; 0], "it is there already");
    assert_eq!(names(&folder), ["guide.html", "trace"]);
}

/// That these calls make a file beside this one, fill it, and put it in its place.
#[track_caller]
fn only_writes(calls: &[String], guide: &Path) {
    let folder = guide.parent().expect("a folder");
    let beside = format!("\"{}/.guide.html.", folder.display());
    let mut done = Vec::new();
    for call in calls {
        let (name, rest) = call.split_once('(').expect("a call");
        let right = match name {
            "open" | "openat" => rest.contains(&beside) && rest.contains("O_EXCL"),
            "write" => rest.starts_with("3, \"<!doctype html>") || done == ["openat", "write"],
            "fsync" => rest.starts_with("3)"),
            "rename" | "renameat" | "renameat2" => {
                rest.contains(&beside) && rest.contains(&format!("\"{}\"", guide.display()))
            }
            _ => false,
        };
        assert!(right, "{call:.200}");
        done.push(name);
    }
    assert!(done.len() >= 4, "{done:?}");
}

/// The names in a folder.
fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.sort();
    let name = |path: &PathBuf| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    paths.iter().filter_map(name).collect()
}

#[test]
fn one_flag_of_one_command_writes_a_file() {
    let root = Args::command();
    let mut writing = Vec::new();
    for command in root.get_subcommands() {
        let values = command.get_arguments().filter(|arg| {
            let names = arg.get_value_names().unwrap_or_default();
            names.iter().any(|name| name == "FILE")
        });
        writing.extend(values.map(|arg| format!("{} --{}", command.get_name(), arg.get_id())));
    }
    assert_eq!(writing, ["page --output"]);
}
