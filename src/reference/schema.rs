//! `schema`: the catalogue as tables, JSON Schema, JSON and Markdown.

use std::fmt::Write as _;

use serde::Serialize;

use crate::catalog::{AREAS, Area, BODY, EVENTS, Event, Presence, event, unknown_event};
use crate::lang::{Label, Lang, both, label};
use crate::suggest::Unknown;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::paragraph::push_wrapped;
use crate::terminal::sanitize::capital;
use crate::terminal::wrap::push_line;

use super::explain::is_field;
use super::fields::SDK_ONLY;
use super::grid::grid;
use super::{Row, any_event_schema, fields, json_schema, type_name};

/// How `schema` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemaFormat {
    /// A table for people.
    #[default]
    Table,
    /// JSON Schema 2020-12.
    JsonSchema,
    /// The field list as JSON.
    Json,
    /// The field list for documents.
    Markdown,
}

/// What `schema [EVENT]` writes: one event type, all that have this part of a name or title, or all that the catalogue
/// knows.
///
/// # Errors
///
/// The catalogue has nothing that is called so.
pub fn schema_text(name: Option<&str>, format: SchemaFormat, look: Look) -> Result<String, Unknown> {
    let some;
    let events = match name {
        Some(part) if event(part).is_none() => {
            some = containing(part);
            if some.is_empty() {
                return Err(unknown(part));
            }
            &some[..]
        }
        _ => EVENTS,
    };
    let of = match events {
        [one] => Some(*one),
        _ => name.and_then(event),
    };
    Ok(match (format, of) {
        (SchemaFormat::Table, Some(event)) => event_table(event, look),
        (SchemaFormat::Table, None) => event_list(events, look),
        (SchemaFormat::JsonSchema, Some(event)) => pretty(&json_schema(event, look.lang)),
        (SchemaFormat::JsonSchema, None) => pretty(&any_event_schema(look.lang)),
        (SchemaFormat::Json, Some(event)) => pretty(&Listed::from(event)),
        (SchemaFormat::Json, None) => pretty(&events.iter().copied().map(Listed::from).collect::<Vec<_>>()),
        (SchemaFormat::Markdown, Some(event)) => event_markdown(event, look.lang),
        (SchemaFormat::Markdown, None) => {
            let each: Vec<String> = events.iter().map(|event| event_markdown(event, look.lang)).collect();
            each.join("\n")
        }
    })
}

/// The event types that have this in their name, in one of their titles or in those of their area, from the beginning of a
/// word on, in any letter case.
pub(crate) fn containing(part: &str) -> Vec<&'static Event> {
    let part = part.to_lowercase();
    let has = |text: &str| {
        let text = text.to_lowercase();
        // `im` is not in `time`; Chinese has no blanks between its words.
        let begins = |at: usize| {
            let within = |c: char| c.is_ascii_alphanumeric();
            !(part.starts_with(within) && text[..at].ends_with(within))
        };
        text.match_indices(&part).any(|(at, _)| begins(at))
    };
    let called = |area: &Area, event: &Event| {
        let titles = [area.title, event.title];
        has(event.name) || titles.iter().any(|title| has(title.zh) || has(title.en))
    };
    if part.is_empty() {
        return Vec::new();
    }
    let all = AREAS.iter().flat_map(|area| area.events.iter().map(move |event| (area, *event)));
    all.filter(|(area, event)| called(area, event)).map(|(_, event)| event).collect()
}

/// What is said of what no event type is called; it may be a field.
fn unknown(name: &str) -> Unknown {
    let unknown = unknown_event(name);
    match unknown.near.is_none() && is_field(name) {
        true => Unknown {
            known: both!(
                "它是一个字段：`larkspect explain {name}`",
                "it is a field: `larkspect explain {name}`"
            ),
            ..unknown
        },
        false => unknown,
    }
}

fn pretty(value: &impl Serialize) -> String {
    let mut out = serde_json::to_string_pretty(value).expect("our own tables are JSON");
    out.push('\n');
    out
}

/// An event type as JSON.
#[derive(Serialize)]
struct Listed {
    event_type: &'static str,
    area: Label,
    title: Label,
    source: Option<String>,
    sdk_only: bool,
    fields: Vec<Row>,
}

impl From<&Event> for Listed {
    fn from(event: &Event) -> Listed {
        Listed {
            event_type: event.name,
            area: area_of(event).title,
            title: event.title,
            source: event.source(),
            sdk_only: event.sdk_only,
            fields: fields(event),
        }
    }
}

fn headings(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::En => ["Field", "Type", "Presence", "Title", "Values and notes"],
        Lang::Zh => ["字段", "类型", "出现", "名称", "取值与说明"],
    }
}

/// From so many columns on, titles have a column of their own.
const WIDE: usize = 110;

/// The table of these fields. Of what is too narrow for five columns, titles go to the notes.
fn table(rows: Vec<[String; 5]>, look: Look) -> String {
    let [field, kind, presence, title, told] = headings(look.lang);
    if look.width >= WIDE {
        let rows: Vec<Vec<String>> = rows.into_iter().map(Vec::from).collect();
        return grid(&[field, kind, presence, title, told], &rows, 3, look);
    }
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|[field, kind, presence, title, told]| {
            let told = if told.is_empty() { title } else { format!("{title}\n{told}") };
            vec![field, kind, presence, told]
        })
        .collect();
    let told = label("名称、取值、说明", "Title, values, notes").text(look.lang);
    grid(&[field, kind, presence, told], &rows, 3, look)
}

/// The notes of a field, each a line of its own: what the catalogue adds, and how it is handled.
pub(crate) fn notes(row: &Row, lang: Lang) -> Vec<String> {
    let field = row.field;
    let flags = [
        (field.nullable, label("可为 null", "may be null").text(lang)),
        (field.secret, label("密钥，显示时遮盖", "secret: masked where people read").text(lang)),
    ];
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, words)| words);
    field.note.map(|note| note.text(lang)).into_iter().chain(flags).map(str::to_owned).collect()
}

/// The documented values of a field, each with its meaning.
pub(crate) fn values(row: &Row, lang: Lang) -> Vec<String> {
    row.values().iter().map(|value| format!("{}  {}", value.value, value.label.text(lang))).collect()
}

/// The cells of an event's fields, indented as objects nest.
fn cells(event: &Event, shared: bool, lang: Lang) -> Vec<[String; 5]> {
    let mut rows: Vec<[String; 5]> = Vec::new();
    let listed = fields(event);
    for (at, row) in listed.iter().enumerate().filter(|(_, row)| shared || !row.shared) {
        // `event` itself is no entry of the catalogue: what is in it depends on the type.
        if shared && !row.shared && !rows.iter().any(|cells| cells[0] == BODY) {
            let title = event.title.text(lang);
            rows.push([BODY, "object", Presence::Required.label().text(lang), title, ""].map(str::to_owned));
        }
        let depth = if shared { row.depth } else { row.depth - 1 };
        // A list of values is shown once.
        let same = |other: &&Row| !other.values().is_empty() && other.values() == row.values();
        let mut told = match listed[..at].iter().find(same) {
            Some(other) => {
                vec![format!("{} {}", label("取值同", "values as in").text(lang), other.field.key)]
            }
            None => values(row, lang),
        };
        told.extend(notes(row, lang));
        rows.push([
            format!("{}{}", "  ".repeat(depth), row.field.key),
            type_name(row.field),
            row.presence.label().text(lang).to_owned(),
            row.field.title.text(lang).to_owned(),
            told.join("\n"),
        ]);
    }
    rows
}

/// The table of all fields of a payload.
fn event_table(event: &Event, look: Look) -> String {
    let mut out = String::new();
    push_named("", event.name, event.title, look, &mut out);
    if event.sdk_only {
        push_wrapped(SDK_ONLY.text(look.lang), look.width, 0, &mut out);
    }
    out.push('\n');
    out.push_str(&table(cells(event, true, look.lang), look));
    out
}

/// The table of the fields of `event` alone.
pub(crate) fn body_table(event: &Event, look: Look) -> String {
    table(cells(event, false, look.lang), look)
}

/// A line: what something is called, and what people call it in either language.
pub(crate) fn push_named(indent: &str, name: &str, title: Label, look: Look, out: &mut String) {
    let mut line = indent.to_owned();
    Paint::new(look.color).push(Ink::Strong, name, &mut line);
    let _ = write!(line, "  {}  {}", title.zh, title.en);
    push_line(&line, look.width, out);
    out.push('\n');
}

/// The area of an event type of the catalogue.
fn area_of(event: &Event) -> &'static Area {
    let has = |area: &&Area| area.events.iter().any(|known| known.name == event.name);
    AREAS.iter().find(has).unwrap_or(&AREAS[0])
}

/// A list of event types, those of an area below its title.
fn event_list(events: &[&Event], look: Look) -> String {
    let lang = look.lang;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for area in AREAS {
        let mut events = events.iter().filter(|event| area_of(event).title == area.title).peekable();
        if events.peek().is_some() {
            rows.push(vec![capital(area.title.text(lang)), String::new(), String::new()]);
        }
        rows.extend(events.map(|event| {
            let mut title = event.title.text(lang).to_owned();
            if event.sdk_only {
                let _ = write!(title, " ({})", Presence::SdkOnly.label().text(lang));
            }
            vec![format!("  {}", event.name), title, event.fields.len().to_string()]
        }));
    }
    let header = [
        label("事件类型", "Event type").text(lang),
        label("名称", "Title").text(lang),
        label("字段数", "Fields").text(lang),
    ];
    grid(&header, &rows, 1, look)
}

/// The fields of `event` as a Markdown table.
fn event_markdown(event: &Event, lang: Lang) -> String {
    let mut out = format!("### `{}` {}\n\n", event.name, event.title.text(lang));
    if event.sdk_only {
        let _ = writeln!(out, "{}\n", capital(SDK_ONLY.text(lang)));
    }
    let [field, kind, presence_word, title, notes_word] = headings(lang);
    let _ = writeln!(out, "| {field} | {kind} | {presence_word} | {title} | {notes_word} |");
    out.push_str("|---|---|---|---|---|\n");
    for row in fields(event).iter().filter(|row| !row.shared) {
        let values: Vec<String> = (row.values().iter())
            .map(|value| format!("`{}` {}", value.value, value.label.text(lang)))
            .collect();
        let mut told = notes(row, lang);
        if !values.is_empty() {
            told.insert(0, values.join(", "));
        }
        let path = &row.path[BODY.len() + 1..];
        let _ = writeln!(
            out,
            "| `{path}` | {} | {} | {} | {} |",
            type_name(row.field),
            row.presence.label().text(lang),
            row.field.title.text(lang),
            told.join("; ").replace('|', "\\|"),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::sanitize::width;

    const LOOK: Look = Look { color: false, width: 80, lang: Lang::En };

    #[test]
    fn a_part_of_a_name_begins_a_word_and_types_stand_below_their_area() {
        let names = |part: &str| containing(part).iter().map(|event| event.name).collect::<Vec<_>>();
        let im = names("im");
        assert!(
            im.contains(&"im.message.receive_v1") && !im.contains(&"work_approval"),
            "`im` is in overtime: {im:?}"
        );
        assert_eq!(names("ATTENDANCE"), names("考勤"), "an area by its title in either language");
        assert!(names("meeting_started").contains(&"vc.meeting.all_meeting_started_v1"));
        let list = schema_text(None, SchemaFormat::Table, Look { color: false, width: 100, lang: Lang::Zh })
            .unwrap();
        let at = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} in {list}"));
        assert!(
            at("\n消息与群组") < at("\n  im.message.receive_v1")
                && at("\n  im.message.receive_v1") < at("\n邮箱")
        );
    }

    #[test]
    fn tables_stay_within_the_terminal() {
        for lang in [Lang::En, Lang::Zh] {
            for columns in [40, 63, 64, 72, 80, 120, 400] {
                let look = Look { width: columns, lang, ..LOOK };
                for name in EVENTS.iter().map(|event| Some(event.name)).chain([None]) {
                    let table = schema_text(name, SchemaFormat::Table, look).unwrap();
                    // The line with the name of the type is not wrapped, nor is a single word.
                    let whole = |line: &&str| {
                        name.is_none_or(|name| !line.starts_with(name)) && line.trim().contains(' ')
                    };
                    for line in table.lines().filter(whole) {
                        assert!(width(line) <= columns, "{columns}: {line}\n{table}");
                        assert_eq!(line, line.trim_end());
                    }
                }
            }
        }
    }

    #[test]
    fn every_field_and_every_value_is_in_every_format() {
        let wide = Look { width: 400, ..LOOK };
        for format in
            [SchemaFormat::Table, SchemaFormat::JsonSchema, SchemaFormat::Json, SchemaFormat::Markdown]
        {
            for event in EVENTS {
                let text = schema_text(Some(event.name), format, wide).unwrap();
                for row in fields(event).iter().filter(|row| !row.shared) {
                    assert!(text.contains(row.field.key), "{format:?}: {}", row.path);
                    assert!(text.contains(row.field.title.en), "{format:?}: {}", row.path);
                    for value in row.values() {
                        assert!(text.contains(&value.value) && text.contains(value.label.en), "{value:?}");
                    }
                }
                assert!(text.ends_with('\n'));
            }
        }
    }

    #[test]
    fn unknown_types_are_named_with_their_neighbours() {
        let unknown =
            schema_text(Some("attendance.user_flow.create_v1"), SchemaFormat::Json, LOOK).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "unknown event type `attendance.user_flow.create_v1`; did you mean `attendance.user_flow.created_v1`?"
        );
        let unknown = schema_text(Some("x\u{1b}"), SchemaFormat::Json, LOOK).unwrap_err();
        assert_eq!(unknown.to_string(), r"unknown event type `x\u{1b}`; `larkspect schema` lists them");
    }
}
