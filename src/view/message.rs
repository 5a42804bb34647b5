//! The content of a message as people read it. On the wire it is JSON in text, of a form that depends on the type of
//! the message; those who are mentioned stand in it as `@_user_1`.

use serde_json::Value as Json;

use crate::catalog::is_secret_key;
use crate::json::{tree, unescape};
use crate::lang::{Label, Lang, label};
use crate::record::Record;
use crate::terminal::sanitize;
use crate::time::Millis;

use super::change::plain;
use super::members::Value;
use super::value::ValueWriter;

/// What stands beside the content of a message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    kind: String,
    /// `@_user_1` and the name.
    mentions: Vec<(String, String)>,
}

/// So many people who are mentioned are named.
const MOST_MENTIONS: usize = 100;
/// A name has so many bytes.
const NAME: usize = 256;
/// A sentence of the platform has so many bytes.
const SENTENCE: usize = 16 << 10;
/// Content of more bytes is none that the platform sends.
const LONGEST: usize = 1 << 20;

const EVERYBODY: Label = label("@所有人", "@all");
const IMAGE: Label = label("图片", "image");
const VIDEO: Label = label("视频", "video");

impl Message {
    /// What a record says of its message, if it is an event of one.
    #[inline]
    pub fn of(record: &Record<'_>) -> Option<Message> {
        record.layout.message.map(|content| Message::beside(record, content))
    }

    fn beside(record: &Record<'_>, content: usize) -> Message {
        let name = &record.layout.columns[content].name;
        let object = &name[..name.rfind('.').map_or(0, |dot| dot + 1)];
        let slot = |key: &str| record.layout.slot(&format!("{object}{key}"));
        let kind = slot("message_type").and_then(|slot| record.text(slot)).unwrap_or_default();
        let list = slot("mentions").and_then(|slot| Value::of(record, slot));
        let mentions = list.into_iter().flat_map(Value::items).take(MOST_MENTIONS).map(|item| {
            let mut mention = (String::new(), String::new());
            for (key, value) in tree::members(item.raw, 0) {
                let text = Value::new(item.raw, value).string().map(unescape).unwrap_or_default();
                match key.as_ref() {
                    "key" => mention.0 = text.into_owned(),
                    // It may stand in the text again and again; a longer one is not a name.
                    "name" if text.len() <= NAME => mention.1 = text.into_owned(),
                    _ => {}
                }
            }
            mention
        });
        Message { kind: kind.into_owned(), mentions: mentions.collect() }
    }

    /// A text with the names of those whom it mentions.
    fn named(&self, text: &str, lang: Lang) -> String {
        let mut out = String::with_capacity(text.len());
        let mut parts = text.split("@_");
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part
                .strip_prefix("user_")
                .map_or(0, |rest| "user_".len() + rest.bytes().take_while(u8::is_ascii_digit).count());
            let is_one = |(key, _): &&(String, String)| key.strip_prefix("@_") == Some(&part[..digits]);
            match self.mentions.iter().find(is_one) {
                Some((_, name)) if digits > 0 && !name.is_empty() => {
                    out.extend(["@", name, &part[digits..]]);
                }
                _ => match part.strip_prefix("all") {
                    Some(rest) => out.extend([EVERYBODY.text(lang), rest]),
                    None => out.extend(["@_", part]),
                },
            }
        }
        out
    }
}

impl ValueWriter {
    /// The content of a message as text; `None` where it is of no known form.
    pub(super) fn unpacked(&mut self, content: Value<'_>) -> Option<String> {
        let text = content.string().filter(|text| text.len() <= LONGEST)?;
        let json: Json = serde_json::from_str(&unescape(text)).ok()?;
        let message = self.message.take();
        let said = match &message {
            Some(message) => self.unpack(message, &json),
            // JSON of any other meaning.
            None => only_text(&json).map(str::to_owned),
        };
        self.message = message;
        said.filter(|said| !said.trim().is_empty())
    }

    fn unpack(&mut self, message: &Message, json: &Json) -> Option<String> {
        let lang = self.lang;
        let get = |key: &str| json.get(key).and_then(Json::as_str).filter(|text| !text.is_empty());
        let said = match message.kind.as_str() {
            "text" | "hongbao" => message.named(get("text")?, lang),
            "post" => post(message, json, lang)?,
            "image" => get("image_key")?.to_owned(),
            "file" | "folder" | "audio" | "media" | "sticker" => {
                let file = get("file_name").or(get("file_key"))?;
                match json.get("duration").and_then(millis) {
                    Some(millis) => format!("{file} ({})", seconds(millis, lang)),
                    None => file.to_owned(),
                }
            }
            "share_chat" => get("chat_id")?.to_owned(),
            "share_user" => get("user_id")?.to_owned(),
            "location" => {
                let place = ["latitude", "longitude"].map(|key| json.get(key).map(plain).unwrap_or_default());
                format!("{} ({})", get("name").unwrap_or_default(), place.join(", "))
            }
            "system" => system(json)?,
            "interactive" => card(message, json, lang)?,
            "todo" => {
                let what = json.get("summary").and_then(|summary| post(message, summary, lang))?;
                self.with_times(what, &[json.get("due_time")])
            }
            "vote" => {
                let options = json.get("options").and_then(Json::as_array).into_iter().flatten();
                let mut lines = vec![get("topic")?.to_owned()];
                lines.extend(options.filter_map(Json::as_str).map(|option| format!("- {option}")));
                lines.join("\n")
            }
            "share_calendar_event" | "calendar" | "general_calendar" => {
                self.with_times(get("summary")?.to_owned(), &[json.get("start_time"), json.get("end_time")])
            }
            "video_chat" => self.with_times(get("topic")?.to_owned(), &[json.get("start_time")]),
            "merge_forward" => get("content")?.to_owned(),
            _ => only_text(json)?.to_owned(),
        };
        Some(said)
    }

    /// A text, and after it moments in milliseconds.
    fn with_times(&mut self, mut text: String, times: &[Option<&Json>]) -> String {
        let times = times.iter().filter_map(|time| millis((*time)?)).filter(|time| *time > 0);
        for (number, time) in times.enumerate() {
            text.push_str(if number == 0 { ", " } else { " - " });
            self.push_moment(Millis(time), false, &mut text);
        }
        text
    }
}

/// The text that is all there is.
fn only_text(json: &Json) -> Option<&str> {
    let members = json.as_object().filter(|members| members.len() == 1)?;
    members.get("text").and_then(Json::as_str)
}

/// Rich text: its title and its lines. Who sends it has it once for each language.
fn post(message: &Message, json: &Json, lang: Lang) -> Option<String> {
    let locale = if lang == Lang::Zh { ["zh_cn", "en_us"] } else { ["en_us", "zh_cn"] };
    let inner = || {
        let known = locale.iter().find_map(|locale| json.get(locale));
        known.or_else(|| json.as_object()?.values().find(|inner| inner.get("content").is_some()))
    };
    let post = if json.get("content").is_some() { json } else { inner()? };
    let title = post.get("title").and_then(Json::as_str).filter(|title| !title.is_empty());
    let mut lines: Vec<String> = title.into_iter().map(str::to_owned).collect();
    for paragraph in post.get("content")?.as_array()? {
        lines.push(line(message, paragraph.as_array()?, lang));
    }
    Some(lines.join("\n"))
}

/// A line of rich text.
fn line(message: &Message, parts: &[Json], lang: Lang) -> String {
    let mut line = String::new();
    for part in parts {
        let get = |key: &str| part.get(key).and_then(Json::as_str).filter(|text| !text.is_empty());
        let named = |title: Label, key: &str| match get(key) {
            Some(key) => format!("[{} {key}]", title.text(lang)),
            None => format!("[{}]", title.text(lang)),
        };
        match get("tag").unwrap_or_default() {
            "a" => match (get("text"), get("href")) {
                (Some(text), Some(href)) if text != href => line.extend([text, " (", href, ")"]),
                (text, href) => line.push_str(text.or(href).unwrap_or_default()),
            },
            "at" => match get("user_name") {
                Some(name) => line.extend(["@", name]),
                None => line.push_str(&message.named(get("user_id").unwrap_or_default(), lang)),
            },
            "img" => line.push_str(&named(IMAGE, "image_key")),
            "media" => line.push_str(&named(VIDEO, "file_key")),
            "emotion" => line.extend(["[", get("emoji_type").unwrap_or_default(), "]"]),
            "hr" => line.push_str("---"),
            _ => line.push_str(&message.named(get("text").unwrap_or_default(), lang)),
        }
    }
    line
}

/// What the platform says in a chat: a sentence with names in places.
fn system(json: &Json) -> Option<String> {
    let Some(template) = json.get("template").and_then(Json::as_str) else {
        return json.pointer("/divider_text/text").and_then(Json::as_str).map(str::to_owned);
    };
    let mut out = String::new();
    let mut parts = template.split('{');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        if out.len() > SENTENCE {
            out.push_str(sanitize::ELLIPSIS);
            break;
        }
        let place = part.split_once('}').filter(|(key, _)| !is_secret_key(key.as_bytes()));
        match place.and_then(|(key, rest)| Some((json.get(key)?, rest))) {
            Some((Json::Array(names), rest)) => {
                out.push_str(&names.iter().map(plain).collect::<Vec<_>>().join(", "));
                out.push_str(rest);
            }
            Some((value, rest)) => out.extend([&plain(value), rest]),
            None => out.extend(["{", part]),
        }
    }
    Some(out)
}

/// The texts of a card, as far as its form is known: its title first.
fn card(message: &Message, json: &Json, lang: Lang) -> Option<String> {
    let mut lines = Vec::new();
    for title in [json.get("header").unwrap_or(&Json::Null), json.get("title").unwrap_or(&Json::Null)] {
        texts(message, title, lang, &mut lines);
    }
    for body in ["elements", "i18n_elements", "body"] {
        texts(message, json.get(body).unwrap_or(&Json::Null), lang, &mut lines);
    }
    lines.retain(|line| !line.trim().is_empty());
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The parts of a card that have texts or hold parts that do.
const SPEAKING: &[&str] = &[
    "title",
    "subtitle",
    "text",
    "content",
    "fields",
    "columns",
    "elements",
    "actions",
    "extra",
    "placeholder",
];

// serde_json limits the depth of what it reads.
fn texts(message: &Message, json: &Json, lang: Lang, lines: &mut Vec<String>) {
    match json {
        Json::String(text) => lines.push(message.named(text, lang)),
        Json::Array(parts) if parts.iter().all(|part| part.get("tag").is_some_and(Json::is_string)) => {
            // A row of a card as it is received: parts of one line.
            let is_row = parts
                .iter()
                .all(|part| part.get("text").is_none_or(Json::is_string) && part.get("elements").is_none());
            match is_row && parts.iter().any(|part| part.get("text").is_some()) {
                true => lines.push(line(message, parts, lang)),
                false => parts.iter().for_each(|part| texts(message, part, lang, lines)),
            }
        }
        Json::Array(parts) => parts.iter().for_each(|part| texts(message, part, lang, lines)),
        Json::Object(members) => {
            let inner = SPEAKING.iter().filter_map(|key| members.get(*key));
            inner.for_each(|inner| texts(message, inner, lang, lines));
        }
        _ => {}
    }
}

/// A number of milliseconds, also in text.
fn millis(json: &Json) -> Option<i64> {
    json.as_i64().or_else(|| json.as_str()?.parse().ok())
}

fn seconds(millis: i64, lang: Lang) -> String {
    let unit = label("秒", "s").text(lang);
    format!("{}.{} {unit}", millis / 1000, millis.unsigned_abs() % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    fn said(kind: &str, content: &str) -> Option<String> {
        let mut values = ValueWriter::new(Lang::En, Zone::Utc, true, 4096);
        let mentions =
            vec![("@_user_1".to_owned(), "Tom".to_owned()), ("@_user_12".to_owned(), "Ann".to_owned())];
        values.message = Some(Message { kind: kind.to_owned(), mentions });
        let json = serde_json::Value::from(content).to_string();
        let token = crate::json::Cursor::new(json.as_bytes(), 0).value(0).expect("JSON");
        values.unpacked(Value::new(json.as_bytes(), token))
    }

    #[test]
    fn messages_of_every_type() {
        for (kind, content, text) in [
            (
                "text",
                r#"{"text": "@_user_1 and @_user_12, @_all: hi @_user_3"}"#,
                "@Tom and @Ann, @all: hi @_user_3",
            ),
            (
                "post",
                r#"{"title": "T", "content": [[{"tag": "text", "text": "see "},
                    {"tag": "a", "text": "this", "href": "https://a.b"}, {"tag": "at", "user_id": "@_user_1"}],
                    [{"tag": "img", "image_key": "i1"}, {"tag": "emotion", "emoji_type": "SMILE"}], [{"tag": "hr"}]]}"#,
                "T\nsee this (https://a.b)@Tom\n[image i1][SMILE]\n---",
            ),
            ("post", r#"{"zh_cn": {"content": [[{"tag": "md", "text": "**a**"}]]}}"#, "**a**"),
            ("image", r#"{"image_key": "img_1"}"#, "img_1"),
            ("file", r#"{"file_key": "f", "file_name": "a.pdf"}"#, "a.pdf"),
            ("audio", r#"{"file_key": "f", "duration": 2300}"#, "f (2.3 s)"),
            ("media", r#"{"file_key": "f", "file_name": "a.mp4", "duration": 61000}"#, "a.mp4 (61.0 s)"),
            ("sticker", r#"{"file_key": "s"}"#, "s"),
            ("share_chat", r#"{"chat_id": "oc_1"}"#, "oc_1"),
            ("share_user", r#"{"user_id": "ou_1"}"#, "ou_1"),
            ("location", r#"{"name": "X", "longitude": "121.4", "latitude": "31.2"}"#, "X (31.2, 121.4)"),
            (
                "system",
                r#"{"template": "{a} asked {b} in {", "a": "x", "b": ["y", "z"]}"#,
                "x asked y, z in {",
            ),
            ("system", r#"{"divider_text": {"text": "new topic"}}"#, "new topic"),
            (
                "interactive",
                r#"{"title": "T", "elements": [[{"tag": "text", "text": "a"}, {"tag": "text", "text": "b"}]]}"#,
                "T\nab",
            ),
            (
                "interactive",
                r#"{"elements": [{"tag": "div", "text": {"tag": "lark_md", "content": "body"}},
                    {"tag": "action", "actions": [{"tag": "button", "text": {"content": "OK"}}]}],
                    "header": {"title": {"tag": "plain_text", "content": "head"}}}"#,
                "head\nbody\nOK",
            ),
            (
                "todo",
                r#"{"summary": {"content": [[{"tag": "text", "text": "buy"}]]}, "due_time": "0"}"#,
                "buy",
            ),
            ("vote", r#"{"topic": "lunch", "options": ["rice", "noodles"]}"#, "lunch\n- rice\n- noodles"),
            ("merge_forward", r#"{"content": "Merged"}"#, "Merged"),
            ("anything", r#"{"text": "alone"}"#, "alone"),
        ] {
            assert_eq!(said(kind, content).as_deref(), Some(text), "{kind} {content}");
        }
        let event = said("calendar", r#"{"summary": "S", "start_time": "1608265395000"}"#).expect("a text");
        assert!(event.starts_with("S, 2020-12-18 "), "{event}");
    }

    #[test]
    fn what_has_no_known_form_stays_json() {
        for (kind, content) in [
            ("image", r#"{"key": "x"}"#),
            ("post", r#"{"content": "x"}"#),
            ("interactive", r#"{"a": 1}"#),
            ("anything", r#"{"a": 1}"#),
            ("text", "not JSON"),
            ("text", r#"{"text": " "}"#),
        ] {
            assert_eq!(said(kind, content), None, "{kind} {content}");
        }
    }
}
