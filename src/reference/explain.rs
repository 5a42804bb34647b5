//! `explain`: a rule, a field, a choice or an event type in words.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write as _;

use crate::catalog::{BODY, EVENTS, Event, Presence, UNLISTED, Unlisted, event};
use crate::finding::Rule;
use crate::lang::{Label, Lang, both, label, say};
use crate::rules;
use crate::suggest::Unknown;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::paragraph::push_wrapped;
use crate::terminal::sanitize::{pad, push_spaces};
use crate::terminal::wrap;

use super::fields::SDK_ONLY;
use super::grid::grid;
use super::schema::{body_table, containing, notes, push_named, values};
use super::{Row, Value, fields, type_name};

/// Most things of a kind that are shown where many fit.
const MOST: usize = 20;

/// What `explain TOPIC` writes. A topic is the code of a rule, an event type or its title, a field (`check_time`,
/// `event.check_time`, `/event/check_time`, its title), or a choice (`type=5`, `type 5`, its label or words of it).
/// Where it is none of them, the types and fields that have it in their name or title are listed.
///
/// # Errors
///
/// Nothing of that name is known; the error says what was probably meant.
pub fn explain(topic: &str, look: Look) -> Result<String, Unknown> {
    let topic = topic.trim();
    if let Some(rule) = rules::rule(topic) {
        return Ok(explain_rule(rule, look));
    }
    let places = places();
    if let Some(event) = event(topic).or_else(|| called(topic)) {
        let mut out = explain_event(event, look);
        // `message` and `app_ticket` are types of the old form, and fields.
        let fields = named(&places, topic);
        if !fields.is_empty() {
            let _ = write!(out, "\n{}", explain_fields(&fields, look));
        }
        return Ok(out);
    }
    if let Some(known) = UNLISTED.iter().find(|known| is_called(known.name, known.title, topic)) {
        return Ok(explain_unlisted(known, look));
    }
    for found in [named(&places, topic), titled(&places, topic)] {
        if !found.is_empty() {
            return Ok(explain_fields(&found, look));
        }
    }
    if let Some((field, value)) = topic.split_once(['=', ':']).or_else(|| topic.rsplit_once(' ')) {
        let (field, value) = (field.trim(), value.trim().trim_matches('"'));
        let found: Vec<Place> =
            named(&places, field).into_iter().filter(|place| !place.row.values().is_empty()).collect();
        if !found.is_empty() {
            return explain_value(field, &found, value, look);
        }
    }
    let found = choices(&places, topic);
    let blocks = [list_events(topic, look), explain_choices(&found, look), list_fields(&places, topic, look)];
    let blocks: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    if blocks.is_empty() { Err(unknown(topic, &places)) } else { Ok(blocks.join("\n")) }
}

/// The event type of this title, or of this name in another letter case.
fn called(name: &str) -> Option<&'static Event> {
    let mut fits = EVENTS.iter().copied().filter(|event| is_called(event.name, event.title, name));
    // A title that several have is a topic of its own.
    fits.next().filter(|_| fits.next().is_none())
}

/// Whether a type is called so: by its title, or by its name in any letter case.
fn is_called(own: &str, title: Label, name: &str) -> bool {
    title.is(name) || own.eq_ignore_ascii_case(name)
}

/// The event types that have this in their name or title.
fn list_events(part: &str, look: Look) -> String {
    let lines = containing(part).into_iter().map(|event| (event.name.to_owned(), event.title));
    list(label("事件类型", "Event types"), lines, look)
}

/// The fields that have this in their path or title.
fn list_fields(places: &[Place], part: &str, look: Look) -> String {
    let part = part.to_lowercase();
    let fits = |place: &&Place| {
        let title = place.row.field.title;
        let texts = [&*place.row.path, title.zh, title.en];
        !part.is_empty() && texts.iter().any(|text| text.to_lowercase().contains(&part))
    };
    let lines = places.iter().filter(fits).map(|place| (place.row.path.clone(), place.row.field.title));
    list(label("字段", "Fields"), lines, look)
}

/// Names and what people call them, below a heading: as many as one reads.
fn list(heading: Label, lines: impl Iterator<Item = (String, Label)>, look: Look) -> String {
    let lines: Vec<_> = lines.collect();
    let mut out = String::new();
    if !lines.is_empty() {
        Paint::new(look.color).push(Ink::Strong, heading.text(look.lang), &mut out);
        out.push('\n');
    }
    for (name, title) in lines.iter().take(MOST) {
        push_named("  ", name, *title, Look { color: false, ..look }, &mut out);
    }
    push_more(lines.len(), look.lang, &mut out);
    out
}

/// How many more there are than are shown.
fn push_more(count: usize, lang: Lang, out: &mut String) {
    if count > MOST {
        let more = count - MOST;
        let _ = writeln!(out, "\n{}", say!(lang, "另有 {more} 项", "and {more} more"));
    }
}

/// What `explain` without a topic writes: every rule.
pub fn rules_table(look: Look) -> String {
    let rows: Vec<Vec<String>> = (rules::ALL.iter())
        .map(|rule| [rule.code, rule.severity.word(), rule.summary.text(look.lang)].map(str::to_owned).into())
        .collect();
    let headings = [label("规则", "Rule"), label("级别", "Severity"), label("说明", "Summary")];
    grid(&headings.map(|heading| heading.text(look.lang)), &rows, 2, look)
}

/// The same for documents.
pub fn rules_markdown() -> String {
    let mut out = "| Rule | Severity | Summary |\n|---|---|---|\n".to_owned();
    for rule in rules::ALL {
        let _ = writeln!(out, "| `{}` | {} | {} |", rule.code, rule.severity, rule.summary.en);
    }
    out
}

fn explain_rule(rule: &Rule, look: Look) -> String {
    let paint = Paint::new(look.color);
    let (mut title, mut out) = (String::new(), String::new());
    paint.push(Ink::from(rule.severity), &format!("{}[{}]", rule.severity, rule.code), &mut title);
    paint.push(Ink::Strong, &format!(": {}", rule.summary.text(look.lang)), &mut title);
    wrap::push_line(&title, look.width, &mut out);
    out.push_str("\n\n");
    push_wrapped(rule.why.text(look.lang), look.width, 0, &mut out);
    let (wrong, right) = (label("错误示例", "Wrong"), label("正确示例", "Right"));
    for (name, ink, example) in [(wrong, Ink::Error, rule.wrong), (right, Ink::Good, rule.right)] {
        out.push('\n');
        paint.push(ink, name.text(look.lang), &mut out);
        out.push_str(label("：\n", ":\n").text(look.lang));
        // Never wrapped, so that it can be copied.
        for line in example.lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    let both = [rule.wrong, rule.right].concat();
    let told = [
        (true, label("`..` 代表官方示例的其余部分。", "`..` is the rest of the official example.")),
        (both.contains("\\x"), label("`\\xNN` 是一个字节。", "`\\xNN` is a byte.")),
        (
            both.starts_with("--"),
            label("第一行是命令的选项。", "The first line is an option of the command."),
        ),
        (
            both.starts_with("LARKSPECT_"),
            label("第一行是环境变量。", "The first line is a variable of the environment."),
        ),
    ];
    let told: Vec<&str> =
        told.into_iter().filter(|(told, _)| *told).map(|(_, words)| words.text(look.lang)).collect();
    out.push('\n');
    push_wrapped(&told.join(label("", " ").text(look.lang)), look.width, 0, &mut out);
    out
}

fn explain_event(event: &Event, look: Look) -> String {
    let mut out = String::new();
    push_named("", event.name, event.title, look, &mut out);
    if let Some(key) = event.happened {
        push_line(label("发生时间", "Happened"), &format!("{BODY}.{key}"), look, &mut out);
    }
    if let Some(key) = event.record {
        let twice = label("重复出现即为重复数据", "the same one twice is a duplicate").text(look.lang);
        push_line(label("记录", "Record"), &format!("{BODY}.{key}: {twice}"), look, &mut out);
    }
    match event.source() {
        // In one piece, so that it can be opened.
        Some(source) => {
            push_line(label("文档", "Source"), &source, Look { width: usize::MAX, ..look }, &mut out)
        }
        None if event.sdk_only => {
            push_line(label("来源", "Source"), SDK_ONLY.text(look.lang), look, &mut out)
        }
        None => {}
    }
    out.push('\n');
    out.push_str(&body_table(event, look));
    out
}

/// What is known of a type that is not in the catalogue.
fn explain_unlisted(known: &Unlisted, look: Look) -> String {
    let Unlisted { name, title: Label { zh, en }, about } = known;
    let mut out = String::new();
    Paint::new(look.color).push(Ink::Strong, name, &mut out);
    let _ = writeln!(out, "  {zh}  {en}");
    push_line(label("目录", "Catalogue"), label("没有", "not in it").text(look.lang), look, &mut out);
    push_line(label("说明", "Note"), about.text(look.lang), look, &mut out);
    out
}

/// A field in the payloads of one event type, or of all.
#[derive(Clone, Debug)]
struct Place {
    row: Row,
    /// The types that have it so; empty for the envelope and the header, which all have.
    events: Vec<&'static str>,
}

/// Every field of the catalogue once, however many event types have it.
fn places() -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for event in EVENTS {
        for row in fields(event) {
            // Fields are data without identity: alike is what reads alike.
            let events = if row.shared { vec![] } else { vec![event.name] };
            match known.entry((row.path.clone(), format!("{:?} {:?}", row.presence, row.field))) {
                Entry::Occupied(at) => places[*at.get()].events.extend(events),
                Entry::Vacant(new) => {
                    new.insert(places.len());
                    places.push(Place { row, events });
                }
            }
        }
    }
    places
}

/// The fields of this key, path or pointer.
fn named(places: &[Place], name: &str) -> Vec<Place> {
    let wanted = steps(name);
    let is = |place: &&Place| {
        let known = steps(&place.row.path);
        place.row.field.key == name || known == wanted || known.strip_prefix(&[BODY][..]) == Some(&wanted)
    };
    places.iter().filter(is).cloned().collect()
}

/// The keys in a path or pointer, without places in lists: `event.photo_urls[0]` and `/event/photo_urls/0` are what
/// findings say of an item.
fn steps(path: &str) -> Vec<&str> {
    let is_key = |step: &&str| !matches!(*step, "" | "*") && !step.bytes().all(|byte| byte.is_ascii_digit());
    path.split(['.', '/', '[', ']']).filter(is_key).collect()
}

/// Whether fields are called so, by key, path or title.
pub(crate) fn is_field(name: &str) -> bool {
    let places = places();
    !named(&places, name).is_empty() || !titled(&places, name).is_empty()
}

/// The fields of this title.
fn titled(places: &[Place], title: &str) -> Vec<Place> {
    places.iter().filter(|place| place.row.field.title.is(title)).cloned().collect()
}

fn explain_fields(places: &[Place], look: Look) -> String {
    let blocks: Vec<String> = places.iter().take(MOST).map(|place| explain_field(place, look)).collect();
    let mut out = blocks.join("\n");
    push_more(places.len(), look.lang, &mut out);
    out
}

fn explain_field(place: &Place, look: Look) -> String {
    let row = &place.row;
    let mut out = String::new();
    push_named("", &row.path, row.field.title, look, &mut out);
    push_line(label("类型", "Type"), &type_name(row.field), look, &mut out);
    let presence = match row.presence {
        Presence::Required => label("必有：缺失是错误", "required: missing is an error").text(look.lang),
        Presence::Expected => label("应有：缺失是提示", "expected: missing is a note").text(look.lang),
        Presence::Optional => label("可无：缺失不提示", "optional: missing is fine").text(look.lang),
        Presence::Scoped => {
            label("需权限：有权限才返回", "delivered only with the permission for it").text(look.lang)
        }
        Presence::Conditional => {
            label("视情况：部分情况才返回", "delivered in some cases only").text(look.lang)
        }
        Presence::Deprecated => label("已弃用", "deprecated: not to be relied on").text(look.lang),
        Presence::Undelivered => {
            label("不返回或无意义", "documented as not delivered, or without meaning").text(look.lang)
        }
        Presence::SdkOnly => SDK_ONLY.text(look.lang),
    };
    push_line(label("出现", "Presence"), presence, look, &mut out);
    for note in notes(row, look.lang) {
        push_line(label("说明", "Note"), &note, look, &mut out);
    }
    if row.field.personal {
        let words = label("是：分享前请替换", "yes: replace it before you share a capture").text(look.lang);
        push_line(label("个人信息", "Personal"), words, look, &mut out);
    }
    push_lines(label("取值", "Values"), &values(row, look.lang), look, &mut out);
    push_line(label("指针", "Pointer"), &row.pointer(), look, &mut out);
    push_events(place, look, &mut out);
    out
}

fn push_events(place: &Place, look: Look, out: &mut String) {
    const IN: Label = label("事件", "In");
    match &place.events[..] {
        [] => push_line(IN, label("所有事件", "every event").text(look.lang), look, out),
        events => push_lines(IN, events, look, out),
    }
}

/// Columns of the names before the lines of an explanation.
const NAME: usize = 10;

/// A named line; what does not fit goes on below itself.
fn push_line(name: Label, text: &str, look: Look, out: &mut String) {
    let mut lines = String::new();
    push_wrapped(text, look.width, 2 + NAME, &mut lines);
    push_spaces(2, out);
    Paint::new(look.color).push(Ink::Frame, &pad(name.text(look.lang), NAME), out);
    out.push_str(lines.trim_start());
}

/// Lines of which the first is named.
fn push_lines(name: Label, texts: &[impl AsRef<str>], look: Look, out: &mut String) {
    for (at, text) in texts.iter().enumerate() {
        push_line(if at == 0 { name } else { label("", "") }, text.as_ref(), look, out);
    }
}

/// A value of a field, by itself or by its label.
fn explain_value(field: &str, places: &[Place], value: &str, look: Look) -> Result<String, Unknown> {
    let is = |known: &Value| known.value == value || known.label.is(value);
    let all: Vec<(Place, Value)> = with_values(places).collect();
    let found: Vec<_> = all.iter().filter(|(_, known)| is(known)).cloned().collect();
    if !found.is_empty() {
        return Ok(explain_choices(&found, look));
    }
    let names = all.iter().flat_map(|(_, known)| [&*known.value, known.label.zh, known.label.en]);
    let path = &places[0].row.path;
    let hint = match places.iter().all(|place| place.row.path == *path) && all.len() <= MOST {
        true => {
            let list = |lang| {
                let value = |(_, known): &(Place, Value)| {
                    let (value, label) = (&known.value, known.label.text(lang));
                    say!(lang, "{value}（{label}）", "{value} ({label})")
                };
                all.iter().map(value).collect::<Vec<_>>().join(label("、", ", ").text(lang))
            };
            let (zh, en) = (list(Lang::Zh), list(Lang::En));
            both!("{path} 的取值：{zh}", "{path} is one of {en}")
        }
        false => both!(
            "`larkspect explain {field}` 列出文档中的取值",
            "`larkspect explain {field}` lists the documented ones"
        ),
    };
    Err(Unknown::new(label("值", "value"), value, names, hint))
}

/// Each documented value of these fields, with its field.
fn with_values(places: &[Place]) -> impl Iterator<Item = (Place, Value)> {
    places.iter().flat_map(|place| place.row.values().into_iter().map(|value| (place.clone(), value)))
}

/// The choices whose label this is; failing that, those of which all words are in the label, the field or the event,
/// and one at least in the label.
fn choices(places: &[Place], topic: &str) -> Vec<(Place, Value)> {
    let all = || with_values(places);
    let topic = topic.to_lowercase();
    let labels = |value: &Value| [value.label.zh.to_lowercase(), value.label.en.to_lowercase()];
    let exact: Vec<_> = all()
        .filter(|(_, value)| labels(value).contains(&topic) || value.value.to_lowercase() == topic)
        .collect();
    // A number alone is a value of every field.
    if !exact.is_empty() && topic.parse::<i64>().is_err() {
        return exact;
    }
    let words: Vec<&str> =
        topic.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let fits = |(place, value): &(Place, Value)| {
        let label = labels(value).join(" ");
        let titles = place.events.iter().filter_map(|name| event(name)).map(|event| event.title);
        let around: String = titles
            .chain([place.row.field.title])
            .map(|title| format!("{} {} ", title.zh, title.en).to_lowercase())
            .collect();
        words.iter().any(|word| label.contains(word))
            && words.iter().all(|word| label.contains(word) || around.contains(word))
    };
    all().filter(fits).collect()
}

fn explain_choices(found: &[(Place, Value)], look: Look) -> String {
    let mut out = String::new();
    for (at, (place, known)) in found.iter().take(MOST).enumerate() {
        if at > 0 {
            out.push('\n');
        }
        push_named("", &format!("{} = {}", place.row.path, known.value), known.label, look, &mut out);
        push_line(label("字段", "Field"), place.row.field.title.text(look.lang), look, &mut out);
        push_events(place, look, &mut out);
    }
    push_more(found.len(), look.lang, &mut out);
    out
}

fn unknown(topic: &str, places: &[Place]) -> Unknown {
    let codes = rules::ALL.iter().map(|rule| rule.code);
    let events = EVENTS.iter().map(|event| event.name).chain(UNLISTED.iter().map(|known| known.name));
    let keys = places.iter().flat_map(|place| [place.row.field.key, place.row.path.as_str()]);
    // `im.message` of `im.message.receive_v1`, and `receive` alone.
    let words = events.clone().flat_map(|name| {
        let heads = name.match_indices(['.', '_']).map(|(at, _)| &name[..at]);
        name.split(['.', '_']).chain(heads)
    });
    let titles =
        EVENTS.iter().map(|event| event.title).chain(places.iter().map(|place| place.row.field.title));
    let labels = places.iter().flat_map(|place| place.row.values()).map(|value| value.label);
    let said: Vec<&str> = titles.chain(labels).flat_map(|label| [label.en, label.zh]).collect();
    let hint = label(
        "`larkspect explain` 列出规则，`larkspect schema` 列出事件类型",
        "`larkspect explain` lists the rules, `larkspect schema` the event types",
    );
    Unknown::new(
        label("主题", "topic"),
        topic,
        codes.chain(events).chain(keys).chain(words).chain(said),
        hint,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::chinese::{is_chinese, is_well_set};
    use crate::terminal::sanitize::width;

    const LOOK: Look = Look { color: false, width: 80, lang: Lang::En };

    #[test]
    fn what_is_no_topic_lists_what_has_it_in_its_name_or_title() {
        let lines =
            |topic: &str| explain(topic, LOOK).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
        let has =
            |topic: &str, line: &str| assert!(lines(topic).iter().any(|l| l == line), "{:#?}", lines(topic));
        has("im.message", "  im.message.receive_v1  接收消息  message received");
        has("撤回", "  im.message.recalled_v1  撤回消息  message recalled");
        has("RECALL_t", "  event.recall_time  撤回时间  recalled");
        // Beside a value of that label.
        has("撤回", "  Field     process status");
        assert!(lines("接收消息")[0].starts_with("im.message.receive_v1 "));
        assert!(lines("Message Received")[0].starts_with("im.message.receive_v1 "));
        assert!(lines("IM.MESSAGE.RECEIVE_V1")[0].starts_with("im.message.receive_v1 "));
        // Where most fields have it, so many are enough.
        let all = lines("_id");
        assert!(all.iter().filter(|line| line.starts_with("  ")).count() == MOST, "{all:#?}");
        assert!(all.last().unwrap().starts_with("and "));
        for (slip, near) in
            [("recieve", "receive"), ("撤回应用发布申清", "撤回应用发布申请"), ("mesage", "message")]
        {
            assert_eq!(explain(slip, LOOK).unwrap_err().near.as_deref(), Some(near));
        }
    }

    #[test]
    fn every_rule_is_explained_with_its_examples() {
        for rule in rules::ALL {
            let text = explain(rule.code, LOOK).unwrap();
            let title = text.split("\n\n").next().unwrap().replace("\n  ", " ");
            assert_eq!(title, format!("{}[{}]: {}", rule.severity, rule.code, rule.summary.en));
            for line in rule.wrong.lines().chain(rule.right.lines()) {
                assert!(text.contains(&format!("\n    {line}\n")), "{text}");
            }
            let mut prose = text.lines().filter(|line| !line.starts_with("    "));
            assert!(prose.all(|line| width(line) <= 80), "{text}");
            assert!(rules_table(LOOK).contains(rule.code) && rules_markdown().contains(rule.code));
        }
    }

    #[test]
    fn topics_are_found() {
        for (topic, first) in [
            ("check_time", "event.check_time  打卡时间  punched"),
            (" event.check_time ", "event.check_time  打卡时间  punched"),
            ("/event/photo_urls/0", "event.photo_urls  打卡照片  photos"),
            ("event.photo_urls[0]", "event.photo_urls  打卡照片  photos"),
            ("status_changes.index", "event.status_changes[].index  班次序号  shift index"),
            ("/event/status_changes/3/index", "event.status_changes[].index  班次序号  shift index"),
            ("打卡时间", "event.check_time  打卡时间  punched"),
            ("Field Work", "event.is_field  外勤打卡  field work"),
            ("create_time", "header.create_time  事件创建时间  delivered"),
            ("type=5", "event.type = 5  考勤机打卡  attendance machine"),
            ("event.type = 5", "event.type = 5  考勤机打卡  attendance machine"),
            ("type 5", "event.type = 5  考勤机打卡  attendance machine"),
            ("type: 5", "event.type = 5  考勤机打卡  attendance machine"),
            ("考勤机打卡", "event.type = 5  考勤机打卡  attendance machine"),
            ("Attendance Machine", "event.type = 5  考勤机打卡  attendance machine"),
            ("punch machine", "event.type = 5  考勤机打卡  attendance machine"),
            ("work_type=\"off\"", "event.status_changes[].work_type = off  下班  off duty"),
            ("risk_result none", "event.risk_result = 0  无疑似作弊  none"),
            ("attendance.user_flow.created_v1", "attendance.user_flow.created_v1  打卡流水  punch record"),
        ] {
            let text = explain(topic, LOOK).unwrap_or_else(|unknown| panic!("{unknown}"));
            assert_eq!(text.lines().next(), Some(first), "{topic}");
        }
    }

    #[test]
    fn unknown_topics_are_answered_with_a_guess() {
        for (topic, near) in [
            ("chek_time", Some("check_time")),
            ("timestamp-units", Some("timestamp-unit")),
            ("attendance.user_flow.create_v1", Some("attendance.user_flow.created_v1")),
            ("", None),
            ("=", None),
            ("5", None),
            ("no such thing at all", None),
            ("type=9", None),
            ("work_type=off duti", Some("off duty")),
            ("im.mesage", Some("im.message")),
            ("im.mesage.recieve", Some("im.message.receive")),
        ] {
            let unknown = explain(topic, LOOK).expect_err(topic);
            assert_eq!(unknown.near.as_deref(), near, "{topic}");
        }
    }

    #[test]
    fn a_value_that_is_not_documented_is_none() {
        let said = |topic: &str, lang| explain(topic, LOOK).expect_err(topic).words(lang);
        let off =
            "unknown value `x`; event.status_changes[].work_type is one of on (on duty), off (off duty)";
        assert_eq!(said("work_type=x", Lang::En), off);
        let off = "未知的值 `x`；event.status_changes[].work_type 的取值：on（上班）、off（下班）";
        assert_eq!(said("work_type=x", Lang::Zh), off);
        // So many fields are called so that none of them is meant.
        let many = "unknown value `no`; `larkspect explain type` lists the documented ones";
        assert_eq!(said("type=no", Lang::En), many);
    }

    #[test]
    fn every_rule_is_explained_in_chinese_too() {
        let look = Look { lang: Lang::Zh, ..LOOK };
        for rule in rules::ALL {
            let text = explain(rule.code, look).unwrap();
            assert!(text.starts_with(&format!("{}[{}]: {}\n", rule.severity, rule.code, rule.summary.zh)));
            let prose: Vec<&str> =
                text.lines().filter(|line| !line.starts_with("    ") && !line.is_empty()).collect();
            for line in &prose {
                assert!(width(line) <= 80 && is_chinese(line) && is_well_set(line), "{line}");
            }
            let (why, rest): (String, usize) = (prose[1..].concat(), prose.len());
            assert!(rest > 4 && why.starts_with(&rule.why.zh.chars().take(10).collect::<String>()), "{text}");
        }
        assert!(rules_table(look).lines().next().unwrap().starts_with("规则"));
    }
}
