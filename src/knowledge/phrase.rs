//! Japanese to show, say or recognise: phrases, terms, and the labels of screens.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

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
                let own = own.map(SmolStr::as_str);
                match lang.written() {
                    // Missing where it is written too: `wording` tells, and here it does no harm.
                    written if written == lang => own.or(Some(&self.en)),
                    written => own.or_else(|| self.meaning(written)),
                }
            }
        }
    };
}

/// Words on a carrier's screens and letters, with their meaning.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    #[serde(with = "crate::pool")]
    pub ja: SmolStr,
    #[serde(default, with = "crate::pool::option")]
    pub kana: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub romaji: Option<SmolStr>,
    #[serde(with = "crate::pool")]
    pub en: SmolStr,
    #[serde(rename = "zh-Hans", with = "crate::pool")]
    pub zh_hans: SmolStr,
    #[serde(rename = "zh-Hant", default, with = "crate::pool::option")]
    pub zh_hant: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub ko: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub vi: Option<SmolStr>,
}
meaning!(Label);

/// A sentence to show or say; one entry of `data/phrases.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    pub id: SmolStr,
    pub channel: Channel,
    #[serde(with = "crate::pool")]
    pub ja: SmolStr,
    #[serde(with = "crate::pool")]
    pub kana: SmolStr,
    #[serde(with = "crate::pool")]
    pub romaji: SmolStr,
    #[serde(with = "crate::pool")]
    pub en: SmolStr,
    #[serde(rename = "zh-Hans", with = "crate::pool")]
    pub zh_hans: SmolStr,
    #[serde(rename = "zh-Hant", default, with = "crate::pool::option")]
    pub zh_hant: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub ko: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub vi: Option<SmolStr>,
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
    pub id: SmolStr,
    #[serde(with = "crate::pool")]
    pub ja: SmolStr,
    #[serde(with = "crate::pool")]
    pub kana: SmolStr,
    #[serde(with = "crate::pool")]
    pub romaji: SmolStr,
    #[serde(with = "crate::pool")]
    pub en: SmolStr,
    #[serde(rename = "zh-Hans", with = "crate::pool")]
    pub zh_hans: SmolStr,
    #[serde(rename = "zh-Hant", default, with = "crate::pool::option")]
    pub zh_hant: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub ko: Option<SmolStr>,
    #[serde(default, with = "crate::pool::option")]
    pub vi: Option<SmolStr>,
    /// Where it is seen.
    pub seen: Text,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
}
meaning!(Term);

/// A host that may be linked to; one entry of `data/hosts.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    pub host: SmolStr,
    pub whose: SmolStr,
    pub kind: crate::fact::SourceKind,
    /// An old page that has no https.
    #[serde(default)]
    pub http: bool,
}
