//! Joins the rooms: parse, run, print, exit code.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let typed: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let outcome = simguide::run::run(&typed);
    let failed = |error: &std::io::Error| error.kind() != std::io::ErrorKind::BrokenPipe;
    let mut code = outcome.code;
    if !outcome.stdout.is_empty() {
        let mut out = std::io::stdout().lock();
        let written = out
            .write_all(outcome.stdout.as_bytes())
            .and_then(|()| out.flush());
        if let Err(error) = written
            && failed(&error)
        {
            let message = simguide::run::not_written(&typed, &error);
            let _ = std::io::stderr().lock().write_all(message.as_bytes());
            code = 2;
        }
    }
    // Nothing can be done where stderr is gone too.
    let _ = std::io::stderr()
        .lock()
        .write_all(outcome.stderr.as_bytes());
    ExitCode::from(code)
}
