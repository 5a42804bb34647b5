//! Which columns a table has: the lines of a card that say something in a cell, what happened first, the record last.

use crate::catalog::{Field, Kind, Presence, Word};
use crate::lang::{Label, Lang, label};
use crate::query::{CONTENT, EVENT, Name, PLACE, Part};
use crate::record::{Layout, slot};
use crate::suggest::Unknown;
use crate::terminal::sanitize::{capital, width};
use crate::time::Zone;
use crate::view::lines::{self, Line};
use crate::view::value::{ALARM, NAME};

/// How a table is to look.
#[derive(Clone, Copy, Debug)]
pub struct TableOptions {
    /// Columns to stay within; `None` for no limit, when nobody sees the lines or nothing is to be cut.
    pub width: Option<usize>,
    /// Whether to paint.
    pub color: bool,
    /// The language of titles and labels.
    pub lang: Lang,
    /// In which zone moments are said.
    pub zone: Zone,
    /// Values as they stand in the document, instead of what they mean.
    pub raw: bool,
    /// Secrets in full.
    pub show_secrets: bool,
    /// Whether rows of several files come together: then each tells where it stands.
    pub places: bool,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub title: String,
    pub source: Source,
    pub class: Class,
    pub rank: Rank,
    /// What its cells take as far as the catalogue knows: room is kept for that while rows are still to come.
    pub usual: usize,
    /// Values as they stand.
    pub raw: bool,
}

/// Where cells come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// The slots of one layout.
    Slots { slots: Vec<(usize, &'static Field)>, join: &'static str },
    /// What these lines of the layout say of a change.
    Changes(Vec<Line>),
    /// What has this name.
    Named(Box<Name>),
    /// The file and the line.
    Place,
    /// What people call the type of the event.
    Type,
    /// What the event says, in short.
    Content,
}

/// How a column may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Not at all: a moment, whose offset may stand in the head.
    Time,
    /// Not at all.
    Whole,
    /// Its end matters: `..125316`.
    Id,
    /// A label.
    Short,
    /// Any text: what is left is for it.
    Text,
    /// What the event is about, in words: before other texts.
    Prose,
}

const CHANGES: Label = label("变更", "changed");

/// What stays when there is no room for all: ordered from what always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// When, and who.
    Core,
    /// What is required, and what may be alarming.
    High,
    /// The first text.
    Good,
    /// Labels and flags.
    Handy,
    /// What names the record.
    Useful,
    /// What is often empty.
    Extra,
    /// In which file it stands: nobody misses that where there is no room.
    Place,
}

/// The columns for events of one type.
pub(crate) fn of_event(layout: &Layout, options: TableOptions) -> Vec<Column> {
    let happened = layout.happened.unwrap_or(slot::CREATE_TIME);
    let mut columns = vec![slots(layout, &[happened], None, options, Rank::Core)];
    let (chosen, lines) = lines::of_event(layout);
    let changing: Vec<Line> =
        chosen.iter().chain(&lines).filter(|line| line.is_changing()).cloned().collect();
    let changes = (!changing.is_empty() && !options.raw).then(|| Column {
        title: capital(CHANGES.text(options.lang)),
        source: Source::Changes(changing),
        class: Class::Prose,
        rank: Rank::Core,
        usual: 2 * READABLE,
        raw: false,
    });
    for (at, line) in chosen.iter().enumerate() {
        let places: Vec<_> = line.fields.iter().map(|at| slot::EVENT_BASE + at).collect();
        if !places.contains(&happened) {
            let rank = chosen_rank(layout.columns[places[0]].field, at);
            columns.push(slots(layout, &places, Some((&line.title(options.lang), line.join)), options, rank));
        }
    }
    if !chosen.is_empty() {
        columns.extend(changes);
        return columns;
    }
    let mut last = None;
    let mut texts = 0;
    let is_sparse = lines::is_sparse(layout.event);
    for line in &lines {
        let places: Vec<_> = line.fields.iter().map(|at| slot::EVENT_BASE + at).collect();
        let first = layout.columns[places[0]].field;
        if places.contains(&happened) || !places.iter().all(|&at| is_telling(layout.columns[at].field)) {
            continue;
        }
        if is_sparse && lines::is_noise(first) {
            continue;
        }
        let is_record = layout.record.is_some_and(|record| places.contains(&record));
        let rank = match (class(first, options.raw), first.presence) {
            _ if columns.len() == 1 => Rank::Core,
            _ if is_record => Rank::Useful,
            _ if alarms(first) => Rank::High,
            (Class::Time | Class::Short | Class::Text, Presence::Required) => Rank::High,
            (Class::Short, Presence::Expected) => Rank::Handy,
            (Class::Text, Presence::Expected) if texts == 0 => Rank::Good,
            _ if is_sparse => by_kind(first, places.len(), texts),
            _ => Rank::Extra,
        };
        let column = slots(layout, &places, Some((&line.title(options.lang), line.join)), options, rank);
        texts += usize::from(column.class == Class::Text);
        match is_record {
            true => last = Some(column),
            false => columns.push(column),
        }
    }
    // What nobody expects of an event is told as far as a reader takes it in.
    let most = if changes.is_some() { MOST_BESIDE_CHANGES } else { MOST_COLUMNS };
    columns.extend(last);
    while is_sparse && columns.len() > most {
        let least = columns.iter().map(|column| column.rank).max();
        let at = columns.iter().rposition(|column| Some(column.rank) == least).unwrap_or_default();
        columns.remove(at);
    }
    columns.extend(changes);
    columns
}

/// The rank of the column that an entry chooses at a place, by its first field.
fn chosen_rank(field: &Field, at: usize) -> Rank {
    match at {
        0 => Rank::Core,
        _ if alarms(field) => Rank::High,
        _ if class(field, false) == Class::Id => Rank::Useful,
        1 | 2 => Rank::High,
        3 | 4 => Rank::Good,
        _ => Rank::Handy,
    }
}

/// More columns than these nobody reads.
const MOST_COLUMNS: usize = 8;
/// Beside what has changed it is enough to know of what.
const MOST_BESIDE_CHANGES: usize = 4;

/// The rank of a field, or of the first of so many on a line, of which the catalogue does not say whether it is there.
pub(crate) fn by_kind(field: &Field, together: usize, texts: usize) -> Rank {
    match field.kind {
        // A person.
        Kind::Text if together > 1 => Rank::High,
        Kind::Choice(_) | Kind::Word(_) => Rank::Handy,
        Kind::Text if texts == 0 && class(field, false) == Class::Text => Rank::Good,
        Kind::Text if class(field, false) == Class::Text => Rank::Handy,
        Kind::Json => Rank::Handy,
        // Its items are told by their names.
        Kind::List(Kind::Object(fields)) if fields.iter().any(|field| field.key == NAME) => Rank::Handy,
        Kind::Text => Rank::Useful,
        _ => Rank::Extra,
    }
}

/// The column that tells where a row stands.
pub(crate) fn place(options: TableOptions) -> Column {
    Column {
        title: capital(PLACE.text(options.lang)),
        source: Source::Place,
        // Cut, they would be the same for each file.
        class: Class::Whole,
        rank: Rank::Place,
        usual: READABLE,
        raw: false,
    }
}

/// The columns for events of any types.
pub(crate) fn of_any(layout: &Layout, options: TableOptions) -> Vec<Column> {
    let special = |title: Label, source, class| Column {
        title: capital(title.text(options.lang)),
        source,
        class,
        rank: Rank::Core,
        usual: READABLE,
        raw: options.raw,
    };
    vec![
        slots(layout, &[slot::CREATE_TIME], None, options, Rank::Core),
        special(EVENT, Source::Type, Class::Short),
        special(CONTENT, Source::Content, Class::Text),
        slots(layout, &[slot::EVENT_ID], None, options, Rank::Useful),
    ]
}

/// The columns of these names: of documented fields, by name or title, of ours, or dotted paths to whatever an event has
/// there. A title that several fields share stands for all of them.
pub(crate) fn named<'n>(
    names: impl IntoIterator<Item = &'n str>,
    options: TableOptions,
) -> Result<Vec<Column>, Unknown> {
    let mut columns = Vec::new();
    for asked in names {
        {
            let name = Name::parse(asked)?;
            let raw = options.raw || name.part == Part::Raw;
            // Where types disagree about a name, it looks as it does in the first, which is a punch.
            let kind = name.kinds.first().map(|(kind, _)| *kind);
            columns.push(Column {
                title: name.typed.clone(),
                class: match (name.part, kind) {
                    (Part::Whole | Part::Raw, Some(kind)) => class_of(&kind, &name.base, raw),
                    (Part::Whole | Part::Raw, None) => Class::Text,
                    (Part::Label, _) => Class::Short,
                    (Part::Iso, _) => Class::Whole,
                    _ => Class::Time,
                },
                rank: if columns.is_empty() { Rank::Core } else { Rank::Good },
                usual: match (name.part, kind) {
                    (Part::Iso, _) => "2021-03-10T21:11:56+08:00".len(),
                    (Part::Day, _) => "2021-03-10".len(),
                    (Part::Time, _) => "21:11:56".len(),
                    (Part::Hour, _) => 2,
                    (_, kind) => kind.map_or(READABLE, |kind| usual(&kind, false, options.lang, raw)),
                },
                source: Source::Named(Box::new(name)),
                raw,
            });
        }
    }
    Ok(columns)
}

fn slots(
    layout: &Layout,
    places: &[usize],
    line: Option<(&str, &'static str)>,
    options: TableOptions,
    rank: Rank,
) -> Column {
    let fields: Vec<_> = places.iter().map(|&at| (at, layout.columns[at].field)).collect();
    let names: Vec<_> = places.iter().map(|&at| layout.columns[at].name.as_str()).collect();
    let (title, join) = line.unwrap_or((fields[0].1.title.text(options.lang), ", "));
    let together = fields.len() > 1;
    let usual = match class(fields[0].1, options.raw) {
        // One of them is said.
        Class::Id => SHORT_ID,
        _ => {
            let each = fields.iter().map(|(_, field)| match field.kind {
                Kind::Flag if together && !options.raw => width(field.title.text(options.lang)),
                ref kind => usual(kind, together, options.lang, options.raw),
            });
            each.sum::<usize>() + width(join) * (fields.len() - 1)
        }
    };
    Column {
        title: if options.raw { names.join(", ") } else { capital(title) },
        class: class(fields[0].1, options.raw),
        source: Source::Slots { slots: fields, join },
        rank,
        usual,
        raw: options.raw,
    }
}

/// A text of so many columns can be read.
const READABLE: usize = 18;
/// An ID by its end.
const SHORT_ID: usize = 8;

/// How many columns a value of a kind takes: of documented values the widest.
pub(crate) fn usual(kind: &Kind, together: bool, lang: Lang, raw: bool) -> usize {
    match kind {
        Kind::Choice(choices) if raw => {
            choices.iter().map(|choice| choice.value.to_string().len()).max().unwrap_or(0)
        }
        Kind::Choice(choices) => choices
            .iter()
            .map(|choice| width(choice.label.text(lang)) + if choice.alarm { width(ALARM) } else { 0 })
            .max()
            .unwrap_or(0),
        Kind::Word(words) => {
            let said = |word: &Word| width(if raw { word.value } else { word.label.text(lang) });
            words.iter().map(said).max().unwrap_or(0)
        }
        Kind::Flag => "false".len(),
        Kind::Integer | Kind::Number | Kind::Duration(..) | Kind::Bits(_) => 0,
        Kind::Day | Kind::Date => "2021-03-10".len(),
        Kind::TimeOfDay => "21:11".len(),
        Kind::DateTime => "2021-03-10 21:11:56".len(),
        Kind::Time(..) if raw => "1615381917707".len(),
        Kind::Time(..) | Kind::Rfc3339 => "2021-03-10 21:11:56".len(),
        Kind::Mac => "b0:b8:67:62:18:73".len(),
        Kind::Longitude | Kind::Latitude if together && !raw => "120.04004 E".len(),
        Kind::Text
        | Kind::Url
        | Kind::Json
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Map
        | Kind::Any
        | Kind::Longitude
        | Kind::Latitude => READABLE,
    }
}

/// Whether a field says something in a cell of a few columns; where a place lies and what a Wi-Fi is called does
/// not, addresses only in full, and what is not documented is rarely there.
pub(crate) fn is_telling(field: &Field) -> bool {
    let kind = if let Kind::List(item) = field.kind { item } else { &field.kind };
    let wide = matches!(kind, Kind::Mac | Kind::Url | Kind::Longitude | Kind::Latitude);
    !wide && field.presence != Presence::SdkOnly
}

/// Whether a value of it may call for attention.
pub(crate) fn alarms(field: &Field) -> bool {
    matches!(field.kind, Kind::Choice(choices) if choices.iter().any(|choice| choice.alarm))
}

/// Whether the values under a key are ids, which nobody reads.
fn is_id(key: &str) -> bool {
    key == "id" || ["_id", "_no", "_key", "_code", "_token"].iter().any(|end| key.ends_with(end))
}

pub(crate) fn class(field: &Field, raw: bool) -> Class {
    class_of(&field.kind, field.key, raw)
}

/// How a column of a kind may be cut, by the last key of its name.
fn class_of(kind: &Kind, name: &str, raw: bool) -> Class {
    match kind {
        Kind::Time(..) if raw => Class::Short,
        Kind::Time(..) | Kind::Rfc3339 => Class::Time,
        Kind::Text if is_id(name) => Class::Id,
        Kind::Json => Class::Prose,
        Kind::Text | Kind::Url | Kind::List(_) | Kind::Object(_) | Kind::Map | Kind::Any => Class::Text,
        _ => Class::Short,
    }
}
