//! What running a program costs, in an environment without variables.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

/// A program and the words after its name.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) program: PathBuf,
    pub(crate) words: Vec<String>,
}

/// What stands in memory at the most, and how often a page of it had to be fetched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) kilobytes: u64,
    pub(crate) faults: u64,
}

impl Run {
    pub(crate) fn of(program: &Path, words: &[&str]) -> Run {
        Run {
            program: program.to_owned(),
            words: words.iter().map(|&word| word.to_owned()).collect(),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.words).env_clear().stdin(Stdio::null());
        command
    }

    /// The same run, told to another program.
    fn under(&self, tool: &Path, flags: &[&str]) -> Result<String> {
        let mut command = Command::new(tool);
        command.args(flags).arg(&self.program).args(&self.words);
        command.env_clear().stdin(Stdio::null());
        let output = command.stdout(Stdio::null()).output()?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    pub(crate) fn output(&self) -> Result<Output> {
        let started = self.command().output();
        started.with_context(|| format!("`{}` does not start", self.program.display()))
    }

    /// Instructions, counted by callgrind.
    pub(crate) fn instructions(&self) -> Result<u64> {
        let valgrind = installed("valgrind").context("no valgrind: apt-get install valgrind")?;
        let flags = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        let report = self.under(&valgrind, &flags)?;
        let count = report
            .lines()
            .find_map(|line| line.split_once("Collected : "))
            .and_then(|(_, count)| count.trim().parse().ok());
        count.with_context(|| format!("callgrind counted nothing: {report}"))
    }

    /// The least of five runs below GNU time, which is smaller than any program measured;
    /// `None` where it is not installed.
    pub(crate) fn memory(&self) -> Result<Option<Memory>> {
        let time = Path::new("/usr/bin/time");
        if !time.exists() {
            return Ok(None);
        }
        let mut least: Option<Memory> = None;
        for _ in 0..5 {
            let report = self.under(time, &["-f", "%M %R"])?;
            let numbers: Vec<u64> = report
                .lines()
                .last()
                .unwrap_or_default()
                .split(' ')
                .filter_map(|number| number.parse().ok())
                .collect();
            ensure!(numbers.len() == 2, "GNU time said: {report}");
            let seen = least.unwrap_or(Memory {
                kilobytes: numbers[0],
                faults: numbers[1],
            });
            least = Some(Memory {
                kilobytes: seen.kilobytes.min(numbers[0]),
                faults: seen.faults.min(numbers[1]),
            });
        }
        Ok(least)
    }
}

/// Seconds a run takes: the median of so many rounds, in each of which every run has its turn.
pub(crate) fn seconds(runs: &[Run], rounds: usize) -> Result<Vec<f64>> {
    let commands = runs.iter().map(Run::command).collect();
    medians(commands, rounds)
}

/// The same for commands that need their variables.
pub(crate) fn medians(mut commands: Vec<Command>, rounds: usize) -> Result<Vec<f64>> {
    let mut times = vec![Vec::with_capacity(rounds); commands.len()];
    for command in &mut commands {
        command.stdout(Stdio::null()).stderr(Stdio::null());
    }
    for _ in 0..rounds {
        for (command, times) in commands.iter_mut().zip(&mut times) {
            let start = Instant::now();
            command.status()?;
            times.push(start.elapsed().as_secs_f64());
        }
    }
    Ok(times
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
        .collect())
}

/// Where a program of this name is found.
pub(crate) fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}
