//! The shapes of small values for the JSON Schema: days, times, sources and closed lists of words.
//!
//! They stand here and not beside the types, since the build compiles those too and needs none.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use smol_str::SmolStr;

use crate::fact::{Day, Known, Source, SourceKind, Time};
use crate::knowledge::card::{CardType, Form, Kind};
use crate::knowledge::carrier::{
    Customer, Hours, Instrument, Internet, Network, Pays, Possible, Sms, Status, Stopped, Topic,
    Weekly,
};
use crate::knowledge::channel::Channel;
use crate::knowledge::clock::ClockKind;
use crate::knowledge::find::Found;
use crate::lang::Lang;
use crate::query::StatusAsked;

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A calendar day in Japan.",
            "type": "string",
            "format": "date"
        })
    }
}

impl JsonSchema for Time {
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A time of day in Japan, from 00:00 to 24:00.",
            "type": "string",
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
        })
    }
}

/// `null` is "not published".
impl<T: JsonSchema> JsonSchema for Known<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

/// Shapes written down once more, because the types themselves are compiled by the build too.
macro_rules! mirror {
    ($(#[$doc:meta])* $of:ty as $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[expect(dead_code, reason = "a shape, never a value")]
        struct $name { $($(#[$field_doc])* $field: $type,)* }

        impl JsonSchema for $of {
            fn schema_name() -> Cow<'static, str> {
                stringify!($of).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                $name::json_schema(generator)
            }
        }
    };
}

mirror! {
    /// The page a fact was read on.
    Source as SourceShape {
        /// The address.
        url: SmolStr,
        /// The title of the page, as it stands there.
        title: SmolStr,
        /// Who publishes the page.
        publisher: SmolStr,
        /// Who stands behind the page.
        kind: SourceKind,
        /// The date the page gives itself; null where it gives none.
        dated: Known<Day>,
        /// The page gives no date, but its text must be older than this day; else null.
        older_than: Option<Day>,
    }
}

mirror! {
    /// Opening hours, Japan time.
    Hours as HoursShape {
        /// When it opens.
        from: Time,
        /// When it closes; earlier than `from` where it is open over midnight.
        to: Time,
        /// On which days.
        days: Weekly,
    }
}

/// Closed lists of words.
macro_rules! words {
    ($($list:ident: $what:literal,)*) => {$(
        impl JsonSchema for $list {
            fn schema_name() -> Cow<'static, str> {
                stringify!($list).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let ids: Vec<&str> = $list::ALL.iter().map(|word| word.id()).collect();
                json_schema!({ "description": $what, "type": "string", "enum": ids })
            }
        }
    )*};
}

words! {
    CardType: "What a person calls the card in hand: a kind, or the eSIM form.",
    Channel: "Where one tops up or pays.",
    ClockKind: "What a date rule tells.",
    Customer: "Whom a plan is sold to.",
    Form: "What a plan comes as.",
    Found: "What was found.",
    Instrument: "What is handed over or typed.",
    Internet: "Whether a way needs the internet, and when.",
    Kind: "How a plan is paid.",
    Network: "The radio network a SIM uses in Japan.",
    Pays: "What a payment is for.",
    Possible: "How surely a stopped line comes back.",
    Sms: "Text messages of a plan.",
    SourceKind: "Who stands behind a page.",
    Status: "Whether a plan can still be bought.",
    Stopped: "Why a line does not work.",
    Topic: "What a caveat is about.",
    Weekly: "The days of the week on which hours hold.",
}

/// A language in which every record is written.
pub struct Written;

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Lang".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let tags: Vec<&str> = crate::lang::WRITTEN
            .iter()
            .copied()
            .map(Lang::tag)
            .collect();
        json_schema!({
            "description": "The language of the answer: the one asked for, or the nearest written.",
            "type": "string",
            "enum": tags
        })
    }
}

impl JsonSchema for StatusAsked {
    fn schema_name() -> Cow<'static, str> {
        "StatusAsked".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let all = StatusAsked::all();
        let ids: Vec<&str> = all.iter().map(|status| status.id()).collect();
        json_schema!({
            "description": "A status, or `unknown`: that nobody confirms one.",
            "type": "string",
            "enum": ids
        })
    }
}
