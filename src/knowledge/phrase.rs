//! Japanese to show, say or recognise: phrases, terms, and the labels of screens.

use serde::{Deserialize, Serialize};

use crate::knowledge::channel::Channel;
use crate::lang::{Lang, Text};

/// Meanings of something Japanese, one a language.
macro_rules! meaning {
    ($name:ident) => {
        impl $name {
            /// The meaning in the reader's language, or in the nearest one there is.
            ///
            /// A Japanese reader needs none.
            #[must_use]
            pub fn meaning(&self, lang: Lang) -> Option<&str> {
                let own = match lang {
                    Lang::En => Some(&self.en),
                    Lang::ZhHans => Some(&self.zh_hans),
                    Lang::Ja => return None,
                    Lang::ZhHant => self.zh_hant.as_ref(),
                    Lang::Ko => self.ko.as_ref(),
                    Lang::Vi => self.vi.as_ref(),
                };
                own.map(String::as_str)
                    .or_else(|| self.meaning(lang.written()))
            }
        }
    };
}

/// Words on a carrier's screens and letters, with their meaning.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub ja: String,
    #[serde(default)]
    pub kana: Option<String>,
    #[serde(default)]
    pub romaji: Option<String>,
    pub en: String,
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    #[serde(rename = "zh-Hant", default)]
    pub zh_hant: Option<String>,
    #[serde(default)]
    pub ko: Option<String>,
    #[serde(default)]
    pub vi: Option<String>,
}
meaning!(Label);

/// A sentence to show or say; one entry of `data/phrases.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    pub id: String,
    pub channel: Channel,
    pub ja: String,
    pub kana: String,
    pub romaji: String,
    pub en: String,
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    #[serde(rename = "zh-Hant", default)]
    pub zh_hant: Option<String>,
    #[serde(default)]
    pub ko: Option<String>,
    #[serde(default)]
    pub vi: Option<String>,
    /// When to use it.
    pub when: Text,
    /// What the other side is likely to say.
    #[serde(default)]
    pub replies: Vec<Label>,
}
meaning!(Phrase);

/// A word on a screen, bill or receipt; one entry of `data/terms.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub id: String,
    pub ja: String,
    pub kana: String,
    pub romaji: String,
    pub en: String,
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    #[serde(rename = "zh-Hant", default)]
    pub zh_hant: Option<String>,
    #[serde(default)]
    pub ko: Option<String>,
    #[serde(default)]
    pub vi: Option<String>,
    /// Where it is seen.
    pub seen: Text,
    #[serde(default)]
    pub aliases: Vec<String>,
}
meaning!(Term);

/// A host that may be linked to; one entry of `data/hosts.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    pub host: String,
    pub whose: String,
    pub kind: crate::fact::SourceKind,
    /// An old page that has no https.
    #[serde(default)]
    pub http: bool,
}
