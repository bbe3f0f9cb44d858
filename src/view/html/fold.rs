//! A part of the page that opens with a tap.

use super::spell::Html;

/// A line that opens what stands under it.
pub(super) struct Fold {
    /// The anchor, with its prefix; empty where nothing links to it.
    pub id: String,
    pub title: Html,
    /// A second line: counts, or what is to be expected.
    pub small: Html,
    pub body: Html,
}

impl Fold {
    /// A fold that nothing links to.
    pub(super) fn new(title: Html, body: Html) -> Fold {
        Fold {
            id: String::new(),
            title,
            small: Html::default(),
            body,
        }
    }

    /// The fold with a second line.
    pub(super) fn with_small(self, small: Html) -> Fold {
        Fold { small, ..self }
    }
}
