//! What the machine says: its clock, its variables, its terminal.

use std::env;
use std::io::IsTerminal;

use crate::fact::Day;
use crate::lang::Lang;

/// What the program sees of the machine; handed in, so that a test can pretend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Today in Japan, whatever the machine's time zone.
    pub today: Day,
    /// `SIMGUIDE_LANG`.
    pub own_lang: Option<String>,
    /// `LANGUAGE`, a list with colons.
    pub language: Option<String>,
    /// The first that is set of `LC_ALL`, `LC_MESSAGES`, `LANG`.
    pub locale: Option<String>,
    /// `COLUMNS`.
    pub columns: Option<usize>,
    /// Columns and lines of the terminal, if stdout is one.
    pub terminal: Option<(usize, usize)>,
    pub height: Option<usize>,
    pub no_color: bool,
    pub force_color: bool,
    /// `TERM=dumb`, or none.
    pub dumb: bool,
}

/// Japan is nine hours ahead of Greenwich all year.
const JAPAN_SECONDS: i64 = 9 * 60 * 60;

impl Surroundings {
    /// A machine with no variables, whose output is no terminal.
    #[must_use]
    pub fn bare(today: Day) -> Surroundings {
        Surroundings {
            today,
            own_lang: None,
            language: None,
            locale: None,
            columns: None,
            terminal: None,
            height: None,
            no_color: false,
            force_color: false,
            dumb: false,
        }
    }

    /// Looks at the machine.
    #[must_use]
    pub fn look() -> Surroundings {
        let var = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let terminal = std::io::stdout()
            .is_terminal()
            .then(terminal_size::terminal_size)
            .flatten();
        let terminal =
            terminal.map(|(width, height)| (usize::from(width.0), usize::from(height.0)));
        let on = |name: &str| var(name).is_some_and(|value| value != "0");
        Surroundings {
            today: today_in_japan(),
            own_lang: var("SIMGUIDE_LANG"),
            language: var("LANGUAGE"),
            locale: var("LC_ALL")
                .or_else(|| var("LC_MESSAGES"))
                .or_else(|| var("LANG")),
            columns: var("COLUMNS")
                .and_then(|text| text.parse().ok())
                .filter(|columns| *columns > 0),
            terminal,
            height: terminal.map(|(_, height)| height),
            no_color: var("NO_COLOR").is_some(),
            force_color: on("CLICOLOR_FORCE") || on("FORCE_COLOR"),
            dumb: var("TERM").is_none_or(|term| term == "dumb"),
        }
    }

    /// The reader's language by the variables; English where none names one we know.
    ///
    /// `LANGUAGE` counts only where the locale is not `C` or `POSIX`.
    #[must_use]
    pub fn lang(&self) -> Lang {
        if let Some(lang) = self.own_lang.as_deref().and_then(Lang::from_locale) {
            return lang;
        }
        let locale = self.locale.as_deref().unwrap_or_default();
        let plain = locale.split(['.', '@']).next().unwrap_or_default();
        if !matches!(plain, "C" | "POSIX") {
            let listed = self.language.as_deref().unwrap_or_default();
            if let Some(lang) = listed.split(':').find_map(Lang::from_locale) {
                return lang;
            }
        }
        Lang::from_locale(locale).unwrap_or(Lang::En)
    }

    /// Display columns: `COLUMNS`, else the terminal's, else 80.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns
            .or(self.terminal.map(|(width, _)| width))
            .filter(|width| *width > 0)
            .unwrap_or(80)
    }

    /// Whether to use colour where no flag says so.
    #[must_use]
    pub fn colour(&self) -> bool {
        !self.no_color && (self.force_color || (self.terminal.is_some() && !self.dumb))
    }
}

fn today_in_japan() -> Day {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |passed| i64::try_from(passed.as_secs()).unwrap_or(0));
    let days = (seconds + JAPAN_SECONDS).div_euclid(24 * 60 * 60);
    let epoch = Day(jiff::civil::date(1970, 1, 1));
    epoch.plus_days(days).unwrap_or(epoch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Surroundings {
        Surroundings::bare("2026-11-24".parse().expect("a day"))
    }

    #[test]
    fn the_language_follows_the_variables_in_their_order() {
        let some = |text: &str| Some(text.to_owned());
        let mut around = nowhere();
        assert_eq!(around.lang(), Lang::En);
        around.locale = some("ja_JP.UTF-8");
        assert_eq!(around.lang(), Lang::Ja);
        around.language = some("xx:zh_CN");
        assert_eq!(around.lang(), Lang::ZhHans);
        around.locale = some("C.UTF-8");
        assert_eq!(around.lang(), Lang::En);
        around.own_lang = some("zh_TW");
        assert_eq!(around.lang(), Lang::ZhHant);
        around.own_lang = some("nonsense");
        assert_eq!(around.lang(), Lang::En);
    }

    #[test]
    fn colour_and_width_have_their_order() {
        let mut around = nowhere();
        assert_eq!(around.width(), 80);
        around.terminal = Some((40, 20));
        assert_eq!(around.width(), 40);
        assert!(around.colour());
        around.columns = Some(120);
        assert_eq!(around.width(), 120);
        around.dumb = true;
        assert!(!around.colour());
        around.force_color = true;
        assert!(around.colour());
        around.no_color = true;
        assert!(!around.colour());
    }
}
