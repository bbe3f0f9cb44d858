//! What shells and systems expect: completions in a real shell, pages for a real `man`.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use simguide::args::{GROUPS, answering};
use support::{LANGS, run};

const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

fn said(line: &str) -> String {
    let outcome = run(line);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    outcome.stdout
}

/// A file of this test, with what stands in it.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("a file");
    path
}

/// Runs a program of the system for at most half a minute; none where it is not installed.
fn system(program: &str, args: &[&str]) -> Option<Output> {
    Command::new("timeout")
        .arg("30")
        .arg(program)
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .env("MANWIDTH", "80")
        .stdin(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.code() != Some(127))
}

/// What bash offers after each of these lines.
fn offered(script: &Path, lines: &[&str]) -> Vec<Vec<String>> {
    let mut program = format!("source '{}'\n", script.display());
    program.push_str(
        "try() {\n\
           COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=()\n\
           _simguide simguide \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"\n\
           echo \"${COMPREPLY[*]}\"\n\
         }\n",
    );
    for line in lines {
        program.push_str(&format!("try {line}\n"));
    }
    let output = system("bash", &["--norc", "-c", &program]).expect("bash");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines()
        .map(|line| line.split(' ').map(str::to_owned).collect())
        .collect()
}

#[test]
fn bash_completes_commands_flags_and_names() {
    let script = file("simguide.bash", &said("completions bash"));
    let show = format!("source '{}' && complete -p simguide", script.display());
    let output = system("bash", &["--norc", "-c", &show]).expect("bash");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("-F _simguide simguide"), "{shown}");
    let cases: [(&str, &[&str]); 20] = [
        ("simguide re", &["renew", "restore"]),
        ("simguide renew --no-", &["--no-internet", "--no-japanese"]),
        ("simguide renew --type ''", &["prepaid", "postpaid", "esim"]),
        ("simguide renew --channel law", &["lawson", "lawson-bank"]),
        ("simguide renew --channel kon", &["konbini"]),
        ("simguide renew --channel off", &["offline"]),
        ("simguide renew --plan povo2", &["povo2", "povo2-data-only"]),
        (
            "simguide plans softbank-p",
            &["softbank-prepaid", "softbank-prepaid-2g"],
        ),
        (
            "simguide expiry rakuten-mobile-",
            &["rakuten-mobile-business"],
        ),
        (
            "simguide expiry povo2 --pack topping-",
            &["topping-24h", "topping-3gb"],
        ),
        ("simguide renew --pay wechat", &["wechat-pay"]),
        ("simguide renew --carrier softb", &["softbank"]),
        ("simguide phrases till-pay-t", &["till-pay-this-slip"]),
        ("simguide tips --topic sc", &["scam"]),
        ("simguide --lang zh", &["zh-Hans", "zh-Hant"]),
        ("simguide page --lang a", &["all"]),
        ("simguide tips --lang a", &[""]),
        ("simguide terms --format i", &[""]),
        ("simguide expiry --format i", &["ics"]),
        ("simguide completions p", &["powershell"]),
    ];
    let lines: Vec<&str> = cases.iter().map(|(line, _)| *line).collect();
    let offers = offered(&script, &lines);
    assert_eq!(offers.len(), cases.len());
    for ((line, wanted), offers) in cases.iter().zip(offers) {
        assert_eq!(offers, *wanted, "{line}");
    }
}

#[test]
fn bash_offers_for_schema_only_what_has_one() {
    let script = file("schema.bash", &said("completions bash"));
    let offers = offered(&script, &["simguide schema ''"]).concat();
    let commands = GROUPS.iter().flat_map(|(_, commands)| *commands);
    for command in commands {
        let known = answering().iter().any(|known| known == command);
        let offered = offers.iter().any(|offer| offer == command);
        assert_eq!(known, offered, "{command}");
    }
}

#[test]
fn every_shell_has_a_script_that_names_a_plan_in_every_language() {
    for shell in SHELLS {
        for lang in LANGS {
            let script = said(&format!("completions {shell} --lang {lang}"));
            for name in [
                "simguide",
                "softbank-prepaid",
                "seicomart",
                "konbini",
                "topping-3gb",
            ] {
                assert!(script.contains(name), "{shell} {lang}: {name}");
            }
            assert!(script.ends_with('\n'), "{shell}");
        }
    }
}

#[test]
fn powershell_offers_names_behind_their_flags() {
    let script = said("completions powershell");
    let values = |place: &str| -> Vec<String> {
        let line = script.lines().find(|line| line.trim().starts_with(place));
        let line = line.unwrap_or_else(|| panic!("{place}"));
        line.split('\'')
            .skip(3)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        values("'simguide;renew --type'"),
        ["prepaid", "postpaid", "esim"]
    );
    assert!(values("'simguide;restore restore'").contains(&"povo2".to_owned()));
    assert!(values("'simguide;expiry --pack'").contains(&"topping-3gb".to_owned()));
    assert!(values("'simguide --lang'").contains(&"ja".to_owned()));
    assert!(values("'simguide;plans --lang'").contains(&"ja".to_owned()));
    let opened = script.matches('{').count();
    assert_eq!(opened, script.matches('}').count());
    assert_eq!(script.matches('(').count(), script.matches(')').count());
}

#[test]
fn shells_that_are_installed_read_their_script() {
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        for lang in LANGS {
            let script = said(&format!("completions {shell} --lang {lang}"));
            let script = file(&format!("{lang}.{shell}"), &script);
            let Some(output) = system(shell, &[check, &script.to_string_lossy()]) else {
                continue;
            };
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success() && told.is_empty(),
                "{shell}: {told}"
            );
        }
    }
}

#[test]
fn an_unknown_shell_or_command_is_refused() {
    for line in ["completions tcsh", "completions", "man nonsense"] {
        let outcome = run(line);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{line}");
        assert!(!outcome.stderr.is_empty(), "{line}");
    }
}

/// The pages: of the program, and of each command.
fn pages() -> Vec<String> {
    let commands = GROUPS.iter().flat_map(|(_, commands)| *commands);
    std::iter::once("man".to_owned())
        .chain(commands.map(|command| format!("man {command}")))
        .collect()
}

#[test]
fn man_renders_every_page_without_a_warning() {
    for page in pages() {
        for lang in LANGS {
            let name = format!("{}-{lang}.1", page.replace(' ', "-"));
            let path = file(&name, &said(&format!("{page} --lang {lang}")));
            let path = path.to_string_lossy();
            let args = ["--warnings", "-E", "UTF-8", "-Tutf8", "-l", path.as_ref()];
            let Some(output) = system("man", &args) else {
                return;
            };
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && told.is_empty(), "{page}: {told}");
            assert!(!output.stdout.is_empty(), "{page}");
        }
    }
}

#[test]
fn every_page_is_headed_in_its_language_and_dated_by_the_edition() {
    for page in pages() {
        for (lang, heading) in LANGS
            .iter()
            .zip(["NAME", "\u{540d}\u{79f0}", "\u{540d}\u{524d}"])
        {
            let text = said(&format!("{page} --lang {lang}"));
            assert!(
                text.contains(&format!(".SH \"{heading}\"")),
                "{page} {lang}"
            );
            assert!(text.contains("2026-11-24"), "{page} {lang}");
            assert_eq!(*lang == "en", text.contains("SYNOPSIS"), "{page} {lang}");
            assert!(!text.contains("Possible values"), "{page} {lang}");
        }
    }
}

#[test]
fn the_page_of_a_command_explains_its_own_flags_before_the_common_ones() {
    let text = said("man expiry");
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what}"));
    assert!(at(r"\-\-topped\-up\fR \fI") < at(r"\-\-lang\fR \fI"));
    assert!(at(r"\-\-lang\fR \fI") < at(".SH EXAMPLES"));
    assert!(text.contains("markdown, ics"));
    assert!(!said("man renew").contains("markdown, ics"));
    assert!(said("man").contains(r"simguide\-renew(1)"));
    assert!(text.contains("simguide expiry softbank"));
}

#[test]
fn the_same_page_and_script_come_out_twice() {
    for line in ["man", "man renew --lang ja", "completions zsh", "schema"] {
        assert_eq!(said(line), said(line));
    }
}
