//! The languages a reader may ask for, and which of them are written.

use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

/// A reader's language, named by its BCP 47 tag.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::IntoStaticStr,
    strum::VariantArray,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Lang {
    #[strum(serialize = "en")]
    #[serde(rename = "en")]
    En,
    #[strum(serialize = "zh-Hans")]
    #[serde(rename = "zh-Hans")]
    ZhHans,
    #[strum(serialize = "ja")]
    #[serde(rename = "ja")]
    Ja,
    #[strum(serialize = "zh-Hant")]
    #[serde(rename = "zh-Hant")]
    ZhHant,
    #[strum(serialize = "ko")]
    #[serde(rename = "ko")]
    Ko,
    #[strum(serialize = "vi")]
    #[serde(rename = "vi")]
    Vi,
}

/// The languages in which every record, heading and message exists.
///
/// A language is added by writing its sentences in `data/` and naming it here; the build tells
/// which are missing.
pub const WRITTEN: [Lang; 3] = [Lang::En, Lang::ZhHans, Lang::Ja];

/// All languages a reader may ask for.
pub const KNOWN: &[Lang] = <Lang as strum::VariantArray>::VARIANTS;

impl Lang {
    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.into()
    }

    /// The written language nearest to this one; itself if it is written.
    #[must_use]
    pub fn written(self) -> Lang {
        match self {
            own if WRITTEN.contains(&own) => own,
            Lang::ZhHans | Lang::ZhHant => Lang::ZhHans,
            Lang::En | Lang::Ja | Lang::Ko | Lang::Vi => Lang::En,
        }
    }

    /// The place of a written language in [`WRITTEN`].
    #[must_use]
    pub fn shelf(self) -> usize {
        let written = self.written();
        let place = WRITTEN.iter().position(|lang| *lang == written);
        place.unwrap_or_default()
    }

    /// The language of a locale such as `zh_CN.UTF-8`, or `None` for one we do not know.
    ///
    /// `C` and `POSIX` name no language. Chinese of Taiwan, Hong Kong and Macao is traditional.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Lang> {
        let tag = locale.split(['.', '@']).next().unwrap_or_default();
        tag.replace('_', "-").parse().ok()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The tag names no language we know.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, UnknownLang> {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let traditional = rest
            .iter()
            .any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo"))
            && !rest.contains(&"hans");
        match first {
            "zh" | "cmn" if traditional => Ok(Lang::ZhHant),
            "zh" | "cmn" => Ok(Lang::ZhHans),
            "cn" if rest.is_empty() => Ok(Lang::ZhHans),
            "jp" => Ok(Lang::Ja),
            first => {
                let known = KNOWN.iter().find(|lang| lang.tag() == first);
                known.copied().ok_or(UnknownLang)
            }
        }
    }
}

/// A sentence or name, in the language read.
///
/// In a record it is a map with one sentence a language. The loader puts the sentence of the
/// language it reads under the key [`CHOSEN`], with figures and labels filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Text(#[serde(with = "crate::pool")] pub SmolStr);

/// The key under which the loader hands on the one sentence it chose.
pub const CHOSEN: &str = "=";

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_map(TextVisitor)
        } else {
            crate::pool::deserialize(deserializer).map(Text)
        }
    }
}

struct TextVisitor;

impl<'de> serde::de::Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sentence in each language: { en: \"\u{2026}\", zh-Hans: \"\u{2026}\", ja: \"\u{2026}\" }")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let mut text = Text::default();
        while let Some(key) = map.next_key::<String>()? {
            let sentence: SmolStr = map.next_value()?;
            match key.as_str() {
                CHOSEN | "en" => text.0 = sentence,
                tag if KNOWN.iter().any(|lang| lang.tag() == tag) => {}
                tag => {
                    let tags: Vec<&str> = KNOWN.iter().map(|lang| lang.tag()).collect();
                    return Err(serde::de::Error::custom(format!(
                        "`{tag}` is no language we know; the languages are {}",
                        tags.join(", ")
                    )));
                }
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_the_language_of_their_reader() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Some(Lang::ZhHans)),
            ("zh_SG", Some(Lang::ZhHans)),
            ("zh", Some(Lang::ZhHans)),
            ("zh_TW.UTF-8", Some(Lang::ZhHant)),
            ("zh_Hant_HK", Some(Lang::ZhHant)),
            ("zh_Hans_HK", Some(Lang::ZhHans)),
            ("ja_JP.eucJP", Some(Lang::Ja)),
            ("en_GB@euro", Some(Lang::En)),
            ("C", None),
            ("POSIX", None),
            ("", None),
            ("xx_YY", None),
        ] {
            assert_eq!(Lang::from_locale(locale), lang, "{locale}");
        }
    }

    #[test]
    fn every_language_is_known_by_its_tag() {
        for lang in KNOWN {
            assert_eq!(lang.tag().parse(), Ok(*lang));
            assert!(WRITTEN.contains(&lang.written()), "{lang}");
        }
    }

    #[test]
    fn the_shelf_of_a_written_language_is_its_place() {
        for (place, lang) in WRITTEN.iter().enumerate() {
            assert_eq!(lang.shelf(), place);
            assert_eq!(lang.written(), *lang);
        }
    }
}
