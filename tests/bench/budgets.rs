//! What an answer may cost, as `budgets.yaml` says.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::{ASKS, Row, count, of, ratio};

/// `budgets.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budgets {
    pub(crate) checked: Budget,
    pub(crate) targets: Budget,
    #[serde(rename = "static")]
    pub(crate) linked_statically: Budget,
    pub(crate) growth: Growth,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budget {
    pub(crate) size: Option<u64>,
    pub(crate) commands: Vec<Limit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit {
    pub(crate) commands: Vec<String>,
    pub(crate) languages: Option<Vec<String>>,
    pub(crate) h: f64,
    #[serde(default)]
    pub(crate) per_byte: f64,
    pub(crate) memory: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Growth {
    pub(crate) times: usize,
    pub(crate) renew: f64,
    pub(crate) search: f64,
}

impl Budgets {
    pub(crate) fn read() -> Result<Budgets> {
        let text = include_str!("budgets.yaml");
        let budgets: Budgets = serde_yaml::from_str(text).context("budgets.yaml")?;
        let all = [
            &budgets.checked,
            &budgets.targets,
            &budgets.linked_statically,
        ];
        for command in all
            .iter()
            .flat_map(|budget| &budget.commands)
            .flat_map(|limit| &limit.commands)
        {
            let measured = ASKS.iter().any(|ask| ask.words[0] == command);
            ensure!(
                measured,
                "budgets.yaml: `{command}` is no command that is measured"
            );
        }
        Ok(budgets)
    }
}

impl Budget {
    /// The limit of a command, if it has one.
    fn of(&self, row: &Row) -> Option<&Limit> {
        self.commands.iter().find(|limit| {
            limit.commands.iter().any(|word| *word == row.run.words[0])
                && (limit.languages.as_ref())
                    .is_none_or(|some| some.iter().any(|lang| lang == row.language))
        })
    }

    /// The instructions allowed, in times of hello-world's.
    pub(crate) fn instructions(&self, row: &Row, hello: &Row) -> Option<f64> {
        self.of(row)
            .map(|limit| limit.h + limit.per_byte * count(row.bytes) / count(hello.instructions))
    }

    /// What a row has more of than it may.
    pub(crate) fn excess(&self, row: &Row, hello: &Row) -> Vec<String> {
        let mut over = Vec::new();
        let Some(limit) = self.of(row) else {
            return over;
        };
        let mut compare = |what: &str, is: Option<f64>, most: Option<f64>| {
            let Some(most) = most else { return };
            if is.is_none_or(|is| is > most) {
                let (name, language) = (&row.name, row.language);
                let (is, most) = (ratio(is), ratio(Some(most)));
                over.push(format!("| {what} of `{name}` {language} | {is} | {most} |"));
            }
        };
        let is = of(row.instructions, hello.instructions);
        compare("instructions", is, self.instructions(row, hello));
        let both = row.memory.zip(hello.memory);
        let is = both.and_then(|(row, hello)| of(row.kilobytes, hello.kilobytes));
        compare("memory", is, limit.memory);
        over
    }
}
