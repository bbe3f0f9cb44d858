//! Scripts by which a shell completes commands, flags, and the names of the records.

use anyhow::{Result, anyhow};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ValueHint};
use clap_complete::Shell;

use crate::args::answering;
use crate::lang::Lang;
use crate::view::help::{described, value_name, values_of};

/// The script for a shell; `values` are the words that a value such as `TYPE` can be.
///
/// # Errors
/// A shell there is no script for, which `query` has refused before.
pub fn completions(
    shell: &str,
    lang: Lang,
    values: &dyn Fn(&str) -> Vec<String>,
) -> Result<String> {
    let shell: Shell = shell
        .parse()
        .map_err(|_| anyhow!("no script for `{shell}`"))?;
    let root = described(lang);
    // Of its own, since it takes a word more there.
    let flag = root.get_arguments().find(|arg| arg.get_id() == "lang");
    let flag = flag.cloned();
    let mut command = root
        .mut_subcommand("page", |page| page.args(flag))
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            command.mut_args(|arg| named(arg, &name, values))
        })
        .mut_args(|arg| named(arg, "", values));
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "simguide", &mut script);
    let script = String::from_utf8(script)?;
    Ok(match shell {
        Shell::PowerShell => with_values(&script, &mut command),
        _ => script,
    })
}

/// Where the library's PowerShell script begins to collect what it offers.
const OFFERS: &str = "    $completions = @(";

/// The script with the words that values can be: the library offers commands and flags only.
fn with_values(script: &str, root: &mut clap::Command) -> String {
    let Some((head, tail)) = script.split_once(OFFERS) else {
        return script.to_owned();
    };
    root.build();
    let mut cases = values_after(root, "simguide", "simguide");
    for command in root.get_subcommands() {
        let name = command.get_name();
        cases.push_str(&values_after(command, &format!("simguide;{name}"), name));
    }
    format!(
        "{head}    $before = $commandElements |
        Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} |
        Select-Object -Last 1
    $values = @(switch (\"$command $($before.Extent.Text)\") {{
{cases}    }}) | Where-Object {{ $_ -like \"$wordToComplete*\" }}
    if ($values) {{
        return $values | ForEach-Object {{
            [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
        }}
    }}

{OFFERS}{tail}"
    )
}

/// One line a flag: what may stand behind it; behind the command itself, its first value.
fn values_after(command: &clap::Command, path: &str, name: &str) -> String {
    let mut cases = String::new();
    for arg in command.get_arguments() {
        let words: Vec<String> = arg
            .get_possible_values()
            .iter()
            .map(|value| format!("'{}'", value.get_name()))
            .collect();
        if words.is_empty() || !arg.get_action().takes_values() {
            continue;
        }
        let before = arg
            .get_long()
            .map_or_else(|| name.to_owned(), |long| format!("--{long}"));
        cases.push_str(&format!(
            "        '{path} {before}' {{ {} }}\n",
            words.join(", ")
        ));
    }
    cases
}

/// A flag with the words that it takes here.
fn named(arg: Arg, command: &str, values: &dyn Fn(&str) -> Vec<String>) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let value = value_name(&arg).unwrap_or_default().to_owned();
    let words = match (value.as_str(), command) {
        ("DIR", _) => return arg.value_hint(ValueHint::DirPath),
        ("FILE", _) => return arg.value_hint(ValueHint::FilePath),
        ("COMMAND", "schema") => answering(),
        ("LANG", "page") => [values("LANG"), vec!["all".to_owned()]].concat(),
        _ => values_of(&arg, command, values),
    };
    if words.is_empty() {
        arg.value_hint(ValueHint::Other)
    } else {
        arg.value_parser(PossibleValuesParser::new(words))
    }
}
