//! The fields of a type whose values are few enough to be counted: documented choices and flags, within lists too.

use crate::catalog::{Choice, Event, Field, Kind, Word, visit};
use crate::json::{Decimal, TokenKind, unescape};
use crate::lang::{Label, Lang, label};
use crate::query::Name;
use crate::record::{Layout, slot};

use super::gather::OTHERS;

/// So many fields of a type are counted.
const MOST: usize = 32;

/// A field whose values are counted.
#[derive(Clone, Debug)]
pub struct ChoiceField {
    /// Its name: `type`, `status_changes.current_status`.
    pub name: String,
    /// What the catalogue says of it.
    pub field: &'static Field,
    /// Where it is.
    pub(super) way: Way,
}

/// Where the values are.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// In a slot.
    Slot(usize),
    /// In the items of a list.
    Within(Box<Name>),
}

/// The fields of a type, in the order of the catalogue.
pub(super) fn choice_fields(event: Option<&'static Event>, layout: &Layout) -> Vec<ChoiceField> {
    let own = layout.columns.iter().enumerate().skip(slot::EVENT_BASE);
    let slots = own.filter(|(_, column)| is_choice(&column.field.kind)).map(|(at, column)| ChoiceField {
        name: column.name.clone(),
        field: column.field,
        way: Way::Slot(at),
    });
    let mut fields: Vec<ChoiceField> = slots.collect();
    let mut within = |steps: &[&'static str], field: &'static Field| {
        let keys: Vec<&str> = steps.iter().copied().filter(|step| *step != crate::catalog::ITEM).collect();
        if keys.len() < steps.len()
            && matches!(field.kind, Kind::Choice(_) | Kind::Word(_))
            && let Some(name) = Name::within(&keys.join("."), layout)
        {
            fields.push(ChoiceField { name: keys.join("."), field, way: Way::Within(Box::new(name)) });
        }
    };
    visit(event.map_or(&[], |event| event.fields), &mut Vec::new(), &mut within);
    fields.truncate(MOST);
    fields
}

fn is_choice(kind: &Kind) -> bool {
    matches!(kind, Kind::Choice(_) | Kind::Word(_) | Kind::Flag)
}

/// What a value is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// As it stands in the document, a text without quotes.
    pub raw: String,
    /// What the catalogue calls it.
    pub label: Option<Label>,
    /// Whether a reader should be warned.
    pub alarm: bool,
}

const YES: Label = label("是", "yes");
const NO: Label = label("否", "no");
/// Values that are too many or too long to be told apart. No JSON is written so.
const REST: Label = label("其他值", "other values");

/// What the JSON of a value of a field is called.
pub(super) fn said(kind: &Kind, raw: &[u8]) -> Said {
    if raw == OTHERS.as_bytes() {
        return Said { raw: OTHERS.to_owned(), label: Some(REST), alarm: false };
    }
    let text = match raw {
        [b'"', body @ .., b'"'] => unescape(body),
        _ => String::from_utf8_lossy(raw),
    };
    let (label, alarm) = match kind {
        Kind::Choice(choices) => {
            let number = Decimal::parse(text.trim()).and_then(|number| number.integer());
            let is = |choice: &&Choice| Some(choice.value) == number;
            let choice = choices.iter().find(is);
            (choice.map(|choice| choice.label), choice.is_some_and(|choice| choice.alarm))
        }
        Kind::Word(words) => {
            let is = |word: &&Word| word.value == text;
            (words.iter().find(is).map(|word| word.label), false)
        }
        _ => match &*text {
            "true" => (Some(YES), false),
            "false" => (Some(NO), false),
            _ => (None, false),
        },
    };
    Said { raw: text.into_owned(), label, alarm }
}

impl Said {
    /// What people read: the label, or the value where it has none.
    pub fn text(&self, lang: Lang) -> &str {
        self.label.map_or(&self.raw, |label| label.text(lang))
    }
}

/// Whether JSON can be a value that is counted: a text, a number, true or false.
pub(super) fn is_countable(token: TokenKind) -> bool {
    matches!(token, TokenKind::String { .. } | TokenKind::Number { .. } | TokenKind::Bool(_))
}
